//! Which documents answer a query, and in which order. The browser does the same over
//! the static shards; tests hold both against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{BODY, META};
use super::normalize::GAP;
use super::postings::{Key, LOOKED_AT, Posting, pair, single, terms_at};
use super::query::{Query, is_han, is_latin};
use super::score::Scale;
use super::sounds::{keys_of_query, matches, typed};

/// A unit alone says too little for partial matches when more than one document in so
/// many has it; its list would be the dearest to load (MRR@10 0.980 with all of them,
/// 0.981 so).
const COMMON: usize = 8;
/// How many terms of a query count for partial matches.
const TERMS: usize = 40;
/// How many partial matches are given.
const PARTIAL: usize = 100;
/// The least share of what the pairs of a query say that a partial match has, in
/// hundredths.
const SHARE: u64 = 10;
/// The same, of what the pairs say that the best partial match has. Questions in full
/// sentences share few pairs with their answers: with a bare 30 of the query's, as
/// before, an answer in twenty to the DRCD questions was lost (MRR@10 0.949, now 0.980).
const SHARE_OF_BEST: u64 = 40;

/// The lists of an index.
pub trait Lists {
    /// How many documents there are.
    fn documents(&self) -> u32;
    /// How many units they have on average.
    fn average(&self) -> u32;
    /// The class of a document's length.
    fn class(&self, document: u32) -> u8;
    /// The documents that have a term, in their order.
    fn list(&self, term: Key) -> Vec<Posting>;
    /// Where a term stands in each of some documents, which have it.
    fn positions(&self, term: Key, documents: &[u32]) -> Vec<Vec<u32>>;
    /// All units of a document at their positions.
    fn units(&self, document: u32) -> Vec<u16>;
    /// The names that are said so from a syllable on, with their documents.
    fn sounds(&self, key: &str) -> Vec<(String, Vec<u32>)>;
}

/// How well a document answers, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The query stands in the title.
    Title = 1,
    /// The query stands in a heading or a fact.
    Heading = 2,
    /// A name of it sounds like the query.
    Sound = 3,
    /// The query stands in the text.
    Body = 4,
    /// All words of the query stand in it.
    Parts = 5,
    /// Some of the query stands in it.
    Partial = 6,
}

/// A document that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: u32,
    /// How well it answers.
    pub tier: Tier,
    /// Within the tier: 3 for a title that is the query, 2 for one that begins with it
    /// and for sounds in full, 1 otherwise.
    pub sub: u8,
    /// Within that, how much the query weighs in the document.
    pub score: u64,
}

/// All documents that answer, the best first.
pub fn search(lists: &impl Lists, query: &Query) -> Vec<Hit> {
    let search = Search { lists, scale: Scale::new(lists.documents(), lists.average()) };
    let mut best = BTreeMap::new();
    for variant in &query.variants {
        for hit in search.phrase(variant) {
            keep(&mut best, hit);
        }
    }
    if let Some(letters) = typed(&query.text) {
        for (document, whole) in search.sounding(&letters) {
            keep(&mut best, Hit { document, tier: Tier::Sound, sub: if whole { 2 } else { 1 }, score: 0 });
        }
    }
    if !query.parts.is_empty() {
        for (document, score) in search.all_parts(&query.parts) {
            keep(&mut best, Hit { document, tier: Tier::Parts, sub: 0, score });
        }
    }
    // Lists of pairs are dear to load for a browser, and what holds the words goes
    // before what holds some of them: these are for those who would find nothing.
    if best.is_empty() {
        for (document, score) in search.partial(query.whole()) {
            keep(&mut best, Hit { document, tier: Tier::Partial, sub: 0, score });
        }
    }
    let mut hits: Vec<Hit> = best.into_values().collect();
    hits.sort_by_key(|hit| (rank(hit), hit.document));
    hits
}

/// What goes before what.
fn rank(hit: &Hit) -> (Tier, std::cmp::Reverse<(u8, u64)>) {
    (hit.tier, std::cmp::Reverse((hit.sub, hit.score)))
}

fn keep(best: &mut BTreeMap<u32, Hit>, hit: Hit) {
    let known = best.entry(hit.document).or_insert(hit);
    if rank(&hit) < rank(known) {
        *known = hit;
    }
}

struct Search<'l, L> {
    lists: &'l L,
    scale: Scale,
}

/// A term of a phrase and where it stands in it.
#[derive(Clone, Copy)]
struct Term {
    key: Key,
    offset: u32,
}

/// A document that has all terms of a phrase.
#[derive(Clone, Copy)]
struct Candidate {
    document: u32,
    /// Whether the last term ends the title.
    ends: bool,
}

/// A document in which a phrase stands.
struct Found {
    candidate: Candidate,
    /// Where it stands first.
    first: u32,
    /// How often.
    occurrences: u32,
}

impl<L: Lists> Search<'_, L> {
    /// The documents in which a phrase stands.
    fn phrase(&self, phrase: &[u16]) -> Vec<Hit> {
        let terms = cover(phrase);
        match terms.as_slice() {
            [] => Vec::new(),
            [only] => self.alone(only.key),
            _ => self.several(phrase, &terms),
        }
    }

    fn weight(&self, frequency: usize, document: u32, occurrences: u32) -> u64 {
        let class = self.lists.class(document);
        self.scale.weight(u32::try_from(frequency).unwrap_or(u32::MAX), occurrences, class)
    }

    /// A phrase of a single term: its list says everything.
    fn alone(&self, term: Key) -> Vec<Hit> {
        let list = self.lists.list(term);
        let hit = |posting: &Posting| {
            let fields = posting.fields;
            let (tier, sub) = match (fields.title, fields.heading) {
                (true, _) if fields.starts && fields.ends => (Tier::Title, 3),
                (true, _) if fields.starts => (Tier::Title, 2),
                (true, _) => (Tier::Title, 1),
                (false, true) => (Tier::Heading, 0),
                (false, false) => (Tier::Body, 0),
            };
            Hit {
                document: posting.document,
                tier,
                sub,
                score: self.weight(list.len(), posting.document, posting.occurrences),
            }
        };
        list.iter().map(hit).collect()
    }

    /// A phrase of several terms weighs like a term of its own: by how many documents
    /// have it and how often, however that was found out.
    fn several(&self, phrase: &[u16], terms: &[Term]) -> Vec<Hit> {
        let candidates = self.candidates(terms);
        let found: Vec<Found> = if candidates.len() <= LOOKED_AT as usize {
            candidates.into_iter().filter_map(|candidate| self.look(phrase, candidate)).collect()
        } else {
            self.by_positions(terms, &candidates)
        };
        let hit = |Found { candidate, first, occurrences }: &Found| {
            let Candidate { document, ends } = *candidate;
            let (tier, sub) = match *first as usize {
                0 if ends => (Tier::Title, 3),
                0 => (Tier::Title, 2),
                at if at < META => (Tier::Title, 1),
                at if at < BODY => (Tier::Heading, 0),
                _ => (Tier::Body, 0),
            };
            Hit { document, tier, sub, score: self.weight(found.len(), document, *occurrences) }
        };
        found.iter().map(hit).collect()
    }

    /// The documents that have all terms.
    fn candidates(&self, terms: &[Term]) -> Vec<Candidate> {
        let lists: Vec<Vec<Posting>> = terms.iter().map(|term| self.lists.list(term.key)).collect();
        let Some(shortest) = lists.iter().min_by_key(|list| list.len()) else { return Vec::new() };
        let candidate = |document: u32| {
            let mut ends = false;
            for list in &lists {
                let at = list.binary_search_by_key(&document, |posting| posting.document).ok()?;
                ends = list[at].fields.ends;
            }
            Some(Candidate { document, ends })
        };
        shortest.iter().filter_map(|posting| candidate(posting.document)).collect()
    }

    /// Looks for the phrase in the text of a document.
    fn look(&self, phrase: &[u16], candidate: Candidate) -> Option<Found> {
        let units = self.lists.units(candidate.document);
        let mut places = units.windows(phrase.len()).zip(0u32..).filter(|(window, _)| *window == phrase);
        let (_, first) = places.next()?;
        Some(Found { candidate, first, occurrences: 1 + places.count() as u32 })
    }

    fn by_positions(&self, terms: &[Term], candidates: &[Candidate]) -> Vec<Found> {
        let documents: Vec<u32> = candidates.iter().map(|candidate| candidate.document).collect();
        let positions: Vec<Vec<Vec<u32>>> =
            terms.iter().map(|term| self.lists.positions(term.key, &documents)).collect();
        let look = |(at, candidate): (usize, &Candidate)| {
            let offset = terms[0].offset;
            let starts = positions[0][at].iter().filter_map(|position| position.checked_sub(offset));
            let fits = |start: &u32| {
                terms
                    .iter()
                    .zip(&positions)
                    .skip(1)
                    .all(|(term, all)| all[at].binary_search(&(start + term.offset)).is_ok())
            };
            let mut places = starts.filter(fits);
            let first = places.next()?;
            Some(Found { candidate: *candidate, first, occurrences: 1 + places.count() as u32 })
        };
        candidates.iter().enumerate().filter_map(look).collect()
    }

    /// The documents with a name that sounds so; whether in full.
    fn sounding(&self, letters: &str) -> BTreeMap<u32, bool> {
        let mut found: BTreeMap<u32, bool> = BTreeMap::new();
        for key in keys_of_query(letters) {
            for (suffix, documents) in self.lists.sounds(&key) {
                if let Some(whole) = matches(letters, &suffix, &key) {
                    for document in documents {
                        *found.entry(document).or_default() |= whole;
                    }
                }
            }
        }
        found
    }

    /// The documents that have all words, with the sum of their weights.
    fn all_parts(&self, parts: &[Vec<u16>]) -> BTreeMap<u32, u64> {
        let mut all: Option<BTreeMap<u32, u64>> = None;
        for part in parts {
            let mut found: BTreeMap<u32, u64> =
                self.phrase(part).into_iter().map(|hit| (hit.document, hit.score)).collect();
            if part.len() >= 2 && part.iter().all(|unit| is_latin(*unit)) {
                for document in self.sounding(&String::from_utf16_lossy(part)).into_keys() {
                    found.entry(document).or_default();
                }
            }
            all = Some(match all {
                None => found,
                Some(so_far) => {
                    let both = |(document, score): (u32, u64)| Some((document, score + found.get(&document)?));
                    so_far.into_iter().filter_map(both).collect()
                }
            });
        }
        all.unwrap_or_default()
    }

    /// The documents that have enough of the query's pairs.
    fn partial(&self, whole: &[u16]) -> Vec<(u32, u64)> {
        let (pairs, singles) = partial_terms(whole);
        let mut scores: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        let mut said = 0;
        for (term, is_pair) in pairs.iter().map(|term| (*term, true)).chain(singles.iter().map(|term| (*term, false))) {
            let list = self.lists.list(term);
            let is_common = list.len() * COMMON > self.lists.documents() as usize;
            if list.is_empty() || !is_pair && is_common {
                continue;
            }
            let rarity = self.scale.rarity(u32::try_from(list.len()).unwrap_or(u32::MAX));
            said += if is_pair { rarity } else { 0 };
            for posting in &list {
                let entry = scores.entry(posting.document).or_default();
                entry.0 += self.weight(list.len(), posting.document, posting.occurrences);
                entry.1 += if is_pair { rarity } else { 0 };
            }
        }
        let most = scores.values().map(|(_, matched)| *matched).max().unwrap_or(0);
        let enough =
            |matched: u64| matched > 0 && matched * 100 >= SHARE * said && matched * 100 >= SHARE_OF_BEST * most;
        let kept = scores.into_iter().filter(|(_, (_, matched))| enough(*matched));
        let mut best: Vec<(u32, u64)> = kept.map(|(document, (score, _))| (document, score)).collect();
        best.sort_by_key(|(document, score)| (std::cmp::Reverse(*score), *document));
        best.truncate(PARTIAL);
        best
    }
}

/// The terms that cover a phrase: in each run every second pair and the last one, and
/// the crossings between runs. A unit alone covers itself.
fn cover(phrase: &[u16]) -> Vec<Term> {
    if let [unit] = phrase {
        return vec![Term { key: single(*unit), offset: 0 }];
    }
    let mut terms = Vec::new();
    let mut start = 0;
    for (at, unit) in phrase.iter().enumerate() {
        if *unit == GAP {
            start = at + 1;
            continue;
        }
        let ends_run = phrase.get(at + 2).is_none_or(|after| *after == GAP);
        let is_crossing = phrase.get(at + 1) == Some(&GAP);
        if is_crossing || ends_run || (at - start).is_multiple_of(2) {
            let longer = terms_at(phrase, at).and_then(|(_, longer)| longer);
            terms.extend(longer.map(|key| Term { key, offset: at as u32 }));
        }
    }
    terms
}

/// The pairs of a query and its Han units, each once.
fn partial_terms(whole: &[u16]) -> (Vec<Key>, Vec<Key>) {
    let distinct = |terms: Vec<Key>| {
        let mut seen = BTreeSet::new();
        terms.into_iter().filter(|term| seen.insert(*term)).take(TERMS).collect::<Vec<_>>()
    };
    let pairs = whole.windows(2).filter(|two| !two.contains(&GAP)).map(|two| pair(two[0], two[1]));
    let singles = whole.iter().filter(|unit| is_han(**unit)).map(|unit| single(*unit));
    (distinct(pairs.collect()), distinct(singles.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::postings::crossing;

    fn offsets(phrase: &str) -> Vec<u32> {
        let units: Vec<u16> = phrase.encode_utf16().collect();
        cover(&units).into_iter().map(|term| term.offset).collect()
    }

    #[test]
    fn a_phrase_is_covered_by_every_second_pair() {
        assert_eq!(offsets("甲"), [0]);
        assert_eq!(offsets("甲乙"), [0]);
        assert_eq!(offsets("甲乙丙"), [0, 1]);
        assert_eq!(offsets("甲乙丙丁"), [0, 2]);
        assert_eq!(offsets("甲乙丙丁戊"), [0, 2, 3]);
        assert_eq!(offsets("甲乙 丙"), [0, 1]);
        assert_eq!(offsets("甲 乙 丙丁"), [0, 2, 4]);
        let units: Vec<u16> = "甲 乙".encode_utf16().collect();
        assert_eq!(cover(&units)[0].key, crossing(units[0], units[2]));
    }
}
