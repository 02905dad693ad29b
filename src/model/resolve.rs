//! Connects what refers to something: people, lessons, laws, sessions.

use std::collections::{BTreeMap, HashMap};

use super::award::Awards;
use super::evaluation;
use super::law;
use super::lesson::{Lesson, LessonId};
use super::library::Library;
use super::register::Register;
use super::session::Session;
use super::unit::UnitId;
use crate::base::text::fold;
use crate::base::{Finding, Findings};

/// What is said of a link to a lesson that is there and is kept back.
pub const NOT_PUBLISHED: &str = "这份教案是草稿或不发布，发布后链接就通了。";

/// Connects everything of a library.
pub(super) fn connect(library: &mut Library, findings: &mut Findings) {
    let units = library.units.clone();
    let mut register = Register::new(std::mem::take(&mut library.people), &units, library.has_roster);
    connect_instructors(library, &mut register, findings);
    connect_records(library, &mut register, findings);
    library.people = register.into_people();
    let directory = Directory::new(&library.lessons);
    let kept_back = Directory::new(&library.kept_back);
    let laws = std::mem::take(&mut library.laws);
    for lesson in &mut library.lessons {
        law::connect(lesson, &laws);
    }
    library.laws = laws;
    connect_references(library, &directory, &kept_back, findings);
    connect_sessions(library, &directory, &kept_back, findings);
    add_own_sessions(library);
    name_authors(library);
    evaluation::connect(library);
    connect_courseware(library, &directory, findings);
    library.directory = directory;
}

/// People in applications, choices, marks and honours.
fn connect_records(library: &mut Library, register: &mut Register<'_>, findings: &mut Findings) {
    for application in &mut library.applications {
        let (unit, year) = (Some(application.unit), Some(application.year));
        application.applicants = register.find_all(&application.written_applicants, unit, year, findings);
    }
    for trainee in &mut library.trainees {
        trainee.person = Some(register.find(&trainee.written_name, Some(trainee.unit), Some(trainee.year), findings));
    }
    for exam in &mut library.exams {
        exam.person = Some(register.find(&exam.written_name, None, Some(exam.year), findings));
    }
    for award in library.awards.iter_mut().flat_map(Awards::people_mut) {
        award.person = Some(register.find(&award.written_name, None, None, findings));
    }
}

/// The lessons that excellent courseware names.
fn connect_courseware(library: &mut Library, directory: &Directory, findings: &mut Findings) {
    let lessons = &library.lessons;
    for award in library.awards.iter_mut().flat_map(|awards| &mut awards.courseware) {
        let nowhere = UnitId(usize::MAX);
        award.lesson = directory.find(&award.written.value, nowhere, None, lessons);
        if award.lesson.is_none() {
            findings.push(Finding::new("W312", award.written.place.clone()).with("值", &award.written.value));
        }
    }
}

fn connect_instructors(library: &mut Library, register: &mut Register<'_>, findings: &mut Findings) {
    for lesson in library.lessons.iter_mut().chain(library.kept_back.iter_mut()) {
        lesson.instructors = register.find_all(&lesson.written_instructors, Some(lesson.unit), lesson.year, findings);
    }
    for session in &mut library.sessions {
        let (unit, year) = (Some(session.unit), Some(session.year));
        session.instructors = register.find_all(&session.written_instructors, unit, year, findings);
    }
}

/// Finds lessons by number, file name or title.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    names: HashMap<String, Vec<LessonId>>,
}

impl Directory {
    fn new(lessons: &[Lesson]) -> Self {
        let keys = |lesson: &Lesson| [&lesson.number, &lesson.stem, &lesson.title].map(|name| fold(name));
        let mut names: HashMap<String, Vec<LessonId>> = HashMap::with_capacity(3 * lessons.len());
        for (at, key) in lessons.iter().enumerate().flat_map(|(at, lesson)| keys(lesson).map(|key| (at, key))) {
            let found = names.entry(key).or_default();
            if found.last() != Some(&LessonId(at)) {
                found.push(LessonId(at));
            }
        }
        Self { names }
    }

    /// The lesson of that name, nearest to a unit and year first.
    pub(super) fn find(&self, written: &str, unit: UnitId, year: Option<i32>, lessons: &[Lesson]) -> Option<LessonId> {
        let name = written.trim();
        let name = without_ending(name);
        let found = self.names.get(&fold(name))?;
        let distance = |id: &&LessonId| {
            let lesson = &lessons[id.0];
            (lesson.unit != unit, lesson.year != year, **id)
        };
        found.iter().min_by_key(distance).copied()
    }
}

/// A file's name without the ending by which a lesson or its courseware is known.
fn without_ending(name: &str) -> &str {
    const ENDINGS: &[&str] =
        &["md", "markdown", "txt", "pptx", "ppt", "docx", "doc", "pdf", "xlsx", "xls", "wps", "dps", "et"];
    match name.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.contains(&ending.to_lowercase().as_str()) => stem,
        _ => name,
    }
}

fn connect_references(library: &mut Library, directory: &Directory, kept_back: &Directory, findings: &mut Findings) {
    let connected: Vec<Vec<LessonId>> = library
        .lessons
        .iter()
        .map(|lesson| {
            let mut found = Vec::new();
            for written in &lesson.written_references {
                match directory.find(&written.value, lesson.unit, lesson.year, &library.lessons) {
                    Some(id) => found.push(id),
                    None => {
                        let example = library.lessons.first().map(|lesson| lesson.title.clone()).unwrap_or_default();
                        let mut finding = Finding::new("E122", written.place.clone())
                            .with("目标", &written.value)
                            .with("例", example);
                        if kept_back.find(&written.value, lesson.unit, lesson.year, &library.kept_back).is_some() {
                            finding = finding.with("补充", NOT_PUBLISHED);
                        }
                        findings.push(finding);
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

/// A presentation that somebody mailed says nowhere whose it is: it is by those who
/// teach it first in its unit and year (directive S60, S69).
fn name_authors(library: &mut Library) {
    let is_held_first = |session: &&Session| (session.held.is_none(), session.held, session.month);
    for (at, lesson) in library.lessons.iter_mut().enumerate().filter(|(_, lesson)| lesson.instructors.is_empty()) {
        let own = library.sessions.iter().filter(|session| {
            session.lesson == Some(LessonId(at))
                && (session.unit, Some(session.year)) == (lesson.unit, lesson.year)
                && !session.instructors.is_empty()
        });
        lesson.instructors = own.min_by_key(is_held_first).map_or_else(Vec::new, |session| session.instructors.clone());
    }
}

/// Sessions out of front matter: they complete a row of the plan, or stand alone.
fn add_own_sessions(library: &mut Library) {
    let mut rows: BTreeMap<LessonId, Vec<usize>> = BTreeMap::new();
    for (at, session) in library.sessions.iter().enumerate() {
        if let Some(lesson) = session.lesson {
            rows.entry(lesson).or_default().push(at);
        }
    }
    for (at, lesson) in library.lessons.iter().enumerate() {
        let Some(own) = Session::of_lesson(LessonId(at), lesson) else { continue };
        let of_lesson = rows.get(&LessonId(at)).map(Vec::as_slice).unwrap_or_default();
        let fits = |at: &&usize| {
            let session = &library.sessions[**at];
            session.unit == own.unit && (session.held == own.held || session.held.is_none())
        };
        match of_lesson.iter().find(fits) {
            Some(row) => {
                let row = &mut library.sessions[*row];
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
