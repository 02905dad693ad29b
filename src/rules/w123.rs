//! W123 网页代码
//!
//! What: HTML in a text that is not on the list of harmless marks, scripts above all.
//!
//! Why: pages come from many hands, and one script could read what others type.

use super::Rule;
use crate::base::Severity;

/// 网页代码.
pub const RULE: Rule = Rule {
    code: "W123",
    severity: Severity::Warning,
    title: "网页代码",
    message: "{文件} 第 {行} 行有网页代码，为安全已按普通文字显示。",
    remedy: "请改用普通 Markdown 写法。",
    check: None,
    manual: include_str!("../../tests/rules/W123.md"),
};
