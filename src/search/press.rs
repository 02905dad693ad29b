//! Where the files of the index go on their way to the sink.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::container::{deflate, script, script_length};
use crate::base::{Key, OutputPath, Product, Sink};

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
    /// The files of an earlier index, by their names.
    before: FxHashMap<&'s str, &'s Note>,
    notes: Mutex<Vec<Note>>,
}

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Note {
    /// Its name, without folder and ending.
    pub name: String,
    /// What is in it.
    pub origin: Key,
    /// Its size as written.
    pub length: u64,
}

impl Note {
    pub fn path(&self) -> OutputPath {
        path(&self.name)
    }
}

fn path(name: &str) -> OutputPath {
    OutputPath::new(format!("search/{name}.js"))
}

impl<'s, S: Sink> Press<'s, S> {
    pub(super) fn new(sink: &'s S, before: &'s [Note]) -> Self {
        let notes = Mutex::new(Vec::with_capacity(before.len() + before.len() / 16));
        Press { sink, before: before.iter().map(|note| (note.name.as_str(), note)).collect(), notes }
    }

    /// Writes bytes as a script, unless that is there already.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        let origin = Key::of([name.as_bytes(), bytes]);
        if !self.keeps(name, origin) {
            self.write(name, bytes, origin);
        }
    }

    /// Deflates bytes and writes them as a script, unless that is there already.
    pub(super) fn deflated(&self, name: &str, bytes: &[u8]) {
        let origin = Key::of([name.as_bytes(), bytes]);
        if !self.keeps(name, origin) {
            self.write(name, &deflate(bytes), origin);
        }
    }

    fn write(&self, name: &str, bytes: &[u8], origin: Key) {
        self.note(Note { name: name.to_owned(), origin, length: script_length(name, bytes.len()) });
        self.sink.put_made_of(path(name), Product::Made(script(name, bytes)), origin);
    }

    fn keeps(&self, name: &str, origin: Key) -> bool {
        let there = self.before.get(name).filter(|note| note.origin == origin && self.holds(note));
        there.inspect(|note| self.keep(note)).is_some()
    }

    /// Takes a file as it is.
    pub(super) fn keep(&self, note: &Note) {
        self.sink.keep(note.path(), note.origin);
        self.note(note.clone());
    }

    /// Takes the files of these names as they are, or none of them when one is not there.
    pub(super) fn keep_all(&self, names: &[String]) -> bool {
        let is_whole = names.iter().all(|name| self.knows(name));
        is_whole && names.iter().all(|name| self.keep_named(name))
    }

    /// Whether there was a file of that name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.before.contains_key(name)
    }

    /// Takes the file of that name as it is; `false` when there was none.
    pub(super) fn keep_named(&self, name: &str) -> bool {
        self.before.get(name).inspect(|note| self.keep(note)).is_some()
    }

    /// Whether a file is there.
    pub(super) fn holds(&self, note: &Note) -> bool {
        self.sink.holds(&note.path(), note.origin)
    }

    fn note(&self, note: Note) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    pub(super) fn json(&self, name: &str, value: &Value) {
        self.deflated(name, value.to_string().as_bytes());
    }

    /// A name for all files so far and what is in them.
    pub(super) fn id(&self) -> String {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.sort_unstable();
        let parts = notes.iter().flat_map(|note| [note.name.as_bytes(), &note.origin.0]);
        Key::of(parts).0[..4].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn notes(self) -> Vec<Note> {
        self.notes.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sizes {
    pub(super) fn of(notes: &[Note]) -> Self {
        let mut sizes = Sizes::default();
        for note in notes {
            let part = note.name.split('/').next().unwrap_or_default();
            *sizes.parts.entry(part.to_owned()).or_default() += note.length;
            sizes.files += 1;
        }
        sizes
    }
}
