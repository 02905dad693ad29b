//! Points of a mark as a fraction, so that means and weights lose nothing.

use std::cmp::Ordering;

/// A number of points as a fraction.
#[derive(Debug, Clone, Copy)]
pub struct Points {
    pub(super) part: i64,
    pub(super) whole: i64,
}

impl Points {
    /// `part` of `whole` points; of nothing it is nothing.
    pub fn new(part: i64, whole: i64) -> Self {
        if whole <= 0 { Self { part: 0, whole: 1 } } else { Self { part, whole } }
    }

    /// Whether it reaches a number of whole points.
    pub fn reaches(self, line: u32) -> bool {
        self.part >= i64::from(line) * self.whole
    }

    /// In hundredths, rounded half up.
    pub fn hundredths(self) -> i64 {
        let (part, whole) = (i128::from(self.part), i128::from(self.whole));
        i64::try_from((part * 200 + whole) / (2 * whole)).unwrap_or(i64::MAX)
    }

    /// With at most two decimals, none that say nothing.
    pub fn shown(self) -> String {
        let hundredths = self.hundredths();
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Points {}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.part) * i128::from(other.whole)).cmp(&(i128::from(other.part) * i128::from(self.whole)))
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn points_are_shown_with_at_most_two_decimals() {
        let shown = |part, whole| Points::new(part, whole).shown();
        assert_eq!([shown(979, 10), shown(9505, 100), shown(75, 1)], ["97.9", "95.05", "75"]);
        assert_eq!([shown(2, 3), shown(1, 200), shown(1, 0)], ["0.67", "0.01", "0"]);
    }

    #[test]
    fn points_compare_as_fractions() {
        assert!(Points::new(80, 1).reaches(80) && !Points::new(959, 12).reaches(80));
        assert_eq!(Points::new(1, 2), Points::new(50, 100));
        assert!(Points::new(2, 3) > Points::new(666, 1000));
    }
}
