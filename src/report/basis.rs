//! What the parts of a report have in common: where a figure was written, and whose
//! sessions are meant.

use std::fmt::Write;

use super::Records;
use crate::base::Place;
use crate::export::{Cell, instructors};
use crate::model::{PersonId, Session, SessionId, UnitId};

/// A row as the clerk finds it again: the file below the content folder, and the line.
pub(super) fn row(place: &Place) -> String {
    let file = place.file.as_str();
    let file = file.split_once('/').map_or(file, |(_, below)| below);
    match place.line {
        0 => file.to_owned(),
        line => format!("{file}:{line}"),
    }
}

/// The rows of several sessions, those of one file together: `plan.csv:3,7`.
pub(super) fn rows<'a>(places: impl Iterator<Item = &'a Place>) -> String {
    let mut out = String::new();
    let mut last = None;
    for place in places {
        if last == Some(&place.file) && place.line > 0 {
            let _ = write!(out, ",{}", place.line);
        } else {
            let gap = if out.is_empty() { "" } else { "；" };
            let _ = write!(out, "{gap}{}", row(place));
        }
        last = Some(&place.file);
    }
    out
}

impl<'a> Records<'a> {
    pub(super) fn session(&self, id: SessionId) -> &'a Session {
        &self.library.sessions[id.0]
    }

    pub(super) fn unit_name(&self, unit: UnitId) -> Cell {
        self.library.unit(unit).name.as_str().into()
    }

    /// The unit of somebody in a year.
    pub(super) fn unit_of(&self, person: PersonId, year: i32) -> Cell {
        self.library.person(person).unit_in(year).map(|unit| self.library.unit(unit).name.as_str()).into()
    }

    pub(super) fn name(&self, person: PersonId) -> Cell {
        self.library.person(person).name.as_str().into()
    }

    pub(super) fn names(&self, people: &[PersonId]) -> String {
        people.iter().map(|person| self.library.person(*person).name.as_str()).collect::<Vec<_>>().join("、")
    }

    /// Those who teach a session.
    pub(super) fn teachers(&self, session: &Session) -> Cell {
        instructors(self.library, &session.instructors).into()
    }

    /// Where the ballots of a session are written: in the table, else with the session
    /// itself.
    pub(super) fn ballots_at(&self, id: SessionId) -> &'a Place {
        let mut table = self.library.evaluations.iter();
        let found = table.find(|one| one.session == Some(id) && one.fault.is_none());
        found.map_or(&self.session(id).place, |one| &one.place)
    }

    /// The sessions of the plans of a year, by unit.
    pub(super) fn of_plans(&self, year: i32) -> Vec<(SessionId, &'a Session)> {
        let all = self.library.sessions.iter().enumerate().map(|(at, session)| (SessionId(at), session));
        let mut found: Vec<_> = all.filter(|(_, session)| session.year == year).collect();
        found.sort_by_key(|(id, session)| (session.unit, session.held, session.month, id.0));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::base::{Place, SourcePath};

    #[test]
    fn rows_of_one_file_stand_together() {
        let at = |file: &str, line| Place::line(&SourcePath::new(file), line);
        let places = [at("content/a.csv", 3), at("content/a.csv", 7), at("content/b.csv", 2), at("content/u/c.md", 0)];
        assert_eq!(rows(places.iter()), "a.csv:3,7；b.csv:2；u/c.md");
    }
}
