//! 满意率: of a session, of an instructor's year, and who is eligible (DOMAIN.md 3.6,
//! points 1 to 3).

use std::collections::BTreeMap;

use super::ratio::Ratio;
use crate::base::Day;
use crate::config::{Config, Policy, RateScope};
use crate::model::{Ballots, Instructor, Library, PersonId, SessionId};

/// 年度优秀教员: whether somebody may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    /// 有资格.
    Eligible,
    /// 未达线.
    Below,
    /// 未测评: taught, but no session was evaluated.
    NotEvaluated,
    /// 未授课.
    NotTaught,
}

impl Eligibility {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            Eligibility::Eligible => "eligible",
            Eligibility::Below => "below",
            Eligibility::NotEvaluated => "not-evaluated",
            Eligibility::NotTaught => "not-taught",
        }
    }

    /// What people read in reports.
    pub fn name(self) -> &'static str {
        match self {
            Eligibility::Eligible => "有资格",
            Eligibility::Below => "未达线",
            Eligibility::NotEvaluated => "未测评",
            Eligibility::NotTaught => "未授课",
        }
    }
}

/// A year of an instructor, with the sessions that it was reckoned from.
#[derive(Debug, Clone)]
pub struct InstructorYear {
    /// Sessions held in the year, in any unit.
    pub held: Vec<SessionId>,
    /// Of these, those with ballots that count.
    pub evaluated: Vec<SessionId>,
    /// Satisfied of valid ballots, all sessions together.
    pub rate: Ratio,
    /// The evaluated session with the lowest rate, which decides when every session
    /// must reach the line (gap G7).
    pub lowest: Option<(SessionId, Ratio)>,
    /// Whether the person may stand.
    pub state: Eligibility,
}

/// Satisfied of valid ballots; the levels that count are a setting (gap G6).
pub fn session_rate(ballots: &Ballots, policy: &Policy) -> Ratio {
    let levels = [ballots.very, ballots.satisfied, ballots.fair, ballots.dissatisfied];
    let satisfied = levels.iter().zip(policy.satisfied_levels).filter(|(_, counts)| *counts).map(|(votes, _)| *votes);
    Ratio::new(satisfied.fold(0, u32::saturating_add), ballots.count())
}

/// The rate of a session, if it was held and its ballots count.
pub fn rate_of(library: &Library, config: &Config, id: SessionId) -> Option<Ratio> {
    let session = &library.sessions[id.0];
    let ballots = session.ballots.filter(|ballots| ballots.fault(session.attended).is_none())?;
    session.is_held(config.as_of).then(|| session_rate(&ballots, &config.policy))
}

/// Every instructor's years. The year is that of the day on which a session was held.
pub(super) fn instructor_years(library: &Library, config: &Config) -> BTreeMap<(PersonId, i32), InstructorYear> {
    let mut held: BTreeMap<(PersonId, i32), Vec<SessionId>> = BTreeMap::new();
    for (at, session) in library.sessions.iter().enumerate().filter(|(_, session)| session.is_held(config.as_of)) {
        let year = session.held.map_or(session.year, Day::year);
        for instructor in &session.instructors {
            if let Instructor::Known(person) = instructor {
                held.entry((*person, year)).or_default().push(SessionId(at));
            }
        }
    }
    held.into_iter().map(|(key, sessions)| (key, instructor_year(library, config, sessions))).collect()
}

fn instructor_year(library: &Library, config: &Config, held: Vec<SessionId>) -> InstructorYear {
    let rates: Vec<(SessionId, Ratio)> =
        held.iter().filter_map(|id| Some((*id, rate_of(library, config, *id)?))).collect();
    let rate = rates.iter().fold(Ratio::default(), |sum, (_, rate)| sum.plus(*rate));
    let line = config.policy.pass_line;
    let reaches = match config.policy.rate_scope {
        RateScope::Pooled => rate.reaches(line),
        RateScope::EverySession => rates.iter().all(|(_, rate)| rate.reaches(line)),
    };
    let state = match (held.is_empty(), rates.is_empty()) {
        (true, _) => Eligibility::NotTaught,
        (false, true) => Eligibility::NotEvaluated,
        _ if reaches => Eligibility::Eligible,
        _ => Eligibility::Below,
    };
    let lowest = rates.iter().copied().min_by(|(_, a), (_, b)| a.compare(*b));
    InstructorYear { held, evaluated: rates.into_iter().map(|(id, _)| id).collect(), rate, lowest, state }
}
