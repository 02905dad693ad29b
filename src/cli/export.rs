//! `export`: data for spreadsheets, calendars and other software.

use std::io::IsTerminal;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{ExportOptions, Exported, Format, Global};
use super::build::job;
use super::desk::{Desk, deliver};
use super::init::write_new;
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};
use crate::export::{self, Scope, Selection, Sheet};
use crate::pipeline;

pub(super) fn run(global: &Global, options: &ExportOptions, printer: &Printer) -> Result<Exit, Failure> {
    let desk = Desk::new(global)?;
    let unit = options.unit.as_deref().map(|written| desk.unit(written)).transpose()?;
    let selection = Selection { unit, year: options.year };
    let Some(table) = sheet(&desk, options.what, selection) else {
        return searchable(&desk, selection, global.format, options.output.as_deref(), printer);
    };
    let (bytes, rows) = made(&desk, options.what, &table, selection, global.format)?;
    let is_binary = global.format == Format::Xlsx;
    if is_binary && options.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::new(Exit::Usage, "xlsx 不能显示在屏幕上，请用 -o 写明文件名，例如 -o 计划.xlsx。"));
    }
    deliver(&bytes, options.output.as_deref(), printer)?;
    tell(rows, options.output.as_deref(), printer);
    Ok(Exit::Done)
}

fn tell(rows: usize, file: Option<&Path>, printer: &Printer) {
    let Some(file) = file else {
        printer.say(&format!("共 {rows} 条"));
        return;
    };
    if printer.json {
        printer.object(&json!({"schema_version": 1, "command": "export", "file": shown(file), "total": rows}));
    }
    printer.say(&format!("已导出 {rows} 条，写入 {}", shown(file)));
}

/// Documents for search software of others: lines to standard output, one file of
/// lines or JSON, or a folder with everything that such software needs.
fn searchable(
    desk: &Desk,
    selection: Selection,
    format: Format,
    output: Option<&Path>,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let index = pipeline::index(job(&desk.workspace));
    let documents = export::searchable(&desk.library, &index, selection);
    match (format, output) {
        (Format::Human, Some(folder)) => write_kit(&documents, folder)?,
        (Format::Human | Format::Ndjson, _) => deliver(&export::ndjson(&documents), output, printer)?,
        (Format::Json, _) => {
            let (what, total) = (name(Exported::Search), documents.len());
            let all =
                json!({"schema_version": 1, "command": "export", "what": what, "total": total, "items": documents});
            deliver(format!("{all}\n").as_bytes(), output, printer)?;
        }
        (Format::Csv | Format::Xlsx | Format::Ics, _) => {
            let message =
                "检索数据只能导出成 ndjson 或 json；写 -o 文件夹名（不写 --format）会连同各检索软件的设置一起导出。";
            return Err(Failure::new(Exit::Usage, message));
        }
    }
    tell(documents.len(), output, printer);
    Ok(Exit::Done)
}

fn write_kit(documents: &[Value], folder: &Path) -> Result<(), Failure> {
    if folder.symlink_metadata().is_ok() {
        let message = format!("{} 已经有了，没有动它。请换一个文件夹名，或先把它移走。", shown(folder));
        return Err(Failure::new(Exit::Usage, message));
    }
    export::kit(documents).iter().try_for_each(|(name, bytes)| write_new(&folder.join(name), bytes))
}

/// The bytes of an export and how many rows or events it has.
fn made(
    desk: &Desk,
    what: Exported,
    table: &Sheet,
    selection: Selection,
    format: Format,
) -> Result<(Vec<u8>, usize), Failure> {
    let as_of = desk.workspace.config.as_of;
    let refused = |cause| Failure::new(Exit::Environment, format!("表格写不出来：{cause}。"));
    let rows = table.rows.len();
    let bytes = match format {
        Format::Human | Format::Csv => table.csv(),
        Format::Json => format!("{}\n", table.json(name(what))).into_bytes(),
        Format::Xlsx => export::xlsx(table, as_of).map_err(refused)?,
        Format::Ics => return calendar(desk, what, selection),
        Format::Ndjson => {
            let message = "ndjson 只用于 export search；表格请用 csv、xlsx 或 json。";
            return Err(Failure::new(Exit::Usage, message));
        }
    };
    Ok((bytes, rows))
}

/// The table that is meant; what can be found is none.
fn sheet(desk: &Desk, what: Exported, selection: Selection) -> Option<Sheet> {
    let stock = desk.stock();
    match what {
        Exported::Plan => Some(export::plan(&stock, selection)),
        Exported::Sessions => Some(export::sessions(&stock, selection)),
        Exported::Awards => Some(export::awards(&stock, selection)),
        Exported::Lessons => Some(export::lessons(&stock, selection)),
        Exported::Search => None,
    }
}

fn calendar(desk: &Desk, what: Exported, selection: Selection) -> Result<(Vec<u8>, usize), Failure> {
    let scope = match what {
        Exported::Plan => Scope::Plan,
        Exported::Sessions => Scope::Held,
        Exported::Awards | Exported::Lessons | Exported::Search => {
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
        Exported::Search => "search",
    }
}
