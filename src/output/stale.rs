//! Removing what earlier builds wrote and this one did not.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Removes the files and then every folder that became empty by it. A folder in which
/// anything else lies refuses to be removed, and that is all the protection it needs.
pub fn remove(root: &Path, stale: &[&str]) -> Result<(), (PathBuf, io::Error)> {
    for path in stale {
        let target = root.join(path);
        remove_file(&target).map_err(|error| (target, error))?;
        remove_empty_folders(root, path);
    }
    Ok(())
}

/// What is gone already, or has become a folder because a page moved below it, is not
/// stale any more.
fn remove_file(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => Ok(()),
        Ok(_) => fs::remove_file(path),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        Err(error) => Err(error),
    }
}

fn remove_empty_folders(root: &Path, path: &str) {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if fs::remove_dir(root.join(above)).is_err() {
            return;
        }
        folder = above;
    }
}
