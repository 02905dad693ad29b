//! W408 已授课，还没有测评
//!
//! What: a row of the plan that was held and has no ballots. Ballots that are there and do not count
//! are told for themselves (E401 to E405). A lesson that only names its day in its front matter is not
//! reported: that is the smallest way to write one.
//!
//! Why: who was not evaluated cannot stand for excellent instructor.
//!
//! Source: 每位完成授课的教员 (S66), 测评满意率80%以上,有资格评选 (S67).

use std::collections::BTreeSet;

use super::{Rule, Subject, ballots, plan};
use crate::base::{Findings, Severity};
use crate::model::SessionId;

/// 已授课，还没有测评.
pub const RULE: Rule = Rule {
    code: "W408",
    severity: Severity::Warning,
    title: "已授课，还没有测评",
    message: "“{课题}”（{小教员}，{日}）已授课，还没录满意度测评。",
    remedy: "没有测评不能参评年度优秀教员。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W408.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let told: BTreeSet<SessionId> = ballots::faulty(subject).iter().filter_map(|faulty| faulty.session).collect();
    for (at, session) in subject.library.sessions.iter().enumerate() {
        let is_row = session.place.line > 0 && session.is_held(subject.config.as_of);
        if !is_row || session.ballots.is_some() || told.contains(&SessionId(at)) {
            continue;
        }
        let names = plan::instructors(subject, session);
        let finding = plan::about("W408", subject, session)
            .with("日", session.held.map(|day| day.to_string()).unwrap_or_default());
        findings.push(finding.with("小教员", if names.is_empty() { "没写小教员" } else { &names }));
    }
}
