//! W102 GBK 编码
//!
//! What: a file in GBK, what Notepad and Excel on Chinese Windows write.
//!
//! Why: it is read without loss here, but other programs show it as mojibake.

use super::Rule;
use crate::base::Severity;

/// GBK 编码.
pub const RULE: Rule = Rule {
    code: "W102",
    severity: Severity::Warning,
    title: "GBK 编码",
    message: "{文件} 是 GBK 编码，已自动转换。",
    remedy: "建议另存为 UTF-8，换电脑时不会乱码。",
    check: None,
    manual: include_str!("../../tests/rules/W102.md"),
};
