//! E114 年份与文件夹不符
//!
//! What: a date or a year in the front matter that contradicts the year of the folder; the date is
//! left out.
//!
//! Why: plans, rates and awards are counted by year.

use super::Rule;
use crate::base::Severity;

/// 年份与文件夹不符.
pub const RULE: Rule = Rule {
    code: "E114",
    severity: Severity::Error,
    title: "年份与文件夹不符",
    message: "{文件} 放在 {目录年} 年文件夹，日期却是 {年} 年。",
    remedy: "请改日期，或把文件移到 {年} 年文件夹。",
    check: None,
    manual: include_str!("../../tests/rules/E114.md"),
};
