//! How people, laws and words are written in tables.

use crate::config::Config;
use crate::ledger::{self, Ratio};
use crate::model::{Instructor, Library, SessionId, Status, Word};

/// What people call a state of a session.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "计划中",
        Status::Held => "已完成",
        Status::Postponed => "延期",
        Status::Cancelled => "取消",
    }
}

/// The names of those who teach, as pages show them.
pub fn instructors(library: &Library, instructors: &[Instructor]) -> String {
    let names = instructors.iter().map(|instructor| match instructor {
        Instructor::Known(id) => library.person(*id).display.as_str(),
        Instructor::Named(name) => name.as_str(),
    });
    names.collect::<Vec<_>>().join("、")
}

/// Words of a vocabulary in a row.
pub(super) fn words(words: &[Word]) -> String {
    words.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join("、")
}

/// The rate of a session when it may be published: with fewer valid ballots than the
/// setting says, somebody could tell who voted how (DOMAIN.md 3.7).
pub fn public_rate(library: &Library, config: &Config, id: SessionId) -> Option<Ratio> {
    ledger::rate_of(library, config, id).filter(|rate| rate.whole >= config.policy.min_ballots)
}
