//! Writes the index while pages are made: what a page says goes to its files as soon as
//! it is heard, and only its units are kept until all are there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::amend::Edit;
use super::entries::{Entry, FACETS, Facet, Kind, facets};
use super::index::{Index, Keeper};
use super::layout::{Layout, PageText};
use super::normalize::simplified_pairs;
use super::press::{Note, Press, Sizes};
use super::score::{average, length_class};
use super::shards::{Chapter, Known, write_lists};
use super::sounds::{homophones, sounds};
use super::sums::Sums;
use super::texts::{BLOCK, Bound, Texts, Told};
use crate::base::{Key, Sink};
use crate::memo::{self, Memo};

/// How many length classes a file has.
const CLASSES: usize = 8192;
/// About how many bytes of sounds stand in a file before they are deflated.
const GROUP: usize = 8 * 1024;

/// Writes the index below `search/`.
pub struct Scribe<'s, S> {
    press: Press<'s, S>,
    entries: Vec<Entry>,
    texts: Texts,
    heard: Mutex<Vec<Heard>>,
    memo: &'s Memo,
    /// The files of an earlier index, if all of them are there.
    before: Option<&'s Written>,
}

/// An index as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Names all that it follows from, where that can be told.
    origin: Option<Key>,
    sums: Sums,
    /// Blocks of texts, each with a name for all that it follows from.
    blocks: Vec<(Key, Bound)>,
    sounds: Sounds,
    chapters: Vec<Chapter>,
    files: Vec<Note>,
}

/// Names by their sound as they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Sounds {
    /// Names all names.
    names: Option<Key>,
    /// The first key of each file.
    firsts: Vec<String>,
}

impl Sounds {
    /// The names of its files.
    fn files(&self) -> Vec<String> {
        (0..self.firsts.len()).map(|number| format!("y/{number}")).collect()
    }
}

/// What is known of a document until all are there.
#[derive(Debug, Default)]
enum Heard {
    /// Nothing.
    #[default]
    Nothing,
    /// What it says in units, and what that follows from.
    Units(Layout, Option<Key>),
    /// That it says the same as before.
    Same(Key),
}

/// Writes an index of which everything is known below `search/`.
pub fn write(index: &Index, sink: &impl Sink) -> Sizes {
    let entries = index.documents.iter().map(|document| document.entry.clone()).collect();
    let (memo, before) = (Memo::none(), Written::default());
    let scribe = Scribe::new(entries, sink, &memo, &before);
    for (number, document) in index.documents.iter().enumerate() {
        scribe.hear(number, document.text.clone(), None);
    }
    scribe.finish().unwrap_or_default().sizes()
}

impl Written {
    /// How large it is.
    pub fn sizes(&self) -> Sizes {
        Sizes::of(&self.files)
    }
}

impl<S: Sink> Keeper for Scribe<'_, S> {
    fn hear(&self, number: usize, text: PageText, origin: Option<Key>) {
        let told = self.texts.hear(number, &text, &self.entries, &self.press);
        let layout = text.layout();
        if let Some(origin) = origin {
            self.memo.keep(memo::Kind::Heard, origin, &(&told, &layout));
        }
        self.note(number, Heard::Units(layout, origin));
    }

    fn knows(&self, origin: Key) -> bool {
        self.before.is_some() && self.memo.holds(memo::Kind::Heard, origin)
    }

    fn hear_known(&self, number: usize, origin: Key) {
        self.note(number, Heard::Same(origin));
    }
}

impl<'s, S: Sink> Scribe<'s, S> {
    /// Begins the index of some pages. What pages say may be remembered from a build that
    /// wrote an index before, as long as its files are there.
    pub fn new(entries: Vec<Entry>, sink: &'s S, memo: &'s Memo, before: &'s Written) -> Self {
        let press = Press::new(sink, &before.files);
        let is_there = !before.files.is_empty() && before.files.par_iter().all(|note| press.holds(note));
        let heard = Mutex::new(entries.iter().map(|_| Heard::Nothing).collect());
        let texts = Texts::new(entries.len());
        Scribe { press, texts, heard, entries, memo, before: is_there.then_some(before) }
    }

    fn note(&self, number: usize, heard: Heard) {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)[number] = heard;
    }

    /// Writes what follows from all pages together. When all of them say what they said,
    /// the index is as it is. `None` when the memory has lost what it said that it knew:
    /// then the pages have to be heard again.
    pub fn finish(self) -> Option<Written> {
        let Scribe { press, entries, texts, heard, memo, before } = self;
        let heard = Recalled { heard: heard.into_inner().unwrap_or_else(PoisonError::into_inner), memo };
        let named: Option<Vec<Key>> = entries.par_iter().map(memo::key_of).collect();
        let names: Option<Key> = memo::key_of(&entries.iter().map(|entry| &entry.names).collect::<Vec<_>>());
        let origins = heard.origins().zip(named);
        let origin = origins.as_ref().map(|(pages, named)| Key::of(pages.iter().chain(named).map(|key| &key.0[..])));
        if let Some(before) = before.filter(|before| origin.is_some() && before.origin == origin) {
            before.files.iter().for_each(|note| press.keep(note));
            before.chapters.iter().for_each(|chapter| chapter.touch(memo));
            return Some(before.clone());
        }
        let blocks = origins.as_ref().map(|(pages, named)| blocks_of(pages, named)).unwrap_or_default();
        write_texts(&heard, &texts, &blocks, before, &entries, &press)?;
        let pages = origins.as_ref().map(|(pages, _)| pages.as_slice());
        let layout = |number: usize| heard.layout(number);
        let known = before
            .zip(pages)
            .and_then(|(before, pages)| before.sums.after(pages, |origin| heard.recall(origin), layout));
        let (sums, edit, layouts) = match known {
            Some((sums, changes)) => (sums, Edit::of(&changes, &layout), None),
            None => {
                let layouts = heard.layouts()?;
                (Sums::of(&refer(&layouts), pages), None, Some(layouts))
            }
        };
        let tallies = &sums.tallies;
        let chapters = before.map_or(&[][..], |before| &before.chapters);
        let known = Known { documents: entries.len(), tallies, before: chapters, edit, memo };
        let sounds_before =
            before.map(|before| &before.sounds).filter(|sounds| names.is_some() && sounds.names == names);
        let list = || write_lists(&known, || layouts.map_or_else(|| heard.layouts(), Some), &press);
        let rest = || {
            write_classes(&sums.lengths, &press);
            for facet in facets(entries.iter()) {
                press.deflated(&format!("f/{}", facet.name), &column(&facet, entries.len()));
            }
            let frequencies = (0u32..).zip(tallies).filter(|(_, tally)| tally.count > 0);
            let frequencies = frequencies.filter_map(|(unit, tally)| Some((char::from_u32(unit)?, tally.count as u64)));
            press.json("h", &json!(homophones(&frequencies.collect())));
            match sounds_before.filter(|sounds| press.keep_all(&sounds.files())) {
                Some(sounds) => sounds.clone(),
                None => Sounds { names, firsts: write_sounds(&entries, &press) },
            }
        };
        let (lists, sounds) = rayon::join(list, rest);
        let (lists, positions, chapters) = lists?;
        let table: (String, String) = simplified_pairs().unzip();
        press.json("s", &json!(table));
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
        let start = json!({
            "v": 1, "id": press.id(), "n": sums.lengths.len(), "avg": average(sums.lengths.iter().copied()), "ms": BLOCK,
            "d": lists, "p": positions, "y": sounds.firsts, "s": texts.traditional(), "kinds": kinds, "facets": FACETS,
        });
        press.json("start", &start);
        let blocks = blocks.into_iter().zip(texts.into_bound()).collect();
        Some(Written { origin, sums, blocks, sounds, chapters, files: press.notes() })
    }
}

/// What pages say, with a memory of those that say the same as before.
struct Recalled<'m> {
    heard: Vec<Heard>,
    memo: &'m Memo,
}

impl Recalled<'_> {
    /// What each page follows from.
    fn origins(&self) -> Option<Vec<Key>> {
        let origin = |heard: &Heard| match heard {
            Heard::Units(_, origin) => *origin,
            Heard::Same(origin) => Some(*origin),
            Heard::Nothing => None,
        };
        self.heard.iter().map(origin).collect()
    }

    /// The units that followed from something.
    fn recall(&self, origin: Key) -> Option<Layout> {
        self.memo.recall::<(Told, Layout)>(memo::Kind::Heard, origin).map(|(_, layout)| layout)
    }

    /// The units of a page.
    fn layout(&self, number: usize) -> Option<Layout> {
        match &self.heard[number] {
            Heard::Nothing => Some(Layout::default()),
            Heard::Units(layout, _) => Some(layout.clone()),
            Heard::Same(origin) => self.recall(*origin),
        }
    }

    /// The units of all pages.
    fn layouts(&self) -> Option<Vec<Cow<'_, Layout>>> {
        let layout = |number: usize| match &self.heard[number] {
            Heard::Units(layout, _) => Some(Cow::Borrowed(layout)),
            _ => self.layout(number).map(Cow::Owned),
        };
        (0..self.heard.len()).into_par_iter().map(layout).collect()
    }
}

fn refer<'l>(layouts: &'l [Cow<'_, Layout>]) -> Vec<&'l Layout> {
    layouts.iter().map(|layout| &**layout).collect()
}

/// A name for all that each block of texts follows from.
fn blocks_of(pages: &[Key], named: &[Key]) -> Vec<Key> {
    let blocks = pages.chunks(BLOCK).zip(named.chunks(BLOCK));
    blocks.map(|(pages, named)| Key::of(pages.iter().chain(named).map(|key| &key.0[..]))).collect()
}

/// Writes the texts that were not written when they were heard. Blocks that follow from
/// the same as before are taken as they are; of the others the pages are remembered.
/// `None` when the memory said that it knew one, and then did not.
fn write_texts<S: Sink>(
    heard: &Recalled<'_>,
    texts: &Texts,
    blocks: &[Key],
    before: Option<&Written>,
    entries: &[Entry],
    press: &Press<'_, S>,
) -> Option<()> {
    let write = |(number, part): (usize, &[Heard])| {
        let is_known = part.iter().all(|heard| matches!(heard, Heard::Same(_)));
        let known = before.filter(|_| is_known).and_then(|before| before.blocks.get(number));
        let bound = known.filter(|(origin, _)| blocks.get(number) == Some(origin)).map(|(_, bound)| bound);
        if bound.is_some_and(|bound| texts.keep(number, bound, press)) {
            return Some(());
        }
        for (at, heard_one) in part.iter().enumerate() {
            if let Heard::Same(origin) = heard_one {
                let (told, _): (Told, Layout) = heard.memo.recall(memo::Kind::Heard, *origin)?;
                texts.hear_known(number * BLOCK + at, told, entries, press).then_some(())?;
            }
        }
        Some(())
    };
    heard.heard.par_chunks(BLOCK).enumerate().map(write).collect::<Option<Vec<()>>>()?;
    texts.finish(entries, press);
    Some(())
}

fn write_classes<S: Sink>(lengths: &[u32], press: &Press<'_, S>) {
    let classes: Vec<u8> = lengths.iter().map(|length| length_class(*length)).collect();
    for (at, chunk) in classes.chunks(CLASSES).enumerate() {
        let bytes: Vec<u8> = chunk.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
        press.deflated(&format!("n/{at}"), &bytes);
    }
}

/// A facet: its labels, which of them go together, and for each document which of these
/// sets it has, the low byte of all and then, where there are more sets, the high byte.
fn column(facet: &Facet, documents: usize) -> Vec<u8> {
    let mut of_document: Vec<Vec<usize>> = vec![Vec::new(); documents];
    for (at, value) in facet.values.iter().enumerate() {
        for document in &value.documents {
            of_document[*document as usize].push(at);
        }
    }
    let mut places: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut sets: Vec<&[usize]> = Vec::new();
    let mut column = Vec::with_capacity(documents);
    for set in &of_document {
        column.push(*places.entry(set).or_insert_with(|| {
            sets.push(set);
            sets.len() - 1
        }));
    }
    let labels: Vec<&str> = facet.values.iter().map(|value| value.label.as_str()).collect();
    let mut bytes = format!("{}\n", json!([labels, sets])).into_bytes();
    for shift in [0, 8, 16].into_iter().take_while(|shift| sets.len().saturating_sub(1) >> shift > 0 || *shift == 0) {
        bytes.extend(column.iter().map(|set| (*set >> shift) as u8));
    }
    bytes
}

/// The first document and the way from each to the next.
fn gaps(documents: &[u32]) -> Vec<u32> {
    let mut last = 0;
    let step = |document: &u32| document - std::mem::replace(&mut last, *document);
    documents.iter().map(step).collect()
}

/// Sounds in files of a handy size; gives the first key of each.
fn write_sounds<S: Sink>(entries: &[Entry], press: &Press<'_, S>) -> Vec<String> {
    let mut firsts = Vec::new();
    let mut held = serde_json::Map::new();
    let mut size = 0;
    for (key, names) in sounds(entries.iter()) {
        let rows: Vec<Value> = names
            .iter()
            .map(|(suffix, documents)| json!([suffix, gaps(&documents.iter().copied().collect::<Vec<_>>())]))
            .collect();
        let value = Value::Array(rows);
        size += value.to_string().len();
        if held.is_empty() {
            firsts.push(key.clone());
        }
        held.insert(key, value);
        if size > GROUP {
            press.json(&format!("y/{}", firsts.len() - 1), &Value::Object(std::mem::take(&mut held)));
            size = 0;
        }
    }
    if !held.is_empty() {
        press.json(&format!("y/{}", firsts.len() - 1), &Value::Object(held));
    }
    firsts
}
