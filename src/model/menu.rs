//! 年度选学菜单: what a unit offers at the beginning of a year (directive S23).

use serde::{Deserialize, Serialize};

use super::unit::UnitId;
use super::vocabulary::{self, Word};
use crate::base::{Findings, Place, SourcePath};
use crate::records::{self, MENU};

/// A topic of a menu.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MenuItem {
    /// Whose menu it is.
    pub unit: UnitId,
    /// Of which year.
    pub year: i32,
    /// 序号.
    pub order: Option<u32>,
    /// 课题.
    pub topic: String,
    /// 业务领域.
    pub domain: Option<Word>,
    /// 能力目标.
    pub skills: Vec<Word>,
    /// 来源.
    pub reason: Option<Word>,
    /// 拟授课人, as written.
    pub instructor: Option<String>,
    /// 说明.
    pub note: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl MenuItem {
    /// Reads the rows of a menu.
    pub(super) fn read_menu(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &MENU, findings);
        let rows = table.rows.iter().filter_map(|row| {
            let text = |key: &str| records::text(row.record.get(key)).map(|located| located.value);
            Some(MenuItem {
                unit,
                year,
                order: records::integer(row.record.get("order"), findings),
                topic: text("topic")?,
                domain: vocabulary::choice(row.record.get("domain"), "domain", findings),
                skills: vocabulary::choices(row.record.get("skill"), "skill", findings),
                reason: vocabulary::choice(row.record.get("reason"), "menu_reason", findings),
                instructor: text("instructor"),
                note: text("note"),
                place: row.record.place.clone(),
            })
        });
        rows.collect()
    }
}
