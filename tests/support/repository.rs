//! The files of this repository, for tests that read them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::rust::code_of;

/// A file of `src/`: its path from there, its room, its code.
pub struct File {
    pub path: String,
    pub room: String,
    pub code: String,
}

/// The names in `[dependencies]`, as code writes them.
pub fn dependencies() -> BTreeSet<String> {
    let manifest = read("Cargo.toml");
    let behind = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let lines = behind.lines().skip(1).take_while(|line| !line.starts_with('['));
    let names = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    names.map(|(name, _)| name.trim().replace('-', "_")).collect()
}

/// The files of `src/` without test modules and without the build script.
pub fn files() -> Vec<File> {
    let mut found = Vec::new();
    for path in below(&top().join("src"), &[]).into_iter().filter(|path| path.ends_with(".rs") && path != "build.rs") {
        let source = read(&format!("src/{path}"));
        let room = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        if !path.ends_with("/tests.rs") {
            found.push(File { path, room, code: code_of(&source) });
        }
    }
    assert!(found.len() > 100, "{} files", found.len());
    found
}

/// What is or would be in a clone.
pub fn tracked() -> Vec<String> {
    let ignored = [".git", "target", "public", "reports", ".jiangtai", "node_modules"];
    below(top(), &ignored).into_iter().filter(|path| !path.ends_with(".bak")).collect()
}

fn below(folder: &Path, ignored: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match entry.is_dir() {
                // In a second working tree `.git` is a file.
                _ if ignored.contains(&name.as_str()) => {}
                true => folders.push(entry),
                false => found.push(entry.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/")),
            }
        }
    }
    found.sort();
    found
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file that must be there.
pub fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file, if it is text.
pub fn text(path: &str) -> Option<String> {
    fs::read_to_string(top().join(path)).ok()
}
