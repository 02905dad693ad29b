//! W511 缺月考成绩
//!
//! What: a row of the exams with months that are over and have no mark. They count nothing, and the mean
//! goes down; 免 does not count at all.
//!
//! Why: all staff take the monthly exam; whoever did not is absent.
//!
//! Source: 以“全员法制网上月考”为工作载体 (S75).

use super::{Rule, Subject, awards};
use crate::base::{Finding, Findings, Severity};
use crate::ledger::absent_months;

/// 缺月考成绩.
pub const RULE: Rule = Rule {
    code: "W511",
    severity: Severity::Warning,
    title: "缺月考成绩",
    message: "{名} 缺 {月们} 的月考成绩，按 0 分计算。",
    remedy: "属免考请写“免”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W511.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for exam in &subject.library.exams {
        let absent = absent_months(exam, subject.config.as_of);
        if absent.is_empty() {
            continue;
        }
        let name = exam.person.as_ref().map_or(exam.written_name.value.as_str(), |who| awards::name(subject, who));
        let months: Vec<String> = absent.iter().map(|month| format!("{month}月")).collect();
        let finding = Finding::new("W511", exam.place.clone()).with("名", name);
        findings.push(finding.with("月们", months.join("、")));
    }
}
