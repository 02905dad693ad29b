//! E120 缺少一列
//!
//! What: a table without a column that its rows make no sense without.
//!
//! Why: without it no row can be read.

use super::Rule;
use crate::base::Severity;

/// 缺少一列.
pub const RULE: Rule = Rule {
    code: "E120",
    severity: Severity::Error,
    title: "缺少一列",
    message: "{文件} 缺少“{列}”这一列。",
    remedy: "第一行表头应为：{表头}。可以从网站的“表格”页下载空白表。",
    check: None,
    manual: include_str!("../../tests/rules/E120.md"),
};
