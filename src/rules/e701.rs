//! E701 输出文件夹里有别的文件
//!
//! What: an output folder that holds files which no build of ours made.
//!
//! Why: a build removes what it does not make, and must never remove somebody's work.

use super::Rule;
use crate::base::Severity;

/// 输出文件夹里有别的文件.
pub const RULE: Rule = Rule {
    code: "E701",
    severity: Severity::Error,
    title: "输出文件夹里有别的文件",
    message: "输出文件夹 {路径} 里有不是本程序生成的文件，为防误删已停止。",
    remedy: "请换一个空文件夹。",
    check: None,
    manual: include_str!("../../tests/rules/E701.md"),
};
