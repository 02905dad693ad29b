//! Problems and their words: one rule, one file.
//!
//! A rule says what is wrong, why it matters, and how to write it right. Rules of
//! reading have only words: the rooms below left the finding. Rules of meaning look
//! at the library and the ledger themselves.

use crate::base::{Code, Diagnostic, Finding, Findings, Fix, Severity, text};
use crate::config::Config;
use crate::ledger::Ledger;
use crate::model::Library;
use crate::source::Sources;

/// What a rule may look at.
pub struct Subject<'a> {
    /// The files as they were read.
    pub sources: &'a Sources,
    /// What they mean.
    pub library: &'a Library,
    /// What follows from them.
    pub ledger: &'a Ledger,
    /// The settings.
    pub config: &'a Config,
}

/// A rule.
pub struct Rule {
    /// Its name.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// A few words, for lists.
    pub title: &'static str,
    /// What is wrong, with `{placeholders}` (DOMAIN.md 3.5).
    pub message: &'static str,
    /// How to write it right, with the same placeholders. A sentence whose
    /// placeholder has no value is left out.
    pub remedy: &'static str,
    /// Looks for the problem, where the reading rooms do not.
    pub check: Option<fn(&Subject<'_>, &mut Findings)>,
    /// Why it matters, a wrong and a right example: also the rule's test case.
    pub manual: &'static str,
}
