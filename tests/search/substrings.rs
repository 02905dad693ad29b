//! Recall and precision of what is called exact are both 1: the judge is a plain search
//! of the text.

use std::collections::BTreeSet;

use jiangtai::search::normalize::units;
use jiangtai::search::{Hit, Query, search};

use crate::collection::{Shelf, paragraphs, sample};

/// Numbers that look like chance and are the same every time (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }
}

/// One to ten characters of a document, cut anywhere, and the document.
pub fn cut(shelf: &Shelf, dice: &mut Dice) -> (String, u32) {
    loop {
        let at = dice.below(shelf.index.documents.len());
        let text = &shelf.index.documents[at].text;
        let strings: Vec<&str> = std::iter::once(text.title.as_str())
            .chain(text.meta.iter().map(String::as_str))
            .chain(text.blocks.iter().map(|block| block.text.as_str()))
            .collect();
        let characters: Vec<char> = strings[dice.below(strings.len())].chars().collect();
        let start = dice.below(characters.len());
        let length = 1 + dice.below(10);
        let piece: String = characters.iter().skip(start).take(length).collect();
        if !units(&piece).is_empty() {
            return (piece, at as u32);
        }
    }
}

/// As somebody might type it: wide, in capitals, with spaces in it.
pub fn retyped(text: &str, dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => text.chars().map(|c| if c.is_ascii_graphic() { wide(c) } else { c }).collect(),
        1 => text.to_uppercase(),
        2 => format!("  {text}\u{3000}"),
        _ => text.to_owned(),
    }
}

fn wide(c: char) -> char {
    char::from_u32(c as u32 + 0xfee0).unwrap_or(c)
}

/// The documents in whose units a query, or its other way of writing numbers, stands.
fn judged(shelf: &Shelf, query: &Query) -> BTreeSet<u32> {
    let holds = |units: &[u16]| query.variants.iter().any(|phrase| units.windows(phrase.len()).any(|w| w == phrase));
    let documents = shelf.index.documents.iter().zip(0u32..);
    documents.filter(|(document, _)| holds(&document.layout.whole())).map(|(_, at)| at).collect()
}

fn law(shelf: &Shelf, seed: u64, count: usize) {
    let mut dice = Dice::new(seed);
    for _ in 0..count {
        let (piece, from) = cut(shelf, &mut dice);
        let typed = retyped(&piece, &mut dice);
        let query = Query::new(&typed);
        let judged = judged(shelf, &query);
        let hits = search(&shelf.engine, &query);
        let found: BTreeSet<u32> = hits.iter().map(|hit| hit.document).collect();
        let is_exact = |hit: &&Hit| hit.tier.is_exact();
        let exact: BTreeSet<u32> = hits.iter().filter(is_exact).map(|hit| hit.document).collect();
        assert!(found.contains(&from), "{typed:?} of {} is not found", shelf.url(from));
        assert!(judged.is_subset(&found), "{typed:?}: {:?}", judged.difference(&found));
        assert!(exact.is_subset(&judged), "{typed:?}: {:?}", exact.difference(&judged));
        // A name that sounds so goes before a text that holds it, and nothing else does.
        let later = hits.iter().filter(|hit| judged.contains(&hit.document) && !hit.tier.is_exact());
        for hit in later {
            assert_eq!(hit.tier, jiangtai::search::Tier::Sound, "{typed:?}: {}", shelf.url(hit.document));
        }
    }
}

#[test]
fn any_piece_of_the_sample_is_found() {
    law(sample(), 20_251_124, 2000);
}

#[test]
fn any_piece_of_a_thousand_pages_is_found() {
    law(&paragraphs().0, 7, 1500);
}

#[test]
fn a_piece_of_a_title_gives_that_page_first() {
    for shelf in [sample(), &paragraphs().0] {
        let mut dice = Dice::new(99);
        for document in &shelf.index.documents {
            let title: Vec<char> = document.text.title.chars().collect();
            if title.len() < 5 {
                continue;
            }
            let length = (5 + dice.below(5)).min(title.len());
            let start = dice.below(title.len() - length + 1);
            let piece: String = title[start..start + length].iter().collect();
            let phrase = units(&piece);
            if phrase.len() < 2 {
                continue;
            }
            let first = search(&shelf.engine, &Query::new(&piece)).first().map(|hit| hit.document);
            let first = &shelf.index.documents[first.expect("something is found") as usize];
            let holds = units(&first.text.title).windows(phrase.len()).any(|w| w == phrase);
            assert!(holds, "{piece:?} gives {:?} first", first.text.title);
        }
    }
}
