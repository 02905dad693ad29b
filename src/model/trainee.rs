//! 学员年度情况: attendance, duty marks and conduct. Marks and conduct never leave
//! the machine (DOMAIN.md 3.7).

use serde::{Deserialize, Serialize};

use super::person::Instructor;
use super::unit::UnitId;
use crate::base::{Findings, Located, Place, SourcePath};
use crate::records::{self, TRAINEE};

/// A year of a trainee.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trainee {
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// 姓名 as written.
    pub written_name: Located<String>,
    /// Who it is.
    pub person: Option<Instructor>,
    /// 应到.
    pub expected: Option<u32>,
    /// 实到.
    pub attended: Option<u32>,
    /// 授课次数, where the clerk counts otherwise than the plan does.
    pub taught: Option<u32>,
    /// 绩效得分, in tenths of a point.
    pub duty_score: Option<u32>,
    /// 作风: whether it is 合格.
    pub conduct_ok: Option<bool>,
    /// 推荐理由.
    pub reason: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Trainee {
    /// Reads the rows of a table.
    pub(super) fn read_table(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &TRAINEE, findings);
        let rows = table.rows.iter().filter_map(|row| {
            Some(Trainee {
                unit,
                year,
                written_name: records::text(row.record.get("name"))?,
                person: None,
                expected: records::integer(row.record.get("expected"), findings),
                attended: records::integer(row.record.get("attended"), findings),
                taught: records::integer(row.record.get("taught"), findings),
                duty_score: records::number(row.record.get("duty_score"), findings).map(tenths),
                conduct_ok: records::verdict(row.record.get("conduct"), findings),
                reason: records::text(row.record.get("reason")).map(|located| located.value),
                place: row.record.place.clone(),
            })
        });
        rows.collect()
    }
}

/// A mark in tenths, so that sums stay whole numbers.
pub(super) fn tenths(mark: f64) -> u32 {
    (mark * 10.0).round().clamp(0.0, 10_000.0) as u32
}
