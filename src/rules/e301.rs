//! E301 申报不完整
//!
//! What: an application without its applicant or its topic. It is left out: it counts neither as a
//! declaration nor for the plan. The example comes from the unit itself; where it has none, the
//! sentence goes without.
//!
//! Why: the unit decides who teaches what, so both must be there.
//!
//! Source: 自主申报一门上课内容 (S31).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};
use crate::model::Application;

/// 申报不完整.
pub const RULE: Rule = Rule {
    code: "E301",
    severity: Severity::Error,
    title: "申报不完整",
    message: "{文件} 第 {行} 行的申报缺“{栏目}”。",
    remedy: "请补上，例如“{例}”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E301.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for application in &subject.library.applications {
        let mut lacks = |column: &'static str, example: Option<String>| {
            let finding = Finding::new("E301", application.place.clone()).with("栏目", column);
            findings.push(finding.with("例", example.unwrap_or_default()));
        };
        if application.applicants.is_empty() {
            lacks("申报人", colleague(subject, application));
        }
        if application.topic.is_none() {
            lacks("课题", topic(subject, application));
        }
    }
}

/// Somebody of the unit.
fn colleague(subject: &Subject<'_>, application: &Application) -> Option<String> {
    let of_unit = |person: &&crate::model::Person| person.served(application.unit, Some(application.year));
    subject.library.people.iter().find(of_unit).map(|person| person.name.clone())
}

/// A topic of the unit.
fn topic(subject: &Subject<'_>, application: &Application) -> Option<String> {
    let library = subject.library;
    let lesson = library.lessons.iter().find(|lesson| lesson.unit == application.unit).map(|lesson| &lesson.title);
    let session = || library.sessions.iter().find(|one| one.unit == application.unit).map(|session| &session.topic);
    lesson.or_else(session).cloned()
}
