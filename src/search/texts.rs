//! Texts for excerpts and facts for results, written as pages are heard, so that the
//! texts of all pages are never held at once.
//!
//! Documents whose numbers follow each other make a *block*. A long text has a file of
//! its own, which is written at once; short ones wait for the others of their block and
//! share files. An edit thus changes the files of its block alone.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::entries::{Entry, Kind};
use super::layout::PageText;
use super::normalize::{simplified_pairs, traditional_in};
use super::press::Press;
use crate::base::Sink;
use crate::base::text::shorten;

/// How many documents a block has, which is also how many a file of facts tells of:
/// results lie far apart.
pub(super) const BLOCK: usize = 8;
/// About how many bytes of text stand in a file before they are deflated.
const GROUP: usize = 8 * 1024;
/// How many characters of a summary are kept.
const SUMMARY: usize = 40;

/// A library with more traditional characters than this loads the whole table.
const TRADITIONAL: usize = 400;

/// The texts of all documents on their way to files.
#[derive(Default)]
pub(super) struct Texts {
    blocks: Vec<Mutex<Block>>,
    /// The traditional characters among all that was heard.
    traditional: Mutex<BTreeSet<char>>,
    /// The names of files that are written: equal texts share one.
    written: Mutex<BTreeSet<String>>,
    /// The blocks that are written.
    bound: Mutex<BTreeMap<usize, Bound>>,
}

/// A block as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bound {
    /// The traditional characters that its documents have.
    traditional: String,
    /// The names of the files in which their texts are.
    texts: Vec<String>,
}

/// Documents that wait for each other.
#[derive(Default)]
struct Block {
    /// How many were not heard yet.
    missing: usize,
    documents: Vec<Option<Told>>,
}

impl Block {
    /// What its documents say; one that was never heard says nothing.
    fn take(&mut self) -> Vec<Told> {
        take(&mut self.documents).into_iter().map(Option::unwrap_or_default).collect()
    }
}

/// What results show of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    title: String,
    /// The first words that are no heading.
    first: String,
    /// The traditional characters that it has.
    traditional: String,
    place: Place,
}

/// Where a text is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Place {
    /// Not written yet.
    Held(String),
    /// In a file, at a place.
    Written(String, usize),
}

impl Default for Place {
    fn default() -> Self {
        Place::Held(PageText::default().to_json().to_string())
    }
}

impl Texts {
    /// Room for so many documents.
    pub(super) fn new(documents: usize) -> Self {
        let block = |first: usize| {
            let size = (documents - first).min(BLOCK);
            Mutex::new(Block { missing: size, documents: vec![None; size] })
        };
        Texts { blocks: (0..documents).step_by(BLOCK).map(block).collect(), ..Texts::default() }
    }

    /// Takes what a document says, and gives what there is to be remembered of it.
    pub(super) fn hear<S: Sink>(
        &self,
        number: usize,
        text: &PageText,
        entries: &[Entry],
        press: &Press<'_, S>,
    ) -> Told {
        let raw = text.to_json().to_string();
        let place =
            if raw.len() > GROUP / 2 { Place::Written(self.write(&[&raw], press), 0) } else { Place::Held(raw) };
        let first = text.blocks.iter().find(|block| !block.is_heading).map_or("", |block| &block.text);
        let told = Told {
            title: text.title.clone(),
            first: shorten(first, SUMMARY),
            traditional: traditional_of(text),
            place,
        };
        self.take(number, told.clone(), entries, press);
        told
    }

    /// Takes what is remembered of a document; `false` when its text is in a file of its own
    /// that is not there.
    pub(super) fn hear_known<S: Sink>(
        &self,
        number: usize,
        told: Told,
        entries: &[Entry],
        press: &Press<'_, S>,
    ) -> bool {
        if let Place::Written(name, _) = &told.place {
            let is_new = self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
            if is_new && !press.keep_named(&format!("t/{name}")) {
                return false;
            }
        }
        self.take(number, told, entries, press);
        true
    }

    /// Takes a block as it was written before; `false` when a file of it is not there.
    pub(super) fn keep<S: Sink>(&self, number: usize, bound: &Bound, press: &Press<'_, S>) -> bool {
        let (facts, text) = (format!("m/{number}"), |name: &String| format!("t/{name}"));
        if !press.knows(&facts) || !bound.texts.iter().all(|name| press.knows(&text(name))) {
            return false;
        }
        press.keep_named(&facts);
        for name in &bound.texts {
            let is_new = self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
            if is_new {
                press.keep_named(&text(name));
            }
        }
        self.blocks[number].lock().unwrap_or_else(PoisonError::into_inner).missing = 0;
        self.bind(number, bound.clone());
        true
    }

    fn bind(&self, number: usize, bound: Bound) {
        if !bound.traditional.is_empty() {
            let mut found = self.traditional.lock().unwrap_or_else(PoisonError::into_inner);
            found.extend(bound.traditional.chars());
        }
        self.bound.lock().unwrap_or_else(PoisonError::into_inner).insert(number, bound);
    }

    /// All blocks, in their order.
    pub(super) fn into_bound(self) -> Vec<Bound> {
        self.bound.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }

    fn take<S: Sink>(&self, number: usize, told: Told, entries: &[Entry], press: &Press<'_, S>) {
        let mut block = self.blocks[number / BLOCK].lock().unwrap_or_else(PoisonError::into_inner);
        block.documents[number % BLOCK] = Some(told);
        block.missing -= 1;
        if block.missing == 0 {
            self.close(number / BLOCK, &block.take(), entries, press);
        }
    }

    /// Writes the blocks of which documents were never heard.
    pub(super) fn finish<S: Sink>(&self, entries: &[Entry], press: &Press<'_, S>) {
        for (number, block) in self.blocks.iter().enumerate() {
            let mut block = block.lock().unwrap_or_else(PoisonError::into_inner);
            if block.missing > 0 {
                self.close(number, &block.take(), entries, press);
            }
        }
    }

    /// The library's own traditional characters and their simplified forms, which its
    /// texts need to be compared; 1 for a library that had better load the whole table.
    pub(super) fn traditional(&self) -> Value {
        let found = self.traditional.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() > TRADITIONAL {
            return json!(1);
        }
        let own: (String, String) = simplified_pairs().filter(|(c, _)| found.contains(c)).unzip();
        json!(own)
    }

    fn close<S: Sink>(&self, number: usize, documents: &[Told], entries: &[Entry], press: &Press<'_, S>) {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let mut held = 0;
        let mut places: Vec<(usize, usize)> = Vec::new();
        for raw in documents.iter().filter_map(|told| told.place.held()) {
            match groups.last_mut().filter(|_| held + raw.len() <= GROUP) {
                Some(group) => group.push(raw),
                None => {
                    groups.push(vec![raw]);
                    held = 0;
                }
            }
            held += raw.len();
            places.push((groups.len() - 1, groups.last().map_or(0, Vec::len) - 1));
        }
        let names: Vec<String> = groups.iter().map(|group| self.write(group, press)).collect();
        let alone = documents.iter().filter_map(|told| told.place.name().map(str::to_owned));
        let traditional: BTreeSet<char> = documents.iter().flat_map(|told| told.traditional.chars()).collect();
        let bound =
            Bound { traditional: traditional.into_iter().collect(), texts: alone.chain(names.clone()).collect() };
        self.bind(number, bound);
        let mut places = places.into_iter();
        let rows = documents.iter().zip(&entries[number * BLOCK..]).map(|(told, entry)| match &told.place {
            Place::Written(name, row) => facts(told, entry, name, *row),
            Place::Held(_) => {
                let (group, row) = places.next().unwrap_or_default();
                facts(told, entry, names.get(group).map_or("", String::as_str), row)
            }
        });
        press.json(&format!("m/{number}"), &Value::Array(rows.collect()));
    }

    /// Writes texts into a file named by what is in it.
    fn write<S: Sink>(&self, texts: &[&str], press: &Press<'_, S>) -> String {
        let raw = format!("[{}]", texts.join(","));
        let name = blake3::hash(raw.as_bytes()).to_hex()[..10].to_owned();
        let is_new = self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        if is_new {
            press.deflated(&format!("t/{name}"), raw.as_bytes());
        }
        name
    }
}

fn traditional_of(text: &PageText) -> String {
    let mut found = BTreeSet::new();
    let texts = std::iter::once(&text.title).chain(&text.meta).chain(text.blocks.iter().map(|block| &block.text));
    texts.for_each(|text| {
        traditional_in(text, &mut |c| {
            found.insert(c);
        })
    });
    found.into_iter().collect()
}

impl Place {
    /// The file in which it is already.
    fn name(&self) -> Option<&str> {
        match self {
            Place::Held(_) => None,
            Place::Written(name, _) => Some(name),
        }
    }

    fn held(&self) -> Option<&str> {
        match self {
            Place::Held(raw) => Some(raw),
            Place::Written(..) => None,
        }
    }
}

fn facts(told: &Told, entry: &Entry, file: &str, row: usize) -> Value {
    let kind = Kind::ALL.iter().position(|kind| *kind == entry.kind).unwrap_or(0);
    let honours: Vec<&str> = entry.honours.iter().map(|honour| honour.key()).collect();
    json!([
        told.title,
        entry.path.as_str(),
        kind,
        entry.unit.as_deref().unwrap_or(""),
        entry.year.unwrap_or(0),
        entry.instructors,
        honours.join(" "),
        file,
        row,
        if entry.summary.is_empty() { told.first.clone() } else { shorten(&entry.summary, SUMMARY) },
    ])
}
