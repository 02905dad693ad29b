//! Which of two forms is the newer one.

use crate::base::text::narrow;

/// When a form was filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    /// The digits of 填写时间, from the year down to the second.
    written: String,
    /// When its file was changed, in seconds since 1970.
    modified: u64,
}

impl Stamp {
    pub(super) fn new(written: Option<&str>, modified: u64) -> Self {
        let digits = narrow(written.unwrap_or("")).chars().filter(char::is_ascii_digit).collect::<String>();
        // A spreadsheet may have turned the time into something else; then it tells nothing.
        let is_whole = matches!(digits.len(), 12 | 14) && digits.starts_with("20");
        Self { written: if is_whole { digits } else { String::new() }, modified }
    }

    /// Whether this one counts where the other came first.
    pub(super) fn is_as_new_as(&self, other: &Stamp) -> bool {
        let both = !self.written.is_empty() && !other.written.is_empty();
        if both && self.written != other.written {
            self.written > other.written
        } else {
            self.modified >= other.modified
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_in_the_form_goes_before_that_of_the_file() {
        let early = Stamp::new(Some("2026-01-05 09:30:00"), 900);
        let late = Stamp::new(Some("２０２６-01-05 10:30:00"), 100);
        assert!(late.is_as_new_as(&early) && !early.is_as_new_as(&late));
        assert!(early.is_as_new_as(&Stamp::new(Some("不记得"), 800)));
        assert!(!Stamp::new(None, 800).is_as_new_as(&early));
    }
}
