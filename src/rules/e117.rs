//! E117 附件找不到
//!
//! What: an attachment that is named but does not lie beside the lesson.
//!
//! Why: readers would click on nothing.

use super::Rule;
use crate::base::Severity;

/// 附件找不到.
pub const RULE: Rule = Rule {
    code: "E117",
    severity: Severity::Error,
    title: "附件找不到",
    message: "{文件} 第 {行} 行的附件“{名}”找不到。",
    remedy: "请把附件放进同一文件夹，并核对文件名和扩展名。",
    check: None,
    manual: include_str!("../../tests/rules/E117.md"),
};
