//! Finds and reads the files: the only place where the library's folder is read.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::active::is_active;
use super::classify::{classify, file_key, folder_key};
use super::decode::{Encoding, decode_all};
use super::facts::{Facts, Known};
use super::{Content, FileKind, SourceFile, Sources};
use super::{secrecy, strays};
use crate::base::{Finding, Findings, Mark, SourcePath};
use crate::memo::Memo;

/// Why a content folder could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "读不了 {}：{}", self.path.display(), self.cause)
    }
}

impl std::error::Error for ReadError {}

/// A file before it is understood.
pub(super) struct Raw {
    pub size: u64,
    pub disk: PathBuf,
    /// Given when the bytes are in memory already.
    pub bytes: Option<Vec<u8>>,
    /// Whether there is no file, only these bytes.
    pub is_held: bool,
    /// By what the file may be recognised.
    pub mark: Option<Mark>,
    /// What is known of its text.
    pub facts: Option<Facts>,
}

impl Raw {
    /// A file on the disk that is not read yet.
    fn of(disk: PathBuf, metadata: Option<&Metadata>, now: Option<SystemTime>) -> Self {
        let size = metadata.map_or(0, Metadata::len);
        let mark = metadata.zip(now).and_then(|(metadata, now)| Mark::of_source(metadata, now));
        Raw { size, disk, bytes: None, is_held: false, mark, facts: None }
    }

    /// Bytes without a file.
    pub(super) fn held(path: &str, bytes: &[u8]) -> Self {
        let (size, disk) = (bytes.len() as u64, PathBuf::from(path));
        Raw { size, disk, bytes: Some(bytes.to_vec()), is_held: true, mark: None, facts: None }
    }
}

/// What was seen of a folder before any file of it is read.
pub struct Seen {
    /// Files, sorted, by their names from the folder on.
    pub(super) files: Vec<(String, Raw)>,
    /// Names of links that are not followed.
    pub(super) outside: Vec<String>,
}

/// Looks at a folder without reading any file. `now` is the time, by which a file that was
/// changed long enough ago may be recognised.
///
/// # Errors
/// When a folder cannot be listed.
pub fn look(folder: &Path, now: Option<SystemTime>) -> Result<Seen, ReadError> {
    let Below { files, outside } = files_below(folder)?;
    let raw = |(name, disk): (String, PathBuf)| {
        let metadata = std::fs::metadata(&disk).ok();
        (name, Raw::of(disk, metadata.as_ref(), now))
    };
    Ok(Seen { files: files.into_par_iter().map(raw).collect(), outside })
}

/// Reads the content folder. `content` is its path relative to the root, as
/// diagnostics show it.
///
/// # Errors
/// When the folder, or a file in it, cannot be read: nothing is passed over in silence.
pub fn read(root: &Path, content: &str) -> Result<Sources, ReadError> {
    let content = content.trim_end_matches('/').replace('\\', "/");
    read_seen(look(&root.join(&content), None)?, &content, &Memo::none())
}

/// Reads the files of the content folder that were seen, with what is remembered of those
/// that the disk says are as they were.
///
/// # Errors
/// When a file cannot be read.
pub fn read_seen(seen: Seen, content: &str, memo: &Memo) -> Result<Sources, ReadError> {
    let content = content.trim_end_matches('/').replace('\\', "/");
    let content = content.as_str();
    let known = Known::recall(memo, content);
    let path_of = |name: &str| SourcePath::new(format!("{content}/{name}"));
    let load = |(name, mut raw): (String, Raw)| {
        let path = path_of(&name);
        raw.facts = known.of(&path, raw.mark);
        load(path, raw, content)
    };
    let wanted: Vec<_> = seen.files.into_par_iter().map(load).collect::<Result<_, _>>()?;
    let mut sources = assemble(wanted, content);
    known.keep(&sources.files, memo, content);
    seen.outside.iter().for_each(|name| sources.findings.push(Finding::file("W137", &path_of(name))));
    Ok(sources)
}

/// Reads some files of the content folder, by their paths as diagnostics show them; what
/// is not there is passed over.
///
/// # Errors
/// When a file cannot be read.
pub fn read_some<'p>(
    root: &Path,
    content: &str,
    paths: impl IntoIterator<Item = &'p SourcePath>,
) -> Result<Sources, ReadError> {
    let raw = |path: &SourcePath| {
        let disk = root.join(path.as_str());
        let metadata = std::fs::metadata(&disk).ok().filter(|metadata| metadata.is_file())?;
        Some((path.clone(), Raw::of(disk, Some(&metadata), None)))
    };
    let found = paths.into_iter().filter_map(raw);
    let read = found.map(|(path, raw)| load(path, raw, content)).collect::<Result<_, _>>()?;
    Ok(assemble(read, content))
}

/// What lies below a folder.
#[derive(Debug, Default)]
pub struct Below {
    /// Files, sorted, each with its name from the folder on (with forward slashes) and
    /// its path.
    pub files: Vec<(String, PathBuf)>,
    /// Names of symbolic links that lead out of the folder, or to another folder: they
    /// are not followed, so that nothing from elsewhere is ever published.
    pub outside: Vec<String>,
}

/// Looks at everything below a folder.
///
/// # Errors
/// When a folder cannot be listed.
pub fn files_below(folder: &Path) -> Result<Below, ReadError> {
    let mut below = Below::default();
    let failed = |path: &Path, cause: String| ReadError { path: path.to_path_buf(), cause };
    let inside = folder.canonicalize().map_err(|error| failed(folder, error.to_string()))?;
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            failed(error.path().unwrap_or(folder), cause)
        })?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let leads_inside =
            || entry.path().canonicalize().is_ok_and(|target| target.starts_with(&inside) && target.is_file());
        if entry.file_type().is_file() || (entry.path_is_symlink() && leads_inside()) {
            below.files.push((name, entry.into_path()));
        } else if entry.path_is_symlink() && !name.is_empty() {
            below.outside.push(name);
        }
    }
    Ok(below)
}

/// Reads the bytes of files that the library understands as text.
fn load(path: SourcePath, mut raw: Raw, content: &str) -> Result<(SourcePath, Raw), ReadError> {
    let parts = below(&path, content);
    if classify(&parts).is_some_and(|(kind, _)| is_text(kind)) || path.extension() == "svg" {
        let failed = |error: std::io::Error| ReadError { path: raw.disk.clone(), cause: error.to_string() };
        let mut bytes = Vec::with_capacity(usize::try_from(raw.size).unwrap_or(0));
        let mut file = File::open(&raw.disk).map_err(failed)?;
        file.read_to_end(&mut bytes).map_err(failed)?;
        // What was seen of it counts unless somebody wrote to it since.
        if raw.mark.is_some() && raw.mark != file.metadata().ok().as_ref().and_then(Mark::of) {
            (raw.mark, raw.facts) = (None, None);
        }
        raw.bytes = Some(bytes);
    }
    Ok((path, raw))
}

/// Turns found files into sources: classified, decoded, sorted.
pub(super) fn assemble(found: Vec<(SourcePath, Raw)>, content: &str) -> Sources {
    let understood: Vec<_> = found.into_par_iter().filter_map(|(path, raw)| understand(path, raw, content)).collect();
    let mut sources = Sources::default();
    for (file, findings) in understood {
        sources.files.push(file);
        sources.findings.append(findings);
    }
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    report_twins(&mut sources);
    strays::report(&sources.files, content, &mut sources.findings);
    sources
}

fn understand(path: SourcePath, raw: Raw, content: &str) -> Option<(SourceFile, Findings)> {
    let (kind, slot) = classify(&below(&path, content))?;
    let mut findings = Findings::default();
    let content = match raw.bytes {
        Some(bytes) if is_text(kind) => match decode_all(bytes) {
            Some(decoded) => {
                if decoded.encoding == Encoding::Gbk {
                    findings.push(Finding::file("W102", &path));
                }
                Content::Text(Arc::new(decoded.text))
            }
            None => {
                findings.push(Finding::file("E101", &path));
                Content::Unreadable
            }
        },
        bytes if is_active(&path, bytes.as_deref()) => {
            findings.push(Finding::file("W138", &path));
            Content::Unreadable
        }
        bytes => {
            // A drawing is read to see whether it is harmless; its bytes are on the disk.
            let held = bytes.filter(|_| raw.is_held).map(Arc::from);
            Content::Blob { size: raw.size, disk: raw.disk, held, inside: None }
        }
    };
    let facts = match &content {
        Content::Text(text) => Some(raw.facts.unwrap_or_else(|| Facts::of(text))),
        _ => None,
    };
    let is_secret = secrecy::is_named(&path) || facts.is_some_and(|facts| facts.is_secret);
    Some((SourceFile { path, kind, slot, content, mark: raw.mark, facts, is_secret }, findings))
}

pub(super) fn below<'a>(path: &'a SourcePath, content: &str) -> Vec<&'a str> {
    let inner = path.as_str().strip_prefix(content.trim_end_matches('/')).unwrap_or(path.as_str());
    inner.split('/').filter(|part| !part.is_empty()).collect()
}

fn is_text(kind: FileKind) -> bool {
    !matches!(kind, FileKind::Attachment | FileKind::Asset)
}

/// E118: `plan.csv` and `教学计划.csv` in the same folder. The first is used.
fn report_twins(sources: &mut Sources) {
    let mut twins = Vec::new();
    let key = |path: &SourcePath| {
        (path.folder().split('/').map(folder_key).collect::<Vec<_>>().join("/"), file_key(path.name()))
    };
    let single = |kind| {
        !matches!(
            kind,
            FileKind::Lesson
                | FileKind::Attachment
                | FileKind::Asset
                | FileKind::Page
                | FileKind::Document
                | FileKind::Notice
        )
    };
    let mut seen: std::collections::BTreeMap<(String, String), usize> = std::collections::BTreeMap::new();
    for (at, file) in sources.files.iter().enumerate().filter(|(_, file)| single(file.kind)) {
        match seen.entry(key(&file.path)) {
            std::collections::btree_map::Entry::Occupied(first) => twins.push((*first.get(), at)),
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(at);
            }
        }
    }
    for (first, second) in twins.iter().rev() {
        let one = sources.files[*first].path.clone();
        let other = sources.files.remove(*second).path;
        let finding =
            Finding::file("E118", &other).with("目录", other.folder()).with("a", one.name()).with("b", other.name());
        sources.findings.push(finding);
    }
}
