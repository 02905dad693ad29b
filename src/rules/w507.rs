//! W507 公示时间不够
//!
//! What: a publicity period with fewer days from Monday to Friday than the setting 公示工作日. Both
//! ends count. Public holidays are not known: they are for people to look at. A period that ends before
//! it starts has none.
//!
//! Why: colleagues need the time to look at the list and to object (gap G8).

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 公示时间不够.
pub const RULE: Rule = Rule {
    code: "W507",
    severity: Severity::Warning,
    title: "公示时间不够",
    message: "公示 {a} 至 {b} 只有 {n} 个工作日（不含周末），少于设定的 {k} 个。",
    remedy: "请核对日期。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W507.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let wanted = subject.config.policy.publicity_days;
    for list in &subject.library.awards {
        let Some((start, end)) = list.publicity else { continue };
        let days = start.workdays_to(end);
        if days < wanted {
            let finding = Finding::new("W507", list.publicity_place.clone()).with("a", start).with("b", end);
            findings.push(finding.with("n", days).with("k", wanted));
        }
    }
}
