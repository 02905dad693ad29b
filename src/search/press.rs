//! Where the files of the index go on their way to the sink.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::container::{deflate, script};
use crate::base::{OutputPath, Product, Sink};

/// What an index is made of, in bytes as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The bytes of each part, by its folder: `d` lists, `x` large lists, `p` and `q`
    /// positions, `i` directory, `m` facts, `t` texts, `y` sounds and so on.
    pub parts: BTreeMap<String, u64>,
    /// How many files there are.
    pub files: usize,
}

/// Hands files to the sink, from any thread, and notes what they are.
pub(super) struct Press<'s, S> {
    sink: &'s S,
    /// Of each file its name, what is in it, and its size as written.
    notes: Mutex<Vec<(String, blake3::Hash, u64)>>,
}

impl<'s, S: Sink> Press<'s, S> {
    pub(super) fn new(sink: &'s S) -> Self {
        Press { sink, notes: Mutex::default() }
    }

    /// Writes bytes as a script.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        let made = script(name, bytes);
        let note = (name.to_owned(), blake3::hash(bytes), made.len() as u64);
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        self.sink.put(OutputPath::new(format!("search/{name}.js")), Product::Made(made));
    }

    pub(super) fn json(&self, name: &str, value: &Value) {
        self.put(name, &deflate(value.to_string().as_bytes()));
    }

    /// A name for all files so far and what is in them.
    pub(super) fn id(&self) -> String {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut all = blake3::Hasher::new();
        for (name, hash, _) in notes.iter() {
            all.update(name.as_bytes());
            all.update(hash.as_bytes());
        }
        all.finalize().to_hex()[..8].to_owned()
    }

    pub(super) fn sizes(self) -> Sizes {
        let mut sizes = Sizes::default();
        for (name, _, length) in self.notes.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let part = name.split('/').next().unwrap_or_default();
            *sizes.parts.entry(part.to_owned()).or_default() += length;
            sizes.files += 1;
        }
        sizes
    }
}
