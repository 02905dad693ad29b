//! E508 标兵的单项不够
//!
//! What: a pacesetter who has one of the three bases below the setting 标兵单项线. The listing is left
//! out. A basis that the library has no record of is not held against anybody; but who is missing in the
//! year's table of exams missed them all.
//!
//! Why: a pacesetter is good at all three, and one cannot make up for another.
//!
//! Source: 岗位素质过硬、岗位实绩突出 (S77-S80).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Refusal;

/// 标兵的单项不够.
pub const RULE: Rule = Rule {
    code: "E508",
    severity: Severity::Error,
    title: "标兵的单项不够",
    message: "{名} 的“{项}”为 {分} 分，低于 {线} 分，不能评“岗位履职标兵”。",
    remedy: "",
    check: Some(check),
    manual: include_str!("../../tests/rules/E508.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (year, refused) in awards::refused(subject) {
        let Refusal::Pacesetter { below, .. } = &refused.why else { continue };
        for (basis, points) in below {
            let finding = awards::about("E508", subject, year, refused).with("项", basis.name());
            findings.push(finding.with("分", points.shown()).with("线", subject.config.policy.pacesetter_floor));
        }
    }
}
