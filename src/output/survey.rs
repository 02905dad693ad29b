//! What stands in the folder when it is opened.

use std::collections::{HashMap, HashSet};
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use super::names::{self, ASIDE, JOURNAL, MANIFEST, Names};

/// How many foreign files are named to people.
const EXAMPLES: usize = 5;

/// The files and folders of the output, found in one walk that asks nothing about
/// single files, so that it stays cheap on a slow disk. Links are not followed: what
/// lies behind one is not part of the output.
#[derive(Debug, Default)]
pub struct Survey {
    /// Plain files: the key of the name, and the name as the disk has it.
    pub files: HashMap<String, String>,
    /// The keys of the names of folders.
    pub folders: HashSet<String>,
    /// Some of what no build wrote.
    pub foreign: Vec<String>,
}

/// Learns whether the disk minds the case of names, from a file that is ours.
pub fn names(root: &Path) -> Names {
    let answers = |name: &str| fs::symlink_metadata(root.join(name.to_ascii_uppercase())).is_ok();
    Names { any_case: answers(MANIFEST) || answers(JOURNAL) }
}

/// Walks the folder, clears away what dead builds were writing, and stops early when
/// `strict` is set and enough foreign files are found.
pub fn look(root: &Path, names: Names, owned: &HashSet<String>, strict: bool) -> Result<Survey, (PathBuf, io::Error)> {
    let mut walk = Walk { names, owned, strict, survey: Survey::default() };
    walk.folder(root, "")?;
    Ok(walk.survey)
}

struct Walk<'a> {
    names: Names,
    owned: &'a HashSet<String>,
    strict: bool,
    survey: Survey,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<(), (PathBuf, io::Error)> {
        let at = |error| (folder.to_path_buf(), error);
        let mut entries: Vec<DirEntry> = fs::read_dir(folder).and_then(Iterator::collect).map_err(at)?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            if self.strict && self.survey.foreign.len() >= EXAMPLES {
                break;
            }
            let kind = entry.file_type().map_err(at)?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() && entry.file_name().to_str().is_some() {
                self.survey.folders.insert(self.names.key(&path).into_owned());
                self.folder(&entry.path(), &format!("{path}/"))?;
            } else {
                self.file(&entry, path, prefix.is_empty(), kind.is_file()).map_err(|error| (entry.path(), error))?;
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &DirEntry, path: String, at_top: bool, plain: bool) -> io::Result<()> {
        let file_name = entry.file_name();
        let name = file_name.to_str().unwrap_or_default();
        if at_top && (name == MANIFEST || name == JOURNAL) {
            return Ok(());
        }
        if plain && name.starts_with(ASIDE) {
            return remove_leftover(&entry.path());
        }
        let key = self.names.key(&path).into_owned();
        let ours = plain && self.owned.contains(&key);
        if !ours && !names::is_litter(name) && self.survey.foreign.len() < EXAMPLES {
            self.survey.foreign.push(path.clone());
        }
        if plain {
            self.survey.files.insert(key, path);
        }
        Ok(())
    }
}

/// Another build may clear the same leftover at the same moment.
fn remove_leftover(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
