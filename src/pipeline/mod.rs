//! The main job: from the sources to a site.

mod timing;

use crate::atlas;
use crate::base::{Diagnostic, Finding, Findings, Place, Sink, SourcePath, Tally};
use crate::config::Config;
use crate::ledger;
use crate::model::{self, Library};
use crate::render::{self, Rendered, Scene};
use crate::rules::{self, Subject};
use crate::search::{self, Ear, Index, Sizes};
use crate::source::Sources;
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
    let ear = Ear::new(&library, &ledger, &atlas, sink);
    let rendered = render::pages(&scene, progress, &ear, &mut findings);
    clock.lap(Stage::Render);
    let index = ear.index();
    let sizes = search::write(&index, sink);
    clock.lap(Stage::Search);
    let diagnostics = rules::phrase_all(findings);
    Built { library, rendered, index, sizes, diagnostics, timings: clock }
}

/// What the content says, without making a site of it.
pub fn library(job: Job<'_>) -> Library {
    model::load(job.sources, job.config, &mut Findings::default())
}

/// E702: a library without any lesson.
fn report_empty(library: &Library, findings: &mut Findings) {
    if library.lessons.is_empty() && library.kept_back.is_empty() {
        findings.push(Finding::new("E702", Place::file(&SourcePath::new("content"))).with("bin", "jiangtai"));
    }
}
