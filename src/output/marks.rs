//! By what a file of the output is known again without reading it.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::base::Key;

/// What the disk says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    length: u64,
    /// Nanoseconds since 1970.
    time: u128,
}

impl Mark {
    /// The mark of a file; `None` where the disk tells times in whole seconds, in which
    /// somebody may change a file unseen.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        let modified: SystemTime = metadata.modified().ok()?;
        let time = modified.duration_since(UNIX_EPOCH).ok()?;
        (time.subsec_nanos() != 0).then_some(Mark { length: metadata.len(), time: time.as_nanos() })
    }
}

/// The files of an output folder as a build left them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks(pub(super) FxHashMap<String, Left>);

/// A file as a build left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    pub mark: Option<Mark>,
    /// What it was made of, where that is known.
    pub origin: Option<Key>,
}

impl Marks {
    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
