//! E132 缺必填的一格
//!
//! What: a row of a table without the topic or the name that the row is about.
//!
//! Why: such a row counts nowhere, and what has vanished without a word is missed at the end of
//! the year.

use super::Rule;
use crate::base::Severity;

/// 缺必填的一格.
pub const RULE: Rule = Rule {
    code: "E132",
    severity: Severity::Error,
    title: "缺必填的一格",
    message: "{文件} 第 {行} 行缺“{列}”，这一行没有计入。",
    remedy: "请补上，例如“{例}”。",
    check: None,
    manual: include_str!("../../tests/rules/E132.md"),
};
