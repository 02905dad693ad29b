//! W313 已授课，还没有教案
//!
//! What: a row of the plan that was held and has no lesson in the library. A row that names a
//! lesson which is not there is W312.
//!
//! Why: the library is compiled from the plans that instructors send to the clerk before they
//! teach.
//!
//! Source: 事先邮件发给内勤，整理形成“互动式岗位教学法教材库” (S60).

use super::{Rule, Subject, plan};
use crate::base::text::fold;
use crate::base::{Findings, Severity, SourcePath};
use crate::model::{Library, Session};
use crate::source::Sources;

/// 已授课，还没有教案.
pub const RULE: Rule = Rule {
    code: "W313",
    severity: Severity::Warning,
    title: "已授课，还没有教案",
    message: "“{课题}”已于 {日} 授课，教材库里还没有教案。",
    remedy: "请向{小教员}收取后放进 {目录}，文件名与课题相同，或在计划的“教案”一栏写上文件名。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W313.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let held = plan::rows(subject).filter(|session| session.is_held(subject.config.as_of));
    for session in held.filter(|session| session.lesson.is_none() && session.written_lesson.is_none()) {
        let Some(day) = session.held.filter(|_| !is_kept_back(subject.library, session)) else { continue };
        let names = plan::instructors(subject, session);
        let from = if names.is_empty() { "授课人" } else { &names };
        let finding = plan::about("W313", subject, session).with("日", day).with("小教员", from);
        findings.push(finding.with("目录", lessons_folder(subject.sources, &session.place.file)));
    }
}

/// A lesson that is a draft, or not to be published, has been handed in all the same.
fn is_kept_back(library: &Library, session: &Session) -> bool {
    let topic = fold(&session.topic);
    library
        .kept_back
        .iter()
        .any(|lesson| lesson.unit == session.unit && lesson.year == Some(session.year) && lesson.is_called(&topic))
}

/// The folder for lessons beside a plan, under the name that this year's has.
fn lessons_folder(sources: &Sources, plan: &SourcePath) -> String {
    let chinese = format!("{}/教案/", plan.folder());
    let at = sources.files.partition_point(|file| file.path.as_str() < chinese.as_str());
    let has_chinese = sources.files.get(at).is_some_and(|file| file.path.as_str().starts_with(&chinese));
    format!("{}/{}", plan.folder(), if has_chinese { "教案" } else { "lessons" })
}
