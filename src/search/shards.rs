//! Lists and positions of terms in shards, a browser's helping each.
//!
//! Each section of terms is cut into shards by itself, and its shards and large lists
//! have numbers of its own, by the section and by the term: what changes in one section
//! leaves the files of all others as they are. Within a section a shard ends at a term
//! that is chosen by its key, soon after the shard is full, so that the cuts find back
//! to where they were behind a text that changed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::bits::Bits;
use super::layout::Layout;
use super::postings::{Coded, Key, sections};
use super::press::Press;
use crate::base::Sink;

/// A shard is full from this many bits on: a query loads several for one list of each.
const FULL: usize = 1792 * 8;
/// What a shard has at most, unless a single term takes more.
const MOST: usize = 2560 * 8;
/// A list or the positions of a term stand in a file of their own from this many bits.
const LARGE: usize = 1024 * 8;
/// The numbers of shards that a section keeps for itself.
const SHARDS: usize = 1 << 12;
/// The numbers of large lists, and of pieces of positions, that a section keeps for
/// itself: of 24 bits it leaves ten to the sections.
const PLACES: u32 = 1 << 14;

/// Writes lists and positions; gives the directory of each for the start file.
pub(super) fn write_lists<S: Sink>(layouts: &[&Layout], counts: &[usize], press: &Press<'_, S>) -> (Value, Value) {
    let written = sections(layouts, counts, |number, terms| {
        let mut section = Section::new(number, press);
        terms(&mut |coded| section.take(coded));
        (section.lists.finish(press), section.positions.finish(press))
    });
    let (lists, positions): (Vec<_>, Vec<_>) = written.into_iter().unzip();
    (directory("d", &lists, press), directory("p", &positions, press))
}

/// A section on its way to files.
struct Section<'p, 's, S> {
    number: u32,
    lists: Tier,
    positions: Tier,
    /// The numbers of large lists and of pieces that are given out.
    lists_taken: BTreeSet<u32>,
    pieces_taken: BTreeSet<u32>,
    press: &'p Press<'s, S>,
    body: Bits,
}

impl<'p, 's, S: Sink> Section<'p, 's, S> {
    fn new(number: usize, press: &'p Press<'s, S>) -> Self {
        let tier = |name| Tier { name, first: number * SHARDS, ..Tier::default() };
        Section {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            lists: tier("d"),
            positions: tier("p"),
            lists_taken: BTreeSet::new(),
            pieces_taken: BTreeSet::new(),
            press,
            body: Bits::default(),
        }
    }

    fn take(&mut self, coded: &Coded) {
        self.take_list(coded);
        if !coded.positions.is_empty() {
            self.take_positions(coded);
        }
    }

    fn take_list(&mut self, Coded { key, documents, list, .. }: &Coded) {
        self.body.clear();
        let is_large = list.len() > LARGE;
        self.body.bit(is_large);
        if is_large {
            let number = self.number * PLACES + place(*key, 1, &mut self.lists_taken);
            self.body.gamma(*documents);
            self.body.number(number, 24);
            self.press.put(&format!("x/{number}"), &list.clone().into_bytes());
        } else {
            self.body.append(list);
        }
        self.lists.add(*key, &self.body, self.press);
    }

    fn take_positions(&mut self, Coded { key, positions, .. }: &Coded) {
        self.body.clear();
        match positions.as_slice() {
            [(_, only)] if only.len() <= LARGE => {
                self.body.bit(false);
                self.body.gamma(only.len() as u32);
                self.body.append(only);
            }
            pieces => {
                let count = pieces.len() as u32;
                let first = self.number * PLACES + place(*key, count, &mut self.pieces_taken);
                self.body.bit(true);
                self.body.gamma(count);
                self.body.number(first, 24);
                for ((documents, piece), number) in pieces.iter().zip(first..) {
                    self.body.gamma(*documents);
                    self.press.put(&format!("q/{number}"), &piece.clone().into_bytes());
                }
            }
        }
        self.positions.add(*key, &self.body, self.press);
    }
}

/// The first of so many numbers in a row that are free, from where the term's key says.
fn place(key: Key, count: u32, taken: &mut BTreeSet<u32>) -> u32 {
    let wanted = (mixed(key) >> 40) as u32 % PLACES;
    let fits = |first: &u32| taken.range(*first..first.saturating_add(count)).next().is_none();
    let found = (wanted..PLACES.saturating_sub(count)).chain(0..wanted).find(fits);
    // A section with this many pieces is larger than any that is cut; numbers beyond
    // its own are then still its own, because a section never has so few units that
    // its neighbour could be as large.
    let first = found.unwrap_or_else(|| taken.last().map_or(0, |last| last + 1));
    taken.extend(first..first + count);
    first
}

/// A number that a key always has and its neighbours do not.
fn mixed(key: Key) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A row of shards, cut where one is full.
#[derive(Default)]
struct Tier {
    name: &'static str,
    /// The number of its first shard.
    first: usize,
    /// The shard that is being filled: how many terms, and their bits.
    count: u32,
    bits: Bits,
    start: Key,
    last: Key,
    /// The first key of each shard.
    firsts: Vec<Key>,
}

impl Tier {
    fn add<S: Sink>(&mut self, key: Key, body: &Bits, press: &Press<'_, S>) {
        let held = self.bits.len();
        if (held >= FULL && mixed(key) >> 61 == 0) || (held > 0 && held + body.len() > MOST) {
            self.close(press);
        }
        if self.count == 0 {
            self.start = key;
        }
        write_key(key, self.last, &mut self.bits);
        self.bits.append(body);
        self.last = key;
        self.count += 1;
    }

    fn close<S: Sink>(&mut self, press: &Press<'_, S>) {
        if self.count == 0 {
            return;
        }
        let mut whole = Bits::default();
        whole.gamma(self.count + 1);
        whole.append(&self.bits);
        press.put(&format!("{}/{}", self.name, self.first + self.firsts.len()), &whole.into_bytes());
        self.firsts.push(self.start);
        self.bits.clear();
        (self.count, self.last) = (0, 0);
    }

    /// The number of the first shard, and the first keys of all.
    fn finish<S: Sink>(mut self, press: &Press<'_, S>) -> (usize, Vec<Key>) {
        self.close(press);
        (self.first, self.firsts)
    }
}

fn write_key(key: Key, last: Key, bits: &mut Bits) {
    let (first, second) = ((key >> 17) as u32, (key & 0x1_ffff) as u32);
    let step = first - (last >> 17) as u32;
    bits.gamma(step + 1);
    if step == 0 {
        bits.gamma(second - (last & 0x1_ffff) as u32);
    } else {
        bits.number(second, 17);
    }
}

/// The directory: a page for each section that has shards; of each page its first key
/// and the number of its first shard.
fn directory<S: Sink>(name: &str, sections: &[(usize, Vec<Key>)], press: &Press<'_, S>) -> Value {
    let used = sections.iter().filter(|(_, firsts)| !firsts.is_empty());
    let pages = used.enumerate().map(|(at, (number, firsts))| {
        press.json(&format!("i/{name}-{at}"), &json!(gaps(firsts)));
        (firsts[0], *number)
    });
    let (firsts, numbers): (Vec<Key>, Vec<usize>) = pages.unzip();
    json!([firsts, numbers])
}

fn gaps(firsts: &[Key]) -> Vec<Key> {
    let mut last = 0;
    let step = |first: &Key| first - std::mem::replace(&mut last, *first);
    firsts.iter().map(step).collect()
}
