//! W605 依据已被替代
//!
//! What: a lesson that cites a law which, by the day of the statistics, is no longer in force, and
//! which nobody has reviewed since that day (DOMAIN.md 3.6, point 15). The second sentence is for
//! laws that ended without a successor.
//!
//! Why: a lesson that teaches the old law is worse than none.

use std::collections::BTreeSet;

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};

/// 依据已被替代.
pub const RULE: Rule = Rule {
    code: "W605",
    severity: Severity::Warning,
    title: "依据已被替代",
    message: "“{课题}”依据的《{名}》已由《{新}》替代（{日}起）。“{课题}”依据的《{名}》自 {失效日} 起失效。",
    remedy: "请复核内容，改好后写“复核日期: {例}”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W605.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for review in &subject.ledger.reviews {
        let lesson = subject.library.lesson(review.lesson);
        let mut told = BTreeSet::new();
        let citations = review.citations.iter().filter_map(|at| lesson.basis.get(*at));
        for (citation, id) in
            citations.filter_map(|citation| Some((citation, citation.law?))).filter(|(_, id)| told.insert(*id))
        {
            let law = subject.library.law(id);
            let finding =
                Finding::new("W605", citation.place.clone()).with("课题", &lesson.title).with("名", &law.name);
            let finding = finding.with("例", subject.config.as_of);
            findings.push(match (&law.replaced_by, law.ends) {
                (Some(new), Some(day)) => finding.with("新", new).with("日", day),
                (_, Some(day)) => finding.with("失效日", day),
                (_, None) => finding,
            });
        }
    }
}
