//! Pages: typed views of the library, filled into templates.
//!
//! Each page is made by itself, in parallel with others, and handed to the sink as
//! it is made, so that memory does not grow with the size of the site.

mod body;
mod desk;
mod documents;
mod engine;
mod inside;
mod laurels;
mod links;
mod memory;
mod pages;
mod qr;
pub mod views;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::atlas::{Atlas, Page, PageKind};
use crate::base::{Finding, Findings, Key, OutputPath, Product, Sink, trace};
use crate::config::Config;
use crate::history::{self, Log};
use crate::ledger::Ledger;
use crate::memo;
use crate::model::{Blob, BlobId, Library};
use crate::theme::Theme;

pub use desk::Desk;
pub use documents::{Documents, PaperView, Pointer, SectionView};
use engine::Engine;
pub use inside::{Attached, Said};
pub use memory::Pages;
use memory::{Before, Known};
use views::PageView;

/// How many pages there are, and how many files beside them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Pages of HTML.
    pub pages: usize,
    /// Files of the library that pages offer or show.
    pub attachments: usize,
}

/// What rendering needs to know.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// What the content says.
    pub library: &'a Library,
    /// What follows from it.
    pub ledger: &'a Ledger,
    /// Where everything is.
    pub atlas: &'a Atlas,
    /// The settings.
    pub config: &'a Config,
    /// Templates, assets and words.
    pub theme: &'a Theme,
}

/// What is known from before, when pages are made.
#[derive(Clone, Copy, Default)]
pub struct Memory<'m> {
    /// The pages of an earlier build.
    pub pages: Option<&'m Pages>,
    /// A name for everything that the pages of this build can be made of, except bodies.
    pub world: Option<Key>,
    /// A name for the templates and the words.
    pub look: Option<Key>,
}

/// Makes all pages and files of the site, except those that are there already.
pub fn pages(
    scene: &Scene<'_>,
    memory: Memory<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    sink: &impl Sink,
    findings: &mut Findings,
) -> (Rendered, Pages) {
    let (engine, desk) = rayon::join(|| Engine::new(scene.theme, scene.config.lang.tag()), || Desk::new(scene));
    let engine = match engine {
        Ok(engine) => engine.of_site(&desk.site),
        Err(finding) => {
            findings.push(finding);
            return Default::default();
        }
    };
    let nothing = Pages::default();
    let before = Before::new(memory.pages.unwrap_or(&nothing), memory.world, scene.library);
    let look = memory.look.zip(memo::key_of(&desk.site)).map(|(look, site)| Key::of([&look.0[..], &site.0]));
    let done = std::sync::atomic::AtomicUsize::new(0);
    let total = scene.atlas.pages.len();
    let made: Vec<Made> = scene
        .atlas
        .pages
        .par_iter()
        .map(|page| {
            let mut press =
                Press { desk: &desk, engine: &engine, before: &before, look, page, sink, made: Made::default() };
            press.make();
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            press.made
        })
        .collect();
    let mut failures = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut known = FxHashMap::default();
    for (page, mut made) in scene.atlas.pages.iter().zip(made) {
        known.extend(made.known(scene.library).map(|known| (page.path.clone(), known)));
        used.append(&mut made.used);
        for finding in made.findings {
            // One mistake in a template fails many pages; it is told once.
            if finding.code.as_str() != "E801" || failures.insert(finding.place.clone()) {
                findings.push(finding);
            }
        }
    }
    files(&desk, &engine, sink, findings);
    copies(scene, &used, sink, findings);
    (Rendered { pages: total, attachments: used.len() }, Pages::new(memory.world, known))
}

/// Makes one page of a site again.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn one(scene: &Scene<'_>, page: &Page, sink: &impl Sink) -> Result<(), Finding> {
    let desk = Desk::new(scene);
    let engine = Engine::new(scene.theme, scene.config.lang.tag())?.of_site(&desk.site);
    let nothing = Pages::default();
    let before = Before::new(&nothing, None, scene.library);
    let made = Made::default();
    let mut press = Press { desk: &desk, engine: &engine, before: &before, look: None, page, sink, made };
    press.make();
    press.made.findings.into_iter().find(|finding| finding.code.as_str() == "E801").map_or(Ok(()), Err)
}

/// Makes the page 更新记录 of a release. In [`pages`], which must know nothing of earlier
/// builds, the same page stands without any edition.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn changes(scene: &Scene<'_>, log: &Log) -> Result<Vec<u8>, Finding> {
    let desk = Desk::new(scene);
    let engine = Engine::new(scene.theme, scene.config.lang.tag())?.of_site(&desk.site);
    let (page, view) = desk.changes(&Page { path: OutputPath::new(history::PAGE), kind: PageKind::Changes }, log);
    engine.page(&page, &view)
}

/// Makes one page.
struct Press<'a, S> {
    desk: &'a Desk<'a>,
    engine: &'a Engine<'a>,
    before: &'a Before<'a>,
    look: Option<Key>,
    page: &'a Page,
    sink: &'a S,
    made: Made,
}

/// What came of a page.
#[derive(Default)]
struct Made {
    /// Its files, each with what it was made of, if it was made and that can be told.
    files: Vec<(OutputPath, Option<Key>)>,
    bodies: Vec<Key>,
    used: BTreeSet<BlobId>,
    findings: Findings,
}

impl Made {
    /// What the next build wants to know of the page.
    fn known(&self, library: &Library) -> Option<Known> {
        let files: Option<Vec<_>> = self.files.iter().map(|(path, origin)| Some((path.clone(), (*origin)?))).collect();
        Some(Known {
            files: files.filter(|files| !files.is_empty())?,
            bodies: self.bodies.clone(),
            used: self.used.iter().map(|id| library.blob(*id).path.clone()).collect(),
            findings: self.findings.clone(),
        })
    }
}

impl<S: Sink> Press<'_, S> {
    fn make(&mut self) {
        if !self.keep() {
            let ((), bodies) = trace::record(|| self.compose());
            self.made.bodies = bodies;
        }
    }

    /// Takes the page as it is, if it is there and nothing of it has changed.
    fn keep(&mut self) -> bool {
        let Some(known) = self.before.unchanged(&self.page.path) else { return false };
        let used: Option<BTreeSet<BlobId>> =
            known.used.iter().map(|path| self.desk.scene.library.blob_at(path)).collect();
        let holds_all = known.files.iter().all(|(path, origin)| self.sink.holds(path, *origin));
        let Some(used) = used.filter(|_| holds_all) else { return false };
        known.files.iter().for_each(|(path, origin)| self.sink.keep(path.clone(), *origin));
        let Known { files, bodies, findings, .. } = known.clone();
        let files = files.into_iter().map(|(path, origin)| (path, Some(origin))).collect();
        self.made = Made { files, bodies, used, findings };
        true
    }

    fn compose(&mut self) {
        let desk = self.desk;
        match &self.page.kind {
            PageKind::Home => {
                let made = desk.home(self.page, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Search => self.put(desk.search(self.page)),
            PageKind::Lessons { filter, number } => self.put(desk.lessons(self.page, filter, *number)),
            PageKind::Lesson(id) => {
                if desk.is_courseware(*id) {
                    let made = desk.courseware(self.page, *id, &mut self.made.used);
                    self.put(made);
                } else {
                    let (page, view) = desk.lesson(self.page, *id, &mut self.made.used, &mut self.made.findings);
                    if let Some(path) = desk.scene.atlas.slides(*id) {
                        self.put_at(path, desk.slides(path, *id, &page, &view));
                    }
                    self.put((page, view));
                }
            }
            // Made from the body of the lesson, which is rendered once.
            PageKind::Slides(_) => {}
            PageKind::Volume(id, year) => self.put(desk.volume(self.page, *id, *year)),
            PageKind::Units => self.put(desk.units(self.page)),
            PageKind::Unit(id) => {
                let made = desk.unit(self.page, *id, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::UnitYear(id, year) => {
                let made = desk.unit_year(self.page, *id, *year, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Plans(year) => self.put(desk.plans(self.page, *year)),
            PageKind::Honours => self.put(desk.honours(self.page)),
            PageKind::HonoursYear(year) => {
                if let Some(made) = desk.honours_year(self.page, *year, &mut self.made.used) {
                    self.put(made);
                }
            }
            PageKind::HonourKind(honour) => self.put(desk.honour_kind(self.page, *honour)),
            PageKind::Publicity(year) => {
                if let Some(made) = desk.publicity(self.page, *year) {
                    self.put(made);
                }
            }
            PageKind::Certificates(year) => {
                if let Some(made) = desk.certificates(self.page, *year) {
                    self.put(made);
                }
            }
            PageKind::Courseware => {
                let made = desk.gallery(self.page, &mut self.made.used);
                self.put(made);
            }
            PageKind::Assessment(year) => self.put(desk.assessment(self.page, *year)),
            PageKind::Statistics(year) => self.put(desk.statistics(self.page, *year)),
            PageKind::People => self.put(desk.people(self.page)),
            PageKind::Person(id) => self.put(desk.person(self.page, *id)),
            PageKind::Domains => self.put(desk.domains(self.page)),
            PageKind::Domain(at) => self.put(desk.domain(self.page, *at)),
            PageKind::Abilities => self.put(desk.abilities(self.page)),
            PageKind::Ability(at) => self.put(desk.ability(self.page, *at)),
            PageKind::Basis => self.put(desk.basis(self.page)),
            PageKind::Documents => self.put(desk.documents(self.page)),
            PageKind::Document(id) => {
                let made = desk.document(self.page, *id, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Notices => self.put(desk.notices(self.page)),
            PageKind::Notice(id) => {
                let made = desk.notice(self.page, *id, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Article(id) => {
                let made = desk.article(self.page, *id, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Forms => self.put(desk.forms(self.page)),
            PageKind::Choose(id, year) => self.put(desk.choose(self.page, *id, *year)),
            PageKind::Apply { adhoc } => self.put(desk.apply(self.page, *adhoc)),
            PageKind::Ballot(of) => self.put(desk.ballot(self.page, *of)),
            PageKind::Sheet(kind, of) => self.put(desk.sheet(self.page, *kind, *of)),
            PageKind::About => {
                let made = desk.about(self.page, &mut self.made.used, &mut self.made.findings);
                self.put(made);
            }
            PageKind::Accessibility => self.put(desk.accessibility(self.page)),
            PageKind::Fields => self.put(desk.fields(self.page)),
            PageKind::Changes => self.put(desk.changes(self.page, &Log::default())),
            PageKind::NotFound => self.put(desk.not_found(self.page)),
            PageKind::Redirect(target) => self.put(desk.redirect(self.page, target)),
        }
    }

    fn put<V: Serialize>(&mut self, made: (PageView, V)) {
        let page = self.page;
        self.put_at(&page.path, made);
    }

    fn put_at<V: Serialize>(&mut self, path: &OutputPath, (page, view): (PageView, V)) {
        let origin = self.look.zip(memo::key_of(&(&page, &view)));
        let origin = origin.map(|(look, view)| Key::of([&look.0[..], &view.0]));
        self.made.files.push((path.clone(), origin));
        if let Some(origin) = origin.filter(|origin| self.sink.holds(path, *origin)) {
            self.sink.keep(path.clone(), origin);
            return;
        }
        match (self.engine.page(&page, &view), origin) {
            (Ok(bytes), Some(origin)) => self.sink.put_made_of(path.clone(), Product::Made(bytes), origin),
            (Ok(bytes), None) => self.sink.put(path.clone(), Product::Made(bytes)),
            (Err(finding), _) => {
                self.made.files.push((path.clone(), None));
                self.made.findings.push(finding);
            }
        }
    }
}

/// The feed, the sitemap, styles, scripts and pictures of the theme.
fn files(desk: &Desk<'_>, engine: &Engine<'_>, sink: &impl Sink, findings: &mut Findings) {
    let mut put = |path: &str, made: Result<Vec<u8>, Finding>| match made {
        Ok(bytes) => sink.put(OutputPath::new(path), Product::Made(bytes)),
        Err(finding) => findings.push(finding),
    };
    put("feed.xml", engine.file("feed.xml", &desk.feed()));
    if desk.scene.config.base_url.is_some() {
        put("sitemap.xml", engine.file("sitemap.xml", &desk.sitemap()));
    }
    for (path, bytes) in desk.blanks() {
        sink.put(OutputPath::new(path), Product::Made(bytes));
    }
    for asset in desk.scene.theme.assets.files.iter().chain([&words::script(&desk.scene)]) {
        sink.put(OutputPath::new(asset.path.as_str()), Product::Made(asset.bytes.clone()));
    }
}

/// H127; courseware that lies beside the folder for lessons was meant to be one (W130).
fn unused(blob: &Blob) -> Finding {
    let is_courseware =
        matches!(blob.path.extension().as_str(), "ppt" | "pptx" | "dps" | "doc" | "docx" | "wps" | "pdf");
    let parts: Vec<&str> = blob.path.as_str().split('/').collect();
    let unit = parts.iter().position(|part| matches!(*part, "units" | "单位")).and_then(|at| parts.get(at + 1));
    match unit
        .filter(|_| is_courseware && parts.len() > 4 && !parts.iter().any(|part| matches!(*part, "lessons" | "教案")))
    {
        Some(unit) => Finding::file("W130", &blob.path)
            .with("表名", "课件")
            .with("原因", "但它没有放在 lessons 文件夹里")
            .with("改法", format!("请移到 {unit} 的年份文件夹下的 lessons 里，例如 {unit}/2025/lessons")),
        None => Finding::file("H127", &blob.path).with("名", blob.path.name()),
    }
}

/// Copies the files that pages offer or show; what no page uses is not published,
/// and the writer is told (H127).
fn copies(scene: &Scene<'_>, used: &BTreeSet<BlobId>, sink: &impl Sink, findings: &mut Findings) {
    inside::copies(scene, used, sink);
    let idle = scene.library.blobs.iter().enumerate().filter(|(at, _)| !used.contains(&BlobId(*at)));
    idle.for_each(|(_, blob)| findings.push(unused(blob)));
}
