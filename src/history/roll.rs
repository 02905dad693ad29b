//! The lessons of a release, so that the next one can tell what became of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Atlas;
use crate::base::OutputPath;
use crate::model::{Lesson, Library};
use crate::source::Sources;

/// How much of a hash tells one version of a lesson from another.
const DIGITS: usize = 16;

/// The lessons of a release: the address of each, and a name for its content.
pub type Roll = BTreeMap<String, String>;

/// What became of the lessons from one release to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Addresses of lessons that were not there before.
    pub new: Vec<String>,
    /// Addresses of lessons whose text or attachments differ, or that moved.
    pub changed: Vec<String>,
    /// How many lessons are there no more.
    pub removed: usize,
}

/// Calls the roll. `sum` names the content of a file of the finished site: an
/// attachment is told apart by it, a text by what its author wrote. A page may differ
/// for many reasons, such as a related lesson; its lesson has not changed by that.
pub fn roll(library: &Library, atlas: &Atlas, sources: &Sources, sum: &dyn Fn(&OutputPath) -> Option<String>) -> Roll {
    let named = library.lesson_ids().map(|(id, lesson)| {
        let address = atlas.lesson(id).to_string();
        (address, content(lesson, atlas, sources, sum))
    });
    named.collect()
}

fn content(lesson: &Lesson, atlas: &Atlas, sources: &Sources, sum: &dyn Fn(&OutputPath) -> Option<String>) -> String {
    let mut hash = blake3::Hasher::new();
    let text = sources.file(&lesson.file).and_then(|file| file.text()).unwrap_or_default();
    hash.update(text.as_bytes());
    for blob in &lesson.attachments {
        let path = atlas.blob(*blob);
        hash.update(b"\0");
        hash.update(sum(path).unwrap_or_default().as_bytes());
    }
    hash.finalize().to_hex()[..DIGITS].to_owned()
}

impl Turnover {
    /// Compares two rolls. A lesson that stands at another address with the same
    /// content has moved, and counts as changed.
    pub fn between(before: &Roll, now: &Roll) -> Self {
        let mut gone: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (address, content) in before.iter().filter(|(address, _)| !now.contains_key(*address)) {
            gone.insert((content, address));
        }
        let mut turnover = Turnover::default();
        for (address, content) in now {
            match before.get(address) {
                Some(earlier) if earlier == content => {}
                Some(_) => turnover.changed.push(address.clone()),
                None => match gone.range((content.as_str(), "")..).next().copied().filter(|(of, _)| of == content) {
                    Some(moved) => {
                        gone.remove(&moved);
                        turnover.changed.push(address.clone());
                    }
                    None => turnover.new.push(address.clone()),
                },
            }
        }
        turnover.removed = gone.len();
        turnover
    }

    /// Whether every lesson is as it was.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(pairs: &[(&str, &str)]) -> Roll {
        pairs.iter().map(|(address, content)| ((*address).to_owned(), (*content).to_owned())).collect()
    }

    #[test]
    fn new_changed_moved_and_gone_are_told_apart() {
        let before = roll(&[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]);
        let now = roll(&[("a", "1"), ("b", "22"), ("e", "3"), ("f", "5")]);
        let turnover = Turnover::between(&before, &now);
        assert_eq!(turnover, Turnover { new: vec!["f".into()], changed: vec!["b".into(), "e".into()], removed: 1 });
        assert!(Turnover::between(&now, &now).is_empty());
    }

    #[test]
    fn two_lessons_with_the_same_text_are_not_one() {
        let before = roll(&[("a", "1")]);
        let now = roll(&[("b", "1"), ("c", "1")]);
        let turnover = Turnover::between(&before, &now);
        assert_eq!((turnover.changed.len(), turnover.new.len(), turnover.removed), (1, 1, 0));
    }
}
