//! 选学: what colleagues want to learn, by person or by topic (directive S25, S26).

use serde::{Deserialize, Serialize};

use super::unit::UnitId;
use crate::base::{Findings, Place, SourcePath};
use crate::records::{self, CHOICE};

/// A choice, or the number of those who chose a topic.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    /// Whose menu it is about.
    pub unit: UnitId,
    /// Of which year.
    pub year: i32,
    /// 课题, or one of 其他想学.
    pub topic: String,
    /// 姓名, for a row of one person.
    pub name: Option<String>,
    /// 人数, for a row of totals.
    pub count: Option<u32>,
    /// 排序, 1 to 3.
    pub rank: Option<u32>,
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

    /// Reads the rows of a table. What somebody else wants to learn (其他想学) is a choice
    /// of its own, without a rank.
    pub(super) fn read_table(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &CHOICE, findings);
        let mut choices = Vec::new();
        for record in table.rows.iter().map(|row| &row.record) {
            let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
            let name = text("name");
            let choice = |topic: String| Choice {
                unit,
                year,
                topic,
                name: name.clone(),
                count: None,
                rank: None,
                place: record.place.clone(),
            };
            if let Some(topic) = text("topic") {
                let count = records::integer(record.get("count"), findings);
                let rank = records::integer(record.get("rank"), findings);
                choices.push(Choice { count, rank, ..choice(topic) });
            }
            let wishes = text("other").unwrap_or_default();
            let wishes = wishes.split(['；', ';', '\n']).map(str::trim).filter(|wish| !wish.is_empty());
            choices.extend(wishes.map(|wish| choice(wish.to_owned())));
        }
        choices
    }
}
