//! E108 同一栏目写了两次
//!
//! What: a field that is written twice, under the same name or under two names of it; the first
//! counts.
//!
//! Why: the program cannot know which of the two values is the right one.

use super::Rule;
use crate::base::Severity;

/// 同一栏目写了两次.
pub const RULE: Rule = Rule {
    code: "E108",
    severity: Severity::Error,
    title: "同一栏目写了两次",
    message: "{文件} 第 {行} 行的“{键}”与第 {行1} 行的“{键1}”是同一个栏目。",
    remedy: "请只留一个。",
    check: None,
    manual: include_str!("../../tests/rules/E108.md"),
};
