//! `draft`: a plan or a list of honours to begin with. Printed unless it is asked to
//! be written, and never over what somebody typed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Draft, Global};
use super::desk::{Desk, deliver};
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};
use crate::records::{BLANKS, PLAN};
use crate::report::{Records, draft_awards, draft_plan};
use crate::source::FileKind;

pub(super) fn run(global: &Global, what: &Draft, printer: &Printer) -> Result<Exit, Failure> {
    let desk = Desk::new(global)?;
    let records = Records { library: &desk.library, ledger: &desk.ledger, config: &desk.workspace.config };
    match what {
        Draft::Plan { unit, year, write } => {
            let unit = desk.unit(unit)?;
            let drafted = draft_plan(&records, unit, *year);
            let folder = &desk.library.unit(unit).folder;
            let target = plan_target(&desk, folder, *year);
            let said = format!(
                "起草 {} 课：已采纳的申报 {} 课，想学未排的课题 {} 课。{}",
                drafted.from_applications + drafted.from_menu,
                drafted.from_applications,
                drafted.from_menu,
                empty_months(&drafted.empty_months, desk.workspace.config.sessions_per_month.0)
            );
            finish(&drafted.bytes, write.then_some(&target), "plan", &said, printer)
        }
        Draft::Awards { year, write } => {
            let text = draft_awards(&records, *year);
            let target = awards_target(&desk, *year);
            let said = format!("起草 {year} 年评选结果，人选都写成了说明行。");
            finish(text.as_bytes(), write.then_some(&target), "awards", &said, printer)
        }
    }
}

/// What the clerk has to see to before the plan is complete (directive S41).
fn empty_months(months: &[u32], least: u32) -> String {
    if months.is_empty() || least == 0 {
        return String::new();
    }
    let months: Vec<String> = months.iter().map(u32::to_string).collect();
    format!("{} 月还没有课，每月至少 {least} 次，请补排。", months.join("、"))
}

/// Where a draft would go.
struct Target {
    path: PathBuf,
    /// What stands there, when it must not be touched.
    taken: bool,
}

/// The plan that there is, else a new one. A blank table of `new year` in which nobody
/// has typed anything counts for none.
fn plan_target(desk: &Desk, folder: &str, year: i32) -> Target {
    let mut plans = desk.workspace.sources.of(FileKind::Plan);
    let existing = plans.find(|file| file.slot.unit.as_deref() == Some(folder) && file.slot.year == Some(year));
    let blank = BLANKS.iter().find(|blank| blank.entity.key == PLAN.key);
    let Some(file) = existing else {
        let name = blank.map_or("plan.csv", |blank| blank.file);
        return target(desk.root.content_folder().join("units").join(folder).join(year.to_string()).join(name));
    };
    let path = desk.root.root.join(file.path.as_str());
    let untouched = blank.is_some_and(|blank| fs::read(&path).is_ok_and(|bytes| bytes == blank.bytes(year)));
    Target { path, taken: !untouched }
}

fn awards_target(desk: &Desk, year: i32) -> Target {
    let mut lists = desk.workspace.sources.of(FileKind::Awards);
    if let Some(file) = lists.find(|file| file.slot.year == Some(year)) {
        return Target { path: desk.root.root.join(file.path.as_str()), taken: true };
    }
    // Beside the lists of other years, whatever their folder is called.
    let folder = desk.workspace.sources.of(FileKind::Awards).next().map(|file| desk.root.root.join(file.path.folder()));
    let folder = folder.unwrap_or_else(|| desk.root.content_folder().join("awards"));
    target(folder.join(format!("{year}.yaml")))
}

fn target(path: PathBuf) -> Target {
    Target { taken: path.symlink_metadata().is_ok(), path }
}

fn finish(bytes: &[u8], target: Option<&Target>, what: &str, said: &str, printer: &Printer) -> Result<Exit, Failure> {
    match target {
        Some(Target { path, taken: true }) => {
            let message = format!("{} 已经有了，没有动它。不加 --write 可以先看草稿。", shown(path));
            return Err(Failure::new(Exit::Usage, message));
        }
        Some(Target { path, .. }) => put(bytes, path, printer)?,
        None if !printer.json => deliver(bytes, None, printer)?,
        None => {}
    }
    if printer.json {
        let file = target.map(|target| shown(&target.path));
        let text = target.is_none().then(|| String::from_utf8_lossy(bytes).into_owned());
        printer.object(&json!({"schema_version": 1, "command": "draft", "what": what, "file": file, "text": text}));
    }
    let place = target.map_or(String::new(), |target| format!("已写入 {}。", shown(&target.path)));
    printer.say(&format!("{said}{place}"));
    Ok(Exit::Done)
}

/// Writes the draft; an untouched blank table gives way.
fn put(bytes: &[u8], path: &Path, printer: &Printer) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        let refused = |error| Failure::new(Exit::Environment, format!("换不下空白表 {}：{error}。", shown(path)));
        fs::remove_file(path).map_err(refused)?;
    }
    deliver(bytes, Some(path), printer)
}
