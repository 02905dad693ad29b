//! H146 图片带拍摄地点
//!
//! What: a photograph that tells where it was taken.
//!
//! Why: the copy on the site is without it, but whoever gets the original learns it.

use super::{Rule, Subject, attachments};
use crate::base::{Findings, Severity};

/// 图片带拍摄地点.
pub const RULE: Rule = Rule {
    code: "H146",
    severity: Severity::Hint,
    title: "图片带拍摄地点",
    message: "图片“{名}”带有拍摄地点，发布时已经去掉；原文件里还有。",
    remedy: "介意的话，请在手机或相机里关掉定位，或用去掉位置的副本换掉原文件。",
    check: Some(check),
    manual: include_str!("../../tests/rules/H146.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    attachments::report("H146", subject, findings, |_, inside| inside.has_location);
}
