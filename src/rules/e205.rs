//! E205 出生年月算不出年龄
//!
//! What: a birth month that cannot be read.
//!
//! Why: whether somebody is 46 or younger decides who should declare a lesson (directive S29). The
//! month itself is never published.

use super::Rule;
use crate::base::Severity;

/// 出生年月算不出年龄.
pub const RULE: Rule = Rule {
    code: "E205",
    severity: Severity::Error,
    title: "出生年月算不出年龄",
    message: "人员名册第 {行} 行的出生年月“{值}”算不出年龄。",
    remedy: "请写成 1985-06。",
    check: None,
    manual: include_str!("../../tests/rules/E205.md"),
};
