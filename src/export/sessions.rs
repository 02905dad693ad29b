//! The plan with all its rows, and the sessions that were held.

use super::names::{instructors, public_rate, status};
use super::sheet::{Cell, Sheet};
use super::{Selection, Stock};
use crate::model::{PlanKind, Session, SessionId};

const PLAN: &[(&str, &str)] = &[
    ("year", "年度"),
    ("unit", "单位"),
    ("month", "月份"),
    ("topic", "课题"),
    ("instructor", "小教员"),
    ("kind", "类型"),
    ("occasion", "场合"),
    ("form", "形式"),
    ("venue", "地点"),
    ("audience", "授课对象"),
    ("training", "参训方式"),
    ("lesson", "教案"),
    ("held", "完成日期"),
    ("status", "状态"),
    ("expected", "应到"),
    ("attended", "实到"),
    ("rate", "满意率"),
    ("note", "备注"),
];

const SESSIONS: &[(&str, &str)] = &[
    ("held", "授课日期"),
    ("unit", "主办单位"),
    ("topic", "课题"),
    ("instructor", "小教员"),
    ("kind", "类型"),
    ("occasion", "场合"),
    ("form", "形式"),
    ("venue", "地点"),
    ("lesson", "教案"),
    ("expected", "应到"),
    ("attended", "实到"),
    ("ballots", "有效票"),
    ("rate", "满意率"),
];

/// 教学计划: every row of the plans, by unit, year and month; the heads are those of
/// the clerk's own table where it has them.
pub fn plan(stock: &Stock<'_>, selection: Selection) -> Sheet {
    let mut sheet = Sheet::new("教学计划", PLAN);
    sheet.rows = chosen(stock, selection, |session| Some(session.year))
        .into_iter()
        .map(|(id, session)| plan_row(stock, id, session))
        .collect();
    sheet
}

/// 授课记录: the sessions held by the day of the statistics, oldest first. The year is
/// that of the day on which a session was held (DOMAIN.md 3.6, point 2).
pub fn sessions(stock: &Stock<'_>, selection: Selection) -> Sheet {
    let mut sheet = Sheet::new("授课记录", SESSIONS);
    let mut held = chosen(stock, selection, |session| session.held.map(|day| day.year()));
    held.retain(|(_, session)| session.is_held(stock.config.as_of));
    held.sort_by_key(|(id, session)| (session.held, session.unit, id.0));
    sheet.rows = held.into_iter().map(|(id, session)| session_row(stock, id, session)).collect();
    sheet
}

/// The sessions of a selection in the order of the plan; `year` says which year a
/// session belongs to.
pub(super) fn chosen<'a>(
    stock: &Stock<'a>,
    selection: Selection,
    year: impl Fn(&Session) -> Option<i32>,
) -> Vec<(SessionId, &'a Session)> {
    let all = stock.library.sessions.iter().enumerate().map(|(at, session)| (SessionId(at), session));
    let mut found: Vec<_> = all.filter(|(_, session)| selection.takes(session.unit, year(session))).collect();
    found.sort_by_key(|(id, session)| (session.unit, session.year, session.month, session.held, id.0));
    found
}

pub(super) fn kind(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Basic => "基础",
        PlanKind::AdHoc => "机动",
    }
}

/// 满意率 as it may be published; a rate that fails never prints as the line itself.
pub(super) fn rate(stock: &Stock<'_>, id: SessionId) -> Cell {
    let rate = public_rate(stock.library, stock.config, id);
    rate.and_then(|rate| rate.percent_against(stock.config.policy.pass_line)).into()
}

fn plan_row(stock: &Stock<'_>, id: SessionId, session: &Session) -> Vec<Cell> {
    let library = stock.library;
    let as_of = stock.config.as_of;
    vec![
        session.year.into(),
        library.unit(session.unit).name.as_str().into(),
        session.month.map(|month| month.month).into(),
        session.topic.as_str().into(),
        instructors(library, &session.instructors).into(),
        kind(session.kind).into(),
        session.occasion.as_ref().map(|word| word.name.as_str()).into(),
        session.form.as_ref().map(|word| word.name.as_str()).into(),
        session.venue.as_deref().into(),
        session.audience.as_deref().into(),
        session.training.as_ref().map(|word| word.name.as_str()).into(),
        session.lesson.map(|id| library.lesson(id).number.as_str()).into(),
        session.held.filter(|_| session.is_held(as_of)).into(),
        status(session.status(as_of)).into(),
        session.expected.into(),
        session.attended.into(),
        rate(stock, id),
        session.note.as_deref().into(),
    ]
}

fn session_row(stock: &Stock<'_>, id: SessionId, session: &Session) -> Vec<Cell> {
    let library = stock.library;
    let ballots = crate::ledger::rate_of(library, stock.config, id).map(|rate| rate.whole);
    vec![
        session.held.into(),
        library.unit(session.unit).name.as_str().into(),
        session.topic.as_str().into(),
        instructors(library, &session.instructors).into(),
        kind(session.kind).into(),
        session.occasion.as_ref().map(|word| word.name.as_str()).into(),
        session.form.as_ref().map(|word| word.name.as_str()).into(),
        session.venue.as_deref().into(),
        session.lesson.map(|id| library.lesson(id).number.as_str()).into(),
        session.expected.into(),
        session.attended.into(),
        ballots.into(),
        rate(stock, id),
    ]
}
