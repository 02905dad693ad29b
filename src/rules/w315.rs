//! W315 应申报的还没有申报
//!
//! What: a unit-year in which not all of those up to the age line applied or stand in the plan. People
//! who are exempt are not counted. It is not reported for years that have not begun or
//! whose 申报截止 has not passed, and for years
//! without applications of which only a few representative sessions were recorded (as in W306).
//!
//! Why: everybody up to the line applies for one lesson, in principle: this only reminds. Who is missing
//! stands in the report, never on the site.
//!
//! Source: 原则上要求46周岁以下的干部 (S29).

use super::{Rule, Subject, plan};
use crate::base::{Finding, Findings, Severity};
use crate::model::UnitId;

/// 应申报的还没有申报.
pub const RULE: Rule = Rule {
    code: "W315",
    severity: Severity::Warning,
    title: "应申报的还没有申报",
    message: "{单位}{年}年 {线} 周岁及以下应申报 {n} 人，已申报 {m} 人，还差 {k} 人。",
    remedy: "名单见内部报表。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W315.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let rule = &subject.config.policy.age;
    let as_of = subject.config.as_of;
    for (&(unit, year), account) in &subject.ledger.years {
        let ratio = account.coverage.ratio();
        let is_open = subject.config.policy.deadline_of(year).is_some_and(|last| as_of <= last);
        if ratio.part == ratio.whole || year > as_of.year() || is_open || !is_recorded(subject, unit, year) {
            continue;
        }
        let name = &subject.library.unit(unit).name;
        let finding = Finding::new("W315", plan::place(subject, unit, year)).with("单位", name).with("年", year);
        let finding = finding.with("线", rule.highest()).with("n", ratio.whole).with("m", ratio.part);
        findings.push(finding.with("k", ratio.whole - ratio.part));
    }
}

/// Whether the year's declarations, or most of its sessions, are in the library.
fn is_recorded(subject: &Subject<'_>, unit: UnitId, year: i32) -> bool {
    let applied = subject.library.applications.iter().any(|one| one.unit == unit && one.year == year);
    let plan = subject.ledger.unit_year(unit, year).map(|account| account.plan).unwrap_or_default();
    applied || (plan.months_active > 0 && plan.months_met * 2 >= plan.months_active)
}
