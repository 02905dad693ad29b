//! Data out: plans, sessions, honours and lessons as tables and calendars, and a
//! unit's year as one file to keep (directive S92).
//!
//! What is made here goes to everybody, so it holds what pages hold and no more: no
//! birth months, no marks, no conduct, nobody below the line, and no rate of few
//! ballots (DOMAIN.md 3.7). What only the office may read is made in [`crate::report`].
//! Everything is a value: the command line reads what is to be packed and writes what
//! was made.

mod archive;
mod awards;
mod calendar;
mod lessons;
mod names;
mod packed;
mod search;
mod sessions;
mod sheet;
mod workbook;

use crate::atlas::Atlas;
use crate::config::Config;
use crate::ledger::Ledger;
use crate::model::{Library, UnitId};

pub use archive::{Entry, entries};
pub use awards::awards;
pub use calendar::{Scope, ics};
pub use lessons::lessons;
pub use names::{instructors, public_rate, status};
pub use packed::{Packer, zip};
pub use search::{grams, kit, ndjson, searchable};
pub use sessions::{plan, sessions};
pub use sheet::{Cell, Column, Sheet};
pub use workbook::xlsx;

/// What exports are made from.
#[derive(Clone, Copy)]
pub struct Stock<'a> {
    /// What the content says.
    pub library: &'a Library,
    /// What follows from it.
    pub ledger: &'a Ledger,
    /// Where pages are.
    pub atlas: &'a Atlas,
    /// The settings.
    pub config: &'a Config,
}

/// Which part of the library is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    /// One unit, or all.
    pub unit: Option<UnitId>,
    /// One year, or all.
    pub year: Option<i32>,
}

impl Selection {
    /// Whether something of a unit and year is meant; what has no year is meant only
    /// when no year is asked for.
    pub fn takes(self, unit: UnitId, year: Option<i32>) -> bool {
        self.unit.is_none_or(|wanted| wanted == unit) && self.year.is_none_or(|wanted| Some(wanted) == year)
    }
}
