//! H127 没有用到的文件
//!
//! What: a picture or a file in a lessons folder that no page shows or offers.
//!
//! Why: mostly its name was written differently in the text.

use super::Rule;
use crate::base::Severity;

/// 没有用到的文件.
pub const RULE: Rule = Rule {
    code: "H127",
    severity: Severity::Hint,
    title: "没有用到的文件",
    message: "“{名}”还没有哪个页面用到。",
    remedy: "要用的话，请在教案里写上它的文件名；不用了可以删掉。",
    check: None,
    manual: include_str!("../../tests/rules/H127.md"),
};
