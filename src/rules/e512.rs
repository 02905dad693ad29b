//! E512 名单里写了两次
//!
//! What: a person, or a lesson, that stands twice in one list. The later mention is left out.
//!
//! Why: it would take two places of the quota, and be printed twice.

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Refusal;

/// 名单里写了两次.
pub const RULE: Rule = Rule {
    code: "E512",
    severity: Severity::Error,
    title: "名单里写了两次",
    message: "{奖项}名单里“{名}”出现两次。",
    remedy: "请删掉一处。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E512.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| refused.why == Refusal::Twice) {
        findings.push(awards::about("E512", subject, year, refused).with("奖项", refused.honour.name()));
    }
}
