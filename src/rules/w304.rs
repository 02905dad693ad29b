//! W304 已采纳，计划里没有
//!
//! What: an application that was accepted, and no row of the unit's plan of that year has its topic.
//! A topic that was accepted with changes may have another name in the plan: then a row of the same
//! instructor will do.
//!
//! Why: the basic plan is made out of the accepted applications.
//!
//! Source: 形成当年度“基础教学计划” (S33, S34).

use super::{Rule, Subject};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Severity};
use crate::model::{Application, Decision, Instructor, Session};

/// 已采纳，计划里没有.
pub const RULE: Rule = Rule {
    code: "W304",
    severity: Severity::Warning,
    title: "已采纳，计划里没有",
    message: "“{课题}”已采纳，但教学计划里没有这一课。",
    remedy: "请在教学计划.csv 加一行。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W304.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for application in subject.library.applications.iter().filter(|one| one.decision.is_accepted()) {
        let Some(topic) = &application.topic else { continue };
        let mut rows = subject.library.sessions.iter().filter(|session| session.unit == application.unit);
        if !rows.any(|session| is_of(session, application, topic)) {
            findings.push(Finding::new("W304", application.place.clone()).with("课题", topic));
        }
    }
}

/// Whether a row of the plan came out of an application.
fn is_of(session: &Session, application: &Application, topic: &str) -> bool {
    let wanted = [Some(topic), application.plan.as_deref()];
    let is_wanted = |name: &str| wanted.iter().flatten().any(|wanted| fold(wanted) == fold(name));
    let by_name = is_wanted(&session.topic) || session.number.as_deref().is_some_and(is_wanted);
    let by_source = session.application.as_deref().is_some_and(|source| fold(source).contains(&fold(topic)));
    let is_applicant = |who: &Instructor| application.applicants.contains(who);
    let by_person = application.decision == Decision::Adjusted && session.instructors.iter().any(is_applicant);
    session.year == application.year && (by_name || by_source || by_person)
}
