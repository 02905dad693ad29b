//! What is missing: applications, material, months, sessions (directive S29, S41,
//! S60; DOMAIN.md 3.6, points 6 to 12).

use super::basis::row;
use super::{Part, Records};
use crate::export::{Cell, Sheet};
use crate::ledger::{self, MonthState, UnitYear};
use crate::model::{PersonId, Session, Status, UnitId};

const NOT_DECLARED: &[(&str, &str)] = &[
    ("unit", "单位"),
    ("name", "姓名"),
    ("birth", "出生年月"),
    ("age", "年龄"),
    ("exempt", "免申报原因"),
    ("row", "名册出处"),
];

/// Who is expected to apply and did not, by unit; those who are exempt stand below
/// with their reason, because somebody has to check it from time to time.
pub(super) fn not_declared(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("未申报人员", NOT_DECLARED);
    for (unit, account) in of_year(records, year) {
        let coverage = &account.coverage;
        let missing = coverage.expected.iter().filter(|person| !coverage.declared.contains(person));
        sheet.rows.extend(missing.map(|person| missing_row(records, year, unit, *person)));
        let exempt = coverage.everybody.iter().filter(|person| records.library.person(**person).exempt.is_some());
        sheet.rows.extend(exempt.map(|person| missing_row(records, year, unit, *person)));
    }
    let rule = &records.config.policy.age;
    let number = if rule.inclusive { "（含）" } else { "（不含）" };
    let notes = vec![format!(
        "年龄算到当年 {} 月 {} 日，{} 周岁{number}以下原则上应申报；有申报，或在教学计划里任课，都算已申报。写了免申报原因的不计入。",
        rule.on.0, rule.on.1, rule.line
    )];
    Part {
        id: "weishenbao", title: "未申报人员", notes, sheet, empty: "应申报的都已申报。", is_long: false
    }
}

fn missing_row(records: &Records<'_>, year: i32, unit: UnitId, id: PersonId) -> Vec<Cell> {
    let person = records.library.person(id);
    let age = person.birth.map(|birth| ledger::age(birth, year, &records.config.policy.age));
    vec![
        records.unit_name(unit),
        person.name.as_str().into(),
        person.birth.map(|birth| birth.to_string()).into(),
        age.into(),
        person.exempt.as_deref().into(),
        row(&person.place).into(),
    ]
}

const WITHOUT: &[(&str, &str)] =
    &[("unit", "单位"), ("held", "授课日期"), ("topic", "课题"), ("instructor", "小教员"), ("row", "出处")];

/// Held sessions whose lesson is not in the library (W313).
pub(super) fn without_material(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("已授课缺教案", WITHOUT);
    let as_of = records.config.as_of;
    let sessions = records.of_plans(year).into_iter().map(|(_, session)| session);
    let missing = sessions.filter(|session| session.is_held(as_of) && session.lesson.is_none());
    let cells = |session: &Session| {
        vec![
            records.unit_name(session.unit),
            session.held.into(),
            session.topic.as_str().into(),
            records.teachers(session),
            row(&session.place).into(),
        ]
    };
    sheet.rows = missing.map(cells).collect();
    let notes = vec!["请向小教员收取教案或课件，放进该单位当年的 lessons 文件夹。".to_owned()];
    Part {
        id: "quejiaoan", title: "已授课缺教案", notes, sheet, empty: "授过的课都有教案。", is_long: true
    }
}

const UNITS: &[(&str, &str)] = &[
    ("unit", "单位"),
    ("empty", "空缺月份"),
    ("short", "不足月份"),
    ("above", "偏多月份"),
    ("overdue", "逾期未讲"),
    ("not_declared", "未申报"),
    ("not_evaluated", "未测评"),
    ("without_material", "缺教案"),
    ("response", "测评回收率"),
    ("wanted", "想学未排"),
];

/// Units in which something is missing.
pub(super) fn units(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("单位缺口", UNITS);
    for (unit, account) in of_year(records, year) {
        let gaps = gaps(records, unit, year, account);
        if gaps.iter().any(|cell| *cell != Cell::Empty) {
            let [empty, short, above, overdue, declared, evaluated, material, wanted] = gaps;
            let response = account.response.percent().into();
            let name = records.unit_name(unit);
            sheet.rows.push(vec![name, empty, short, above, overdue, declared, evaluated, material, response, wanted]);
        }
    }
    let notes = vec!["空格表示没有缺口；逾期指计划月份已过还没有完成日期。".to_owned()];
    Part { id: "quekou", title: "单位缺口", notes, sheet, empty: "各单位都没有缺口。", is_long: false }
}

fn gaps(records: &Records<'_>, unit: UnitId, year: i32, account: &UnitYear) -> [Cell; 8] {
    let as_of = records.config.as_of;
    let sessions = || records.of_plans(year).into_iter().filter(|(_, session)| session.unit == unit);
    let held = || sessions().filter(|(_, session)| session.is_held(as_of));
    let is_over = |session: &Session| session.month.and_then(ledger::last_day).is_some_and(|day| day <= as_of);
    let is_overdue = |session: &Session| session.status(as_of) == Status::Planned && is_over(session);
    let overdue = sessions().filter(|(_, session)| is_overdue(session)).map(|(_, session)| session.topic.clone());
    let evaluated = held().filter(|(id, _)| ledger::rate_of(records.library, records.config, *id).is_none()).count();
    let material = held().filter(|(_, session)| session.lesson.is_none()).count();
    let coverage = account.coverage.ratio();
    let demand = ledger::demand(records.library, unit, year);
    let wanted =
        demand.iter().filter(|topic| !topic.planned).map(|topic| format!("{}（{} 票）", topic.topic, topic.votes));
    let months = |state| {
        let found = account.months.iter().filter(|month| month.state == state);
        Cell::from(found.map(|month| format!("{} 月", month.month.month)).collect::<Vec<_>>().join("、"))
    };
    [
        months(MonthState::Empty),
        months(MonthState::Short),
        months(MonthState::Above),
        overdue.collect::<Vec<_>>().join("、").into(),
        people(coverage.whole - coverage.part.min(coverage.whole), "人"),
        people(u32::try_from(evaluated).unwrap_or(u32::MAX), "次"),
        people(u32::try_from(material).unwrap_or(u32::MAX), "次"),
        wanted.collect::<Vec<_>>().join("、").into(),
    ]
}

fn people(count: u32, of: &str) -> Cell {
    if count == 0 { Cell::Empty } else { format!("{count} {of}").into() }
}

/// The accounts of the units in a year, in the order of units.
pub(super) fn of_year<'a>(records: &Records<'a>, year: i32) -> Vec<(UnitId, &'a UnitYear)> {
    let ledger = records.ledger;
    let all = records.library.unit_ids().filter_map(|(unit, _)| Some((unit, ledger.unit_year(unit, year)?)));
    all.collect()
}
