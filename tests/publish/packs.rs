//! One file to carry: what is in it, that it is always the same, and what `verify` sees.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};

use jiangtai::publish::verify;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::command::{Root, keys};
use crate::support::html;

type Files = BTreeMap<String, Vec<u8>>;

fn unpacked(root: &Root, name: &str) -> Files {
    let mut archive = ZipArchive::new(fs::File::open(root.path(name)).expect("a pack")).expect("a zip");
    let mut files = Files::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("bytes");
        files.insert(name, bytes);
    }
    files
}

fn write_zip(root: &Root, name: &str, files: &Files) {
    let mut writer = ZipWriter::new(fs::File::create(root.path(name)).expect("a file"));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("a zip");
}

fn packed() -> Root {
    let root = Root::with_lesson();
    root.write("content/site.yaml", "站名: 城东教材库\nas_of: 2025-12-31\n".as_bytes());
    root.run(&["pack", "-o", "a.zip"]).expect(0);
    root
}

#[test]
fn a_pack_holds_the_site_and_says_so() {
    let root = packed();
    root.run(&["build"]).expect(0);
    let files = unpacked(&root, "a.zip");
    let top = "教材库-2025-12-31/";
    assert!(files.keys().all(|name| name.starts_with(top)), "{:?}", files.keys());
    let site: Files = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix(top)?.strip_prefix("site/")?.to_owned(), bytes.clone())))
        .collect();
    let mut built = root.tree("public");
    built.remove(".jiangtai-manifest");
    assert!(site == built, "the site is what build makes");
    let start = String::from_utf8(files[&format!("{top}说明.html")].clone()).expect("text");
    let said = html::text(&start);
    for part in
        ["城东教材库", "2025年12月31日", "1 份", "怎样打开", "怎样校验", "sha256sum -c", env!("CARGO_PKG_VERSION")]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(html::attributes(&start, "href").contains(&"site/index.html".to_owned()));
    let list = String::from_utf8(files[&format!("{top}SHA256SUMS")].clone()).expect("text");
    assert_eq!(list.lines().count(), files.len() - 1);
    assert!(!root.path(".jiangtai/pack/site").exists(), "nothing is left of the building");
}

#[test]
fn the_same_library_gives_the_same_bytes() {
    let root = packed();
    root.run(&["pack", "-o", "b.zip", "-j", "1"]).expect(0);
    assert_eq!(fs::read(root.path("a.zip")).expect("a pack"), fs::read(root.path("b.zip")).expect("a pack"));
    let again = root.run(&["pack", "-o", "a.zip"]).expect(0);
    assert!(again.err.contains("内容相同"), "{}", again.err);
}

#[test]
fn sha256sum_agrees() {
    let root = packed();
    for (name, bytes) in unpacked(&root, "a.zip") {
        root.write(&format!("stick/{name}"), &bytes);
    }
    let folder = root.path("stick/教材库-2025-12-31");
    let verdict = verify(&folder).expect("a folder");
    assert!(verdict.is_whole() && verdict.files > 10, "{verdict:?}");
    let checked =
        std::process::Command::new("sha256sum").args(["-c", "--quiet", "SHA256SUMS"]).current_dir(&folder).output();
    match checked {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => eprintln!("skipped: there is no sha256sum here"),
    }
}

#[test]
fn a_file_of_somebody_else_is_not_written_over() {
    let root = Root::with_lesson();
    root.write("a.zip", b"mine");
    let ran = root.run(&["pack", "-o", "a.zip"]).expect(5);
    assert!(ran.err.contains("a.zip 已经有了"), "{}", ran.err);
    assert_eq!(root.read("a.zip"), "mine");
    assert!(!root.path("a.zip.part").exists());
}

#[test]
fn verify_sees_what_is_wrong_with_a_pack() {
    let root = packed();
    let whole = unpacked(&root, "a.zip");
    let page = "教材库-2025-12-31/site/index.html".to_owned();
    root.run(&["verify", "a.zip"]).expect(0);
    let check = |files: &Files, parts: &[&str]| {
        write_zip(&root, "b.zip", files);
        let ran = root.run(&["verify", "b.zip"]).expect(5);
        for part in parts {
            assert!(ran.err.contains(part), "{part}: {}", ran.err);
        }
    };
    let mut files = whole.clone();
    files.insert(page.clone(), b"other".to_vec());
    check(&files, &["被改动 1 个", "site/index.html（内容不同）"]);
    files = whole.clone();
    files.remove(&page);
    check(&files, &["缺少 1 个", "site/index.html"]);
    files = whole.clone();
    files.insert("教材库-2025-12-31/site/x.exe".to_owned(), b"x".to_vec());
    files.insert("../../evil.html".to_owned(), b"x".to_vec());
    check(&files, &["多出 2 个", "site/x.exe", "../../evil.html"]);
    files = whole.clone();
    files.retain(|name, _| !name.ends_with("SHA256SUMS"));
    check(&files, &["没有校验表"]);
    files.insert("教材库-2025-12-31/SHA256SUMS".to_owned(), "乱写的".into());
    check(&files, &["第 1 行看不懂"]);
}

#[test]
fn verify_sees_a_torn_or_flipped_archive() {
    let root = packed();
    let bytes = fs::read(root.path("a.zip")).expect("a pack");
    for cut in [0, 1, 100, bytes.len() / 2, bytes.len() - 1] {
        root.write("b.zip", &bytes[..cut]);
        root.run(&["verify", "b.zip"]).expect(5);
    }
    let (whole, mut seen) = (unpacked(&root, "a.zip"), 0);
    for at in (60..bytes.len() / 2).step_by(bytes.len() / 40) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x55;
        root.write("b.zip", &flipped);
        let ran = root.run(&["verify", "b.zip"]);
        // A bit that means nothing, such as one of the time of day, may go unseen.
        assert!(ran.code == 5 || unpacked(&root, "b.zip") == whole, "a flipped bit at {at}: {}", ran.err);
        seen += usize::from(ran.code == 5);
    }
    assert!(seen >= 15, "{seen}");
    root.write("c.zip", b"PK\x03\x04 not an archive at all");
    let ran = root.run(&["verify", "c.zip"]).expect(5);
    assert!(ran.err.contains("不是完整的 zip 文件"), "{}", ran.err);
    root.run(&["verify", "nothing.zip"]).expect(4);
}

#[test]
fn errors_stop_a_pack_unless_they_are_allowed() {
    let root = packed();
    root.write("content/units/城东分局/2025/lessons/乙.md", "---\n标题: 乙\n授课日期: 上个月\n---\n".as_bytes());
    let ran = root.run(&["pack", "-o", "b.zip"]).expect(5);
    assert!(ran.err.contains("E703") && ran.err.contains("E112") && !root.path("b.zip").exists(), "{}", ran.err);
    let json = root.run(&["pack", "-o", "b.zip", "--allow-errors", "--format", "json"]).expect(0).json();
    assert_eq!(
        keys(&json),
        [
            "schema_version",
            "command",
            "file",
            "files",
            "bytes",
            "sha256",
            "check_code",
            "unchanged",
            "lessons",
            "pages",
            "errors",
            "warnings",
            "problems",
            "seconds",
        ]
    );
    assert_eq!(json["errors"], 1);
    assert!(root.read("reports/问题清单-b.html").contains("E112"));
    let files = unpacked(&root, "b.zip");
    assert!(files.keys().all(|name| !name.contains("问题清单")));
    root.run(&["verify", "b.zip"]).expect(0);
}
