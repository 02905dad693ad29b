//! E105 行首用了 Tab 键
//!
//! What: a tab in the indent of front matter or a settings file; it is read as two spaces.
//!
//! Why: YAML forbids tabs there, and how deep one indents differs from editor to editor.

use super::Rule;
use crate::base::Severity;

/// 行首用了 Tab 键.
pub const RULE: Rule = Rule {
    code: "E105",
    severity: Severity::Error,
    title: "行首用了 Tab 键",
    message: "{文件} 第 {行} 行开头用了 Tab 键。",
    remedy: "请改成两个空格。",
    check: None,
    manual: include_str!("../../tests/rules/E105.md"),
};
