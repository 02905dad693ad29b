//! W403 实到多于应到
//!
//! What: more people than were expected, and no note that says why. Any note will do.
//!
//! Why: guests are welcome, but mostly two numbers were exchanged, and attendance counts for the
//! pacesetters.

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Place, Severity};
use crate::model::{Library, Session};

/// 实到多于应到.
pub const RULE: Rule = Rule {
    code: "W403",
    severity: Severity::Warning,
    title: "实到多于应到",
    message: "{文件} 第 {行} 行实到 {n} 人，多于应到 {m} 人。",
    remedy: "有旁听可在备注说明。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W403.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for session in subject.library.sessions.iter().filter(|session| session.note.is_none()) {
        let (Some(attended), Some(expected)) = (session.attended, session.expected) else { continue };
        if attended > expected {
            let place = place(subject.library, session);
            findings.push(Finding::new("W403", place).with("n", attended).with("m", expected));
        }
    }
}

/// The row of the plan, or the line of the front matter that tells of the session.
fn place(library: &Library, session: &Session) -> Place {
    let own = session.lesson.and_then(|id| library.lesson(id).session.as_ref());
    own.filter(|_| session.place.line == 0).map_or_else(|| session.place.clone(), |own| own.place.clone())
}
