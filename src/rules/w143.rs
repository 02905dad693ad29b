//! W143 附件超出限度
//!
//! What: an attachment that is too large to be looked into, or unfolds to many times its size.
//!
//! Why: such files stop machines; they are offered for download and not looked into.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};
use crate::source::Reading;

/// 附件超出限度.
pub const RULE: Rule = Rule {
    code: "W143",
    severity: Severity::Warning,
    title: "附件超出限度",
    message: "附件“{名}”太大，或者解开以后大得不正常，没有提取文字，检索不到。",
    remedy: "请压缩图片、拆成几个文件后另存；来历不明的文件不要打开。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W143.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("W143", subject, findings, |_, inside| inside.reading == Reading::Beyond);
}
