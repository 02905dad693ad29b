//! E201 单位不在目录里
//!
//! What: a unit in the roster that has no folder.
//!
//! Why: coverage and unit tables count people by unit.

use super::Rule;
use crate::base::Severity;

/// 单位不在目录里.
pub const RULE: Rule = Rule {
    code: "E201",
    severity: Severity::Error,
    title: "单位不在目录里",
    message: "{文件} 第 {行} 行的单位“{值}”不在单位目录里。",
    remedy: "是不是“{近似}”？新单位请先在 units 下建文件夹，里面放一个 unit.yaml。",
    check: None,
    manual: include_str!("../../tests/rules/E201.md"),
};
