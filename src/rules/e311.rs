//! E311 已完成却没写小教员
//!
//! What: a row of the plan that was held, or says so, without an instructor.
//!
//! Why: satisfaction and honours belong to the person who taught (directive S66).

use super::{Rule, Subject, plan};
use crate::base::{Findings, Severity};
use crate::model::{Session, Status};

/// 已完成却没写小教员.
pub const RULE: Rule = Rule {
    code: "E311",
    severity: Severity::Error,
    title: "已完成却没写小教员",
    message: "{文件} 第 {行} 行已完成，但没写小教员。",
    remedy: "请补姓名。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E311.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let as_of = subject.config.as_of;
    let is_done = |session: &Session| session.is_held(as_of) || session.written_status == Some(Status::Held);
    for session in plan::rows(subject).filter(|session| is_done(session) && session.instructors.is_empty()) {
        findings.push(plan::about("E311", subject, session));
    }
}
