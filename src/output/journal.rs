//! The paths that builds since the last finished one were about to make.
//!
//! A path goes in before its file is made, so whatever a killed build left is named
//! here. The journal goes when a manifest that names everything has taken its place.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::names::{self, JOURNAL};

/// A journal that is opened only when there is something to note, so that a build
/// that changes nothing writes nothing.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Journal {
    /// The journal of a folder.
    pub fn of(root: &Path) -> Self {
        Self { path: root.join(JOURNAL), file: Mutex::new(None) }
    }

    /// The paths noted so far. A last line without its end was being written when the
    /// build died; its file was not made yet, and half a path could be the name of
    /// somebody else's file, so the line is cut off.
    pub fn read(&self) -> io::Result<BTreeSet<String>> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => return Err(error),
        };
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < bytes.len() {
            File::options().write(true).open(&self.path)?.set_len(whole as u64)?;
        }
        let text = String::from_utf8_lossy(&bytes[..whole]);
        Ok(text.lines().filter(|path| names::check(path).is_ok()).map(str::to_owned).collect())
    }

    /// Notes a path; when this returns, the line has reached the system and survives
    /// the death of this process.
    pub fn note(&self, path: &str) -> io::Result<()> {
        let mut slot = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match &mut *slot {
            Some(file) => file,
            None => slot.insert(File::options().append(true).create(true).open(&self.path)?),
        };
        file.write_all(format!("{path}\n").as_bytes())
    }

    /// Ends the journal, now that the manifest names everything.
    pub fn remove(self) -> io::Result<()> {
        drop(self.file);
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_is_nobodys_name() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join(JOURNAL), "a.html\nb.html\nimportant")?;
        let journal = Journal::of(folder.path());
        assert_eq!(journal.read()?, ["a.html", "b.html"].map(str::to_owned).into());
        journal.note("c.html")?;
        assert_eq!(fs::read_to_string(folder.path().join(JOURNAL))?, "a.html\nb.html\nc.html\n");
        journal.remove()?;
        assert!(!folder.path().join(JOURNAL).exists());
        Ok(())
    }
}
