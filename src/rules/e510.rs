//! E510 作风不合格
//!
//! What: a pacesetter whose conduct is 不合格. The listing is left out, however high the score. A
//! conduct that nobody wrote is not held against anybody.
//!
//! Why: good conduct is one of the three qualities, and a veto.
//!
//! Source: 岗位作风良好 (S81).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Refusal;

/// 作风不合格.
pub const RULE: Rule = Rule {
    code: "E510",
    severity: Severity::Error,
    title: "作风不合格",
    message: "{名} 的岗位作风为“不合格”，不能评“岗位履职标兵”。",
    remedy: "",
    check: Some(check),
    manual: include_str!("../../tests/rules/E510.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let vetoed = |why: &Refusal| matches!(why, Refusal::Pacesetter { conduct_failed: true, .. });
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| vetoed(&refused.why)) {
        findings.push(awards::about("E510", subject, year, refused));
    }
}
