//! W307 基础课多于每月次数
//!
//! What: more basic sessions in one month of a unit's plan than the setting 每月次数 allows. A session
//! that was held counts in the month in which it was held, an open one in the month it is planned
//! for; cancelled and postponed rows do not count.
//!
//! Why: lessons are meant to be small and spread over the year. The limit only warns (DOMAIN.md 8).
//!
//! Source: 每月安排1-2次互动教学 (S41).

use std::collections::BTreeMap;

use super::{Rule, Subject, plan};
use crate::base::{Day, Findings, Month, Severity};
use crate::model::{PlanKind, Session, UnitId};

/// 基础课多于每月次数.
pub const RULE: Rule = Rule {
    code: "W307",
    severity: Severity::Warning,
    title: "基础课多于每月次数",
    message: "{单位}{年}年{月}月排了 {n} 次基础课，多于 {上限} 次。",
    remedy: "请调到别的月份；临时任务请把类型写成“机动”。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W307.md"),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut months: BTreeMap<(UnitId, Month), Vec<&Session>> = BTreeMap::new();
    for session in plan::rows(subject).filter(|session| session.kind == PlanKind::Basic) {
        if let Some(month) = month(session, subject.config.as_of) {
            months.entry((session.unit, month)).or_default().push(session);
        }
    }
    let limit = subject.config.sessions_per_month.1;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    for ((_, month), sessions) in months.into_iter().filter(|(_, sessions)| sessions.len() > most) {
        // The first row that is too many is the one to be moved.
        let Some(session) = sessions.get(most) else { continue };
        let finding = plan::about("W307", subject, session).with("年", month.year).with("月", month.month);
        findings.push(finding.with("n", sessions.len()).with("上限", limit));
    }
}

fn month(session: &Session, as_of: Day) -> Option<Month> {
    if session.is_held(as_of) {
        return session.held.map(Day::month);
    }
    session.month.filter(|_| plan::is_open_basic(session))
}
