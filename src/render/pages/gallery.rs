//! 优秀课件: all years on one page, to be found by year, unit and domain.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Page;
use crate::ledger::HonouredLesson;
use crate::model::BlobId;
use crate::render::desk::{Desk, count, year_number};
use crate::render::laurels::source_text;
use crate::render::views::{
    CoursewareFilterItemView, CoursewareFilterView, CoursewareView, CoursewareYearView, HonouredLessonView, LinkView,
    PageView,
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
        HonouredLessonView {
            anchor: format!("y{year}-{}-{}", self.scene.library.unit(lesson.unit).slug, lesson.slug),
            card: self.card(id),
            year: year_number(year),
            prize: one.prize.clone(),
            reason: one.reason.clone(),
            evidence: self.courseware_evidence(id, year),
            attachments: self.attachments(&lesson.attachments, used),
            source: source_text(&one.place),
        }
    }
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
