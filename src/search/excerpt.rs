//! The words around a hit.

use super::layout::{Block, PageText};
use super::normalize::units_in_place;
use super::query::Query;

/// About how many characters an excerpt has.
const LENGTH: usize = 110;

/// The place of a text that says most of a query, with a few words around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The words.
    pub text: String,
    /// The id to which the place belongs; empty without one.
    pub anchor: String,
    /// The file and page of an attachment in which it stands; else empty.
    pub place: String,
}

/// Finds the place: the first one with the whole query, else the first one with the
/// most parts of it. Without any, the words are empty.
pub fn excerpt(text: &PageText, query: &Query) -> Excerpt {
    let whole = query.variants.iter().find_map(|variant| best(text, &[variant]));
    let parts: Vec<&[u16]> = query.parts.iter().map(Vec::as_slice).collect();
    whole.or_else(|| best(text, &parts)).unwrap_or_default()
}

/// The first place with the most of some phrases, from the first of them on.
fn best(text: &PageText, phrases: &[&[u16]]) -> Option<Excerpt> {
    let mut found: Option<(usize, usize, &Block)> = None;
    for block in &text.blocks {
        let (units, places) = units_in_place(&block.text);
        let place = |phrase: &&[u16]| units.windows(phrase.len().max(1)).position(|window| window == *phrase);
        let held: Vec<usize> = phrases.iter().filter_map(place).collect();
        if held.len() > found.map_or(0, |(count, ..)| count) {
            let first = held.iter().min().and_then(|first| places.get(*first)).copied().unwrap_or(0);
            found = Some((held.len(), first, block));
        }
        if held.len() == phrases.len() {
            break;
        }
    }
    let (_, first, block) = found?;
    Some(Excerpt { text: around(&block.text, first), anchor: block.anchor.clone(), place: block.place.clone() })
}

/// Some characters around a byte of a text.
fn around(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().collect();
    let start = before.len().saturating_sub(LENGTH / 3);
    let head: String = before[start..].iter().collect();
    let left = LENGTH - (before.len() - start);
    let tail: String = text[at..].chars().take(left).collect();
    let more = text[at..].chars().nth(left).is_some();
    format!("{}{head}{tail}{}", if start > 0 { "…" } else { "" }, if more { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_with_the_whole_query_goes_first() {
        let block = |anchor: &str, text: &str| Block { anchor: anchor.into(), text: text.into(), ..Block::default() };
        let text = PageText {
            blocks: vec![block("a", "价款"), block("b", "增加赔偿：價款的三倍")],
            ..PageText::default()
        };
        let found = excerpt(&text, &Query::new("价款的三倍"));
        assert_eq!((found.anchor.as_str(), found.text.as_str()), ("b", "增加赔偿：價款的三倍"));
        assert_eq!(excerpt(&text, &Query::new("没有的话")), Excerpt::default());
        assert_eq!(excerpt(&text, &Query::new("三倍 价款 没有")).anchor, "b", "most of the words");
        let long = "字".repeat(300);
        assert_eq!(around(&long, "字".len() * 150).chars().count(), LENGTH + 2);
    }
}
