//! W316 当月互动教学次数不足
//!
//! What: a month that is over and in which a unit held fewer sessions than the setting 每月次数 asks
//! for, but some. With the usual 1 to 2 there is no such month; one with none is W306. The same
//! months and years are left alone as there.
//!
//! Why: the least is the unit's own choice; months below it do not count as met.
//!
//! Source: 每月安排1-2次互动教学 (S41).

use super::{Rule, Subject, w306};
use crate::base::{Findings, Severity};
use crate::ledger::MonthState;

/// 当月互动教学次数不足.
pub const RULE: Rule = Rule {
    code: "W316",
    severity: Severity::Warning,
    title: "当月互动教学次数不足",
    message: "{单位}{年}年{月}月只有 {n} 次互动教学。",
    remedy: "每月应安排 {次数} 次，请补排，或在备注写明原因，例如“{月}月因专项检查少排一次”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W316.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    w306::report("W316", MonthState::Short, subject, findings);
}
