//! E703 有错误，未发布
//!
//! What: an attempt to publish while there are errors.
//!
//! Why: what is published is taken for right.

use super::Rule;
use crate::base::Severity;

/// 有错误，未发布.
pub const RULE: Rule = Rule {
    code: "E703",
    severity: Severity::Error,
    title: "有错误，未发布",
    message: "还有 {n} 处错误没有改，未发布。",
    remedy: "请先看上面的清单；确需先发布可加 --allow-errors，问题记录会写进“问题清单”。",
    check: None,
    manual: include_str!("../../tests/rules/E703.md"),
};
