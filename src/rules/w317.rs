//! W317 常规申报晚于申报截止
//!
//! What: a regular application whose 申报日期 lies after the setting 申报截止 of its year. Without the
//! setting there is no last day. Ad-hoc topics may come at any time.
//!
//! Why: the unit forms its basic plan once, at the beginning of the year; what comes later has missed
//! that meeting. The application counts all the same.
//!
//! Source: 在每年年初进行 (S27).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 常规申报晚于申报截止.
pub const RULE: Rule = Rule {
    code: "W317",
    severity: Severity::Warning,
    title: "常规申报晚于申报截止",
    message: "{申报人}的常规申报“{课题}”日期是 {日}，晚于申报截止 {截止}。",
    remedy: "请核对申报日期；年中新提的课题请把类型写成“机动”，并写明来源。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W317.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for application in subject.library.applications.iter().filter(|one| one.is_complete() && !one.adhoc) {
        let last = subject.config.policy.deadline_of(application.year);
        let (Some(date), Some(last)) = (application.date, last) else { continue };
        if date > last {
            let applicants = application.written_applicants.iter().map(|name| name.value.as_str());
            let finding = Finding::new("W317", application.place.clone());
            let finding = finding.with("申报人", applicants.collect::<Vec<_>>().join("、"));
            let finding = finding.with("课题", application.topic.clone().unwrap_or_default());
            findings.push(finding.with("日", date).with("截止", last));
        }
    }
}
