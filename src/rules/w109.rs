//! W109 没写标题
//!
//! What: a lesson or an article without a title; its first heading or its file name stands in.
//!
//! Why: lists and search show titles. It is only a hint, because a bare file must be welcome
//! (DOMAIN.md 3.2).

use super::Rule;
use crate::base::Severity;

/// 没写标题.
pub const RULE: Rule = Rule {
    code: "W109",
    severity: Severity::Hint,
    title: "没写标题",
    message: "{文件} 没写标题，已用“{替代}”代替。",
    remedy: "建议在开头加一行“标题: …”。",
    check: None,
    manual: include_str!("../../tests/rules/W109.md"),
};
