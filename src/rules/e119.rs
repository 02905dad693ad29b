//! E119 编号重复
//!
//! What: two lessons with the same number; the first keeps it.
//!
//! Why: plans, links and awards name lessons by their number.

use super::Rule;
use crate::base::Severity;

/// 编号重复.
pub const RULE: Rule = Rule {
    code: "E119",
    severity: Severity::Error,
    title: "编号重复",
    message: "{文件A} 与 {文件B} 的编号都是“{id}”。",
    remedy: "请改其中一个的编号或文件名。",
    check: None,
    manual: include_str!("../../tests/rules/E119.md"),
};
