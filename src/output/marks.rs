//! By what a file of the output is known again without reading it.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::base::{Key, Mark};

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
