//! W140 附件打不开
//!
//! What: an attachment that is cut off or otherwise broken, so that nothing can be read out of it.
//!
//! Why: somebody will click on it in front of a class.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};
use crate::source::Reading;

/// 附件打不开.
pub const RULE: Rule = Rule {
    code: "W140",
    severity: Severity::Warning,
    title: "附件打不开",
    message: "附件“{名}”打不开，多半是没有传完整，或者存坏了。",
    remedy: "请用原来的程序打开，另存一份再放回来。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W140.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("W140", subject, findings, |_, inside| inside.reading == Reading::Damaged);
}
