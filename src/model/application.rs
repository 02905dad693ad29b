//! 申报: a regular application for a course, or an ad-hoc one for a topic
//! (directive S27-S39).

use serde::{Deserialize, Serialize};

use super::person::Instructor;
use super::unit::UnitId;
use super::vocabulary::{self, Word};
use crate::base::{Day, Findings, Located, Month, Place, SourcePath};
use crate::records::{self, APPLICATION, Record};

/// 研究结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// 采纳.
    Accepted,
    /// 调整: accepted with changes.
    Adjusted,
    /// 未采纳.
    Declined,
    /// 待研究.
    Pending,
}

impl Decision {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            Decision::Accepted => "accepted",
            Decision::Adjusted => "adjusted",
            Decision::Declined => "declined",
            Decision::Pending => "pending",
        }
    }

    /// What people write.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Accepted => "采纳",
            Decision::Adjusted => "调整",
            Decision::Declined => "未采纳",
            Decision::Pending => "待研究",
        }
    }

    /// Whether the topic belongs into the plan.
    pub fn is_accepted(self) -> bool {
        matches!(self, Decision::Accepted | Decision::Adjusted)
    }
}

/// An application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Application {
    /// The unit that decides.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// Whether it is an ad-hoc one (机动).
    pub adhoc: bool,
    /// 申报人 as written.
    pub written_applicants: Vec<Located<String>>,
    /// 申报人.
    pub applicants: Vec<Instructor>,
    /// 课题; `None` when it was left out (E301).
    pub topic: Option<String>,
    /// 内容简介.
    pub summary: Option<String>,
    /// 申报理由.
    pub reason: Option<String>,
    /// 来源.
    pub origin: Option<Word>,
    /// Whether something was written as 来源: what is not one of its words is told
    /// there (E116).
    pub has_origin: bool,
    /// 拟授课月份.
    pub month: Option<Month>,
    /// 形式.
    pub form: Option<Word>,
    /// 申报日期.
    pub date: Option<Day>,
    /// 研究结果.
    pub decision: Decision,
    /// 研究意见.
    pub comment: Option<String>,
    /// 研究日期.
    pub decided: Option<Day>,
    /// 研究人: who decided (directive S39).
    pub decided_by: Option<String>,
    /// 对应计划.
    pub plan: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Application {
    /// Reads the rows of a table.
    pub(super) fn read_table(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &APPLICATION, findings);
        table.rows.iter().map(|row| Self::read(&row.record, unit, year, findings)).collect()
    }

    /// Whether it says who wants to teach what (E301); what does not counts nowhere.
    pub fn is_complete(&self) -> bool {
        self.topic.is_some() && !self.applicants.is_empty()
    }

    /// Reads an application that somebody sent in as a Markdown file.
    pub(super) fn read_file(text: &str, file: &SourcePath, unit: UnitId, year: i32, findings: &mut Findings) -> Self {
        let document = records::document(text, file, &APPLICATION, findings);
        Self::read(&document.record, unit, year, findings)
    }

    fn read(record: &Record, unit: UnitId, year: i32, findings: &mut Findings) -> Self {
        let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let kind = vocabulary::choice(record.get("kind"), "application_kind", findings);
        let decision = vocabulary::choice(record.get("decision"), "decision", findings);
        Application {
            unit,
            year,
            adhoc: kind.is_some_and(|word| word.key == "adhoc"),
            written_applicants: records::list(record.get("applicant"), false),
            applicants: Vec::new(),
            topic: text("topic"),
            summary: text("summary"),
            reason: text("reason"),
            origin: vocabulary::choice(record.get("origin"), "origin", findings),
            has_origin: record.get("origin").is_some(),
            month: records::month(record.get("month"), Some(year), "E305", findings),
            form: vocabulary::choice(record.get("form"), "form", findings),
            date: records::date_in(record.get("date"), |_| year, findings),
            decision: decision.map_or(Decision::Pending, |word| decision_of(&word.key)),
            comment: text("comment"),
            decided: records::date_in(record.get("decided"), |_| year, findings),
            decided_by: text("decided_by"),
            plan: text("plan"),
            place: record.place.clone(),
        }
    }
}

fn decision_of(key: &str) -> Decision {
    let all = [Decision::Accepted, Decision::Adjusted, Decision::Declined];
    all.into_iter().find(|decision| decision.key() == key).unwrap_or(Decision::Pending)
}
