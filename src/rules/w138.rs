//! W138 网页或脚本文件
//!
//! What: an HTML page, a script, or a drawing with a script among the files of the library.
//!
//! Why: opened from the site it would run with the rights of the site (DESIGN: untrusted
//! by default).

use super::Rule;
use crate::base::Severity;

/// 网页或脚本文件.
pub const RULE: Rule = Rule {
    code: "W138",
    severity: Severity::Warning,
    title: "网页或脚本文件",
    message: "{文件} 是网页、脚本或带脚本的图，为安全没有发布。",
    remedy: "请另存为 docx、pdf 或 png 再放进来。",
    check: None,
    manual: include_str!("../../tests/rules/W138.md"),
};
