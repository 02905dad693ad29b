//! E302 机动课题没写来源
//!
//! What: an ad-hoc application that does not say where its topic comes from. A word that is none of
//! the two is E116.
//!
//! Why: ad-hoc topics have two origins, new demands from above and what turned up in duty; the unit
//! decides by them.
//!
//! Source: 上级新出台的新文件、新政策、新要求 (S36), 碰到的新问题、积累的新经验 (S37).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 机动课题没写来源.
pub const RULE: Rule = Rule {
    code: "E302",
    severity: Severity::Error,
    title: "机动课题没写来源",
    message: "机动课题“{课题}”没写来源。",
    remedy: "请写“上级新政”或“履职实践”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E302.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for application in subject.library.applications.iter().filter(|one| one.adhoc && !one.has_origin) {
        let topic = application.topic.clone().unwrap_or_default();
        findings.push(Finding::new("E302", application.place.clone()).with("课题", topic));
    }
}
