//! E401 测评票数对不上
//!
//! What: ballots whose four levels do not sum up to the valid ballots that were written. They are left
//! out: the session counts as not evaluated.
//!
//! Why: a rate is satisfied of valid ballots; when the two do not fit, one of them is wrong.

use super::{Rule, Subject, ballots};
use crate::base::{Findings, Severity};
use crate::model::BallotFault;

/// 测评票数对不上.
pub const RULE: Rule = Rule {
    code: "E401",
    severity: Severity::Error,
    title: "测评票数对不上",
    message: "{文件} 第 {行} 行：很满意 {a}+满意 {b}+基本满意 {c}+不满意 {d}={和}，与有效票 {v} 对不上。",
    remedy: "请核对票数。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E401.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject).into_iter().filter(|faulty| faulty.fault == BallotFault::Sum) {
        let ballots = faulty.ballots;
        let finding = faulty.finding("E401").with("a", ballots.very).with("b", ballots.satisfied);
        let finding = finding.with("c", ballots.fair).with("d", ballots.dissatisfied);
        findings.push(finding.with("和", ballots.sum()).with("v", ballots.count()));
    }
}
