//! `pack`: the site as one file to carry.

use std::time::Instant;

use serde_json::json;

use super::args::{Global, PackOptions};
use super::desk::theme_failure;
use super::print::{Printer, rounded, seconds};
use super::target::{build, failed, holder, refuse_errors, size, tell, tell_errors, write_problems};
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::pipeline::Built;
use crate::publish::{Contents, Packed, RealDisk, pack, start_page};

pub(super) fn run(global: &Global, options: &PackOptions, printer: &Printer) -> Result<Exit, Failure> {
    let started = Instant::now();
    let root = Root::new(global, None);
    let workspace = root.read()?;
    let top = format!("教材库-{}", workspace.config.as_of);
    let file = options.output.clone().unwrap_or_else(|| root.root.join(format!("{top}.zip")));
    let folder = root.root.join(".jiangtai/pack");
    let making = pack(&folder, &RealDisk, &holder("pack")).map_err(failed)?;
    tell(&making.found, printer);
    let built = build(&workspace, &making.draft, printer)?;
    tell_errors(&built, &workspace, printer);
    let errors = built.tally().errors;
    refuse_errors(errors, options.allow_errors)?;
    // Whatever the file is called, the same library gives the same bytes.
    let name = format!("{top}.zip");
    let contents = contents(&workspace, &built, &name, making.contents().map_err(failed)?);
    let start = start_page(&contents, &workspace.theme).map_err(|finding| theme_failure(&finding))?;
    let bar = printer.bar("打包核对");
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let packed = making.write(&file, &top, workspace.config.as_of, &start, &progress);
    bar.finish_and_clear();
    let packed = packed.map_err(failed)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let problems = write_problems(&root, &workspace, &built, &stem)?;
    if let Some(path) = &problems {
        printer.say(&format!("带着 {errors} 处错误打包，问题清单在 {}（内部资料，不在压缩包里）", shown(path)));
    }
    if printer.json {
        printer.object(&json!({
            "schema_version": 1,
            "command": "pack",
            "file": file.display().to_string(),
            "files": packed.files,
            "bytes": packed.bytes,
            "sha256": packed.sum,
            "check_code": packed.check_code,
            "unchanged": packed.is_unchanged,
            "lessons": built.library.lessons.len(),
            "pages": built.rendered.pages,
            "errors": errors,
            "warnings": built.tally().warnings,
            "problems": problems.map(|path| path.display().to_string()),
            "seconds": rounded(started.elapsed()),
        }));
    }
    report(&packed, &file, printer);
    printer.say(&format!(
        "完成：教案 {} 份，页面 {} 个，共 {} 个文件，压缩包 {}，用时 {} 秒",
        built.library.lessons.len(),
        built.rendered.pages,
        packed.files,
        size(packed.bytes),
        seconds(started.elapsed()),
    ));
    Ok(Exit::Done)
}

fn report(packed: &Packed, file: &std::path::Path, printer: &Printer) {
    match packed.is_unchanged {
        true => printer.say(&format!("{} 已经有了，内容相同，没有重写", shown(file))),
        false => printer.say(&format!("写好 {}", shown(file))),
    }
    printer.say(&format!("核对码 {}（收到的人运行 jiangtai verify，应看到同一个核对码）", packed.check_code));
    printer.say(&format!("SHA-256 {}", packed.sum));
}

fn contents<'a>(workspace: &'a Workspace, built: &Built, file: &'a str, (files, bytes): (usize, u64)) -> Contents<'a> {
    let config = &workspace.config;
    Contents {
        site: &config.name,
        organization: config.organization.as_deref(),
        as_of: config.as_of,
        lessons: built.library.lessons.len(),
        units: built.library.units.len(),
        pages: built.rendered.pages,
        attachments: built.rendered.attachments,
        files,
        bytes,
        errors: built.tally().errors,
        file,
    }
}
