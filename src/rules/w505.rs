//! W505 符合模范教员条件
//!
//! What: somebody who reached three years in a row and stands in no list of model instructors from that
//! year on.
//!
//! Why: the condition is computed, the honour is given by people: the program asks and never confers.
//!
//! Source: 连续三年被评为“年度优秀教员” (S71).

use super::{Rule, Subject, awards};
use crate::base::{Finding, Findings, Severity};
use crate::ledger::{MODEL_AFTER, awards_of};

/// 符合模范教员条件.
pub const RULE: Rule = Rule {
    code: "W505",
    severity: Severity::Warning,
    title: "符合模范教员条件",
    message: "{名} 已连续三年（{年们}）被评为优秀教员，符合“模范教员”条件，名单里还没有。",
    remedy: "请确认是否授予。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W505.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (person, year) in &subject.ledger.honours.models_due {
        let Some(list) = awards_of(subject.library, *year) else { continue };
        let years: Vec<i32> = (0..MODEL_AFTER).rev().filter_map(|back| year.checked_sub_unsigned(back)).collect();
        let finding = Finding::new("W505", list.place.clone()).with("名", &subject.library.person(*person).name);
        findings.push(finding.with("年们", awards::years(&years)));
    }
}
