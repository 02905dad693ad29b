//! Views of the forms: those that are filled on screen and those for paper.

use serde::Serialize;

use super::{LinkView, MenuItemView, UnitLinkView};

/// What a form that is filled on screen becomes: a file that `collect` reads.
#[derive(Debug, Clone, Serialize)]
pub struct ExchangeView {
    /// Name of the file, with the columns in braces, for example `选学_{单位}_{姓名}_{年度}.csv`.
    pub file: String,
    /// Columns in their order, with commas between them.
    pub columns: String,
    /// How it is written: `csv` or `md`.
    pub format: String,
}

/// Where a filled form goes.
#[derive(Debug, Clone, Serialize)]
pub struct ClerkView {
    /// Name of the unit's clerk.
    pub name: Option<String>,
    /// Complete `mailto:` address of the clerk, with a subject.
    pub url: Option<String>,
}

/// templates/pages/choose.html: 选学单 on the annual menu of a unit.
#[derive(Debug, Clone, Serialize)]
pub struct ChooseView {
    /// The unit.
    pub unit: UnitLinkView,
    /// The year.
    pub year: u32,
    /// The page of the unit's year.
    pub year_url: String,
    /// The topics.
    pub items: Vec<MenuItemView>,
    /// What is saved.
    pub exchange: ExchangeView,
    /// Who collects.
    pub clerk: ClerkView,
}

/// templates/pages/apply.html: 课程申报表 or 课题（机动）申报表.
#[derive(Debug, Clone, Serialize)]
pub struct ApplyView {
    /// Whether it is the form for ad-hoc topics, which asks for the origin.
    pub is_adhoc: bool,
    /// 类型 as the file has it: 常规 or 机动.
    pub kind: String,
    /// Names of the units.
    pub units: Vec<String>,
    /// Ways of teaching.
    pub forms: Vec<String>,
    /// 上级新政, 履职实践.
    pub origins: Vec<String>,
    /// Year of the data.
    pub year: u32,
    /// Up to which age everybody is asked to apply (directive S29).
    pub age_line: u32,
    /// A sentence about the last day for regular applications of the year (directive
    /// S27); absent without such a setting and on the form for ad-hoc topics.
    pub deadline_text: Option<String>,
    /// What is saved.
    pub exchange: ExchangeView,
}

/// A session that may be evaluated.
#[derive(Debug, Clone, Serialize)]
pub struct BallotSessionView {
    /// Topic.
    pub topic: String,
    /// Instructors, by name.
    pub instructor: Option<String>,
    /// The day, for example `2025-03-14`; absent when the plan does not have it yet.
    pub date: Option<String>,
    /// The day in words.
    pub date_text: Option<String>,
}

/// templates/pages/ballot.html: an anonymous ballot.
#[derive(Debug, Clone, Serialize)]
pub struct BallotView {
    /// The unit; absent on the page for all units.
    pub unit: Option<UnitLinkView>,
    /// The year.
    pub year: u32,
    /// Sessions to choose from; empty on the page for all units.
    pub sessions: Vec<BallotSessionView>,
    /// Names of the units, for the page for all units.
    pub units: Vec<String>,
    /// The four levels, best first.
    pub levels: Vec<String>,
    /// What is saved.
    pub exchange: ExchangeView,
    /// The paper form.
    pub paper_url: String,
}

/// templates/pages/sheet.html: a form for paper, blank or filled from the data.
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// Key of the form; its words stand under `t.sheets.<key>`: `menu plan satisfaction
    /// ballot-summary sign-in lesson pacesetter unit-summary`.
    pub key: String,
    /// How it is laid out: `table`, `card` or `slips`.
    pub layout: String,
    /// Name of the unit; absent on a blank form.
    pub unit: Option<String>,
    /// The year; absent on a blank form.
    pub year: Option<u32>,
    /// Filled rows, one text for each column of `t.sheets.<key>.columns`.
    pub rows: Vec<Vec<String>>,
    /// Numbers of the blank rows below them.
    pub blank_rows: Vec<u32>,
    /// The four levels of a ballot, best first.
    pub levels: Vec<String>,
    /// The same form for a unit and year, or on screen.
    pub others: Vec<LinkView>,
}
