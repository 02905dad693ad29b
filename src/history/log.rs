//! The editions that readers have seen.

use serde::{Deserialize, Serialize};

use super::{Roll, Turnover};

/// How many editions are remembered.
const REMEMBERED: usize = 100;

/// One release, as readers are told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number.
    pub number: u32,
    /// The day on which it was published: 2026-01-08.
    pub day: String,
    /// How many lessons it had.
    pub lessons: usize,
    /// Whether there was nothing before it.
    #[serde(default)]
    pub is_first: bool,
    /// Addresses of lessons that were new and are still there.
    #[serde(default)]
    pub new: Vec<String>,
    /// Addresses of lessons that had changed and are still there.
    #[serde(default)]
    pub changed: Vec<String>,
    /// How many of the new and changed lessons were taken back later.
    #[serde(default)]
    pub taken_back: usize,
    /// How many lessons were there no more.
    #[serde(default)]
    pub removed: usize,
    /// How many errors the library had: published all the same (E703).
    #[serde(default)]
    pub errors: usize,
}

/// Editions, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Log(Vec<Edition>);

impl Log {
    /// The editions, the newest first.
    pub fn editions(&self) -> &[Edition] {
        &self.0
    }

    /// The log of a release that follows the one with this log and this roll. What is
    /// no longer there loses its address in all editions.
    pub fn followed_by(&self, edition: Edition, before: Option<&Roll>, now: &Roll) -> Log {
        let turnover = before.map(|before| Turnover::between(before, now)).unwrap_or_default();
        let edition = Edition {
            is_first: before.is_none(),
            lessons: now.len(),
            new: turnover.new,
            changed: turnover.changed,
            removed: turnover.removed,
            ..edition
        };
        let earlier = self.0.iter().map(|edition| edition.kept_to(now));
        Log(std::iter::once(edition).chain(earlier).take(REMEMBERED).collect())
    }
}

impl Edition {
    fn kept_to(&self, now: &Roll) -> Edition {
        let keep = |addresses: &[String]| -> Vec<String> {
            addresses.iter().filter(|address| now.contains_key(*address)).cloned().collect()
        };
        let (new, changed) = (keep(&self.new), keep(&self.changed));
        let lost = self.new.len() + self.changed.len() - new.len() - changed.len();
        Edition { new, changed, taken_back: self.taken_back + lost, ..self.clone() }
    }

    /// Whether readers have something to learn from it.
    pub fn tells(&self) -> bool {
        self.is_first || self.errors > 0 || self.removed + self.taken_back + self.new.len() + self.changed.len() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(addresses: &[&str]) -> Roll {
        addresses.iter().map(|address| ((*address).to_owned(), (*address).to_owned())).collect()
    }

    fn edition(number: u32) -> Edition {
        Edition { number, day: "2026-01-08".to_owned(), ..Edition::default() }
    }

    #[test]
    fn what_was_taken_back_leaves_only_a_number() {
        let (one, two, three) = (roll(&["a"]), roll(&["a", "secret"]), roll(&["a"]));
        let log = Log::default().followed_by(edition(1), None, &one);
        let log = log.followed_by(edition(2), Some(&one), &two);
        assert_eq!(log.editions()[0].new, ["secret"]);
        let log = log.followed_by(edition(3), Some(&two), &three);
        let text = serde_json::to_string(&log).expect("JSON");
        assert!(!text.contains("secret"), "{text}");
        assert_eq!((log.editions()[0].removed, log.editions()[1].taken_back), (1, 1));
        assert!(log.editions()[2].is_first && log.editions()[2].new.is_empty());
    }

    #[test]
    fn a_log_does_not_grow_without_end() {
        let mut log = Log::default();
        for number in 1..=150 {
            log = log.followed_by(edition(number), Some(&roll(&[])), &roll(&[]));
        }
        assert_eq!((log.editions().len(), log.editions()[0].number), (REMEMBERED, 150));
        assert!(!log.editions()[0].tells());
    }
}
