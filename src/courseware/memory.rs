//! Remembers what is inside files, so that nobody looks twice.
//!
//! What is remembered is named by the content of the file and by everything else that
//! it depends on; what is damaged, or was written by another version, is forgotten.
//! The content of a file is known again by its length and time, where the time tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex;
use crate::base::{is_plain, telling_time};
use crate::source::{Bytes, Content, Inside, Picture, SourceFile};

/// Changes with everything that alters what comes out of a file.
const FORMAT: u32 = 6;
/// What was not used for so long is forgotten.
const AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The file in which stands by what files are known again.
const FILES: &str = "files";

/// What was found before.
#[derive(Debug)]
pub struct Memory {
    /// Where it is kept; nowhere for tests, and where the disk refuses.
    folder: Option<PathBuf>,
    now: SystemTime,
    state: Mutex<State>,
    written: AtomicUsize,
}

#[derive(Debug, Default)]
struct State {
    /// What this process found or read, by its key.
    held: BTreeMap<String, Arc<Inside>>,
    /// Keys that were asked for in this round.
    used: BTreeSet<String>,
    /// What is known of each file, by its path on the disk.
    known: BTreeMap<String, Known>,
    /// Files that were looked at in this round.
    seen: BTreeSet<String>,
    has_news: bool,
}

/// By what a file is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    length: u64,
    time: SystemTime,
    sha256: String,
}

/// What was found in a file, as it is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    inside: Inside,
    /// When its pictures were written: one that somebody changed is none of ours.
    times: BTreeMap<String, SystemTime>,
}

/// The name under which it is written down what was found.
fn name(key: &str) -> String {
    format!("{key}.found")
}

fn pictures(inside: &Inside) -> impl Iterator<Item = &Picture> {
    inside.pictures.iter().chain(&inside.stand_in)
}

/// Whether the bytes of a picture are still where they were.
fn is_there(picture: &Picture) -> bool {
    match &picture.bytes {
        Bytes::Held(_) => true,
        Bytes::Kept(path) => {
            fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == picture.length)
        }
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// The bytes of a plain file: whatever else lies there is not opened.
fn read(path: &Path) -> Option<Vec<u8>> {
    is_plain(path).then(|| fs::read(path).ok())?
}

/// A value as it is written under a name, with a checksum in front.
fn sealed(name: &str, value: &impl Serialize) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(value).map_err(io::Error::other)?;
    Ok([seal(name, &json).as_bytes(), b"\n", &json].concat())
}

/// What was written under a name, if nobody changed it.
fn unsealed<T: DeserializeOwned>(folder: &Path, name: &str) -> Option<T> {
    let bytes = read(&folder.join(name))?;
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    let (checksum, json) = (bytes.get(..at)?, bytes.get(at + 1..)?);
    (checksum == seal(name, json).as_bytes()).then(|| serde_json::from_slice(json).ok())?
}

fn seal(name: &str, json: &[u8]) -> String {
    hex(&Sha256::new().chain_update(name).chain_update([0]).chain_update(json).finalize())
}

impl Memory {
    /// Remembers nothing beyond this process.
    pub fn none() -> Self {
        Self { folder: None, now: SystemTime::UNIX_EPOCH, state: Mutex::default(), written: AtomicUsize::new(0) }
    }

    /// Remembers in a folder. A folder that cannot be written to costs time and nothing
    /// else.
    pub fn at(folder: &Path, now: SystemTime) -> Self {
        let folder = folder.join("courseware").join(format!("{}-{FORMAT}", env!("CARGO_PKG_VERSION")));
        let known = unsealed(&folder, FILES).unwrap_or_default();
        let state = Mutex::new(State { known, ..State::default() });
        Self { folder: Some(folder), now, state, written: AtomicUsize::new(0) }
    }

    /// The SHA-256 of a file, from memory where its length and time tell that it is the
    /// same as before.
    pub(super) fn sha256(&self, file: &SourceFile, read: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
        let Content::Blob { disk, held: None, .. } = &file.content else { return read() };
        let metadata = fs::metadata(disk)?;
        let Some(time) = telling_time(&metadata, self.now) else { return read() };
        let name = disk.to_string_lossy().into_owned();
        let is_same = |known: &&Known| known.length == metadata.len() && known.time == time;
        {
            let mut state = self.state();
            state.seen.insert(name.clone());
            if let Some(known) = state.known.get(&name).filter(is_same) {
                return Ok(known.sha256.clone());
            }
        }
        let sha256 = read()?;
        let mut state = self.state();
        state.known.insert(name, Known { length: metadata.len(), time, sha256: sha256.clone() });
        state.has_news = true;
        Ok(sha256)
    }

    /// What was found in a file before.
    pub(super) fn recall(&self, key: &str) -> Option<Arc<Inside>> {
        let held = {
            let mut state = self.state();
            state.used.insert(key.to_owned());
            state.held.get(key).cloned()
        };
        // Somebody may have cleared the folder away since.
        if held.as_ref().is_some_and(|inside| pictures(inside).all(is_there)) {
            return held;
        }
        let folder = self.folder.as_ref()?;
        let Written { mut inside, times } = unsealed(folder, &name(key))?;
        for picture in inside.pictures.iter_mut().chain(&mut inside.stand_in) {
            let is_plain = !picture.name.starts_with('.') && !picture.name.contains(['/', '\\', ':']);
            let path = folder.join(is_plain.then_some(&picture.name)?);
            picture.bytes = Bytes::Kept(path.clone());
            (is_there(picture) && changed(&path).as_ref() == times.get(&picture.name)).then_some(())?;
        }
        Some(self.hold(key, inside))
    }

    /// Remembers what was found in a file. Pictures that lie on the disk then need not
    /// lie in memory. What carries a mark of secrecy is not written down anywhere: it would
    /// stay behind when the file is taken away.
    pub(super) fn keep(&self, key: &str, mut inside: Inside, is_secret: bool) -> Arc<Inside> {
        if let Some(folder) = self.folder.as_ref().filter(|_| !is_secret && !inside.is_secret) {
            let kept = self.write(folder, key, &mut inside);
            if kept.is_err() {
                // The disk refuses; what lies in memory is as good.
                return self.hold(key, inside);
            }
        }
        self.hold(key, inside)
    }

    fn hold(&self, key: &str, inside: Inside) -> Arc<Inside> {
        let inside = Arc::new(inside);
        self.state().held.insert(key.to_owned(), Arc::clone(&inside));
        inside
    }

    fn write(&self, folder: &Path, key: &str, inside: &mut Inside) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for picture in inside.pictures.iter_mut().chain(&mut inside.stand_in) {
            self.write_picture(folder, picture)?;
        }
        let time = |picture: &Picture| Some((picture.name.clone(), changed(&folder.join(&picture.name))?));
        let written = Written { times: pictures(inside).filter_map(time).collect(), inside: inside.clone() };
        self.put(folder, &name(key), &sealed(&name(key), &written)?)
    }

    fn write_picture(&self, folder: &Path, picture: &mut Picture) -> io::Result<()> {
        if let Bytes::Held(bytes) = &picture.bytes {
            // Other files may have the same one.
            if read(&folder.join(&picture.name)).as_deref() != Some(bytes) {
                self.put(folder, &picture.name, bytes)?;
            }
            picture.bytes = Bytes::Kept(folder.join(&picture.name));
        }
        Ok(())
    }

    /// Writes a file aside and puts it in its place, so that nobody ever reads half of it.
    fn put(&self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let aside = folder.join(format!("{name}.{}-{number}", std::process::id()));
        let done = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, folder.join(name)));
        if done.is_err() {
            let _ = fs::remove_file(&aside);
        }
        done
    }

    /// Ends a round: lets go of what nobody asked for, writes down what is known of files,
    /// and forgets on the disk what was not used for long.
    pub(super) fn settle(&self) {
        let mut state = self.state();
        let State { held, used, known, seen, has_news } = &mut *state;
        held.retain(|key, _| used.contains(key));
        if let (true, Some(folder)) = (std::mem::take(has_news), &self.folder) {
            known.retain(|name, _| seen.contains(name));
            if let Ok(bytes) = sealed(FILES, known) {
                let _ = self.put(folder, FILES, &bytes);
            }
            self.forget(folder, held);
        }
        used.clear();
        seen.clear();
    }

    fn forget(&self, folder: &Path, held: &BTreeMap<String, Arc<Inside>>) {
        let pictures = held.values().flat_map(|inside| pictures(inside));
        let mut kept: BTreeSet<String> = pictures.map(|picture| picture.name.clone()).collect();
        kept.extend(held.keys().map(|key| name(key)).chain([FILES.to_owned()]));
        for (path, name) in self.old_ones(folder) {
            if !kept.contains(&name) {
                let _ = fs::remove_file(path);
            }
        }
        // Other versions have folders of their own.
        for (path, _) in folder.parent().map(|above| self.old_ones(above)).unwrap_or_default() {
            if path != folder && path.is_dir() {
                let _ = fs::remove_dir_all(path);
            }
        }
    }

    /// What was written long ago in a folder, with its names.
    fn old_ones(&self, folder: &Path) -> Vec<(PathBuf, String)> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let is_old = |entry: &fs::DirEntry| {
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            written.is_ok_and(|time| self.now.duration_since(time).is_ok_and(|age| age > AGE))
        };
        let old = entries.flatten().filter(is_old);
        old.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned())).collect()
    }

    /// A fault elsewhere must not end remembering.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
