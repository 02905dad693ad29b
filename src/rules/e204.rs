//! E204 人员编号重复
//!
//! What: a number that stands in two rows which are not a transfer of one person.
//!
//! Why: the number is what makes a person the same person over the years.

use super::Rule;
use crate::base::Severity;

/// 人员编号重复.
pub const RULE: Rule = Rule {
    code: "E204",
    severity: Severity::Error,
    title: "人员编号重复",
    message: "人员名册第 {行} 行的编号“{id}”与第 {行1} 行重复。",
    remedy: "每人一个编号；调动的同志请用同一编号并填“起始、截止”。",
    check: None,
    manual: include_str!("../../tests/rules/E204.md"),
};
