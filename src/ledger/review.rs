//! 待复核: lessons whose legal basis is no longer in force (DOMAIN.md 3.6, point 15).

use crate::config::Config;
use crate::model::{Citation, Lesson, LessonId, Library};

/// A lesson that cites a law that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The lesson.
    pub lesson: LessonId,
    /// Which of its citations, counted from zero.
    pub citations: Vec<usize>,
}

/// Whether a citation asks for a review of its lesson: the version cited has ended
/// by the day of the statistics, and nobody has reviewed the lesson since.
pub fn is_stale(library: &Library, config: &Config, lesson: &Lesson, citation: &Citation) -> bool {
    let Some(law) = citation.law.map(|id| library.law(id)) else { return false };
    let Some(ends) = law.ends else { return false };
    law.is_over(config.as_of) && lesson.reviewed.is_none_or(|reviewed| reviewed < ends)
}

pub(super) fn reviews(library: &Library, config: &Config) -> Vec<Review> {
    let review = |(id, lesson): (LessonId, &Lesson)| {
        let stale = lesson.basis.iter().enumerate().filter(|(_, citation)| is_stale(library, config, lesson, citation));
        let citations: Vec<usize> = stale.map(|(at, _)| at).collect();
        (!citations.is_empty()).then_some(Review { lesson: id, citations })
    };
    library.lesson_ids().filter_map(review).collect()
}
