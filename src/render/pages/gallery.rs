//! 优秀课件: all years on one page, to be found by year, unit and domain.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Page;
use crate::base::text::shorten;
use crate::ledger::HonouredLesson;
use crate::model::BlobId;
use crate::render::desk::{Desk, count, year_number};
use crate::render::laurels::source_text;
use crate::render::views::{
    AttachmentView, CoursewareFilterItemView, CoursewareFilterView, CoursewareView, CoursewareYearView,
    HonouredLessonView, InsideView, LinkView, PageView,
};

impl Desk<'_> {
    /// 优秀课件.
    pub(in crate::render) fn gallery(&self, page: &Page, used: &mut BTreeSet<BlobId>) -> (PageView, CoursewareView) {
        let mut head = self.page(page, "courseware", "courseware", &self.word("nav.courseware"));
        head.crumbs = self.crumbs([]);
        let years = self.laurels.by_year.iter().rev().filter(|(_, counted)| !counted.courseware.is_empty());
        let mut found: Vec<CoursewareYearView> = Vec::new();
        for (year, counted) in years {
            let lessons = counted.courseware.iter().map(|one| self.honoured_lesson(one, *year, used));
            found.push(CoursewareYearView {
                year: year_number(*year),
                url: self.scene.atlas.honours.get(year).map_or_else(String::new, ToString::to_string),
                lessons: lessons.collect(),
            });
        }
        let lessons = || found.iter().flat_map(|year| &year.lessons);
        let view = CoursewareView {
            count: count(lessons().count()),
            filters: vec![
                filter("unit", lessons().map(|lesson| (lesson.card.unit.name.as_str(), lesson))),
                filter(
                    "domain",
                    lessons().filter_map(|lesson| Some((lesson.card.domain.as_ref()?.title.as_str(), lesson))),
                ),
            ],
            years: found,
        };
        (head, view)
    }

    /// A lesson that is honoured.
    pub(super) fn honoured_lesson(
        &self,
        one: &HonouredLesson,
        year: i32,
        used: &mut BTreeSet<BlobId>,
    ) -> HonouredLessonView {
        let id = one.lesson;
        let lesson = self.scene.library.lesson(id);
        let attachments = self.attachments(&lesson.attachments, used);
        let cover = attachments.iter().find_map(|file| file.inside.as_ref()?.cover.clone());
        HonouredLessonView {
            anchor: format!("y{year}-{}-{}", self.scene.library.unit(lesson.unit).slug, lesson.slug),
            card: self.card(id),
            year: year_number(year),
            prize: one.prize.clone(),
            reason: one.reason.clone(),
            evidence: self.courseware_evidence(id, year),
            outline: if cover.is_some() { Vec::new() } else { outline(&attachments, &lesson.body) },
            cover,
            attachments,
            source: source_text(&one.place),
        }
    }
}

/// How many lines stand for a file without a picture, and how long they are.
const OUTLINE: (usize, usize) = (6, 28);

/// The titles of the first file that has some, else the headings of the lesson, else the
/// first lines of a file.
fn outline(attachments: &[AttachmentView], body: &str) -> Vec<String> {
    let insides = || attachments.iter().filter_map(|file| file.inside.as_ref());
    let titles = |inside: &InsideView| inside.parts.iter().filter_map(|part| part.title.clone()).collect::<Vec<_>>();
    let lines = |inside: &InsideView| {
        let blocks = inside.parts.iter().flat_map(|part| &part.blocks);
        blocks.flat_map(|block| &block.lines).cloned().collect::<Vec<_>>()
    };
    let many = |lines: &Vec<String>| lines.len() > 1;
    let titled = insides().map(titles).find(many).or_else(|| Some(headings(body)).filter(many));
    let found = titled.or_else(|| insides().map(lines).find(|lines| !lines.is_empty())).unwrap_or_default();
    found.iter().take(OUTLINE.0).map(|line| shorten(line, OUTLINE.1)).collect()
}

/// The headings of the second level, as they are written.
fn headings(body: &str) -> Vec<String> {
    let mut in_code = false;
    let heading = |line: &str| {
        in_code ^= line.starts_with("```");
        line.strip_prefix("## ").filter(|_| !in_code).map(|text| text.trim().replace(['*', '`'], ""))
    };
    body.lines().filter_map(heading).collect()
}

/// Values in the order in which they come first, each with its lessons.
fn filter<'v>(key: &str, lessons: impl Iterator<Item = (&'v str, &'v HonouredLessonView)>) -> CoursewareFilterView {
    let mut items: Vec<CoursewareFilterItemView> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (value, lesson) in lessons {
        let link = LinkView { title: lesson.card.title.clone(), url: format!("#{}", lesson.anchor) };
        let at = *places.entry(value).or_insert_with(|| {
            items.push(CoursewareFilterItemView { title: value.to_owned(), links: Vec::new() });
            items.len() - 1
        });
        items[at].links.push(link);
    }
    CoursewareFilterView { key: key.to_owned(), items }
}
