//! W602 疑似身份证号
//!
//! What: eighteen digits, or seventeen and an X, that name a region and a day and whose check sign
//! is right.
//!
//! Why: cases in lessons come from real files, and a number that was left in is published with them
//! (DOMAIN.md 3.7).

use super::{Rule, Subject, scan};
use crate::base::{Finding, Findings, Severity};
use crate::source::may_hold_numbers;

/// 疑似身份证号.
pub const RULE: Rule = Rule {
    code: "W602",
    severity: Severity::Warning,
    title: "疑似身份证号",
    message: "{文件} 第 {行} 行疑似身份证号。",
    remedy: "请改成“张某”或用“*”遮住。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W602.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    scan::report(
        subject,
        findings,
        |facts| facts.has_numbers,
        may_hold_numbers,
        scan::identity_numbers,
        |place, _| Finding::new("W602", place),
    );
}
