//! A share that keeps its two numbers.

use std::cmp::Ordering;
use std::fmt;

/// `part` of `whole`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratio {
    /// The numerator.
    pub part: u32,
    /// The denominator.
    pub whole: u32,
}

impl Ratio {
    /// A share.
    pub fn new(part: u32, whole: u32) -> Self {
        Self { part, whole }
    }

    /// The percentage in tenths, rounded half up; `None` of nothing.
    pub fn tenths(self) -> Option<u32> {
        let (part, whole) = (u64::from(self.part), u64::from(self.whole));
        (whole > 0).then(|| u32::try_from((part * 2000 + whole) / (2 * whole)).unwrap_or(u32::MAX))
    }

    /// Whether the share reaches a line in percent, the line included.
    pub fn reaches(self, line: u32) -> bool {
        self.whole > 0 && u64::from(self.part) * 100 >= u64::from(line) * u64::from(self.whole)
    }

    /// Which share is the greater, by multiplication. A share of nothing is the same
    /// as none.
    pub fn compare(self, other: Ratio) -> Ordering {
        let (mine, others) = (self.whole.max(1), other.whole.max(1));
        (u64::from(self.part) * u64::from(others)).cmp(&(u64::from(other.part) * u64::from(mine)))
    }

    /// Both numbers of two shares together.
    pub fn plus(self, other: Ratio) -> Self {
        Self { part: self.part.saturating_add(other.part), whole: self.whole.saturating_add(other.whole) }
    }

    /// As people read it against a line: a share that fails never prints as the line
    /// itself, 79.97 % is 79.9 % (DOMAIN.md 3.6, point 1).
    pub fn percent_against(self, line: u32) -> Option<String> {
        let tenths = self.tenths()?;
        let tenths = if !self.reaches(line) && tenths >= line * 10 { (line * 10).saturating_sub(1) } else { tenths };
        Some(format!("{}.{}%", tenths / 10, tenths % 10))
    }

    /// As people read it, with one decimal; `None` of nothing.
    pub fn percent(self) -> Option<String> {
        self.tenths().map(|tenths| format!("{}.{}%", tenths / 10, tenths % 10))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.part, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Ratio;

    #[test]
    fn the_line_itself_passes_and_a_rounded_one_does_not() {
        assert!(Ratio::new(16, 20).reaches(80));
        assert!(!Ratio::new(39, 49).reaches(80));
        assert_eq!(Ratio::new(39, 49).percent().as_deref(), Some("79.6%"));
        assert_eq!(Ratio::new(7997, 10_000).percent_against(80).as_deref(), Some("79.9%"));
        assert_eq!(Ratio::new(4, 5).percent_against(80).as_deref(), Some("80.0%"));
        assert_eq!(Ratio::new(0, 0).percent(), None);
        assert!(!Ratio::new(0, 0).reaches(0));
        assert_eq!(Ratio::new(39, 49).compare(Ratio::new(16, 20)), Ordering::Less);
        assert_eq!(Ratio::new(16, 20).compare(Ratio::new(8, 10)), Ordering::Equal);
        assert_eq!(Ratio::new(11, 12).percent().as_deref(), Some("91.7%"));
    }
}
