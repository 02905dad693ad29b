//! W142 附件换了扩展名
//!
//! What: an attachment whose bytes are of another kind than its name says.
//!
//! Why: programs refuse to open it, or warn that it may be dangerous.

use super::{Rule, Subject, attachments};
use crate::base::{Finding, Findings, Severity};
use crate::courseware::{expected, fits};

/// 附件换了扩展名.
pub const RULE: Rule = Rule {
    code: "W142",
    severity: Severity::Warning,
    title: "附件换了扩展名",
    message: "附件“{名}”的扩展名和内容对不上：里面其实是{内容}。",
    remedy: "请用对应的程序打开，另存成扩展名相符的文件。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W142.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (file, inside) in attachments::all(subject) {
        let Some(expected) = expected(&file.path.extension()) else { continue };
        let kind = attachments::kind(inside.nature);
        if let Some(kind) = kind.filter(|_| !fits(expected, inside.nature)) {
            let finding = Finding::file("W142", &file.path).with("名", file.path.name());
            findings.push(finding.with("内容", kind));
        }
    }
}
