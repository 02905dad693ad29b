//! E409 票数写成了百分比
//!
//! What: a percentage in a column of ballots. The row is left out: its session counts as not
//! evaluated.
//!
//! Why: rates are reckoned and compared in whole ballots; out of a percentage nobody can tell how
//! many people voted (DOMAIN.md 3.3).

use super::Rule;
use crate::base::Severity;

/// 票数写成了百分比.
pub const RULE: Rule = Rule {
    code: "E409",
    severity: Severity::Error,
    title: "票数写成了百分比",
    message: "{文件} 第 {行} 行“{列}”写的是“{值}”。",
    remedy: "请写票数，不要写百分比。",
    check: None,
    manual: include_str!("../../tests/rules/E409.md"),
};
