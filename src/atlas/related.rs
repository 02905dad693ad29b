//! What belongs together: lessons by unit, year, person and law, sessions by lesson
//! and person, and which lessons are near each other.

use std::collections::BTreeMap;

use crate::base::text::fold;
use crate::model::{Instructor, Lesson, LessonId, Library, PersonId, SessionId, UnitId};

/// How many related lessons a page shows.
const SHOWN: usize = 4;

/// Lookups that many pages need.
#[derive(Debug, Default)]
pub struct Related {
    /// All lessons, newest first.
    pub newest: Vec<LessonId>,
    /// Lessons of a unit, newest first.
    pub of_unit: BTreeMap<UnitId, Vec<LessonId>>,
    /// Lessons of a year, newest first.
    pub of_year: BTreeMap<i32, Vec<LessonId>>,
    /// Lessons of a person, newest first.
    pub of_person: BTreeMap<PersonId, Vec<LessonId>>,
    /// Sessions that a person gives.
    pub given_by: BTreeMap<PersonId, Vec<SessionId>>,
    /// Sessions at which a lesson is taught.
    pub taught_at: BTreeMap<LessonId, Vec<SessionId>>,
    /// Lessons that cite a law, by its folded name.
    pub citing: BTreeMap<String, Vec<LessonId>>,
    /// Lessons near a lesson: the same law, domain, ability, label.
    pub near: Vec<Vec<LessonId>>,
    /// The day on which a lesson was last taught or written, as a key for sorting.
    pub dates: Vec<(i32, u32, u32)>,
}

impl Related {
    /// Works out what belongs together.
    pub(super) fn new(library: &Library) -> Self {
        let mut related = Related { dates: dates(library), ..Related::default() };
        related.newest = library.lesson_ids().map(|(id, _)| id).collect();
        let dates = &related.dates;
        related.newest.sort_by(|a, b| dates[b.0].cmp(&dates[a.0]).then_with(|| a.cmp(b)));
        for id in related.newest.clone() {
            related.add_lesson(id, library.lesson(id));
        }
        for (at, session) in library.sessions.iter().enumerate() {
            let id = SessionId(at);
            if let Some(lesson) = session.lesson {
                related.taught_at.entry(lesson).or_default().push(id);
            }
            for instructor in &session.instructors {
                if let Instructor::Known(person) = instructor {
                    related.given_by.entry(*person).or_default().push(id);
                }
            }
        }
        related.near = near(library, &related);
        related
    }

    fn add_lesson(&mut self, id: LessonId, lesson: &Lesson) {
        self.of_unit.entry(lesson.unit).or_default().push(id);
        if let Some(year) = lesson.year {
            self.of_year.entry(year).or_default().push(id);
        }
        for instructor in &lesson.instructors {
            if let Instructor::Known(person) = instructor {
                self.of_person.entry(*person).or_default().push(id);
            }
        }
        let mut laws: Vec<String> = lesson.basis.iter().map(|citation| fold(&citation.name)).collect();
        laws.sort();
        laws.dedup();
        for law in laws {
            self.citing.entry(law).or_default().push(id);
        }
    }
}

/// When each lesson was first taught, else its own date, else its year.
fn dates(library: &Library) -> Vec<(i32, u32, u32)> {
    let mut dates: Vec<(i32, u32, u32)> = library
        .lessons
        .iter()
        .map(|lesson| match lesson.date.or(lesson.updated) {
            Some(day) => (day.year(), day.month().month, day.day()),
            None => (lesson.year.unwrap_or(0), 0, 0),
        })
        .collect();
    for session in &library.sessions {
        let (Some(lesson), Some(day)) = (session.lesson, session.held) else { continue };
        let date = (day.year(), day.month().month, day.day());
        let known = &mut dates[lesson.0];
        if known.1 == 0 && known.0 == date.0 || (known.1 > 0 && date < *known && library.lesson(lesson).date.is_none())
        {
            *known = date;
        }
    }
    dates
}

fn near(library: &Library, related: &Related) -> Vec<Vec<LessonId>> {
    let mut by_domain: BTreeMap<&str, Vec<LessonId>> = BTreeMap::new();
    for (id, lesson) in library.lesson_ids() {
        if let Some(domain) = &lesson.domain {
            by_domain.entry(&domain.key).or_default().push(id);
        }
    }
    library.lesson_ids().map(|(id, lesson)| nearest(library, related, &by_domain, id, lesson)).collect()
}

fn nearest(
    library: &Library,
    related: &Related,
    by_domain: &BTreeMap<&str, Vec<LessonId>>,
    id: LessonId,
    lesson: &Lesson,
) -> Vec<LessonId> {
    let mut scores: BTreeMap<LessonId, u32> = BTreeMap::new();
    for reference in &lesson.references {
        *scores.entry(*reference).or_default() += 100;
    }
    for citation in &lesson.basis {
        let citing = related.citing.get(&fold(&citation.name)).map(Vec::as_slice).unwrap_or_default();
        for other in citing.iter().take(200) {
            *scores.entry(*other).or_default() += 3;
        }
    }
    let same_domain = lesson.domain.as_ref().and_then(|domain| by_domain.get(domain.key.as_str()));
    for other in same_domain.into_iter().flatten().take(400) {
        *scores.entry(*other).or_default() += 2;
    }
    for (other, score) in &mut scores {
        let candidate = library.lesson(*other);
        let shared = candidate.tags.iter().filter(|tag| lesson.tags.contains(tag)).count();
        let skills = candidate.skills.iter().filter(|skill| lesson.skills.contains(skill)).count();
        *score += u32::try_from(2 * shared + skills).unwrap_or(0);
    }
    scores.remove(&id);
    let mut found: Vec<(LessonId, u32)> = scores.into_iter().collect();
    found.sort_by(|(a, one), (b, other)| {
        other.cmp(one).then_with(|| related.dates[b.0].cmp(&related.dates[a.0])).then(a.cmp(b))
    });
    found.into_iter().take(SHOWN).map(|(id, _)| id).collect()
}
