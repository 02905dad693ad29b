//! `export`: data for spreadsheets, calendars and other software.

use std::io::IsTerminal;

use serde_json::json;

use super::args::{ExportOptions, Exported, Format, Global};
use super::desk::{Desk, deliver};
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};
use crate::export::{self, Scope, Selection, Sheet};

pub(super) fn run(global: &Global, options: &ExportOptions, printer: &Printer) -> Result<Exit, Failure> {
    let desk = Desk::new(global)?;
    let unit = options.unit.as_deref().map(|written| desk.unit(written)).transpose()?;
    let selection = Selection { unit, year: options.year };
    let (bytes, rows) = made(&desk, options.what, selection, global.format)?;
    let is_binary = global.format == Format::Xlsx;
    if is_binary && options.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::new(Exit::Usage, "xlsx 不能显示在屏幕上，请用 -o 写明文件名，例如 -o 计划.xlsx。"));
    }
    deliver(&bytes, options.output.as_deref(), printer)?;
    if let Some(file) = &options.output {
        if printer.json {
            let summary = json!({"schema_version": 1, "command": "export", "file": shown(file), "total": rows});
            printer.object(&summary);
        }
        printer.say(&format!("已导出 {rows} 条，写入 {}", shown(file)));
    } else {
        printer.say(&format!("共 {rows} 条"));
    }
    Ok(Exit::Done)
}

/// The bytes of an export and how many rows or events it has.
fn made(desk: &Desk, what: Exported, selection: Selection, format: Format) -> Result<(Vec<u8>, usize), Failure> {
    let as_of = desk.workspace.config.as_of;
    let refused = |cause| Failure::new(Exit::Environment, format!("表格写不出来：{cause}。"));
    let table = sheet(desk, what, selection);
    let rows = table.rows.len();
    let bytes = match format {
        Format::Human | Format::Csv => table.csv(),
        Format::Json => format!("{}\n", table.json(name(what))).into_bytes(),
        Format::Xlsx => export::xlsx(&table, as_of).map_err(refused)?,
        Format::Ics => return calendar(desk, what, selection),
    };
    Ok((bytes, rows))
}

fn sheet(desk: &Desk, what: Exported, selection: Selection) -> Sheet {
    let stock = desk.stock();
    match what {
        Exported::Plan => export::plan(&stock, selection),
        Exported::Sessions => export::sessions(&stock, selection),
        Exported::Awards => export::awards(&stock, selection),
        Exported::Lessons => export::lessons(&stock, selection),
    }
}

fn calendar(desk: &Desk, what: Exported, selection: Selection) -> Result<(Vec<u8>, usize), Failure> {
    let scope = match what {
        Exported::Plan => Scope::Plan,
        Exported::Sessions => Scope::Held,
        Exported::Awards | Exported::Lessons => {
            let message = "只有 plan（计划）和 sessions（授课记录）能导出成日历；其他请用 csv、xlsx 或 json。";
            return Err(Failure::new(Exit::Usage, message));
        }
    };
    let text = export::ics(&desk.stock(), selection, scope);
    let events = text.lines().filter(|line| line.trim_end() == "BEGIN:VEVENT").count();
    Ok((text.into_bytes(), events))
}

fn name(what: Exported) -> &'static str {
    match what {
        Exported::Plan => "plan",
        Exported::Sessions => "sessions",
        Exported::Awards => "awards",
        Exported::Lessons => "lessons",
    }
}
