//! What follows from the records: figures in whole numbers, each with the rows
//! that it was made from.
//!
//! A share is kept as a pair of numbers and compared by multiplication, never by a
//! rounded percentage (DOMAIN.md 1, point 4).

mod assessment;
mod counted;
mod coverage;
mod demand;
mod holdings;
mod honours;
mod months;
mod pacesetter;
mod plan;
mod points;
mod rates;
mod ratio;
mod review;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::Config;
use crate::model::{Library, PersonId, SessionId, UnitId};

pub use assessment::{Assessment, PARTS};
pub use counted::{Honoured, HonouredLesson, Refusal, Refused, YearHonours};
pub use coverage::{Coverage, age, is_up_to_line};
pub use demand::{Demand, demand};
pub use holdings::Holdings;
pub use honours::{Honours, MODEL_AFTER, Streak, awards_of, known};
pub use months::{Month12, MonthAccount, MonthState, last_day};
pub use pacesetter::{Bases, Basis, Candidate, absent_months, bases};
pub use plan::{PlanAccount, PlanRow};
pub use points::Points;
pub use rates::{Eligibility, InstructorYear, rate_of, session_rate};
pub use ratio::Ratio;
pub use review::{Review, is_stale};

/// All figures.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The figures of each unit and year.
    pub years: BTreeMap<(UnitId, i32), UnitYear>,
    /// What each unit has brought into the library, by year; without a year what has none.
    pub holdings: BTreeMap<(UnitId, Option<i32>), Holdings>,
    /// Lessons whose legal basis has changed since they were written or reviewed.
    pub reviews: Vec<Review>,
    /// What instructors' years come to.
    pub instructors: BTreeMap<(PersonId, i32), InstructorYear>,
    /// Who is honoured, and for how long.
    pub honours: Honours,
    /// Candidates for pacesetter by year, best first.
    pub candidates: BTreeMap<i32, Vec<Candidate>>,
    /// The assessment of units by year, best first.
    pub assessments: BTreeMap<i32, Vec<Assessment>>,
}

/// A unit's year.
#[derive(Debug, Clone)]
pub struct UnitYear {
    /// The twelve months.
    pub months: Month12,
    /// The rows of the plan as they count: the working of `plan`.
    pub rows: Vec<PlanRow>,
    /// How far the plan has come.
    pub plan: PlanAccount,
    /// Who applied.
    pub coverage: Coverage,
    /// All ballots of the sessions of its plan together.
    pub satisfaction: Ratio,
    /// Ballots of those who attended evaluated sessions.
    pub response: Ratio,
}

impl Ledger {
    /// A unit's year, if it has one.
    pub fn unit_year(&self, unit: UnitId, year: i32) -> Option<&UnitYear> {
        self.years.get(&(unit, year))
    }

    /// Whether somebody may stand for excellent instructor of a year.
    pub fn eligibility(&self, person: PersonId, year: i32) -> Eligibility {
        self.instructors.get(&(person, year)).map_or(Eligibility::NotTaught, |year| year.state)
    }
}

/// Works everything out.
pub fn compute(library: &Library, config: &Config) -> Ledger {
    let mut keys = library.years.clone();
    keys.extend(library.sessions.iter().map(|session| (session.unit, session.year)));
    // A day after the statistics has not come: it makes no year of its own (E310).
    let held = library.sessions.iter().filter(|session| session.is_held(config.as_of));
    keys.extend(held.filter_map(|session| session.held.map(|day| (session.unit, day.year()))));
    let mut ledger = Ledger {
        years: keys.into_par_iter().map(|key| (key, unit_year(library, config, key))).collect(),
        holdings: holdings::holdings(library, config),
        reviews: review::reviews(library, config),
        instructors: rates::instructor_years(library, config),
        ..Ledger::default()
    };
    ledger.honours = honours::honours(library, config, |person, year| ledger.eligibility(person, year));
    let years: Vec<i32> =
        ledger.years.keys().map(|(_, year)| *year).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    for year in years {
        ledger.candidates.insert(year, pacesetter::candidates(library, config, year));
        let assessment = assessment::assess(library, config, &ledger, year);
        ledger.assessments.insert(year, assessment);
    }
    ledger
}

fn unit_year(library: &Library, config: &Config, (unit, year): (UnitId, i32)) -> UnitYear {
    let months = months::account(library, config, unit, year);
    let rows = plan::rows(library, config, unit, year);
    let plan = plan::account(&rows, &months);
    let sessions =
        library.sessions.iter().enumerate().filter(|(_, session)| session.unit == unit && session.year == year);
    let rated = sessions.filter_map(|(at, session)| Some((session, rate_of(library, config, SessionId(at))?)));
    let (satisfaction, response) =
        rated.fold((Ratio::default(), Ratio::default()), |(sum, response), (session, rate)| {
            let returned = session.attended.map_or(Ratio::default(), |attended| Ratio::new(rate.whole, attended));
            (sum.plus(rate), response.plus(returned))
        });
    UnitYear { months, rows, plan, coverage: coverage::coverage(library, config, unit, year), satisfaction, response }
}
