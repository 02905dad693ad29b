//! 合订本: all lessons of a unit's year on one page, to be printed and bound.

use std::collections::BTreeSet;

use crate::atlas::Page;
use crate::base::{Findings, OutputPath};
use crate::markdown;
use crate::model::{Lesson, LessonId, LessonKind, UnitId};
use crate::render::body::Text;
use crate::render::desk::{Desk, year_number};
use crate::render::views::{PageView, VolumeLessonView, VolumeView};

impl Desk<'_> {
    /// The volume of a unit's year.
    pub(in crate::render) fn volume(&self, page: &Page, id: UnitId, year: i32) -> (PageView, VolumeView) {
        let unit = self.scene.library.unit(id);
        let title = self.filled("volume.title", &[("unit", &unit.name), ("year", &year)]);
        let mut head = self.page(page, "volume", "units", &title);
        head.crumbs = self.year_crumbs(id, year);
        let of_year = self.scene.library.lesson_ids().filter(|(_, one)| one.unit == id && one.year == Some(year));
        let (written, files): (Vec<_>, Vec<_>) = of_year.partition(|(_, one)| one.kind == LessonKind::Written);
        let view = VolumeView {
            unit: self.unit_link(id),
            is_pilot: unit.pilot,
            since_text: unit.start.map(|month| self.month(month)),
            year: year_number(year),
            year_url: self.scene.atlas.unit_years.get(&(id, year)).map(OutputPath::to_string).unwrap_or_default(),
            lessons: written.into_iter().map(|(id, lesson)| self.bound(page, id, lesson)).collect(),
            files: files.into_iter().map(|(id, _)| self.lesson_link(id)).collect(),
        };
        (head, view)
    }

    /// A lesson as it stands in a volume. What its writer should mend is told where it
    /// has its own page.
    fn bound(&self, page: &Page, id: LessonId, lesson: &Lesson) -> VolumeLessonView {
        let body = self.body(&Text::of(lesson, &page.path), &mut BTreeSet::new(), &mut Findings::default());
        let path = self.scene.atlas.lesson(id);
        let name = path.as_str().rsplit('/').next().unwrap_or("");
        let anchor = format!("volume-{}", name.trim_end_matches(".html"));
        VolumeLessonView {
            url: path.to_string(),
            title: lesson.title.clone(),
            number: lesson.number.clone(),
            unit: self.unit_link(lesson.unit),
            instructors: lesson.instructors.iter().map(|instructor| self.person_link(instructor)).collect(),
            time_text: self.time_of(id),
            form: lesson.form.as_ref().map(|word| word.name.clone()),
            venue: lesson.venue.clone(),
            audience: lesson.audience.clone(),
            minutes: lesson.minutes,
            objectives: lesson.objectives.clone(),
            key_points: lesson.key_points.clone(),
            difficult_points: lesson.difficult_points.clone(),
            basis: lesson.basis.iter().map(|citation| self.citation(lesson, citation)).collect(),
            needs_review: self.is_stale(id),
            answers: self.answers(body.html.as_deref()),
            body_html: body.html.map(|html| markdown::nest(&html, &format!("{anchor}."))),
            questions: lesson.questions.clone(),
            qr: self.qr(path, &lesson.number),
            anchor,
        }
    }
}
