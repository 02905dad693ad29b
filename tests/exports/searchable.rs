//! `export search`: what other search software is given, by golden files for a library
//! of one lesson, and by laws for the sample library.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::command::Root;
use crate::{bytes, holds_none, private, sample};

const LESSON: &str = "---\n标题: 退一赔三与退一赔十\n小教员: 单小雪\n摘要: 欺诈三倍，最低五百。\n业务领域: 消费维权\n能力目标: 会维权\n标签: 赔偿\n---\n\n## 案例：一瓶 500 ml 的水\n\n价款的三倍；Excel 表格。\n";

const BARE_LESSON: &str = "<main><h1>{{ view.title }}</h1><dl data-search=\"meta\"><dd>{{ view.unit.name }}</dd></dl>{{ view.body_html | safe }}</main>";

fn library() -> Root {
    Root::new(&[
        ("content/units/城东分局/2025/lessons/退一赔三.md", LESSON),
        ("content/people.csv", "姓名,单位\n单小雪,城东分局\n"),
        ("content/site.yaml", "统计日: 2025-12-31\n"),
    ])
}

/// Every file of the folder, byte for byte. `JIANGTAI_BLESS=1` writes them anew, for a
/// change that is meant; the difference is then read in the commit.
#[test]
fn a_folder_for_other_software_is_as_in_the_golden_files() {
    let root = library();
    // Templates of its own, so that a change of the design changes no golden file.
    root.write("templates/pages/lesson.html", BARE_LESSON.as_bytes());
    root.write("templates/pages/unit-year.html", "<main><h1>{{ page.title }}</h1></main>".as_bytes());
    let year = ["--unit", "城东分局", "--year", "2025"];
    bytes(&root, &[&["export", "search", "-o", "检索数据", "-q"], &year[..]].concat());
    let made = root.tree("检索数据");
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/golden");
    if std::env::var_os("JIANGTAI_BLESS").is_some() {
        made.iter().for_each(|(name, bytes)| std::fs::write(golden.join(name), bytes).expect("a golden file"));
    }
    let names: Vec<&str> = made.keys().map(String::as_str).collect();
    let wanted =
        ["bulk.ndjson", "documents.ndjson", "meilisearch.json", "opensearch.json", "quickwit.yaml", "说明.txt"];
    assert_eq!(names, wanted);
    for (name, bytes) in &made {
        let expected = std::fs::read(golden.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (made, expected) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected));
        assert_eq!(made, expected, "{name}");
    }
    let again = root.run(&["export", "search", "-o", "检索数据"]).expect(2);
    assert!(again.err.contains("没有动它"), "{}", again.err);
}

/// Settings that name a field which no document has, or miss one, are refused by the
/// software when it is too late.
#[test]
fn settings_name_the_fields_that_documents_have() {
    let root = library();
    let lines = String::from_utf8(bytes(&root, &["export", "search", "-q"])).expect("UTF-8");
    let first: Value = serde_json::from_str(lines.lines().next().expect("a document")).expect("JSON");
    let fields: BTreeSet<&str> = first.as_object().expect("an object").keys().map(String::as_str).collect();
    bytes(&root, &["export", "search", "-o", "kit", "-q"]);
    let opensearch: Value = serde_json::from_str(&root.read("kit/opensearch.json")).expect("JSON");
    let mapped = opensearch["mappings"]["properties"].as_object().expect("properties");
    assert_eq!(mapped.keys().map(String::as_str).collect::<BTreeSet<_>>(), fields);
    let meilisearch: Value = serde_json::from_str(&root.read("kit/meilisearch.json")).expect("JSON");
    for list in ["searchableAttributes", "filterableAttributes", "sortableAttributes", "displayedAttributes"] {
        let named = meilisearch["settings"][list].as_array().expect("a list");
        assert!(named.iter().all(|name| fields.contains(name.as_str().unwrap_or_default())), "{list}: {named:?}");
    }
    let quickwit = root.read("kit/quickwit.yaml");
    let named: BTreeSet<&str> =
        quickwit.lines().filter_map(|line| line.trim().strip_prefix("- {name: ")?.split(',').next()).collect();
    assert_eq!(named, fields);
}

#[test]
fn every_page_that_can_be_found_is_a_document_and_nothing_private_is_in_it() {
    let root = sample();
    let out = bytes(&root, &["export", "search", "-q"]);
    let text = String::from_utf8(out).expect("UTF-8");
    let documents: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ids: BTreeSet<&str> = documents.iter().filter_map(|document| document["id"].as_str()).collect();
    assert_eq!(ids.len(), documents.len(), "an id stands twice");
    assert!(documents.len() > 150, "{}", documents.len());
    // 1985-06 is the example that the manual gives.
    let is_birth = |piece: &String| piece.starts_with(['1', '2']) && piece != "1985-06";
    let births: Vec<String> = private(&root).into_iter().filter(is_birth).collect();
    holds_none("documents", &text, &births);
    let tour = documents.iter().find(|document| document["title"] == "退一赔三与退一赔十怎么分").expect("the lesson");
    assert_eq!(tour["unit"], "城东分局");
    assert!(tour["body_grams"].as_str().expect("grams").contains("价款"));
    let sounds = tour["pinyin"].as_array().expect("sounds");
    assert!(sounds.iter().any(|sound| sound == "weibailu"), "{sounds:?}");
}

#[test]
fn formats_that_cannot_hold_documents_are_refused() {
    let root = library();
    let failed = root.run(&["export", "search", "--format", "xlsx"]).expect(2);
    assert!(failed.err.contains("ndjson"), "{}", failed.err);
    let failed = root.run(&["export", "plan", "--format", "ndjson"]).expect(2);
    assert!(failed.err.contains("export search"), "{}", failed.err);
    let failed = root.run(&["check", "--format", "ndjson"]).expect(2);
    assert!(failed.err.contains("只用于 export"), "{}", failed.err);
}
