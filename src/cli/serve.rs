//! `serve`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::args::{Global, ServeOptions};
use super::build::{job, refuse};
use super::print::{Printer, Show, summary};
use super::remembered::Remembered;
use super::workspace::{Root, Workspace};
use super::{Exit, Failure};
use crate::base::{Diagnostic, OutputPath, Severity, SourcePath};
use crate::output::{self, OpenOptions};
use crate::pipeline::{self, Before, Built, Report};
use crate::search::{self, Engine, Request};
use crate::serve::{self, Event, Finished, Herald, Options, Outcome, ProblemNote, ServeError, Soon, Stopped};
use crate::source;

/// How many lessons are shown before all others when many change at once.
const EARLY: usize = 8;

/// How many results a page gets that does not say how many it wants, and at most.
const PAGE: usize = 10;
const MOST: usize = 100;

pub(super) fn run(global: &Global, options: &ServeOptions, printer: &Printer) -> Result<Exit, Failure> {
    if let Some(folder) = &options.release {
        return show(global, options, folder, printer);
    }
    let root = Root::new(global, Some(&options.output));
    let folder = root.output(&options.output, true)?;
    let since = SystemTime::now();
    let answers = Arc::new(Answers::new(&root));
    let mut memory = Remembered::new(&root, &folder);
    let (first, standing) = build(&root, &mut memory, Some(printer), &|_| {})?;
    answers.take(&standing.workspace);
    printer.say(&first.summary);
    say_who_may_look(options, printer);
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
    let newest = Arc::clone(&answers);
    let mut standing = Some(standing);
    let again = move |changed: &[PathBuf], soon: Herald<'_>| {
        let early = standing.take().map(|standing| standing.show_early(&root, memory.folder(), changed));
        let early = early.unwrap_or_default();
        if !early.is_empty() {
            soon(Soon::Pages(&early.keys().cloned().collect::<Vec<_>>()));
        }
        memory.look_again(&root);
        let folder = memory.folder().to_owned();
        let other = |(path, bytes): (&String, &Vec<u8>)| fs::read(folder.join(path)).is_ok_and(|now| now != *bytes);
        let anew = || early.iter().any(other);
        let stands = |outcome: Outcome| soon(Soon::All(&Outcome { anew: anew(), ..outcome }));
        match build(&root, &mut memory, None, &stands) {
            Ok((outcome, built)) => {
                newest.take(&built.workspace);
                standing = Some(built);
                Outcome { anew: anew(), ..outcome }
            }
            Err(failure) => Outcome { failure: Some(failure.message), ..Outcome::default() },
        }
    };
    let ask = move |asked: &[(String, String)]| answers.answer(asked);
    ended(serve::run(served, first, again, ask, move |event| tell(&event, "预览", quiet)))
}

/// Shows a finished site to whoever may reach this machine.
fn show(global: &Global, options: &ServeOptions, folder: &Path, printer: &Printer) -> Result<Exit, Failure> {
    if !folder.join("index.html").is_file() {
        let inside = folder.join("current");
        let remedy = if inside.join("index.html").is_file() {
            format!("网站在它里面，请写 --release {}。", inside.display())
        } else {
            "请先用 jiangtai build 生成网站，再写那个文件夹。".to_owned()
        };
        let message = format!("{} 里没有网站（没有 index.html）。{remedy}", folder.display());
        return Err(Failure::new(Exit::Environment, message));
    }
    say_who_may_look(options, printer);
    let finished =
        Finished { bind: options.bind, port: options.port, open: options.open, folder: folder.to_path_buf() };
    let quiet = global.quiet || printer.json;
    ended(serve::show(finished, move |event| tell(&event, "教材库", quiet)))
}

/// Binding to more than this machine shows the site to others, which is said aloud.
fn say_who_may_look(options: &ServeOptions, printer: &Printer) {
    if options.bind.is_loopback() {
        return;
    }
    let drafts = if options.output.drafts { "，草稿也在内" } else { "" };
    let address = if options.bind.is_unspecified() {
        "，把下面网址里的本机地址换成这台电脑的地址即可"
    } else {
        ""
    };
    printer.say(&format!("注意：能连到这台电脑的人都可以看{drafts}{address}。"));
}

fn ended(stopped: Result<Stopped, ServeError>) -> Result<Exit, Failure> {
    match stopped {
        Ok(Stopped::Interrupted) => Ok(Exit::Interrupted),
        Err(error) => Err(Failure::new(Exit::Environment, format!("{error}。"))),
    }
}

/// Reads and builds; what stands in the way of a site is a failure, what is wrong in
/// the content is told with the site. `soon` hears of it before the index of the site's
/// search is made.
fn build(
    root: &Root,
    memory: &mut Remembered,
    printer: Option<&Printer>,
    soon: &dyn Fn(Outcome),
) -> Result<(Outcome, Standing), Failure> {
    let started = Instant::now();
    let seen = memory.take_seen();
    let workspace = root.read_seen(seen, memory.memo(), printer)?;
    let open = OpenOptions::default();
    let past = memory.take_past();
    let (understood, (sink, past)) =
        rayon::join(|| pipeline::understand(job(&workspace), memory.memo()), || memory.open(&open, past));
    let sink = sink.map_err(|error| refuse(&error))?;
    let stands = |report: &Report| soon(outcome(report, sink.has_written(), started.elapsed()));
    let before = Before { memo: memory.memo(), past: &past, stands: Some(&stands) };
    let (built, past) = pipeline::build_on(understood, &before, &|_, _| {}, &sink);
    if let Some(diagnostic) = built.theme_failure() {
        let place = &diagnostic.place;
        return Err(Failure::new(
            Exit::Settings,
            format!("{}:{} {}{}", place.file, place.line, diagnostic.message, diagnostic.remedy),
        ));
    }
    let told = built.report();
    let written = memory.close(sink, &workspace.sources, &told, past).map_err(|error| refuse(&error))?;
    if let Some(printer) = printer {
        printer.diagnostics(&built.diagnostics, &workspace.sources, Show::Some);
        printer.times(workspace.reading.into_iter().chain(built.timings.named()));
    }
    let outcome = outcome(&told, written.written + written.removed > 0, started.elapsed());
    Ok((outcome, Standing { workspace: Arc::new(workspace), built }))
}

/// What was built last.
struct Standing {
    workspace: Arc<Workspace>,
    built: Built,
}

impl Standing {
    /// Shows lessons whose words changed on their own pages, which a writer looks at, before
    /// anything else is looked at. Gives the files that are other than before.
    fn show_early(mut self, root: &Root, folder: &Path, changed: &[PathBuf]) -> BTreeMap<String, Vec<u8>> {
        let Ok(content) = fs::canonicalize(root.content_folder()) else { return BTreeMap::new() };
        let is_plain = |path: &&PathBuf| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        let paths = changed.iter().filter(is_plain).filter_map(|path| {
            let below = path.strip_prefix(&content).ok()?.to_str()?.replace('\\', "/");
            Some(SourcePath::new(format!("{}/{below}", root.content)))
        });
        let paths: Vec<SourcePath> = paths.filter(|path| self.workspace.sources.file(path).is_some()).collect();
        let Ok(sources) = source::read_some(&root.root, &root.content, &paths) else { return BTreeMap::new() };
        let sink = output::Memory::default();
        let workspace = Arc::clone(&self.workspace);
        for file in sources.files.iter().take(EARLY) {
            self.built.retouch(&job(&workspace), file, &sink);
        }
        let made = sink.close().unwrap_or_default().into_iter();
        let differs = |path: &OutputPath, bytes: &[u8]| output::replace(folder, path, bytes).unwrap_or(false);
        made.filter(|(path, bytes)| differs(path, bytes)).map(|(path, bytes)| (path.to_string(), bytes)).collect()
    }
}

fn outcome(report: &Report, changed: bool, elapsed: Duration) -> Outcome {
    let problems = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).map(note);
    Outcome { changed, problems: problems.collect(), summary: summary(report, elapsed), ..Outcome::default() }
}

/// Answers searches from what was built last. Its index is made when somebody first
/// asks, so that a rebuild never waits for it.
struct Answers {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    built: Option<Arc<Workspace>>,
    engine: Option<Engine>,
}

impl Answers {
    fn new(root: &Root) -> Self {
        Self { folder: root.cache().join("serve"), state: Mutex::default() }
    }

    fn take(&self, workspace: &Arc<Workspace>) {
        self.state().built = Some(Arc::clone(workspace));
    }

    fn answer(&self, asked: &[(String, String)]) -> io::Result<String> {
        let mut state = self.state();
        if let Some(workspace) = state.built.take() {
            // An open file cannot be replaced everywhere, so the old index goes first.
            state.engine = None;
            state.engine = Some(Engine::renew(&self.folder, "", &pipeline::index(job(&workspace)))?);
        }
        let engine = state.engine.as_ref().ok_or_else(|| io::Error::other("还没有生成"))?;
        let request = request(asked);
        Ok(search::object(&request, &search::answer(engine, &request)).to_string())
    }

    /// A fault elsewhere must not end searching.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `q`, `limit` and `offset`; everything else that is known filters.
fn request(asked: &[(String, String)]) -> Request {
    let value = |wanted: &str| asked.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let number = |wanted: &str, default: usize| value(wanted).and_then(|text| text.parse().ok()).unwrap_or(default);
    Request {
        words: value("q").unwrap_or_default().to_owned(),
        filters: asked.iter().filter(|(name, _)| search::FACETS.contains(&name.as_str())).cloned().collect(),
        limit: number("limit", PAGE).min(MOST),
        offset: number("offset", 0),
    }
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

/// `what` is what can be looked at.
fn tell(event: &Event, what: &str, quiet: bool) {
    let line = match event {
        Event::PortTaken { wanted, used } => format!("端口 {wanted} 已被占用，改用 {used}"),
        Event::Listening { url } => format!("{what}：{url}（按 Ctrl+C 停止）"),
        Event::Rebuilt { summary, changed, .. } => format!("{}{summary}", if *changed { "" } else { "没有变化。" }),
        Event::Failed { message } => format!("没有生成，页面还是上一次的：{message}"),
        Event::Note { message } => message.clone(),
    };
    if !quiet || matches!(event, Event::Failed { .. }) {
        eprintln!("{line}");
    }
}
