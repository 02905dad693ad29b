//! Lessons out of documents: each file in `tests/courseware/imports` says what must
//! become of the file of `tests/courseware/files` whose name it bears.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiangtai::import::{Refusal, lesson};
use jiangtai::source::Nature;
use proptest::prelude::*;

use super::office;
use super::readers::folder;
use super::support::build;

#[test]
fn documents_become_the_lessons_that_are_written_down() {
    let mut failures = String::new();
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courseware/imports");
    let mut seen = 0;
    for entry in fs::read_dir(expected).expect("the lessons") {
        let path = entry.expect("a lesson").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let draft = lesson(&name, fs::read(folder().join(&name)).expect("a file")).expect("a lesson");
        if draft.text != fs::read_to_string(&path).expect("a lesson") {
            let _ = writeln!(failures, "=== {name} becomes\n{}", draft.text);
        }
        seen += 1;
    }
    assert!(seen > 4, "only {seen}");
    assert!(failures.is_empty(), "{failures}");
}

/// What was made is a good lesson: nothing in it is louder than a hint, and its page shows
/// its pictures.
#[test]
fn an_imported_lesson_builds_without_a_word() {
    for name in ["plan-in-a-table-by-python-docx.docx", "slides-by-python-pptx.pptx", "paper-by-libreoffice.docx"] {
        let draft = lesson(name, fs::read(folder().join(name)).expect("a file")).expect("a lesson");
        let at = |file: &str| format!("content/units/甲/2025/lessons/夜巡/{file}");
        let mut files = vec![(at("index.md"), draft.text.into_bytes())];
        files.extend(draft.pictures.into_iter().map(|(file, bytes)| (at(&file), bytes)));
        files.push(("content/人员名册.csv".to_owned(), "姓名,单位\n张某,甲\n".as_bytes().to_vec()));
        let site = build(&files, "2025-12-31");
        let loud: Vec<String> =
            site.problems().into_iter().filter(|one| !one.starts_with("W206") && !one.starts_with("W408")).collect();
        assert_eq!(loud, [""; 0], "{name}");
        let page = site.page("units/jia/2025/ye-xun.html");
        let shown = page.matches("<img src=\"files/tu-").count();
        assert_eq!(shown, files.iter().filter(|(file, _)| file.ends_with(".png")).count(), "{name}");
    }
}

#[test]
fn text_and_markdown_are_lessons_already() {
    let text = lesson("夜巡.txt", encoding_rs::GBK.encode("夜间巡查小窍门\n\n先看灯。\n再看门。\n").0.into_owned())
        .expect("a lesson");
    assert_eq!(text.text, "---\n标题: 夜间巡查小窍门\n---\n\n先看灯。\n\n再看门。\n");
    let kept = "---\n标题: 甲\n小教员: 张某\n---\n\n正文\n";
    assert_eq!(lesson("a.md", kept.into()).expect("a lesson").text, kept);
    assert_eq!(lesson("a.md", "# 乙\n\n- 一\n".into()).expect("a lesson").text, "---\n标题: 乙\n---\n\n- 一\n");
}

#[test]
fn what_is_no_document_is_refused_with_a_reason() {
    let of = |name: &str, bytes: Vec<u8>| lesson(name, bytes).map(|_| ()).expect_err("a reason");
    assert_eq!(of("a.pdf", office::written("pages-by-reportlab.pdf")), Refusal::Kind(Nature::Pdf));
    assert_eq!(of("a.docx", office::written("locked-paper-by-msoffcrypto.docx")), Refusal::Locked);
    assert_eq!(of("a.docx", office::cut()), Refusal::Damaged);
    assert_eq!(of("a.docx", office::bomb()), Refusal::Beyond);
    assert_eq!(of("a.xlsx", office::written("book-by-openpyxl.xlsx")), Refusal::Kind(Nature::Xlsx));
    assert_eq!(of("a.txt", b"PK\x03\x04\0\0".to_vec()), Refusal::Undecodable);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever signs a document has, its lesson says the same and means nothing else.
    #[test]
    fn signs_in_a_document_mean_nothing_in_its_lesson(lines in proptest::collection::vec("[一a1*_`\\[\\]<>#|~!&:.) +=-]{1,14}", 1..5)) {
        let escaped: Vec<String> = lines.iter().map(|line| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")).collect();
        let written: Vec<String> = escaped.iter().filter(|line| !line.starts_with('|')).cloned().collect();
        let draft = lesson("甲.docx", office::docx(&written.join("\n"))).expect("a lesson");
        let site = build(&[("content/units/甲/2025/lessons/夜巡.md".to_owned(), draft.text.clone().into_bytes())], "2025-12-31");
        let page = site.page("units/jia/2025/ye-xun.html");
        let body = super::support::html::between(page, "<div class=\"prose\"", "</div>").unwrap_or_default();
        let body = body.split_once('>').map_or("", |(_, body)| body);
        prop_assert!(!body.contains("<em>") && !body.contains("<code>") && !body.contains("<blockquote"), "{:?}\n{}", draft.text, body);
        let shown: String = super::support::html::text(body).chars().filter(|c| c.is_alphanumeric()).collect();
        let said: String = lines.iter().filter(|line| !line.starts_with('|')).flat_map(|line| line.chars()).filter(|c| c.is_alphanumeric()).collect();
        // The first line may have become the title; numbers that count may be shown by the list.
        prop_assert!(said.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().ends_with(&shown.chars().filter(|c| !c.is_ascii_digit()).collect::<String>()) , "{said:?} {shown:?} {:?}", draft.text);
    }
}
