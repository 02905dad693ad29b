//! Lists and positions of terms in shards, a browser's helping each.
//!
//! Each section of terms is cut into shards by itself, and its shards and large lists
//! have numbers of its own, by the section and by the term: what changes in one section
//! leaves the files of all others as they are. Within a section a shard ends at a term
//! that is chosen by its key, soon after the shard is full, so that the cuts find back
//! to where they were behind a text that changed.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::bits::Bits;
use super::layout::Layout;
use super::postings::{Coded, Key, Span, Tally, sections, spans};
use super::press::Press;
use crate::base::{self, Sink};

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

/// A section as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chapter {
    /// Names all that it follows from.
    pub origin: base::Key,
    /// Of lists and of positions the number of the first shard, and the first key of each.
    lists: (usize, Vec<Key>),
    positions: (usize, Vec<Key>),
    /// The names of its files.
    files: Vec<String>,
}

/// Writes lists and positions, except those of sections that are as they were; gives the
/// directory of each for the start file, and all sections.
pub(super) fn write_lists<S: Sink>(
    layouts: &[&Layout],
    tallies: &[Tally],
    before: &[Chapter],
    press: &Press<'_, S>,
) -> (Value, Value, Vec<Chapter>) {
    write_spans(&spans(layouts.len(), tallies), layouts, tallies, before, press)
}

fn write_spans<S: Sink>(
    spans: &[Span],
    layouts: &[&Layout],
    tallies: &[Tally],
    before: &[Chapter],
    press: &Press<'_, S>,
) -> (Value, Value, Vec<Chapter>) {
    let known: HashMap<base::Key, &Chapter> = before.iter().map(|chapter| (chapter.origin, chapter)).collect();
    let kept = |span: &Span| known.get(&span.origin).filter(|chapter| press.keep_all(&chapter.files)).copied();
    let kept: Vec<Option<&Chapter>> = spans.par_iter().map(kept).collect();
    let others: Vec<&Span> = spans.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(span, _)| span).collect();
    let written = sections(layouts, tallies, &others, |span, terms| {
        let mut section = Section::new(span.number, press);
        terms(&mut |coded| section.take(coded));
        section.finish(span.origin)
    });
    let mut written = written.into_iter();
    let chapters: Vec<Chapter> = kept.into_iter().filter_map(|kept| kept.cloned().or_else(|| written.next())).collect();
    let lists = directory("d", chapters.iter().map(|chapter| &chapter.lists), press);
    let positions = directory("p", chapters.iter().map(|chapter| &chapter.positions), press);
    (lists, positions, chapters)
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
    /// The names of large lists and of pieces.
    files: Vec<String>,
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
            files: Vec::new(),
        }
    }

    fn take(&mut self, coded: &Coded) {
        self.take_list(coded);
        if !coded.positions.is_empty() {
            self.take_positions(coded);
        }
    }

    fn put(&mut self, name: String, bits: &Bits) {
        self.press.put(&name, &bits.clone().into_bytes());
        self.files.push(name);
    }

    fn finish(mut self, origin: base::Key) -> Chapter {
        let mut files = self.files;
        let mut finish = |tier: &mut Tier| {
            tier.close(self.press);
            files.extend((tier.first..).take(tier.firsts.len()).map(|number| format!("{}/{number}", tier.name)));
            (tier.first, std::mem::take(&mut tier.firsts))
        };
        let (lists, positions) = (finish(&mut self.lists), finish(&mut self.positions));
        Chapter { origin, lists, positions, files }
    }

    fn take_list(&mut self, Coded { key, documents, list, .. }: &Coded) {
        self.body.clear();
        let is_large = list.len() > LARGE;
        self.body.bit(is_large);
        if is_large {
            let number = self.number * PLACES + place(*key, 1, &mut self.lists_taken);
            self.body.gamma(*documents);
            self.body.number(number, 24);
            self.put(format!("x/{number}"), list);
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
                    self.put(format!("q/{number}"), piece);
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
fn directory<'c, S: Sink>(
    name: &str,
    sections: impl Iterator<Item = &'c (usize, Vec<Key>)>,
    press: &Press<'_, S>,
) -> Value {
    let used = sections.filter(|(_, firsts)| !firsts.is_empty());
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;
    use crate::base::{OutputPath, Product};
    use crate::search::layout::{Block, PageText};
    use crate::search::postings::{spans_within, tallies};
    use crate::search::press::Note;

    /// A disk on which the files of an earlier index may lie.
    #[derive(Default)]
    struct Disk {
        files: Mutex<BTreeMap<String, (base::Key, Vec<u8>)>>,
        written: Mutex<usize>,
    }

    impl Sink for Disk {
        fn put(&self, _: OutputPath, _: Product) {}

        fn put_made_of(&self, path: OutputPath, product: Product, origin: base::Key) {
            let Product::Made(bytes) = product else { return };
            self.files.lock().unwrap().insert(path.as_str().to_owned(), (origin, bytes));
            *self.written.lock().unwrap() += 1;
        }

        fn holds(&self, path: &OutputPath, origin: base::Key) -> bool {
            self.files.lock().unwrap().get(path.as_str()).is_some_and(|(known, _)| *known == origin)
        }
    }

    fn layouts(last: &str) -> Vec<Layout> {
        let text =
            |at: u32| (0..60).filter_map(|step| char::from_u32(0x4e00 + (at * 37 + step * step) % 900)).collect();
        let mut texts: Vec<String> = (0..30).map(text).collect();
        texts[17].push_str(last);
        let page = |text: String| PageText {
            title: text.chars().take(5).collect(),
            meta: Vec::new(),
            blocks: vec![Block { text, ..Block::default() }],
        };
        texts.into_iter().map(|text| page(text).layout()).collect()
    }

    fn write(last: &str, before: &(Vec<Chapter>, Vec<Note>), disk: &Disk) -> (Vec<Chapter>, Vec<Note>, Value) {
        let layouts = layouts(last);
        let layouts: Vec<&Layout> = layouts.iter().collect();
        let tallies = tallies(&layouts);
        let press = Press::new(disk, &before.1);
        let spans = spans_within(layouts.len(), &tallies, 64);
        let (lists, positions, chapters) = write_spans(&spans, &layouts, &tallies, &before.0, &press);
        (chapters, press.notes(), json!([lists, positions]))
    }

    #[test]
    fn sections_that_are_as_they_were_are_not_written_again() {
        let nothing = (Vec::new(), Vec::new());
        let (first, fresh) = (Disk::default(), Disk::default());
        let (chapters, notes, _) = write("", &nothing, &first);
        let all = *first.written.lock().unwrap();
        let (kept, mut notes, told) = write("丁卜七", &(chapters, notes), &first);
        let (cold, mut wanted, directory) = write("丁卜七", &nothing, &fresh);
        notes.sort();
        wanted.sort();
        assert_eq!((&kept, &notes, told), (&cold, &wanted, directory));
        for note in &notes {
            let path = note.path();
            let of = |disk: &Disk| disk.files.lock().unwrap().get(path.as_str()).cloned();
            assert_eq!(of(&first), of(&fresh), "{}", note.name);
        }
        let again = *first.written.lock().unwrap() - all;
        assert!(kept.len() > 8 && again > 0 && again < all / 2, "{again} of {all} files, {} sections", kept.len());
    }
}
