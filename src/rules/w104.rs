//! W104 中文冒号
//!
//! What: a full-width colon between a key and its value; it is read as if it were a narrow one.
//!
//! Why: Chinese input methods type it by themselves, and other programs do not understand it.

use super::Rule;
use crate::base::Severity;

/// 中文冒号.
pub const RULE: Rule = Rule {
    code: "W104",
    severity: Severity::Warning,
    title: "中文冒号",
    message: "{文件} 第 {行} 行“{原文}”用了中文冒号“：”，已按“{键}: {值}”读取。",
    remedy: "建议改成英文冒号加空格。",
    check: None,
    manual: include_str!("../../tests/rules/W104.md"),
};
