//! `list`: tables of what there is.

use serde_json::{Map, Value, json};

use super::args::{Global, Listing};
use super::build::job;
use super::print::Printer;
use super::workspace::Root;
use super::{Exit, Failure};
use crate::base::text::display_width;
use crate::ledger;
use crate::model::{Instructor, Lesson, Library, Publication};
use crate::pipeline;

/// A table: the keys for programs, the heads for people, the rows.
pub(super) struct Sheet {
    pub keys: &'static [&'static str],
    pub heads: &'static [&'static str],
    pub rows: Vec<Vec<String>>,
}

pub(super) fn run(global: &Global, what: Listing, printer: &Printer) -> Result<Exit, Failure> {
    let workspace = Root::new(global, None).read()?;
    let library = pipeline::library(job(&workspace));
    let ledger = ledger::compute(&library, &workspace.config);
    let sheet = match what {
        Listing::Lessons => lessons(&library, library.lessons.iter()),
        Listing::Drafts => lessons(&library, library.kept_back.iter()),
        Listing::Stale => lessons(&library, ledger.reviews.iter().map(|review| library.lesson(review.lesson))),
        Listing::Units => units(&library),
        Listing::People => people(&library, workspace.config.as_of.year()),
    };
    if printer.json {
        let items = sheet.rows.iter().map(|row| {
            let pairs = sheet.keys.iter().zip(row).map(|(key, cell)| ((*key).to_owned(), Value::String(cell.clone())));
            Value::Object(pairs.collect::<Map<String, Value>>())
        });
        printer.object(&json!({"schema_version": 1, "command": "list", "total": sheet.rows.len(), "items": items.collect::<Vec<_>>()}));
    } else {
        printer.data(&sheet.text());
        printer.say(&format!("共 {} 条", sheet.rows.len()));
    }
    Ok(Exit::Done)
}

impl Sheet {
    /// Columns as wide as their widest cell.
    pub(super) fn text(&self) -> String {
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell));
            cells.chain([display_width(self.heads[at])]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let padded =
                cells.zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - display_width(cell))));
            format!("{}\n", padded.collect::<Vec<_>>().join("  ").trim_end())
        };
        let head = line(&mut self.heads.iter().copied());
        let rows = self.rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
        std::iter::once(head).chain(rows).collect()
    }
}

fn lessons<'a>(library: &Library, lessons: impl Iterator<Item = &'a Lesson>) -> Sheet {
    let row = |lesson: &Lesson| {
        let state = match lesson.publication {
            Publication::Published => "发布",
            Publication::Draft => "草稿",
            Publication::Withheld => "不发布",
        };
        vec![
            lesson.number.clone(),
            lesson.year.map_or_else(String::new, |year| year.to_string()),
            library.unit(lesson.unit).name.clone(),
            instructors(library, lesson),
            state.to_owned(),
            lesson.title.clone(),
            lesson.file.to_string(),
        ]
    };
    Sheet {
        keys: &["id", "year", "unit", "instructor", "state", "title", "file"],
        heads: &["编号", "年度", "单位", "小教员", "状态", "标题", "文件"],
        rows: lessons.map(row).collect(),
    }
}

fn instructors(library: &Library, lesson: &Lesson) -> String {
    let name = |instructor: &Instructor| match instructor {
        Instructor::Known(id) => library.person(*id).display.clone(),
        Instructor::Named(name) => name.clone(),
    };
    lesson.instructors.iter().map(name).collect::<Vec<_>>().join("、")
}

fn units(library: &Library) -> Sheet {
    let rows = library.unit_ids().map(|(id, unit)| {
        let lessons = library.lessons.iter().filter(|lesson| lesson.unit == id).count();
        let sessions = library.sessions.iter().filter(|session| session.unit == id).count();
        vec![
            unit.folder.clone(),
            unit.name.clone(),
            unit.start.map_or_else(String::new, |start| start.to_string()),
            lessons.to_string(),
            sessions.to_string(),
        ]
    });
    Sheet {
        keys: &["folder", "name", "start", "lessons", "sessions"],
        heads: &["文件夹", "名称", "启动", "教案", "课次"],
        rows: rows.collect(),
    }
}

fn people(library: &Library, year: i32) -> Sheet {
    let rows = library.people.iter().map(|person| {
        let unit = person.unit_in(year).map_or_else(String::new, |unit| library.unit(unit).name.clone());
        let posting = person.postings.last();
        let post = posting.and_then(|posting| posting.post.clone()).unwrap_or_default();
        let role = posting.and_then(|posting| posting.role.clone()).unwrap_or_default();
        vec![person.id.clone().unwrap_or_default(), person.display.clone(), unit, post, role]
    });
    Sheet {
        keys: &["id", "name", "unit", "post", "role"],
        heads: &["编号", "姓名", "单位", "岗位", "角色"],
        rows: rows.collect(),
    }
}
