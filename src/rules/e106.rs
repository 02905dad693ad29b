//! E106 冒号或引号看不懂
//!
//! What: a value that YAML cannot read, mostly because of a quote without its twin. Only this value
//! is left out.
//!
//! Why: a guess at what was meant would put a wrong title on the page.

use super::Rule;
use crate::base::Severity;

/// 冒号或引号看不懂.
pub const RULE: Rule = Rule {
    code: "E106",
    severity: Severity::Error,
    title: "冒号或引号看不懂",
    message: "{文件} 第 {行} 行内容里有英文冒号或引号，程序看不懂。",
    remedy: "请给整段内容加英文引号，例如 标题: \"广告法: 九不准\"。",
    check: None,
    manual: include_str!("../../tests/rules/E106.md"),
};
