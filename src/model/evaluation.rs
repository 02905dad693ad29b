//! 测评: the ballots of a session, checked before anything is reckoned from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lesson::Ballots;
use super::library::Library;
use super::session::{Session, SessionId};
use super::unit::UnitId;
use crate::base::text::fold;
use crate::base::{Day, Finding, Findings, Place, SourcePath};
use crate::records::{self, EVALUATION, Record};

/// An evaluation's number in [`Library::evaluations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EvaluationId(pub usize);

/// A row of ballots.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Evaluation {
    /// The unit that held the session.
    pub unit: UnitId,
    /// The year of the table.
    pub year: i32,
    /// 完成日期.
    pub held: Option<Day>,
    /// 课题.
    pub topic: Option<String>,
    /// 课次编号.
    pub number: Option<String>,
    /// The ballots as written.
    pub ballots: Ballots,
    /// The session that they are of.
    pub session: Option<SessionId>,
    /// Why they do not count.
    pub fault: Option<BallotFault>,
    /// Where they are written.
    pub place: Place,
}

/// Why ballots do not count (DOMAIN.md 3.5, group evaluations).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BallotFault {
    /// E401: the four levels do not sum up to the valid ballots.
    Sum,
    /// E402: more ballots than people who attended.
    MoreThanAttended {
        /// 实到.
        attended: u32,
    },
    /// E404: no ballot at all.
    None,
    /// E405: another row is of the same session.
    Twice {
        /// The line of the first.
        first: u32,
    },
    /// E407: the plan has no such session.
    NoSession,
    /// A value could not be read (E115, E409, E112); told where it was read.
    Unreadable,
}

impl Evaluation {
    /// Reads the rows of a table.
    pub(super) fn read_table(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &EVALUATION, findings);
        table.rows.iter().map(|row| Self::read(&row.record, unit, year, findings)).collect()
    }

    fn read(record: &Record, unit: UnitId, year: i32, findings: &mut Findings) -> Self {
        let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let before = findings.len();
        let mut votes = |key: &str| votes(record, key, findings);
        let valid = votes("valid");
        let ballots = Ballots {
            valid,
            very: votes("very").unwrap_or(0),
            satisfied: votes("satisfied").unwrap_or(0),
            fair: votes("fair").unwrap_or(0),
            dissatisfied: votes("dissatisfied").unwrap_or(0),
        };
        let held = records::date_in(record.get("held"), |_| year, findings);
        Evaluation {
            unit,
            year,
            held,
            topic: text("topic"),
            number: text("session"),
            ballots,
            session: None,
            fault: findings.has_error_after(before).then_some(BallotFault::Unreadable),
            place: record.place.clone(),
        }
    }
}

/// A number of ballots; a percentage is not one (E409).
pub(super) fn votes(record: &Record, key: &str, findings: &mut Findings) -> Option<u32> {
    let entry = record.get(key)?;
    let written = entry.node.shown();
    if written.contains(['%', '％']) {
        let finding = Finding::new("E409", entry.node.place.clone()).with("列", &entry.name.value).with("值", written);
        findings.push(finding);
        return None;
    }
    records::integer(Some(entry), findings)
}

impl Ballots {
    /// The four levels together.
    pub fn sum(&self) -> u32 {
        [self.very, self.satisfied, self.fair, self.dissatisfied].into_iter().fold(0, u32::saturating_add)
    }

    /// The valid ballots: as written, else the sum of the levels.
    pub fn count(&self) -> u32 {
        self.valid.unwrap_or_else(|| self.sum())
    }

    /// What is wrong with the ballots of a session with so many people.
    pub fn fault(&self, attended: Option<u32>) -> Option<BallotFault> {
        if self.valid.is_some_and(|valid| valid != self.sum()) {
            return Some(BallotFault::Sum);
        }
        match attended {
            _ if self.count() == 0 => Some(BallotFault::None),
            Some(attended) if self.count() > attended => Some(BallotFault::MoreThanAttended { attended }),
            _ => None,
        }
    }
}

/// Finds the session of each row, finds the faults, and gives the ballots that count
/// to their sessions.
pub(super) fn connect(library: &mut Library) {
    let mut index: BTreeMap<(UnitId, Option<Day>, String), Vec<SessionId>> = BTreeMap::new();
    let mut numbers: BTreeMap<(UnitId, String), SessionId> = BTreeMap::new();
    for (at, session) in library.sessions.iter().enumerate() {
        if session.held.is_some() {
            index.entry((session.unit, session.held, fold(&session.topic))).or_default().push(SessionId(at));
        }
        if let Some(number) = &session.number {
            numbers.insert((session.unit, fold(number)), SessionId(at));
        }
    }
    let mut seen: BTreeMap<SessionId, u32> = BTreeMap::new();
    for evaluation in &mut library.evaluations {
        let by_number = evaluation.number.as_ref().and_then(|number| numbers.get(&(evaluation.unit, fold(number))));
        let by_topic =
            evaluation.topic.as_ref().and_then(|topic| index.get(&(evaluation.unit, evaluation.held, fold(topic))));
        // Of two sessions on one topic and day, the second row is the second's.
        let free = |found: &Vec<SessionId>| found.iter().find(|id| !seen.contains_key(id)).or(found.first()).copied();
        evaluation.session = by_number.copied().or_else(|| by_topic.and_then(free));
        if evaluation.fault.is_none() {
            evaluation.fault = fault(evaluation, &library.sessions, &mut seen);
        }
        if let (Some(id), None) = (evaluation.session, &evaluation.fault) {
            library.sessions[id.0].ballots = Some(evaluation.ballots);
        }
    }
}

fn fault(evaluation: &Evaluation, sessions: &[Session], seen: &mut BTreeMap<SessionId, u32>) -> Option<BallotFault> {
    let Some(id) = evaluation.session else { return Some(BallotFault::NoSession) };
    if let Some(first) = seen.get(&id) {
        return Some(BallotFault::Twice { first: *first });
    }
    seen.insert(id, evaluation.place.line);
    evaluation.ballots.fault(sessions[id.0].attended)
}
