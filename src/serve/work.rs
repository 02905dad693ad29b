//! Rebuilding, one change after another.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::time::Instant;

use super::hub::Hub;
use super::watch::Watch;
use super::{Event, Herald, Outcome, Rebuild, Soon, Tell};

/// Rebuilds after every change, for as long as changes can come. What changes during
/// a rebuild waits and causes one more.
pub fn run(mut watch: Watch, mut rebuilder: impl Rebuild, hub: &Hub, tell: &Tell) {
    for count in 1.. {
        let Some(paths) = watch.wait() else { return };
        let begun = Instant::now();
        let soon = |soon: Soon<'_>| match soon {
            Soon::Pages(pages) => hub.publish_early(count, pages),
            Soon::All(outcome) => hub.publish(count, outcome),
        };
        let outcome = attempt(&mut rebuilder, &paths, &soon);
        hub.publish(count, &outcome);
        tell(word(outcome, begun.elapsed().as_millis()));
    }
}

fn word(outcome: Outcome, ms: u128) -> Event {
    match outcome.failure {
        Some(message) => Event::Failed { message },
        None => Event::Rebuilt { summary: outcome.summary, ms, changed: outcome.changed },
    }
}

/// A fault of ours must not end the preview without a word: it is shown like any other
/// failure, and the next change is tried again.
fn attempt(rebuilder: &mut impl Rebuild, paths: &[PathBuf], soon: Herald<'_>) -> Outcome {
    panic::catch_unwind(AssertUnwindSafe(|| rebuilder.rebuild(paths, soon))).unwrap_or_else(|fault| {
        let message = format!("讲台自己出了错，这一次没有生成。请把这句话报告给维护者：{}", words(fault.as_ref()));
        Outcome { failure: Some(message), ..Outcome::default() }
    })
}

fn words(fault: &(dyn Any + Send)) -> &str {
    let owned = fault.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or("没有说明")
}
