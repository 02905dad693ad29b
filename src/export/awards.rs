//! The honours that count, as pages publish them.

use super::names::instructors;
use super::sheet::{Cell, Sheet};
use super::{Selection, Stock};
use crate::ledger::{self, Honoured, HonouredLesson, YearHonours};
use crate::model::{Honour, Person, UnitId};

const AWARDS: &[(&str, &str)] = &[
    ("year", "年度"),
    ("honour", "奖项"),
    ("name", "姓名"),
    ("unit", "单位"),
    ("courseware", "课件"),
    ("lesson", "教案"),
    ("prize", "奖次"),
    ("reason", "理由或事迹"),
    ("number", "文号"),
    ("publicity_start", "公示开始"),
    ("publicity_end", "公示结束"),
];

/// 荣誉: what the files list and the rules allow, oldest year first. Listings that do
/// not count are left out, and nobody can tell that they were there (DOMAIN.md 3.7).
pub fn awards(stock: &Stock<'_>, selection: Selection) -> Sheet {
    let mut sheet = Sheet::new("荣誉", AWARDS);
    for (year, honours) in &stock.ledger.honours.counted {
        let rows = rows(stock, *year, honours).into_iter();
        let meant = rows.filter(|(unit, _)| match (unit, selection.unit) {
            (Some(unit), _) => selection.takes(*unit, Some(*year)),
            (None, wanted) => wanted.is_none() && selection.year.is_none_or(|wanted| wanted == *year),
        });
        sheet.rows.extend(meant.map(|(_, row)| row));
    }
    sheet
}

/// The honours of a year with the unit that each belongs to.
fn rows(stock: &Stock<'_>, year: i32, honours: &YearHonours) -> Vec<(Option<UnitId>, Vec<Cell>)> {
    let mut rows = Vec::new();
    for honour in [Honour::ExcellentInstructor, Honour::ModelInstructor, Honour::PostPacesetter] {
        rows.extend(honours.of(honour).iter().map(|one| person(stock, year, honour, one)));
    }
    rows.extend(honours.courseware.iter().map(|one| courseware(stock, year, one)));
    rows
}

fn person(stock: &Stock<'_>, year: i32, honour: Honour, one: &Honoured) -> (Option<UnitId>, Vec<Cell>) {
    let person: &Person = stock.library.person(one.person);
    let unit = person.unit_in(year);
    let name = person.display.as_str().into();
    let cells = [name, unit_name(stock, unit), Cell::Empty, Cell::Empty, Cell::Empty, one.reason.as_deref().into()];
    (unit, row(stock, year, honour, cells))
}

fn courseware(stock: &Stock<'_>, year: i32, one: &HonouredLesson) -> (Option<UnitId>, Vec<Cell>) {
    let lesson = stock.library.lesson(one.lesson);
    let cells = [
        instructors(stock.library, &lesson.instructors).into(),
        unit_name(stock, Some(lesson.unit)),
        lesson.title.as_str().into(),
        lesson.number.as_str().into(),
        one.prize.as_deref().into(),
        one.reason.as_deref().into(),
    ];
    (Some(lesson.unit), row(stock, year, Honour::ExcellentCourseware, cells))
}

fn unit_name(stock: &Stock<'_>, unit: Option<UnitId>) -> Cell {
    unit.map(|unit| stock.library.unit(unit).name.as_str()).into()
}

fn row(stock: &Stock<'_>, year: i32, honour: Honour, cells: [Cell; 6]) -> Vec<Cell> {
    let file = ledger::awards_of(stock.library, year);
    let publicity = file.and_then(|awards| awards.publicity);
    let mut row = vec![year.into(), honour.name().into()];
    row.extend(cells);
    row.push(file.and_then(|awards| awards.number.as_deref()).into());
    row.push(publicity.map(|(start, _)| start).into());
    row.push(publicity.map(|(_, end)| end).into());
    row
}
