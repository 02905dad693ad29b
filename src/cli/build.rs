//! `build`.

use std::time::{Duration, Instant};

use serde_json::json;

use super::args::{BuildOptions, Global};
use super::print::{Printer, Show, rounded};
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::output::{self, OpenOptions, OutputError, Written};
use crate::pipeline::{self, Built, Job};

pub(super) fn run(global: &Global, options: &BuildOptions, printer: &Printer) -> Result<Exit, Failure> {
    let started = Instant::now();
    let root = Root::new(global, Some(&options.output));
    let workspace = root.read_showing(printer)?;
    if options.strict {
        let tried = pipeline::check(job(&workspace));
        let tally = tried.tally();
        if tally.errors + tally.warnings > 0 {
            printer.diagnostics(&tried.diagnostics, &workspace.sources, Show::Some);
            let message = format!(
                "有 {} 处错误、{} 处提醒，按 --strict 没有生成，输出文件夹保持原样。",
                tally.errors, tally.warnings
            );
            return Err(Failure::new(Exit::Content, message));
        }
    }
    let folder = root.output(&options.output, false)?;
    let bar = printer.bar("生成页面");
    let open = OpenOptions { force: options.force, clean: options.clean };
    let sink = output::open(&folder, &open).map_err(|error| refuse(&error))?;
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let built = pipeline::build(job(&workspace), &progress, &sink);
    bar.finish_and_clear();
    if let Some(diagnostic) = built.theme_failure() {
        printer.diagnostics(std::slice::from_ref(diagnostic), &workspace.sources, Show::Some);
        return Err(Failure::new(Exit::Settings, "主题模板有错，没有生成；输出文件夹里还是上一次的网站。"));
    }
    let before_close = Instant::now();
    let written = sink.close().map_err(|error| refuse(&error))?;
    let writing = before_close.elapsed();
    report(&workspace, &built, &written, started.elapsed(), writing, printer);
    printer.detail(&format!("网站在 {}", shown(&folder)));
    Ok(Exit::Done)
}

/// What a build needs of a workspace.
pub(super) fn job(workspace: &Workspace) -> Job<'_> {
    Job {
        sources: &workspace.sources,
        settings: workspace.settings.clone(),
        config: &workspace.config,
        theme: &workspace.theme,
    }
}

/// A refusal of the disk in words; a folder that is not ours has a rule of its own.
pub(super) fn refuse(error: &OutputError) -> Failure {
    let message = match error {
        OutputError::NotOurs { path, examples } => {
            let finding = crate::base::Finding::file("E701", &crate::base::SourcePath::new(shown(path)));
            let said = crate::rules::phrase(&finding.with("路径", shown(path)));
            format!("[E701] {}{}（例如 {}）", said.message, said.remedy, examples.join("、"))
        }
        OutputError::Io { .. } => format!("{error}。"),
    };
    Failure::new(Exit::Environment, message)
}

fn report(
    workspace: &Workspace,
    built: &Built,
    written: &Written,
    elapsed: Duration,
    writing: Duration,
    printer: &Printer,
) {
    let tally = built.tally();
    let attachments = built.rendered.attachments;
    if printer.json {
        printer.object(&json!({
            "schema_version": 1,
            "command": "build",
            "pages": built.rendered.pages,
            "written": written.written,
            "unchanged": written.unchanged,
            "removed": written.removed,
            "lessons": built.library.lessons.len(),
            "attachments": attachments,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "seconds": rounded(elapsed),
        }));
        return;
    }
    printer.diagnostics(&built.diagnostics, &workspace.sources, Show::Some);
    printer.times(&workspace.reading, built, writing);
    printer.detail(&format!(
        "写入 {} 个文件，{} 个没有变化，删除 {} 个",
        written.written, written.unchanged, written.removed
    ));
    printer.say(&printer.summary(built, attachments, elapsed));
}
