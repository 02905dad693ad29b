//! W603 疑似手机号
//!
//! What: eleven digits that begin with 13 to 19, in one run or grouped as 138-0000-0000. Numbers
//! within addresses of pages and letters, amounts of money and masked numbers are left alone.
//!
//! Why: parties and colleagues did not agree to have their numbers published (DOMAIN.md 3.7).

use super::{Rule, Subject, scan};
use crate::base::{Finding, Findings, Severity};
use crate::source::may_hold_numbers;

/// 疑似手机号.
pub const RULE: Rule = Rule {
    code: "W603",
    severity: Severity::Warning,
    title: "疑似手机号",
    message: "{文件} 第 {行} 行疑似手机号。",
    remedy: "请删掉或遮住中间四位。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W603.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    scan::report(
        subject,
        findings,
        |facts| facts.has_numbers,
        may_hold_numbers,
        scan::mobile_numbers,
        |place, _| Finding::new("W603", place),
    );
}
