//! What the unit studies and decides: applications with their state, those that wait
//! first (directive S33, S39; DOMAIN.md 4.4).

use super::basis::row;
use super::{Part, Records};
use crate::export::{Cell, Sheet, instructors};
use crate::model::{Application, Decision};

const COLUMNS: &[(&str, &str)] = &[
    ("unit", "单位"),
    ("kind", "类型"),
    ("applicant", "申报人"),
    ("topic", "课题"),
    ("origin", "来源"),
    ("date", "申报日期"),
    ("decision", "研究结果"),
    ("comment", "研究意见"),
    ("decided", "研究日期"),
    ("decided_by", "研究人"),
    ("row", "出处"),
];

/// The applications of a year, by unit within each state.
pub(super) fn table(records: &Records<'_>, year: i32) -> Part {
    let of_year = records.library.applications.iter().filter(|one| one.year == year && one.is_complete());
    let mut found: Vec<&Application> = of_year.collect();
    found.sort_by_key(|one| (one.decision != Decision::Pending, one.unit));
    let waiting = found.iter().filter(|one| one.decision == Decision::Pending).count();
    let mut sheet = Sheet::new("申报研究情况", COLUMNS);
    sheet.rows = found.iter().map(|one| cells(records, one)).collect();
    let notes = vec![format!("共 {} 项申报，其中 {waiting} 项待研究，排在最前面。", found.len())];
    Part { id: "shenbao", title: "申报研究情况", notes, sheet, empty: "当年没有申报。", is_long: true }
}

fn cells(records: &Records<'_>, one: &Application) -> Vec<Cell> {
    vec![
        records.unit_name(one.unit),
        if one.adhoc { "机动" } else { "常规" }.into(),
        instructors(records.library, &one.applicants).into(),
        one.topic.as_deref().into(),
        one.origin.as_ref().map(|word| word.name.as_str()).into(),
        one.date.into(),
        one.decision.name().into(),
        one.comment.as_deref().into(),
        one.decided.into(),
        one.decided_by.as_deref().into(),
        row(&one.place).into(),
    ]
}
