//! One or two sessions a month (directive S41): the state of each month.

use crate::base::{Day, Month};
use crate::config::Config;
use crate::model::{Library, PlanKind, SessionId, Status, UnitId};

/// Twelve months, January first.
pub type Month12 = Vec<MonthAccount>;

/// The state of a month (DOMAIN.md 3.6, point 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthState {
    /// 达标: as many sessions as a month should have, and not too many.
    Met,
    /// 偏多: more basic sessions than the most a month should have.
    Above,
    /// 不足: some, but fewer than the least that a month should have.
    Short,
    /// 空缺: none.
    Empty,
    /// 未到: not over yet, and none so far.
    NotYet,
    /// 未启动: before the unit began.
    NotStarted,
}

impl MonthState {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            MonthState::Met => "met",
            MonthState::Above => "over",
            MonthState::Short => "short",
            MonthState::Empty => "empty",
            MonthState::NotYet => "future",
            MonthState::NotStarted => "inactive",
        }
    }

    /// Whether enough was held in it.
    pub fn is_met(self) -> bool {
        matches!(self, MonthState::Met | MonthState::Above)
    }

    /// Whether the month counts for the unit's compliance.
    pub fn is_active(self) -> bool {
        matches!(self, MonthState::Met | MonthState::Above | MonthState::Short | MonthState::Empty)
    }
}

/// One month of one unit.
#[derive(Debug, Clone)]
pub struct MonthAccount {
    /// Which month.
    pub month: Month,
    /// Its state.
    pub state: MonthState,
    /// Sessions held in it, by the day on which they were held.
    pub held: Vec<SessionId>,
    /// Sessions planned for it, held or not, but not cancelled.
    pub planned: Vec<SessionId>,
}

/// The last day of a month.
pub fn last_day(month: Month) -> Option<Day> {
    (28..=31).rev().find_map(|day| Day::new(month.year, month.month, day))
}

pub(super) fn account(library: &Library, config: &Config, unit: UnitId, year: i32) -> Month12 {
    let start = library.unit(unit).start.or_else(|| first_month(library, unit));
    (1..=12).filter_map(|month| Month::new(year, month)).map(|month| one(library, config, unit, month, start)).collect()
}

/// A unit that does not say when it began did so with its first session.
fn first_month(library: &Library, unit: UnitId) -> Option<Month> {
    library.sessions.iter().filter(|session| session.unit == unit).filter_map(|session| session.month).min()
}

fn one(library: &Library, config: &Config, unit: UnitId, month: Month, start: Option<Month>) -> MonthAccount {
    let of_unit = || library.sessions.iter().enumerate().filter(|(_, session)| session.unit == unit);
    let held: Vec<SessionId> = of_unit()
        .filter(|(_, session)| session.is_held(config.as_of) && session.held.map(Day::month) == Some(month))
        .map(|(at, _)| SessionId(at))
        .collect();
    let planned: Vec<SessionId> = of_unit()
        .filter(|(_, session)| session.month == Some(month) && session.status(config.as_of) != Status::Cancelled)
        .map(|(at, _)| SessionId(at))
        .collect();
    let basic = held.iter().filter(|id| library.sessions[id.0].kind == PlanKind::Basic).count();
    let bound = |times: u32| usize::try_from(times).unwrap_or(usize::MAX);
    let (least, most) = (bound(config.sessions_per_month.0), bound(config.sessions_per_month.1));
    let is_over = last_day(month).is_some_and(|day| day <= config.as_of);
    let state = if start.is_none_or(|start| month < start) {
        MonthState::NotStarted
    } else if basic > most {
        MonthState::Above
    } else if held.len() >= least.max(1) {
        MonthState::Met
    } else if !is_over {
        MonthState::NotYet
    } else if least == 0 {
        MonthState::Met
    } else if held.is_empty() {
        MonthState::Empty
    } else {
        MonthState::Short
    };
    MonthAccount { month, state, held, planned }
}
