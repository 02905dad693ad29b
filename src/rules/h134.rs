//! H134 时长不在建议范围内
//!
//! What: a lesson whose 时长 lies outside the setting 建议时长, usually 15 to 45 minutes.
//!
//! Why: lessons are meant to be small, scattered and lively; one of two hours is two or three lessons.
//!
//! Source: 要讲究“小、散、活” (S57).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 时长不在建议范围内.
pub const RULE: Rule = Rule {
    code: "H134",
    severity: Severity::Hint,
    title: "时长不在建议范围内",
    message: "“{课题}”的时长是 {n} 分钟，建议 {少}—{多} 分钟。",
    remedy: "互动教学讲究“小、散、活”：长课可以拆成几课，太短的可以并到别的课里。",
    check: Some(check),
    manual: include_str!("../../tests/rules/H134.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let (least, most) = subject.config.policy.minutes;
    for lesson in &subject.library.lessons {
        if let Some(minutes) = lesson.minutes.filter(|minutes| !(least..=most).contains(minutes)) {
            let finding = Finding::file("H134", &lesson.file).with("课题", &lesson.title).with("n", minutes);
            findings.push(finding.with("少", least).with("多", most));
        }
    }
}
