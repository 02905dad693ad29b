//! Small libraries, each a folder whose name is a sentence, with an `expect.yaml` that
//! says what must become of it. A new case is a new folder.
//!
//! ```yaml
//! as_of: 2025-12-31            # the day of the statistics
//! drafts: false                # as with --drafts
//! files: [units/…/x.html]      # addresses that must be there
//! no_files: [...]              # and that must not; `*` stands for anything
//! texts: {index.html: [...]}   # what a page must say, without its tags
//! no_texts: {"*": [...]}       # what must be said nowhere, or not on a page
//! links: {index.html: [...]}   # where a page must lead
//! problems: ["W102 content/…"] # all that is louder than a hint, with `:line`
//! hints: [...]                 # hints that must be given, among others
//! same_as: another-folder      # the site must have the same bytes as that of another
//! ```

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiangtai::base::Severity;
use jiangtai::config::Flags;
use jiangtai::records;
use serde_json::Value;
use support::{Site, build_folder, day, html, said};

const KEYS: &[&str] =
    &["as_of", "drafts", "files", "no_files", "texts", "no_texts", "links", "problems", "hints", "same_as"];

#[test]
fn every_library_becomes_what_is_expected() {
    let mut failures = String::new();
    let folders = folders();
    assert!(folders.len() >= 25, "{} libraries", folders.len());
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for failure in check(&folder) {
            failures += &format!("{name}: {failure}\n");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn check(folder: &Path) -> Vec<String> {
    let expected = expectation(folder);
    let unknown =
        expected.as_object().into_iter().flatten().map(|(key, _)| key).find(|key| !KEYS.contains(&key.as_str()));
    let mut failures: Vec<String> = unknown.map(|key| format!("expect.yaml has no “{key}”")).into_iter().collect();
    let site = site(folder, &expected);
    for pattern in strings(&expected["files"]) {
        if !site.files.keys().any(|name| fits(name, &pattern)) {
            failures.push(format!("no {pattern} among {:#?}", names(&site)));
        }
    }
    for pattern in strings(&expected["no_files"]) {
        let found = site.files.keys().find(|name| fits(name, &pattern));
        failures.extend(found.map(|name| format!("there is {name}")));
    }
    failures.extend(words(&site, &expected));
    failures.extend(problems(&site, &expected));
    failures.extend(html::broken_links(&site.files).into_iter().map(|link| format!("dead link {link}")));
    if let Some(other) = expected["same_as"].as_str() {
        let other = folder.with_file_name(other);
        let theirs = self::site(&other, &expectation(&other));
        let all: BTreeSet<&String> = site.files.keys().chain(theirs.files.keys()).collect();
        let differing = all.into_iter().filter(|name| site.files.get(*name) != theirs.files.get(*name));
        failures.extend(differing.map(|name| format!("{name} differs from that of {}", other.display())));
    }
    failures
}

/// What pages say, do not say, and link to.
fn words(site: &Site, expected: &Value) -> Vec<String> {
    let mut failures = Vec::new();
    let pages = |key: &str| expected[key].as_object().cloned().unwrap_or_default();
    for (page, texts) in pages("texts") {
        let Some(bytes) = site.files.get(&page) else {
            failures.push(format!("no {page} among {:#?}", names(site)));
            continue;
        };
        let visible = html::text(&String::from_utf8_lossy(bytes));
        let missing = strings(&texts).into_iter().filter(|text| !visible.contains(text.as_str()));
        failures.extend(missing.map(|text| format!("{page} does not say “{text}”")));
    }
    for (page, texts) in pages("no_texts") {
        let searched: Vec<_> = site.texts().filter(|(name, _)| fits(name, &page)).collect();
        if searched.is_empty() {
            failures.push(format!("no {page}, which should not say something"));
        }
        for (name, text) in searched {
            let told = strings(&texts).into_iter().find(|word| text.contains(word.as_str()));
            failures.extend(told.map(|word| format!("{name} says “{word}”")));
        }
    }
    for (page, links) in pages("links") {
        let found = html::links(&site.files.get(&page).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default());
        let found: BTreeSet<String> =
            found.iter().filter_map(|link| html::target(&page, link)).map(|(path, _)| path).collect();
        let missing = strings(&links).into_iter().filter(|link| !found.contains(link));
        failures.extend(missing.map(|link| format!("{page} does not lead to {link} but to {found:#?}")));
    }
    failures
}

fn problems(site: &Site, expected: &Value) -> Vec<String> {
    let mut failures = Vec::new();
    let mut wanted = strings(&expected["problems"]);
    wanted.sort();
    if site.problems() != wanted {
        let told: Vec<&String> = site.diagnostics.iter().map(|diagnostic| &diagnostic.message).collect();
        failures.push(format!("problems are {:#?}, not {wanted:#?}: {told:#?}", site.problems()));
    }
    let hints: Vec<String> = site.diagnostics.iter().filter(|one| one.severity == Severity::Hint).map(said).collect();
    let missing = strings(&expected["hints"]).into_iter().filter(|hint| !hints.contains(hint));
    failures.extend(missing.map(|hint| format!("no hint {hint} among {hints:?}")));
    failures
}

fn site(folder: &Path, expected: &Value) -> Site {
    let as_of = expected["as_of"].as_str().unwrap_or("2025-12-31");
    let flags = Flags { as_of: Some(day(as_of)), drafts: expected["drafts"] == true, ..Flags::default() };
    build_folder(folder, &flags)
}

fn expectation(folder: &Path) -> Value {
    let path = folder.join("expect.yaml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    records::tree(&text).unwrap_or_else(|(line, cause)| panic!("{}:{line}: {cause}", path.display()))
}

fn folders() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/libraries");
    let mut found: Vec<PathBuf> =
        fs::read_dir(all).expect("libraries").map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
        .collect()
}

/// Whether a name fits a pattern in which one `*` may stand for anything.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
    }
}

/// The addresses of a site that depend on its content.
fn names(site: &Site) -> Vec<&String> {
    let own = ["units/", "people/", "pages/", "docs/", "notices/", "files/", "domains/", "basis/"];
    site.files
        .keys()
        .filter(|name| own.iter().any(|folder| name.starts_with(folder)) && !name.ends_with("s/index.html"))
        .collect()
}
