//! 教案: a lesson plan, the document; and a lone courseware file, which is one too.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::evaluation::votes;
use super::law::{Citation, read_citations};
use super::library::BlobId;
use super::person::Instructor;
use super::publication;
use super::summary;
use super::unit::UnitId;
use super::vocabulary::{self, Word};
use crate::base::slug::file_slug;
use crate::base::text::fold;
use crate::base::{Day, Finding, Findings, Key, Located, Place, Prose, SourcePath};
use crate::memo::{Kind, Memo, key_of};
use crate::records::{self, Document, LESSON, Record};
use crate::source::SourceFile;

/// A lesson's number in [`super::Library::lessons`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LessonId(pub usize);

/// What a lesson was sent in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LessonKind {
    /// Written in Markdown or plain text.
    Written,
    /// A pptx, docx or pdf that stands alone.
    Courseware,
}

/// Whether a lesson is part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Publication {
    /// It is.
    Published,
    /// 草稿: only in a preview with drafts.
    Draft,
    /// 不发布: never.
    Withheld,
}

/// The ballots of one session (DOMAIN.md 3.6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// 有效票.
    pub valid: Option<u32>,
    /// 很满意.
    pub very: u32,
    /// 满意.
    pub satisfied: u32,
    /// 基本满意.
    pub fair: u32,
    /// 不满意.
    pub dissatisfied: u32,
}

/// A session that a lesson's own front matter tells of (DOMAIN.md 3.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OwnSession {
    /// 授课日期.
    pub date: Day,
    /// 场合.
    pub occasion: Option<Word>,
    /// 应到.
    pub expected: Option<u32>,
    /// 实到.
    pub attended: Option<u32>,
    /// The ballots, when they could be read and at least one level has a number.
    pub ballots: Option<Ballots>,
    /// Where the attendance is written, else the date.
    pub place: Place,
    /// Where the ballots are written, else the date.
    pub ballots_place: Place,
}

/// A lesson.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lesson {
    /// The file.
    pub file: SourcePath,
    /// What was sent in.
    pub kind: LessonKind,
    /// The name that tells it apart in its folder: the file's or the bundle's.
    pub stem: String,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// 单位 as written; the folder decides, this is only checked.
    pub written_unit: Option<Located<String>>,
    /// The year it belongs to; a folder without a year gives none.
    pub year: Option<i32>,
    /// 编号; given by the program when nobody wrote one.
    pub number: String,
    /// Whether somebody wrote the number, and where.
    pub written_number: Option<Place>,
    /// 标题.
    pub title: String,
    /// Readings of the title's characters, for sorting.
    pub pinyin: Option<String>,
    /// The name in the address.
    pub slug: String,
    /// Whether somebody wrote the name in the address.
    pub has_own_slug: bool,
    /// Earlier addresses.
    pub aliases: Vec<Located<String>>,
    /// 小教员 as written; connected in `instructors`.
    pub written_instructors: Vec<Located<String>>,
    /// 小教员.
    pub instructors: Vec<Instructor>,
    /// 摘要, or the first words of the body.
    pub summary: String,
    /// 业务领域.
    pub domain: Option<Word>,
    /// 能力目标.
    pub skills: Vec<Word>,
    /// 内容类型.
    pub content_kinds: Vec<Word>,
    /// 教学形式.
    pub form: Option<Word>,
    /// 地点.
    pub venue: Option<String>,
    /// 授课对象.
    pub audience: Option<String>,
    /// 时长, in minutes.
    pub minutes: Option<u32>,
    /// 教学目标.
    pub objectives: Vec<String>,
    /// 重点.
    pub key_points: Vec<String>,
    /// 难点.
    pub difficult_points: Vec<String>,
    /// 讨论题.
    pub questions: Vec<String>,
    /// 依据.
    pub basis: Vec<Citation>,
    /// 标签.
    pub tags: Vec<String>,
    /// 附件 as written; connected in `attachments`.
    pub written_attachments: Vec<Located<String>>,
    /// 附件.
    pub attachments: Vec<BlobId>,
    /// 申报方式.
    pub declaration: Option<Word>,
    /// 授课日期.
    pub date: Option<Day>,
    /// The session that the front matter tells of.
    pub session: Option<OwnSession>,
    /// 状态.
    pub status: Option<Word>,
    /// Whether it is part of the site.
    pub publication: Publication,
    /// 复核日期.
    pub reviewed: Option<Day>,
    /// 更新日期.
    pub updated: Option<Day>,
    /// 参考教案 as written.
    pub written_references: Vec<Located<String>>,
    /// 参考教案.
    pub references: Vec<LessonId>,
    /// 指导.
    pub adviser: Option<String>,
    /// 排序.
    pub weight: Option<u32>,
    /// The text below the front matter.
    pub body: Prose,
    /// The line at which the body starts.
    pub body_line: u32,
}

/// What the folders say of a lesson.
pub(super) struct Setting<'a> {
    pub unit: UnitId,
    pub year: Option<i32>,
    pub file: &'a SourceFile,
}

impl Lesson {
    /// Reads a Markdown or text file, or remembers how it was read. What is read depends on
    /// nothing but the setting, the name and the text.
    pub(super) fn read(setting: &Setting<'_>, memo: &Memo) -> (Self, Findings) {
        let Setting { unit, year, file } = setting;
        let text = file.text().unwrap_or("");
        let folder = format!("{} {year:?}", unit.0);
        let inputs =
            file.facts().map(|facts| Key::of([file.path.as_str().as_bytes(), folder.as_bytes(), &facts.key.0]));
        let (mut lesson, findings, body, key) = memo.remember(Kind::Lesson, inputs, || {
            let mut findings = Findings::default();
            let (lesson, body) = Self::read_text(setting, text, &mut findings);
            let key = file.prose(body.clone()).key();
            (lesson, findings, body, key)
        });
        lesson.body = file.prose_known(body, key);
        (lesson, findings)
    }

    /// Reads a text; tells where in it the body is.
    fn read_text(setting: &Setting<'_>, text: &str, findings: &mut Findings) -> (Self, Range<usize>) {
        let path = &setting.file.path;
        if text.trim().is_empty() && setting.file.text().is_some() {
            findings.push(Finding::file("W110", path));
        }
        let Document { record, body: range, body_line } = records::document(text, path, &LESSON, findings);
        let body = &text[range.clone()];
        let stem = stem(setting.file);
        let title = title(&record, body, &stem, path, findings);
        let mut lesson = Self::blank(setting, LessonKind::Written, stem, title);
        lesson.fill(&record, body, findings);
        lesson.body_line = body_line;
        (lesson, range)
    }

    /// Takes over what a new text says in words alone. `None`, and nothing is taken, when it
    /// says something that others depend on (who teaches what, when, to which field it
    /// belongs), or says it in another line.
    pub(super) fn take_words(&mut self, before: &SourceFile, after: &SourceFile) -> Option<()> {
        let read =
            |file: &SourceFile| Self::read(&Setting { unit: self.unit, year: file.slot.year, file }, &Memo::none()).0;
        let (mut old, new) = (read(before), read(after));
        old.copy_words(&new);
        if key_of(&old)? != key_of(&new)? {
            return None;
        }
        self.copy_words(&new);
        Some(())
    }

    fn copy_words(&mut self, new: &Self) {
        self.title.clone_from(&new.title);
        self.pinyin.clone_from(&new.pinyin);
        self.summary.clone_from(&new.summary);
        self.form.clone_from(&new.form);
        self.venue.clone_from(&new.venue);
        self.audience.clone_from(&new.audience);
        self.minutes = new.minutes;
        self.objectives.clone_from(&new.objectives);
        self.key_points.clone_from(&new.key_points);
        self.difficult_points.clone_from(&new.difficult_points);
        self.questions.clone_from(&new.questions);
        self.updated = new.updated;
        self.body = new.body.clone();
        self.body_line = new.body_line;
    }

    /// A lone file: its name is its title.
    pub(super) fn courseware(setting: &Setting<'_>) -> Self {
        let stem = setting.file.path.stem().to_owned();
        Self::blank(setting, LessonKind::Courseware, stem.clone(), stem.trim().to_owned())
    }

    fn blank(setting: &Setting<'_>, kind: LessonKind, stem: String, title: String) -> Self {
        Self {
            file: setting.file.path.clone(),
            kind,
            slug: Some(file_slug(&stem)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| short_name(&stem)),
            stem,
            unit: setting.unit,
            written_unit: None,
            year: setting.year,
            number: String::new(),
            written_number: None,
            title,
            pinyin: None,
            has_own_slug: false,
            aliases: Vec::new(),
            written_instructors: Vec::new(),
            instructors: Vec::new(),
            summary: String::new(),
            domain: None,
            skills: Vec::new(),
            content_kinds: Vec::new(),
            form: None,
            venue: None,
            audience: None,
            minutes: None,
            objectives: Vec::new(),
            key_points: Vec::new(),
            difficult_points: Vec::new(),
            questions: Vec::new(),
            basis: Vec::new(),
            tags: Vec::new(),
            written_attachments: Vec::new(),
            attachments: Vec::new(),
            declaration: None,
            date: None,
            session: None,
            status: None,
            publication: Publication::Published,
            reviewed: None,
            updated: None,
            written_references: Vec::new(),
            references: Vec::new(),
            adviser: None,
            weight: None,
            body: Prose::default(),
            body_line: 1,
        }
    }

    /// Takes over every field of the front matter.
    fn fill(&mut self, record: &Record, body: &str, findings: &mut Findings) {
        let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let texts = |key: &str| values(records::list(record.get(key), true));
        if let Some(number) = records::text(record.get("id")) {
            self.number = number.value;
            self.written_number = Some(number.place);
        }
        if let Some(slug) = text("slug").map(|slug| file_slug(&slug)).filter(|slug| !slug.is_empty()) {
            self.slug = slug;
            self.has_own_slug = true;
        }
        self.written_unit = records::text(record.get("unit"));
        self.pinyin = text("pinyin");
        self.aliases = records::list(record.get("aliases"), false);
        self.written_instructors = records::list(record.get("instructor"), false);
        self.summary = text("summary").or_else(|| summary::first_paragraph(body)).unwrap_or_default();
        self.domain = vocabulary::choice(record.get("domain"), "domain", findings);
        self.skills = vocabulary::choices(record.get("skill"), "skill", findings);
        self.content_kinds = vocabulary::choices(record.get("content_kind"), "content_kind", findings);
        self.form = vocabulary::choice(record.get("form"), "form", findings);
        self.venue = text("venue");
        self.audience = text("audience");
        self.minutes = records::integer(record.get("minutes"), findings);
        self.objectives = texts("objectives");
        self.key_points = texts("key_points");
        self.difficult_points = texts("difficult_points");
        self.questions = texts("questions");
        self.basis = read_citations(&records::list(record.get("basis"), true));
        self.tags = values(records::list(record.get("tags"), false));
        self.written_attachments = records::list(record.get("attachments"), false);
        self.declaration = vocabulary::choice(record.get("source"), "declaration", findings);
        self.reviewed = records::date(record.get("reviewed"), findings);
        self.updated = records::date(record.get("updated"), findings);
        self.written_references = records::list(record.get("ref"), false);
        self.adviser = text("adviser");
        self.weight = records::integer(record.get("weight"), findings);
        self.fill_year(record, findings);
        self.fill_session(record, findings);
        self.fill_publication(record, findings);
    }

    /// The folder says the year; a year or a date in the front matter that says
    /// otherwise is left out (E114).
    fn fill_year(&mut self, record: &Record, findings: &mut Findings) {
        let written = records::integer(record.get("year"), findings).and_then(|year| i32::try_from(year).ok());
        self.date = match self.year {
            Some(folder) => records::date_in(record.get("date"), |_| folder, findings),
            None => records::date(record.get("date"), findings),
        };
        let mut keep = |year: Option<i32>, key: &str| match (year, self.year, record.get(key)) {
            (Some(written), Some(folder), Some(entry)) if written != folder => {
                findings
                    .push(Finding::new("E114", entry.node.place.clone()).with("目录年", folder).with("年", written));
                false
            }
            _ => true,
        };
        let written_fits = keep(written, "year");
        if !keep(self.date.map(Day::year), "date") {
            self.date = None;
        }
        if self.year.is_none() && written_fits {
            self.year = written.or(self.date.map(Day::year));
        }
    }

    fn fill_session(&mut self, record: &Record, findings: &mut Findings) {
        let mut number = |key: &str| records::integer(record.get(key), findings);
        let (expected, attended) = (number("expected"), number("attended"));
        let before = findings.len();
        let mut votes = |key: &str| votes(record, key, findings);
        let valid = votes("valid");
        let levels = [votes("very"), votes("satisfied"), votes("fair"), votes("dissatisfied")];
        let readable = !findings.has_error_after(before);
        let occasion = vocabulary::choice(record.get("occasion"), "occasion", findings);
        let ballots = match levels {
            [None, None, None, None] => None,
            _ if !readable => None,
            [very, satisfied, fair, dissatisfied] => Some(Ballots {
                valid,
                very: very.unwrap_or(0),
                satisfied: satisfied.unwrap_or(0),
                fair: fair.unwrap_or(0),
                dissatisfied: dissatisfied.unwrap_or(0),
            }),
        };
        let place = |keys: &[&str]| keys.iter().find_map(|key| record.get(key)).map(|entry| entry.node.place.clone());
        self.session = self.date.map(|date| OwnSession {
            date,
            occasion,
            expected,
            attended,
            ballots,
            place: place(&["attended", "date"]).unwrap_or_else(|| record.place.clone()),
            ballots_place: place(&["valid", "very", "date"]).unwrap_or_else(|| record.place.clone()),
        });
    }

    fn fill_publication(&mut self, record: &Record, findings: &mut Findings) {
        self.status = publication::status(record, findings);
        self.publication = publication::read(record, findings);
    }

    /// Whether a written reference means this lesson: its number, file or title.
    pub fn is_called(&self, folded: &str) -> bool {
        fold(&self.number) == folded || fold(&self.stem) == folded || fold(&self.title) == folded
    }
}

fn values(located: Vec<Located<String>>) -> Vec<String> {
    located.into_iter().map(|item| item.value).collect()
}

/// The file's name, or for `index.md` of a bundle the folder's.
fn stem(file: &SourceFile) -> String {
    let stem = file.path.stem();
    let is_index = matches!(stem.to_lowercase().as_str(), "index" | "_index" | "readme");
    match file.slot.bundle.last() {
        Some(folder) if is_index => folder.clone(),
        _ => stem.to_owned(),
    }
}

/// 标题, else the first heading, else the file's name (W109).
fn title(record: &Record, body: &str, stem: &str, path: &SourcePath, findings: &mut Findings) -> String {
    if let Some(title) = records::text(record.get("title")) {
        let length = title.value.chars().count();
        if length > 30 {
            findings.push(Finding::new("W111", title.place.clone()).with("n", length));
        }
        return title.value;
    }
    let title = summary::first_heading(body).unwrap_or_else(|| stem.trim().to_owned());
    findings.push(Finding::file("W109", path).with("替代", &title));
    title
}

/// An address for a name that has no pinyin (DOMAIN.md 7).
fn short_name(stem: &str) -> String {
    format!("l-{}", &blake3::hash(stem.as_bytes()).to_hex()[..8])
}
