//! 全员法制网上月考 (directive S75). Marks never leave the machine.

use serde::Serialize;

use super::person::Instructor;
use super::trainee::tenths;
use crate::base::text::fold;
use crate::base::{Findings, Located, Place, SourcePath};
use crate::records::{self, EXAM, Record};

/// A month's mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Mark {
    /// In tenths of a point.
    Score(u32),
    /// Blank: absent, counts nothing (W511).
    Absent,
    /// 免: does not count.
    Exempt,
}

/// A person's year of exams.
#[derive(Debug, Clone, Serialize)]
pub struct Exam {
    /// The year.
    pub year: i32,
    /// 姓名, with the unit when the table has one.
    pub written_name: Located<String>,
    /// Who it is.
    pub person: Option<Instructor>,
    /// January first.
    pub marks: [Mark; 12],
    /// Where it is written.
    pub place: Place,
}

impl Exam {
    /// Reads the rows of a table.
    pub(super) fn read_table(text: &str, file: &SourcePath, year: i32, findings: &mut Findings) -> Vec<Self> {
        let table = records::table(text, file, &EXAM, findings);
        table.rows.iter().filter_map(|row| Self::read(&row.record, year, findings)).collect()
    }

    fn read(record: &Record, year: i32, findings: &mut Findings) -> Option<Self> {
        let mut name = records::text(record.get("name"))?;
        if let Some(unit) = records::text(record.get("unit")) {
            name.value = format!("{}（{}）", name.value, unit.value);
        }
        let marks = std::array::from_fn(|at| mark(record, &format!("m{}", at + 1), findings));
        Some(Exam { year, written_name: name, person: None, marks, place: record.place.clone() })
    }
}

fn mark(record: &Record, key: &str, findings: &mut Findings) -> Mark {
    let Some(entry) = record.get(key) else { return Mark::Absent };
    match fold(&entry.node.shown()).as_str() {
        "免" | "免考" => Mark::Exempt,
        "缺" | "缺考" | "-" | "/" => Mark::Absent,
        _ => records::number(Some(entry), findings).map_or(Mark::Absent, |score| Mark::Score(tenths(score))),
    }
}
