//! The index as small scripts that a browser loads as it needs them (the format is
//! told in `search/mod.rs`).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::bits::Bits;
use super::container::{deflate, script};
use super::entries::{FACETS, Facet, Kind, facets};
use super::index::{Document, Index};
use super::layout::Layout;
use super::normalize::{GAP, simplified_pairs, traditional_in};
use super::postings::{Coded, Key, terms};
use super::score::length_class;
use super::sounds::{homophones, sounds};
use crate::base::text::shorten;
use crate::base::{OutputPath, Product, Sink};

/// About how many bits a shard of lists or positions has: a query loads several for one
/// list of each.
const SHARD: usize = 2048 * 8;
/// A list or the positions of a term stand in a file of their own from this many bits.
const LARGE: usize = 1024 * 8;
/// How many shards a page of the directory tells of.
const PAGE: usize = 256;
/// How many documents a file of facts tells of: results lie far apart.
const FACTS: usize = 8;
/// How many length classes a file has.
const CLASSES: usize = 8192;
/// About how many bytes of text or sounds stand in a file before they are deflated.
const GROUP: usize = 8 * 1024;
/// How many characters of a summary are kept.
const SUMMARY: usize = 40;
/// A library with more traditional characters than this loads the whole table.
const TRADITIONAL: usize = 400;

/// What an index is made of, in bytes as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The bytes of each part, by its folder: `d` lists, `x` large lists, `p` and `q`
    /// positions, `i` directory, `m` facts, `t` texts, `y` sounds and so on.
    pub parts: BTreeMap<String, u64>,
    /// How many files there are.
    pub files: usize,
}

/// Writes the index below `search/`.
pub fn write(index: &Index, sink: &impl Sink) -> Sizes {
    let mut press = Press { sink, hash: blake3::Hasher::new(), sizes: Sizes::default() };
    let lists = Lists::write(index, &mut press);
    let texts = write_texts(index, &mut press);
    for (at, documents) in index.documents.chunks(FACTS).enumerate() {
        let rows: Vec<Value> =
            documents.iter().enumerate().map(|(row, document)| facts(document, &texts[at * FACTS + row])).collect();
        press.json(&format!("m/{at}"), &Value::Array(rows));
    }
    write_classes(index, &mut press);
    for facet in facets(index) {
        press.put(&format!("f/{}", facet.name), &deflate(&column(&facet, index.documents.len())));
    }
    let sounds = write_sounds(index, &mut press);
    press.json("h", &json!(homophones(&lists.frequencies)));
    let table: (String, String) = simplified_pairs().unzip();
    press.json("s", &json!(table));
    let id = press.hash.finalize().to_hex()[..8].to_owned();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    let start = json!({
        "v": 1, "id": id, "n": index.documents.len(), "avg": index.average(), "ms": FACTS,
        "d": lists.documents, "p": lists.positions, "y": sounds, "s": traditional(index),
        "kinds": kinds, "facets": FACETS,
    });
    press.json("start", &start);
    press.sizes
}

/// Hands files to the sink and remembers what they are.
struct Press<'s, S> {
    sink: &'s S,
    hash: blake3::Hasher,
    sizes: Sizes,
}

impl<S: Sink> Press<'_, S> {
    fn put(&mut self, name: &str, bytes: &[u8]) {
        self.hash.update(name.as_bytes());
        self.hash.update(bytes);
        self.put_made(name, script(name, bytes));
    }

    fn put_made(&mut self, name: &str, made: Vec<u8>) {
        let part = name.split('/').next().unwrap_or(name);
        *self.sizes.parts.entry(part.to_owned()).or_default() += made.len() as u64;
        self.sizes.files += 1;
        self.sink.put(OutputPath::new(format!("search/{name}.js")), Product::Made(made));
    }

    fn json(&mut self, name: &str, value: &Value) {
        self.put(name, &deflate(value.to_string().as_bytes()));
    }
}

/// What the start file says of lists and positions.
struct Lists {
    documents: Value,
    positions: Value,
    frequencies: BTreeMap<char, u64>,
}

impl Lists {
    fn write<S: Sink>(index: &Index, press: &mut Press<'_, S>) -> Self {
        let mut documents = Tier::new("d");
        let mut positions = Tier::new("p");
        let (mut large, mut pieces) = (0u32, 0u32);
        let layouts: Vec<&Layout> = index.documents.iter().map(|document| &document.layout).collect();
        terms(&layouts, |Coded { key, documents: count, list, positions: parts }| {
            let mut body = Bits::default();
            if list.len() > LARGE {
                body.bit(true);
                body.gamma(count);
                body.number(large, 24);
                press.put(&format!("x/{large}"), &list.into_bytes());
                large += 1;
            } else {
                body.bit(false);
                body.append(&list);
            }
            documents.add(key, &body, press);
            match parts.as_slice() {
                [] => {}
                [(_, only)] if only.len() <= LARGE => {
                    let mut body = Bits::default();
                    body.bit(false);
                    body.gamma(only.len() as u32);
                    body.append(only);
                    positions.add(key, &body, press);
                }
                _ => {
                    let mut body = Bits::default();
                    body.bit(true);
                    body.gamma(parts.len() as u32);
                    body.number(pieces, 24);
                    for (postings, piece) in parts {
                        body.gamma(postings);
                        press.put(&format!("q/{pieces}"), &piece.into_bytes());
                        pieces += 1;
                    }
                    positions.add(key, &body, press);
                }
            }
        });
        let frequencies = frequencies(&layouts);
        Lists { documents: documents.finish(press), positions: positions.finish(press), frequencies }
    }
}

/// How often each character occurs.
fn frequencies(layouts: &[&Layout]) -> BTreeMap<char, u64> {
    let mut counts = vec![0u64; 1 << 16];
    for unit in layouts.iter().flat_map(|layout| layout.regions()).flat_map(|(_, region)| region) {
        counts[usize::from(*unit)] += 1;
    }
    counts[usize::from(GAP)] = 0;
    let used = counts.into_iter().zip(0u32..).filter(|(count, _)| *count > 0);
    used.filter_map(|(count, unit)| Some((char::from_u32(unit)?, count))).collect()
}

/// A row of shards, cut where one is full, and its directory.
struct Tier {
    name: &'static str,
    terms: Vec<(Key, Bits)>,
    held: usize,
    /// The first key of each shard.
    firsts: Vec<Key>,
}

impl Tier {
    fn new(name: &'static str) -> Self {
        Tier { name, terms: Vec::new(), held: 0, firsts: Vec::new() }
    }

    fn add<S: Sink>(&mut self, key: Key, body: &Bits, press: &mut Press<'_, S>) {
        if self.held + body.len() > SHARD {
            self.close(press);
        }
        self.held += body.len() + 8;
        self.terms.push((key, body.clone()));
    }

    fn close<S: Sink>(&mut self, press: &mut Press<'_, S>) {
        let Some((first, _)) = self.terms.first() else { return };
        let number = self.firsts.len();
        self.firsts.push(*first);
        let mut bits = Bits::default();
        bits.gamma(self.terms.len() as u32 + 1);
        let mut last = 0;
        for (key, body) in std::mem::take(&mut self.terms) {
            write_key(key, last, &mut bits);
            bits.append(&body);
            last = key;
        }
        self.held = 0;
        press.put(&format!("{}/{number}", self.name), &bits.into_bytes());
    }

    /// The directory: first keys of its pages, and how many shards stand before each.
    fn finish<S: Sink>(mut self, press: &mut Press<'_, S>) -> Value {
        self.close(press);
        let mut pages = Vec::new();
        for (at, firsts) in self.firsts.chunks(PAGE).enumerate() {
            let mut last = 0;
            let gaps: Vec<Key> = firsts
                .iter()
                .map(|first| {
                    let gap = first - last;
                    last = *first;
                    gap
                })
                .collect();
            press.json(&format!("i/{}-{at}", self.name), &json!(gaps));
            pages.push((firsts[0], at * PAGE));
        }
        let (firsts, befores): (Vec<Key>, Vec<usize>) = pages.into_iter().unzip();
        json!([firsts, befores])
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

/// Texts in files named by what is in them, small ones together. Gives for each
/// document its file and its place in it.
fn write_texts<S: Sink>(index: &Index, press: &mut Press<'_, S>) -> Vec<(String, usize)> {
    let raw: Vec<String> = index.documents.par_iter().map(|document| document.text.to_json().to_string()).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut held = 0;
    for (at, text) in raw.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if held + text.len() <= GROUP => group.push(at),
            _ => {
                groups.push(vec![at]);
                held = 0;
            }
        }
        held += text.len();
    }
    let packed: Vec<(String, Vec<u8>)> = groups
        .par_iter()
        .map(|group| {
            let texts: Vec<&str> = group.iter().map(|at| raw[*at].as_str()).collect();
            let bytes = deflate(format!("[{}]", texts.join(",")).as_bytes());
            let name = blake3::hash(&bytes).to_hex()[..10].to_owned();
            let made = script(&format!("t/{name}"), &bytes);
            (name, made)
        })
        .collect();
    let mut places = Vec::with_capacity(raw.len());
    let mut written = BTreeSet::new();
    for (group, (name, made)) in groups.iter().zip(packed) {
        places.extend((0..group.len()).map(|row| (name.clone(), row)));
        if written.insert(name.clone()) {
            press.hash.update(name.as_bytes());
            press.put_made(&format!("t/{name}"), made);
        }
    }
    places
}

fn facts(document: &Document, (file, row): &(String, usize)) -> Value {
    let entry = &document.entry;
    let kind = Kind::ALL.iter().position(|kind| *kind == entry.kind).unwrap_or(0);
    let honours: Vec<&str> = entry.honours.iter().map(|honour| honour.key()).collect();
    json!([
        document.text.title,
        entry.path.as_str(),
        kind,
        entry.unit.as_deref().unwrap_or(""),
        entry.year.unwrap_or(0),
        entry.instructors,
        honours.join(" "),
        file,
        row,
        shorten(document.summary(), SUMMARY),
    ])
}

fn write_classes<S: Sink>(index: &Index, press: &mut Press<'_, S>) {
    let classes: Vec<u8> = index.documents.iter().map(|document| length_class(document.layout.length())).collect();
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

/// The library's own traditional characters and their simplified forms, which its texts
/// need to be compared; 1 for a library that had better load the whole table.
fn traditional(index: &Index) -> Value {
    let in_document = |document: &Document| {
        let mut found = BTreeSet::new();
        let text = &document.text;
        let texts = std::iter::once(&text.title).chain(&text.meta).chain(text.blocks.iter().map(|block| &block.text));
        texts.for_each(|text| {
            traditional_in(text, &mut |c| {
                found.insert(c);
            })
        });
        found
    };
    let found = index.documents.par_iter().map(in_document).reduce(BTreeSet::new, |mut one, mut other| {
        one.append(&mut other);
        one
    });
    if found.len() > TRADITIONAL {
        return json!(1);
    }
    let own: (String, String) = simplified_pairs().filter(|(c, _)| found.contains(c)).unzip();
    json!(own)
}

/// The first document and the way from each to the next.
fn gaps(documents: &[u32]) -> Vec<u32> {
    let mut last = 0;
    let step = |document: &u32| {
        let gap = document - last;
        last = *document;
        gap
    };
    documents.iter().map(step).collect()
}

/// Sounds in files of a handy size; gives the first key of each.
fn write_sounds<S: Sink>(index: &Index, press: &mut Press<'_, S>) -> Vec<String> {
    let entries = index.documents.iter().map(|document| &document.entry);
    let mut firsts = Vec::new();
    let mut held = serde_json::Map::new();
    let mut size = 0;
    for (key, names) in sounds(entries) {
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
