//! 单位考核: the five parts of each unit's score, and the rows that they were reckoned
//! from (directive S91; DOMAIN.md 3.6, point 14).

use super::basis::row;
use super::{Part, Records, gaps};
use crate::export::{Cell, Sheet, status};
use crate::ledger::{self, Assessment, PARTS};
use crate::model::{PlanKind, Session, SessionId, Status, UnitId};

/// The parts in the order of [`PARTS`].
const NAMES: [&str; 5] = ["计划完成", "按月开课", "申报覆盖", "满意率", "教案入库"];

const TABLE: &[(&str, &str)] = &[
    ("rank", "名次"),
    ("unit", "单位"),
    ("completion", "计划完成"),
    ("completion_points", "得分"),
    ("months", "按月开课"),
    ("months_points", "得分"),
    ("coverage", "申报覆盖"),
    ("coverage_points", "得分"),
    ("satisfaction", "满意率"),
    ("satisfaction_points", "得分"),
    ("material", "教案入库"),
    ("material_points", "得分"),
    ("score", "总分"),
];

/// The table with each part as its two numbers and its points.
pub(super) fn table(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("单位考核", TABLE);
    let found = records.ledger.assessments.get(&year).map(Vec::as_slice).unwrap_or_default();
    sheet.rows = found.iter().map(|one| scored(records, one)).collect();
    let weights = NAMES.iter().zip(records.config.policy.assessment_weights);
    let weights: Vec<String> = weights.map(|(name, weight)| format!("{name} {weight}")).collect();
    let notes = vec![
        format!("权重：{}（本单位设置，非文件规定）。", weights.join("、")),
        "每项得分＝权重×比例，五项相加为总分；同分同名次；统计日以前没有到期月份的单位为“未启动”。".to_owned(),
    ];
    Part {
        id: "kaohe", title: "单位考核", notes, sheet, empty: "本年没有可以考核的单位。", is_long: false
    }
}

fn scored(records: &Records<'_>, one: &Assessment) -> Vec<Cell> {
    let rank = one.rank.map_or_else(|| "未启动".into(), Cell::from);
    let mut cells = vec![rank, records.unit_name(one.unit)];
    for (ratio, points) in one.parts.iter().zip(one.points) {
        let percent = ratio.percent().map(|percent| format!(" = {percent}")).unwrap_or_default();
        cells.push(format!("{ratio}{percent}").into());
        cells.push(points_shown(points).into());
    }
    cells.push(points_shown(one.score).into());
    cells
}

/// Ten-thousandths of a point, none of them rounded away: the five parts sum up to
/// the score to the last digit.
fn points_shown(points: u32) -> String {
    let text = format!("{}.{:04}", points / 10_000, points % 10_000);
    let short = text.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}

const WORKING: &[(&str, &str)] =
    &[("unit", "单位"), ("part", "项目"), ("what", "内容"), ("counts", "是否计入"), ("row", "出处")];

/// Every row that a share was reckoned from, and whether it counts for the share.
pub(super) fn working(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("单位考核依据", WORKING);
    for (unit, _) in gaps::of_year(records, year) {
        for (at, name) in NAMES.iter().enumerate() {
            let rows = counted(records, unit, year, PARTS[at]).into_iter();
            sheet.rows.extend(rows.map(|row| {
                let counts = if row.counts { "计入" } else { "未计入" };
                vec![records.unit_name(unit), (*name).into(), row.what.into(), counts.into(), row.source.into()]
            }));
        }
    }
    let notes = vec!["列出每个比例的分母；“计入”的是分子。满意率一项列票数。".to_owned()];
    Part {
        id: "yiju", title: "单位考核依据", notes, sheet, empty: "本年没有可以考核的单位。", is_long: true
    }
}

/// One unit of the denominator.
struct Counted {
    what: String,
    counts: bool,
    source: String,
}

fn counted(records: &Records<'_>, unit: UnitId, year: i32, part: &str) -> Vec<Counted> {
    match part {
        "completion" => of_sessions(records, unit, year, |session| {
            (is_due(records, session)).then(|| (session.is_held(records.config.as_of), state(records, session)))
        }),
        "material" => of_sessions(records, unit, year, |session| {
            let held = session.is_held(records.config.as_of);
            held.then(|| {
                (
                    session.lesson.is_some(),
                    session.lesson.map(|id| records.library.lesson(id).number.clone()).unwrap_or_default(),
                )
            })
        }),
        "satisfaction" => ballots(records, unit, year),
        "months" => months(records, unit, year),
        _ => declared(records, unit, year),
    }
}

fn is_due(records: &Records<'_>, session: &Session) -> bool {
    let as_of = records.config.as_of;
    session.kind == PlanKind::Basic
        && session.status(as_of) != Status::Cancelled
        && session.month.is_some_and(|month| month <= as_of.month())
}

fn state(records: &Records<'_>, session: &Session) -> String {
    let day = session.held.map(|day| day.to_string()).unwrap_or_default();
    format!("{}{day}", status(session.status(records.config.as_of)))
}

fn of_unit<'a>(records: &Records<'a>, unit: UnitId, year: i32) -> Vec<(SessionId, &'a Session)> {
    records.of_plans(year).into_iter().filter(|(_, session)| session.unit == unit).collect()
}

fn of_sessions(
    records: &Records<'_>,
    unit: UnitId,
    year: i32,
    judge: impl Fn(&Session) -> Option<(bool, String)>,
) -> Vec<Counted> {
    let rows = of_unit(records, unit, year).into_iter().filter_map(|(_, session)| {
        let (counts, more) = judge(session)?;
        Some(Counted {
            what: format!("{} {more}", session.topic).trim_end().to_owned(),
            counts,
            source: row(&session.place),
        })
    });
    rows.collect()
}

fn ballots(records: &Records<'_>, unit: UnitId, year: i32) -> Vec<Counted> {
    let rows = of_unit(records, unit, year).into_iter().filter_map(|(id, session)| {
        let rate = ledger::rate_of(records.library, records.config, id)?;
        let what = format!("{} 满意 {} 票，有效 {} 票", session.topic, rate.part, rate.whole);
        Some(Counted { what, counts: true, source: row(records.ballots_at(id)) })
    });
    rows.collect()
}

fn months(records: &Records<'_>, unit: UnitId, year: i32) -> Vec<Counted> {
    let account = records.ledger.unit_year(unit, year);
    let active = account.into_iter().flat_map(|account| &account.months).filter(|month| month.state.is_active());
    let one = |month: &ledger::MonthAccount| {
        let sessions = month.held.iter().map(|id| &records.session(*id).place);
        Counted {
            what: format!("{} 月 {} 次", month.month.month, month.held.len()),
            counts: month.state.is_met(),
            source: super::basis::rows(sessions),
        }
    };
    active.map(one).collect()
}

fn declared(records: &Records<'_>, unit: UnitId, year: i32) -> Vec<Counted> {
    let Some(account) = records.ledger.unit_year(unit, year) else { return Vec::new() };
    let coverage = &account.coverage;
    let one = |person: &crate::model::PersonId| Counted {
        what: records.names(&[*person]),
        counts: coverage.declared.contains(person),
        source: row(&records.library.person(*person).place),
    };
    coverage.expected.iter().map(one).collect()
}
