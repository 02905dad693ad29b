//! E801 模板有错
//!
//! What: a template that cannot be read, or that asks for a value which its page does not have.
//!
//! Why: pages are made from templates, and one mistake is missing on every page of its kind.

use super::Rule;
use crate::base::Severity;

/// 模板有错.
pub const RULE: Rule = Rule {
    code: "E801",
    severity: Severity::Error,
    title: "模板有错",
    message: "模板 {文件} 第 {行} 行有错，用到它的页面没有生成：{原因}",
    remedy: "请改正这一行；改不好就删掉这个模板文件，用默认主题里的同名模板。",
    check: None,
    manual: include_str!("../../tests/rules/E801.md"),
};
