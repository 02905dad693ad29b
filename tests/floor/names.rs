//! Names that Chromium 80 does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The names of a kind, such as `properties`.
pub fn newer(kind: &str) -> &'static BTreeSet<&'static str> {
    static NAMES: OnceLock<BTreeMap<&str, BTreeSet<&str>>> = OnceLock::new();
    &NAMES.get_or_init(read)[kind]
}

fn read() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut kind = "";
    for line in include_str!("newer.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => kind = name,
            None => kinds.entry(kind).or_default().extend(line.split_whitespace()),
        }
    }
    kinds
}

#[test]
fn what_came_later_is_known() {
    for (kind, name) in [
        ("properties", "aspect-ratio"),
        ("properties", "inset"),
        ("selectors", "has"),
        ("selectors", "is"),
        ("at-rules", "layer"),
        ("functions", "color-mix"),
        ("units", "dvh"),
        ("members", "replaceAll"),
        ("members", "replaceChildren"),
        ("members", "structuredClone"),
        ("members", "hasOwn"),
        ("members", "findLast"),
        ("members", "at"),
    ] {
        assert!(newer(kind).contains(name), "{kind}: {name}");
    }
    for (kind, name) in [("properties", "grid-gap"), ("selectors", "focus-within"), ("members", "closest")] {
        assert!(!newer(kind).contains(name), "{kind}: {name}");
    }
}
