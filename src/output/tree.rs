//! The folders of the output, and what stands in the way of a new file.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::names::Names;
use super::survey::{Found, Survey};

/// Remembers which folders exist, so that each is made once and none is asked for.
#[derive(Debug)]
pub struct Tree {
    names: Names,
    known: Mutex<FxHashSet<String>>,
}

impl Tree {
    /// Begins with the folders that were found when the output was opened.
    pub fn new(names: Names, found: &FxHashSet<String>) -> Self {
        Self { names, known: Mutex::new(found.clone()) }
    }

    /// Makes the folders that lead to the file `path`. `may_remove` says whether a
    /// file that stands where a folder must go is one of ours.
    pub fn make_way(&self, root: &Path, path: &str, may_remove: impl Fn(&str) -> bool) -> io::Result<()> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(self.names.key(folder).as_ref()) {
            return Ok(());
        }
        for (end, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            let part = &folder[..end];
            let key = self.names.key(part);
            if !known.contains(key.as_ref()) {
                make(&root.join(part), may_remove(part))?;
                known.insert(key.into_owned());
            }
        }
        Ok(())
    }

    /// Takes away the folder that stands where the file `path` must go, if nothing
    /// but files of ours lies in it.
    pub fn clear(&self, root: &Path, path: &str, survey: &Survey, ours: impl Fn(&str) -> bool) -> io::Result<()> {
        let key = self.names.key(path);
        if !survey.folders.contains(key.as_ref()) {
            return Ok(());
        }
        let prefix = format!("{key}/");
        let inside: Vec<(&String, &Found)> = survey.files.iter().filter(|(key, _)| key.starts_with(&prefix)).collect();
        if inside.iter().any(|(key, _)| !ours(key)) {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        for (_, found) in inside {
            fs::remove_file(root.join(&found.name))?;
        }
        let mut folders: Vec<&String> =
            survey.folders.iter().filter(|folder| **folder == key || folder.starts_with(&prefix)).collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.len()));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in folders {
            known.remove(folder);
            fs::remove_dir(root.join(folder))?;
        }
        Ok(())
    }
}

/// A link in the place of a folder is refused even if it leads to one: pages written
/// behind it would lie outside the output.
fn make(folder: &Path, may_remove: bool) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let kind = fs::symlink_metadata(folder)?;
            if kind.is_dir() {
                return Ok(());
            }
            if !(kind.is_file() && may_remove) {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            fs::remove_file(folder)?;
            fs::create_dir(folder)
        }
        result => result,
    }
}
