//! `build`.

use std::time::{Duration, Instant};

use serde_json::json;

use super::args::{BuildOptions, Global};
use super::print::{Printer, Show, rounded, summary};
use super::remembered::Remembered;
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::output::{OpenOptions, OutputError, Written};
use crate::pipeline::{self, Before, Job, Report};
use crate::source::Sources;

pub(super) fn run(global: &Global, options: &BuildOptions, printer: &Printer) -> Result<Exit, Failure> {
    let started = Instant::now();
    let root = Root::new(global, Some(&options.output));
    let folder = root.output(&options.output, false)?;
    let mut memory = Remembered::new(&root, &folder);
    let is_plain = !options.strict && !options.clean;
    if let Some(left) = memory.as_left().filter(|_| is_plain) {
        let sources = root.glimpse(&left.report.diagnostics)?;
        let looking = [("核对", started.elapsed())];
        let written = Written { unchanged: left.marks.len(), ..Written::default() };
        report(&sources, &left.report, &written, started.elapsed(), looking, printer);
        printer.detail(&format!("网站在 {}", shown(&folder)));
        return Ok(Exit::Done);
    }
    let seen = memory.take_seen();
    let workspace = root.read_seen(seen, memory.memo(), Some(printer))?;
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
    let bar = printer.bar("生成页面");
    let open = OpenOptions { force: options.force, clean: options.clean };
    let past = memory.take_past();
    let (understood, (sink, past)) =
        rayon::join(|| pipeline::understand(job(&workspace), memory.memo()), || memory.open(&open, past));
    let sink = sink.map_err(|error| refuse(&error))?;
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let before = Before { memo: memory.memo(), past: &past, stands: None };
    let (built, past) = pipeline::build_on(understood, &before, &progress, &sink);
    bar.finish_and_clear();
    if let Some(diagnostic) = built.theme_failure() {
        printer.diagnostics(std::slice::from_ref(diagnostic), &workspace.sources, Show::Some);
        return Err(Failure::new(Exit::Settings, "主题模板有错，没有生成；输出文件夹里还是上一次的网站。"));
    }
    let before_close = Instant::now();
    let told = built.report();
    let written = memory.close(sink, &workspace.sources, &told, past).map_err(|error| refuse(&error))?;
    let stages = workspace.reading.into_iter().chain(built.timings.named()).chain([("收尾", before_close.elapsed())]);
    report(&workspace.sources, &told, &written, started.elapsed(), stages, printer);
    printer.detail(&format!("网站在 {}", shown(&folder)));
    // The process ends here, and what it holds goes with it, sooner than piece by piece.
    std::mem::forget((memory, built, workspace));
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
        OutputError::Busy { .. } | OutputError::Io { .. } => format!("{error}。"),
    };
    Failure::new(Exit::Environment, message)
}

fn report(
    sources: &Sources,
    told: &Report,
    written: &Written,
    elapsed: Duration,
    stages: impl IntoIterator<Item = (&'static str, Duration)>,
    printer: &Printer,
) {
    if printer.json {
        let tally = told.tally();
        printer.object(&json!({
            "schema_version": 1,
            "command": "build",
            "pages": told.pages,
            "written": written.written,
            "unchanged": written.unchanged,
            "removed": written.removed,
            "lessons": told.lessons,
            "attachments": told.attachments,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "seconds": rounded(elapsed),
        }));
        return;
    }
    printer.diagnostics(&told.diagnostics, sources, Show::Some);
    printer.times(stages);
    printer.detail(&format!(
        "写入 {} 个文件，{} 个没有变化，删除 {} 个",
        written.written, written.unchanged, written.removed
    ));
    printer.say(&summary(told, elapsed));
}
