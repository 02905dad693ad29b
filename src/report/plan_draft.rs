//! A draft of a unit's plan out of what was decided (directive S33) and what
//! colleagues want to learn (directive S26).
//!
//! Topics that were accepted or adjusted stand in the month that was decided on or
//! asked for; those without a month, and topics of the menu that nobody teaches yet,
//! are spread over the months that have least. Whatever the clerk should look at
//! stands in 起草说明, which no page shows.

use crate::base::text::fold;
use crate::ledger::{self, Demand};
use crate::model::{Application, Decision, PlanKind, Session, Status, UnitId};
use crate::records::{self, PLAN};

use super::Records;

/// Fields that a draft leaves to later: what is known only when a session was held
/// stays as an empty column to be filled in.
const LEFT_OUT: &[&str] = &["id", "audience", "training"];

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// The table, as the clerk's spreadsheet reads it.
    pub bytes: Vec<u8>,
    /// How many rows come from applications.
    pub from_applications: usize,
    /// How many rows come from the menu.
    pub from_menu: usize,
    /// Months to come in which the draft and the plan leave nothing to learn.
    pub empty_months: Vec<u32>,
}

/// A row before it is written.
#[derive(Debug, Clone, Default)]
struct Row {
    month: Option<u32>,
    topic: String,
    instructor: String,
    is_adhoc: bool,
    application: String,
    form: String,
    notes: Vec<String>,
}

/// Drafts the plan of a unit's year.
pub fn draft_plan(records: &Records<'_>, unit: UnitId, year: i32) -> PlanDraft {
    let library = records.library;
    let existing: Vec<&Session> =
        library.sessions.iter().filter(|session| session.unit == unit && session.year == year).collect();
    let is_accepted = |one: &&Application| one.unit == unit && one.year == year && one.decision.is_accepted();
    let mut rows: Vec<Row> =
        library.applications.iter().filter(is_accepted).filter_map(|one| of_application(one, &existing)).collect();
    let from_applications = rows.len();
    let has = |rows: &[Row], topic: &str| rows.iter().any(|row| fold(&row.topic) == fold(topic));
    for demand in ledger::demand(library, unit, year) {
        if !demand.planned && !has(&rows, &demand.topic) {
            rows.push(of_demand(records, unit, year, &demand));
        }
    }
    let from_menu = rows.len() - from_applications;
    let mut load = Load::new(records, year, &existing);
    load.place(&mut rows, &existing);
    rows.sort_by_key(|row| (row.month, row.is_adhoc));
    PlanDraft { bytes: table(&rows), from_applications, from_menu, empty_months: load.empty() }
}

fn of_application(application: &Application, existing: &[&Session]) -> Option<Row> {
    let topic = application.topic.clone()?;
    let mut notes = Vec::new();
    let asked = application.month.map(|month| month.month);
    let decided = application.plan.as_deref().and_then(month_named).or(asked);
    let word = if application.decision == Decision::Adjusted { "调整后采纳" } else { "已采纳" };
    match application.comment.as_deref().filter(|comment| !comment.is_empty()) {
        Some(comment) => notes.push(format!("{word}：{comment}")),
        None => notes.push(word.to_owned()),
    }
    if let (Some(asked), Some(decided)) = (asked, decided)
        && asked != decided
    {
        notes.push(format!("申报 {asked} 月，定在 {decided} 月"));
    }
    let planned = existing.iter().find(|session| fold(&session.topic) == fold(&topic));
    notes.extend(planned.map(|_| "现有教学计划里已有这一课".to_owned()));
    let names: Vec<&str> = application.written_applicants.iter().map(|name| name.value.as_str()).collect();
    Some(Row {
        month: decided.or(planned.and_then(|session| session.month).map(|month| month.month)),
        application: topic.clone(),
        topic,
        instructor: names.join("、"),
        is_adhoc: application.adhoc,
        form: application.form.as_ref().map(|form| form.name.clone()).unwrap_or_default(),
        notes,
    })
}

/// The month of a note such as 4月基础课.
fn month_named(plan: &str) -> Option<u32> {
    let folded = fold(plan);
    let (before, _) = folded.split_once('月')?;
    let start = before
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before[start..].parse().ok().filter(|month| (1..=12).contains(month))
}

fn of_demand(records: &Records<'_>, unit: UnitId, year: i32, demand: &Demand) -> Row {
    let mut menu = records.library.menu.iter().filter(|item| item.unit == unit && item.year == year);
    let item = menu.find(|item| fold(&item.topic) == fold(&demand.topic));
    let instructor = item.and_then(|item| item.instructor.clone()).unwrap_or_default();
    let wish = match (demand.on_menu, demand.votes) {
        (true, 0) => "菜单课题，还没有人选学".to_owned(),
        (true, votes) => format!("想学未排：选学 {votes} 票"),
        (false, votes) => format!("菜单以外想学的课题：{votes} 票"),
    };
    let who = if instructor.is_empty() { "请定小教员" } else { "小教员为菜单所拟，请与本人商定" };
    let mut notes = vec![wish, who.to_owned()];
    notes.extend(declined(records, unit, year, &demand.topic));
    Row { topic: demand.topic.clone(), instructor, notes, ..Row::default() }
}

/// What the unit decided against the same topic.
fn declined(records: &Records<'_>, unit: UnitId, year: i32, topic: &str) -> Option<String> {
    let is_of_topic = |one: &&Application| one.topic.as_ref().is_some_and(|other| fold(other) == fold(topic));
    let mut all = records.library.applications.iter().filter(|one| one.unit == unit && one.year == year);
    let found = all.find(|one| is_of_topic(one) && one.decision == Decision::Declined)?;
    let names: Vec<&str> = found.written_applicants.iter().map(|name| name.value.as_str()).collect();
    let why = found.comment.as_deref().map_or_else(String::new, |comment| format!("：{comment}"));
    Some(format!("{}申报过这一课，研究未采纳{why}", names.join("、")))
}

/// How many sessions of the basic plan each month has.
struct Load {
    months: [usize; 12],
    /// Months before this one are over.
    first: u32,
    /// The most that a month should have (directive S41).
    most: usize,
}

impl Load {
    /// What the existing plan has already.
    fn new(records: &Records<'_>, year: i32, existing: &[&Session]) -> Self {
        let as_of = records.config.as_of;
        let first = if year == as_of.year() { as_of.month().month } else { 1 };
        let most = usize::try_from(records.config.sessions_per_month.1).unwrap_or(usize::MAX);
        let mut load = Self { months: [0; 12], first, most };
        let counted = existing
            .iter()
            .filter(|session| session.kind == PlanKind::Basic && session.status(as_of) != Status::Cancelled);
        for month in counted.filter_map(|session| session.month).filter(|month| month.year == year) {
            load.add(month.month);
        }
        load
    }

    fn add(&mut self, month: u32) {
        if let Some(count) = usize::try_from(month).ok().and_then(|month| self.months.get_mut(month.wrapping_sub(1))) {
            *count += 1;
        }
    }

    /// First those with a month, then the others, each into the month that has least.
    fn place(&mut self, rows: &mut [Row], existing: &[&Session]) {
        let is_new = |row: &Row| !existing.iter().any(|session| fold(&session.topic) == fold(&row.topic));
        for row in rows.iter_mut().filter(|row| !row.is_adhoc) {
            if let Some(month) = row.month
                && is_new(row)
            {
                self.add(month);
                row.notes.extend(self.warning(month));
            }
        }
        for row in rows.iter_mut().filter(|row| row.month.is_none()) {
            // An ad-hoc topic is wanted soon, whatever else the month has.
            let month = if row.is_adhoc { self.first } else { self.emptiest() };
            row.month = Some(month);
            let how = if row.is_adhoc {
                "机动课题，暂排在最近的月份，可改"
            } else {
                "月份由程序匀排，可改"
            };
            row.notes.push(how.to_owned());
            if !row.is_adhoc {
                self.add(month);
                row.notes.extend(self.warning(month));
            }
        }
    }

    /// Months that are not over and have no session.
    fn empty(&self) -> Vec<u32> {
        let left = (1u32..).zip(self.months).filter(|(month, count)| *month >= self.first && *count == 0);
        left.map(|(month, _)| month).collect()
    }

    fn emptiest(&self) -> u32 {
        let left = (1u32..).zip(self.months).filter(|(month, _)| *month >= self.first);
        left.min_by_key(|(month, count)| (*count, *month)).map_or(12, |(month, _)| month)
    }

    fn warning(&self, month: u32) -> Option<String> {
        let count = *usize::try_from(month).ok().and_then(|month| self.months.get(month.wrapping_sub(1)))?;
        (count > self.most).then(|| format!("{month} 月已有 {count} 次基础课，多于 {} 次，请斟酌", self.most))
    }
}

fn table(rows: &[Row]) -> Vec<u8> {
    let fields = || PLAN.fields.iter().filter(|field| !LEFT_OUT.contains(&field.key));
    let head: Vec<String> = fields().map(|field| field.name.to_owned()).collect();
    let line = |(at, row): (usize, &Row)| fields().map(|field| cell(at + 1, row, field.key)).collect();
    records::table_bytes(std::iter::once(head).chain(rows.iter().enumerate().map(line)))
}

fn cell(order: usize, row: &Row, key: &str) -> String {
    match key {
        "order" => order.to_string(),
        "month" => row.month.map(|month| month.to_string()).unwrap_or_default(),
        "topic" => row.topic.clone(),
        "instructor" => row.instructor.clone(),
        "kind" => if row.is_adhoc { "机动" } else { "基础" }.to_owned(),
        "application" => row.application.clone(),
        "form" => row.form.clone(),
        "draft_note" => row.notes.join("；"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::month_named;

    #[test]
    fn a_month_is_read_out_of_a_note() {
        assert_eq!(month_named("4月基础课"), Some(4));
        assert_eq!(month_named("计划１２月"), Some(12));
        assert_eq!(month_named("13月"), None);
        assert_eq!(month_named("年底"), None);
    }
}
