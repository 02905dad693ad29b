//! `release.json`: what a release says of itself. It stands in the site, for everybody
//! to read, so it holds nothing that pages do not.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReleaseId;
use crate::history::{Log, Roll};

/// Its name in a release.
pub(super) const NOTE: &str = "release.json";

/// The form of the note; one of another form is not understood.
const SCHEMA: u32 = 1;

/// What a release says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    schema: u32,
    id: String,
    /// When it was published: 2026-01-08 09:30:12.
    pub published: String,
    /// The day of the statistics.
    pub as_of: String,
    /// 站名.
    pub site: String,
    /// The version of the program.
    pub version: String,
    /// How many lessons there are.
    pub lessons: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many files there are, without the list of sums.
    pub files: usize,
    /// How many errors the library had (E703).
    pub errors: usize,
    /// What readers are told of this release and those before it.
    pub log: Log,
    /// The lessons, so that the next release can tell what became of them.
    pub roll: Roll,
}

impl Note {
    /// The note of a new release; what only comes out later is filled in by
    /// [`super::Draft::seal`].
    pub fn new(id: &ReleaseId) -> Self {
        Self {
            schema: SCHEMA,
            id: id.to_string(),
            published: String::new(),
            as_of: String::new(),
            site: String::new(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lessons: 0,
            pages: 0,
            files: 0,
            errors: 0,
            log: Log::default(),
            roll: Roll::new(),
        }
    }

    /// Whose note it is.
    pub fn id(&self) -> Option<ReleaseId> {
        ReleaseId::parse(&self.id)
    }

    pub(super) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The note in a folder, if there is one that can be understood.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join(NOTE)).ok()?;
        let note: Note = serde_json::from_slice(&bytes).ok()?;
        (note.schema == SCHEMA && note.id().is_some()).then_some(note)
    }
}
