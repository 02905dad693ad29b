//! What stands in the folder when it is opened.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::marks::Marks;
use super::names::{self, ASIDE, JOURNAL, MANIFEST, Names};
use crate::base::Mark;

/// How many foreign files are named to people.
const EXAMPLES: usize = 5;

/// The files and folders of the output, found in one walk. Links are not followed: what
/// lies behind one is not part of the output.
#[derive(Debug, Default)]
pub struct Survey {
    /// Plain files: the key of the name, and what was found.
    pub files: FxHashMap<String, Found>,
    /// The keys of the names of folders.
    pub folders: FxHashSet<String>,
    /// Some of what no build wrote.
    pub foreign: Vec<String>,
}

/// A plain file.
#[derive(Debug)]
pub struct Found {
    /// The name as the disk has it.
    pub name: String,
    /// Its mark, if marks were looked at.
    pub mark: Option<Mark>,
}

/// Learns whether the disk minds the case of names, from a file that is ours.
pub fn names(root: &Path) -> Names {
    let answers = |name: &str| fs::symlink_metadata(root.join(name.to_ascii_uppercase())).is_ok();
    Names { any_case: answers(MANIFEST) || answers(JOURNAL) }
}

/// How a folder is looked at.
pub struct Look<'a> {
    /// How its disk tells names apart.
    pub names: Names,
    /// The keys of the names that are ours.
    pub owned: &'a FxHashSet<String>,
    /// Whether to stop when enough foreign files are found.
    pub strict: bool,
    /// Whether to ask the disk for the marks of files, which costs a little each.
    pub marks: bool,
}

/// Walks the folder and clears away what dead builds were writing.
pub fn look(root: &Path, look: Look<'_>) -> Result<Survey, (PathBuf, io::Error)> {
    let walk = Walk { look, foreign: AtomicUsize::new(0) };
    let mut survey = walk.folder(root, "")?;
    survey.foreign.truncate(EXAMPLES);
    Ok(survey)
}

/// Whether a folder is exactly as a build left it: every file is there with its mark,
/// and no other file is.
pub fn is_as_left(root: &Path, marks: &Marks) -> bool {
    let owned = marks.0.keys().cloned().collect();
    let names = Names { any_case: false };
    let Ok(survey) = look(root, Look { names, owned: &owned, strict: true, marks: true }) else { return false };
    let same = |(path, found): (&String, &Found)| {
        let left = marks.0.get(path).and_then(|left| left.mark);
        left.is_some() && left == found.mark
    };
    survey.foreign.is_empty()
        && survey.files.len() == marks.len()
        && survey.files.iter().all(same)
        && !root.join(JOURNAL).exists()
}

struct Walk<'a> {
    look: Look<'a>,
    foreign: AtomicUsize,
}

/// What an entry of a folder turned out to be.
enum Part {
    Nothing,
    File(String, Found),
    Folder(String, PathBuf),
}

impl Walk<'_> {
    /// Folders within are looked at by whichever cores are free.
    fn folder(&self, folder: &Path, prefix: &str) -> Result<Survey, (PathBuf, io::Error)> {
        let at = |error| (folder.to_path_buf(), error);
        let mut survey = Survey::default();
        let mut entries: Vec<DirEntry> = fs::read_dir(folder).and_then(Iterator::collect).map_err(at)?;
        entries.sort_by_key(DirEntry::file_name);
        let mut folders = Vec::new();
        for entry in entries {
            if self.look.strict && self.foreign.load(Ordering::Relaxed) >= EXAMPLES {
                break;
            }
            match self.entry(&entry, prefix, &mut survey.foreign).map_err(|error| (entry.path(), error))? {
                Part::Nothing => {}
                Part::File(key, found) => drop(survey.files.insert(key, found)),
                Part::Folder(path, disk) => folders.push((path, disk)),
            }
        }
        let inside: Vec<Survey> = folders
            .into_par_iter()
            .map(|(path, disk)| {
                let mut inside = self.folder(&disk, &format!("{path}/"))?;
                inside.folders.insert(self.look.names.key(&path).into_owned());
                Ok(inside)
            })
            .collect::<Result<_, (PathBuf, io::Error)>>()?;
        for inside in inside {
            survey.files.extend(inside.files);
            survey.folders.extend(inside.folders);
            survey.foreign.extend(inside.foreign);
        }
        Ok(survey)
    }

    fn entry(&self, entry: &DirEntry, prefix: &str, foreign: &mut Vec<String>) -> io::Result<Part> {
        let kind = entry.file_type()?;
        let file_name = entry.file_name();
        let path = format!("{prefix}{}", file_name.to_string_lossy());
        let name = file_name.to_str().unwrap_or_default();
        if kind.is_dir() && !name.is_empty() {
            return Ok(Part::Folder(path, entry.path()));
        }
        if prefix.is_empty() && (name == MANIFEST || name == JOURNAL) {
            return Ok(Part::Nothing);
        }
        let plain = kind.is_file();
        if plain && name.starts_with(ASIDE) {
            remove_leftover(&entry.path())?;
            return Ok(Part::Nothing);
        }
        let key = self.look.names.key(&path).into_owned();
        let ours = plain && self.look.owned.contains(&key);
        if !ours && !names::is_litter(name) {
            self.foreign.fetch_add(1, Ordering::Relaxed);
            foreign.push(path.clone());
        }
        if !plain {
            return Ok(Part::Nothing);
        }
        let mark = if self.look.marks { Mark::of(&entry.metadata()?) } else { None };
        Ok(Part::File(key, Found { name: path, mark }))
    }
}

/// Another build may clear the same leftover at the same moment.
fn remove_leftover(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
