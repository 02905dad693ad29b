//! E309 已完成却没有日期
//!
//! What: a row of the plan that says 已完成 and has no date; it is counted as not held.
//!
//! Why: the date decides in which month and for which year's award a session counts (DOMAIN.md 3.6,
//! point 2).

use super::{Rule, Subject, plan};
use crate::base::{Findings, Severity};
use crate::model::Status;

/// 已完成却没有日期.
pub const RULE: Rule = Rule {
    code: "E309",
    severity: Severity::Error,
    title: "已完成却没有日期",
    message: "{文件} 第 {行} 行状态是“已完成”，但没有完成日期。",
    remedy: "请补日期。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E309.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let undated =
        |session: &&crate::model::Session| session.written_status == Some(Status::Held) && session.held.is_none();
    for session in plan::rows(subject).filter(undated) {
        findings.push(plan::about("E309", subject, session));
    }
}
