//! 教案: the page of a lesson, and that of a file that stands alone.

use std::collections::BTreeSet;

use crate::atlas::Page;
use crate::base::{Findings, OutputPath};
use crate::ledger;
use crate::model::{BlobId, Citation, Honour, Instructor, Lesson, LessonId, Publication};
use crate::render::body::Text;
use crate::render::desk::{Desk, joined, year_number};
use crate::render::links::mail;
use crate::render::views::{
    AttachmentPageView, BasisCitationView, HonourBadgeView, LessonView, LinkView, PageView, SessionRowView,
};

impl Desk<'_> {
    /// A lesson's page.
    pub(in crate::render) fn lesson(
        &self,
        page: &Page,
        id: LessonId,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, LessonView) {
        let lesson = self.scene.library.lesson(id);
        let text = Text {
            file: &lesson.file,
            body: &lesson.body,
            first_line: lesson.body_line,
            unit: Some(lesson.unit),
            year: lesson.year,
            page: &page.path,
        };
        let body = self.body(&text, used, findings);
        let (previous, next) = self.neighbours(id);
        let sessions = self.sessions_held(id);
        let view = LessonView {
            title: lesson.title.clone(),
            number: lesson.number.clone(),
            summary: lesson.summary.clone(),
            unit: self.unit_link(lesson.unit),
            year: year_number(lesson.year.unwrap_or(0)),
            year_url: self.year_url(lesson),
            instructors: lesson.instructors.iter().map(|instructor| self.person_link(instructor)).collect(),
            domain: self.domain_link(lesson),
            abilities: self.ability_links(lesson),
            content_kind: joined(lesson.content_kinds.iter().map(|word| word.name.as_str())),
            form: lesson.form.as_ref().map(|word| word.name.clone()),
            venue: lesson.venue.clone(),
            audience: lesson.audience.clone(),
            minutes: lesson.minutes,
            declaration: lesson.declaration.as_ref().map(|word| word.key.clone()),
            words: body.characters,
            reading_minutes: body.reading_minutes,
            reviewed: lesson.reviewed.map(|day| day.to_string()),
            reviewed_text: lesson.reviewed.map(|day| self.day(day)),
            updated_text: lesson.updated.map(|day| self.day(day)),
            tags: lesson.tags.clone(),
            objectives: lesson.objectives.clone(),
            key_points: lesson.key_points.clone(),
            difficult_points: lesson.difficult_points.clone(),
            body_html: body.html,
            toc: body.toc,
            questions: lesson.questions.clone(),
            attachments: self.attachments(&lesson.attachments, used),
            honours: self.lesson_honours(id),
            attendances: sessions.iter().filter_map(|row| row.attended).sum(),
            sessions,
            basis: lesson.basis.iter().map(|citation| self.citation(lesson, citation)).collect(),
            needs_review: self.is_stale(id),
            is_draft: lesson.publication != Publication::Published,
            is_sample: self.scene.config.sample_banner,
            related: self.scene.atlas.related.near.get(id.0).map(|near| self.cards(near)).unwrap_or_default(),
            previous,
            next,
            ask_url: self.mail_about(lesson, "提问/建议"),
            outdated_url: self.mail_about(lesson, "内容过时"),
        };
        (self.lesson_head(page, "lesson", lesson), view)
    }

    /// The page of a file that stands alone.
    pub(in crate::render) fn courseware(
        &self,
        page: &Page,
        id: LessonId,
        used: &mut BTreeSet<BlobId>,
    ) -> (PageView, AttachmentPageView) {
        let lesson = self.scene.library.lesson(id);
        let (previous, next) = self.neighbours(id);
        used.extend(lesson.attachments.iter().copied());
        let view = AttachmentPageView {
            title: lesson.title.clone(),
            number: lesson.number.clone(),
            unit: self.unit_link(lesson.unit),
            year: year_number(lesson.year.unwrap_or(0)),
            year_url: self.year_url(lesson),
            file: self.attachment(lesson.attachments.first().copied().unwrap_or(BlobId(0)), 1),
            sessions: self.sessions_held(id),
            previous,
            next,
            ask_url: self.mail_about(lesson, "提问/建议"),
        };
        (self.lesson_head(page, "attachment", lesson), view)
    }

    fn lesson_head(&self, page: &Page, kind: &str, lesson: &Lesson) -> PageView {
        let unit = self.scene.library.unit(lesson.unit);
        let year = lesson.year.and_then(|year| self.scene.atlas.unit_years.get(&(lesson.unit, year)));
        let mut head = self.page(page, kind, "lessons", &lesson.title);
        head.description = lesson.summary.clone();
        head.is_draft = lesson.publication != Publication::Published;
        head.crumbs = self.crumbs([
            (self.word("nav.units"), Some(&OutputPath::new("units/index.html"))),
            (unit.name.clone(), Some(self.scene.atlas.unit(lesson.unit))),
            (self.word("units_of.year").replace("{n}", &lesson.year.unwrap_or(0).to_string()), year),
        ]);
        head
    }

    fn year_url(&self, lesson: &Lesson) -> String {
        let year = lesson.year.and_then(|year| self.scene.atlas.unit_years.get(&(lesson.unit, year)));
        year.unwrap_or_else(|| self.scene.atlas.unit(lesson.unit)).to_string()
    }

    fn sessions_held(&self, id: LessonId) -> Vec<SessionRowView> {
        self.held_with(id).into_iter().map(|id| self.row(id)).collect()
    }

    /// Honours of the lesson, and of its authors in its year.
    fn lesson_honours(&self, id: LessonId) -> Vec<HonourBadgeView> {
        let lesson = self.scene.library.lesson(id);
        let authors = lesson.instructors.iter().filter_map(|author| match author {
            Instructor::Known(person) => Some(*person),
            Instructor::Named(_) => None,
        });
        let honours = authors.flat_map(|person| self.scene.ledger.honours.of_person(person));
        let mut excellent =
            honours.filter(|(year, honour)| Some(*year) == lesson.year && *honour == Honour::ExcellentInstructor);
        let mut badges = self.badges_of_lesson(id);
        badges.extend(excellent.next().map(|(year, honour)| self.honour_badge(honour, year)));
        badges
    }

    /// The lessons before and after in the same unit-year: lessons are kept in that order.
    fn neighbours(&self, id: LessonId) -> (Option<LinkView>, Option<LinkView>) {
        let lessons = &self.scene.library.lessons;
        let here = &lessons[id.0];
        let same = |at: usize| {
            lessons
                .get(at)
                .filter(|other| other.unit == here.unit && other.year == here.year)
                .map(|_| self.lesson_link(LessonId(at)))
        };
        (id.0.checked_sub(1).and_then(same), same(id.0 + 1))
    }

    /// A mail to the unit's clerk, or to the keepers of the library.
    fn mail_about(&self, lesson: &Lesson, what: &str) -> Option<String> {
        let unit = self.scene.library.unit(lesson.unit);
        let address = unit.clerk_email.as_ref().or(self.scene.config.contact.as_ref())?;
        Some(mail(address, &format!("【{what}】{} {}", lesson.number, lesson.title)))
    }

    /// A law as a lesson cites it, with what has become of it.
    pub(super) fn citation(&self, lesson: &Lesson, citation: &Citation) -> BasisCitationView {
        let law = citation.law.map(|id| self.scene.library.law(id));
        let state = law.map_or("unknown", |law| self.law_state(law));
        let stale = ledger::is_stale(self.scene.library, self.scene.config, lesson, citation);
        let since = law.and_then(|law| if stale || law.is_over(self.scene.config.as_of) { law.ends } else { None });
        BasisCitationView {
            name: citation.name.clone(),
            version: citation.version.clone().or_else(|| law.and_then(|law| law.version.clone())),
            article: citation.article.clone(),
            url: self.law_url(citation),
            state: state.to_owned(),
            replaced_by: law.filter(|_| since.is_some()).and_then(|law| law.replaced_by.clone()),
            since_text: since.map(|day| self.day(day)),
        }
    }
}
