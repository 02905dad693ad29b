//! `serve`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::args::{Global, ServeOptions};
use super::build::{job, refuse};
use super::print::{Printer, Show};
use super::workspace::Root;
use super::{Exit, Failure};
use crate::base::{Diagnostic, Severity};
use crate::output::{self, OpenOptions};
use crate::pipeline;
use crate::serve::{self, Event, Options, Outcome, ProblemNote, Stopped};

pub(super) fn run(global: &Global, options: &ServeOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, Some(&options.output));
    let folder = root.output(&options.output, true)?;
    let since = SystemTime::now();
    let first = build(&root, &folder, Some(printer))?;
    printer.say(&first.summary);
    let watch = vec![root.content_folder(), root.themes.clone(), root.templates()];
    let served = Options {
        bind: options.bind,
        port: options.port,
        open: options.open,
        poll: options.poll.map(Duration::from_millis),
        watch,
        since: Some(since),
        folder: folder.clone(),
    };
    let quiet = global.quiet || printer.json;
    let again = move |_: &[PathBuf]| {
        build(&root, &folder, None)
            .unwrap_or_else(|failure| Outcome { failure: Some(failure.message), ..Outcome::default() })
    };
    let stopped = serve::run(served, first, again, move |event| tell(&event, quiet));
    match stopped {
        Ok(Stopped::Interrupted) => Ok(Exit::Interrupted),
        Err(error) => Err(Failure::new(Exit::Environment, format!("{error}。"))),
    }
}

/// Reads and builds; what stands in the way of a site is a failure, what is wrong in
/// the content is told with the site.
fn build(root: &Root, folder: &Path, printer: Option<&Printer>) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let workspace = root.read()?;
    let sink = output::open(folder, &OpenOptions::default()).map_err(|error| refuse(&error))?;
    let built = pipeline::build(job(&workspace), &|_, _| {}, &sink);
    if let Some(diagnostic) = built.theme_failure() {
        let place = &diagnostic.place;
        return Err(Failure::new(
            Exit::Settings,
            format!("{}:{} {}{}", place.file, place.line, diagnostic.message, diagnostic.remedy),
        ));
    }
    let written = sink.close().map_err(|error| refuse(&error))?;
    if let Some(printer) = printer {
        printer.diagnostics(&built.diagnostics, &workspace.sources, Show::Some);
        printer.times(workspace.reading, &built, Duration::ZERO);
    }
    let problems = built.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).map(note);
    let tally = built.tally();
    let summary = format!(
        "完成：教案 {} 份，附件 {} 个，页面 {} 个，提醒 {}，错误 {}，用时 {} 秒",
        built.library.lessons.len(),
        built.rendered.attachments,
        built.rendered.pages,
        tally.warnings,
        tally.errors,
        super::print::seconds(started.elapsed()),
    );
    Ok(Outcome { changed: written.written + written.removed > 0, problems: problems.collect(), failure: None, summary })
}

fn note(diagnostic: &Diagnostic) -> ProblemNote {
    let place = &diagnostic.place;
    ProblemNote {
        severity: diagnostic.severity.as_str().to_owned(),
        code: diagnostic.code.as_str().to_owned(),
        place: if place.line == 0 { place.file.to_string() } else { format!("{}:{}", place.file, place.line) },
        message: diagnostic.message.clone(),
        remedy: diagnostic.remedy.clone(),
    }
}

fn tell(event: &Event, quiet: bool) {
    let line = match event {
        Event::PortTaken { wanted, used } => format!("端口 {wanted} 已被占用，改用 {used}"),
        Event::Listening { url } => format!("预览：{url}（按 Ctrl+C 停止）"),
        Event::Rebuilt { summary, changed, .. } => format!("{}{summary}", if *changed { "" } else { "没有变化。" }),
        Event::Failed { message } => format!("没有生成，页面还是上一次的：{message}"),
        Event::Note { message } => message.clone(),
    };
    if !quiet || matches!(event, Event::Failed { .. }) {
        eprintln!("{line}");
    }
}
