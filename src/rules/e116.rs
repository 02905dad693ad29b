//! E116 不在可选范围内
//!
//! What: a word that a closed list does not have (DOMAIN.md 3.4).
//!
//! A word of 草稿, 公开范围 or 状态 that nobody can read holds the whole text back (DOMAIN.md 3.7).
//!
//! Why: filters and tables only work when everybody uses the same words.

use super::Rule;
use crate::base::Severity;

/// 不在可选范围内.
pub const RULE: Rule = Rule {
    code: "E116",
    severity: Severity::Error,
    title: "不在可选范围内",
    message: "{文件} 第 {行} 行“{键}: {值}”不在可选范围内。",
    remedy: "可以写：{列表}。是不是想写“{近似}”？{后果}。",
    check: None,
    manual: include_str!("../../tests/rules/E116.md"),
};
