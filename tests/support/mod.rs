//! What several test files need: builds in memory, a small reader of pages, and
//! temporary roots with the binary.

#![allow(dead_code)]

pub mod command;
pub mod html;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use jiangtai::base::{Day, Diagnostic, Findings, Severity};
use jiangtai::config::{self, Config, Flags};
use jiangtai::courseware;
use jiangtai::model::Library;
use jiangtai::output::Memory;
use jiangtai::pipeline::{self, Job};
use jiangtai::search::Index;
use jiangtai::source::{self, Sources};
use jiangtai::theme::{self, Theme};

/// A file of a library: its path, which starts with `content/`, and its bytes.
pub type File = (String, Vec<u8>);

/// A finished site in memory.
pub struct Site {
    pub library: Library,
    pub config: Config,
    pub diagnostics: Vec<Diagnostic>,
    pub files: BTreeMap<String, Vec<u8>>,
    sources: Sources,
}

impl Site {
    /// What can be found on the pages.
    pub fn index(&self) -> Index {
        pipeline::index(job(&self.sources, &self.config))
    }

    /// The text of a page; a page that is not there fails the test with the names
    /// of those that are.
    pub fn page(&self, path: &str) -> &str {
        let near = || self.files.keys().filter(|name| !name.starts_with("assets/")).cloned().collect::<Vec<_>>();
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no {path} among {:#?}", near()));
        std::str::from_utf8(bytes).expect("a page is UTF-8")
    }

    /// All pages, feeds and the like, with their names.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_text = |name: &str| [".html", ".xml", ".json", ".txt"].iter().any(|end| name.ends_with(end));
        let texts = self.files.iter().filter(move |(name, _)| is_text(name));
        texts.map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).expect("a page is UTF-8")))
    }

    /// The lesson pages: file of the library, address, title on the page.
    pub fn lessons(&self) -> Vec<(String, String)> {
        let of_lesson = |text: &str| text.contains("<body class=\"page-lesson\"") || text.contains("page-attachment");
        let pages = self.texts().filter(|(name, text)| name.starts_with("units/") && of_lesson(text));
        pages.map(|(name, text)| (name.to_owned(), html::heading(text))).collect()
    }

    /// Everything louder than a hint, as `CODE file:line`.
    pub fn problems(&self) -> Vec<String> {
        let loud = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint);
        let mut said: Vec<String> = loud.map(said).collect();
        said.sort();
        said
    }
}

/// A problem in short.
pub fn said(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    match place.line {
        0 => format!("{} {}", diagnostic.code.as_str(), place.file),
        line => format!("{} {}:{line}", diagnostic.code.as_str(), place.file),
    }
}

/// The theme that the binary carries.
pub fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    let nowhere = Path::new("there-is-no-such-folder");
    THEME.get_or_init(|| theme::load("default", nowhere, nowhere).expect("the embedded theme is whole"))
}

/// A day of the test data.
pub fn day(text: &str) -> Day {
    let numbers: Vec<u32> = text.split('-').map(|part| part.parse().expect("a date such as 2025-12-31")).collect();
    Day::new(numbers[0] as i32, numbers[1], numbers[2]).expect("a day of the calendar")
}

/// Builds a library out of memory, as of a day.
pub fn build(files: &[File], as_of: &str) -> Site {
    let mut sources = Sources::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    look_inside(&mut sources);
    build_sources(&sources, &Flags { as_of: Some(day(as_of)), ..Flags::default() })
}

/// Builds the library in a folder that holds `content/`.
pub fn build_folder(root: &Path, flags: &Flags) -> Site {
    let mut sources = source::read(root, "content").expect("the library can be read");
    look_inside(&mut sources);
    build_sources(&sources, flags)
}

/// Looks into attachments, as every command does.
fn look_inside(sources: &mut Sources) {
    courseware::open(sources, &courseware::Memory::none(), 1600).expect("the attachments can be read");
}

/// Builds what was read.
pub fn build_sources(sources: &Sources, flags: &Flags) -> Site {
    let mut settings = Findings::default();
    let config = config::load(sources, flags, day("2025-12-31"), &mut settings);
    let sink = Memory::default();
    let built = pipeline::build(Job { settings, ..job(sources, &config) }, &|_, _| {}, &sink);
    let files = sink.close().expect("every file can be copied");
    let files = files.into_iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes)).collect();
    Site { library: built.library, config, diagnostics: built.diagnostics, files, sources: sources.clone() }
}

fn job<'a>(sources: &'a Sources, config: &'a Config) -> Job<'a> {
    Job { sources, settings: Findings::default(), config, theme: theme() }
}
