//! Whatever the bytes are, looking into a file ends, breaks nothing and says what it
//! found.

use std::fs;
use std::io::{Cursor, Write};
use std::sync::LazyLock;

use jiangtai::courseware::{Memory, open};
use jiangtai::source::{Nature, Reading, Sources};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::readers::{folder, inside};

/// An archive of entries.
pub fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

const TYPES: &str = "<Types/>";

fn document(xml: Vec<u8>) -> Vec<u8> {
    let main =
        r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    archive(&[("[Content_Types].xml", TYPES.into()), ("_rels/.rels", main.into()), ("word/document.xml", xml)])
}

#[test]
fn a_bomb_is_refused_and_told() {
    let zeros = document(vec![b' '; 600 << 20]);
    assert!(zeros.len() < 1 << 20);
    assert_eq!(inside("炸弹.docx", &zeros).reading, Reading::Beyond);
    let entities = r#"<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>"#;
    assert_eq!(inside("炸弹.docx", &document(entities.into())).reading, Reading::Beyond);
    let deep = format!("<d>{}{}</d>", "<sdt>".repeat(100_000), "</sdt>".repeat(100_000));
    assert_eq!(inside("炸弹.docx", &document(deep.into())).reading, Reading::Beyond);
    let many: Vec<(String, Vec<u8>)> = (0..25_000).map(|at| (format!("word/{at}.xml"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    assert_eq!(inside("炸弹.docx", &archive(&many)).reading, Reading::Beyond);
}

#[test]
fn what_is_cut_off_is_told_to_be_damaged() {
    for name in ["slides-by-python-pptx.pptx", "paper-by-python-docx.docx", "book-by-openpyxl.xlsx"] {
        let bytes = fs::read(folder().join(name)).expect("a file");
        let found = inside(name, &bytes[..bytes.len() * 2 / 3]);
        assert_eq!(found.reading, Reading::Damaged, "{name}");
        assert_eq!(found.sha256.len(), 64);
    }
    for name in ["空.docx", "空.pdf", "空.pptx", "空.xls"] {
        assert_eq!(inside(name, b"").reading, Reading::Damaged, "{name}");
    }
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let pdf = fs::read(folder().join("pages-by-reportlab.pdf")).expect("a file");
    let found = inside("改了名.docx", &pdf);
    assert_eq!((found.nature, found.reading), (Nature::Pdf, Reading::Whole));
    assert!(found.parts[0].texts().any(|text| text == "七日无理由退货的例外清单"));
    let page = "<html><table><tr><td>系统导出</td></tr></table></html>";
    assert_eq!(inside("导出.xls", page.as_bytes()).nature, Nature::Html);
}

#[test]
fn pictures_out_of_a_template_do_not_stand_for_a_document() {
    let slides = fs::read(folder().join("slides-by-python-pptx.pptx")).expect("a file");
    let found = inside("课件.pptx", &slides);
    // The template's own picture is 256 wide.
    assert!(found.pictures.iter().all(|picture| picture.width == 480));
}

#[test]
fn text_comes_out_of_every_encoding() {
    for (name, bytes) in [
        ("名单.csv", "单位,课题\n甲,夜巡\n".as_bytes().to_vec()),
        ("名单.csv", encoding_rs::GBK.encode("单位,课题\n甲,夜巡\n").0.into_owned()),
    ] {
        let found = inside(name, &bytes);
        assert_eq!(found.parts[0].texts().collect::<Vec<_>>(), ["单位", "课题", "甲", "夜巡"]);
    }
}

/// What was found once is the same when it comes from memory, and a memory that was
/// damaged, or kept pictures that are gone, costs nothing but time.
#[test]
fn memory_changes_nothing() {
    let cache = tempfile::tempdir().expect("a folder");
    let content = tempfile::tempdir().expect("a folder");
    let lessons = content.path().join("content/units/a/2025/lessons");
    fs::create_dir_all(&lessons).expect("a folder");
    for entry in fs::read_dir(folder()).expect("the files") {
        let path = entry.expect("a file").path();
        fs::copy(&path, lessons.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let look = |memory: &Memory| {
        let mut sources: Sources = jiangtai::source::read(content.path(), "content").expect("sources");
        open(&mut sources, memory, 1600).expect("files");
        let seen = sources.files.iter().filter_map(|file| file.inside().cloned());
        let mut seen: Vec<_> = seen.map(|inside| inside.as_ref().clone()).collect();
        for inside in &mut seen {
            for picture in inside.pictures.iter_mut().chain(&mut inside.stand_in) {
                let bytes = match &picture.bytes {
                    jiangtai::source::Bytes::Held(bytes) => bytes.to_vec(),
                    jiangtai::source::Bytes::Kept(path) => fs::read(path).expect("a picture"),
                };
                picture.bytes = jiangtai::source::Bytes::Held(bytes.into());
            }
        }
        seen
    };
    let now = std::time::SystemTime::now();
    let fresh = look(&Memory::none());
    assert!(fresh.len() > 20 && fresh.iter().any(|inside| !inside.pictures.is_empty()));
    assert_eq!(look(&Memory::at(cache.path(), now)), fresh);
    assert_eq!(look(&Memory::at(cache.path(), now)), fresh);
    let kept: Vec<_> = walk(cache.path());
    assert!(kept.len() > 20);
    for (at, path) in kept.iter().enumerate() {
        match at % 3 {
            0 => fs::remove_file(path).expect("a file"),
            1 => fs::write(path, b"{\"sha256\":").expect("a file"),
            _ => {}
        }
    }
    assert_eq!(look(&Memory::at(cache.path(), now)), fresh);
    // A byte of each is another one, and two have changed their names.
    let kept = walk(cache.path());
    for path in &kept {
        let mut bytes = fs::read(path).expect("a file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).expect("a file");
    }
    assert_eq!(look(&Memory::at(cache.path(), now)), fresh);
    let kept = walk(cache.path());
    let other = kept[0].with_extension("other");
    for (from, to) in [(&kept[0], &other), (&kept[1], &kept[0]), (&other, &kept[1])] {
        fs::rename(from, to).expect("another name");
    }
    assert_eq!(look(&Memory::at(cache.path(), now)), fresh);
    // While a process remembers, somebody clears the folder away.
    let memory = Memory::at(cache.path(), now);
    assert_eq!(look(&memory), fresh);
    walk(cache.path()).iter().for_each(|path| fs::remove_file(path).expect("a file"));
    assert_eq!(look(&memory), fresh);
}

/// What is no plain file is not opened: a pipe would be waited for, and a link written to.
#[cfg(unix)]
#[test]
fn memory_opens_plain_files_alone() {
    let (cache, root) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let lessons = root.path().join("content/units/a/2025/lessons");
    fs::create_dir_all(&lessons).expect("a folder");
    fs::copy(folder().join("slides-by-python-pptx.pptx"), lessons.join("甲.pptx")).expect("a copy");
    let look = || {
        let mut sources: Sources = jiangtai::source::read(root.path(), "content").expect("sources");
        open(&mut sources, &Memory::at(cache.path(), std::time::SystemTime::now()), 1600).expect("files");
        sources.files.iter().filter_map(|file| file.inside().map(|inside| inside.sha256.clone())).collect::<Vec<_>>()
    };
    let fresh = look();
    assert_eq!(fresh.len(), 1);
    for path in walk(cache.path()) {
        fs::remove_file(&path).expect("a file");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("a pipe");
        assert!(made.success());
    }
    assert_eq!(look(), fresh);
}

/// What nobody used for a month is forgotten, what is used stays however old it is.
#[test]
fn memory_does_not_grow_for_ever() {
    let (cache, root) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let lessons = root.path().join("content/units/a/2025/lessons");
    fs::create_dir_all(&lessons).expect("a folder");
    let put = |name: &str, original: &str| fs::copy(folder().join(original), lessons.join(name)).expect("a copy");
    let look = |days: u64| {
        let mut sources: Sources = jiangtai::source::read(root.path(), "content").expect("sources");
        let now = std::time::SystemTime::now() + std::time::Duration::from_secs(days * 24 * 60 * 60);
        open(&mut sources, &Memory::at(cache.path(), now), 1600).expect("files");
        walk(cache.path()).len()
    };
    put("甲.pptx", "slides-by-python-pptx.pptx");
    put("乙.docx", "paper-by-python-docx.docx");
    let both = look(1);
    fs::remove_file(lessons.join("甲.pptx")).expect("a file");
    put("丙.pdf", "pages-by-reportlab.pdf");
    assert!(look(2) > both);
    put("丁.csv", "book-by-xlwt.xls");
    assert!(look(60) < both + 2, "what belongs to the presentation is gone");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The real files, small ones first.
static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let entries = fs::read_dir(folder()).expect("the files").map(|entry| entry.expect("a file").path());
    let named = entries.filter(|path| path.extension().is_some_and(|end| end != "txt" && end != "md"));
    let mut files: Vec<(String, Vec<u8>)> = named
        .map(|path| {
            (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
});

/// What a real file becomes when bytes of it are changed, cut out or put in.
fn mutated() -> impl Strategy<Value = (String, Vec<u8>)> {
    let change = (any::<proptest::sample::Index>(), any::<u8>(), 0usize..3, 1usize..40);
    (0..FILES.len(), proptest::collection::vec(change, 1..12)).prop_map(|(file, changes)| {
        let (name, mut bytes) = FILES[file].clone();
        for (place, byte, kind, length) in changes {
            let at = place.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(at..(at + length).min(bytes.len()))),
                _ => drop(bytes.splice(at..at, std::iter::repeat_n(byte, length)).collect::<Vec<_>>()),
            }
        }
        (name, bytes)
    })
}

/// A document or presentation whose archive is whole and whose XML was changed.
fn mutated_entries() -> impl Strategy<Value = (String, Vec<u8>)> {
    let names = [
        "slides-by-python-pptx.pptx",
        "paper-by-python-docx.docx",
        "book-by-openpyxl.xlsx",
        "paper-by-libreoffice.odt",
    ];
    let piece = prop_oneof![
        "</?[a-z:]{1,12}/?>",
        "[<>&;\"'=]{1,4}",
        Just("<w:p><w:r><w:t>甲</w:t></w:r></w:p>".to_owned()),
        Just("r:id=\"rId999\"".to_owned()),
        "[0-9]{1,12}",
    ];
    let changes =
        proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), piece), 1..6);
    (proptest::sample::select(names.to_vec()), changes).prop_map(|(name, changes)| {
        let bytes = FILES.iter().find(|(file, _)| file == name).map(|(_, bytes)| bytes.clone()).unwrap_or_default();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut entries: Vec<(String, Vec<u8>)> = (0..zip.len())
            .map(|at| {
                let mut entry = zip.by_index(at).expect("an entry");
                let mut bytes = Vec::new();
                std::io::copy(&mut entry, &mut bytes).expect("bytes");
                (entry.name().expect("a name").into_owned(), bytes)
            })
            .collect();
        for (entry, place, piece) in changes {
            let at = entry.index(entries.len());
            let bytes = &mut entries[at].1;
            let at = place.index(bytes.len() + 1);
            bytes.splice(at..at, piece.bytes());
        }
        let entries: Vec<(&str, Vec<u8>)> =
            entries.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        (name.to_owned(), archive(&entries))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_bytes_breaks_a_reader(
        start in proptest::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"{\\rtf1", b"\xff\xd8\xff\xe1",
            b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"BM", b"GIF89a",
        ]),
        soup in proptest::collection::vec(any::<u8>(), 0..600),
        extension in proptest::sample::select(vec!["pptx", "docx", "xlsx", "ppt", "doc", "xls", "odt", "pdf", "jpg", "png", "csv", "zip"]),
    ) {
        let bytes = [start, &soup].concat();
        let found = inside(&format!("甲.{extension}"), &bytes);
        prop_assert_eq!(found.sha256.len(), 64);
    }

    #[test]
    fn no_change_to_a_real_file_breaks_a_reader((name, bytes) in mutated()) {
        inside(&name, &bytes);
    }

    #[test]
    fn no_change_within_an_archive_breaks_a_reader((name, bytes) in mutated_entries()) {
        inside(&name, &bytes);
    }
}
