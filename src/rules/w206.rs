//! W206 没填出生年月
//!
//! What: a blank birth month in a roster that has birth months.
//!
//! Why: coverage counts people of 46 or younger (directive S29).

use super::Rule;
use crate::base::Severity;

/// 没填出生年月.
pub const RULE: Rule = Rule {
    code: "W206",
    severity: Severity::Warning,
    title: "没填出生年月",
    message: "人员名册第 {行} 行“{名}”没填出生年月，申报覆盖率不把他（她）计算在内。",
    remedy: "",
    check: None,
    manual: include_str!("../../tests/rules/W206.md"),
};
