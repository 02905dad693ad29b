//! What the rules of the plan ask of its rows.

use super::Subject;
use crate::base::{Day, Finding, Place};
use crate::ledger::last_day;
use crate::model::{Instructor, PlanKind, Session, Status, UnitId};
use crate::source::FileKind;

/// The rows of all plans. Sessions that a lesson's front matter tells of are not
/// among them: they have no row that could be filled in.
pub(super) fn rows<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Session> {
    subject.library.sessions.iter().filter(|session| session.place.line > 0)
}

/// A finding about a row, with the words that most sentences use.
pub(super) fn about(code: &'static str, subject: &Subject<'_>, session: &Session) -> Finding {
    let unit = &subject.library.unit(session.unit).name;
    Finding::new(code, session.place.clone()).with("单位", unit).with("课题", &session.topic)
}

/// Whether the month of a row has passed, and nobody wrote what became of it.
pub(super) fn is_overdue(session: &Session, as_of: Day) -> bool {
    let is_over = session.month.and_then(last_day).is_some_and(|day| day <= as_of);
    is_over
        && session.held.is_none()
        && !session.is_unclear
        && matches!(session.written_status, None | Some(Status::Planned))
}

/// Whether a row tells why its month has no session.
pub(super) fn gives_reason(session: &Session) -> bool {
    matches!(session.written_status, Some(Status::Cancelled | Status::Postponed)) && session.note.is_some()
}

/// Whether a row counts as one of the basic sessions of its month while it has not
/// been held.
pub(super) fn is_open_basic(session: &Session) -> bool {
    session.kind == PlanKind::Basic && !matches!(session.written_status, Some(Status::Cancelled | Status::Postponed))
}

/// Where a plan as a whole is spoken of: its file, or what describes the unit.
pub(super) fn place(subject: &Subject<'_>, unit: UnitId, year: i32) -> Place {
    let described = subject.library.unit(unit);
    let is_plan =
        |slot: &crate::source::Slot| slot.unit.as_deref() == Some(described.folder.as_str()) && slot.year == Some(year);
    let plan = subject.sources.of(FileKind::Plan).find(|file| is_plan(&file.slot));
    plan.map_or_else(|| described.place.clone(), |file| Place::file(&file.path))
}

/// The names of those who gave a session.
pub(super) fn instructors(subject: &Subject<'_>, session: &Session) -> String {
    let name = |instructor: &Instructor| match instructor {
        Instructor::Known(id) => subject.library.person(*id).name.clone(),
        Instructor::Named(name) => name.clone(),
    };
    session.instructors.iter().map(name).collect::<Vec<_>>().join("、")
}
