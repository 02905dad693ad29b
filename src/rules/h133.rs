//! H133 日期没写年份
//!
//! What: a day such as 11月14日 in a table of a unit's year.
//!
//! Why: spreadsheets save what was typed as 11/14 without its year; it is read as a day of the
//! year's folder.

use super::Rule;
use crate::base::Severity;

/// 日期没写年份.
pub const RULE: Rule = Rule {
    code: "H133",
    severity: Severity::Hint,
    title: "日期没写年份",
    message: "{文件} 第 {行} 行“{键}: {值}”没写年份，已按 {日} 读取。",
    remedy: "建议写成 {日}；表格里的请把这一列设成带年份的日期格式，再另存一次。",
    check: None,
    manual: include_str!("../../tests/rules/H133.md"),
};
