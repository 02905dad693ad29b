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
mod pages;
mod qr;
pub mod views;
mod words;

use std::collections::BTreeSet;
use std::sync::Mutex;

use rayon::prelude::*;
use serde::Serialize;

use crate::atlas::{Atlas, Page, PageKind};
use crate::base::{Finding, Findings, OutputPath, Product, Sink};
use crate::config::Config;
use crate::history::{self, Log};
use crate::ledger::Ledger;
use crate::model::{Blob, BlobId, Library};
use crate::theme::Theme;

pub use desk::Desk;
pub use documents::{Documents, PaperView, Pointer, SectionView};
use engine::Engine;
pub use inside::{Attached, Said};
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

/// Makes all pages and files of the site.
pub fn pages(
    scene: &Scene<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    sink: &impl Sink,
    findings: &mut Findings,
) -> Rendered {
    let desk = Desk::new(scene);
    let engine = match Engine::new(scene.theme, &desk.site, scene.config.lang.tag()) {
        Ok(engine) => engine,
        Err(finding) => {
            findings.push(finding);
            return Rendered::default();
        }
    };
    let used = Mutex::new(BTreeSet::new());
    let done = std::sync::atomic::AtomicUsize::new(0);
    let total = scene.atlas.pages.len();
    let noticed: Vec<Findings> = scene
        .atlas
        .pages
        .par_iter()
        .map(|page| {
            let mut press = Press {
                desk: &desk,
                engine: &engine,
                page,
                sink,
                used: BTreeSet::new(),
                findings: Findings::default(),
            };
            press.make();
            if let Ok(mut used) = used.lock() {
                used.append(&mut press.used);
            }
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            press.findings
        })
        .collect();
    let mut failures = BTreeSet::new();
    for finding in noticed.into_iter().flatten() {
        // One mistake in a template fails many pages; it is told once.
        if finding.code.as_str() != "E801" || failures.insert(finding.place.clone()) {
            findings.push(finding);
        }
    }
    files(&desk, &engine, sink, findings);
    let used = used.into_inner().unwrap_or_default();
    copies(scene, &used, sink, findings);
    Rendered { pages: total, attachments: used.len() }
}

/// Makes the page 更新记录 of a release. In [`pages`], which must know nothing of earlier
/// builds, the same page stands without any edition.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn changes(scene: &Scene<'_>, log: &Log) -> Result<Vec<u8>, Finding> {
    let desk = Desk::new(scene);
    let engine = Engine::new(scene.theme, &desk.site, scene.config.lang.tag())?;
    let (page, view) = desk.changes(&Page { path: OutputPath::new(history::PAGE), kind: PageKind::Changes }, log);
    engine.page(&page, &view)
}

/// Makes one page.
struct Press<'a, S> {
    desk: &'a Desk<'a>,
    engine: &'a Engine<'a>,
    page: &'a Page,
    sink: &'a S,
    used: BTreeSet<BlobId>,
    findings: Findings,
}

impl<S: Sink> Press<'_, S> {
    fn make(&mut self) {
        let desk = self.desk;
        match &self.page.kind {
            PageKind::Home => {
                let made = desk.home(self.page, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::Search => self.put(desk.search(self.page)),
            PageKind::Lessons { filter, number } => self.put(desk.lessons(self.page, filter, *number)),
            PageKind::Lesson(id) => {
                if desk.is_courseware(*id) {
                    let made = desk.courseware(self.page, *id, &mut self.used);
                    self.put(made);
                } else {
                    let (page, view) = desk.lesson(self.page, *id, &mut self.used, &mut self.findings);
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
                let made = desk.unit(self.page, *id, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::UnitYear(id, year) => {
                let made = desk.unit_year(self.page, *id, *year, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::Plans(year) => self.put(desk.plans(self.page, *year)),
            PageKind::Honours => self.put(desk.honours(self.page)),
            PageKind::HonoursYear(year) => {
                if let Some(made) = desk.honours_year(self.page, *year, &mut self.used) {
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
                let made = desk.gallery(self.page, &mut self.used);
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
                let made = desk.document(self.page, *id, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::Notices => self.put(desk.notices(self.page)),
            PageKind::Notice(id) => {
                let made = desk.notice(self.page, *id, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::Article(id) => {
                let made = desk.article(self.page, *id, &mut self.used, &mut self.findings);
                self.put(made);
            }
            PageKind::Forms => self.put(desk.forms(self.page)),
            PageKind::Choose(id, year) => self.put(desk.choose(self.page, *id, *year)),
            PageKind::Apply { adhoc } => self.put(desk.apply(self.page, *adhoc)),
            PageKind::Ballot(of) => self.put(desk.ballot(self.page, *of)),
            PageKind::Sheet(kind, of) => self.put(desk.sheet(self.page, *kind, *of)),
            PageKind::About => {
                let made = desk.about(self.page, &mut self.used, &mut self.findings);
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
        match self.engine.page(&page, &view) {
            Ok(bytes) => self.sink.put(path.clone(), Product::Made(bytes)),
            Err(finding) => self.findings.push(finding),
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
