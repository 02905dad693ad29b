//! Names by their sound: pinyin in full, by initials, or both in turn.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::entries::Entry;
use crate::base::slug::{readings, spoken};
use crate::base::text::is_han;

/// The readings of a character that count, the likeliest first.
const READINGS: usize = 3;
/// How many syllables of a name are kept from each of them on.
const SYLLABLES: usize = 6;
/// Stands for the syllables that are not kept.
const REST: &str = "+";

/// For each two letters the names in which two following syllables begin with them,
/// from there on, and the documents that are called so.
pub type Sounds = BTreeMap<String, BTreeMap<String, BTreeSet<u32>>>;

/// The sounds of all names.
pub(super) fn sounds<'e>(entries: impl Iterator<Item = &'e Entry>) -> Sounds {
    let mut names: BTreeMap<(&str, bool), BTreeSet<u32>> = BTreeMap::new();
    for (document, entry) in entries.enumerate() {
        for name in &entry.names {
            names.entry((&name.text, name.is_person)).or_default().insert(document as u32);
        }
    }
    let said: Vec<Vec<Vec<String>>> = names.par_iter().map(|((text, is_person), _)| spoken(text, *is_person)).collect();
    let mut sounds = Sounds::new();
    for (documents, mut ways) in names.into_values().zip(said) {
        ways.iter_mut().for_each(|ways| ways.truncate(READINGS));
        for at in 0..ways.len() {
            let mut suffix: Vec<String> = ways[at..].iter().take(SYLLABLES).map(|ways| ways.join("/")).collect();
            if at + SYLLABLES < ways.len() {
                suffix.push(REST.to_owned());
            }
            let suffix = suffix.join(" ");
            for key in keys(&ways, at) {
                sounds.entry(key).or_default().entry(suffix.clone()).or_default().extend(&documents);
            }
        }
    }
    sounds
}

/// The keys under which a name is found from a syllable on.
fn keys(ways: &[Vec<String>], at: usize) -> BTreeSet<String> {
    let initials = |at: usize| ways.get(at).into_iter().flatten().filter_map(|way| way.chars().next());
    let mut keys = BTreeSet::new();
    for first in initials(at).filter(char::is_ascii_alphabetic) {
        match ways.get(at + 1) {
            None => drop(keys.insert(format!("{first}_"))),
            Some(_) => keys.extend(initials(at + 1).map(|second| format!("{first}{second}"))),
        }
        if at == 0 {
            keys.insert(format!("{first}^"));
        }
    }
    keys
}

/// The keys under which what was typed may stand: its first letter with each of the
/// next six, whichever of them begins the second syllable.
pub(super) fn keys_of_query(typed: &str) -> BTreeSet<String> {
    let mut letters = typed.chars();
    let Some(first) = letters.next() else { return BTreeSet::new() };
    let mut keys: BTreeSet<String> = letters.take(6).map(|second| format!("{first}{second}")).collect();
    keys.insert(format!("{first}_"));
    keys.insert(format!("{first}^"));
    keys
}

/// How what was typed matches a name: with whole syllables, or by some initials;
/// `None` if not.
pub(super) fn matches(typed: &str, suffix: &str, key: &str) -> Option<bool> {
    let syllables: Vec<Vec<&str>> = suffix.split(' ').map(|ways| ways.split('/').collect()).collect();
    let within = if key.ends_with('^') { 1 } else { syllables.len() };
    consume(typed, &syllables[..within])
}

fn consume(typed: &str, syllables: &[Vec<&str>]) -> Option<bool> {
    if typed.is_empty() {
        return Some(true);
    }
    let (ways, rest) = syllables.split_first()?;
    if ways.first() == Some(&REST) {
        return Some(true);
    }
    let mut found = None;
    for way in ways {
        let whole = typed.strip_prefix(way).and_then(|left| consume(left, rest));
        let cut = way.starts_with(typed).then_some(*way == typed);
        let initials = [way.get(..1), ["zh", "ch", "sh"].into_iter().find(|two| way.starts_with(two))];
        let short = initials
            .into_iter()
            .flatten()
            .filter(|initial| initial != way)
            .filter_map(|initial| typed.strip_prefix(initial))
            .any(|left| consume(left, rest).is_some());
        let best = [whole, cut, short.then_some(false)].into_iter().flatten().max();
        found = found.max(best);
    }
    found
}

/// What is typed as pinyin: letters alone, at least two.
pub(super) fn typed(query: &str) -> Option<String> {
    let letters: String = query
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .map(|c| if c == 'ü' { 'v' } else { c })
        .collect();
    let fits = (2..=40).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then_some(letters)
}

/// For each syllable the characters that are said so: those of the library, the most
/// frequent first, then others that somebody may type by mistake.
pub(super) fn homophones(frequencies: &BTreeMap<char, u64>) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<char, u64> = common().map(|c| (c, 0)).collect();
    counts.extend(frequencies.iter().filter(|(c, _)| is_han(**c)));
    let mut said: BTreeMap<String, Vec<(u64, char)>> = BTreeMap::new();
    for (c, count) in counts {
        for syllable in readings(c).into_iter().take(READINGS) {
            said.entry(syllable).or_default().push((count, c));
        }
    }
    said.into_iter()
        .map(|(syllable, mut characters)| {
            characters.sort_by_key(|(count, c)| (std::cmp::Reverse(*count), *c));
            (syllable, characters.into_iter().map(|(_, c)| c).collect())
        })
        .collect()
}

/// The 3,755 characters of the first level of GB 2312, which everybody types.
fn common() -> impl Iterator<Item = char> {
    let bytes = (0xb0..=0xd7u8).flat_map(|row| (0xa1..=0xfeu8).flat_map(move |cell| [row, cell])).collect::<Vec<u8>>();
    let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
    text.chars().filter(|c| is_han(*c)).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_typed_by_mistake_have_their_sound() {
        assert_eq!(common().count(), 3755);
        let said = homophones(&BTreeMap::from([('安', 9), ('岸', 3)]));
        assert!(said["an"].starts_with("安岸") && said["an"].contains('按'), "{}", said["an"]);
    }

    #[test]
    fn names_are_found_in_full_by_initials_and_by_both() {
        let suffix = "wang ge xun cha/chai";
        assert_eq!(matches("wanggexuncha", suffix, "wg"), Some(true));
        assert_eq!(matches("wanggexunc", suffix, "wg"), Some(false));
        assert_eq!(matches("wgxc", suffix, "wg"), Some(false));
        assert_eq!(matches("wanggxuncha", suffix, "wg"), Some(false));
        assert_eq!(matches("wgch", suffix, "wg"), None);
        assert_eq!(matches("zhch", "zhang/chang chao", "zc"), Some(false));
        assert_eq!(matches("wang", suffix, "w^"), Some(true));
        assert_eq!(matches("abcdefgh", "a bc d ef g", "ab"), None);
        assert_eq!(matches("abcdefgh", "a bc d ef g +", "ab"), Some(true));
        assert_eq!(matches("wangge", suffix, "w^"), None);
    }

    #[test]
    fn letters_alone_are_pinyin() {
        assert_eq!(typed("Wang ge'"), Some("wangge".to_owned()));
        assert_eq!(typed("网格xc"), None);
        assert_eq!(typed("a"), None);
    }
}
