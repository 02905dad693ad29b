//! W111 标题太长
//!
//! What: a title of more than thirty characters.
//!
//! Why: lists, menus and printed tables cut it off.

use super::Rule;
use crate::base::Severity;

/// 标题太长.
pub const RULE: Rule = Rule {
    code: "W111",
    severity: Severity::Warning,
    title: "标题太长",
    message: "{文件} 的标题有 {n} 个字，列表里会显示不全。",
    remedy: "建议 30 字以内，细节写到“摘要”。",
    check: None,
    manual: include_str!("../../tests/rules/W111.md"),
};
