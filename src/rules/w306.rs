//! W306 当月没有互动教学
//!
//! What: a month that is over and in which a unit held no session. It is not reported for months
//! before the unit began, for a month whose cancelled or postponed row gives a reason, for a month
//! that the 备注 of any row of the plan names (4月因专项检查未安排), for a month
//! with an overdue row (W308 says it already) or with a date that nobody can read, and for years of which only a few representative
//! sessions were recorded: at least half of the year's active months must have one.
//!
//! Why: one or two sessions a month are what the plan is about.
//!
//! Source: 每月安排1-2次互动教学 (S41).

use super::{Rule, Subject, plan};
use crate::base::text::narrow;
use crate::base::{Finding, Findings, Month, Severity};
use crate::ledger::MonthState;
use crate::model::UnitId;

/// 当月没有互动教学.
pub const RULE: Rule = Rule {
    code: "W306",
    severity: Severity::Warning,
    title: "当月没有互动教学",
    message: "{单位}{年}年{月}月没有互动教学。",
    remedy: "每月应安排 {次数} 次，请补排，或在备注写明原因，例如“{月}月因专项检查未安排”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W306.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    report("W306", MonthState::Empty, subject, findings);
}

/// The months of a state that nobody explained, in years that are recorded.
pub(super) fn report(code: &'static str, state: MonthState, subject: &Subject<'_>, findings: &mut Findings) {
    let (least, most) = subject.config.sessions_per_month;
    let times = if least == most { least.to_string() } else { format!("{least}—{most}") };
    for (&(unit, year), account) in &subject.ledger.years {
        let with_some = account.months.iter().filter(|month| month.state.is_active() && !month.held.is_empty()).count();
        let is_recorded = with_some * 2 >= usize::try_from(account.plan.months_active).unwrap_or(usize::MAX);
        let found = account.months.iter().filter(|month| month.state == state);
        for one in found.filter(|one| is_recorded && !is_explained(subject, unit, one.month)) {
            let place = plan::place(subject, unit, year);
            let finding = Finding::new(code, place).with("单位", &subject.library.unit(unit).name).with("年", year);
            findings.push(finding.with("月", one.month.month).with("n", one.held.len()).with("次数", &times));
        }
    }
}

/// Whether a row of that month says why, or is overdue and reported for itself.
fn is_explained(subject: &Subject<'_>, unit: UnitId, month: Month) -> bool {
    let as_of = subject.config.as_of;
    let mut of_month = plan::rows(subject).filter(|session| session.unit == unit && session.month == Some(month));
    let of_year = plan::rows(subject).filter(|session| session.unit == unit && session.year == month.year);
    of_month.any(|session| session.is_unclear || plan::gives_reason(session) || plan::is_overdue(session, as_of))
        || of_year.filter_map(|session| session.note.as_deref()).any(|note| names_month(note, month.month))
}

/// Whether a note says of a month why nothing was held in it.
fn names_month(note: &str, month: u32) -> bool {
    const REASONS: &[&str] = &["因", "未", "没有", "停", "不安排", "少", "改在", "改到", "调到", "推迟", "取消"];
    let note = narrow(note).replace(' ', "");
    let named = format!("{month}月");
    let stands_alone = |at: usize| !note[..at].ends_with(|c: char| c.is_ascii_digit());
    note.match_indices(&named).any(|(at, _)| stands_alone(at)) && REASONS.iter().any(|reason| note.contains(reason))
}
