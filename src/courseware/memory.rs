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

use serde::{Deserialize, Serialize};

use crate::base::telling_time;
use crate::source::{Bytes, Content, Inside, Picture, SourceFile};

/// Changes with everything that alters what comes out of a file.
const FORMAT: u32 = 6;
/// What was not used for so long is forgotten.
const AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

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

impl Memory {
    /// Remembers nothing beyond this process.
    pub fn none() -> Self {
        Self { folder: None, now: SystemTime::UNIX_EPOCH, state: Mutex::default(), written: AtomicUsize::new(0) }
    }

    /// Remembers in a folder. A folder that cannot be written to costs time and nothing
    /// else.
    pub fn at(folder: &Path, now: SystemTime) -> Self {
        let folder = folder.join("courseware").join(format!("{}-{FORMAT}", env!("CARGO_PKG_VERSION")));
        let known = fs::read(folder.join("files.json")).ok();
        let known = known.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
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
        {
            let mut state = self.state();
            state.used.insert(key.to_owned());
            if let Some(known) = state.held.get(key) {
                return Some(Arc::clone(known));
            }
        }
        let folder = self.folder.as_ref()?;
        let name = format!("{key}.json");
        let mut inside: Inside = serde_json::from_slice(&fs::read(folder.join(&name)).ok()?).ok()?;
        for picture in inside.pictures.iter_mut().chain(&mut inside.stand_in) {
            let path = folder.join(&picture.name);
            (fs::metadata(&path).ok()?.len() == picture.length).then_some(())?;
            picture.bytes = Bytes::Kept(path);
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
        let json = serde_json::to_vec(inside).map_err(io::Error::other)?;
        self.put(folder, &format!("{key}.json"), &json)
    }

    fn write_picture(&self, folder: &Path, picture: &mut Picture) -> io::Result<()> {
        if let Bytes::Held(bytes) = &picture.bytes {
            self.put(folder, &picture.name, bytes)?;
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
            if let Ok(json) = serde_json::to_vec(known) {
                let _ = self.put(folder, "files.json", &json);
            }
            self.forget(folder, held);
        }
        used.clear();
        seen.clear();
    }

    fn forget(&self, folder: &Path, held: &BTreeMap<String, Arc<Inside>>) {
        let pictures = held.values().flat_map(|inside| inside.pictures.iter().chain(&inside.stand_in));
        let mut kept: BTreeSet<String> = pictures.map(|picture| picture.name.clone()).collect();
        kept.extend(held.keys().map(|key| format!("{key}.json")).chain(["files.json".to_owned()]));
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
