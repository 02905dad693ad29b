//! W130 放错了地方或起错了名字
//!
//! What: a file that looks like a table, a lesson or courseware, but lies where the library does
//! not look for one, or has a name or a format that it does not read.
//!
//! Why: a plan that is passed over without a word is missed when the year is reckoned.

use super::Rule;
use crate::base::Severity;

/// 放错了地方或起错了名字.
pub const RULE: Rule = Rule {
    code: "W130",
    severity: Severity::Warning,
    title: "放错了地方或起错了名字",
    message: "{文件} 看起来是{表名}，{原因}，没有当作{表名}读取。",
    remedy: "{改法}。",
    check: None,
    manual: include_str!("../../tests/rules/W130.md"),
};
