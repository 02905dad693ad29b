//! The tables of an archive: plan, evaluation, honours.

use super::Holdings;
use crate::export::sheet::{Cell, Sheet};
use crate::export::{awards, plan, sessions};
use crate::model::{Ballots, Session, SessionId};

const EVALUATION: &[(&str, &str)] = &[
    ("held", "完成日期"),
    ("topic", "课题"),
    ("expected", "应到"),
    ("attended", "实到"),
    ("valid", "有效票"),
    ("very", "很满意"),
    ("satisfied", "满意"),
    ("fair", "基本满意"),
    ("dissatisfied", "不满意"),
    ("rate", "满意率"),
];

/// The tables with their names in the archive.
pub(super) fn sheets(holdings: &Holdings<'_>) -> Vec<(&'static str, Sheet)> {
    vec![
        ("教学计划", plan(&holdings.stock, holdings.selection())),
        ("满意度测评", evaluation(holdings)),
        ("荣誉", awards(&holdings.stock, holdings.selection())),
    ]
}

/// 测评汇总, in numbers only: comments are nobody's to keep (DOMAIN.md 3.7). Of a
/// session with few ballots only their number is told.
fn evaluation(holdings: &Holdings<'_>) -> Sheet {
    let mut sheet = Sheet::new("满意度测评", EVALUATION);
    let stock = &holdings.stock;
    let of_plan = sessions::chosen(stock, holdings.selection(), |session| Some(session.year));
    let held = of_plan.into_iter().filter(|(_, session)| session.is_held(stock.config.as_of));
    sheet.rows = held.map(|(id, session)| row(holdings, id, session)).collect();
    sheet
}

fn row(holdings: &Holdings<'_>, id: SessionId, session: &Session) -> Vec<Cell> {
    let config = holdings.stock.config;
    let ballots = session.ballots.filter(|ballots| ballots.fault(session.attended).is_none());
    let shown = ballots.filter(|ballots| ballots.count() >= config.policy.min_ballots);
    let votes = |level: fn(&Ballots) -> u32| Cell::from(shown.as_ref().map(level));
    vec![
        session.held.into(),
        session.topic.as_str().into(),
        session.expected.into(),
        session.attended.into(),
        ballots.map(|ballots| ballots.count()).into(),
        votes(|ballots| ballots.very),
        votes(|ballots| ballots.satisfied),
        votes(|ballots| ballots.fair),
        votes(|ballots| ballots.dissatisfied),
        sessions::rate(&holdings.stock, id),
    ]
}
