//! 荣誉: streaks and model instructors (DOMAIN.md 3.6, points 4 and 5).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Award, Awards, Instructor, LessonId, Library, PersonId};

/// How many years in a row make a model instructor (directive S71).
pub const MODEL_AFTER: u32 = 3;

/// Years in a row on the list of excellent instructors, up to a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Streak {
    /// How many years.
    pub years: u32,
    /// The year before the first of them, when its list is missing altogether: the
    /// streak may be longer, nobody knows.
    pub unknown: Option<i32>,
}

/// Lists of honours by year.
#[derive(Debug, Clone, Default)]
pub struct Honours {
    /// Excellent instructors of each year that has a list.
    pub excellent: BTreeMap<i32, BTreeSet<PersonId>>,
    /// The year in which each model instructor reached three years in a row.
    pub models: BTreeMap<PersonId, i32>,
    /// Lessons taught in a year whose author is an excellent instructor of it: from
    /// these the excellent courseware is chosen (directive S69).
    pub pools: BTreeMap<i32, BTreeSet<LessonId>>,
}

impl Honours {
    /// The streak of a person at a year. Identity is the person, so a transfer keeps it;
    /// a year whose list names others ends it; a year without any list is unknown and
    /// confers nothing.
    pub fn streak(&self, person: PersonId, year: i32) -> Streak {
        let mut streak = Streak::default();
        let mut at = year;
        while self.excellent.get(&at).is_some_and(|list| list.contains(&person)) {
            streak.years += 1;
            at -= 1;
        }
        let first = self.excellent.keys().next().copied();
        let missing = !self.excellent.contains_key(&at) && first.is_some_and(|first| first < at);
        streak.unknown = (missing && streak.years > 0).then_some(at);
        streak
    }

    /// The years in which somebody was excellent.
    pub fn years_of(&self, person: PersonId) -> Vec<i32> {
        self.excellent.iter().filter(|(_, list)| list.contains(&person)).map(|(year, _)| *year).collect()
    }
}

/// The people of a list that the roster knows.
pub fn known(awards: &[Award]) -> impl Iterator<Item = (PersonId, &Award)> {
    awards.iter().filter_map(|award| match award.person {
        Some(Instructor::Known(person)) => Some((person, award)),
        _ => None,
    })
}

/// Works the honours out. `counts` says whether a listing counts: somebody below the
/// line is left out of the list (E501).
pub(super) fn honours(library: &Library, counts: impl Fn(PersonId, i32) -> bool) -> Honours {
    let mut honours = Honours::default();
    for awards in &library.awards {
        let list = known(&awards.instructors).map(|(person, _)| person).filter(|person| counts(*person, awards.year));
        honours.excellent.insert(awards.year, list.collect());
    }
    for (year, list) in &honours.excellent {
        for person in list {
            if honours.streak(*person, *year).years == MODEL_AFTER {
                honours.models.entry(*person).or_insert(*year);
            }
        }
    }
    honours.pools = honours.excellent.iter().map(|(year, list)| (*year, pool(library, *year, list))).collect();
    honours
}

fn pool(library: &Library, year: i32, excellent: &BTreeSet<PersonId>) -> BTreeSet<LessonId> {
    let taught = library.sessions.iter().filter(|session| session.held.is_some_and(|day| day.year() == year));
    let by_excellent = |id: &LessonId| {
        library
            .lesson(*id)
            .instructors
            .iter()
            .any(|author| matches!(author, Instructor::Known(person) if excellent.contains(person)))
    };
    taught.filter_map(|session| session.lesson).filter(by_excellent).collect()
}

/// The list of a year.
pub fn awards_of(library: &Library, year: i32) -> Option<&Awards> {
    library.awards.iter().find(|awards| awards.year == year)
}
