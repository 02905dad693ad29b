//! W314 取消没写原因
//!
//! What: a cancelled row of the plan without a note.
//!
//! Why: a cancelled row leaves the completion rate, so that a leader wants to know why it was
//! cancelled (directive S40).

use super::{Rule, Subject, plan};
use crate::base::{Findings, Severity};
use crate::model::{Session, Status};

/// 取消没写原因.
pub const RULE: Rule = Rule {
    code: "W314",
    severity: Severity::Warning,
    title: "取消没写原因",
    message: "“{课题}”已取消，备注里没有原因。",
    remedy: "请补一句，例如“与专项检查冲突”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W314.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let silent = |session: &&Session| session.written_status == Some(Status::Cancelled) && session.note.is_none();
    for session in plan::rows(subject).filter(silent) {
        findings.push(plan::about("W314", subject, session));
    }
}
