//! E402 有效票多于实到
//!
//! What: more valid ballots than people who attended. They are left out.
//!
//! Why: everybody who attended fills one form (S63); more cannot come back.

use super::{Rule, Subject, ballots};
use crate::base::{Findings, Severity};
use crate::model::BallotFault;

/// 有效票多于实到.
pub const RULE: Rule = Rule {
    code: "E402",
    severity: Severity::Error,
    title: "有效票多于实到",
    message: "{文件} 第 {行} 行有效票 {v} 张，多于实到 {n} 人。",
    remedy: "请核对。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E402.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject) {
        if let BallotFault::MoreThanAttended { attended } = faulty.fault {
            findings.push(faulty.finding("E402").with("v", faulty.ballots.count()).with("n", attended));
        }
    }
}
