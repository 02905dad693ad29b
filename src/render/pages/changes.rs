//! 更新记录: what became of the lessons from release to release.

use std::collections::BTreeMap;

use crate::atlas::Page;
use crate::base::Day;
use crate::history::{Edition, Log};
use crate::model::LessonId;
use crate::render::desk::{Desk, count};
use crate::render::views::{ChangesView, EditionLessonView, EditionView, PageView};

impl Desk<'_> {
    /// 更新记录. Lessons are named as they are called now; an address that the site no
    /// longer has is passed over, so that no link is dead and nothing taken back is named.
    pub(in crate::render) fn changes(&self, page: &Page, log: &Log) -> (PageView, ChangesView) {
        let mut head = self.page(page, "changes", "changes", &self.word("nav.changes"));
        head.crumbs = self.crumbs([]);
        let lessons: BTreeMap<&str, LessonId> =
            self.scene.library.lesson_ids().map(|(id, _)| (self.scene.atlas.lesson(id).as_str(), id)).collect();
        let editions = log.editions().iter().filter(|edition| edition.tells());
        (head, ChangesView { editions: editions.map(|edition| self.edition(edition, &lessons)).collect() })
    }

    fn edition(&self, edition: &Edition, lessons: &BTreeMap<&str, LessonId>) -> EditionView {
        let known = |addresses: &[String]| {
            let ids = addresses.iter().filter_map(|address| lessons.get(address.as_str()));
            ids.map(|id| self.edition_lesson(*id)).collect::<Vec<_>>()
        };
        EditionView {
            number: edition.number,
            day: edition.day.clone(),
            day_text: Day::parse(&edition.day).map_or_else(|| edition.day.clone(), |day| self.day(day)),
            lessons: count(edition.lessons),
            is_first: edition.is_first,
            added: known(&edition.new),
            changed: known(&edition.changed),
            taken_back: count(edition.taken_back),
            removed: count(edition.removed),
            errors: count(edition.errors),
        }
    }

    fn edition_lesson(&self, id: LessonId) -> EditionLessonView {
        let lesson = self.scene.library.lesson(id);
        let link = self.lesson_link(id);
        EditionLessonView { title: link.title, url: link.url, unit: self.scene.library.unit(lesson.unit).name.clone() }
    }
}
