//! E310 完成日期晚于统计日
//!
//! What: a row of the plan that was completed after the day of the statistics; it is counted as not
//! held.
//!
//! Why: what has not happened cannot be completed: mostly the year is wrong, or the setting 统计日 is
//! old.

use super::{Rule, Subject, plan};
use crate::base::{Findings, Severity};

/// 完成日期晚于统计日.
pub const RULE: Rule = Rule {
    code: "E310",
    severity: Severity::Error,
    title: "完成日期晚于统计日",
    message: "{文件} 第 {行} 行的完成日期 {日} 晚于统计日 {统计日}。",
    remedy: "请核对年份。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E310.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let as_of = subject.config.as_of;
    for session in plan::rows(subject) {
        if let Some(day) = session.held.filter(|day| *day > as_of) {
            findings.push(plan::about("E310", subject, session).with("日", day).with("统计日", as_of));
        }
    }
}
