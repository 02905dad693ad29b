//! From documents to lists: for each unit and each pair of neighbours, where it stands.
//!
//! The units of all documents are gone through in passes, each for a range of first
//! units, so that memory does not grow with the library: what a pass holds is sorted
//! and coded, on all cores, and handed on in the order of the keys.

use rayon::prelude::*;

use super::bits::{Bits, best_parameter};
use super::layout::{BODY, Layout, META};
use super::normalize::GAP;

/// A term: a unit alone, a pair of neighbours, or a crossing, the units on both sides
/// of a gap. The first unit, a bit for a crossing, the second unit or zero.
pub type Key = u64;

/// A unit alone.
pub fn single(unit: u16) -> Key {
    u64::from(unit) << 17
}

/// Two neighbours.
pub fn pair(first: u16, second: u16) -> Key {
    single(first) | u64::from(second)
}

/// Two units with a gap between them.
pub fn crossing(first: u16, second: u16) -> Key {
    single(first) | 1 << 16 | u64::from(second)
}

/// Over how many units an occurrence of a term reaches.
pub fn reach(term: Key) -> u32 {
    match (term >> 16 & 1, term & 0xffff) {
        (0, 0) => 1,
        (0, _) => 2,
        _ => 3,
    }
}

/// Whether a term is a unit alone.
pub fn is_single(term: Key) -> bool {
    term & 0x1_ffff == 0
}

/// The terms that begin at a place of a region: the unit alone, and what it makes with
/// the next one. Nothing begins at a gap.
pub fn terms_at(region: &[u16], at: usize) -> Option<(Key, Option<Key>)> {
    let unit = *region.get(at).filter(|unit| **unit != GAP)?;
    let second = match (region.get(at + 1).copied(), region.get(at + 2).copied()) {
        (Some(GAP), Some(GAP)) | (Some(GAP), None) | (None, _) => None,
        (Some(GAP), Some(after)) => Some(crossing(unit, after)),
        (Some(next), _) => Some(pair(unit, next)),
    };
    Some((single(unit), second))
}

/// In which fields of a document a term occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields {
    /// In the title.
    pub title: bool,
    /// In the facts or headings.
    pub heading: bool,
    /// At the very beginning of the title.
    pub starts: bool,
    /// At the very end of the title.
    pub ends: bool,
}

/// A term in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub document: u32,
    /// How often.
    pub occurrences: u32,
    /// Where.
    pub fields: Fields,
}

/// A term's list in the form in which it is written.
pub(super) struct Coded {
    /// The term.
    pub key: Key,
    /// How many documents have it.
    pub documents: u32,
    /// The list of documents.
    pub list: Bits,
    /// Its positions in pieces, each with the number of documents in it; empty for
    /// units alone and for terms that few documents have, whose text is looked at.
    pub positions: Vec<(u32, Bits)>,
}

/// Positions are kept only for terms that more documents have: of fewer, the text is
/// looked at, which an excerpt needs anyway.
pub const LOOKED_AT: u32 = 8;
/// About how many bits a piece of positions has.
const PIECE: usize = 2048 * 8;
/// How many units a pass holds at most, unless a single unit is more frequent.
const PASS: usize = 6_000_000;

/// Goes through all terms in the order of their keys.
pub(super) fn terms(layouts: &[&Layout], mut take: impl FnMut(Coded)) {
    let titles: Vec<u32> = layouts.iter().map(|layout| layout.title_length() as u32).collect();
    let width = width(layouts.len());
    let mut counts = vec![0usize; 1 << 16];
    for unit in layouts.iter().flat_map(|layout| layout.regions()).flat_map(|(_, region)| region) {
        counts[usize::from(*unit)] += 1;
    }
    counts[usize::from(GAP)] = 0;
    let mut first = 0;
    while first < counts.len() {
        let (mut end, mut sum) = (first, 0);
        while end < counts.len() && (end == first || sum + counts[end] <= PASS) {
            sum += counts[end];
            end += 1;
        }
        if sum > 0 {
            let mut buckets = gather(layouts, &counts, first..end);
            let coded: Vec<Vec<Coded>> = buckets
                .par_iter_mut()
                .enumerate()
                .filter(|(_, bucket)| !bucket.is_empty())
                .map(|(at, bucket)| code_unit((first + at) as u16, bucket, &titles, width))
                .collect();
            coded.into_iter().flatten().for_each(&mut take);
        }
        first = end;
    }
}

/// How many bits the number of a document takes.
fn width(documents: usize) -> u32 {
    (documents.saturating_sub(1).max(1) as u32).ilog2() + 1
}

/// An occurrence of a unit: the rest of its longer term (17 bits), the document (21),
/// the position (26, more than the text of any page has).
fn pack(rest: u64, document: usize, position: usize) -> u64 {
    rest << 47 | (document as u64 & 0x1f_ffff) << 26 | (position as u64 & 0x3ff_ffff)
}

fn rest_of(occurrence: u64) -> u64 {
    occurrence >> 47
}

fn document_of(occurrence: u64) -> u32 {
    (occurrence >> 26 & 0x1f_ffff) as u32
}

fn position_of(occurrence: u64) -> u32 {
    (occurrence & 0x3ff_ffff) as u32
}

/// The occurrences of the units of a range, by unit, in the order of the text.
fn gather(layouts: &[&Layout], counts: &[usize], range: std::ops::Range<usize>) -> Vec<Vec<u64>> {
    let mut buckets: Vec<Vec<u64>> = counts[range.clone()].iter().map(|count| Vec::with_capacity(*count)).collect();
    for (document, layout) in layouts.iter().enumerate() {
        for (start, region) in layout.regions() {
            for (at, unit) in region.iter().enumerate() {
                let unit = usize::from(*unit);
                if !range.contains(&unit) {
                    continue;
                }
                if let Some((_, longer)) = terms_at(region, at) {
                    let rest = longer.map_or(0, |longer| longer & 0x1_ffff);
                    buckets[unit - range.start].push(pack(rest, document, start + at));
                }
            }
        }
    }
    buckets
}

/// The lists of a unit alone and of all terms that begin with it.
fn code_unit(unit: u16, bucket: &mut [u64], titles: &[u32], width: u32) -> Vec<Coded> {
    let mut all = vec![code(single(unit), bucket, titles, width)];
    bucket.sort_unstable();
    let longer = bucket.chunk_by(|one, other| rest_of(*one) == rest_of(*other)).filter(|chunk| rest_of(chunk[0]) != 0);
    all.extend(longer.map(|chunk| code(single(unit) | rest_of(chunk[0]), chunk, titles, width)));
    all
}

/// Codes a term's occurrences, which stand by document and position.
fn code(key: Key, occurrences: &[u64], titles: &[u32], width: u32) -> Coded {
    let groups: Vec<&[u64]> = occurrences.chunk_by(|one, other| document_of(*one) == document_of(*other)).collect();
    let postings: Vec<Posting> = groups.iter().map(|group| posting(group, titles, reach(key))).collect();
    let documents = postings.len() as u32;
    let positions = if !is_single(key) && documents > LOOKED_AT { pieces(&groups) } else { Vec::new() };
    Coded { key, documents, list: code_list(&postings, width), positions }
}

fn posting(group: &[u64], titles: &[u32], units: u32) -> Posting {
    let document = document_of(group[0]);
    let title = titles[document as usize];
    let mut fields = Fields::default();
    for position in group.iter().map(|occurrence| position_of(*occurrence)) {
        fields.note(position, units, title);
    }
    Posting { document, occurrences: group.len() as u32, fields }
}

impl Fields {
    /// Takes an occurrence of so many units at a position into account.
    pub fn note(&mut self, position: u32, units: u32, title_length: u32) {
        if position < META as u32 {
            self.title = true;
            self.starts |= position == 0;
            self.ends |= position + units == title_length;
        } else if position < BODY as u32 {
            self.heading = true;
        }
    }

    fn write(self, bits: &mut Bits) {
        bits.bit(self.title || self.heading);
        if self.title || self.heading {
            bits.bit(self.heading);
            bits.bit(self.title);
            if self.title {
                bits.bit(self.starts);
                bits.bit(self.ends);
            }
        }
    }
}

fn code_list(postings: &[Posting], width: u32) -> Bits {
    let mut bits = Bits::default();
    bits.gamma(postings.len() as u32);
    if let [only] = postings {
        bits.number(only.document, width);
        only.fields.write(&mut bits);
        bits.gamma(only.occurrences);
        return bits;
    }
    let mut last = u32::MAX;
    let gaps: Vec<u32> = postings
        .iter()
        .map(|posting| {
            let gap = posting.document.wrapping_sub(last).wrapping_sub(1);
            last = posting.document;
            gap
        })
        .collect();
    let parameter = best_parameter(&gaps, 16);
    bits.number(parameter, 4);
    for (posting, gap) in postings.iter().zip(gaps) {
        bits.rice(gap, parameter);
        posting.fields.write(&mut bits);
        bits.gamma(posting.occurrences);
    }
    bits
}

/// The positions of a term, cut into pieces between documents.
fn pieces(groups: &[&[u64]]) -> Vec<(u32, Bits)> {
    let whole = code_positions(groups);
    if whole.len() <= PIECE / 2 {
        return vec![(groups.len() as u32, whole)];
    }
    let count = whole.len().div_ceil(PIECE).max(1);
    let share = groups.iter().map(|group| group.len()).sum::<usize>().div_ceil(count).max(1);
    let mut out = Vec::new();
    let mut rest = groups;
    while !rest.is_empty() {
        let mut held = 0;
        let end = rest.iter().position(|group| {
            held += group.len();
            held >= share
        });
        let (piece, left) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        out.push((piece.len() as u32, code_positions(piece)));
        rest = left;
    }
    out
}

fn code_positions(groups: &[&[u64]]) -> Bits {
    let firsts: Vec<u32> = groups.iter().map(|group| position_of(group[0])).collect();
    let gaps: Vec<u32> = groups
        .iter()
        .flat_map(|group| group.windows(2))
        .map(|pair| position_of(pair[1]) - position_of(pair[0]) - 1)
        .collect();
    let (first_parameter, gap_parameter) = (best_parameter(&firsts, 32), best_parameter(&gaps, 32));
    let mut bits = Bits::default();
    bits.number(first_parameter, 5);
    bits.number(gap_parameter, 5);
    let mut gaps = gaps.into_iter();
    for (group, first) in groups.iter().zip(firsts) {
        bits.rice(first, first_parameter);
        for gap in gaps.by_ref().take(group.len() - 1) {
            bits.rice(gap, gap_parameter);
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::layout::{Block, PageText};

    fn layout(title: &str, body: &str) -> Layout {
        let block = Block { text: body.to_owned(), ..Block::default() };
        PageText { title: title.to_owned(), meta: Vec::new(), blocks: vec![block] }.layout()
    }

    #[test]
    fn every_pair_and_unit_has_a_list_in_the_order_of_keys() {
        let layouts = [layout("甲乙", "乙丙"), layout("丙", "甲乙甲乙")];
        let mut seen = Vec::new();
        terms(&layouts.iter().collect::<Vec<_>>(), |coded| seen.push((coded.key, coded.documents)));
        let sign = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let one = |text: &str| single(sign(text)[0]);
        let two = |text: &str| pair(sign(text)[0], sign(text)[1]);
        let mut wanted =
            vec![(one("甲"), 2), (two("甲乙"), 2), (one("乙"), 2), (two("乙丙"), 1), (two("乙甲"), 1), (one("丙"), 2)];
        wanted.sort();
        assert_eq!(seen, wanted);
    }

    #[test]
    fn what_a_gap_parts_is_a_crossing() {
        let region = [0x7532, GAP, 0x4e59, 0x4e19, GAP];
        assert_eq!(terms_at(&region, 0), Some((single(0x7532), Some(crossing(0x7532, 0x4e59)))));
        assert_eq!(terms_at(&region, 1), None);
        assert_eq!(terms_at(&region, 2), Some((single(0x4e59), Some(pair(0x4e59, 0x4e19)))));
        assert_eq!(terms_at(&region, 3), Some((single(0x4e19), None)));
        assert_eq!([single(9), pair(9, 9), crossing(9, 9)].map(reach), [1, 2, 3]);
    }

    #[test]
    fn fields_follow_from_positions() {
        let mut fields = Fields::default();
        fields.note(0, 2, 2);
        assert_eq!(fields, Fields { title: true, heading: false, starts: true, ends: true });
        fields.note(300, 2, 2);
        assert!(fields.heading);
    }
}
