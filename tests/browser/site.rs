//! The site that the browser looks at.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::{fs, io, thread};

use jiangtai::base::{Day, Findings};
use jiangtai::config::{self, Flags};
use jiangtai::courseware;
use jiangtai::output::{self, OpenOptions};
use jiangtai::pipeline::{self, Job};
use jiangtai::serve::{self, Event, Finished, Options, Outcome};
use jiangtai::{source, theme};
use tempfile::TempDir;

use crate::{LONG, Result};

/// A lesson with everything that a lesson can have.
const ALL_SORTS: &str = include_str!("样样都有.md");
/// Where it is put, and where its page is.
const ALL_SORTS_FILE: &str = "content/units/chengdong/2025/lessons/样样都有.md";
pub const ALL_SORTS_PAGE: &str = "units/chengdong/2025/yang-yang-dou-you.html";

/// A lesson whose words a spreadsheet would take for formulas, and where it is put.
const FORMULA: &str = include_str!("公式.md");
const FORMULA_FILE: &str = "content/units/chengdong/2025/lessons/公式.md";

/// How many pages of a kind are looked at: the first ones and the longest.
const OF_A_KIND: usize = 2;

/// Hears what a server has to say.
type Tell = Box<dyn Fn(Event) + Send + Sync>;

/// A built site and where it can be seen.
pub struct Site {
    /// Holds everything; removed with it.
    _root: TempDir,
    /// At the top of a server.
    pub top: String,
    /// The same folder below the top of another server, and that server.
    pub below: String,
    pub server: String,
    /// In the folder itself.
    pub folder: String,
    /// All pages that have a kind.
    pages: Vec<Made>,
}

/// A page.
pub struct Made {
    pub path: String,
    pub kind: String,
    pub html: String,
}

impl Site {
    pub fn build() -> Result<Self> {
        let root = library()?;
        let folder = root.path().join("a/b");
        make(root.path(), &folder)?;
        let server = show(root.path())?;
        Ok(Self {
            top: show(&folder)?,
            below: format!("{server}a/b/"),
            server,
            folder: format!("file://{}/", folder.display()),
            pages: pages(&folder)?,
            _root: root,
        })
    }

    /// Some pages of every kind.
    pub fn samples(&self) -> Vec<&Made> {
        let mut kinds: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
        for page in &self.pages {
            kinds.entry(&page.kind).or_default().push(page);
        }
        kinds.into_values().flat_map(some).collect()
    }

    /// The longest page of every kind.
    pub fn longest_of_each(&self) -> Vec<&str> {
        let mut longest: BTreeMap<&str, &Made> = BTreeMap::new();
        for page in &self.pages {
            let kept = longest.entry(&page.kind).or_insert(page);
            if page.html.len() > kept.html.len() {
                *kept = page;
            }
        }
        longest.into_values().map(|page| page.path.as_str()).collect()
    }

    /// The longest page of a kind.
    pub fn longest(&self, kind: &str) -> Result<&str> {
        let pages = self.pages.iter().filter(|page| page.kind == kind);
        let longest = pages.max_by_key(|page| page.html.len()).map(|page| page.path.as_str());
        longest.ok_or_else(|| format!("no page of kind {kind}").into())
    }

    /// The longest lesson of the sample library that has a quiz of each kind.
    pub fn lesson_with_quizzes(&self) -> Result<&str> {
        let kinds = ["single", "multiple", "boolean"].map(|kind| format!("data-kind=\"{kind}\""));
        let has_all = |page: &&Made| page.path != ALL_SORTS_PAGE && kinds.iter().all(|kind| page.html.contains(kind));
        let longest = self.pages.iter().filter(has_all).max_by_key(|page| page.html.len());
        longest.map(|page| page.path.as_str()).ok_or_else(|| "no lesson with quizzes".into())
    }
}

/// The sample library and the lesson with everything, in a root of its own.
pub fn library() -> Result<TempDir> {
    let root = tempfile::tempdir()?;
    copy(&repository().join("content"), &root.path().join("content"))?;
    fs::write(root.path().join(ALL_SORTS_FILE), ALL_SORTS)?;
    fs::write(root.path().join(FORMULA_FILE), FORMULA)?;
    Ok(root)
}

pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}

/// Where the theme under test is.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds the library of a root into a folder.
pub fn make(root: &Path, folder: &Path) -> Result {
    let mut sources = source::read(root, "content")?;
    courseware::open(&mut sources, &courseware::Memory::none(), 1600)?;
    let mut settings = Findings::default();
    let config = config::load(&sources, &Flags::default(), Day::today(), &mut settings);
    let theme = theme::load(&config.theme, &repository().join("themes"), &root.join("templates"))?;
    let sink = output::open(folder, &OpenOptions::default())?;
    let job = Job { sources: &sources, settings, config: &config, theme: &theme };
    let built = pipeline::build(job, &|_, _| {}, &sink);
    if let Some(failure) = built.theme_failure() {
        return Err(format!("{failure:?}").into());
    }
    sink.close()?;
    Ok(())
}

/// Serves a folder until the end of the test and says where.
pub fn show(folder: &Path) -> Result<String> {
    let options = Options {
        bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        open: false,
        poll: None,
        watch: Vec::new(),
        since: None,
        folder: folder.to_path_buf(),
    };
    let silent = |_: &[(String, String)]| Ok(String::new());
    address(move |tell| {
        serve::run(options, Outcome::default(), |_: &[PathBuf], _: serve::Herald<'_>| Outcome::default(), silent, tell)
    })
}

/// Serves a folder as a finished site, without what a preview adds: a stream of events
/// for every page would leave none of the browser's connections for many at once.
pub fn show_finished(folder: &Path) -> Result<String> {
    let bind = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let finished = Finished { bind, port: 0, open: false, folder: folder.to_path_buf() };
    address(move |tell| serve::show(finished, tell))
}

/// Starts a server and waits until it says where it is.
fn address<T>(start: impl FnOnce(Tell) -> T + Send + 'static) -> Result<String> {
    let (sender, events) = mpsc::channel();
    let tell: Tell = Box::new(move |event| drop(sender.send(event)));
    thread::spawn(move || drop(start(tell)));
    loop {
        if let Event::Listening { url } = events.recv_timeout(LONG)? {
            return Ok(format!("{}/", url.trim_end_matches('/')));
        }
    }
}

/// All pages of a built site that have a kind.
pub fn pages(folder: &Path) -> Result<Vec<Made>> {
    let mut pages = Vec::new();
    collect(folder, folder, &mut pages)?;
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(pages)
}

fn collect(top: &Path, folder: &Path, pages: &mut Vec<Made>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(top, &path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let html = fs::read_to_string(&path)?;
            let kind = html.split_once("<body class=\"page-").and_then(|(_, rest)| rest.split_once(['"', ' ']));
            let path = path.strip_prefix(top)?.to_str().ok_or("not ASCII")?.to_owned();
            if let Some(kind) = kind.map(|(kind, _)| kind.to_owned()) {
                pages.push(Made { path, kind, html });
            }
        }
    }
    Ok(())
}

/// The first pages of a kind and the longest one.
fn some(pages: Vec<&Made>) -> Vec<&Made> {
    let longest = pages.iter().max_by_key(|page| page.html.len()).copied();
    let rest = longest.filter(|longest| !pages.iter().take(OF_A_KIND).any(|page| page.path == longest.path));
    pages.into_iter().take(OF_A_KIND).chain(rest).collect()
}
