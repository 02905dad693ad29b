//! E121 格数对不上
//!
//! What: a row with more cells than the header has columns.
//!
//! Why: a comma inside a cell without quotes shifts everything after it.

use super::Rule;
use crate::base::Severity;

/// 格数对不上.
pub const RULE: Rule = Rule {
    code: "E121",
    severity: Severity::Error,
    title: "格数对不上",
    message: "{文件} 第 {行} 行有 {n} 格，表头有 {m} 格。",
    remedy: "多半是内容里有逗号，请在 Excel 里另存，不要用记事本改。",
    check: None,
    manual: include_str!("../../tests/rules/E121.md"),
};
