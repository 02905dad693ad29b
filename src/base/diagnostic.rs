//! A finding with its words: what people and scripts are shown.

use serde::{Deserialize, Serialize};

use super::{Code, Place};

/// How much a problem weighs (DOMAIN.md 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// 提示: shown with `--all` only.
    Hint,
    /// 提醒: built anyway.
    Warning,
    /// 错误: the value concerned is left out.
    Error,
}

impl Severity {
    /// The name in JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A correction that `check --fix` may make by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The line as it should read.
    pub replacement: String,
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// How to write it right.
    pub remedy: String,
    /// What a program may do about it.
    pub fix: Option<Fix>,
}

/// How many problems of each weight there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Problems that leave something out.
    pub errors: usize,
    /// Reminders.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
}

impl Tally {
    /// Counts a list.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Tally::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Hint => tally.hints += 1,
            }
        }
        tally
    }
}
