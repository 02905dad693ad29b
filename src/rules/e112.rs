//! E112 日期看不懂
//!
//! What: a date or a month in none of the known ways of writing one; it is left out.
//!
//! Why: the year of an award and the month of a plan depend on it.

use super::Rule;
use crate::base::Severity;

/// 日期看不懂.
pub const RULE: Rule = Rule {
    code: "E112",
    severity: Severity::Error,
    title: "日期看不懂",
    message: "{文件} 第 {行} 行“{键}: {值}”看不出是哪一天。",
    remedy: "请写成 {例}。",
    check: None,
    manual: include_str!("../../tests/rules/E112.md"),
};
