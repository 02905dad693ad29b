//! After an edit of few documents the lists of a section are made out of those that it
//! had: what other terms say is copied bit by bit, and only of the terms that the edit
//! touches the lists are read, changed and coded again. So the texts of all the other
//! documents are left alone.

use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bits::{Bits, Packed, Reader};
use super::layout::Layout;
use super::postings::{Coded, Draft, Fields, Key, Posting, has_positions, pack, posting, reach, terms_at};
use super::sums::Change;

/// How many units the changed documents have at most, before and after.
const MOST: usize = 1 << 20;

/// The terms of a section as they were coded.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Part {
    /// The units of the section.
    units: Range<usize>,
    /// Of each term the way from the one before.
    steps: Vec<Key>,
    /// Of each term how many bits its list has.
    lists: Vec<u32>,
    /// Of each term in how many pieces its positions are.
    counts: Vec<u32>,
    /// Of each piece of positions how many documents it has, and how many bits.
    pieces: Vec<(u32, u32)>,
    /// List and positions of one term after the other.
    bits: Packed,
}

/// A part that is being put together.
#[derive(Default)]
pub(super) struct PartWriter {
    part: Part,
    last: Key,
    bits: Bits,
}

impl PartWriter {
    pub(super) fn add(&mut self, coded: &Coded) {
        let part = &mut self.part;
        part.steps.push(coded.key - std::mem::replace(&mut self.last, coded.key));
        part.lists.push(coded.list.len() as u32);
        self.bits.append(&coded.list);
        part.counts.push(coded.positions.len() as u32);
        for (documents, piece) in &coded.positions {
            part.pieces.push((*documents, piece.len() as u32));
            self.bits.append(piece);
        }
    }

    /// The part of a section of these units.
    pub(super) fn finish(self, units: Range<usize>) -> Part {
        Part { units, bits: self.bits.into(), ..self.part }
    }
}

/// A term out of a part.
struct Term<'p> {
    key: Key,
    list: (Reader<'p>, usize),
    /// Of each piece the number of documents, the bits, and how many these are.
    pieces: Vec<(u32, Reader<'p>, usize)>,
}

impl Part {
    /// Whether it is of a section of these units.
    pub(super) fn is_of(&self, units: &Range<usize>) -> bool {
        self.units == *units
    }

    fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        let mut bits = Reader::new(&self.bits);
        let (mut key, mut pieces): (Key, _) = (0, self.pieces.iter());
        self.steps.iter().zip(&self.lists).zip(&self.counts).map(move |((step, length), count)| {
            key = key.wrapping_add(*step);
            let list = (bits.part(*length as usize), *length as usize);
            let piece = |(documents, length): &(u32, u32)| (*documents, bits.part(*length as usize), *length as usize);
            Term { key, list, pieces: pieces.by_ref().take(*count as usize).map(piece).collect() }
        })
    }

    /// Goes through the terms that the section has after an edit, in the order of their
    /// keys, or gives `None` when it is not the same section any more, or a text is not
    /// known that has to be looked at.
    pub(super) fn amend(
        &self,
        units: &Range<usize>,
        edit: &Edit<'_>,
        width: u32,
        each: &mut dyn FnMut(&Coded),
    ) -> Option<()> {
        if !self.is_of(units) {
            return None;
        }
        let mut draft = Draft::default();
        let mut revised = edit.within(units).chunk_by(|one, other| one.key == other.key).peekable();
        for term in self.terms() {
            while let Some(new) = revised.next_if(|revised| revised[0].key < term.key) {
                code(None, new, edit, width, &mut draft, each)?;
            }
            match revised.next_if(|revised| revised[0].key == term.key) {
                Some(revised) => code(Some(&term), revised, edit, width, &mut draft, each)?,
                None => each(term.copy(&mut draft.coded)),
            }
        }
        revised.try_for_each(|new| code(None, new, edit, width, &mut draft, each))
    }
}

/// Codes a term that an edit changed.
fn code(
    term: Option<&Term<'_>>,
    revised: &[Revised],
    edit: &Edit<'_>,
    width: u32,
    draft: &mut Draft,
    each: &mut dyn FnMut(&Coded),
) -> Option<()> {
    let key = revised.first()?.key;
    let before = term.map(|term| term.postings(width)).unwrap_or_default();
    let kept = term.and_then(|term| term.occurrences(&before));
    // Where what a document says now comes from, in the order of the documents.
    let mut sources = Vec::with_capacity(before.len() + revised.len());
    let postings = &mut draft.postings;
    postings.clear();
    let mut revised = revised.iter().peekable();
    let mut at = 0;
    for posting in before {
        let places = at..at + posting.occurrences as usize;
        at = places.end;
        while let Some(new) = revised.next_if(|revised| revised.posting.document < posting.document) {
            new.take(postings, &mut sources);
        }
        match revised.next_if(|revised| revised.posting.document == posting.document) {
            Some(new) => new.take(postings, &mut sources),
            None => {
                sources.push(Source::Kept(places));
                postings.push(posting);
            }
        }
    }
    revised.for_each(|new| new.take(postings, &mut sources));
    if postings.is_empty() {
        return Some(());
    }
    let mut occurrences = Vec::new();
    if has_positions(key, postings.len()) {
        for (posting, source) in postings.iter().zip(sources) {
            let document = posting.document as usize;
            let packed = |position: &u32| pack(0, document, *position as usize);
            match (source, &kept) {
                (Source::Revised(positions), _) => occurrences.extend(positions.iter().map(packed)),
                (Source::Kept(places), Some(kept)) => occurrences.extend_from_slice(kept.get(places)?),
                (Source::Kept(_), None) => {
                    occurrences.extend(positions_in(&(edit.layout)(document)?, key).iter().map(packed));
                }
            }
        }
    }
    each(draft.code(key, &occurrences, width));
    Some(())
}

/// Where the occurrences of a term in a document come from.
enum Source<'r> {
    /// They are what they were, at these places among all.
    Kept(Range<usize>),
    /// They are others now.
    Revised(&'r [u32]),
}

/// Where a term stands in a document.
fn positions_in(layout: &Layout, key: Key) -> Vec<u32> {
    let mut positions = Vec::new();
    terms_of(layout, |term, position| {
        if term == key {
            positions.push(position);
        }
    });
    positions
}

impl Term<'_> {
    /// The term as it is.
    fn copy<'d>(&self, coded: &'d mut Coded) -> &'d Coded {
        let (mut list, length) = self.list.clone();
        coded.key = self.key;
        coded.documents = list.clone().gamma();
        coded.list.clear();
        list.copy(length, &mut coded.list);
        coded.positions.clear();
        for (documents, piece, length) in &self.pieces {
            let mut bits = Bits::default();
            piece.clone().copy(*length, &mut bits);
            coded.positions.push((*documents, bits));
        }
        coded
    }

    /// The documents that have the term.
    fn postings(&self, width: u32) -> Vec<Posting> {
        let mut list = self.list.0.clone();
        // Each takes at least a bit.
        let count = list.gamma().min(self.list.1 as u32);
        if count == 1 {
            let document = list.number(width);
            let fields = Fields::read(&mut list);
            return Vec::from([Posting { document, occurrences: list.gamma(), fields }]);
        }
        let parameter = list.number(4);
        let mut next = 0u32;
        let posting = |_| {
            let document = next.wrapping_add(list.rice(parameter));
            next = document.wrapping_add(1);
            let fields = Fields::read(&mut list);
            Posting { document, occurrences: list.gamma(), fields }
        };
        (0..count).map(posting).collect()
    }

    /// Where the term stands, by document and position, if that is kept.
    fn occurrences(&self, postings: &[Posting]) -> Option<Vec<u64>> {
        if self.pieces.is_empty() {
            return None;
        }
        let mut all = Vec::with_capacity(postings.iter().map(|posting| posting.occurrences as usize).sum());
        let mut rest = postings.iter();
        for (documents, bits, _) in &self.pieces {
            let mut bits = bits.clone();
            let (first, gap) = (bits.number(5), bits.number(5));
            for posting in rest.by_ref().take(*documents as usize) {
                let (document, mut at) = (posting.document as usize, bits.rice(first));
                all.push(pack(0, document, at as usize));
                for _ in 1..posting.occurrences {
                    at = at.wrapping_add(bits.rice(gap)).wrapping_add(1);
                    all.push(pack(0, document, at as usize));
                }
            }
        }
        Some(all)
    }
}

/// What an edit of some documents changes in the lists.
pub(super) struct Edit<'c> {
    /// By term and document.
    revised: Vec<Revised>,
    /// What a document says now.
    layout: &'c (dyn Fn(usize) -> Option<Layout> + Sync),
}

/// A term in a document in which it stands elsewhere now, or not any more.
struct Revised {
    key: Key,
    /// Without occurrences where it went.
    posting: Posting,
    positions: Vec<u32>,
}

impl<'c> Edit<'c> {
    /// The documents that an edit changed; `layout` gives what any document says now. `None`
    /// when there is so much in them that all lists are better made anew.
    pub(super) fn of(changes: &[Change], layout: &'c (dyn Fn(usize) -> Option<Layout> + Sync)) -> Option<Self> {
        let units: usize = changes.iter().map(|change| change.new.units().len() + change.old.units().len()).sum();
        if units > MOST {
            return None;
        }
        let mut revised: Vec<Revised> = changes.par_iter().flat_map_iter(Revised::all).collect();
        revised.par_sort_unstable_by_key(|revised| (revised.key, revised.posting.document));
        Some(Edit { revised, layout })
    }

    /// What it changes in a section.
    fn within(&self, units: &Range<usize>) -> &[Revised] {
        let place = |unit: usize| self.revised.partition_point(|revised| revised.key >> 17 < unit as u64);
        &self.revised[place(units.start)..place(units.end)]
    }
}

impl Revised {
    /// Puts the document among those that have the term, if it still has it.
    fn take<'r>(&'r self, postings: &mut Vec<Posting>, sources: &mut Vec<Source<'r>>) {
        if self.posting.occurrences > 0 {
            postings.push(self.posting.clone());
            sources.push(Source::Revised(&self.positions));
        }
    }

    /// Every term that stands elsewhere in a document after a change.
    fn all(change: &Change) -> Vec<Self> {
        let (old, new) = (places(&change.old), places(&change.new));
        let (mut old, mut new) = (old.as_slice(), new.as_slice());
        let mut revised = Vec::new();
        while let Some(key) = old.first().into_iter().chain(new.first()).map(|(key, _)| *key).min() {
            let was = found(change.number, key, &mut old, &change.old);
            let is = found(change.number, key, &mut new, &change.new);
            if was != is {
                let (posting, positions) = is;
                revised.push(Revised { key, posting, positions });
            }
        }
        revised
    }
}

/// Takes the occurrences of a term off the front of all that a document has.
fn found(number: usize, key: Key, places: &mut &[(Key, u32)], layout: &Layout) -> (Posting, Vec<u32>) {
    let (own, rest) = places.split_at(places.partition_point(|(other, _)| *other <= key));
    *places = rest;
    let positions: Vec<u32> = own.iter().map(|(_, position)| *position).collect();
    (posting(number as u32, positions.iter().copied(), layout.title_length() as u32, reach(key)), positions)
}

/// Where each term of a document stands, by term and position.
fn places(layout: &Layout) -> Vec<(Key, u32)> {
    let mut places = Vec::new();
    terms_of(layout, |key, position| places.push((key, position)));
    places.sort_unstable();
    places
}

/// Goes through the terms of a document in the order of the text.
fn terms_of(layout: &Layout, mut each: impl FnMut(Key, u32)) {
    for (start, region) in layout.regions() {
        for (at, _) in region.iter().enumerate() {
            let Some((alone, longer)) = terms_at(region, at) else { continue };
            let position = (start + at) as u32;
            each(alone, position);
            if let Some(longer) = longer {
                each(longer, position);
            }
        }
    }
}
