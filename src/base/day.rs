//! Days and months of the civil calendar.

use std::fmt;

use serde::{Deserialize, Serialize};

use jiff::civil::Date;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(Date);

impl Day {
    /// A day, or `None` when the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date.ok().map(Day)
    }

    /// Today by the clock of the machine. Only the command line asks for it; a
    /// build takes the date as a value.
    pub fn today() -> Self {
        Day(jiff::Zoned::now().date())
    }

    /// A day of the calendar that the room counts with.
    pub(super) fn of(date: Date) -> Self {
        Day(date)
    }

    /// The day of the calendar that the room counts with.
    pub(super) fn civil(self) -> Date {
        self.0
    }

    /// A day as [`Day`] is written: 2025-03-07.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Day)
    }

    /// A day from the serial number by which spreadsheets keep dates.
    pub fn from_serial(serial: i32) -> Option<Self> {
        let epoch = Date::constant(1899, 12, 30);
        epoch.checked_add(jiff::Span::new().days(serial)).ok().map(Day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// The month, 1 to 12.
    pub fn month(self) -> Month {
        Month { year: self.year(), month: self.0.month().unsigned_abs().into() }
    }

    /// The day of the month.
    pub fn day(self) -> u32 {
        self.0.day().unsigned_abs().into()
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> usize {
        self.0.weekday().to_monday_zero_offset().unsigned_abs().into()
    }

    /// How many days from Monday to Friday there are up to `end`, both days included;
    /// none when `end` is earlier. Public holidays are not known (W507).
    pub fn workdays_to(self, end: Day) -> u32 {
        let days = self.0.until(end.0).map_or(0, |span| span.get_days()) + 1;
        let days = u32::try_from(days).unwrap_or(0);
        let first = u32::try_from(self.weekday()).unwrap_or(0);
        let rest = (0..days % 7).filter(|day| (first + day) % 7 < 5).count();
        days / 7 * 5 + u32::try_from(rest).unwrap_or(0)
    }

    /// As people read it: 2025年3月7日.
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month().month, self.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// A month, or `None` when the number is not 1 to 12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    fn day(month: u32, day: u32) -> Day {
        Day::new(2025, month, day).expect("a day")
    }

    #[test]
    fn workdays_count_both_ends_and_no_weekend() {
        let monday = day(12, 22);
        assert_eq!(monday.workdays_to(day(12, 26)), 5);
        assert_eq!(monday.workdays_to(monday), 1);
        assert_eq!(day(12, 19).workdays_to(day(12, 22)), 2);
        assert_eq!(day(12, 20).workdays_to(day(12, 21)), 0);
        assert_eq!(day(12, 22).workdays_to(day(12, 19)), 0);
        assert_eq!(day(1, 1).workdays_to(day(12, 31)), 261);
    }
}
