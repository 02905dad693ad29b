//! W308 计划过期未完成
//!
//! What: a row of the plan whose month is over without a date of completion, and which is neither
//! postponed nor cancelled.
//!
//! Why: the plan must be completed on time, and mostly the lesson was held and nobody typed the
//! date.
//!
//! Source: 必须按期进行如期完成 (S40).

use super::{Rule, Subject, plan};
use crate::base::{Findings, Severity};

/// 计划过期未完成.
pub const RULE: Rule = Rule {
    code: "W308",
    severity: Severity::Warning,
    title: "计划过期未完成",
    message: "{单位}计划{月}月的“{课题}”到 {统计日} 还没有完成日期。",
    remedy: "请补完成日期，或把状态改成“延期”并写明原因。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W308.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let as_of = subject.config.as_of;
    for session in plan::rows(subject).filter(|session| plan::is_overdue(session, as_of)) {
        if let Some(month) = session.month {
            findings.push(plan::about("W308", subject, session).with("月", month.month).with("统计日", as_of));
        }
    }
}
