//! E118 两个同类文件
//!
//! What: a file under its English and under its Chinese name in one folder; the first is used.
//!
//! Why: one of the two is out of date, and only people know which.

use super::Rule;
use crate::base::Severity;

/// 两个同类文件.
pub const RULE: Rule = Rule {
    code: "E118",
    severity: Severity::Error,
    title: "两个同类文件",
    message: "{目录} 里同时有“{a}”和“{b}”，程序不知道用哪个。",
    remedy: "请合并后删掉一个。",
    check: None,
    manual: include_str!("../../tests/rules/E118.md"),
};
