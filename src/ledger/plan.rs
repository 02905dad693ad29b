//! How far a plan has come (DOMAIN.md 3.6, points 6, 7 and 11).

use super::months::{Month12, MonthState};
use super::ratio::Ratio;
use crate::base::Day;
use crate::config::Config;
use crate::model::{Library, PlanKind, Session, SessionId, Status, UnitId};

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

/// One row of a plan as it counts in the figures: their working.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanRow {
    /// The row.
    pub session: SessionId,
    /// Whether it stands in the basic plan and is not cancelled.
    pub is_basic: bool,
    /// Whether it counts for the completion: basic, and planned for a month that has come.
    pub is_due: bool,
    /// Whether it was held, ad-hoc rows included.
    pub is_held: bool,
    /// Whether it was held in the month that it was planned for, or before.
    pub is_on_time: bool,
    /// Whether it was held and has a lesson in the library.
    pub has_material: bool,
    /// Who came to a session that was held, as a number; zero when nobody wrote it down.
    pub attended: u32,
}

/// The rows of a unit's year in the order of the plan.
pub(super) fn rows(library: &Library, config: &Config, unit: UnitId, year: i32) -> Vec<PlanRow> {
    let own = library.sessions.iter().enumerate();
    let own = own.filter(|(_, session)| session.unit == unit && session.year == year);
    own.map(|(at, session)| row(SessionId(at), session, config.as_of)).collect()
}

fn row(id: SessionId, session: &Session, as_of: Day) -> PlanRow {
    let status = session.status(as_of);
    let is_held = status == Status::Held;
    let is_basic = session.kind == PlanKind::Basic && status != Status::Cancelled;
    let on_time = session.held.map(Day::month).is_some_and(|month| Some(month) <= session.month);
    PlanRow {
        session: id,
        is_basic,
        is_due: is_basic && session.month.is_some_and(|month| month <= as_of.month()),
        is_held,
        is_on_time: is_held && on_time,
        has_material: is_held && session.lesson.is_some(),
        attended: session.attended.filter(|_| is_held).unwrap_or(0),
    }
}

/// What the rows and months of a unit's year come to.
pub(super) fn account(rows: &[PlanRow], months: &Month12) -> PlanAccount {
    let number = |test: &dyn Fn(&PlanRow) -> bool| size(rows.iter().filter(|row| test(row)).count());
    PlanAccount {
        basic_planned: number(&|row| row.is_basic),
        basic_due: number(&|row| row.is_due),
        basic_held: number(&|row| row.is_due && row.is_held),
        basic_on_time: number(&|row| row.is_due && row.is_on_time),
        adhoc_held: number(&|row| row.is_held && !row.is_basic),
        sessions_held: number(&|row| row.is_held),
        with_material: number(&|row| row.has_material),
        attendances: rows.iter().fold(0, |sum, row| sum.saturating_add(row.attended)),
        months_active: count(months, MonthState::is_active),
        months_met: count(months, MonthState::is_met),
    }
}

fn count(months: &Month12, test: impl Fn(MonthState) -> bool) -> u32 {
    size(months.iter().filter(|month| test(month.state)).count())
}

fn size(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
