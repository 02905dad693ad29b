//! E502 没有测评过的授课
//!
//! What: somebody on the list of excellent instructors who held no session in the year, or none with
//! ballots that count. The listing is left out.
//!
//! Why: the honour is for those who taught and were evaluated; no rate is not a good rate.
//!
//! Source: 每位完成授课的教员 (S66).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Refusal;

/// 没有测评过的授课.
pub const RULE: Rule = Rule {
    code: "E502",
    severity: Severity::Error,
    title: "没有测评过的授课",
    message: "{名}（{单位}）{年}年没有已完成并测评的授课，不能评“年度优秀教员”。",
    remedy: "请补录测评，或从名单中去掉。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E502.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| refused.why == Refusal::NotEvaluated) {
        findings.push(awards::about("E502", subject, year, refused));
    }
}
