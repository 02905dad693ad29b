//! Who may stand for excellent instructor, who may not and why, and what speaks
//! against the lists (directive S67, S71; DOMAIN.md 3.6, points 2, 3 and 5).

use super::basis::{row, rows};
use super::{Part, Records};
use crate::config::RateScope;
use crate::export::{Cell, Sheet};
use crate::ledger::{Eligibility, InstructorYear, Refusal, Refused};
use crate::model::{Evaluation, Honour, PersonId, SessionId};

const RATES: &[(&str, &str)] = &[
    ("unit", "单位"),
    ("name", "姓名"),
    ("held", "授课次数"),
    ("evaluated", "测评次数"),
    ("satisfied", "满意票"),
    ("valid", "有效票"),
    ("rate", "满意率"),
    ("state", "资格"),
    ("chosen", "名单"),
    ("streak", "连续年数"),
    ("sessions", "授课记录"),
    ("ballots", "票数出处"),
];

/// Everybody who taught in the year.
pub(super) fn all(records: &Records<'_>, year: i32) -> Part {
    part(records, year, "教员满意率和资格", "zige", "本年还没有授课记录。", |_| true)
}

/// Those below the line, once more by themselves.
pub(super) fn below(records: &Records<'_>, year: i32) -> Part {
    let is_below = |one: &InstructorYear| one.state == Eligibility::Below;
    part(records, year, "未达线教员", "weidaxian", "本年没有未达线的教员。", is_below)
}

fn part(
    records: &Records<'_>,
    year: i32,
    title: &'static str,
    id: &'static str,
    empty: &'static str,
    wanted: impl Fn(&InstructorYear) -> bool,
) -> Part {
    let mut sheet = Sheet::new(title, RATES);
    let of_year = records.ledger.instructors.iter().filter(|((_, at), one)| *at == year && wanted(one));
    let mut found: Vec<_> = of_year.map(|((person, _), one)| (*person, one)).collect();
    found.sort_by_key(|(person, _)| (records.library.person(*person).unit_in(year), *person));
    sheet.rows = found.into_iter().map(|(person, one)| rates(records, year, person, one)).collect();
    Part { id, title, notes: vec![rule(records)], sheet, empty, is_long: false }
}

/// How the rate is reckoned, with the settings of this library.
fn rule(records: &Records<'_>) -> String {
    let policy = &records.config.policy;
    let scope = match policy.rate_scope {
        RateScope::Pooled => "全年各次票数相加",
        RateScope::EverySession => "每次都要达线",
    };
    format!("满意率按{scope}计算，{}%（含）以上有资格参评；比较用票数，不用四舍五入后的百分数。", policy.pass_line)
}

fn rates(records: &Records<'_>, year: i32, person: PersonId, one: &InstructorYear) -> Vec<Cell> {
    let honours = &records.ledger.honours;
    let is_chosen = honours.excellent.get(&year).is_some_and(|list| list.contains(&person));
    let streak = honours.streak(person, year);
    let unknown = streak.unknown.map(|year| format!("（缺 {year} 年名单）")).unwrap_or_default();
    let streak = if streak.years > 0 { format!("{}{unknown}", streak.years) } else { String::new() };
    let held = rows(one.held.iter().map(|id| &records.session(*id).place));
    let ballots = rows(one.evaluated.iter().map(|id| records.ballots_at(*id)));
    let has_ballots = one.rate.whole > 0;
    vec![
        records.unit_of(person, year),
        records.name(person),
        one.held.len().into(),
        one.evaluated.len().into(),
        has_ballots.then_some(one.rate.part).into(),
        has_ballots.then_some(one.rate.whole).into(),
        one.rate.percent_against(records.config.policy.pass_line).into(),
        one.state.name().into(),
        if is_chosen { "优秀教员" } else { "" }.into(),
        streak.into(),
        held.into(),
        ballots.into(),
    ]
}

const NOT_EVALUATED: &[(&str, &str)] = &[
    ("unit", "单位"),
    ("held", "授课日期"),
    ("topic", "课题"),
    ("instructor", "小教员"),
    ("attended", "实到"),
    ("cause", "情况"),
    ("row", "出处"),
];

/// Sessions held without ballots that count (W408).
pub(super) fn not_evaluated(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("已授课未测评", NOT_EVALUATED);
    let as_of = records.config.as_of;
    for (id, session) in records.of_plans(year) {
        if !session.is_held(as_of) || crate::ledger::rate_of(records.library, records.config, id).is_some() {
            continue;
        }
        let (cause, place) = cause(records, id);
        sheet.rows.push(vec![
            records.unit_name(session.unit),
            session.held.into(),
            session.topic.as_str().into(),
            records.teachers(session),
            session.attended.into(),
            cause.into(),
            row(place).into(),
        ]);
    }
    let notes = vec!["没有测评，或票数有误没有采用；补录后重新生成报表。".to_owned()];
    let empty = "授过的课都已测评。";
    Part { id: "weiceping", title: "已授课未测评", notes, sheet, empty, is_long: false }
}

fn cause<'a>(records: &Records<'a>, id: SessionId) -> (&'static str, &'a crate::base::Place) {
    let is_of = |one: &&Evaluation| one.session == Some(id);
    let session = records.session(id);
    match records.library.evaluations.iter().find(is_of) {
        Some(evaluation) => ("票数有误，没有采用", &evaluation.place),
        None if session.ballots.is_some() => ("票数有误，没有采用", &session.place),
        None => ("没有录入票数", &session.place),
    }
}

const REFUSED: &[(&str, &str)] =
    &[("honour", "奖项"), ("name", "姓名或课件"), ("unit", "单位"), ("why", "原因"), ("row", "出处")];

/// Listings of the awards file that do not count (E501 to E504, E508, E510, E512).
pub(super) fn refused(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("名单核对", REFUSED);
    let counted = records.ledger.honours.counted.get(&year);
    let found = counted.map(|counted| counted.refused.as_slice()).unwrap_or_default();
    sheet.rows = found.iter().map(|one| refusal(records, year, one)).collect();
    let failed = counted.map_or(0, |counted| counted.failed_check());
    let notes = vec![format!("优秀教员资格审核未通过 {failed} 人；公开页面只写人数。")];
    let empty = if counted.is_some() {
        "名单里的人选和课件都符合条件。"
    } else {
        "还没有本年的评选结果。"
    };
    Part { id: "hedui", title: "名单核对", notes, sheet, empty, is_long: false }
}

fn refusal(records: &Records<'_>, year: i32, one: &Refused) -> Vec<Cell> {
    let name = match (one.person, one.lesson) {
        (Some(person), _) => records.name(person),
        (None, Some(lesson)) => records.library.lesson(lesson).title.as_str().into(),
        (None, None) => Cell::Empty,
    };
    let unit = one.person.map_or(Cell::Empty, |person| records.unit_of(person, year));
    vec![one.honour.name().into(), name, unit, why(records, year, one).into(), row(&one.place).into()]
}

fn why(records: &Records<'_>, year: i32, one: &Refused) -> String {
    match &one.why {
        Refusal::Unknown if one.honour == Honour::ExcellentCourseware => "教案没有入库".to_owned(),
        Refusal::Unknown => "名册里没有这个人，或有重名".to_owned(),
        Refusal::Twice => "名单里出现两次".to_owned(),
        Refusal::Below => {
            let rate =
                one.person.and_then(|person| records.ledger.instructors.get(&(person, year))).map(|one| one.rate);
            let shown = rate.and_then(|rate| {
                Some(format!("{}（{rate} 票）", rate.percent_against(records.config.policy.pass_line)?))
            });
            format!("满意率 {} 未达线", shown.unwrap_or_default())
        }
        Refusal::NotEvaluated => "没有已完成并测评的授课".to_owned(),
        Refusal::AuthorNotExcellent => "作者不在本年优秀教员名单里".to_owned(),
        Refusal::NotThreeYears => "没有连续三年评上优秀教员".to_owned(),
        Refusal::Pacesetter { below, conduct_failed } => {
            let mut parts: Vec<String> = below
                .iter()
                .map(|(basis, points)| format!("{} {} 分，低于单项线", basis.name(), points.shown()))
                .collect();
            parts.extend(conduct_failed.then(|| "作风不合格".to_owned()));
            parts.join("；")
        }
    }
}

const MODELS: &[(&str, &str)] =
    &[("unit", "单位"), ("name", "姓名"), ("reached", "满三年的年份"), ("listed", "列入名单")];

/// Model instructors up to the year, and whether a list names them (W505).
pub(super) fn models(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("模范教员", MODELS);
    let honours = &records.ledger.honours;
    for (person, reached) in honours.models.iter().filter(|(_, reached)| **reached <= year) {
        let is_due = honours.models_due.contains_key(person);
        sheet.rows.push(vec![
            records.unit_of(*person, year),
            records.name(*person),
            (*reached).into(),
            if is_due { "还没有" } else { "已列入" }.into(),
        ]);
    }
    let notes = vec!["连续三年评上年度优秀教员；调动不影响，缺一年名单不推定。".to_owned()];
    Part {
        id: "mofan", title: "模范教员", notes, sheet, empty: "还没有人连续三年评上。", is_long: false
    }
}
