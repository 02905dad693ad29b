//! A moment by the clock of the machine.

use std::fmt;

use jiff::civil::DateTime;

use super::Day;

/// A moment to the second, in local time, as people read it off a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime);

impl Moment {
    /// Now by the clock of the machine. Only the command line asks for it.
    pub fn now() -> Self {
        let now = jiff::Zoned::now().datetime();
        Self(now.with().subsec_nanosecond(0).build().unwrap_or(now))
    }

    /// Noon of a day.
    pub fn noon(day: Day) -> Self {
        Self(day.civil().at(12, 0, 0, 0))
    }

    /// The day.
    pub fn day(self) -> Day {
        Day::of(self.0.date())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.strftime("%Y-%m-%d %H:%M:%S"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_on_a_clock() {
        let day = Day::new(2026, 1, 8).expect("a day");
        assert_eq!(Moment::noon(day).to_string(), "2026-01-08 12:00:00");
        assert_eq!(Moment::noon(day).day(), day);
    }
}
