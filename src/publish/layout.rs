//! Where everything of a target is, and how releases are named.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::base::Day;

/// The name of a release: its number, which orders it, and the day of its making, which
/// only helps people: `0007-20260108`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReleaseId {
    number: u32,
    text: String,
}

impl ReleaseId {
    /// The name of a new release.
    pub fn new(number: u32, day: Day) -> Self {
        let text = format!("{number:04}-{}", day.to_string().replace('-', ""));
        Self { number, text }
    }

    /// Reads a name; anything else is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, day) = text.split_once('-')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| digits(number) && digits(day) && day.len() >= 8)?;
        Some(Self { number, text: text.to_owned() })
    }

    /// The number.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether somebody means it: by its whole name or by its number.
    pub fn is_called(&self, written: &str) -> bool {
        let written = written.trim();
        written == self.text || written.parse() == Ok(self.number)
    }
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// The paths of a target.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub top: PathBuf,
}

impl Layout {
    pub fn new(top: &Path) -> Self {
        Self { top: top.to_path_buf() }
    }

    /// What the server serves.
    pub fn current(&self) -> PathBuf {
        self.top.join("current")
    }

    /// The next `current` while it is a link without its place yet.
    pub fn next_link(&self) -> PathBuf {
        self.top.join(".current-next")
    }

    pub fn releases(&self) -> PathBuf {
        self.top.join("releases")
    }

    pub fn release(&self, id: &ReleaseId) -> PathBuf {
        self.releases().join(&id.text)
    }

    /// What `current` points to when it is a link; relative, so that the target may be
    /// moved or mounted elsewhere.
    pub fn pointer(id: &ReleaseId) -> PathBuf {
        Path::new("releases").join(&id.text)
    }

    pub fn all_staging(&self) -> PathBuf {
        self.releases().join(".staging")
    }

    pub fn staging(&self, id: &ReleaseId) -> PathBuf {
        self.all_staging().join(&id.text)
    }

    pub fn all_trash(&self) -> PathBuf {
        self.releases().join(".trash")
    }

    pub fn journal(&self) -> PathBuf {
        self.releases().join(".journal")
    }

    pub fn lock(&self) -> PathBuf {
        self.releases().join(".lock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_releases_and_days_do_not() {
        let day = |text| Day::parse(text).expect("a day");
        let (seven, eight) = (ReleaseId::new(7, day("2026-01-08")), ReleaseId::new(8, day("2019-01-01")));
        assert!(seven < eight);
        assert_eq!(seven.to_string(), "0007-20260108");
        assert_eq!(ReleaseId::parse("0007-20260108"), Some(seven.clone()));
        assert!(seven.is_called("7") && seven.is_called("0007") && seven.is_called("0007-20260108"));
        assert!(!seven.is_called("8") && !seven.is_called("0007-2026"));
        for other in ["", "7", "-20260108", "x-20260108", "0007-2026010", "0007-2026-01-08", "+7-20260108", ".staging"]
        {
            assert_eq!(ReleaseId::parse(other), None, "{other}");
        }
    }
}
