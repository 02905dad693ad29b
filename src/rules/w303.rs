//! W303 采纳了却没有研究日期
//!
//! What: an application that the unit accepted, or accepted with changes, and no day of the decision.
//!
//! Why: the unit studies and decides; the day shows that it did.
//!
//! Source: 经单位研究确定后灵活安排 (S39).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 采纳了却没有研究日期.
pub const RULE: Rule = Rule {
    code: "W303",
    severity: Severity::Warning,
    title: "采纳了却没有研究日期",
    message: "“{课题}”写着“{结果}”，但没有研究日期。",
    remedy: "请补“研究日期: {例}”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W303.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let undated = subject.library.applications.iter().filter(|one| one.decision.is_accepted() && one.decided.is_none());
    for application in undated {
        let finding = Finding::new("W303", application.place.clone());
        let finding = finding.with("课题", application.topic.clone().unwrap_or_default());
        let example = application.date.unwrap_or(subject.config.as_of);
        findings.push(finding.with("结果", application.decision.name()).with("例", example));
    }
}
