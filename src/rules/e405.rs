//! E405 同一课录了两次测评
//!
//! What: two rows of ballots of one session. The first counts, the second is left out.
//!
//! Why: counted twice, a session would weigh twice in the rate of the year.

use super::{Rule, Subject, ballots};
use crate::base::{Findings, Severity};
use crate::model::BallotFault;

/// 同一课录了两次测评.
pub const RULE: Rule = Rule {
    code: "E405",
    severity: Severity::Error,
    title: "同一课录了两次测评",
    message: "“{课题}”（{日}）录了两次测评，在第 {x} 行和第 {y} 行。",
    remedy: "请只留一行。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E405.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject) {
        if let BallotFault::Twice { first } = faulty.fault {
            let finding = faulty.finding("E405").with("课题", faulty.topic()).with("日", faulty.day());
            findings.push(finding.with("x", first).with("y", faulty.place.line));
        }
    }
}
