//! W107 不认识的栏目
//!
//! What: a key or a column that no record of this kind has.
//!
//! Why: a slip of the pen in a key loses the value without a sound.

use super::Rule;
use crate::base::Severity;

/// 不认识的栏目.
pub const RULE: Rule = Rule {
    code: "W107",
    severity: Severity::Warning,
    title: "不认识的栏目",
    message: "{文件} 第 {行} 行的“{键}”不是认识的栏目，已忽略。",
    remedy: "是不是想写“{近似}”？{后果}。全部栏目见“填写说明”。",
    check: None,
    manual: include_str!("../../tests/rules/W107.md"),
};
