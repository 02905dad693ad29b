//! The root: where the library, the themes and the output are, read with the clock
//! and the flags.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::args::{Global, Language, Output};
use super::print::Printer;
use super::{Exit, Failure};
use crate::base::{Day, Diagnostic, Findings, Key, Severity, SourcePath};
use crate::config::{self, Config, Flags, Lang};
use crate::courseware::{self, Memory};
use crate::memo::Memo;
use crate::source::{self, ReadError, Seen, Sources};
use crate::theme::{self, Theme};

/// Where what was computed is remembered, below the root.
const CACHE: &str = ".jiangtai/cache";

/// Names this program with all that it is made of.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("JIANGTAI_PROGRAM"));

/// A root that has been read.
pub(super) struct Workspace {
    pub sources: Sources,
    pub settings: Findings,
    pub config: Config,
    pub theme: Theme,
    /// How long reading took, and looking into attachments.
    pub reading: [(&'static str, Duration); 2],
}

/// Where things are.
#[derive(Debug, Clone)]
pub(super) struct Root {
    pub root: PathBuf,
    pub content: String,
    pub themes: PathBuf,
    flags: Flags,
    /// What was found in attachments, for as long as this process lives and beyond.
    memory: Arc<Memory>,
}

impl Root {
    pub(super) fn new(global: &Global, output: Option<&Output>) -> Self {
        let lang = global.lang.map(|lang| match lang {
            Language::Zh => Lang::Chinese,
            Language::En => Lang::English,
        });
        Self {
            root: global.root.clone(),
            content: global.content.to_string_lossy().trim_end_matches(['/', '\\']).to_owned(),
            themes: global.root.join(&global.themes),
            flags: Flags {
                as_of: global.as_of,
                base_url: output.and_then(|output| output.base_url.clone()),
                drafts: output.is_some_and(|output| output.drafts),
                lang,
                theme: global.theme.clone(),
            },
            memory: Arc::new(Memory::at(&global.root.join(CACHE), SystemTime::now())),
        }
    }

    /// The content folder.
    pub(super) fn content_folder(&self) -> PathBuf {
        self.root.join(&self.content)
    }

    /// Templates that go before those of the theme.
    pub(super) fn templates(&self) -> PathBuf {
        self.root.join("templates")
    }

    /// The output folder, below the root unless it was given otherwise. A preview with
    /// drafts goes elsewhere, so that no draft is left in what somebody publishes. Within
    /// the content folder, the next build would take the site for content.
    pub(super) fn output(&self, output: &Output, is_preview: bool) -> Result<PathBuf, Failure> {
        let folder = match &output.output {
            Some(folder) => folder.clone(),
            None if is_preview && output.drafts => self.root.join(".jiangtai/preview"),
            None => self.root.join("public"),
        };
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        if whole(&folder).starts_with(whole(&self.content_folder())) {
            let message = format!("输出文件夹 {} 在内容文件夹里面，请另选一个。", shown(&folder));
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok(folder)
    }

    /// Reads everything.
    pub(super) fn read(&self) -> Result<Workspace, Failure> {
        self.read_seen(None, &Memo::none(), None)
    }

    /// Reads everything, with what was seen already and what is remembered, and may show how
    /// far it is with attachments, of which a library that is read for the first time may
    /// have thousands.
    pub(super) fn read_seen(
        &self,
        seen: Option<Seen>,
        memo: &Memo,
        printer: Option<&Printer>,
    ) -> Result<Workspace, Failure> {
        let Some(printer) = printer else { return self.read_telling(seen, memo, &|_, _| {}) };
        let bar = printer.bar("查看附件");
        let workspace = self.read_telling(seen, memo, &|done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        workspace
    }

    fn read_telling(
        &self,
        seen: Option<Seen>,
        memo: &Memo,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Workspace, Failure> {
        let started = Instant::now();
        let mut sources = self.read_sources(seen, memo)?;
        let mut settings = Findings::default();
        let config = config::load(&sources, &self.flags, Day::today(), &mut settings);
        let before = Instant::now();
        courseware::open_telling(&mut sources, &self.memory, config.picture_width, progress)
            .map_err(|error| unreadable(&error))?;
        let looking = before.elapsed();
        let theme = theme::load(&config.theme, &self.themes, &self.templates())
            .map_err(|error| Failure::new(Exit::Settings, format!("主题有问题：{error}。")))?;
        let reading = [("读取文件", started.elapsed().saturating_sub(looking)), ("查看附件", looking)];
        Ok(Workspace { sources, settings, config, theme, reading })
    }

    /// The settings alone. A root without a library has those by default: going back to
    /// an earlier release must work when the library does not.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        let folder = self.content_folder();
        let failed = |error: &std::io::Error| {
            Failure::new(Exit::Environment, format!("读不了 {}：{error}。请检查磁盘和权限。", shown(&folder)))
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.map_err(|error| failed(&error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_file() && (name.ends_with(".yaml") || name.ends_with(".yml")) {
                files.push((format!("content/{name}"), std::fs::read(&path).map_err(|error| failed(&error))?));
            }
        }
        let sources = Sources::from_memory(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        Ok(config::load(&sources, &self.flags, Day::today(), &mut Findings::default()))
    }

    fn read_sources(&self, seen: Option<Seen>, memo: &Memo) -> Result<Sources, Failure> {
        let folder = self.content_folder();
        if !folder.is_dir() {
            let message = format!(
                "找不到内容文件夹 {}。请在教材库所在的文件夹里运行，或先运行 jiangtai init 新建一个。",
                shown(&folder)
            );
            return Err(Failure::new(Exit::Environment, message));
        }
        let seen = seen.map_or_else(|| source::look(&folder, None), Ok);
        seen.and_then(|seen| source::read_seen(seen, &self.content, memo)).map_err(|error| unreadable(&error))
    }

    /// What was computed before.
    pub(super) fn memo(&self) -> Memo {
        Memo::open(&self.cache().join("memo"), PROGRAM)
    }

    /// Looks at everything that a build is made of: what lies in the content folder, and a name
    /// for all, if the disk tells.
    pub(super) fn look(&self, now: SystemTime) -> (Option<Seen>, Option<Key>) {
        let seen = source::look(&self.content_folder(), Some(now)).ok();
        let content = seen.as_ref().and_then(Seen::stamp);
        let stamp = content.zip(source::stamp(&[&self.themes, &self.templates()], now)).map(|(content, theme)| {
            let rest = format!("{:?} {:?} {}", self.flags, Day::today(), self.content);
            Key::of([content.0.as_slice(), &theme.0, rest.as_bytes()])
        });
        (seen, stamp)
    }

    /// The files that loud problems stand in, to show their lines.
    pub(super) fn glimpse(&self, diagnostics: &[Diagnostic]) -> Result<Sources, Failure> {
        let loud = diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint);
        let files: BTreeSet<&SourcePath> = loud.map(|diagnostic| &diagnostic.place.file).collect();
        source::read_some(&self.root, &self.content, files).map_err(|error| unreadable(&error))
    }

    /// Where what was computed is remembered.
    pub(super) fn cache(&self) -> PathBuf {
        self.root.join(CACHE)
    }
}

fn unreadable(error: &ReadError) -> Failure {
    Failure::new(Exit::Environment, format!("{error}。请检查磁盘和权限。"))
}

/// A path as people read it, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let short = path.strip_prefix("./").unwrap_or(path);
    let bare = short.as_os_str().is_empty() || short == Path::new(".");
    if bare { "当前文件夹".to_owned() } else { short.display().to_string() }
}
