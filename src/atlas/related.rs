//! What belongs together: lessons by unit, year, person and law, sessions by lesson
//! and person, and which lessons are near each other.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::Key;
use crate::base::text::fold;
use crate::memo::{Kind, Memo, key_of};
use crate::model::vocabulary::vocabulary;
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
    /// Lessons of a kind of content, by its place in the vocabulary, newest first.
    pub of_content: BTreeMap<usize, Vec<LessonId>>,
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
    pub(super) fn new(library: &Library, memo: &Memo) -> Self {
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
        related.near = memo.remember(Kind::Near, near_by(library, &related), || near(library, &related));
        related
    }

    fn add_lesson(&mut self, id: LessonId, lesson: &Lesson) {
        self.of_unit.entry(lesson.unit).or_default().push(id);
        if let Some(year) = lesson.year {
            self.of_year.entry(year).or_default().push(id);
        }
        for kind in &lesson.content_kinds {
            let place = vocabulary("content_kind").terms.iter().position(|term| term.key == kind.key);
            if let Some(at) = place {
                self.of_content.entry(at).or_default().push(id);
            }
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

/// How many lessons that cite a law are looked at for one that cites it.
const CITING: usize = 200;
/// How many lessons of a domain are looked at for one of it.
const OF_DOMAIN: usize = 400;

/// Names everything that says which lessons are near each other.
fn near_by(library: &Library, related: &Related) -> Option<Key> {
    let of_lesson = |lesson: &Lesson| {
        let skills: Vec<&str> = lesson.skills.iter().map(|word| word.key.as_str()).collect();
        let laws: Vec<&str> = lesson.basis.iter().map(|citation| citation.name.as_str()).collect();
        let domain = lesson.domain.as_ref().map(|domain| domain.key.as_str());
        key_of(&(&lesson.references, domain, &lesson.tags, skills, laws))
    };
    let lessons: Vec<Key> = library.lessons.par_iter().map(of_lesson).collect::<Option<_>>()?;
    key_of(&(lessons, &related.dates))
}

fn near(library: &Library, related: &Related) -> Vec<Vec<LessonId>> {
    let neighbourhood = Neighbourhood::new(library, related);
    let all: Vec<LessonId> = library.lesson_ids().map(|(id, _)| id).collect();
    all.par_iter().map_init(|| Scores::new(all.len()), |scores, id| neighbourhood.nearest(*id, scores)).collect()
}

/// What makes lessons near each other, as numbers, since every lesson is compared with
/// hundreds.
struct Neighbourhood<'a> {
    library: &'a Library,
    dates: &'a [(i32, u32, u32)],
    by_domain: BTreeMap<&'a str, Vec<LessonId>>,
    /// For each lesson the lessons that cite a law with it, a list a citation.
    citing: Vec<Vec<&'a [LessonId]>>,
    tags: Vec<Vec<u32>>,
    skills: Vec<Vec<u32>>,
}

/// Points of lessons, kept from one lesson to the next so that they are cleared by the
/// few that were used.
struct Scores {
    points: Vec<u32>,
    used: Vec<LessonId>,
}

impl Scores {
    fn new(lessons: usize) -> Self {
        Self { points: vec![0; lessons], used: Vec::new() }
    }

    fn add(&mut self, id: LessonId, points: u32) {
        let own = &mut self.points[id.0];
        if *own == 0 {
            self.used.push(id);
        }
        *own += points;
    }
}

impl<'a> Neighbourhood<'a> {
    fn new(library: &'a Library, related: &'a Related) -> Self {
        let mut by_domain: BTreeMap<&str, Vec<LessonId>> = BTreeMap::new();
        for (id, lesson) in library.lesson_ids() {
            if let Some(domain) = &lesson.domain {
                by_domain.entry(&domain.key).or_default().push(id);
            }
        }
        let with = |lesson: &Lesson| {
            let laws = lesson.basis.iter().filter_map(|citation| related.citing.get(&fold(&citation.name)));
            laws.map(|lessons| &lessons[..lessons.len().min(CITING)]).collect()
        };
        Neighbourhood {
            library,
            dates: &related.dates,
            by_domain,
            citing: library.lessons.iter().map(with).collect(),
            tags: numbered(library, |lesson| lesson.tags.iter().map(String::as_str).collect()),
            skills: numbered(library, |lesson| lesson.skills.iter().map(|word| word.key.as_str()).collect()),
        }
    }

    fn nearest(&self, id: LessonId, scores: &mut Scores) -> Vec<LessonId> {
        let lesson = self.library.lesson(id);
        lesson.references.iter().for_each(|reference| scores.add(*reference, 100));
        self.citing[id.0].iter().copied().flatten().for_each(|other| scores.add(*other, 3));
        let same_domain = lesson.domain.as_ref().and_then(|domain| self.by_domain.get(domain.key.as_str()));
        same_domain.into_iter().flatten().take(OF_DOMAIN).for_each(|other| scores.add(*other, 2));
        let mut best: Vec<(u32, LessonId)> = Vec::with_capacity(SHOWN + 1);
        for other in scores.used.drain(..) {
            let points = std::mem::take(&mut scores.points[other.0]);
            if other != id {
                let points = points + 2 * shared(&self.tags, id, other) + shared(&self.skills, id, other);
                let at = best.partition_point(|one| self.goes_before(*one, (points, other)));
                best.insert(at, (points, other));
                best.truncate(SHOWN);
            }
        }
        best.into_iter().map(|(_, id)| id).collect()
    }

    /// More points first, then the newer lesson.
    fn goes_before(&self, (one, a): (u32, LessonId), (other, b): (u32, LessonId)) -> bool {
        other.cmp(&one).then_with(|| self.dates[b.0].cmp(&self.dates[a.0])).then(a.cmp(&b)).is_lt()
    }
}

/// The words of each lesson as numbers.
fn numbered<'a>(library: &'a Library, words: fn(&'a Lesson) -> Vec<&'a str>) -> Vec<Vec<u32>> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |word| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(word).or_insert(next)
    };
    library.lessons.iter().map(|lesson| words(lesson).into_iter().map(&mut number).collect()).collect()
}

/// How many words of the other lesson this one has as well.
fn shared(words: &[Vec<u32>], id: LessonId, other: LessonId) -> u32 {
    let own = &words[id.0];
    let count = words[other.0].iter().filter(|word| own.contains(word)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
