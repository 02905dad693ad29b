//! W202 人员不在名册里
//!
//! What: an instructor whom the roster does not have.
//!
//! Why: rates and honours are counted by person.

use super::Rule;
use crate::base::Severity;

/// 人员不在名册里.
pub const RULE: Rule = Rule {
    code: "W202",
    severity: Severity::Warning,
    title: "人员不在名册里",
    message: "{文件} 第 {行} 行的“{名}”不在人员名册里，暂按“{名}”显示，不计入个人统计。",
    remedy: "新同志请先在人员名册.csv 加一行。",
    check: None,
    manual: include_str!("../../tests/rules/W202.md"),
};
