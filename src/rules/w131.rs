//! W131 信息栏没有“---”
//!
//! What: keys such as 标题 or 草稿 at the top of a file, without the lines of `---` around them.
//!
//! Why: without them 草稿: 是 would be a sentence of the text, and the text would be published.

use super::Rule;
use crate::base::Severity;

/// 信息栏没有“---”.
pub const RULE: Rule = Rule {
    code: "W131",
    severity: Severity::Warning,
    title: "信息栏没有“---”",
    message: "{文件} 开头写了“{键}”等栏目，上面却没有“---”，已按信息栏读取。",
    remedy: "请在这些栏目的上面和下面各加一行“---”。",
    check: None,
    manual: include_str!("../../tests/rules/W131.md"),
};
