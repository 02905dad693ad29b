//! The main job: from the sources to a site.

mod timing;
mod world;

use serde::{Deserialize, Serialize};

use crate::atlas::{self, Atlas, PageKind};
use crate::base::{Diagnostic, Discard, Finding, Findings, OutputPath, Place, Sink, SourcePath, Tally};
use crate::config::Config;
use crate::ledger::{self, Ledger};
use crate::memo::Memo;
use crate::model::{self, Library};
use crate::render::{self, Attached, Pages, Rendered, Said, Scene};
use crate::rules::{self, Subject};
use crate::search::{self, Besides, Block, Ear, Index, Scribe, Shelf, Sizes, Written};
use crate::source::{Content, SourceFile, Sources};
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
    ledger: Ledger,
    atlas: Atlas,
    /// How many pages and files there are.
    pub rendered: Rendered,
    /// How large the index of the site's search is.
    pub sizes: Sizes,
    /// Everything that was noticed, in words, by file and line.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each stage took.
    pub timings: Timings,
}

/// What a build tells of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// 教案.
    pub lessons: usize,
    /// Pages of HTML.
    pub pages: usize,
    /// Files of the library that pages offer or show.
    pub attachments: usize,
    /// Everything that was noticed, in words, by file and line.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    fn new(library: &Library, Rendered { pages, attachments }: Rendered, diagnostics: Vec<Diagnostic>) -> Self {
        Report { lessons: library.lessons.len(), pages, attachments, diagnostics }
    }

    /// How many problems there are.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.diagnostics)
    }
}

impl Built {
    /// What the build tells of itself.
    pub fn report(&self) -> Report {
        Report::new(&self.library, self.rendered, self.diagnostics.clone())
    }

    /// How many problems there are.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.diagnostics)
    }

    /// Takes over the new text of a lesson and makes its own page at once, as far as can be
    /// told without a look at all others: the next build sets right what follows from it
    /// elsewhere. `false` when that has to be waited for.
    pub fn retouch(&mut self, job: &Job<'_>, after: &SourceFile, sink: &impl Sink) -> bool {
        let before = job.sources.file(&after.path);
        let Some(id) = before.and_then(|before| self.library.take_words(before, after)) else { return false };
        let Built { library, ledger, atlas, .. } = self;
        let scene = Scene { library, ledger, atlas, config: job.config, theme: job.theme };
        let page = atlas.pages.iter().find(|page| page.kind == PageKind::Lesson(id));
        page.is_some_and(|page| render::one(&scene, page, sink).is_ok())
    }

    /// A mistake in the theme (E801), which leaves pages unmade.
    pub fn theme_failure(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.code.as_str() == "E801")
    }
}

/// What an earlier build of the same folder left for the next one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Past {
    pages: Pages,
    index: Written,
}

/// Builds a site and hands its files to the sink. Nothing in here reads or writes:
/// the same job gives the same files.
pub fn build(job: Job<'_>, progress: Progress<'_>, sink: &impl Sink) -> Built {
    let before = Before { memo: &Memo::none(), past: &Past::default(), stands: None };
    build_on(understand(job, before.memo), &before, progress, sink).0
}

/// How many pages of how many are made.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// What is known before a build begins.
pub struct Before<'m> {
    /// What was computed before.
    pub memo: &'m Memo,
    /// What the last build of the same folder left.
    pub past: &'m Past,
    /// Who wants to hear of all pages before the index is made of them.
    pub stands: Option<&'m dyn Fn(&Report)>,
}

/// Everything that pages are made from, before any is made.
pub struct Understood<'a>(Made<'a>, Timings);

/// The first part of a build, for which no sink is needed.
pub fn understand<'a>(job: Job<'a>, memo: &Memo) -> Understood<'a> {
    let (made, timings) = Made::new(job, memo);
    Understood(made, timings)
}

/// The rest of a build, with what is remembered. Whatever that is, the files are the same
/// as those of [`build`]; those that the sink holds already are not made again.
pub fn build_on(
    Understood(made, mut timings): Understood<'_>,
    before: &Before<'_>,
    progress: Progress<'_>,
    sink: &impl Sink,
) -> (Built, Past) {
    timings.resume();
    let pressed = made.press(before, progress, sink, &mut timings).or_else(|| {
        let nothing = Before { memo: &Memo::none(), past: &Past::default(), stands: None };
        made.press(&nothing, progress, sink, &mut timings)
    });
    let Pressed { rendered, findings, past } = pressed.unwrap_or_default();
    let built = made.built(rendered, findings, past.index.sizes(), timings);
    (built, past)
}

/// Builds a site without keeping it or its index, for the sake of what is noticed.
pub fn check(job: Job<'_>) -> Built {
    let (made, mut timings) = Made::new(job, &Memo::none());
    let mut findings = Findings::default();
    let (rendered, _) = render::pages(&made.scene(), render::Memory::default(), &|_, _| {}, &Discard, &mut findings);
    timings.lap(Stage::Render);
    made.built(rendered, findings, Sizes::default(), timings)
}

/// Builds a site for the sake of what can be found on its pages.
pub fn index(job: Job<'_>) -> Index {
    let (made, _) = Made::new(job, &Memo::none());
    let scene = made.scene();
    let entries = search::entries(scene.library, scene.ledger, scene.atlas);
    let ear = Ear::new(search::places(&entries), besides(&scene), &Discard, Shelf::new(entries));
    render::pages(&scene, render::Memory::default(), &|_, _| {}, &ear, &mut Findings::default());
    ear.into_keeper().index()
}

/// What stands in the attachments of a page can be found there as well.
fn besides<'a>(scene: &Scene<'a>) -> Besides<'a> {
    let attached = Attached::new(scene);
    let block = |said: Said| Block { is_heading: false, anchor: said.anchor, text: said.text, place: said.place };
    Box::new(move |page: &OutputPath| attached.said_on(page).into_iter().map(block).collect())
}

/// What came of a build's pages and index.
#[derive(Default)]
struct Pressed {
    rendered: Rendered,
    findings: Findings,
    past: Past,
}

/// Everything that pages are made from.
struct Made<'a> {
    config: &'a Config,
    theme: &'a Theme,
    library: Library,
    ledger: Ledger,
    atlas: Atlas,
    findings: Findings,
}

impl<'a> Made<'a> {
    fn new(job: Job<'a>, memo: &Memo) -> (Self, Timings) {
        let Job { sources, settings, config, theme } = job;
        let mut timings = Timings::start();
        let mut findings = sources.findings.clone();
        findings.append(settings);
        let library = model::load_knowing(sources, config, memo, &mut findings);
        timings.lap(Stage::Model);
        let ledger = ledger::compute(&library, config);
        timings.lap(Stage::Ledger);
        // Neither needs what the other makes, and both have stretches for one core.
        let mut drawn = Findings::default();
        let (atlas, ()) = rayon::join(
            || atlas::draw(&library, &ledger, config, memo, &mut drawn),
            || {
                rules::check_all(&Subject { sources, library: &library, ledger: &ledger, config }, &mut findings);
                report_empty(&library, &mut findings);
            },
        );
        findings.append(drawn);
        timings.lap(Stage::Rules);
        (Made { config, theme, library, ledger, atlas, findings }, timings)
    }

    fn scene(&self) -> Scene<'_> {
        let Made { config, theme, library, ledger, atlas, .. } = self;
        Scene { library, ledger, atlas, config, theme }
    }

    /// Makes the pages and the index of what they say; `None` when the memory has lost
    /// what it said that it knew.
    fn press(
        &self,
        before: &Before<'_>,
        progress: Progress<'_>,
        sink: &impl Sink,
        timings: &mut Timings,
    ) -> Option<Pressed> {
        let scene = self.scene();
        let Before { memo, past, stands } = before;
        let (world, ear) = rayon::join(
            || world::world(scene.library, scene.config, scene.theme),
            || {
                let entries = search::entries(scene.library, scene.ledger, scene.atlas);
                let places = search::places(&entries);
                Ear::new(places, besides(&scene), sink, Scribe::new(entries, sink, memo, &past.index))
            },
        );
        let look = world::look(scene.theme, scene.config);
        let memory = render::Memory { pages: Some(&past.pages), world, look };
        let mut findings = Findings::default();
        let (rendered, pages) = render::pages(&scene, memory, progress, &ear, &mut findings);
        timings.lap(Stage::Render);
        let is_whole = !findings.iter().any(|finding| finding.code.as_str() == "E801");
        if !is_whole {
            return Some(Pressed { rendered, findings, past: Past { pages, index: Written::default() } });
        }
        if let Some(stands) = stands {
            stands(&self.report(rendered, &findings));
        }
        let index = ear.into_keeper().finish()?;
        timings.lap(Stage::Search);
        Some(Pressed { rendered, findings, past: Past { pages, index } })
    }

    /// What can be told before the index is made.
    fn report(&self, rendered: Rendered, findings: &Findings) -> Report {
        let mut all = self.findings.clone();
        all.append(findings.clone());
        Report::new(&self.library, rendered, rules::phrase_all(all))
    }

    fn built(mut self, rendered: Rendered, findings: Findings, sizes: Sizes, timings: Timings) -> Built {
        self.findings.append(findings);
        let diagnostics = rules::phrase_all(self.findings);
        let Made { library, ledger, atlas, .. } = self;
        Built { library, ledger, atlas, rendered, sizes, diagnostics, timings }
    }
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
            Content::Blob { inside: Some(inside), .. } => add(inside.sha256.as_bytes()),
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
