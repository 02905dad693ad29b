//! Which files there are, what each one is, and what it says.
//!
//! After this room (and `theme`) has read, nothing reads. Sources can be made
//! from values as well, so tests need no disk.

mod active;
mod classify;
mod decode;
mod facts;
mod inside;
mod secrecy;
mod stamp;
mod strays;
mod walk;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{Findings, Key, Mark, Prose, SourcePath};

pub use classify::{FileKind, Slot, classify, twin_key};
pub use decode::{Decoded, Encoding, decode, encode_utf8};
pub use facts::{Facts, may_hold_numbers};
pub use inside::{Bytes, Inside, Line, Nature, Part, Picture, Properties, Reading, Spot, Unit};
pub use secrecy::{Stretch, may_be_secret, secrecy_in_name, secrecy_marks};
pub use stamp::stamp;
pub use walk::{Below, ReadError, Seen, files_below, look, read, read_seen, read_some};

/// Everything that was found in the content folder.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// All files that are not ignored, sorted by path.
    pub files: Vec<SourceFile>,
    /// What was noticed while reading.
    pub findings: Findings,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it is.
    pub path: SourcePath,
    /// What it is.
    pub kind: FileKind,
    /// Which unit and year it lies in.
    pub slot: Slot,
    /// What it says.
    pub content: Content,
    /// By what it may be recognised on the disk.
    mark: Option<Mark>,
    /// What is told of its text.
    facts: Option<Facts>,
    /// Whether it carries a mark of secrecy (E601).
    is_secret: bool,
}

/// The content of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text that the library reads: lessons, tables, settings.
    Text(Arc<String>),
    /// Text that could not be decoded (E101), whose page is still made, or a file that a
    /// browser would run (W138), which is never published.
    Unreadable,
    /// Anything else; it is published as it is and never read whole.
    Blob {
        /// Its size in bytes.
        size: u64,
        /// Where it can be copied from.
        disk: PathBuf,
        /// Its bytes, for sources that were made of values.
        held: Option<Arc<[u8]>>,
        /// What is inside, once `courseware` has looked.
        inside: Option<Arc<Inside>>,
    },
}

/// A file that is open for reading.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

impl SourceFile {
    /// Whether it carries a mark of secrecy in its text or its name (E601): nothing of
    /// it may be published.
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }

    /// Whether it [may be remembered](Sources::may_be_remembered).
    pub fn may_be_remembered(&self) -> bool {
        !self.is_secret && !matches!(self.kind, FileKind::Trainees | FileKind::Exams)
    }

    /// What is told of its text by looking at all of it.
    pub fn facts(&self) -> Option<Facts> {
        self.facts
    }

    /// The text of a file that may be published.
    pub fn open_text(&self) -> Option<&str> {
        self.text().filter(|_| !self.is_secret)
    }

    /// Opens a file that is no text.
    ///
    /// # Errors
    /// When the disk refuses, or the file is one that was read as text.
    pub fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        match &self.content {
            Content::Blob { held: Some(bytes), .. } => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Content::Blob { disk, .. } => Ok(Box::new(BufReader::new(File::open(disk)?))),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// What is inside a file that is no text, once somebody has looked.
    pub fn inside(&self) -> Option<&Arc<Inside>> {
        match &self.content {
            Content::Blob { inside, .. } => inside.as_ref(),
            _ => None,
        }
    }

    /// Takes over what is inside; a mark of secrecy there keeps the file from being
    /// published.
    pub fn learn(&mut self, found: Arc<Inside>) {
        if let Content::Blob { inside, .. } = &mut self.content {
            self.is_secret |= found.is_secret;
            *inside = Some(found);
        }
    }

    /// The part of the text that stands in a range of bytes, without copying it.
    pub fn prose(&self, range: Range<usize>) -> Prose {
        match &self.content {
            Content::Text(text) => Prose::new(self.path.as_str(), Arc::clone(text), range),
            _ => Prose::default(),
        }
    }

    /// As [`SourceFile::prose`], with the name that such a part had when the text was the
    /// same.
    pub fn prose_known(&self, range: Range<usize>, key: Key) -> Prose {
        match &self.content {
            Content::Text(text) => Prose::known(Arc::clone(text), range, key),
            _ => Prose::default(),
        }
    }

    /// The text, when the file is one that the library reads.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Sources {
    /// Sources out of memory, for tests and for previews without a disk. Paths
    /// start with `content/`.
    pub fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let entries = files.into_iter().map(|(path, bytes)| (SourcePath::new(path), walk::Raw::held(path, bytes)));
        walk::assemble(entries.collect(), "content")
    }

    /// The file at a path.
    pub fn file(&self, path: &SourcePath) -> Option<&SourceFile> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok().map(|at| &self.files[at])
    }

    /// Whether what a file says may be written down elsewhere on this machine: a mark of
    /// secrecy keeps it where it is, and so do marks and conduct (DOMAIN.md 3.7).
    pub fn may_be_remembered(&self, path: &SourcePath) -> bool {
        self.file(path).is_none_or(SourceFile::may_be_remembered)
    }

    /// A line of a file, counted from one, for showing a problem in its place.
    pub fn line(&self, path: &SourcePath, line: u32) -> Option<&str> {
        self.file(path)?.text()?.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)
    }

    /// The files of a kind, in order.
    pub fn of(&self, kind: FileKind) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(move |file| file.kind == kind)
    }
}
