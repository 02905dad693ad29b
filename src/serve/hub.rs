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
    /// The pages that are ahead of the others while a rebuild goes on.
    pub early: Option<Arc<Early>>,
}

/// Pages that are as a rebuild will leave them, before it is done.
#[derive(Debug, PartialEq, Eq)]
pub struct Early {
    /// The build that they are of.
    pub build: Arc<str>,
    /// Their addresses from the top of the site.
    pub pages: Vec<String>,
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
        let state = State { build: name(began, 0, false), problems: sheet(&first), early: None };
        Self { began, sender: watch::Sender::new(state) }
    }

    /// Passes on what a rebuild came to; `count` numbers the rebuilds, of which each may
    /// tell more than once.
    pub fn publish(&self, count: u64, outcome: &Outcome) {
        let problems = sheet(outcome);
        let name = name(self.began, count, outcome.anew);
        self.sender.send_if_modified(|state| {
            let is_new = outcome.changed || state.early.is_some();
            let build = if is_new { name } else { Arc::clone(&state.build) };
            let new = State { build, problems, early: None };
            let differs = *state != new;
            *state = new;
            differs
        });
    }

    /// Passes on that some pages are already as the rebuild of that number will leave them.
    pub fn publish_early(&self, count: u64, pages: &[String]) {
        let early = Early { build: name(self.began, count, false), pages: pages.to_vec() };
        self.sender.send_modify(|state| state.early = Some(Arc::new(early)));
    }

    /// The build that a page is of.
    pub fn build_of(&self, page: &str) -> Arc<str> {
        let state = self.sender.borrow();
        let ahead = state.early.as_ref().filter(|early| early.pages.iter().any(|early| early == page));
        Arc::clone(ahead.map_or(&state.build, |early| &early.build))
    }

    /// Follows the state from now on.
    pub fn follow(&self) -> watch::Receiver<State> {
        self.sender.subscribe()
    }
}

/// `anew` tells the pages of a build from those that were shown early and were not right.
fn name(began: u128, count: u64, anew: bool) -> Arc<str> {
    format!("{began}-{count}{}", if anew { "b" } else { "" }).into()
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
        let first = hub.build_of("");
        hub.publish(1, &Outcome::default());
        assert!(!follower.has_changed().unwrap());
        hub.publish(2, &Outcome { failure: Some("主题有错".to_owned()), ..Outcome::default() });
        assert_eq!((hub.build_of(""), follower.has_changed().unwrap()), (first.clone(), true));
        assert!(follower.borrow_and_update().problems.contains("主题有错"));
        hub.publish(3, &Outcome { changed: true, ..Outcome::default() });
        assert_ne!(hub.build_of(""), first);
    }

    #[test]
    fn a_page_that_is_ahead_is_of_the_build_to_come() {
        let hub = Hub::new(Outcome::default());
        let first = hub.build_of("a.html");
        hub.publish_early(1, &["a.html".to_owned()]);
        let early = hub.build_of("a.html");
        assert_eq!((early == first, hub.build_of("b.html")), (false, first.clone()));
        hub.publish(1, &Outcome { failure: Some("不行".to_owned()), ..Outcome::default() });
        assert_eq!((hub.build_of("a.html"), hub.build_of("b.html")), (early.clone(), early.clone()));
        hub.publish_early(2, &["a.html".to_owned()]);
        let early = hub.build_of("a.html");
        hub.publish(2, &Outcome { anew: true, ..Outcome::default() });
        assert_ne!(hub.build_of("a.html"), early, "it was not right and is shown once more");
        assert_ne!(hub.build_of("a.html"), first);
    }
}
