//! H144 扫描件没有文字
//!
//! What: a PDF whose pages are pictures.
//!
//! Why: search finds nothing in it, and readers cannot copy from it.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};
use crate::source::Reading;

/// 扫描件没有文字.
pub const RULE: Rule = Rule {
    code: "H144",
    severity: Severity::Hint,
    title: "扫描件没有文字",
    message: "附件“{名}”是扫描件，里面没有文字，检索不到。",
    remedy: "有电子原稿的话，请换成原稿，或在教案正文里写几句要点。",
    check: Some(check),
    manual: include_str!("../../tests/rules/H144.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("H144", subject, findings, |_, inside| inside.reading == Reading::Scan);
}
