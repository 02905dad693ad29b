//! E207 不需要的个人信息
//!
//! What: a column of the roster with identity numbers, telephone numbers, addresses and the like.
//!
//! Why: what is not there cannot leak.

use super::Rule;
use crate::base::Severity;

/// 不需要的个人信息.
pub const RULE: Rule = Rule {
    code: "E207",
    severity: Severity::Error,
    title: "不需要的个人信息",
    message: "人员名册里有“{列}”这一列。",
    remedy: "教材库不需要这类个人信息，请删掉整列后再保存。",
    check: None,
    manual: include_str!("../../tests/rules/E207.md"),
};
