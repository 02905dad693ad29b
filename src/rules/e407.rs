//! E407 计划里没有这一课
//!
//! What: a row of ballots that belongs to no session: no row of the unit's plan has that day and
//! topic, or that number. It is left out.
//!
//! Why: ballots count for the instructor, and only the plan says who taught.

use super::{Rule, Subject, ballots};
use crate::base::text::fold;
use crate::base::{Day, Findings, Severity};
use crate::model::{BallotFault, Evaluation, Session};

/// 计划里没有这一课.
pub const RULE: Rule = Rule {
    code: "E407",
    severity: Severity::Error,
    title: "计划里没有这一课",
    message: "{文件} 第 {行} 行：教学计划里找不到 {日} 的“{课题}”。",
    remedy: "请核对日期和课题名。当天讲的是“{近似}”，是不是这一课？计划里这一课的完成日期是 {另日}。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E407.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject).into_iter().filter(|faulty| faulty.fault == BallotFault::NoSession) {
        let finding = faulty.finding("E407").with("课题", faulty.topic()).with("日", faulty.day());
        findings.push(match faulty.row().map(|row| meant(subject, row)) {
            Some((Some(topic), _)) => finding.with("近似", topic),
            Some((None, Some(day))) => finding.with("另日", day),
            _ => finding,
        });
    }
}

/// The topic of the only session of that day, or the day of the only one on that topic.
fn meant<'a>(subject: &Subject<'a>, row: &Evaluation) -> (Option<&'a str>, Option<Day>) {
    let own = || subject.library.sessions.iter().filter(|session| session.unit == row.unit && session.held.is_some());
    let is_of_topic = |session: &&Session| row.topic.as_ref().is_some_and(|topic| fold(topic) == fold(&session.topic));
    let on_day = only(own().filter(|session| session.held == row.held));
    let on_topic = only(own().filter(is_of_topic));
    (on_day.map(|session| session.topic.as_str()), on_topic.and_then(|session| session.held))
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}
