//! E503 优秀课件的作者不是优秀教员
//!
//! What: courseware on the list, and none of its authors is an excellent instructor of the year. A
//! listing that does not count (E501, E502) makes nobody one. The courseware is left out.
//!
//! Why: excellent courseware is chosen from the work of the excellent instructors.
//!
//! Source: 从优秀教员的课件(教案)中评选 (S69).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Refusal;
use crate::model::LessonId;

/// 优秀课件的作者不是优秀教员.
pub const RULE: Rule = Rule {
    code: "E503",
    severity: Severity::Error,
    title: "优秀课件的作者不是优秀教员",
    message: "优秀课件“{课题}”的作者 {名} 不在 {年}年优秀教员名单里。",
    remedy: "优秀课件应从优秀教员的课件中评选，请核对名单。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E503.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| refused.why == Refusal::AuthorNotExcellent) {
        let Some(lesson) = refused.lesson else { continue };
        let finding = awards::about("E503", subject, year, refused);
        findings.push(finding.with("课题", &subject.library.lesson(lesson).title).with("名", authors(subject, lesson)));
    }
}

fn authors(subject: &Subject<'_>, lesson: LessonId) -> String {
    let names: Vec<&str> =
        subject.library.lesson(lesson).instructors.iter().map(|author| awards::name(subject, author)).collect();
    if names.is_empty() { "（没写小教员）".to_owned() } else { names.join("、") }
}
