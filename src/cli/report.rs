//! `report`: internal pages and tables, in a folder that no site is made from.

use std::path::{Component, Path, PathBuf};

use serde_json::json;

use super::args::{Global, ReportOptions};
use super::build::refuse;
use super::desk::{Desk, theme_failure};
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};
use crate::base::{OutputPath, Product, Sink};
use crate::output::{self, OpenOptions};
use crate::report::{self, Records};

pub(super) fn run(global: &Global, options: &ReportOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = super::workspace::Root::new(global, None);
    let folder = options.output.clone().unwrap_or_else(|| root.root.join("reports"));
    guard(&folder, &root.content_folder(), &root.root.join("public"))?;
    let desk = Desk::new(global)?;
    let records = Records { library: &desk.library, ledger: &desk.ledger, config: &desk.workspace.config };
    let files = report::report(&records, &desk.workspace.theme).map_err(|finding| theme_failure(&finding))?;
    let sink = output::open(&folder, &OpenOptions::default()).map_err(|error| refuse(&error))?;
    for (path, bytes) in files {
        sink.put(OutputPath::new(path), Product::Made(bytes));
    }
    let written = sink.close().map_err(|error| refuse(&error))?;
    let total = written.written + written.unchanged;
    if printer.json {
        let summary = json!({
            "schema_version": 1,
            "command": "report",
            "folder": shown(&folder),
            "files": total,
            "written": written.written,
            "removed": written.removed,
        });
        printer.object(&summary);
    }
    let page = folder.join("index.html");
    printer.say(&format!("内部报表 {total} 个文件，打开 {} 查看。请勿放进网站或转发。", shown(&page)));
    Ok(Exit::Done)
}

/// Refuses a folder out of which a report could get into the site: the content, the
/// site itself, anything within either or around them, and any other folder that a
/// build has filled.
fn guard(folder: &Path, content: &Path, site: &Path) -> Result<(), Failure> {
    let wanted = whole(folder);
    let is_near = |other: &Path| {
        let other = whole(other);
        wanted.starts_with(&other) || other.starts_with(&wanted)
    };
    let is_site = |folder: &Path| folder.join(".jiangtai-manifest").exists() && folder.join("404.html").exists();
    if is_near(content) || is_near(site) || wanted.ancestors().any(is_site) {
        let message = format!(
            "内部报表不能放在 {}：它会随网站或内容一起传出去。请另选一个文件夹，默认是 reports。",
            shown(folder)
        );
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(())
}

/// The path without links and dots; what does not exist yet is taken as it is written.
fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(found.pop()),
            part => found.push(part),
        }
        found = found.canonicalize().unwrap_or(found);
    }
    found
}
