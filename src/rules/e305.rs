//! E305 月份看不懂
//!
//! What: a month of the plan that cannot be read.
//!
//! Why: one or two sessions a month is what a plan is about (directive S41).

use super::Rule;
use crate::base::Severity;

/// 月份看不懂.
pub const RULE: Rule = Rule {
    code: "E305",
    severity: Severity::Error,
    title: "月份看不懂",
    message: "{文件} 第 {行} 行的月份“{值}”看不懂。",
    remedy: "请写 1 到 12，或 2025-03。",
    check: None,
    manual: include_str!("../../tests/rules/E305.md"),
};
