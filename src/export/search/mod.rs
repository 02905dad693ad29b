//! What can be found, for search software of others: where a library outgrows one
//! machine, OpenSearch, Quickwit or Meilisearch answers instead of the site.
//!
//! Each document carries its text as it stands and twice prepared: `*_grams` in
//! overlapping pairs of characters, which software that only parts at blanks searches
//! as well as our own, and `pinyin` in full and by initials. Nothing is in here that is
//! not on a page.

use serde_json::{Value, json};

use super::Selection;
use crate::base::slug::spoken;
use crate::model::Library;
use crate::search::normalize::{GAP, units};
use crate::search::{Document, Index, Name};

/// The name under which the documents are kept.
const INDEX: &str = "jiangtai";

/// The settings of OpenSearch, Quickwit and Meilisearch for these documents.
const CONFIGURATIONS: [(&str, &str); 3] = [
    ("opensearch.json", include_str!("opensearch.json")),
    ("quickwit.yaml", include_str!("quickwit.yaml")),
    ("meilisearch.json", include_str!("meilisearch.json")),
];

/// How to use what `export search` writes, for admins.
const MANUAL: &str = include_str!("说明.txt");

/// The documents of the site's search, in its order.
pub fn searchable(library: &Library, index: &Index, selection: Selection) -> Vec<Value> {
    let unit = selection.unit.map(|id| library.unit(id).name.as_str());
    let meant = |document: &&Document| {
        let entry = &document.entry;
        unit.is_none_or(|unit| entry.unit.as_deref() == Some(unit))
            && selection.year.is_none_or(|year| entry.year == Some(year))
    };
    index.documents.iter().filter(meant).map(fields).collect()
}

/// A document a line.
pub fn ndjson(documents: &[Value]) -> Vec<u8> {
    documents.iter().flat_map(|document| format!("{document}\n").into_bytes()).collect()
}

/// Everything that somebody needs who sets up one of the three: documents, the same as
/// a request to `_bulk`, settings and a manual.
pub fn kit(documents: &[Value]) -> Vec<(&'static str, Vec<u8>)> {
    let action = |document: &Value| json!({"index": {"_index": INDEX, "_id": document["id"]}});
    let bulk = documents.iter().flat_map(|document| format!("{}\n{document}\n", action(document)).into_bytes());
    let mut files = vec![("documents.ndjson", ndjson(documents)), ("bulk.ndjson", bulk.collect())];
    files.extend(CONFIGURATIONS.map(|(name, text)| (name, text.as_bytes().to_vec())));
    files.push(("说明.txt", MANUAL.as_bytes().to_vec()));
    files
}

fn fields(document: &Document) -> Value {
    let Document { entry, text, .. } = document;
    let joined = |is_heading: bool| {
        let blocks = text.blocks.iter().filter(|block| block.is_heading == is_heading);
        blocks.map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let (headings, body) = (joined(true), joined(false));
    json!({
        // Meilisearch takes letters, digits and hyphens only.
        "id": &blake3::hash(entry.path.as_str().as_bytes()).to_hex()[..16],
        "url": entry.path.as_str(),
        "title": text.title,
        "kind": entry.kind.key(),
        "unit": entry.unit,
        "year": entry.year,
        "domain": entry.domain,
        "abilities": entry.abilities,
        "instructors": entry.instructors,
        "honours": entry.honours.iter().map(|honour| honour.key()).collect::<Vec<_>>(),
        "summary": document.summary(),
        "facts": text.meta,
        "headings": headings,
        "body": body,
        "title_grams": grams(&text.title),
        "facts_grams": grams(&text.meta.join("\n")),
        "headings_grams": grams(&headings),
        "body_grams": grams(&body),
        "pinyin": entry.names.iter().flat_map(sounds).collect::<Vec<_>>(),
    })
}

/// Han in overlapping pairs, everything else in words, parted by blanks and folded as
/// in the site's own search. No pair reaches from one line into the next.
pub fn grams(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let lines: Vec<Vec<u16>> = text.lines().map(units).collect();
    for run in lines.iter().flat_map(|line| line.split(|unit| *unit == GAP)) {
        let run: Vec<char> = String::from_utf16_lossy(run).chars().collect();
        for part in run.chunk_by(|one, other| is_word(*one) == is_word(*other)) {
            match part {
                [first, ..] if is_word(*first) => out.push(part.iter().collect()),
                [only] => out.push(only.to_string()),
                _ => out.extend(part.windows(2).map(|pair| pair.iter().collect::<String>())),
            }
        }
    }
    out.join(" ")
}

/// Whether a character belongs to a word that is not cut: a letter or digit that is
/// neither Han nor kana.
fn is_word(c: char) -> bool {
    c < '\u{2e80}'
}

/// A name in pinyin: by syllables, in one word, and by initials.
fn sounds(name: &Name) -> Vec<String> {
    let ways = spoken(&name.text, name.is_person);
    let syllables: Vec<&str> = ways.iter().filter_map(|ways| ways.first()).map(String::as_str).collect();
    let initials = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    vec![syllables.join(" "), syllables.concat(), initials]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_stands_in_pairs_and_words_stay_whole() {
        assert_eq!(grams("退一赔三"), "退一 一赔 赔三");
        assert_eq!(grams("用 Excel 2016，秤"), "用 excel2016 秤");
        assert_eq!(grams("網格"), "网格");
        assert_eq!(grams("甲乙\n丙丁"), "甲乙 丙丁");
        assert_eq!(grams("，。"), "");
    }

    #[test]
    fn names_are_said_in_three_ways() {
        let name = Name { text: "单小雪".into(), is_person: true };
        assert_eq!(sounds(&name), ["shan xiao xue", "shanxiaoxue", "sxx"]);
    }
}
