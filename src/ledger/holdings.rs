//! What the library holds: lessons, sessions and those who came (DOMAIN.md 3.6, point
//! 16), by unit and year, so that a sum can show what it is made of.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{LessonId, Library, SessionId, UnitId};

/// What a unit brought into the library in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Lessons and files that stand alone.
    pub lessons: Vec<LessonId>,
    /// Sessions of its plan that were held by the day of the statistics.
    pub held: Vec<SessionId>,
    /// Person-times of these sessions: the sum of those who came.
    pub attendances: u32,
}

impl Holdings {
    /// Several together.
    pub fn sum<'h>(all: impl IntoIterator<Item = &'h Holdings>) -> Self {
        all.into_iter().fold(Self::default(), |mut sum, one| {
            sum.lessons.extend(&one.lessons);
            sum.held.extend(&one.held);
            sum.attendances = sum.attendances.saturating_add(one.attendances);
            sum
        })
    }
}

pub(super) fn holdings(library: &Library, config: &Config) -> BTreeMap<(UnitId, Option<i32>), Holdings> {
    let mut all: BTreeMap<(UnitId, Option<i32>), Holdings> = BTreeMap::new();
    for (id, lesson) in library.lesson_ids() {
        all.entry((lesson.unit, lesson.year)).or_default().lessons.push(id);
    }
    for (at, session) in library.sessions.iter().enumerate().filter(|(_, session)| session.is_held(config.as_of)) {
        let own = all.entry((session.unit, Some(session.year))).or_default();
        own.held.push(SessionId(at));
        own.attendances = own.attendances.saturating_add(session.attended.unwrap_or(0));
    }
    all
}
