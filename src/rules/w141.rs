//! W141 附件有密码
//!
//! What: an attachment that asks for a password.
//!
//! Why: colleagues cannot open it, and search cannot look into it.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};
use crate::source::Reading;

/// 附件有密码.
pub const RULE: Rule = Rule {
    code: "W141",
    severity: Severity::Warning,
    title: "附件有密码",
    message: "附件“{名}”设了打开密码，同事打不开，也检索不到里面的文字。",
    remedy: "请去掉密码后另存。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W141.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("W141", subject, findings, |_, inside| inside.reading == Reading::Locked);
}
