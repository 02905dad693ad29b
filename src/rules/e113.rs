//! E113 没有这一天
//!
//! What: a well-written date that the calendar does not have, such as 30 February.
//!
//! Why: it is a slip, and no program can know which day was meant.

use super::Rule;
use crate::base::Severity;

/// 没有这一天.
pub const RULE: Rule = Rule {
    code: "E113",
    severity: Severity::Error,
    title: "没有这一天",
    message: "{文件} 第 {行} 行的“{值}”这一天不存在。",
    remedy: "请核对日期。",
    check: None,
    manual: include_str!("../../tests/rules/E113.md"),
};
