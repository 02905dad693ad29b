//! The main job: from the sources to a site.

mod timing;

use crate::atlas::{self, Atlas};
use crate::base::{Diagnostic, Discard, Finding, Findings, Place, Sink, SourcePath, Tally};
use crate::config::Config;
use crate::ledger::{self, Ledger};
use crate::model::{self, Library};
use crate::render::{self, Rendered, Scene};
use crate::rules::{self, Subject};
use crate::search::{self, Ear, Index, Sizes};
use crate::source::{Content, Sources};
use crate::theme::Theme;

pub use timing::{Stage, Timings};

/// What a build was given.
pub struct Job<'a> {
    /// The files of the content folder.
    pub sources: &'a Sources,
    /// What was noticed in the settings.
    pub settings: Findings,
    /// The settings.
    pub config: &'a Config,
    /// Templates, assets and words.
    pub theme: &'a Theme,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// What the content says.
    pub library: Library,
    /// How many pages and files there are.
    pub rendered: Rendered,
    /// What can be found on the pages.
    pub index: Index,
    /// How large the index of the site's search is.
    pub sizes: Sizes,
    /// Everything that was noticed, in words, by file and line.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Built {
    /// How many problems there are.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.diagnostics)
    }

    /// A mistake in the theme (E801), which leaves pages unmade.
    pub fn theme_failure(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.code.as_str() == "E801")
    }
}

/// Builds a site and hands its files to the sink. Nothing in here reads or writes:
/// the same job gives the same files.
pub fn build(job: Job<'_>, progress: &(dyn Fn(usize, usize) + Sync), sink: &impl Sink) -> Built {
    let mut built = run(job, progress, |map| Ear::new(map.library, map.ledger, map.atlas, sink), Ear::index);
    if built.theme_failure().is_none() {
        built.sizes = search::write(&built.index, sink);
    }
    built.timings.lap(Stage::Search);
    built
}

/// Builds a site without keeping it or its index, for the sake of what is noticed.
pub fn check(job: Job<'_>) -> Built {
    run(job, &|_, _| {}, |_| Discard, |_| Index::default())
}

/// Builds a site for the sake of what can be found on its pages.
pub fn index(job: Job<'_>) -> Index {
    run(job, &|_, _| {}, |map| Ear::new(map.library, map.ledger, map.atlas, &Discard), Ear::index).index
}

/// What a sink may want to know before the first page.
struct Map<'a> {
    library: &'a Library,
    ledger: &'a Ledger,
    atlas: &'a Atlas,
}

fn run<S: Sink>(
    job: Job<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    open: impl FnOnce(&Map<'_>) -> S,
    close: impl FnOnce(S) -> Index,
) -> Built {
    let Job { sources, settings, config, theme } = job;
    let mut clock = Timings::start();
    let mut findings = sources.findings.clone();
    findings.append(settings);
    let library = model::load(sources, config, &mut findings);
    clock.lap(Stage::Model);
    let ledger = ledger::compute(&library, config);
    rules::check_all(&Subject { sources, library: &library, ledger: &ledger, config }, &mut findings);
    report_empty(&library, &mut findings);
    clock.lap(Stage::Rules);
    let atlas = atlas::draw(&library, &ledger, config, &mut findings);
    clock.lap(Stage::Atlas);
    let scene = Scene { library: &library, ledger: &ledger, atlas: &atlas, config, theme };
    let sink = open(&Map { library: &library, ledger: &ledger, atlas: &atlas });
    let rendered = render::pages(&scene, progress, &sink, &mut findings);
    clock.lap(Stage::Render);
    let index = close(sink);
    let diagnostics = rules::phrase_all(findings);
    Built { library, rendered, index, sizes: Sizes::default(), diagnostics, timings: clock }
}

/// Names everything that a site is made of: the same name means the same pages.
pub fn stamp(job: &Job<'_>) -> String {
    let mut hash = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(format!("{:?}", job.config).as_bytes());
    for file in &job.sources.files {
        add(file.path.as_str().as_bytes());
        match &file.content {
            Content::Text(text) => add(text.as_bytes()),
            Content::Unreadable => add(b"unreadable"),
            Content::Blob { size, .. } => add(&size.to_le_bytes()),
        }
    }
    for template in &job.theme.templates {
        add(template.name.as_bytes());
        add(template.text.as_bytes());
    }
    add(format!("{:?}", job.theme.strings).as_bytes());
    hash.finalize().to_hex().to_string()
}

/// What the content says, without making a site of it.
pub fn library(job: Job<'_>) -> Library {
    model::load(job.sources, job.config, &mut Findings::default())
}

/// E702: a library without any lesson. In January a unit's year begins with tables.
fn report_empty(library: &Library, findings: &mut Findings) {
    if library.lessons.is_empty() && library.kept_back.is_empty() && library.years.is_empty() {
        findings.push(Finding::new("E702", Place::file(&SourcePath::new("content"))).with("bin", "jiangtai"));
    }
}
