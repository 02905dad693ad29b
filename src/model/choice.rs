//! 选学: what colleagues want to learn, by person or by topic (directive S25, S26).

use super::unit::UnitId;
use crate::base::{Findings, Place, SourcePath};
use crate::records::{self, CHOICE};

/// A choice, or the number of those who chose a topic.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Whose menu it is about.
    pub unit: UnitId,
    /// Of which year.
    pub year: i32,
    /// 课题.
    pub topic: String,
    /// 姓名, for a row of one person.
    pub name: Option<String>,
    /// 人数, for a row of totals.
    pub count: Option<u32>,
    /// 排序, 1 to 3.
    pub rank: Option<u32>,
    /// 其他想学.
    pub other: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Choice {
    /// How much the row weighs (DOMAIN.md 3.6, point 12): a total its number, a person
    /// 3, 2 or 1 by rank, 1 without one.
    pub fn weight(&self) -> u32 {
        match (self.count, self.rank) {
            (Some(count), _) => count,
            (None, Some(rank @ 1..=3)) => 4 - rank,
            _ => 1,
        }
    }

    /// Reads the rows of a table.
    pub(super) fn read_table(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &CHOICE, findings);
        let rows = table.rows.iter().filter_map(|row| {
            let text = |key: &str| records::text(row.record.get(key)).map(|located| located.value);
            Some(Choice {
                unit,
                year,
                topic: text("topic")?,
                name: text("name"),
                count: records::integer(row.record.get("count"), findings),
                rank: records::integer(row.record.get("rank"), findings),
                other: text("other"),
                place: row.record.place.clone(),
            })
        });
        rows.collect()
    }
}
