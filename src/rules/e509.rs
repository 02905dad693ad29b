//! E509 标兵权重合计不是 100
//!
//! What: the three weights of the pacesetters do not sum up to a hundred. They are left out: the default
//! of 40, 30 and 30 stands.
//!
//! Why: with another sum nobody could compare the score with the marks (gap G11).

use super::Rule;
use crate::base::Severity;

/// 标兵权重合计不是 100.
pub const RULE: Rule = Rule {
    code: "E509",
    severity: Severity::Error,
    title: "标兵权重合计不是 100",
    message: "站点设置里岗位履职标兵三项权重合计 {x}%，应当是 100%。",
    remedy: "请修改 标兵权重。",
    check: None,
    manual: include_str!("../../tests/rules/E509.md"),
};
