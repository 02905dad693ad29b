//! E115 不是数字
//!
//! What: a text where a whole number belongs; units such as 人 and 分钟 are understood.
//!
//! Why: what cannot be counted is left out of every rate.

use super::Rule;
use crate::base::Severity;

/// 不是数字.
pub const RULE: Rule = Rule {
    code: "E115",
    severity: Severity::Error,
    title: "不是数字",
    message: "{文件} 第 {行} 行“{键}”应当是数字，现在是“{值}”。",
    remedy: "请只写数字，例如 24。",
    check: None,
    manual: include_str!("../../tests/rules/E115.md"),
};
