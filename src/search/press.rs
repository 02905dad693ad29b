//! Where the files of the index go on their way to the sink.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

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
    pub(super) fn new(sink: &'s S) -> Self {
        Press { sink, notes: Mutex::default() }
    }

    /// Writes bytes as a script, unless that is there already.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        let origin = Key::of([name.as_bytes(), bytes]);
        let path = path(name);
        let length = script_length(name, bytes.len());
        self.note(Note { name: name.to_owned(), origin, length });
        if self.sink.holds(&path, origin) {
            self.sink.keep(path, origin);
        } else {
            self.sink.put_made_of(path, Product::Made(script(name, bytes)), origin);
        }
    }

    /// Takes a file as it is.
    pub(super) fn keep(&self, note: Note) {
        self.sink.keep(note.path(), note.origin);
        self.note(note);
    }

    /// Whether a file is there.
    pub(super) fn holds(&self, note: &Note) -> bool {
        self.sink.holds(&note.path(), note.origin)
    }

    fn note(&self, note: Note) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    pub(super) fn json(&self, name: &str, value: &Value) {
        self.put(name, &deflate(value.to_string().as_bytes()));
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
