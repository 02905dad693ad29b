//! What the browsers should know now.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

use super::{Outcome, ProblemNote};

/// How many problems a page is sent; nobody mends more than that at a time, and the
/// count is given in full.
const SHOWN: usize = 200;

/// The state of the last build. Browsers that are slow to listen get the newest
/// state, never a queue of old ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Names the pages as they are now. It begins with the time at which the server
    /// began, so that a page left open over a restart finds itself out of date.
    pub build: Arc<str>,
    /// The problems, as JSON.
    pub problems: Arc<str>,
}

/// Hands the newest state to every open page.
#[derive(Debug)]
pub struct Hub {
    began: u128,
    sender: watch::Sender<State>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    failure: Option<&'a str>,
    summary: &'a str,
    errors: usize,
    warnings: usize,
    problems: &'a [ProblemNote],
}

impl Hub {
    /// Begins with the first build.
    pub fn new(first: Outcome) -> Self {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        let state = State { build: name(began, 0), problems: sheet(&first) };
        Self { began, sender: watch::Sender::new(state) }
    }

    /// Passes on what a rebuild came to; `count` numbers the rebuilds, of which each may
    /// tell more than once.
    pub fn publish(&self, count: u64, outcome: &Outcome) {
        let problems = sheet(outcome);
        self.sender.send_if_modified(|state| {
            let build = if outcome.changed { name(self.began, count) } else { Arc::clone(&state.build) };
            let new = State { build, problems };
            let differs = *state != new;
            *state = new;
            differs
        });
    }

    /// The build whose pages are being served.
    pub fn build(&self) -> Arc<str> {
        Arc::clone(&self.sender.borrow().build)
    }

    /// Follows the state from now on.
    pub fn follow(&self) -> watch::Receiver<State> {
        self.sender.subscribe()
    }
}

fn name(began: u128, count: u64) -> Arc<str> {
    format!("{began}-{count}").into()
}

fn sheet(outcome: &Outcome) -> Arc<str> {
    let count = |severity: &str| outcome.problems.iter().filter(|problem| problem.severity == severity).count();
    let sheet = Sheet {
        failure: outcome.failure.as_deref(),
        summary: &outcome.summary,
        errors: count("error"),
        warnings: count("warning"),
        problems: &outcome.problems[..outcome.problems.len().min(SHOWN)],
    };
    // Texts and numbers always have a JSON form; an empty sheet is the safe answer.
    serde_json::to_string(&sheet).map_or_else(|_| "{}".into(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_the_site_gives_a_new_build() {
        let hub = Hub::new(Outcome::default());
        let mut follower = hub.follow();
        let first = hub.build();
        hub.publish(1, &Outcome::default());
        assert!(!follower.has_changed().unwrap());
        hub.publish(2, &Outcome { failure: Some("主题有错".to_owned()), ..Outcome::default() });
        assert_eq!((hub.build(), follower.has_changed().unwrap()), (first.clone(), true));
        assert!(follower.borrow_and_update().problems.contains("主题有错"));
        hub.publish(3, &Outcome { changed: true, ..Outcome::default() });
        assert_ne!(hub.build(), first);
    }
}
