//! H126 像是副本
//!
//! What: two lessons of one unit and year with the same title, such as `xxx - 副本.md`.
//!
//! Why: readers find two pages and cannot tell which one counts (DOMAIN.md 7).

use super::Rule;
use crate::base::Severity;

/// 像是副本.
pub const RULE: Rule = Rule {
    code: "H126",
    severity: Severity::Hint,
    title: "像是副本",
    message: "{文件} 与 {文件A} 的标题都是“{标题}”，像是同一份教案的副本。",
    remedy: "请核对后删掉一份，或给它们起不同的标题。",
    check: None,
    manual: include_str!("../../tests/rules/H126.md"),
};
