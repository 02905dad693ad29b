//! What earlier builds computed, remembered by what it was computed from.
//!
//! Everything in here may be lost at any time and costs only time when it is: what is
//! damaged, was written by another program, or cannot be read, is forgotten in silence.
//!
//! There are two files, because creating files is dear: the *store*, to which values are
//! appended, and the *index*, which says where each value is, how long it is and what
//! its checksum is. The index is written aside and put in its place when a build is
//! done, so that a build which is killed leaves the old index and some bytes at the end
//! of the store that nobody knows of. One build at a time may write, the others only
//! read. When more than half of the store is forgotten, what is left moves to a new one.

mod index;
mod store;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use index::Index;
use store::Store;

use crate::base::Key;

/// How many builds in a row may do without a value before it is forgotten.
const PATIENCE: u8 = 4;

/// How much of a store may be forgotten in any case.
const SLACK: u64 = 4 << 20;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// What the last build of a folder came to.
    Build = 1,
    /// The pages of the last build of a folder.
    Pages,
    /// A file that was read as a lesson.
    Lesson,
    /// A file that was read as a table of a unit.
    Table,
    /// What a page says to those who search.
    Heard,
    /// The terms of a section of the index of the search.
    Section,
    /// What is told of the texts of a folder by looking through them.
    Texts,
    /// Which lessons are near each other.
    Near,
    /// Lessons by the letters of their titles.
    Letters,
}

/// The key of a value; `None` for one that cannot be written down.
pub fn key_of(value: &(impl Serialize + ?Sized)) -> Option<Key> {
    postcard::to_stdvec(value).ok().map(|bytes| Key::of_bytes(&bytes))
}

/// The memory of a library.
#[derive(Debug, Default)]
pub struct Memo {
    state: Option<State>,
}

#[derive(Debug)]
struct State {
    folder: PathBuf,
    program: String,
    store: Store,
    index: Mutex<Index>,
}

impl Memo {
    /// Remembers nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// The memory in a folder. `program` names the program with everything in it that
    /// values depend on besides their keys. A folder that cannot be used costs time and
    /// nothing else.
    pub fn open(folder: &Path, program: &str) -> Self {
        let index = Index::read(folder, program).unwrap_or_default();
        let state = Store::open(folder, &index.store).ok().map(|store| {
            // An index without its store is worth nothing.
            let index = if index.store == store.name() { index } else { Index::of(store.name()) };
            State { folder: folder.to_owned(), program: program.to_owned(), store, index: Mutex::new(index) }
        });
        Self { state }
    }

    /// The value for some inputs: what was made of them before, or what is made now. Inputs
    /// that have no name are not remembered.
    pub fn remember<T: Serialize + DeserializeOwned>(
        &self,
        kind: Kind,
        inputs: impl Into<Option<Key>>,
        make: impl FnOnce() -> T,
    ) -> T {
        let Some(inputs) = inputs.into() else { return make() };
        self.recall(kind, inputs).unwrap_or_else(|| {
            let value = make();
            self.keep(kind, inputs, &value);
            value
        })
    }

    /// What was kept under a key.
    pub fn recall<T: DeserializeOwned>(&self, kind: Kind, key: Key) -> Option<T> {
        let state = self.state.as_ref()?;
        let slot = state.index().touch(kind, key)?;
        postcard::from_bytes(&state.store.read(slot)?).ok()
    }

    /// Keeps a value under a key, in the place of what was kept there.
    pub fn keep<T: Serialize>(&self, kind: Kind, key: Key, value: &T) {
        let Some(state) = &self.state else { return };
        let Ok(bytes) = postcard::to_stdvec(value) else { return };
        if let Some(slot) = state.store.append(&bytes) {
            state.index().insert(kind, key, slot);
        }
    }

    /// Forgets what was kept under a key, of which nothing more will be made.
    pub fn forget(&self, kind: Kind, key: Key) {
        if let Some(state) = &self.state {
            state.index().remove(kind, key);
        }
    }

    /// Whether a value is kept under a key, which is then still of use. Whether it is whole
    /// is seen only when it is recalled.
    pub fn holds(&self, kind: Kind, key: Key) -> bool {
        self.state.as_ref().is_some_and(|state| state.index().touch(kind, key).is_some())
    }

    /// Ends a build: forgets what several builds did without, and writes down what is
    /// known now.
    pub fn settle(&self) {
        let Some(state) = self.state.as_ref().filter(|state| state.store.may_write()) else { return };
        let mut index = state.index();
        index.age(PATIENCE);
        // A disk that refuses leaves the old index, which is as good as it was.
        let _ = state.settle(&mut index);
    }
}

impl State {
    /// A store of which more than half is forgotten is left behind.
    fn settle(&self, index: &mut Index) -> io::Result<()> {
        let live = index.live();
        let old =
            if self.store.length() > 2 * live + SLACK { Some(self.store.move_on(&self.folder, index)?) } else { None };
        self.store.flush()?;
        index.write(&self.folder, &self.program)?;
        old.map_or(Ok(()), |old| fs::remove_file(self.folder.join(old)))
    }

    /// A fault elsewhere must not end remembering.
    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
