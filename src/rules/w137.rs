//! W137 指向别处的链接
//!
//! What: a symbolic link in the content folder that leads out of it, or to a folder.
//!
//! Why: whoever may put a link into the folder could otherwise publish any file that the
//! program can read (DESIGN: links cannot leave the library).

use super::Rule;
use crate::base::Severity;

/// 指向别处的链接.
pub const RULE: Rule = Rule {
    code: "W137",
    severity: Severity::Warning,
    title: "指向别处的链接",
    message: "{文件} 是指向别处的链接，为防误发没有读取。",
    remedy: "请把文件本身复制到这里。",
    check: None,
    manual: include_str!("../../tests/rules/W137.md"),
};
