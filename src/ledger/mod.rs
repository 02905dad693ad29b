//! What follows from the records: figures in whole numbers, each with the rows
//! that it was made from.
//!
//! A share is kept as a pair of numbers and compared by multiplication, never by a
//! rounded percentage (DOMAIN.md 1, point 4).

mod months;
mod plan;
mod ratio;
mod review;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Library, UnitId};

pub use months::{Month12, MonthAccount, MonthState, last_day};
pub use plan::PlanAccount;
pub use ratio::Ratio;
pub use review::{Review, is_stale};

/// All figures.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The figures of each unit and year.
    pub years: BTreeMap<(UnitId, i32), UnitYear>,
    /// Lessons whose legal basis has changed since they were written or reviewed.
    pub reviews: Vec<Review>,
}

/// A unit's year.
#[derive(Debug, Clone)]
pub struct UnitYear {
    /// The twelve months.
    pub months: Month12,
    /// How far the plan has come.
    pub plan: PlanAccount,
}

impl Ledger {
    /// A unit's year, if it has one.
    pub fn unit_year(&self, unit: UnitId, year: i32) -> Option<&UnitYear> {
        self.years.get(&(unit, year))
    }
}

/// Works everything out.
pub fn compute(library: &Library, config: &Config) -> Ledger {
    let mut keys = library.years.clone();
    keys.extend(library.sessions.iter().map(|session| (session.unit, session.year)));
    keys.extend(library.sessions.iter().filter_map(|session| session.held.map(|day| (session.unit, day.year()))));
    let years = keys.into_iter().map(|(unit, year)| {
        let months = months::account(library, config, unit, year);
        let plan = plan::account(library, config, unit, year, &months);
        ((unit, year), UnitYear { months, plan })
    });
    Ledger { years: years.collect(), reviews: review::reviews(library, config) }
}
