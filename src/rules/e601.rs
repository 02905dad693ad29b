//! E601 疑似涉密
//!
//! What: 绝密, 机密 or 秘密 with a star behind it in any text, or as a mark in the name of a file. The
//! words alone (商业秘密, 国家秘密) are no marks. A file with a mark is left out whole: no page, no copy.
//!
//! Why: what is published on an intranet is read by everybody, and by every backup. This is the one
//! problem that must be acted upon at once.

use super::{Rule, Subject, scan};
use crate::base::{Finding, Findings, Place, Severity};
use crate::source::{may_be_secret, secrecy_in_name, secrecy_marks};

/// 疑似涉密.
pub const RULE: Rule = Rule {
    code: "E601",
    severity: Severity::Error,
    title: "疑似涉密",
    message: "{文件} 第 {行} 行出现“{词}”字样，疑似涉密。",
    remedy: "涉密材料不得放入教材库，请立即移走并告知保密员。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E601.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for file in &subject.sources.files {
        if let Some(word) = file.path.as_str().split('/').find_map(secrecy_in_name) {
            findings.push(Finding::file("E601", &file.path).with("词", word));
        }
    }
    scan::report(subject, findings, |facts| facts.is_secret, may_be_secret, secrecy_marks, finding);
}

fn finding(place: Place, mark: &[char]) -> Finding {
    let word: String = mark.iter().filter(|c| !c.is_whitespace()).take(2).collect();
    Finding::new("E601", place).with("词", word)
}
