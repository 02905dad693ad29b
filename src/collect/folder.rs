//! The folder of a unit's year: reads its inbox and tables, and puts the result in
//! place.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{self, Change, Journal};
use super::{Outcome, Received, Table, Tables, is_litter};
use crate::source::{FileKind, classify, decode};

/// No form is larger; what is larger is not read.
const LARGEST: u64 = 2 * 1024 * 1024;
/// Names of the inbox and, within it, of what was collected.
const INBOX: [&str; 2] = ["inbox", "收件箱"];
const COLLECTED: &str = "collected";

/// Why the folder could not be read or written.
#[derive(Debug)]
pub enum FolderError {
    /// The disk refused: the path and what the system said.
    Disk(PathBuf, io::Error),
    /// Two files are the same table: their names.
    Twins(String, String),
    /// A table is no text.
    Unreadable(String),
}

impl fmt::Display for FolderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Disk(path, error) => write!(out, "{}：{error}。请检查磁盘空间和权限", path.display()),
            FolderError::Twins(a, b) => write!(out, "同时有“{a}”和“{b}”，不知道用哪个。请合并后删掉一个"),
            FolderError::Unreadable(name) => write!(out, "“{name}”不是文字，读不出来。请另存为 UTF-8 的 CSV"),
        }
    }
}

impl std::error::Error for FolderError {}

/// The folder of a unit's year.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The inbox's name.
    inbox: &'static str,
    /// The tables that there are, with their names.
    names: Vec<(Table, String)>,
    /// What stands in them.
    pub tables: Tables,
    /// The files that came in, by name.
    pub inbox_files: Vec<Received>,
    /// The files that were collected earlier.
    pub earlier: Vec<Received>,
    pending: Option<Journal>,
}

impl Folder {
    /// The folder of a year below that of a unit, whether it is called 2025 or 2025年.
    ///
    /// # Errors
    /// When the unit's folder cannot be listed.
    pub fn find(unit: &Path, year: i32) -> Result<Option<PathBuf>, FolderError> {
        let mut names = names_in(unit)?;
        names.retain(|name| {
            let parts = ["units", "x", name.as_str(), "x.md"];
            unit.join(name).is_dir() && classify(&parts).is_some_and(|(_, slot)| slot.year == Some(year))
        });
        Ok(names.first().map(|name| unit.join(name)))
    }

    /// Reads inbox and tables.
    ///
    /// # Errors
    /// When the disk refuses, or a table cannot be told or read.
    pub fn read(path: &Path) -> Result<Self, FolderError> {
        let inbox = INBOX.into_iter().find(|name| path.join(name).is_dir()).unwrap_or(INBOX[0]);
        let collected = format!("{inbox}/{COLLECTED}");
        let pending = journal::pending(path, &collected).map_err(|error| disk(path, error))?;
        let mut folder = Self {
            path: path.to_owned(),
            inbox,
            names: Vec::new(),
            tables: Tables::default(),
            inbox_files: received(&path.join(inbox))?,
            earlier: received(&path.join(&collected))?,
            pending,
        };
        folder.read_tables()?;
        Ok(folder)
    }

    fn read_tables(&mut self) -> Result<(), FolderError> {
        for name in names_in(&self.path)? {
            let kind = classify(&["units", "x", "2000", name.as_str()]).map(|(kind, _)| kind);
            let table = match kind {
                Some(FileKind::Choices) => Table::Choices,
                Some(FileKind::Applications) => Table::Applications,
                Some(FileKind::Evaluations) => Table::Evaluations,
                _ => continue,
            };
            if let Some((_, first)) = self.names.iter().find(|(other, _)| *other == table) {
                return Err(FolderError::Twins(first.clone(), name));
            }
            let path = self.path.join(&name);
            let bytes = fs::read(&path).map_err(|error| disk(&path, error))?;
            let text = decode(&bytes).ok_or_else(|| FolderError::Unreadable(name.clone()))?.text;
            match table {
                Table::Choices => self.tables.choices = Some(text),
                Table::Applications => self.tables.applications = Some(text),
                Table::Evaluations => self.tables.evaluations = Some(text),
            }
            self.names.push((table, name));
        }
        Ok(())
    }

    /// Whether an earlier run was interrupted after it had decided what to do.
    pub fn is_interrupted(&self) -> bool {
        self.pending.is_some()
    }

    /// Finishes an interrupted run, and clears away what one left that had not decided
    /// yet. Gives the tables that were changed since, with the names under which their
    /// content is kept.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn recover(&mut self) -> Result<Vec<(String, String)>, FolderError> {
        let kept = match self.pending.take() {
            Some(journal) => journal::finish(&self.path, &self.collected(), &journal),
            None => Ok(Vec::new()),
        };
        let kept = kept.and_then(|kept| journal::sweep(&self.path).map(|()| kept));
        let kept = kept.map_err(|error| disk(&self.path, error))?;
        *self = Self::read(&self.path)?;
        Ok(kept)
    }

    /// The name of a table: that of the one there is, else as `new year` names it.
    pub fn name(&self, table: Table) -> &str {
        let usual = match table {
            Table::Choices => "选学汇总.csv",
            Table::Applications => "申报汇总.csv",
            Table::Evaluations => "满意度测评.csv",
        };
        self.names.iter().find(|(other, _)| *other == table).map_or(usual, |(_, name)| name)
    }

    /// Where files wait, below the folder.
    pub fn inbox(&self) -> &'static str {
        self.inbox
    }

    /// Where collected files go, below the folder.
    pub fn collected(&self) -> String {
        format!("{}/{COLLECTED}", self.inbox)
    }

    /// Puts the tables in place and moves the files, as one. The tables as they were are
    /// kept beside the collected files.
    ///
    /// # Errors
    /// When the disk refuses; then all is as before, or the next run finishes it.
    pub fn commit(&self, outcome: &Outcome) -> Result<(), FolderError> {
        if outcome.changes.is_empty() && outcome.done.is_empty() {
            return Ok(());
        }
        self.stage(outcome)
            .and_then(|journal| journal::finish(&self.path, &self.collected(), &journal).map(|_| ()))
            .map_err(|error| disk(&self.path, error))
    }

    fn stage(&self, outcome: &Outcome) -> io::Result<Journal> {
        let collected = self.collected();
        let mut changes = Vec::new();
        for (table, bytes) in &outcome.changes {
            let name = self.name(*table);
            if let Ok(old) = fs::read(self.path.join(name)) {
                let copy = journal::free_name(&self.path.join(&collected), &format!("{name}.bak"));
                changes.push(Change { place: format!("{collected}/{copy}"), bytes: old });
            }
            changes.push(Change { place: name.to_owned(), bytes: bytes.clone() });
        }
        let moves = outcome.done.iter().map(|name| {
            let to = journal::free_name(&self.path.join(&collected), name);
            (format!("{}/{name}", self.inbox), format!("{collected}/{to}"))
        });
        let moves: Vec<_> = moves.collect();
        journal::stage(&self.path, &collected, &changes, &moves)
    }
}

/// The files of a folder by name; folders within it and litter are passed over.
fn received(folder: &Path) -> Result<Vec<Received>, FolderError> {
    let mut files = Vec::new();
    for name in names_in(folder)?.into_iter().filter(|name| !is_litter(name) && !name.ends_with(".bak")) {
        let path = folder.join(&name);
        let about = fs::symlink_metadata(&path).map_err(|error| disk(&path, error))?;
        if !about.is_file() {
            continue;
        }
        let modified = about.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let bytes = match about.len() {
            0..=LARGEST => Some(fs::read(&path).map_err(|error| disk(&path, error))?),
            _ => None,
        };
        files.push(Received { name, bytes, modified: modified.map_or(0, |time| time.as_secs()) });
    }
    Ok(files)
}

/// The names in a folder in order; a folder that is not there has none.
fn names_in(folder: &Path) -> Result<Vec<String>, FolderError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk(folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(|error| disk(folder, error))?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn disk(path: &Path, error: io::Error) -> FolderError {
    FolderError::Disk(path.to_owned(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome() -> Outcome {
        Outcome {
            changes: vec![(Table::Evaluations, b"new".to_vec())],
            done: vec!["a.csv".to_owned()],
            ..Outcome::default()
        }
    }

    fn year() -> tempfile::TempDir {
        let year = tempfile::tempdir().expect("a folder");
        fs::create_dir(year.path().join("inbox")).expect("a folder");
        fs::write(year.path().join("inbox/a.csv"), "ballot").expect("written");
        fs::write(year.path().join("evaluations.csv"), "old").expect("written");
        year
    }

    fn text(year: &tempfile::TempDir, name: &str) -> Option<String> {
        fs::read_to_string(year.path().join(name)).ok()
    }

    #[test]
    fn a_run_that_ends_before_its_journal_has_changed_nothing() {
        let year = year();
        fs::write(year.path().join(".jiangtai-collect-0"), "new").expect("written");
        let mut folder = Folder::read(year.path()).expect("readable");
        assert!(!folder.is_interrupted());
        folder.recover().expect("recovered");
        assert_eq!(text(&year, "evaluations.csv").as_deref(), Some("old"));
        assert_eq!(text(&year, ".jiangtai-collect-0"), None);
        assert_eq!(folder.inbox_files.len(), 1);
    }

    #[test]
    fn a_run_that_ends_after_its_journal_is_finished_by_the_next() {
        for half_done in [false, true] {
            let year = year();
            let folder = Folder::read(year.path()).expect("readable");
            folder.stage(&outcome()).expect("staged");
            assert_eq!(text(&year, "evaluations.csv").as_deref(), Some("old"));
            if half_done {
                fs::rename(year.path().join(".jiangtai-collect-1"), year.path().join("evaluations.csv"))
                    .expect("moved");
            }
            let mut again = Folder::read(year.path()).expect("readable");
            assert!(again.is_interrupted());
            assert!(again.recover().expect("recovered").is_empty());
            assert!(!again.is_interrupted() && again.inbox_files.is_empty() && again.earlier.len() == 1);
            assert_eq!(text(&year, "evaluations.csv").as_deref(), Some("new"));
            assert_eq!(text(&year, "inbox/collected/evaluations.csv.bak").as_deref(), Some("old"));
            assert_eq!(text(&year, "inbox/collected/a.csv").as_deref(), Some("ballot"));
        }
    }

    #[test]
    fn what_was_changed_between_is_kept() {
        let year = year();
        Folder::read(year.path()).expect("readable").stage(&outcome()).expect("staged");
        fs::write(year.path().join("evaluations.csv"), "typed").expect("written");
        fs::write(year.path().join("inbox/a.csv"), "another").expect("written");
        let mut again = Folder::read(year.path()).expect("readable");
        let kept = again.recover().expect("recovered");
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert_eq!(text(&year, &kept[0].1).as_deref(), Some("typed"));
        assert_eq!(text(&year, "inbox/a.csv").as_deref(), Some("another"), "it was never read");
    }

    #[test]
    fn a_year_is_found_by_either_name() {
        let unit = tempfile::tempdir().expect("a folder");
        fs::create_dir(unit.path().join("2025年")).expect("a folder");
        assert_eq!(Folder::find(unit.path(), 2025).expect("readable"), Some(unit.path().join("2025年")));
        assert_eq!(Folder::find(unit.path(), 2026).expect("readable"), None);
    }
}
