//! W110 空文件
//!
//! What: a lesson or an article with nothing in it.
//!
//! Why: the page exists already, so that colleagues can see that the lesson is on its way.

use super::Rule;
use crate::base::Severity;

/// 空文件.
pub const RULE: Rule = Rule {
    code: "W110",
    severity: Severity::Warning,
    title: "空文件",
    message: "{文件} 是空的，页面上显示“教案内容待补充”。",
    remedy: "写好内容后重新生成即可。",
    check: None,
    manual: include_str!("../../tests/rules/W110.md"),
};
