//! Every setting of `site.yaml` changes an outcome: a case is a file of
//! `tests/settings`, named by the setting, that says which text stands where before and
//! after the change, on the small library beside them.
//!
//! `原来` and `改后` name a place each and the text that stands there then, and not in the
//! other build: a page, `信息` (what the rules say), `文件` (names of the files of the
//! site), or `内部/…`, a file of the internal report.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiangtai::base::{Day, Findings};
use jiangtai::config::{self, Flags};
use jiangtai::courseware;
use jiangtai::ledger;
use jiangtai::model;
use jiangtai::records::SITE;
use jiangtai::report::{self, Records};
use jiangtai::source::Sources;
use support::{File, build_sources, theme};

/// Settings that the commands obey rather than the build, and the tests that change them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("theme", "tests/commands/build.rs"),
    ("publish_target", "tests/commands/publishing.rs"),
    ("publish_keep", "tests/commands/publishing.rs"),
    ("publish_links", "tests/publish/kills.rs"),
];

/// All that can be looked at after a build, by place.
type Outcome = BTreeMap<String, String>;

/// A case taken apart.
struct Case {
    name: String,
    settings: String,
    before: Vec<(String, String)>,
    after: Vec<(String, String)>,
}

#[test]
fn every_setting_changes_an_outcome() {
    let mut failures = String::new();
    for case in cases() {
        let changed = outcome(&case.settings);
        for (from, to, texts, when) in
            [(usual(), &changed, &case.before, "原来"), (&changed, usual(), &case.after, "改后")]
        {
            for (place, text) in texts {
                let said = |outcome: &Outcome| outcome.get(place).is_some_and(|found| found.contains(text.as_str()));
                if !said(from) {
                    failures += &format!("{}: {when} {place} 没有“{text}”\n{:?}\n", case.name, from.get(place));
                }
                if said(to) {
                    failures += &format!("{}: {place} 两次都有“{text}”\n", case.name);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn no_setting_is_without_a_case() {
    let named: BTreeSet<String> = cases().into_iter().map(|case| case.name).collect();
    for field in SITE.fields {
        match ELSEWHERE.iter().find(|(key, _)| *key == field.key) {
            Some((_, file)) => {
                let text = fs::read_to_string(root().join(file)).expect(file);
                assert!(text.contains(field.name), "{} is not in {file}", field.name);
            }
            None => assert!(named.contains(field.name), "no case for {}", field.name),
        }
    }
    for name in named {
        let key = name.split('-').next().unwrap_or_default();
        assert!(SITE.find(key).is_some(), "{name} is no setting");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let entries = fs::read_dir(root().join("tests/settings")).expect("tests/settings");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let text = fs::read_to_string(path).expect("a case");
    let part = |title: &str| {
        let behind = text.split(&format!("\n## {title}\n")).nth(1).unwrap_or_default();
        blocks(behind.split("\n## ").next().unwrap_or_default())
    };
    let (settings, before, after) = (part("设置"), part("原来"), part("改后"));
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    assert!(settings.len() == 1 && !(before.is_empty() && after.is_empty()), "{name} says nothing");
    Case { name, settings: settings[0].1.clone(), before, after }
}

/// Fenced texts, each with the place named above it.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut place = String::new();
    let mut open: Option<Vec<&str>> = None;
    for line in text.lines() {
        match (line.starts_with("```"), open.as_mut()) {
            (true, None) => open = Some(Vec::new()),
            (true, Some(_)) => found.push((place.clone(), open.take().unwrap_or_default().join("\n"))),
            (false, Some(lines)) => lines.push(line),
            (false, None) if !line.trim().is_empty() => place = line.trim().trim_matches('`').to_owned(),
            (false, None) => {}
        }
    }
    found
}

fn usual() -> &'static Outcome {
    static USUAL: OnceLock<Outcome> = OnceLock::new();
    USUAL.get_or_init(|| outcome(""))
}

/// The library of the cases with some settings, built; the day of its statistics is the
/// last of March 2025 unless a case says otherwise.
fn outcome(settings: &str) -> Outcome {
    let mut files: Vec<File> = Vec::new();
    collect(&root().join("tests/settings/content"), "content", &mut files);
    for (name, file) in [("甲课.png", "wide-drawing-by-pillow.png"), ("乙课.pdf", "page-by-chromium.pdf")] {
        let bytes = fs::read(root().join("tests/courseware/files").join(file)).expect(file);
        files.push((format!("content/units/城东分局/2025/lessons/{name}"), bytes));
    }
    let day = if settings.contains("统计日") { "" } else { "统计日: 2025-03-31\n" };
    files.push(("content/site.yaml".to_owned(), format!("{day}{settings}\n").into_bytes()));
    let mut sources = Sources::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let today = Day::new(2030, 1, 1).expect("a day");
    let config = config::load(&sources, &Flags::default(), today, &mut Findings::default());
    courseware::open(&mut sources, &courseware::Memory::none(), config.picture_width).expect("attachments");
    let site = build_sources(&sources, &Flags::default());
    let mut all = Outcome::new();
    let names: String = site.files.keys().map(|name| format!("{name}\n")).collect();
    all.insert("文件".to_owned(), names);
    let said = site.diagnostics.iter().map(|one| format!("{} {}", one.code.as_str(), one.message));
    all.insert("信息".to_owned(), said.collect::<Vec<_>>().join("\n"));
    all.extend(site.texts().map(|(name, text)| (name.to_owned(), text.to_owned())));
    let library = model::load(&sources, &config, &mut Findings::default());
    let ledger = ledger::compute(&library, &config);
    let records = Records { library: &library, ledger: &ledger, config: &config };
    let internal = report::report(&records, theme()).expect("the report");
    all.extend(
        internal
            .into_iter()
            .map(|(path, bytes)| (format!("内部/{path}"), String::from_utf8_lossy(&bytes).into_owned())),
    );
    all
}

fn collect(folder: &Path, name: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder of the library") {
        let path = entry.expect("an entry").path();
        let name = format!("{name}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files);
        } else {
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
}
