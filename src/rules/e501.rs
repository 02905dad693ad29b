//! E501 满意率没有达线
//!
//! What: somebody on the list of excellent instructors whose rate of the year is below the line. The
//! listing is left out: it is not published and does not count for three years in a row. Where every
//! session must reach the line (gap G7), the numbers are those of the lowest session.
//!
//! Why: 80 % and above, compared in whole ballots: 16 of 20 passes, 39 of 49 does not.
//!
//! Source: 测评满意率80%以上,有资格评选 (S67).

use super::{Rule, Subject, awards};
use crate::base::{Findings, Severity};
use crate::config::RateScope;
use crate::ledger::Ratio;
use crate::ledger::Refusal;

/// 满意率没有达线.
pub const RULE: Rule = Rule {
    code: "E501",
    severity: Severity::Error,
    title: "满意率没有达线",
    message: "{名}（{单位}）{年}年满意率 {p}%（{s}/{v} 票），未达到 {线}%，不能评“年度优秀教员”。",
    remedy: "请从名单中去掉，或先核对测评票数。",
    check: Some(check),
    manual: include_str!("../../tests/rules/E501.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy = &subject.config.policy;
    for (year, refused) in awards::refused(subject).filter(|(_, refused)| refused.why == Refusal::Below) {
        let Some(account) = refused.person.and_then(|person| subject.ledger.instructors.get(&(person, year))) else {
            continue;
        };
        let lowest = account.lowest.filter(|_| policy.rate_scope == RateScope::EverySession);
        let rate: Ratio = lowest.map_or(account.rate, |(_, rate)| rate);
        let percent = rate.percent_against(policy.pass_line).unwrap_or_default();
        let finding = awards::about("E501", subject, year, refused).with("p", percent.trim_end_matches('%'));
        findings.push(finding.with("s", rate.part).with("v", rate.whole).with("线", policy.pass_line));
    }
}
