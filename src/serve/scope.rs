//! Which changes on the disk matter.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Folders inside the library that hold our own notes or those of version control.
const PRIVATE: [&str; 2] = [".jiangtai", ".git"];

/// What is watched, by real paths, so that they can be compared with what the system
/// reports.
#[derive(Debug)]
pub struct Scope {
    watched: Vec<PathBuf>,
    output: PathBuf,
}

impl Scope {
    /// Takes the paths as they were given, which need not exist.
    pub fn new(watched: &[PathBuf], output: &Path) -> Self {
        Self { watched: watched.iter().map(|path| resolve(path)).collect(), output: resolve(output) }
    }

    /// The paths that are watched.
    pub fn watched(&self) -> &[PathBuf] {
        &self.watched
    }

    /// Whether a change at this path calls for a rebuild. What the build itself
    /// writes does not, or it would wake itself for ever; neither do the files that
    /// editors keep beside the one being edited.
    pub fn concerns(&self, path: &Path) -> bool {
        !path.starts_with(&self.output)
            && !path.file_name().is_some_and(is_editors)
            && self.watched.iter().any(|top| path.strip_prefix(top).is_ok_and(|below| !is_private(below)))
    }

    /// Whether this path is a watched one or leads to one, so that its coming and
    /// going changes what can be watched.
    pub fn shapes(&self, path: &Path) -> bool {
        self.watched.iter().any(|watched| watched.starts_with(path))
    }
}

/// The path with its links followed as far as it exists.
fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for existing in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(existing), path.strip_prefix(existing)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}

fn is_private(below: &Path) -> bool {
    below.components().any(|part| matches!(part, Component::Normal(name) if PRIVATE.iter().any(|one| name == *one)))
}

/// Vim's, Emacs', Office's and LibreOffice's companions of a file that is open.
fn is_editors(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let begins = ["~$", ".#", ".~lock."].iter().any(|start| name.starts_with(start));
    let ends = ["~", ".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end));
    begins || ends || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_library_wakes_the_build() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let top = fs::canonicalize(root.path())?;
        let watched = [top.join("content"), top.join("themes"), top.join("site.yaml")];
        let scope = Scope::new(&watched, &root.path().join("content/public"));
        for yes in ["content/units/教案.md", "content", "themes/own/a.css", "site.yaml"] {
            assert!(scope.concerns(&top.join(yes)), "{yes}");
        }
        for no in [
            "public/index.html",
            "content/public/index.html",
            "content/.git/index",
            "content/.jiangtai/x",
            "content/~$教案.docx",
            "content/.教案.md.swp",
            "content/教案.md~",
            "content/.#教案.md",
            "site.yaml.bak",
            "content/4913",
        ] {
            assert!(!scope.concerns(&top.join(no)), "{no}");
        }
        assert!(scope.shapes(&top.join("themes")) && scope.shapes(&top) && !scope.shapes(&top.join("themes/own")));
        Ok(())
    }
}
