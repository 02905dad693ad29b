//! E702 还没有教案
//!
//! What: a library without a single lesson.
//!
//! Why: an empty site would be published by mistake, mostly from the wrong folder.

use super::Rule;
use crate::base::Severity;

/// 还没有教案.
pub const RULE: Rule = Rule {
    code: "E702",
    severity: Severity::Error,
    title: "还没有教案",
    message: "content 里还没有任何教案。",
    remedy: "请先运行“{bin} new lesson”，或把教案放进 units/单位/年份/lessons/。",
    check: None,
    manual: include_str!("../../tests/rules/E702.md"),
};
