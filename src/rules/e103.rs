//! E103 信息栏没有收尾
//!
//! What: front matter that is opened with `---` and never closed. The lines that look like keys are
//! read.
//!
//! Why: without an end nobody can tell for certain where the text of the lesson begins.

use super::Rule;
use crate::base::Severity;

/// 信息栏没有收尾.
pub const RULE: Rule = Rule {
    code: "E103",
    severity: Severity::Error,
    title: "信息栏没有收尾",
    message: "{文件} 第 {行} 行有“---”，却没有找到收尾的“---”。",
    remedy: "请在信息栏最后单独加一行“---”。",
    check: None,
    manual: include_str!("../../tests/rules/E103.md"),
};
