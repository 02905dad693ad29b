//! E506 超过名额
//!
//! What: a list that is longer than the setting 名额 allows. Listings that were left out for other
//! reasons take no place. Nothing is left out for this: which one is too many, people must say.
//!
//! Why: quotas are the bureau's own (gap G8); without a setting there is none.

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Place, Severity};
use crate::ledger::{Refusal, YearHonours};
use crate::model::{Awards, Honour};

/// 超过名额.
pub const RULE: Rule = Rule {
    code: "E506",
    severity: Severity::Error,
    title: "超过名额",
    message: "{年}年“{奖项}”名额 {n} 名，名单有 {m} 名。",
    remedy: "请减少人数，或修改站点设置里的名额。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E506.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for list in &subject.library.awards {
        let Some(counted) = subject.ledger.honours.counted.get(&list.year) else { continue };
        for (name, quota) in &subject.config.policy.quotas {
            let quota_count = usize::try_from(*quota).unwrap_or(usize::MAX);
            let Some(honour) = Honour::ALL.into_iter().find(|honour| honour.name().contains(name.as_str())) else {
                continue;
            };
            let listed = counted.listed(honour);
            if listed > quota_count {
                let finding = Finding::new("E506", place(list, counted, honour, quota_count)).with("年", list.year);
                findings.push(finding.with("奖项", honour.name()).with("n", quota).with("m", listed));
            }
        }
    }
}

/// The first entry that is too many.
fn place(list: &Awards, counted: &YearHonours, honour: Honour, quota: usize) -> Place {
    let unknown = counted.refused.iter().filter(|one| one.honour == honour && one.why == Refusal::Unknown);
    let lessons = counted.courseware.iter().filter(|_| honour == Honour::ExcellentCourseware);
    let people = counted.of(honour).iter().map(|one| &one.place);
    let mut places: Vec<&Place> =
        people.chain(lessons.map(|one| &one.place)).chain(unknown.map(|one| &one.place)).collect();
    places.sort();
    places.get(quota).copied().unwrap_or(&list.place).clone()
}
