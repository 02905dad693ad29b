//! E404 一张有效票也没有
//!
//! What: a row of ballots without any ballot. It is left out.
//!
//! Why: no ballots are no rate: the session is 未测评, which is not the same as nobody being satisfied
//! (DOMAIN.md 3.6, point 1).

use super::{Rule, Subject, ballots};
use crate::base::{Findings, Severity};
use crate::model::BallotFault;

/// 一张有效票也没有.
pub const RULE: Rule = Rule {
    code: "E404",
    severity: Severity::Error,
    title: "一张有效票也没有",
    message: "{文件} 第 {行} 行有效票是 0，算不出满意率。",
    remedy: "请补录票数；确实没测评请删掉这一行。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E404.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for faulty in ballots::faulty(subject).into_iter().filter(|faulty| faulty.fault == BallotFault::None) {
        findings.push(faulty.finding("E404"));
    }
}
