//! E407 计划里没有这一课
//!
//! What: a row of ballots that belongs to no session: no row of the unit's plan has that day and
//! topic, or that number. It is left out.
//!
//! Why: ballots count for the instructor, and only the plan says who taught.

use super::{Rule, Subject, ballots};
use crate::base::{Findings, Severity};
use crate::model::BallotFault;

/// 计划里没有这一课.
pub const RULE: Rule = Rule {
    code: "E407",
    severity: Severity::Error,
    title: "计划里没有这一课",
    message: "{文件} 第 {行} 行：教学计划里找不到 {日} 的“{课题}”。",
    remedy: "请核对日期和课题名。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E407.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject).into_iter().filter(|faulty| faulty.fault == BallotFault::NoSession) {
        findings.push(faulty.finding("E407").with("课题", faulty.topic()).with("日", faulty.day()));
    }
}
