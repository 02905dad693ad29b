//! Each file in `tests/courseware/files` was written by an ordinary office program or
//! library (`README.md` there says how); beside it stands, as `.txt`, what must come out
//! of it, word by word.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiangtai::courseware::{Memory, open};
use jiangtai::source::{Inside, Line, Part, Sources};

/// The folder of the files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courseware/files")
}

/// What is inside a file of a name and bytes.
pub fn inside(name: &str, bytes: &[u8]) -> Inside {
    let path = format!("content/units/甲/2025/lessons/{name}");
    let mut sources = Sources::from_memory([(path.as_str(), bytes)]);
    open(&mut sources, &Memory::none(), 1600).expect("what lies in memory can be read");
    sources.files[0].inside().expect("somebody looked").as_ref().clone()
}

/// What is inside, for people to compare.
pub fn shown(inside: &Inside) -> String {
    let mut out = format!("{:?} {:?}", inside.nature, inside.reading);
    if let Some((unit, count)) = inside.count {
        let _ = write!(out, " {count} {unit:?}");
    }
    out.push('\n');
    for (name, value) in &inside.properties.all {
        let _ = writeln!(out, "[{name}] {value}");
    }
    let size = |at: &usize| inside.pictures.get(*at).map(|picture| format!("{}x{}", picture.width, picture.height));
    if let Some(cover) = inside.cover {
        let _ = writeln!(out, "[cover] {}", size(&cover).unwrap_or_default());
    }
    if let Some((width, height)) = inside.size {
        let stand_in =
            inside.stand_in.as_ref().map_or("as it is", |picture| picture.name.rsplit('.').next().unwrap_or(""));
        let _ = writeln!(out, "[picture] {width}x{height} {stand_in}, location {}", inside.has_location);
    }
    for part in inside.parts.iter().chain(&inside.hidden) {
        part_shown(part, &mut out);
        for picture in part.pictures.iter().filter_map(size) {
            let _ = writeln!(out, "  <{picture}>");
        }
    }
    out
}

fn part_shown(part: &Part, out: &mut String) {
    let _ = writeln!(out, "\n{:?}", part.spot);
    if let Some(title) = &part.title {
        let _ = writeln!(out, "  # {title}");
    }
    for line in &part.lines {
        let _ = match line {
            Line::Heading(text) => writeln!(out, "  ## {text}"),
            Line::Text(text) => writeln!(out, "  {text}"),
            Line::Item(text) => writeln!(out, "  - {text}"),
            Line::Row(cells) => writeln!(out, "  | {}", cells.join(" | ")),
        };
    }
    for note in &part.notes {
        let _ = writeln!(out, "  > {note}");
    }
}

#[test]
fn what_is_inside_comes_out_word_by_word() {
    let mut failures = String::new();
    let mut seen = 0;
    for entry in fs::read_dir(folder()).expect("the files") {
        let path = entry.expect("a file").path();
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
        if matches!(extension.as_str(), "txt" | "md") {
            continue;
        }
        seen += 1;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = shown(&inside(&name, &fs::read(&path).expect("a file")));
        let expected = fs::read_to_string(format!("{}.txt", path.display())).unwrap_or_default();
        if found != expected {
            let _ = writeln!(failures, "=== {name} says\n{found}");
        }
    }
    assert!(seen > 20, "only {seen} files");
    assert!(failures.is_empty(), "{failures}");
}
