//! H125 日期像表格序号
//!
//! What: a bare number in a date column that spreadsheets use for a day.
//!
//! Why: it is read as that day, but a person cannot check it by eye (DOMAIN.md 7).

use super::Rule;
use crate::base::Severity;

/// 日期像表格序号.
pub const RULE: Rule = Rule {
    code: "H125",
    severity: Severity::Hint,
    title: "日期像表格序号",
    message: "{文件} 第 {行} 行“{键}: {值}”像是表格里的日期序号，已按 {日} 读取。",
    remedy: "建议写成 {日}；表格里的请把这一列设成“日期”格式，再另存一次。",
    check: None,
    manual: include_str!("../../tests/rules/H125.md"),
};
