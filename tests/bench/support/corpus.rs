//! Libraries of any size, made of real text by a script that stands beside the project.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes a library of so many lessons in a root, and of the same lessons one for Hugo where
/// a folder is given. `JIANGTAI_CORPUS_MAKER` names the script, which is otherwise looked
/// for beside the project.
///
/// # Errors
///
/// When there is no such script, or it does not end well.
pub fn make(root: &Path, lessons: usize, hugo: Option<&Path>) -> io::Result<()> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/make_library.py");
    let maker = std::env::var_os("JIANGTAI_CORPUS_MAKER").map_or_else(beside, PathBuf::from);
    if !maker.is_file() {
        let message =
            format!("no script that makes libraries at {} (JIANGTAI_CORPUS_MAKER names another)", maker.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let mut command = Command::new("python3");
    command.arg(&maker).arg(root).args(["-n", &lessons.to_string()]);
    if let Some(hugo) = hugo {
        command.arg("--hugo").arg(hugo);
    }
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{} ended with {status}", maker.display()))) }
}

/// Everything below a folder, with sizes.
///
/// # Errors
///
/// When a folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push((entry.path(), entry.metadata()?.len()));
        }
    }
    found.sort();
    Ok(found)
}
