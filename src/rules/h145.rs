//! H145 未能提取文本
//!
//! What: an attachment of a kind that is not read, such as those of programs before 1997.
//!
//! Why: it can be downloaded, but search finds nothing in it.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};
use crate::source::Reading;

/// 未能提取文本.
pub const RULE: Rule = Rule {
    code: "H145",
    severity: Severity::Hint,
    title: "未能提取文本",
    message: "附件“{名}”未能提取文本，检索不到里面的内容。",
    remedy: "请另存为 docx、pptx 或 xlsx。",
    check: Some(check),
    manual: include_str!("../../tests/rules/H145.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("H145", subject, findings, |_, inside| inside.reading == Reading::Unsupported);
}
