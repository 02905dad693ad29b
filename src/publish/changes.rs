//! What differs between two releases, file by file.

use std::sync::{Mutex, PoisonError};

use super::PublishError;
use super::note::NOTE;
use super::sums::{self, Sums};
use crate::base::{OutputPath, Product, Sink};
use crate::history;
use crate::output::OutputError;

/// Files that are new, differ, or are there no more, by their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New.
    pub new: Vec<String>,
    /// Other bytes.
    pub changed: Vec<String>,
    /// Gone.
    pub removed: Vec<String>,
    /// How many pages there were before.
    pub pages_before: usize,
    /// How many pages there are now.
    pub pages: usize,
}

impl Changes {
    /// Compares two lists. What a release says of itself is no change.
    pub(super) fn between(before: &Sums, now: &Sums) -> Self {
        let counts = |path: &&String| !matches!(path.as_str(), NOTE | history::PAGE);
        let pages = |sums: &Sums| sums.keys().filter(counts).filter(|path| is_page(path)).count();
        let mut changes = Changes { pages_before: pages(before), pages: pages(now), ..Changes::default() };
        for (path, sum) in now.iter().filter(|(path, _)| counts(path)) {
            match before.get(path) {
                None => changes.new.push(path.clone()),
                Some(earlier) if earlier != sum => changes.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        changes.removed = before.keys().filter(counts).filter(|path| !now.contains_key(*path)).cloned().collect();
        changes
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// How many pages would vanish.
    pub fn removed_pages(&self) -> usize {
        self.removed.iter().filter(|path| is_page(path)).count()
    }

    /// Refuses when more pages would vanish than `allowed`; without a word about it, a
    /// fifth of them may, and fifty in any case. A folder that was not wholly read or
    /// copied shows itself by this.
    ///
    /// # Errors
    /// [`PublishError::TooManyRemoved`].
    pub fn guard(&self, allowed: Option<usize>) -> Result<(), PublishError> {
        let limit = allowed.unwrap_or_else(|| (self.pages_before / 5).max(50));
        let removed = self.removed_pages();
        match removed > limit {
            true => Err(PublishError::TooManyRemoved { removed, pages: self.pages_before, limit }),
            false => Ok(()),
        }
    }
}

/// Whether a file is a page.
pub(super) fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Takes a site only to learn the sums of its files, for a dry run.
#[derive(Debug, Default)]
pub struct Weigh {
    weighed: Mutex<(Sums, Option<OutputError>)>,
}

impl Weigh {
    /// What differs from the release that is current.
    ///
    /// # Errors
    /// When a file of the library could not be read.
    pub fn changes(self, state: &super::State) -> Result<Changes, PublishError> {
        let (now, failure) = self.weighed.into_inner().unwrap_or_else(PoisonError::into_inner);
        match failure {
            Some(error) => Err(error.into()),
            None => Ok(Changes::between(&state.current_sums(), &now)),
        }
    }
}

impl Sink for Weigh {
    fn put(&self, path: OutputPath, product: Product) {
        let sum = match &product {
            Product::Made(bytes) => Ok(sums::of_bytes(bytes)),
            Product::CopyOf(source) => sums::of_file(source).map_err(|error| OutputError::io("读取", source, error)),
        };
        let mut weighed = self.weighed.lock().unwrap_or_else(PoisonError::into_inner);
        match sum {
            Ok(sum) => {
                weighed.0.insert(path.as_str().to_owned(), sum);
            }
            Err(error) => {
                weighed.1.get_or_insert(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(pairs: &[(&str, &str)]) -> Sums {
        pairs.iter().map(|(path, sum)| ((*path).to_owned(), (*sum).to_owned())).collect()
    }

    #[test]
    fn new_changed_and_removed_are_told_apart() {
        let before = sums(&[("a.html", "1"), ("b.html", "2"), ("c.html", "3"), (NOTE, "4"), (history::PAGE, "5")]);
        let now = sums(&[("a.html", "1"), ("b.html", "22"), ("d.pdf", "6"), (NOTE, "44")]);
        let changes = Changes::between(&before, &now);
        assert_eq!(
            (changes.new, changes.changed, changes.removed),
            (vec!["d.pdf".into()], vec!["b.html".into()], vec!["c.html".into()])
        );
        assert_eq!((changes.pages_before, changes.pages), (3, 2));
        assert!(Changes::between(&now, &now).is_empty());
    }

    #[test]
    fn a_fifth_may_vanish_and_fifty_in_any_case() {
        let many = |count: usize| -> Sums { (0..count).map(|at| (format!("{at}.html"), String::new())).collect() };
        let guard = |before: usize, left: usize, allowed| Changes::between(&many(before), &many(left)).guard(allowed);
        assert!(guard(60, 10, None).is_ok() && guard(60, 9, None).is_err());
        assert!(guard(1000, 800, None).is_ok() && guard(1000, 799, None).is_err());
        assert!(guard(1000, 0, Some(1000)).is_ok() && guard(10, 9, Some(0)).is_err());
        assert!(guard(10, 10, Some(0)).is_ok());
    }
}
