//! E122 链接找不到
//!
//! What: a link, a picture or a reference whose target is not in the library.
//!
//! Why: readers would click on nothing. Pictures by `C:\` path are the usual cause.

use super::Rule;
use crate::base::Severity;

/// 链接找不到.
pub const RULE: Rule = Rule {
    code: "E122",
    severity: Severity::Error,
    title: "链接找不到",
    message: "{文件} 第 {行} 行的链接“{目标}”找不到。",
    remedy: "请核对文件名，或写教案的标题，例如 [[{例}]]。{补充}",
    check: None,
    manual: include_str!("../../tests/rules/E122.md"),
};
