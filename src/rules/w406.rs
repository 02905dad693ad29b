//! W406 收回的测评表太少
//!
//! What: a session of which fewer ballots came back than the setting 收回率提醒线 (60 %) asks for. The
//! line itself is enough. The ballots count all the same.
//!
//! Why: all participants are asked; a few cannot speak for everybody.
//!
//! Source: 由全体参训人员 (S63).

use super::{Rule, Subject, ballots};
use crate::base::{Finding, Findings, Severity};
use crate::ledger::Ratio;

/// 收回的测评表太少.
pub const RULE: Rule = Rule {
    code: "W406",
    severity: Severity::Warning,
    title: "收回的测评表太少",
    message: "“{课题}”实到 {n} 人，只收回 {v} 张有效票（{p}%）。",
    remedy: "请补收，以免结果不具代表性。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W406.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let line = subject.config.policy.response_line;
    for valid in ballots::valid(subject) {
        let Some(attended) = valid.session.attended else { continue };
        let share = Ratio::new(valid.ballots.count(), attended);
        let Some(percent) = share.percent_against(line).filter(|_| !share.reaches(line)) else { continue };
        let finding = Finding::new("W406", valid.place).with("课题", &valid.session.topic).with("n", attended);
        findings.push(finding.with("v", share.part).with("p", percent.trim_end_matches('%')));
    }
}
