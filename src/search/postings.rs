//! From documents to lists: for each unit and each pair of neighbours, where it stands.
//!
//! First units that follow each other make a *section*. The units of all documents are
//! gone through in passes, each for a few sections, so that memory does not grow with
//! the library; what a pass holds is sorted and coded, a section on each core, and
//! handed on in the order of the keys. Where sections and pieces are cut follows from
//! what is in them and hardly ever moves when a text changes a little, so that an edit
//! leaves most files of the index as they are.

use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bits::{Bits, Reader, best_parameter};
use super::layout::{BODY, Layout, META};
use super::normalize::GAP;
use crate::base;

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
#[derive(Default)]
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
/// How many units a pass holds at most, unless a single section has more.
const PASS: usize = 6_000_000;
/// About how many units the sections of a library have that is not very large.
const SECTION: usize = 1 << 17;
/// About how many sections a library has at most.
const SECTIONS: usize = 256;

/// What is known of a unit before its lists are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// How often it occurs; a gap never does.
    pub count: usize,
    /// Names all of its occurrences, in whatever order they are met.
    sum: u64,
}

impl Tally {
    /// Takes an occurrence in.
    pub(super) fn add(&mut self, sum: u64) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(sum);
    }

    /// Leaves an occurrence out that was taken in.
    pub(super) fn remove(&mut self, sum: u64) {
        self.count = self.count.saturating_sub(1);
        self.sum = self.sum.wrapping_sub(sum);
    }
}

/// Goes through the occurrences of a document; the second number names each.
pub(super) fn occurrences(document: usize, layout: &Layout, each: &mut impl FnMut(u16, u64)) {
    // Whether a term ends a title depends on how long that is.
    let title = layout.title_length() as u64;
    for (start, region) in layout.regions() {
        for (at, unit) in region.iter().enumerate() {
            let Some((_, longer)) = terms_at(region, at) else { continue };
            let occurrence = pack(longer.map_or(0, |longer| longer & 0x1_ffff), document, start + at);
            each(*unit, stirred(stirred(occurrence) ^ title));
        }
    }
}

/// Counts every unit.
pub(super) fn tallies(layouts: &[&Layout]) -> Vec<Tally> {
    let size = layouts.len().div_ceil(8).max(1);
    let tally = |(part, layouts): (usize, &[&Layout])| {
        let mut tallies = vec![Tally::default(); 1 << 16];
        for (document, layout) in (part * size..).zip(layouts) {
            occurrences(document, layout, &mut |unit, sum| tallies[usize::from(unit)].add(sum));
        }
        tallies
    };
    let parts: Vec<Vec<Tally>> = layouts.par_chunks(size).enumerate().map(tally).collect();
    let mut all = vec![Tally::default(); 1 << 16];
    for part in parts {
        for (all, part) in all.iter_mut().zip(part) {
            all.count += part.count;
            all.sum = all.sum.wrapping_add(part.sum);
        }
    }
    all
}

/// A section: units that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Its number among the sections.
    pub number: usize,
    /// Its units.
    pub units: Range<usize>,
    /// Names all that its lists follow from.
    pub origin: base::Key,
}

/// Cuts the units into sections.
pub(super) fn spans(documents: usize, tallies: &[Tally]) -> Vec<Span> {
    spans_within(documents, tallies, SECTION)
}

/// Cuts the units into sections of so many occurrences, or more in a very large library.
pub(super) fn spans_within(documents: usize, tallies: &[Tally], least: usize) -> Vec<Span> {
    let span = |(number, units): (usize, Range<usize>)| {
        let mut bytes = Vec::with_capacity(16 * units.len() + 32);
        for value in [number, units.start, units.end, documents] {
            bytes.extend((value as u64).to_le_bytes());
        }
        for tally in &tallies[units.clone()] {
            bytes.extend((tally.count as u64).to_le_bytes());
            bytes.extend(tally.sum.to_le_bytes());
        }
        Span { number, origin: base::Key::of_bytes(&bytes), units }
    };
    cut(tallies, least).into_iter().enumerate().map(span).collect()
}

/// Goes through all terms of some sections: `take` gets a section and a closure that goes
/// through its terms in the order of their keys. What it gives is given back in the
/// order of the sections.
pub(super) fn sections<T: Send>(
    layouts: &[&Layout],
    tallies: &[Tally],
    spans: &[&Span],
    take: impl Fn(&Span, &mut dyn FnMut(&mut dyn FnMut(&Coded))) -> T + Sync,
) -> Vec<T> {
    let titles: Vec<u32> = layouts.iter().map(|layout| layout.title_length() as u32).collect();
    let coder = Coder { titles: &titles, width: width(layouts.len()) };
    let mut made = Vec::with_capacity(spans.len());
    let mut rest = spans;
    while !rest.is_empty() {
        let mut held = 0;
        let full = rest.iter().position(|span| {
            held += total(&tallies[span.units.clone()]);
            held > PASS
        });
        let (pass, left) = rest.split_at(full.map_or(rest.len(), |at| at.max(1)));
        rest = left;
        let mut gathered = gather_all(layouts, tallies, pass);
        let section = |(span, buckets): (&&Span, &mut Vec<Vec<u64>>)| {
            take(span, &mut |each| {
                for (unit, bucket) in span.units.clone().zip(std::mem::take(buckets)) {
                    coder.unit(unit as u16, bucket, each);
                }
            })
        };
        made.extend(pass.par_iter().zip(gathered.par_iter_mut()).map(section).collect::<Vec<T>>());
    }
    made
}

fn total(tallies: &[Tally]) -> usize {
    tallies.iter().map(|tally| tally.count).sum()
}

/// Cuts the units into sections: halves of halves, until none that could be cut has too
/// many occurrences. So a section has others only when it, or the whole library, has
/// come to be about twice as large.
fn cut(tallies: &[Tally], least: usize) -> Vec<Range<usize>> {
    let most = (total(tallies) / SECTIONS).next_power_of_two().max(least);
    let mut sections = Vec::new();
    let all = 0..tallies.len();
    let mut waiting = Vec::from([all]);
    while let Some(range) = waiting.pop() {
        let sum = total(&tallies[range.clone()]);
        if sum > most && range.len() > 1 {
            let middle = range.start + range.len() / 2;
            waiting.extend([middle..range.end, range.start..middle]);
        } else if sum > 0 {
            sections.push(range);
        }
    }
    sections
}

/// How many bits the number of a document takes.
pub(super) fn width(documents: usize) -> u32 {
    (documents.saturating_sub(1).max(1) as u32).ilog2() + 1
}

/// An occurrence of a unit: the rest of its longer term (17 bits), the document (21),
/// the position (26, more than the text of any page has).
pub(super) fn pack(rest: u64, document: usize, position: usize) -> u64 {
    rest << 47 | (document as u64 & 0x1f_ffff) << 26 | (position as u64 & 0x3ff_ffff)
}

/// A number from which nobody guesses the number that it was made of, so that sums of
/// them tell sets of numbers apart (the last steps of SplitMix64).
fn stirred(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
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

/// The occurrences of the units of some sections, each section by unit and each unit
/// in the order of the text. Every core goes through all texts for its sections.
fn gather_all(layouts: &[&Layout], tallies: &[Tally], spans: &[&Span]) -> Vec<Vec<Vec<u64>>> {
    let share = spans.len().div_ceil(rayon::current_num_threads()).max(1);
    let of_core = |spans: &[&Span]| {
        let mut buckets = gather(layouts, tallies, spans).into_iter();
        let of_span = |span: &&Span| buckets.by_ref().take(span.units.len()).collect();
        spans.iter().map(of_span).collect::<Vec<Vec<Vec<u64>>>>()
    };
    spans.par_chunks(share).flat_map_iter(of_core).collect()
}

/// The occurrences of the units of some sections, one bucket after another.
fn gather(layouts: &[&Layout], tallies: &[Tally], spans: &[&Span]) -> Vec<Vec<u64>> {
    let mut places = vec![usize::MAX; 1 << 16];
    let mut buckets: Vec<Vec<u64>> = Vec::new();
    for unit in spans.iter().flat_map(|span| span.units.clone()) {
        places[unit] = buckets.len();
        buckets.push(Vec::with_capacity(tallies[unit].count));
    }
    for (document, layout) in layouts.iter().enumerate() {
        for (start, region) in layout.regions() {
            for (at, unit) in region.iter().enumerate() {
                let Some(bucket) = buckets.get_mut(places[usize::from(*unit)]) else { continue };
                if let Some((_, longer)) = terms_at(region, at) {
                    let rest = longer.map_or(0, |longer| longer & 0x1_ffff);
                    bucket.push(pack(rest, document, start + at));
                }
            }
        }
    }
    buckets
}

/// What coding needs to know of all documents.
struct Coder<'a> {
    titles: &'a [u32],
    width: u32,
}

impl Coder<'_> {
    /// The lists of a unit alone and of all terms that begin with it.
    fn unit(&self, unit: u16, mut bucket: Vec<u64>, each: &mut dyn FnMut(&Coded)) {
        if bucket.is_empty() {
            return;
        }
        let mut draft = Draft::default();
        each(self.code(single(unit), &bucket, &mut draft));
        bucket.sort_unstable();
        for chunk in bucket.chunk_by(|one, other| rest_of(*one) == rest_of(*other)) {
            if rest_of(chunk[0]) != 0 {
                each(self.code(single(unit) | rest_of(chunk[0]), chunk, &mut draft));
            }
        }
    }

    /// Codes a term's occurrences, which stand by document and position.
    fn code<'d>(&self, key: Key, occurrences: &[u64], draft: &'d mut Draft) -> &'d Coded {
        draft.postings.clear();
        for group in occurrences.chunk_by(|one, other| document_of(*one) == document_of(*other)) {
            let document = document_of(group[0]);
            let positions = group.iter().map(|occurrence| position_of(*occurrence));
            draft.postings.push(posting(document, positions, self.titles[document as usize], reach(key)));
        }
        draft.code(key, occurrences, self.width)
    }
}

/// Whether the positions of a term are kept that so many documents have.
pub(super) fn has_positions(key: Key, documents: usize) -> bool {
    !is_single(key) && documents > LOOKED_AT as usize
}

/// Room that is used again for one term after another.
#[derive(Default)]
pub(super) struct Draft {
    pub coded: Coded,
    /// The documents that have the term.
    pub postings: Vec<Posting>,
    gaps: Vec<u32>,
    firsts: Vec<u32>,
}

impl Draft {
    /// Codes the term whose postings stand in the draft. The occurrences, which stand by
    /// document and position, are needed only where [positions are kept](has_positions).
    pub(super) fn code(&mut self, key: Key, occurrences: &[u64], width: u32) -> &Coded {
        let coded = &mut self.coded;
        coded.key = key;
        coded.documents = self.postings.len() as u32;
        coded.list.clear();
        code_list(&self.postings, width, &mut self.gaps, &mut coded.list);
        coded.positions.clear();
        if has_positions(key, self.postings.len()) {
            pieces(occurrences, &self.postings, &mut self.gaps, &mut self.firsts, &mut coded.positions);
        }
        coded
    }
}

/// A term of so many units in a document, by the positions of its occurrences.
pub(super) fn posting(
    document: u32,
    positions: impl ExactSizeIterator<Item = u32>,
    title_length: u32,
    units: u32,
) -> Posting {
    let occurrences = positions.len() as u32;
    let mut fields = Fields::default();
    // Positions rise, and what stands in the body says nothing.
    for position in positions.take_while(|at| *at < BODY as u32) {
        fields.note(position, units, title_length);
    }
    Posting { document, occurrences, fields }
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

    /// The fields as [`Fields::write`] wrote them.
    pub(super) fn read(bits: &mut Reader<'_>) -> Self {
        let mut fields = Fields::default();
        if bits.bit() {
            fields.heading = bits.bit();
            fields.title = bits.bit();
            if fields.title {
                fields.starts = bits.bit();
                fields.ends = bits.bit();
            }
        }
        fields
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

fn code_list(postings: &[Posting], width: u32, gaps: &mut Vec<u32>, bits: &mut Bits) {
    bits.gamma(postings.len() as u32);
    if let [only] = postings {
        bits.number(only.document, width);
        only.fields.write(bits);
        bits.gamma(only.occurrences);
        return;
    }
    let mut last = u32::MAX;
    gaps.clear();
    gaps.extend(postings.iter().map(|posting| {
        let gap = posting.document.wrapping_sub(last).wrapping_sub(1);
        last = posting.document;
        gap
    }));
    let (parameter, _) = best_parameter(gaps, 16);
    bits.number(parameter, 4);
    for (posting, gap) in postings.iter().zip(gaps) {
        bits.rice(*gap, parameter);
        posting.fields.write(bits);
        bits.gamma(posting.occurrences);
    }
}

/// The positions of a term, cut into pieces between documents. A piece ends at the first
/// document of certain numbers behind its least size, so that the next pieces stay as
/// they are when an earlier one comes to hold a little more.
fn pieces(
    mut occurrences: &[u64],
    mut postings: &[Posting],
    gaps: &mut Vec<u32>,
    firsts: &mut Vec<u32>,
    out: &mut Vec<(u32, Bits)>,
) {
    let (all, length) = (occurrences.len(), measure(occurrences, postings, gaps, firsts));
    // In whole bits, so that a few more occurrences do not change it.
    let share = if length <= PIECE / 2 { usize::MAX } else { PIECE * 3 / 4 / length.div_ceil(all) };
    while !postings.is_empty() {
        let mut held = 0;
        let end = postings.iter().position(|posting| {
            held += posting.occurrences as usize;
            held >= share && (posting.document % 8 == 0 || held / 2 >= share)
        });
        let (piece, left) = postings.split_at(end.map_or(postings.len(), |end| end + 1));
        let (held, rest) = occurrences.split_at(piece.iter().map(|posting| posting.occurrences as usize).sum());
        measure(held, piece, gaps, firsts);
        out.push((piece.len() as u32, code_positions(piece, gaps, firsts)));
        (occurrences, postings) = (rest, left);
    }
}

/// The first position in each document, and the ways from each to the next; gives how
/// many bits all of them take.
fn measure(occurrences: &[u64], postings: &[Posting], gaps: &mut Vec<u32>, firsts: &mut Vec<u32>) -> usize {
    firsts.clear();
    gaps.clear();
    let mut rest = occurrences;
    for posting in postings {
        let (group, left) = rest.split_at(posting.occurrences as usize);
        rest = left;
        firsts.push(position_of(group[0]));
        gaps.extend(group.windows(2).map(|pair| position_of(pair[1]) - position_of(pair[0]) - 1));
    }
    (10 + best_parameter(firsts, 32).1 + best_parameter(gaps, 32).1) as usize
}

fn code_positions(postings: &[Posting], gaps: &[u32], firsts: &[u32]) -> Bits {
    let ((first_parameter, _), (gap_parameter, _)) = (best_parameter(firsts, 32), best_parameter(gaps, 32));
    let mut bits = Bits::default();
    bits.number(first_parameter, 5);
    bits.number(gap_parameter, 5);
    let mut gaps = gaps.iter();
    for (posting, first) in postings.iter().zip(firsts) {
        bits.rice(*first, first_parameter);
        for gap in gaps.by_ref().take(posting.occurrences as usize - 1) {
            bits.rice(*gap, gap_parameter);
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
        let layouts: Vec<&Layout> = layouts.iter().collect();
        let tallies = tallies(&layouts);
        let spans = spans(layouts.len(), &tallies);
        let found = sections(&layouts, &tallies, &spans.iter().collect::<Vec<_>>(), |_, terms| {
            let mut seen = Vec::new();
            terms(&mut |coded| seen.push((coded.key, coded.documents)));
            seen
        });
        seen.extend(found.into_iter().flatten());
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
