//! E101 文字读不出来
//!
//! What: a text file whose bytes are neither UTF-8, UTF-16 with a mark, nor GB18030.
//!
//! Why: the file keeps its page, but with nothing on it; usually it is a Word file that was only
//! renamed.

use super::Rule;
use crate::base::Severity;

/// 文字读不出来.
pub const RULE: Rule = Rule {
    code: "E101",
    severity: Severity::Error,
    title: "文字读不出来",
    message: "{文件} 不是 UTF-8 或 GBK 文字，读不出来。",
    remedy: "请用记事本打开，选“另存为”，编码选“UTF-8”，再放回原处。",
    check: None,
    manual: include_str!("../../tests/rules/E101.md"),
};
