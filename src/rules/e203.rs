//! E203 重名分不清
//!
//! What: a name that several people of the roster have, none of them alone in the unit at hand. Where the unit does not tell
//! them apart either, only the number is recommended.
//!
//! Why: two people must never be counted as one.

use super::Rule;
use crate::base::Severity;

/// 重名分不清.
pub const RULE: Rule = Rule {
    code: "E203",
    severity: Severity::Error,
    title: "重名分不清",
    message: "人员名册里有 {n} 位“{名}”（{单位们}）。",
    remedy: "请在 {文件} 第 {行} 行写成“{名}（{单位1}）”或写人员编号。{改法}",
    check: None,
    manual: include_str!("../../tests/rules/E203.md"),
};
