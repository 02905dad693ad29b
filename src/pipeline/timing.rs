//! How long each stage took. Times are told to people and never decide anything.

use std::time::{Duration, Instant};

/// A stage of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading records and connecting them.
    Model,
    /// Figures.
    Ledger,
    /// Rules and, at the same time, addresses.
    Rules,
    /// Pages.
    Render,
    /// The index of the site's search.
    Search,
}

impl Stage {
    /// What people read.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Model => "读懂内容",
            Stage::Ledger => "统计",
            Stage::Rules => "检查与编址",
            Stage::Render => "生成页面",
            Stage::Search => "编制检索",
        }
    }
}

/// Stages with their times.
#[derive(Debug, Clone)]
pub struct Timings {
    last: Instant,
    /// The stages so far.
    pub stages: Vec<(Stage, Duration)>,
}

impl Timings {
    /// Starts the clock.
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// What went by since the last stage belongs to none.
    pub(super) fn resume(&mut self) {
        self.last = Instant::now();
    }

    /// The stages by what people call them.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.stages.iter().map(|(stage, time)| (stage.name(), *time))
    }

    /// Ends a stage.
    pub(super) fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }
}
