//! E504 没有连续三年
//!
//! What: a model instructor who was not an excellent instructor three years in a row, up to the year
//! of the list. Listings that do not count are no years. The listing is left out. The second sentence
//! is for somebody who never was one; the remedy only speaks where the list of a year between is not
//! in the library at all, since nobody knows then, and nothing is conferred (DOMAIN.md 3.6, point 5).
//!
//! Why: three years in a row, whichever the unit: a transfer keeps them, a year without ends them.
//!
//! Source: 连续三年被评为“年度优秀教员” (S71).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::ledger::Honours;
use crate::ledger::Refusal;
use crate::model::PersonId;

/// 没有连续三年.
pub const RULE: Rule = Rule {
    code: "E504",
    severity: Severity::Error,
    title: "没有连续三年",
    message: "{名} 只在 {年们} 被评为优秀教员，没有连续三年，不能列为“模范教员”。{从未} 没有被评过优秀教员，不能列为“模范教员”。",
    remedy: "教材库里没有 {缺年}年的名单，如果当年也被评上，请先补 awards/{缺年}.yaml。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E504.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let honours = &subject.ledger.honours;
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| refused.why == Refusal::NotThreeYears) {
        let Some(person) = refused.person else { continue };
        let years: Vec<i32> = honours.years_of(person).into_iter().filter(|one| *one <= year).collect();
        let finding = awards::about("E504", subject, year, refused);
        if years.is_empty() {
            // Without 年们, the first sentence is left out.
            findings.push(finding.with("从未", &subject.library.person(person).name));
            continue;
        }
        let missing = missing_year(honours, person, &years).map(|year| year.to_string());
        findings.push(finding.with("年们", awards::years(&years)).with("缺年", missing.unwrap_or_default()));
    }
}

/// The latest year that breaks the row only because its list is missing.
fn missing_year(honours: &Honours, person: PersonId, years: &[i32]) -> Option<i32> {
    years.iter().rev().find_map(|year| honours.streak(person, *year).unknown)
}
