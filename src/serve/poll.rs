//! Looking again every so often, for disks that report nothing.
//!
//! The crate that reports changes has a poller too, but it compares times in whole
//! seconds: of two edits within one second it sees the first, and the page would
//! stay wrong until the next. This one compares the full time and the length.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use super::scope::Scope;

/// What can be seen of a path without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A folder; its own time says nothing that its files do not.
    Folder,
    /// A file, its length and when it was last written.
    File(u64, Option<SystemTime>),
}

/// Every watched path at one moment.
pub type Snapshot = BTreeMap<PathBuf, Mark>;

/// Looks until `ring` says that nobody listens any more.
pub fn begin(
    scope: Arc<Scope>,
    every: Duration,
    ring: impl Fn(Vec<PathBuf>) -> bool + Send + 'static,
) -> io::Result<()> {
    let mut before = look(&scope);
    let watching = move || {
        loop {
            thread::sleep(every);
            let now = look(&scope);
            let changed = differences(&before, &now);
            before = now;
            if !changed.is_empty() && !ring(changed) {
                return;
            }
        }
    };
    thread::Builder::new().name("poll".to_owned()).spawn(watching).map(drop)
}

/// Looks once. What cannot be looked at is left out; reading it will say why.
pub fn look(scope: &Scope) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for path in scope.watched() {
        if let Ok(metadata) = fs::metadata(path) {
            note(scope, path, &metadata, &mut snapshot);
        }
    }
    snapshot
}

fn note(scope: &Scope, path: &Path, metadata: &fs::Metadata, snapshot: &mut Snapshot) {
    if !scope.concerns(path) {
        return;
    }
    if !metadata.is_dir() {
        snapshot.insert(path.to_path_buf(), Mark::File(metadata.len(), metadata.modified().ok()));
        return;
    }
    snapshot.insert(path.to_path_buf(), Mark::Folder);
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if let Ok(metadata) = entry.metadata() {
            note(scope, &entry.path(), &metadata, snapshot);
        }
    }
}

/// The paths that came, went or differ.
fn differences(before: &Snapshot, now: &Snapshot) -> Vec<PathBuf> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now.iter().filter(|(path, mark)| before.get(*path) != Some(mark)).map(|(path, _)| path);
    gone.chain(other).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let top = fs::canonicalize(root.path())?;
        let content = top.join("content");
        fs::create_dir(&content)?;
        fs::write(content.join("a.md"), "一")?;
        fs::write(content.join("b.md"), "二")?;
        let scope = Scope::new(std::slice::from_ref(&content), &top.join("public"));
        let before = look(&scope);
        assert!(differences(&before, &look(&scope)).is_empty());
        fs::write(content.join("a.md"), "一一")?;
        fs::remove_file(content.join("b.md"))?;
        fs::create_dir(content.join("c"))?;
        let changed = differences(&before, &look(&scope));
        assert_eq!(changed, [content.join("b.md"), content.join("a.md"), content.join("c")]);
        Ok(())
    }
}
