//! Connects what refers to something: people, lessons, laws, sessions.

use std::collections::{BTreeMap, BTreeSet};

use super::law;
use super::lesson::{Lesson, LessonId};
use super::library::Library;
use super::person::{Instructor, Person, PersonId, Posting, plain_name};
use super::session::Session;
use super::unit::UnitId;
use crate::base::text::fold;
use crate::base::{Finding, Findings, Located};

/// Connects everything of a library.
pub(super) fn connect(library: &mut Library, findings: &mut Findings) {
    let mut register = Register::new(&library.people, library.has_roster);
    connect_instructors(library, &mut register, findings);
    library.people = register.people;
    let directory = Directory::new(&library.lessons);
    let kept_back = Directory::new(&library.kept_back);
    let laws = std::mem::take(&mut library.laws);
    for lesson in &mut library.lessons {
        law::connect(lesson, &laws);
    }
    library.laws = laws;
    connect_references(library, &directory, findings);
    connect_sessions(library, &directory, &kept_back, findings);
    add_own_sessions(library);
    library.directory = directory;
}

fn connect_instructors(library: &mut Library, register: &mut Register, findings: &mut Findings) {
    let units = std::mem::take(&mut library.units);
    let called = |unit: UnitId, written: &str| units[unit.0].is_called(written);
    let name_of = |unit: UnitId| units[unit.0].name.clone();
    let scene = Scene { called: &called, name_of: &name_of };
    for lesson in library.lessons.iter_mut().chain(library.kept_back.iter_mut()) {
        let written = std::mem::take(&mut lesson.written_instructors);
        lesson.instructors =
            written.iter().map(|name| register.find(name, lesson.unit, lesson.year, &scene, findings)).collect();
        lesson.written_instructors = written;
    }
    for session in &mut library.sessions {
        let written = std::mem::take(&mut session.written_instructors);
        session.instructors = written
            .iter()
            .map(|name| register.find(name, session.unit, Some(session.year), &scene, findings))
            .collect();
        session.written_instructors = written;
    }
    library.units = units;
}

/// What the register has to know of units.
struct Scene<'a> {
    called: &'a dyn Fn(UnitId, &str) -> bool,
    name_of: &'a dyn Fn(UnitId) -> String,
}

/// Finds people by what was written of them.
struct Register {
    people: Vec<Person>,
    has_roster: bool,
    names: BTreeMap<String, Vec<PersonId>>,
    ids: BTreeMap<String, PersonId>,
}

impl Register {
    fn new(people: &[Person], has_roster: bool) -> Self {
        let mut register = Self { people: Vec::new(), has_roster, names: BTreeMap::new(), ids: BTreeMap::new() };
        for person in people {
            register.add(person.clone());
        }
        register
    }

    fn add(&mut self, person: Person) -> PersonId {
        let id = PersonId(self.people.len());
        self.names.entry(fold(&person.name)).or_default().push(id);
        if let Some(written) = &person.id {
            self.ids.insert(fold(written), id);
        }
        self.people.push(person);
        id
    }

    /// A number, a name, or a name with a unit: 张小雪（港区分局）. A bare name means
    /// the only one who has it, or the only one who has it in the unit at hand.
    fn find(
        &mut self,
        written: &Located<String>,
        unit: UnitId,
        year: Option<i32>,
        scene: &Scene<'_>,
        findings: &mut Findings,
    ) -> Instructor {
        if let Some(id) = self.ids.get(&fold(&written.value)) {
            return Instructor::Known(*id);
        }
        let (name, of_unit) = name_and_unit(&written.value);
        let namesakes = self.names.get(&fold(&name)).cloned().unwrap_or_default();
        let served = |id: &PersonId, test: &dyn Fn(&Posting) -> bool| self.people[id.0].postings.iter().any(test);
        let pick = |test: &dyn Fn(&Posting) -> bool| {
            let mut fitting = namesakes.iter().filter(|id| served(id, test));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let found = match (&of_unit, namesakes.as_slice()) {
            (Some(wanted), [_, ..]) => pick(&|posting| posting.unit.is_some_and(|unit| (scene.called)(unit, wanted))),
            (None, [only]) => Some(*only),
            (None, [_, _, ..]) => {
                pick(&|posting| posting.unit == Some(unit) && year.is_none_or(|year| posting.covers_year(year)))
                    .or_else(|| pick(&|posting| posting.unit == Some(unit)))
            }
            (_, []) => None,
        };
        match found {
            Some(id) => Instructor::Known(id),
            None if !self.has_roster => Instructor::Known(self.introduce(&name, unit, written)),
            None => self.unknown(written, &name, &namesakes, scene, findings),
        }
    }

    /// Without a roster a person is known by name and unit.
    fn introduce(&mut self, name: &str, unit: UnitId, written: &Located<String>) -> PersonId {
        let here = |id: &&PersonId| self.people[id.0].served(unit, None);
        if let Some(id) = self.names.get(&fold(name)).and_then(|ids| ids.iter().find(here)) {
            return *id;
        }
        let posting = Posting { unit: Some(unit), from: None, to: None, post: None, post_category: None, role: None };
        self.add(Person {
            id: None,
            name: name.to_owned(),
            display: name.to_owned(),
            postings: vec![posting],
            birth: None,
            exempt: None,
            place: written.place.clone(),
            registered: false,
        })
    }

    fn unknown(
        &self,
        written: &Located<String>,
        name: &str,
        namesakes: &[PersonId],
        scene: &Scene<'_>,
        findings: &mut Findings,
    ) -> Instructor {
        let finding =
            Finding::new(if namesakes.len() > 1 { "E203" } else { "W202" }, written.place.clone()).with("名", name);
        let units: BTreeSet<String> = namesakes
            .iter()
            .flat_map(|id| self.people[id.0].postings.last())
            .filter_map(|posting| posting.unit.map(|unit| (scene.name_of)(unit)))
            .collect();
        let first = units.first().cloned().unwrap_or_default();
        let listed = units.into_iter().collect::<Vec<_>>().join("、");
        findings.push(finding.with("n", namesakes.len()).with("单位们", listed).with("单位1", first));
        Instructor::Named(name.to_owned())
    }
}

/// 张小雪（港区分局） taken apart.
fn name_and_unit(written: &str) -> (String, Option<String>) {
    match written.find(['（', '(']) {
        Some(open) if open > 0 => {
            let unit = written[open..].trim_matches(['（', '(', '）', ')', ' ']);
            (plain_name(&written[..open]), (!unit.is_empty()).then(|| unit.to_owned()))
        }
        _ => (plain_name(written), None),
    }
}

/// Finds lessons by number, file name or title.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    names: BTreeMap<String, Vec<LessonId>>,
}

impl Directory {
    fn new(lessons: &[Lesson]) -> Self {
        let mut names: BTreeMap<String, Vec<LessonId>> = BTreeMap::new();
        for (at, lesson) in lessons.iter().enumerate() {
            let keys: BTreeSet<String> =
                [&lesson.number, &lesson.stem, &lesson.title].into_iter().map(|name| fold(name)).collect();
            for key in keys {
                names.entry(key).or_default().push(LessonId(at));
            }
        }
        Self { names }
    }

    /// The lesson of that name, nearest to a unit and year first.
    pub(super) fn find(&self, written: &str, unit: UnitId, year: Option<i32>, lessons: &[Lesson]) -> Option<LessonId> {
        let name = written.trim();
        let name = name.strip_suffix(".md").unwrap_or(name);
        let found = self.names.get(&fold(name))?;
        let distance = |id: &&LessonId| {
            let lesson = &lessons[id.0];
            (lesson.unit != unit, lesson.year != year, **id)
        };
        found.iter().min_by_key(distance).copied()
    }
}

fn connect_references(library: &mut Library, directory: &Directory, findings: &mut Findings) {
    let connected: Vec<Vec<LessonId>> = library
        .lessons
        .iter()
        .map(|lesson| {
            let mut found = Vec::new();
            for written in &lesson.written_references {
                match directory.find(&written.value, lesson.unit, lesson.year, &library.lessons) {
                    Some(id) => found.push(id),
                    None => {
                        let example = library.lessons.first().map(|lesson| lesson.number.clone()).unwrap_or_default();
                        findings.push(
                            Finding::new("E122", written.place.clone())
                                .with("目标", &written.value)
                                .with("例", example),
                        );
                    }
                }
            }
            found
        })
        .collect();
    for (lesson, references) in library.lessons.iter_mut().zip(connected) {
        lesson.references = references;
    }
}

fn connect_sessions(library: &mut Library, directory: &Directory, kept_back: &Directory, findings: &mut Findings) {
    let lessons = &library.lessons;
    for session in &mut library.sessions {
        let (unit, year) = (session.unit, Some(session.year));
        session.lesson = match &session.written_lesson {
            Some(written) => {
                let found = directory.find(&written.value, unit, year, lessons);
                if found.is_none() && kept_back.find(&written.value, unit, year, &library.kept_back).is_none() {
                    findings.push(Finding::new("W312", written.place.clone()).with("值", &written.value));
                }
                found
            }
            None => directory.find(&session.topic, unit, year, lessons).filter(|id| fits(session, &lessons[id.0])),
        };
    }
}

/// A row without a number belongs to a lesson of the same unit, year and title,
/// when the instructor is the same or not given.
fn fits(session: &Session, lesson: &Lesson) -> bool {
    let same_place =
        lesson.unit == session.unit && lesson.year == Some(session.year) && fold(&lesson.title) == fold(&session.topic);
    let open = session.instructors.is_empty() || lesson.instructors.is_empty();
    same_place && (open || session.instructors.iter().any(|instructor| lesson.instructors.contains(instructor)))
}

/// Sessions out of front matter: they complete a row of the plan, or stand alone.
fn add_own_sessions(library: &mut Library) {
    for (at, lesson) in library.lessons.iter().enumerate() {
        let Some(own) = Session::of_lesson(LessonId(at), lesson) else { continue };
        let row = library.sessions.iter_mut().find(|session| {
            session.lesson == own.lesson
                && session.unit == own.unit
                && (session.held == own.held || session.held.is_none())
        });
        match row {
            Some(row) => {
                row.held = own.held;
                row.expected = row.expected.or(own.expected);
                row.attended = row.attended.or(own.attended);
                row.ballots = row.ballots.or(own.ballots);
            }
            None => library.sessions.push(own),
        }
    }
    library
        .sessions
        .sort_by(|a, b| (a.unit, a.year, a.month, a.held, &a.place).cmp(&(b.unit, b.year, b.month, b.held, &b.place)));
}
