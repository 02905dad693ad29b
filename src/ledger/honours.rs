//! 荣誉: streaks and model instructors (DOMAIN.md 3.6, points 4 and 5).

use std::collections::{BTreeMap, BTreeSet};

use super::counted::{self, YearHonours, is_by_one_of};
use super::rates::Eligibility;
use crate::config::Config;
use crate::model::{Award, Awards, Honour, Instructor, LessonId, Library, PersonId};

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
    /// Which listings of each year's awards file count, and which do not and why:
    /// pages and reports publish these, never the file as written.
    pub counted: BTreeMap<i32, YearHonours>,
    /// Model instructors whom no list names from the year on in which they reached
    /// three years in a row (W505), with that year.
    pub models_due: BTreeMap<PersonId, i32>,
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

    /// What somebody was honoured with, oldest first.
    pub fn of_person(&self, person: PersonId) -> Vec<(i32, Honour)> {
        let honours = [Honour::ExcellentInstructor, Honour::ModelInstructor, Honour::PostPacesetter];
        let of_year = |(year, counted): (&i32, &YearHonours)| {
            let won = honours.into_iter().filter(|honour| counted.of(*honour).iter().any(|one| one.person == person));
            won.map(|honour| (*year, honour)).collect::<Vec<_>>()
        };
        self.counted.iter().flat_map(of_year).collect()
    }

    /// The years in which a lesson was excellent courseware, oldest first.
    pub fn of_lesson(&self, lesson: LessonId) -> Vec<i32> {
        let won = |counted: &YearHonours| counted.courseware.iter().any(|one| one.lesson == lesson);
        self.counted.iter().filter(|(_, counted)| won(counted)).map(|(year, _)| *year).collect()
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

/// Works the honours out. `state` says whether somebody may stand in a year: somebody
/// below the line is left out of the list (E501, E502).
pub(super) fn honours(library: &Library, config: &Config, state: impl Fn(PersonId, i32) -> Eligibility) -> Honours {
    let mut honours = Honours::default();
    for awards in &library.awards {
        let stands = |person: &PersonId| state(*person, awards.year) == Eligibility::Eligible;
        let list = known(&awards.instructors).map(|(person, _)| person).filter(stands);
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
    honours.models_due = models_due(library, &honours.models);
    let counted = |awards: &Awards| {
        let year = awards.year;
        (year, counted::check(library, config, &honours, awards, |person| state(person, year)))
    };
    honours.counted = library.awards.iter().map(counted).collect();
    honours
}

fn pool(library: &Library, year: i32, excellent: &BTreeSet<PersonId>) -> BTreeSet<LessonId> {
    let taught = library.sessions.iter().filter(|session| session.held.is_some_and(|day| day.year() == year));
    taught.filter_map(|session| session.lesson).filter(|lesson| is_by_one_of(library, *lesson, excellent)).collect()
}

fn models_due(library: &Library, models: &BTreeMap<PersonId, i32>) -> BTreeMap<PersonId, i32> {
    let is_named = |person: PersonId, year: i32| {
        let mut lists = library.awards.iter().filter(|awards| awards.year >= year);
        lists.any(|awards| known(&awards.models).any(|(named, _)| named == person))
    };
    models.iter().filter(|(person, year)| !is_named(**person, **year)).map(|(person, year)| (*person, *year)).collect()
}

/// The list of a year.
pub fn awards_of(library: &Library, year: i32) -> Option<&Awards> {
    library.awards.iter().find(|awards| awards.year == year)
}
