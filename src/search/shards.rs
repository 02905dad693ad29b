//! Lists and positions of terms in shards, a browser's helping each.
//!
//! Each section of terms is cut into shards by itself, and its shards and large lists
//! have numbers of its own, by the section and by the term: what changes in one section
//! leaves the files of all others as they are. Within a section a shard ends at a term
//! that is chosen by its key, soon after the shard is full, so that the cuts find back
//! to where they were behind a text that changed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::amend::{Edit, Part, PartWriter};
use super::bits::Bits;
use super::layout::Layout;
use super::postings::{Coded, Key, Span, Tally, sections, spans, width};
use super::press::Press;
use crate::base::{self, Sink};
use crate::memo::{self, Memo};

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

impl Chapter {
    /// The next edit changes the section as it is remembered now.
    pub(super) fn touch(&self, memo: &Memo) {
        memo.holds(memo::Kind::Section, self.origin);
    }
}

/// What is known when lists are written.
pub(super) struct Known<'k> {
    /// How many documents there are, and how often they have each unit.
    pub documents: usize,
    pub tallies: &'k [Tally],
    /// The sections as they were before.
    pub before: &'k [Chapter],
    /// What became different since, if that is known.
    pub edit: Option<Edit<'k>>,
    /// Remembers the terms of sections.
    pub memo: &'k Memo,
}

/// Writes lists and positions, except those of sections that are as they were; gives the
/// directory of each for the start file, and all sections. `layouts` gives what all
/// documents say, which is needed only for sections that cannot be made out of what they
/// were; `None` when it does not.
pub(super) fn write_lists<'l, S: Sink>(
    known: &Known<'_>,
    layouts: impl FnOnce() -> Option<Vec<Cow<'l, Layout>>>,
    press: &Press<'_, S>,
) -> Option<(Value, Value, Vec<Chapter>)> {
    write_spans(&spans(known.documents, known.tallies), known, layouts, press)
}

fn write_spans<'l, S: Sink>(
    spans: &[Span],
    known: &Known<'_>,
    layouts: impl FnOnce() -> Option<Vec<Cow<'l, Layout>>>,
    press: &Press<'_, S>,
) -> Option<(Value, Value, Vec<Chapter>)> {
    let mut chapters: Vec<Option<Chapter>> =
        spans.par_iter().map(|span| known.keep(span, press).or_else(|| known.amend(span, press))).collect();
    let others = || spans.iter().zip(&chapters).filter(|(_, chapter)| chapter.is_none()).map(|(span, _)| span);
    let others: Vec<&Span> = others().collect();
    if !others.is_empty() {
        let layouts = layouts()?;
        let layouts: Vec<&Layout> = layouts.iter().map(|layout| &**layout).collect();
        let mut written = sections(&layouts, known.tallies, &others, |span, terms| {
            let mut section = Section::new(span.number, press);
            terms(&mut |coded| section.take(coded));
            section.finish(span, known.memo)
        })
        .into_iter();
        chapters.iter_mut().filter(|chapter| chapter.is_none()).for_each(|chapter| *chapter = written.next());
    }
    let chapters: Vec<Chapter> = chapters.into_iter().flatten().collect();
    let lists = directory("d", chapters.iter().map(|chapter| &chapter.lists), press);
    let positions = directory("p", chapters.iter().map(|chapter| &chapter.positions), press);
    Some((lists, positions, chapters))
}

impl Known<'_> {
    /// A section as it was, when it says the same and its files are there.
    fn keep<S: Sink>(&self, span: &Span, press: &Press<'_, S>) -> Option<Chapter> {
        // Its number among the others hardly ever changes.
        let before = self.before.get(span.number).filter(|chapter| chapter.origin == span.origin)?;
        before.touch(self.memo);
        press.keep_all(&before.files).then(|| before.clone())
    }

    /// A section made out of what it was.
    fn amend<S: Sink>(&self, span: &Span, press: &Press<'_, S>) -> Option<Chapter> {
        let (edit, before) = (self.edit.as_ref()?, self.before.get(span.number)?);
        let part: Part = self.memo.recall(memo::Kind::Section, before.origin)?;
        let mut section = Section::new(span.number, press);
        part.amend(&span.units, edit, width(self.documents), &mut |coded| section.take(coded))?;
        self.memo.forget(memo::Kind::Section, before.origin);
        Some(section.finish(span, self.memo))
    }
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
    /// What is to be remembered.
    part: PartWriter,
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
            part: PartWriter::default(),
        }
    }

    fn take(&mut self, coded: &Coded) {
        self.part.add(coded);
        self.take_list(coded);
        if !coded.positions.is_empty() {
            self.take_positions(coded);
        }
    }

    fn put(&mut self, name: String, bits: &Bits) {
        self.press.put(&name, &bits.clone().into_bytes());
        self.files.push(name);
    }

    fn finish(mut self, span: &Span, memo: &Memo) -> Chapter {
        memo.keep(memo::Kind::Section, span.origin, &self.part.finish(span.units.clone()));
        let mut files = self.files;
        let mut finish = |tier: &mut Tier| {
            tier.close(self.press);
            files.extend((tier.first..).take(tier.firsts.len()).map(|number| format!("{}/{number}", tier.name)));
            (tier.first, std::mem::take(&mut tier.firsts))
        };
        let (lists, positions) = (finish(&mut self.lists), finish(&mut self.positions));
        Chapter { origin: span.origin, lists, positions, files }
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

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::base::{OutputPath, Product};
    use crate::search::layout::{Block, PageText};
    use crate::search::postings::{LOOKED_AT, spans_within, tallies};
    use crate::search::press::Note;
    use crate::search::sums::Change;

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

    fn page(title: &str, text: &str) -> Layout {
        let block = Block { text: text.to_owned(), ..Block::default() };
        PageText { title: title.to_owned(), meta: Vec::new(), blocks: vec![block] }.layout()
    }

    const PHRASE: &str = "岗位教学";

    fn pages() -> Vec<(String, String)> {
        let text =
            |at: u32| (0..60).filter_map(|step| char::from_u32(0x4e00 + (at * 37 + step * step) % 900)).collect();
        let page = |text: String| (text.chars().take(5).collect(), text);
        let mut pages: Vec<(String, String)> = (0..30).map(text).map(page).collect();
        // As many as may just do without positions.
        pages.iter_mut().take(LOOKED_AT as usize).for_each(|(_, text)| text.insert_str(30, PHRASE));
        // So often that its positions stand in several pieces.
        pages.iter_mut().take(12).for_each(|(_, text)| *text += &"值班".repeat(1200));
        pages
    }

    /// An index as it was written: its sections, its files, and what pages said in it.
    #[derive(Default)]
    struct Index {
        chapters: Vec<Chapter>,
        notes: Vec<Note>,
        layouts: Vec<Layout>,
        told: Value,
    }

    /// Writes an index of pages. With a memory what is left of an earlier one is used, and
    /// then no page may be asked that the edit left alone, unless `asks`.
    fn write(pages: &[(String, String)], before: &Index, disk: &Disk, memo: &Memo, asks: bool) -> Index {
        let layouts: Vec<Layout> = pages.iter().map(|(title, text)| page(title, text)).collect();
        let tallies = tallies(&layouts.iter().collect::<Vec<_>>());
        let press = Press::new(disk, &before.notes);
        let spans = spans_within(layouts.len(), &tallies, 64);
        let pairs = before.layouts.iter().zip(&layouts).enumerate().filter(|(_, (old, new))| old != new);
        let change =
            |(number, (old, new)): (usize, (&Layout, &Layout))| Change { number, old: old.clone(), new: new.clone() };
        let changes: Vec<Change> = pairs.map(change).collect();
        let one = |number: usize| layouts.get(number).cloned();
        let edit = if before.layouts.is_empty() { None } else { Edit::of(&changes, &one) };
        let known = Known { documents: layouts.len(), tallies: &tallies, before: &before.chapters, edit, memo };
        let all = || asks.then(|| layouts.iter().map(Cow::Borrowed).collect());
        let (lists, positions, chapters) = write_spans(&spans, &known, all, &press).expect("no page is needed");
        let mut notes = press.notes();
        notes.sort();
        drop(known);
        Index { chapters, notes, told: json!([lists, positions]), layouts }
    }

    fn same(one: &Index, other: &Index, disks: [&Disk; 2]) {
        assert_eq!((&one.chapters, &one.notes, &one.told), (&other.chapters, &other.notes, &other.told));
        for note in &one.notes {
            let path = note.path();
            let [one, other] = disks.map(|disk| disk.files.lock().unwrap().get(path.as_str()).cloned());
            assert_eq!(one, other, "{}", note.name);
        }
    }

    #[test]
    fn sections_that_are_as_they_were_are_not_written_again() {
        let (first, fresh, memo) = (Disk::default(), Disk::default(), Memo::none());
        let mut pages = pages();
        let before = write(&pages, &Index::default(), &first, &memo, true);
        let all = *first.written.lock().unwrap();
        pages[17].1.push_str("丁卜七");
        let kept = write(&pages, &before, &first, &memo, true);
        let cold = write(&pages, &Index::default(), &fresh, &memo, true);
        same(&kept, &cold, [&first, &fresh]);
        let again = *first.written.lock().unwrap() - all;
        let sections = kept.chapters.len();
        assert!(sections > 8 && again > 0 && again < all / 2, "{again} of {all} files, {sections} sections");
    }

    /// An edit of a page: which, where in it, what goes and what comes.
    fn edit() -> impl Strategy<Value = (usize, usize, usize, String, bool)> {
        (0..30usize, 0..70usize, 0..6usize, "[\u{4e00}-\u{4e20} ，。]{0,6}", any::<bool>())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
        #[test]
        fn what_is_made_out_of_what_was_is_what_is_made_anew(edits in vec(vec(edit(), 1..4), 1..5)) {
            let folder = tempfile::tempdir()?;
            let (disk, memo) = (Disk::default(), Memo::open(folder.path(), "it"));
            let mut pages = pages();
            let mut index = write(&pages, &Index::default(), &disk, &memo, true);
            for edits in edits {
                for (number, at, goes, comes, in_title) in edits {
                    let (title, text) = &mut pages[number];
                    let text = if in_title { title } else { text };
                    let units: Vec<char> = text.chars().collect();
                    let at = at.min(units.len());
                    let rest = units.iter().skip(at + goes);
                    *text = units.iter().take(at).copied().chain(comes.chars()).chain(rest.copied()).collect();
                }
                // Where a section came to be twice as large, others follow it.
                let moved = spans_of(&pages).iter().zip(&index.chapters).any(|(units, chapter)| {
                    let part: Option<Part> = memo.recall(memo::Kind::Section, chapter.origin);
                    part.is_none_or(|part| !part.is_of(units))
                }) || spans_of(&pages).len() != index.chapters.len();
                index = write(&pages, &index, &disk, &memo, moved);
                let fresh = Disk::default();
                let cold = write(&pages, &Index::default(), &fresh, &Memo::none(), true);
                same(&index, &cold, [&disk, &fresh]);
            }
        }
    }

    fn spans_of(pages: &[(String, String)]) -> Vec<std::ops::Range<usize>> {
        let layouts: Vec<Layout> = pages.iter().map(|(title, text)| page(title, text)).collect();
        let layouts: Vec<&Layout> = layouts.iter().collect();
        spans_within(layouts.len(), &tallies(&layouts), 64).into_iter().map(|span| span.units).collect()
    }
}
