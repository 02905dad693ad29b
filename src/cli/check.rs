//! `check`: every problem at once, and what can be mended safely.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use super::args::{CheckOptions, Global};
use super::build::job;
use super::homes::nearest_place;
use super::print::{Printer, Show, as_json, seconds};
use super::workspace::{Root, Workspace};
use super::{Exit, Failure};
use crate::base::{Diagnostic, Severity, SourcePath, Tally};
use crate::memo::Memo;
use crate::model::Library;
use crate::pipeline;
use crate::records;
use crate::source::{Encoding, decode, encode_utf8};

pub(super) fn run(global: &Global, options: &CheckOptions, printer: &Printer) -> Result<Exit, Failure> {
    let started = Instant::now();
    let root = Root::new(global, None);
    let mut mended = Vec::new();
    if options.fix {
        mended = fix(&root, &root.read()?, &options.paths, printer)?;
    }
    let workspace = root.read_seen(None, &Memo::none(), Some(printer))?;
    let built = pipeline::check(job(&workspace));
    refuse_unknown(&root, &workspace, &options.paths, &built.library)?;
    let wanted =
        |diagnostic: &&Diagnostic| is_wanted(&diagnostic.place.file, &options.paths, &root.content, &built.library);
    let diagnostics: Vec<Diagnostic> = built.diagnostics.iter().filter(wanted).cloned().collect();
    let tally = Tally::of(&diagnostics);
    if printer.json {
        printer.object(&object(&diagnostics, tally, options.all, &mended));
    } else {
        let show = if options.all { Show::All } else { Show::Reminders };
        printer.diagnostics(&diagnostics, &workspace.sources, show);
        let hints = if options.all || tally.hints == 0 {
            String::new()
        } else {
            format!("；另有 {} 条提示，加 --all 查看", tally.hints)
        };
        let lessons = built.library.lessons.len() + built.library.kept_back.len();
        printer.say(&format!(
            "检查完：教案 {lessons} 份，错误 {}，提醒 {}，用时 {} 秒{hints}",
            tally.errors,
            tally.warnings,
            seconds(started.elapsed())
        ));
    }
    let failed = tally.errors > 0 || (options.strict && tally.warnings > 0);
    Ok(if failed { Exit::Content } else { Exit::Done })
}

fn object(diagnostics: &[Diagnostic], tally: Tally, all: bool, mended: &[String]) -> Value {
    let shown = diagnostics.iter().filter(|diagnostic| all || diagnostic.severity != Severity::Hint);
    let mut object = json!({
        "schema_version": 1,
        "command": "check",
        "errors": tally.errors,
        "warnings": tally.warnings,
        "hints": tally.hints,
        "diagnostics": shown.map(as_json).collect::<Vec<_>>(),
    });
    if let Some(map) = object.as_object_mut().filter(|_| !mended.is_empty()) {
        map.insert("fixed".to_owned(), json!(mended));
    }
    object
}

/// Whether a file is among those asked for: by path, by folder, or by unit.
fn is_wanted(file: &SourcePath, paths: &[String], content: &str, library: &Library) -> bool {
    let matches = |asked: &String| {
        let path = asked.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_end_matches('/');
        let under = |folder: &str| file.as_str() == folder || file.as_str().starts_with(&format!("{folder}/"));
        let unit = library.units.iter().find(|unit| unit.is_called(path));
        under(path)
            || under(&format!("{content}/{path}"))
            || unit.is_some_and(|unit| under(&format!("{content}/units/{}", unit.folder)))
    };
    paths.is_empty() || paths.iter().any(matches)
}

/// A path or unit that is not there is a slip, and must not read as “no problems”.
fn refuse_unknown(root: &Root, workspace: &Workspace, paths: &[String], library: &Library) -> Result<(), Failure> {
    let is_there = |asked: &String| {
        let one = std::slice::from_ref(asked);
        let content = root.content_folder();
        workspace.sources.files.iter().any(|file| is_wanted(&file.path, one, &root.content, library))
            || library.units.iter().any(|unit| unit.is_called(asked))
            || (root.root.join(asked).is_dir() && root.root.join(asked).starts_with(&content))
            || content.join(asked).is_dir()
    };
    let Some(unknown) = paths.iter().find(|asked| !is_there(asked)) else { return Ok(()) };
    let near = nearest_place(unknown, &library.units, workspace.sources.files.iter());
    let near = near.map(|near| format!("是不是“{near}”？")).unwrap_or_default();
    let message = format!("找不到“{unknown}”。{near}可以写文件、文件夹，或者单位的名称。");
    Err(Failure::new(Exit::Usage, message))
}

/// Rewrites encoding, full-width colons and tabs; the file as it was is kept beside
/// it as `.bak`.
fn fix(root: &Root, workspace: &Workspace, paths: &[String], printer: &Printer) -> Result<Vec<String>, Failure> {
    let units = pipeline::library(job(workspace));
    let mut mended = Vec::new();
    for file in workspace.sources.files.iter().filter(|file| file.text().is_some()) {
        if !is_wanted(&file.path, paths, &root.content, &units) {
            continue;
        }
        let disk = root.root.join(file.path.as_str());
        let failed = |what: &str, error: &std::io::Error| {
            Failure::new(Exit::Environment, format!("{what} {} 失败：{error}", file.path))
        };
        let bytes = fs::read(&disk).map_err(|error| failed("读取", &error))?;
        let Some(new) = rewritten(&bytes, &file.path) else { continue };
        let backup = backup_of(&disk);
        fs::copy(&disk, &backup).map_err(|error| failed("备份", &error))?;
        let aside = disk.with_extension("jiangtai-tmp");
        fs::write(&aside, new).and_then(|()| fs::rename(&aside, &disk)).map_err(|error| failed("改写", &error))?;
        printer.say(&format!(
            "已改好 {}，原文件另存为 {}",
            file.path,
            backup.file_name().map(|name| name.to_string_lossy()).unwrap_or_default()
        ));
        mended.push(file.path.to_string());
    }
    Ok(mended)
}

/// The bytes that a file should have; `None` when they are right already.
fn rewritten(bytes: &[u8], path: &SourcePath) -> Option<Vec<u8>> {
    let decoded = decode(bytes)?;
    let is_table = path.extension() == "csv";
    let text = if is_table { decoded.text.clone() } else { records::repair(&decoded.text, path) };
    let right = match decoded.encoding {
        Encoding::Utf8 => true,
        Encoding::Utf8Bom => is_table,
        Encoding::Gbk | Encoding::Utf16 => false,
    };
    let changed = text != decoded.text || !right;
    changed.then(|| {
        encode_utf8(
            &if bytes.windows(2).any(|pair| pair == b"\r\n") { text.replace('\n', "\r\n") } else { text },
            is_table,
        )
    })
}

/// A name for the copy that no earlier copy has.
fn backup_of(disk: &Path) -> PathBuf {
    let name = disk.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let candidates = std::iter::once(format!("{name}.bak")).chain((2..).map(|count| format!("{name}.{count}.bak")));
    let mut free = candidates.map(|candidate| disk.with_file_name(candidate)).filter(|path| !path.exists());
    free.next().unwrap_or_else(|| disk.with_extension("bak"))
}
