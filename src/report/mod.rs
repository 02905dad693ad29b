//! Documents for the office: drafts of a plan and of a list of honours, and the
//! internal report.
//!
//! What is made here may hold what pages must not (DOMAIN.md 3.7): marks, conduct,
//! names below the line, who has not applied. It goes to the clerk's own folders and
//! into `reports/`, never into the site; what goes to everybody is made in
//! [`crate::export`]. Everything is a value; the command line writes.

mod assessment;
mod awards_draft;
mod basis;
mod conclusion;
mod declarations;
mod gaps;
mod instructors;
mod pacesetters;
mod plan_draft;
mod problems;
mod year;

use crate::base::Finding;
use crate::config::Config;
use crate::export::Sheet;
use crate::ledger::Ledger;
use crate::model::Library;
use crate::render::{Documents, PaperView, Pointer, SectionView};
use crate::theme::Theme;

pub use awards_draft::draft_awards;
pub use plan_draft::{PlanDraft, draft_plan};
pub use problems::problems;

/// What stands on every page of a report.
pub const MARK: &str = "内部资料 不得外传";

/// What reports and drafts are made from.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// What the content says.
    pub library: &'a Library,
    /// What follows from it.
    pub ledger: &'a Ledger,
    /// The settings.
    pub config: &'a Config,
}

/// A part of a report: a table that is a section of a page and a CSV file as well.
struct Part {
    /// The anchor.
    id: &'static str,
    /// The heading and the name of the CSV file.
    title: &'static str,
    /// Sentences above the table: how it was reckoned.
    notes: Vec<String>,
    /// The table.
    sheet: Sheet,
    /// What to say when it has no rows.
    empty: &'static str,
    /// Whether the table is folded at first.
    is_long: bool,
}

/// The files of the internal report, by their paths in its folder: a first page, and
/// for every year with sessions or plans up to that of the statistics a page and its
/// tables as CSV.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn report(records: &Records<'_>, theme: &Theme) -> Result<Vec<(String, Vec<u8>)>, Finding> {
    let documents = Documents::new(theme)?;
    let last = records.config.as_of.year();
    let years: Vec<i32> = records.ledger.assessments.keys().copied().filter(|year| *year <= last).rev().collect();
    let whole = conclusion::parts(records, &years);
    let mut files = vec![("index.html".to_owned(), documents.page(&first_page(records, &years, &whole))?)];
    files.extend(whole.iter().map(|part| (csv_name(part), part.sheet.csv())));
    for year in years {
        let parts = year::parts(records, year);
        let view = page(records, year, &parts);
        files.push((format!("{year}/index.html"), documents.page(&view)?));
        files.extend(parts.iter().map(|part| (format!("{year}/{}", csv_name(part)), part.sheet.csv())));
    }
    Ok(files)
}

fn csv_name(part: &Part) -> String {
    format!("内部-{}.csv", part.title)
}

fn first_page(records: &Records<'_>, years: &[i32], whole: &[Part]) -> PaperView {
    let link = |year: &i32| Pointer { text: format!("{year} 年"), href: format!("{year}/index.html") };
    let of_years = SectionView {
        id: "niandu".to_owned(),
        title: "按年度".to_owned(),
        links: years.iter().map(link).collect(),
        empty: years.is_empty().then(|| "还没有教学计划和授课记录。".to_owned()),
        ..SectionView::default()
    };
    PaperView {
        title: "互动式岗位教学内部报表".to_owned(),
        mark: Some(MARK.to_owned()),
        lead: lead(records),
        sections: std::iter::once(of_years).chain(whole.iter().map(section)).collect(),
        ..PaperView::default()
    }
}

fn lead(records: &Records<'_>) -> Vec<String> {
    let day = format!("统计日：{}。", records.config.as_of.in_words());
    let warning = "报表含有成绩、未达线人员和未申报人员名单，只供人教部门和单位负责人工作使用，不要放进网站或转发。";
    records.config.organization.iter().cloned().chain([day, warning.to_owned()]).collect()
}

fn page(records: &Records<'_>, year: i32, parts: &[Part]) -> PaperView {
    PaperView {
        title: format!("{year} 年内部报表"),
        mark: Some(MARK.to_owned()),
        back: Some(Pointer { text: "全部年度".to_owned(), href: "../index.html".to_owned() }),
        lead: lead(records),
        sections: parts.iter().map(section).collect(),
        ..PaperView::default()
    }
}

fn section(part: &Part) -> SectionView {
    let rows = part.sheet.rows.len();
    SectionView {
        id: part.id.to_owned(),
        title: part.title.to_owned(),
        notes: part.notes.clone(),
        links: vec![Pointer { text: format!("{}（共 {rows} 行）", csv_name(part)), href: csv_name(part) }],
        heads: part.sheet.columns.iter().map(|column| column.head.to_owned()).collect(),
        rows: part.sheet.rows.iter().map(|row| row.iter().map(crate::export::Cell::shown).collect()).collect(),
        folded: part.is_long.then(|| format!("展开 {rows} 行")),
        empty: (rows == 0).then(|| part.empty.to_owned()),
    }
}
