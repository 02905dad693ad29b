//! W312 教案还没有入库
//!
//! What: a row of the plan that names a lesson which the library does not have.
//!
//! Why: the row and the lesson would not be connected (directive S60).

use super::Rule;
use crate::base::Severity;

/// 教案还没有入库.
pub const RULE: Rule = Rule {
    code: "W312",
    severity: Severity::Warning,
    title: "教案还没有入库",
    message: "{文件} 第 {行} 行的教案“{值}”还没有入库。",
    remedy: "请核对编号，或把教案放进 lessons 文件夹。",
    check: None,
    manual: include_str!("../../tests/rules/W312.md"),
};
