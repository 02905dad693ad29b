//! What the rules of evaluation ask of the ballots, whether a table has them or the
//! front matter of a lesson.

use std::collections::BTreeSet;

use super::Subject;
use crate::base::{Finding, Place};
use crate::model::{BallotFault, Ballots, Evaluation, Library, OwnSession, Session, SessionId};

/// Ballots that do not count.
pub(super) struct Faulty<'a> {
    /// Where they are written.
    pub place: Place,
    /// What was written.
    pub ballots: Ballots,
    /// What is wrong.
    pub fault: BallotFault,
    /// The session that they are of.
    pub session: Option<SessionId>,
    evaluation: Option<&'a Evaluation>,
    held: Option<&'a Session>,
}

/// Ballots that count, with their session.
pub(super) struct Valid<'a> {
    /// Where they are written.
    pub place: Place,
    /// The ballots.
    pub ballots: Ballots,
    /// The session.
    pub session: &'a Session,
}

impl Faulty<'_> {
    /// A finding at the place of the ballots.
    pub fn finding(&self, code: &'static str) -> Finding {
        Finding::new(code, self.place.clone())
    }

    /// The row of the table, when they are written in one.
    pub fn row(&self) -> Option<&Evaluation> {
        self.evaluation
    }

    /// The topic as the row has it, else as the plan has it, else the number.
    pub fn topic(&self) -> String {
        let written = self.evaluation.and_then(|row| row.topic.clone());
        let planned = self.held.map(|session| session.topic.clone());
        let number = self.evaluation.and_then(|row| row.number.clone());
        written.or(planned).or(number).unwrap_or_default()
    }

    /// The day as the row has it, else as the plan has it.
    pub fn day(&self) -> String {
        let written = self.evaluation.and_then(|row| row.held);
        let day = written.or_else(|| self.held.and_then(|session| session.held));
        day.map_or_else(|| "（没写日期）".to_owned(), |day| day.to_string())
    }
}

/// Everything that was typed in and does not count. What could not be read is told
/// where it was read.
pub(super) fn faulty<'a>(subject: &Subject<'a>) -> Vec<Faulty<'a>> {
    let library = subject.library;
    let rows = library.evaluations.iter().filter_map(|row| {
        Some(Faulty {
            place: row.place.clone(),
            ballots: row.ballots,
            fault: row.fault.clone()?,
            session: row.session,
            evaluation: Some(row),
            held: row.session.map(|id| &library.sessions[id.0]),
        })
    });
    let own = library.sessions.iter().enumerate().filter_map(|(at, session)| {
        let (own, ballots) = own_ballots(library, session)?;
        let (place, fault) = (own.ballots_place.clone(), ballots.fault(session.attended)?);
        Some(Faulty { place, ballots, fault, session: Some(SessionId(at)), evaluation: None, held: Some(session) })
    });
    rows.chain(own).collect()
}

/// Ballots of sessions that were held, and that count.
pub(super) fn valid<'a>(subject: &Subject<'a>) -> Vec<Valid<'a>> {
    let library = subject.library;
    let held = |session: &Session| session.is_held(subject.config.as_of);
    let rows = library.evaluations.iter().filter(|row| row.fault.is_none()).filter_map(|row| {
        let session = row.session.map(|id| &library.sessions[id.0]).filter(|session| held(session))?;
        Some(Valid { place: row.place.clone(), ballots: row.ballots, session })
    });
    let in_table: BTreeSet<SessionId> =
        library.evaluations.iter().filter(|row| row.fault.is_none()).filter_map(|row| row.session).collect();
    let only_own = |at: usize| !in_table.contains(&SessionId(at));
    let own = library.sessions.iter().enumerate().filter_map(|(at, session)| {
        let (own, ballots) = own_ballots(library, session).filter(|_| held(session) && only_own(at))?;
        let place = own.ballots_place.clone();
        ballots.fault(session.attended).is_none().then_some(Valid { place, ballots, session })
    });
    rows.chain(own).collect()
}

/// The ballots that a session has from the front matter of its lesson. A row of the
/// table that counts takes their place.
fn own_ballots<'a>(library: &'a Library, session: &Session) -> Option<(&'a OwnSession, Ballots)> {
    let own = library.lesson(session.lesson?).session.as_ref()?;
    let is_own = session.held == Some(own.date) && session.ballots.is_some() && session.ballots == own.ballots;
    own.ballots.filter(|_| is_own).map(|ballots| (own, ballots))
}
