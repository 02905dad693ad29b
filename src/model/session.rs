//! 授课: one occasion on which a lesson is taught, planned or held.

use serde::{Deserialize, Serialize};

use super::lesson::{Ballots, Lesson, LessonId};
use super::person::Instructor;
use super::unit::UnitId;
use super::vocabulary::{self, Word};
use crate::base::{Day, Finding, Findings, Located, Month, Place, SourcePath};
use crate::records::{self, Entry, PLAN, Record, Row};

/// A session's number in [`super::Library::sessions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SessionId(pub usize);

/// 类型: whether a session belongs to the basic plan (directive S34, S35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanKind {
    /// 基础.
    Basic,
    /// 机动.
    AdHoc,
}

impl PlanKind {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            PlanKind::Basic => "basic",
            PlanKind::AdHoc => "adhoc",
        }
    }
}

/// 状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// 计划中.
    Planned,
    /// 已完成.
    Held,
    /// 延期.
    Postponed,
    /// 取消.
    Cancelled,
}

impl Status {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Held => "held",
            Status::Postponed => "postponed",
            Status::Cancelled => "cancelled",
        }
    }
}

/// A session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// The unit whose plan it stands in: the host.
    pub unit: UnitId,
    /// The year of the plan.
    pub year: i32,
    /// 月份: the month it was planned for; `None` when it could not be read (E305).
    pub month: Option<Month>,
    /// 课题.
    pub topic: String,
    /// 小教员 as written.
    pub written_instructors: Vec<Located<String>>,
    /// 小教员.
    pub instructors: Vec<Instructor>,
    /// 类型.
    pub kind: PlanKind,
    /// 来源申报.
    pub application: Option<String>,
    /// 场合.
    pub occasion: Option<Word>,
    /// 形式.
    pub form: Option<Word>,
    /// 地点.
    pub venue: Option<String>,
    /// 授课对象.
    pub audience: Option<String>,
    /// 参训方式: whether people are told to come or choose to (directive S55).
    pub training: Option<Word>,
    /// 教案 as written.
    pub written_lesson: Option<Located<String>>,
    /// 教案.
    pub lesson: Option<LessonId>,
    /// 完成日期.
    pub held: Option<Day>,
    /// 状态 as written.
    pub written_status: Option<Status>,
    /// 应到.
    pub expected: Option<u32>,
    /// 实到.
    pub attended: Option<u32>,
    /// The ballots that a lesson's front matter gives.
    pub ballots: Option<Ballots>,
    /// 备注.
    pub note: Option<String>,
    /// 课次编号.
    pub number: Option<String>,
    /// Whether a date or a status was written that nobody can read, or that cannot be:
    /// told where it was read, so that no other rule needs to ask for it.
    pub is_unclear: bool,
    /// Where it is written.
    pub place: Place,
}

impl Session {
    /// Reads the rows of a plan.
    pub(super) fn read_plan(
        text: &str,
        file: &SourcePath,
        unit: UnitId,
        year: i32,
        findings: &mut Findings,
    ) -> Vec<Self> {
        let table = records::table(text, file, &PLAN, findings);
        let has_months = table.has("month");
        let read = |row: &Row| Self::read(&row.record, unit, year, has_months, findings);
        table.rows.iter().filter_map(read).collect()
    }

    fn read(record: &Record, unit: UnitId, year: i32, has_months: bool, findings: &mut Findings) -> Option<Self> {
        let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let topic = text("topic")?;
        let kind = vocabulary::choice(record.get("kind"), "plan_kind", findings);
        let status = vocabulary::choice(record.get("status"), "status", findings);
        let month = planned_month(record, year, has_months, findings);
        let held = held_day(record, year, month, findings);
        let is_unclear =
            (held.is_none() && record.get("held").is_some()) || (status.is_none() && record.get("status").is_some());
        Some(Session {
            unit,
            year,
            topic,
            month,
            written_instructors: records::list(record.get("instructor"), false),
            instructors: Vec::new(),
            kind: if kind.is_some_and(|word| word.key == "adhoc") { PlanKind::AdHoc } else { PlanKind::Basic },
            application: text("application"),
            occasion: vocabulary::choice(record.get("occasion"), "occasion", findings),
            form: vocabulary::choice(record.get("form"), "form", findings),
            venue: text("venue"),
            audience: text("audience"),
            training: vocabulary::choice(record.get("training"), "training", findings),
            written_lesson: records::text(record.get("lesson")),
            lesson: None,
            held,
            written_status: status.and_then(|word| status_of(&word.key)),
            expected: records::integer(record.get("expected"), findings),
            attended: records::integer(record.get("attended"), findings),
            ballots: None,
            note: text("note"),
            number: text("id"),
            is_unclear,
            place: record.place.clone(),
        })
    }

    /// The session that a lesson's own front matter tells of.
    pub(super) fn of_lesson(id: LessonId, lesson: &Lesson) -> Option<Self> {
        let own = lesson.session.as_ref()?;
        let adhoc = lesson.declaration.as_ref().is_some_and(|word| word.key == "adhoc");
        Some(Session {
            unit: lesson.unit,
            year: own.date.year(),
            month: Some(own.date.month()),
            topic: lesson.title.clone(),
            written_instructors: lesson.written_instructors.clone(),
            instructors: lesson.instructors.clone(),
            kind: if adhoc { PlanKind::AdHoc } else { PlanKind::Basic },
            application: None,
            occasion: own.occasion.clone(),
            form: lesson.form.clone(),
            venue: lesson.venue.clone(),
            audience: lesson.audience.clone(),
            training: None,
            written_lesson: None,
            lesson: Some(id),
            held: Some(own.date),
            written_status: None,
            expected: own.expected,
            attended: own.attended,
            ballots: own.ballots,
            note: None,
            number: None,
            is_unclear: false,
            place: Place::file(&lesson.file),
        })
    }

    /// 状态: as written, but a date of completion means that it was held, and
    /// without one nothing was (DOMAIN.md 3.3, E309). What lies after the day of
    /// the statistics has not happened (E310).
    pub fn status(&self, as_of: Day) -> Status {
        match (self.written_status, self.held) {
            (Some(Status::Cancelled), _) => Status::Cancelled,
            (_, Some(day)) if day <= as_of => Status::Held,
            (Some(Status::Postponed), _) => Status::Postponed,
            _ => Status::Planned,
        }
    }

    /// Whether it was held by a day.
    pub fn is_held(&self, as_of: Day) -> bool {
        self.status(as_of) == Status::Held
    }
}

/// 月份; a row that leaves it out where there is such a column is told (E305).
fn planned_month(record: &Record, year: i32, has_months: bool, findings: &mut Findings) -> Option<Month> {
    let Some(entry) = record.get("month") else {
        if has_months {
            findings.push(Finding::new("E305", record.place.clone()).with("值", "空白"));
        }
        return None;
    };
    let month = records::month(Some(entry), Some(year), "E305", findings)?;
    fits_folder(entry, month.year, month.year == year, year, findings).then_some(month)
}

/// 完成日期; a session of the plan may be made up for in the year after, and not before.
/// A day without a year that lies half a year before its month is one of those.
fn held_day(record: &Record, year: i32, planned: Option<Month>, findings: &mut Findings) -> Option<Day> {
    let entry = record.get("held")?;
    let is_after = |month: u32| planned.is_some_and(|planned| planned.year == year && month + 6 <= planned.month);
    let day = records::date_in(Some(entry), |month| year + i32::from(is_after(month)), findings)?;
    let fits = (year..=year + 1).contains(&day.year());
    fits_folder(entry, day.year(), fits, year, findings).then_some(day)
}

/// E114: a plan of one year with a date of another.
fn fits_folder(entry: &Entry, written: i32, fits: bool, year: i32, findings: &mut Findings) -> bool {
    if !fits {
        let finding = Finding::new("E114", entry.node.place.clone()).with("目录年", year);
        findings.push(finding.with("年", written));
    }
    fits
}

fn status_of(key: &str) -> Option<Status> {
    [Status::Planned, Status::Held, Status::Postponed, Status::Cancelled].into_iter().find(|status| status.key() == key)
}
