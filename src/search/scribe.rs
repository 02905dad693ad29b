//! Writes the index while pages are made: what a page says goes to its files as soon as
//! it is heard, and only its units are kept until all are there.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::container::deflate;
use super::entries::{Entry, FACETS, Facet, Kind, facets};
use super::index::{Index, Keeper};
use super::layout::{Layout, PageText};
use super::normalize::simplified_pairs;
use super::postings::frequencies;
use super::press::{Press, Sizes};
use super::score::{average, length_class};
use super::shards::write_lists;
use super::sounds::{homophones, sounds};
use super::texts::{BLOCK, Texts};
use crate::base::Sink;

/// How many length classes a file has.
const CLASSES: usize = 8192;
/// About how many bytes of sounds stand in a file before they are deflated.
const GROUP: usize = 8 * 1024;

/// Writes the index below `search/`.
pub struct Scribe<'s, S> {
    press: Press<'s, S>,
    entries: Vec<Entry>,
    texts: Texts,
    layouts: Mutex<Vec<Layout>>,
}

/// Writes an index of which everything is known below `search/`.
pub fn write(index: &Index, sink: &impl Sink) -> Sizes {
    let scribe = Scribe::new(index.documents.iter().map(|document| document.entry.clone()).collect(), sink);
    for (number, document) in index.documents.iter().enumerate() {
        scribe.hear(number, document.text.clone());
    }
    scribe.finish()
}

impl<S: Sink> Keeper for Scribe<'_, S> {
    fn hear(&self, number: usize, text: PageText) {
        self.texts.hear(number, &text, &self.entries, &self.press);
        let layout = text.layout();
        self.layouts.lock().unwrap_or_else(PoisonError::into_inner)[number] = layout;
    }
}

impl<'s, S: Sink> Scribe<'s, S> {
    /// Begins the index of some pages.
    pub fn new(entries: Vec<Entry>, sink: &'s S) -> Self {
        let layouts = Mutex::new(entries.iter().map(|_| Layout::default()).collect());
        Scribe { press: Press::new(sink), texts: Texts::new(entries.len()), layouts, entries }
    }

    /// Writes what follows from all pages together.
    pub fn finish(self) -> Sizes {
        let Scribe { press, entries, texts, layouts } = self;
        texts.finish(&entries, &press);
        let layouts = layouts.into_inner().unwrap_or_else(PoisonError::into_inner);
        let layouts: Vec<&Layout> = layouts.iter().collect();
        let counts = frequencies(&layouts);
        let ((lists, positions), sounds) =
            rayon::join(|| write_lists(&layouts, &counts, &press), || write_sounds(&entries, &press));
        write_classes(&layouts, &press);
        for facet in facets(entries.iter()) {
            press.put(&format!("f/{}", facet.name), &deflate(&column(&facet, entries.len())));
        }
        let frequencies = (0u32..).zip(&counts).filter(|(_, count)| **count > 0);
        let frequencies = frequencies.filter_map(|(unit, count)| Some((char::from_u32(unit)?, *count as u64)));
        press.json("h", &json!(homophones(&frequencies.collect())));
        let table: (String, String) = simplified_pairs().unzip();
        press.json("s", &json!(table));
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
        let start = json!({
            "v": 1, "id": press.id(), "n": layouts.len(), "avg": average(layouts.iter().copied()), "ms": BLOCK,
            "d": lists, "p": positions, "y": sounds, "s": texts.traditional(), "kinds": kinds, "facets": FACETS,
        });
        press.json("start", &start);
        press.sizes()
    }
}

fn write_classes<S: Sink>(layouts: &[&Layout], press: &Press<'_, S>) {
    let classes: Vec<u8> = layouts.iter().map(|layout| length_class(layout.length())).collect();
    for (at, chunk) in classes.chunks(CLASSES).enumerate() {
        let bytes: Vec<u8> = chunk.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
        press.put(&format!("n/{at}"), &deflate(&bytes));
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
