//! 放映: a lesson as slides, made from the body that its page shows.

use crate::atlas::{Page, PageKind};
use crate::base::OutputPath;
use crate::markdown::{self, Slide};
use crate::model::LessonId;
use crate::render::desk::Desk;
use crate::render::views::{LessonView, PageView, SlideView, SlidesView};

impl Desk<'_> {
    /// The slides of a lesson whose page has been made.
    pub(in crate::render) fn slides<'v>(
        &self,
        path: &OutputPath,
        id: LessonId,
        lesson_page: &PageView,
        lesson: &'v LessonView,
    ) -> (PageView, SlidesView<'v>) {
        let page = Page { path: path.clone(), kind: PageKind::Slides(id) };
        let mut head = self.page(&page, "slides", "lessons", &self.filled("slides.title", &[("title", &lesson.title)]));
        head.is_draft = lesson_page.is_draft;
        let mut deck = markdown::slides(lesson.body_html.as_deref().unwrap_or(""));
        let body = deck.slides.iter().rposition(|slide| !slide.is_quiz).map_or(0, |last| last + 1);
        let closing = deck.slides.split_off(body);
        let view = SlidesView {
            lesson,
            lesson_url: lesson_page.address.clone(),
            slides: deck.slides.into_iter().map(slide).collect(),
            closing: closing.into_iter().map(slide).collect(),
            notes_html: deck.notes_html,
        };
        (head, view)
    }
}

fn slide(slide: Slide) -> SlideView {
    let Slide { id, title_html, part, parts, is_quiz, body_html, notes_html } = slide;
    SlideView { id, title_html, part, parts, is_quiz, body_html, notes_html }
}
