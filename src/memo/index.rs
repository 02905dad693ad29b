//! Where each value is.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::base::{Key, is_plain};

/// The name of the index.
const NAME: &str = "index";
/// What every index begins with. The number rises with the form of index and store.
const MARK: &[u8] = b"jiangtai memory 1\n";

/// A value's place in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    pub offset: u64,
    pub length: u32,
    pub checksum: u32,
    /// How many builds in a row did without it.
    pub age: u8,
}

/// Everything that is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    /// The name of the store.
    pub store: String,
    slots: FxHashMap<(u8, Key), Slot>,
}

impl Index {
    /// An index of a store in which nothing is yet.
    pub fn of(store: String) -> Self {
        Self { store, slots: FxHashMap::default() }
    }

    /// The index in a folder; `None` when there is none that this program wrote.
    pub fn read(folder: &Path, program: &str) -> Option<Self> {
        let path = folder.join(NAME);
        let bytes = is_plain(&path).then(|| fs::read(&path).ok())??;
        let (checksum, body) = bytes.strip_prefix(MARK)?.split_first_chunk::<4>()?;
        if crc32fast::hash(body) != u32::from_le_bytes(*checksum) {
            return None;
        }
        let (written_by, index): (String, Index) = postcard::from_bytes(body).ok()?;
        (written_by == program).then_some(index)
    }

    /// Writes the index aside and puts it in its place.
    pub fn write(&self, folder: &Path, program: &str) -> io::Result<()> {
        let body = postcard::to_stdvec(&(program, self)).map_err(io::Error::other)?;
        let bytes = [MARK, &crc32fast::hash(&body).to_le_bytes(), &body].concat();
        let aside = folder.join(format!("{NAME}-{}", std::process::id()));
        // What a dead build of that number left, or somebody put there.
        let _ = fs::remove_file(&aside);
        let written = File::create_new(&aside).and_then(|mut file| file.write_all(&bytes));
        written.and_then(|()| fs::rename(&aside, folder.join(NAME))).inspect_err(|_| {
            let _ = fs::remove_file(&aside);
        })
    }

    /// A value that is of use to this build.
    pub fn touch(&mut self, kind: Kind, key: Key) -> Option<Slot> {
        let slot = self.slots.get_mut(&(kind as u8, key))?;
        slot.age = 0;
        Some(*slot)
    }

    pub fn insert(&mut self, kind: Kind, key: Key, slot: Slot) {
        self.slots.insert((kind as u8, key), slot);
    }

    pub fn remove(&mut self, kind: Kind, key: Key) {
        self.slots.remove(&(kind as u8, key));
    }

    /// One more build is over: what so many did without is forgotten.
    pub fn age(&mut self, most: u8) {
        self.slots.retain(|_, slot| slot.age < most);
        self.slots.values_mut().for_each(|slot| slot.age += 1);
    }

    /// How many bytes all values have.
    pub fn live(&self) -> u64 {
        self.slots.values().map(|slot| u64::from(slot.length)).sum()
    }

    /// The places of all values, in the order of the store.
    pub fn slots(&mut self) -> Vec<&mut Slot> {
        let mut slots: Vec<&mut Slot> = self.slots.values_mut().collect();
        slots.sort_unstable_by_key(|slot| slot.offset);
        slots
    }
}
