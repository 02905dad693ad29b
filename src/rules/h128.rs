//! H128 写法提示
//!
//! What: a way of writing that looks like Markdown and is none, such as `1、` or `＃标题`.
//!
//! Why: the writer meant a list or a heading, and the page shows plain text.

use super::Rule;
use crate::base::Severity;

/// 写法提示.
pub const RULE: Rule = Rule {
    code: "H128",
    severity: Severity::Hint,
    title: "写法提示",
    message: "{文件} 第 {行} 行：{内容}。",
    remedy: "{改法}。",
    check: None,
    manual: include_str!("../../tests/rules/H128.md"),
};
