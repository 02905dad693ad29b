//! Data out: every format is read back, the same input gives the same bytes, nothing
//! private leaves through a door that is open to everybody, and nobody's file is ever
//! written over (CLI.md; DOMAIN.md 3.7).

mod support;

#[path = "exports/archives.rs"]
mod archives;
#[path = "exports/drafts.rs"]
mod drafts;
#[path = "exports/reports.rs"]
mod reports;
#[path = "exports/searchable.rs"]
mod searchable;
#[path = "exports/tables.rs"]
mod tables;

use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use support::command::Root;

/// A root with the sample library, which costs a copy and nothing else.
pub fn sample() -> Root {
    let root = Root::new(&[]);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &root.path("content"));
    root
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).expect("a file can be copied");
        }
    }
}

/// Standard output as bytes, of a command that must end well.
pub fn bytes(root: &Root, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiangtai"));
    let output = command.args(arguments).current_dir(root.path("")).output().expect("the binary runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The rows of a CSV with its mark, header first.
pub fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("the mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let read = reader.records().map(|record| record.expect("a row as long as the header"));
    read.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// A column by its head.
pub fn column(rows: &[Vec<String>], head: &str) -> Vec<String> {
    let at = rows[0].iter().position(|name| name == head).unwrap_or_else(|| panic!("no {head} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// The files of a zip with their texts; what is no text is shown as it can be.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("the entry is whole");
        let name = file.name().expect("a name in UTF-8").to_string();
        files.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    files
}

/// What must never leave: birth months as the roster has them, marks of the exams,
/// duty marks, conduct, and what only those are told who did not reach the line.
pub fn private(root: &Root) -> Vec<String> {
    let roster = rows(root.read("content/人员名册.csv").as_bytes());
    let births = column(&roster, "出生年月").into_iter().filter(|birth| !birth.is_empty());
    let words = ["作风", "绩效", "月考", "未达线", "免申报", "未申报"].map(str::to_owned);
    let found: Vec<String> = births.chain(words).collect();
    assert!(found.len() > 50, "the roster has births: {found:?}");
    found
}

/// Fails when a text holds one of the pieces.
pub fn holds_none(name: &str, text: &str, pieces: &[String]) {
    for piece in pieces {
        assert!(!text.contains(piece.as_str()), "{name} holds {piece}");
    }
}
