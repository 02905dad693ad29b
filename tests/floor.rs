//! The floor: what every script and style of a site may use. Office desktops have
//! browsers with a kernel as old as Chromium 80, which stop at what they cannot read.
//!
//! Syntax is read by acorn as of ECMAScript 2020, in an embedded JavaScript engine; it
//! comes from npm (`.ci/run`), at `target/acorn/package/dist/acorn.js` or where
//! `JIANGTAI_ACORN` says. Names are held against `tests/floor/newer.txt`.

mod support;

#[path = "floor/names.rs"]
mod names;
#[path = "floor/scripts.rs"]
mod scripts;
#[path = "floor/styles.rs"]
mod styles;

use std::fs;
use std::path::{Path, PathBuf};

/// A file and what stands in it.
type Text = (String, String);

/// All files of the themes and the preview that a browser reads, by their ending.
fn shipped(ending: &str) -> Vec<Text> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&top.join("themes"), ending, &mut found);
    collect(&top.join("src/serve/assets"), ending, &mut found);
    found.sort();
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("it can be read");
        (path.strip_prefix(top).expect("it is in the project").display().to_string(), text)
    };
    found.into_iter().map(named).collect()
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

/// The text with blanks in the place of comments, so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        let end = rest[start..].find("*/").map_or(rest.len(), |end| start + end + 2);
        out.extend(rest[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
        rest = &rest[end..];
    }
    out + rest
}

/// The line of a place in a text.
fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Fails with everything that was found.
fn verdict(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
