//! `archive`: a unit's year as one file to keep.

use std::fs;

use serde_json::json;

use super::args::{ArchiveOptions, Global};
use super::desk::{Desk, deliver, theme_failure};
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};
use crate::base::Product;
use crate::export;

pub(super) fn run(global: &Global, options: &ArchiveOptions, printer: &Printer) -> Result<Exit, Failure> {
    let desk = Desk::new(global)?;
    let unit = desk.unit(&options.unit)?;
    let name = &desk.library.unit(unit).name;
    if desk.ledger.unit_year(unit, options.year).is_none() {
        let message = format!("{name}没有 {} 年的材料，没有归档。", options.year);
        return Err(Failure::new(Exit::Usage, message));
    }
    let file = options.output.clone().unwrap_or_else(|| desk.root.root.join(format!("{name}-{}.zip", options.year)));
    let entries = export::entries(&desk.stock(), &desk.workspace.theme, unit, options.year, &desk.root.root)
        .map_err(|finding| theme_failure(&finding))?;
    let mut files = Vec::with_capacity(entries.len());
    for (name, product) in entries {
        let bytes = match product {
            Product::Made(bytes) => bytes,
            Product::CopyOf(path) => fs::read(&path).map_err(|error| {
                Failure::new(Exit::Environment, format!("读不了 {}：{error}。请检查后重新归档。", shown(&path)))
            })?,
        };
        files.push((name, bytes));
    }
    let packed = export::zip(&files, desk.workspace.config.as_of)
        .map_err(|cause| Failure::new(Exit::Environment, format!("打不成一个文件：{cause}。")))?;
    deliver(&packed, Some(&file), printer)?;
    if printer.json {
        let summary = json!({"schema_version": 1, "command": "archive", "file": shown(&file), "files": files.len()});
        printer.object(&summary);
    }
    printer.say(&format!("已归档 {} 个文件，写入 {}；打开其中的 index.html 看目录。", files.len(), shown(&file)));
    Ok(Exit::Done)
}
