//! How far a plan has come (DOMAIN.md 3.6, points 6, 7 and 11).

use super::months::{Month12, MonthState};
use super::ratio::Ratio;
use crate::base::Day;
use crate::config::Config;
use crate::model::{Library, PlanKind, Session, Status, UnitId};

/// A unit-year's plan in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanAccount {
    /// Rows of the basic plan that are not cancelled.
    pub basic_planned: u32,
    /// Of these, those planned for a month not later than that of the statistics.
    pub basic_due: u32,
    /// Of the due, those held.
    pub basic_held: u32,
    /// Of the due, those held in the month that they were planned for, or before.
    pub basic_on_time: u32,
    /// Ad-hoc sessions held.
    pub adhoc_held: u32,
    /// All sessions of the plan held.
    pub sessions_held: u32,
    /// Held sessions that have a lesson in the library.
    pub with_material: u32,
    /// Everybody who attended, counted each time.
    pub attendances: u32,
    /// Active months with at least one session.
    pub months_met: u32,
    /// Months from the unit's start to the day of the statistics.
    pub months_active: u32,
}

impl PlanAccount {
    /// 计划完成率.
    pub fn completion(&self) -> Ratio {
        Ratio::new(self.basic_held, self.basic_due)
    }

    /// 按期率.
    pub fn on_time(&self) -> Ratio {
        Ratio::new(self.basic_on_time, self.basic_due)
    }

    /// 教案入库率.
    pub fn material(&self) -> Ratio {
        Ratio::new(self.with_material, self.sessions_held)
    }

    /// The sum of several plans.
    pub fn sum(accounts: impl IntoIterator<Item = PlanAccount>) -> Self {
        accounts.into_iter().fold(Self::default(), |sum, one| Self {
            basic_planned: sum.basic_planned + one.basic_planned,
            basic_due: sum.basic_due + one.basic_due,
            basic_held: sum.basic_held + one.basic_held,
            basic_on_time: sum.basic_on_time + one.basic_on_time,
            adhoc_held: sum.adhoc_held + one.adhoc_held,
            sessions_held: sum.sessions_held + one.sessions_held,
            with_material: sum.with_material + one.with_material,
            attendances: sum.attendances.saturating_add(one.attendances),
            months_met: sum.months_met + one.months_met,
            months_active: sum.months_active + one.months_active,
        })
    }
}

pub(super) fn account(library: &Library, config: &Config, unit: UnitId, year: i32, months: &Month12) -> PlanAccount {
    let mut account = PlanAccount::default();
    for session in library.sessions.iter().filter(|session| session.unit == unit && session.year == year) {
        add(&mut account, session, config.as_of);
    }
    account.months_active = count(months, MonthState::is_active);
    account.months_met = count(months, |state| matches!(state, MonthState::Met | MonthState::Above));
    account
}

fn count(months: &Month12, test: impl Fn(MonthState) -> bool) -> u32 {
    u32::try_from(months.iter().filter(|month| test(month.state)).count()).unwrap_or(u32::MAX)
}

fn add(account: &mut PlanAccount, session: &Session, as_of: Day) {
    let status = session.status(as_of);
    let held = status == Status::Held;
    if session.kind == PlanKind::Basic && status != Status::Cancelled {
        account.basic_planned += 1;
        if session.month.is_some_and(|month| month <= as_of.month()) {
            let on_time = session.held.map(Day::month).is_some_and(|month| Some(month) <= session.month);
            account.basic_due += 1;
            account.basic_held += u32::from(held);
            account.basic_on_time += u32::from(held && on_time);
        }
    }
    if held {
        account.adhoc_held += u32::from(session.kind == PlanKind::AdHoc);
        account.sessions_held += 1;
        account.with_material += u32::from(session.lesson.is_some());
        account.attendances = account.attendances.saturating_add(session.attended.unwrap_or(0));
    }
}
