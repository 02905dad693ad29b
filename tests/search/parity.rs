//! The browser's engine gives what Rust gives over tantivy: the same documents in the
//! same order, with the same tiers, weights, counts and excerpts.

use jiangtai::search::layout::PageText;
use jiangtai::search::{Query, Request, answer, excerpt, search};
use serde_json::{Value, json};

use crate::collection::{Shelf, paragraphs, sample};
use crate::substrings::{Dice, cut, retyped};

/// The hits of Rust as the browser's engine tells them.
fn hits(shelf: &Shelf, query: &Query) -> Vec<Value> {
    let hits = search(&shelf.engine, query);
    let hit = |hit: &jiangtai::search::Hit| json!({"document": hit.document, "tier": hit.tier.key(), "sub": hit.sub, "score": hit.score});
    hits.iter().map(hit).collect()
}

/// Asks both, compares everything, and says how many hits there were.
fn same(shelf: &Shelf, typed: &str, filters: &[(&str, &str)]) -> usize {
    let query = Query::new(typed);
    let mut given = json!({});
    for (facet, value) in filters {
        match given.get_mut(facet).and_then(Value::as_array_mut) {
            Some(values) => values.push(json!(value)),
            None => given[*facet] = json!([value]),
        }
    }
    let told = shelf.scripts().call("ask", &json!([typed, given]));
    assert_eq!(told["missing"], json!([]), "{typed:?}");
    let units = |units: &Vec<u16>| String::from_utf16(units).expect("units of whole characters");
    let variants: Vec<String> = query.variants.iter().map(units).collect();
    let parts: Vec<String> = query.parts.iter().map(units).collect();
    assert_eq!(told["query"], json!({"text": query.text, "variants": variants, "parts": parts}), "{typed:?}");
    let request = Request {
        words: typed.to_owned(),
        filters: filters.iter().map(|(facet, value)| ((*facet).to_owned(), (*value).to_owned())).collect(),
        limit: 3,
        offset: 0,
    };
    let answer = answer(&shelf.engine, &request);
    assert_eq!((&told["total"], &told["exact"]), (&json!(answer.total), &json!(answer.exact)), "{typed:?}");
    assert_eq!(told["facets"], answer.facets, "{typed:?} {filters:?}");
    let found = told["hits"].as_array().expect("hits");
    if filters.is_empty() {
        assert_eq!(found, &hits(shelf, &query), "{typed:?}");
    }
    for (hit, result) in found.iter().zip(&answer.results) {
        let number = hit["document"].as_u64().expect("a number");
        let page = &shelf.index.documents[number as usize].text;
        same_excerpt(shelf, number, page, &query, &told["query"]);
        let facts = &shelf.scripts().call("facts", &json!([[number]]))[0];
        for key in ["url", "title", "kind", "instructors", "honours"] {
            assert_eq!(facts[key], result[key], "{typed:?} {key}");
        }
        assert_eq!(hit["tier"], result["tier"]);
    }
    found.len()
}

fn same_excerpt(shelf: &Shelf, document: u64, page: &PageText, query: &Query, told: &Value) {
    let ours = shelf.scripts().call("excerpt", &json!([document, told]));
    let theirs = excerpt(page, query);
    assert_eq!(
        (&ours["text"], &ours["anchor"], &ours["place"]),
        (&json!(theirs.text), &json!(theirs.anchor), &json!(theirs.place)),
        "{:?}",
        query.text
    );
}

/// One to three pieces of the library, or something else that people type.
fn typed(shelf: &Shelf, dice: &mut Dice) -> String {
    let (piece, _) = cut(shelf, dice);
    match dice.below(10) {
        0 => format!("{piece} {}", cut(shelf, dice).0),
        1 => format!("{}，{piece} {}", cut(shelf, dice).0, cut(shelf, dice).0),
        2 => pinyin(&piece, dice),
        3 => format!("第{}条", 1 + dice.below(120)),
        4 => format!("{piece}{}", ["Excel", "12315", "ppt", "GB/T 9704"][dice.below(4)]),
        _ => retyped(&piece, dice),
    }
}

/// What is typed for Han by their sound, in full or by initials.
fn pinyin(text: &str, dice: &mut Dice) -> String {
    let slug = jiangtai::base::slug::slug(text);
    let syllables = slug.split('-');
    match dice.below(3) {
        0 => syllables.collect(),
        1 => syllables.filter_map(|syllable| syllable.chars().next()).collect(),
        _ => syllables.collect::<Vec<_>>().join(" "),
    }
}

fn law(shelf: &Shelf, seed: u64, count: usize) {
    let mut dice = Dice::new(seed);
    let mut found = 0;
    for _ in 0..count {
        found += usize::from(same(shelf, &typed(shelf, &mut dice), &[]) > 0);
    }
    assert!(found * 10 > count * 9, "only {found} of {count} queries have any result");
}

#[test]
fn both_engines_answer_alike_over_the_sample() {
    law(sample(), 31, 1500);
}

#[test]
fn both_engines_answer_alike_over_a_thousand_pages() {
    law(&paragraphs().0, 32, 1000);
}

/// Any of the values of a facet, and that for each facet.
#[test]
fn both_engines_filter_and_count_alike() {
    let filters: [&[(&str, &str)]; 6] = [
        &[("kind", "lesson")],
        &[("kind", "lesson"), ("kind", "year")],
        &[("kind", "lesson"), ("year", "2025"), ("year", "2024")],
        &[("unit", "城东分局"), ("unit", "城西分局"), ("kind", "lesson")],
        &[("instructor", "沈惊蛰"), ("honour", "excellent-courseware")],
        &[("year", "1999")],
    ];
    for typed in ["调解", "听证 五日", "网格", "wangge", "沈惊蛰"] {
        for filter in filters {
            same(sample(), typed, filter);
        }
    }
}
