//! tantivy as the index of `search` and `serve`: it holds the same terms as the static
//! shards, cut by our own tokenizer, and the documents with what they say.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::postings::Postings;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{DocSet, Index as Tantivy, Searcher, TantivyDocument, Term};

use super::entries::{Facet, facets};
use super::index::Index;
use super::layout::PageText;
use super::normalize::GAP;
use super::postings::{Fields, Key, Posting, reach, terms_at};
use super::rank::Lists;
use super::score::length_class;
use super::sounds::sounds;

/// Changes with everything that an index on disk depends on beside its documents.
const FORMAT: u32 = 3;
/// How much memory indexing takes before it writes, in bytes.
const MEMORY: usize = 256 << 20;
/// The name under which the index knows our tokenizer.
const TOKENIZER: &str = "pairs";

/// An index that can be asked.
pub struct Engine {
    searcher: Searcher,
    text: Field,
    stored: Field,
    shelf: Shelf,
}

/// What stands beside the index: what all queries need of all documents.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Shelf {
    format: u32,
    stamp: String,
    average: u32,
    classes: Vec<u8>,
    titles: Vec<u32>,
    /// The folder and the name of each unit.
    units: Vec<(String, String)>,
    /// For each facet its values with their documents.
    facets: Vec<Facet>,
    sounds: BTreeMap<String, Vec<(String, Vec<u32>)>>,
}

/// A document as it is told to people and programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What it is: the key of a [`super::Kind`].
    pub kind: String,
    /// The name of its unit.
    pub unit: Option<String>,
    /// Its year.
    pub year: Option<i32>,
    /// Who teaches it.
    pub instructors: Vec<String>,
    /// The keys of what it or its person is honoured with.
    pub honours: Vec<String>,
    /// A line that stands for it.
    pub summary: String,
    /// What it says, as in [`PageText::to_json`].
    pub text: serde_json::Value,
}

impl Engine {
    /// Opens the index in a folder if it was made of the same things, which `stamp`
    /// names; otherwise makes it anew, aside, and puts it there. What is damaged or of
    /// another version is thrown away.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or tantivy cannot write or read what it wrote.
    pub fn open(folder: &Path, stamp: &str, make: impl FnOnce() -> Index) -> io::Result<Self> {
        match Self::reopen(folder, stamp) {
            Some(engine) => Ok(engine),
            None => Self::renew(folder, stamp, &make()),
        }
    }

    /// Makes the index in a folder anew, aside, and puts it there.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or tantivy cannot write or read what it wrote.
    pub fn renew(folder: &Path, stamp: &str, index: &Index) -> io::Result<Self> {
        let aside = folder.with_extension(format!("new-{}", std::process::id()));
        remove(&aside)?;
        fs::create_dir_all(&aside)?;
        let made = Self::make(&aside, stamp, index);
        if made.is_err() {
            remove(&aside)?;
        }
        made?;
        remove(folder)?;
        fs::rename(&aside, folder)?;
        Self::reopen(folder, stamp).ok_or_else(|| io::Error::other("检索索引写好后读不出来"))
    }

    fn reopen(folder: &Path, stamp: &str) -> Option<Self> {
        let shelf: Shelf = serde_json::from_slice(&fs::read(folder.join("shelf.json")).ok()?).ok()?;
        if shelf.format != FORMAT || shelf.stamp != stamp {
            return None;
        }
        let tantivy = Tantivy::open_in_dir(folder.join("tantivy")).ok()?;
        let schema = tantivy.schema();
        let searcher = tantivy.reader().ok()?.searcher();
        let (text, stored) = (schema.get_field("text").ok()?, schema.get_field("stored").ok()?);
        (searcher.num_docs() as usize == shelf.classes.len()).then_some(Engine { searcher, text, stored, shelf })
    }

    fn make(folder: &Path, stamp: &str, index: &Index) -> io::Result<()> {
        let entries = index.documents.iter().map(|document| &document.entry);
        let listed = sounds(entries.clone()).into_iter().map(|(key, names)| {
            (key, names.into_iter().map(|(suffix, documents)| (suffix, documents.into_iter().collect())).collect())
        });
        let layouts = || index.documents.iter().map(|document| &document.layout);
        let shelf = Shelf {
            format: FORMAT,
            stamp: stamp.to_owned(),
            average: index.average(),
            classes: layouts().map(|layout| length_class(layout.length())).collect(),
            titles: layouts().map(|layout| layout.title_length() as u32).collect(),
            units: units(index),
            facets: facets(entries),
            sounds: listed.collect(),
        };
        let place = folder.join("tantivy");
        fs::create_dir_all(&place)?;
        fill(&place, index).map_err(io::Error::other)?;
        fs::write(folder.join("shelf.json"), serde_json::to_vec(&shelf)?)
    }

    /// A document.
    pub fn document(&self, document: u32) -> Option<Found> {
        let address = tantivy::DocAddress::new(0, document);
        let stored: TantivyDocument = self.searcher.doc(address).ok()?;
        serde_json::from_slice(stored.get_first(self.stored)?.as_bytes()?).ok()
    }

    /// The folder and the name of each unit that has a page.
    pub fn units(&self) -> &[(String, String)] {
        &self.shelf.units
    }

    /// For each facet its values with their documents, in the order of the documents.
    pub fn facets(&self) -> &[Facet] {
        &self.shelf.facets
    }

    /// The searcher and its field of text, for those who want to ask tantivy itself.
    pub fn tantivy(&self) -> (&Searcher, Field) {
        (&self.searcher, self.text)
    }

    /// Goes through the documents that have a term.
    fn each(&self, term: Key, mut take: impl FnMut(u32, &[u32])) {
        let wanted = Term::from_field_text(self.text, &name(term));
        let Some(segment) = self.searcher.segment_readers().first() else { return };
        let Ok(inverted) = segment.inverted_index(self.text) else { return };
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Ok(Some(mut postings)) = inverted.read_postings(&wanted, option) else { return };
        let mut positions = Vec::new();
        while postings.doc() != tantivy::TERMINATED {
            postings.positions(&mut positions);
            take(postings.doc(), &positions);
            postings.advance();
        }
    }
}

/// The units of an index, each once.
fn units(index: &Index) -> Vec<(String, String)> {
    let mut units: Vec<(String, String)> = Vec::new();
    for entry in index.documents.iter().map(|document| &document.entry) {
        let unit = entry.folder.clone().zip(entry.unit.clone());
        units.extend(unit.filter(|unit| !units.contains(unit)));
    }
    units
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn schema() -> Schema {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut builder = SchemaBuilder::default();
    builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    builder.add_bytes_field("stored", STORED);
    builder.build()
}

/// Writes all documents into one segment, whose numbers are then those of the index.
fn fill(place: &Path, index: &Index) -> tantivy::Result<()> {
    let schema = schema();
    let (text, stored) = (schema.get_field("text")?, schema.get_field("stored")?);
    let tokenizers = tantivy::tokenizer::TokenizerManager::new();
    tokenizers.register(TOKENIZER, Pairs);
    // tantivy asks for this one for fields without text.
    tokenizers.register("default", Pairs);
    let directory = MmapDirectory::open(place)?;
    let builder = Tantivy::builder().schema(schema).tokenizers(tokenizers);
    let mut writer = builder.single_segment_index_writer::<TantivyDocument>(directory, MEMORY)?;
    for document in &index.documents {
        let entry = &document.entry;
        let found = Found {
            url: entry.path.to_string(),
            title: document.text.title.clone(),
            kind: entry.kind.key().to_owned(),
            unit: entry.unit.clone(),
            year: entry.year,
            instructors: entry.instructors.clone(),
            honours: entry.values("honour"),
            summary: document.summary().to_owned(),
            text: document.text.to_json(),
        };
        let mut row = TantivyDocument::default();
        row.add_text(text, String::from_utf16_lossy(&document.layout.whole()));
        row.add_bytes(stored, &serde_json::to_vec(&found).map_err(io::Error::from)?);
        writer.add_document(row)?;
    }
    writer.finalize()?;
    Ok(())
}

impl Lists for Engine {
    fn documents(&self) -> u32 {
        self.shelf.classes.len() as u32
    }

    fn average(&self) -> u32 {
        self.shelf.average
    }

    fn class(&self, document: u32) -> u8 {
        self.shelf.classes.get(document as usize).copied().unwrap_or(0)
    }

    fn list(&self, term: Key) -> Vec<Posting> {
        let mut list = Vec::new();
        self.each(term, |document, positions| {
            let title = self.shelf.titles.get(document as usize).copied().unwrap_or(0);
            let mut fields = Fields::default();
            for position in positions {
                fields.note(*position, reach(term), title);
            }
            list.push(Posting { document, occurrences: positions.len() as u32, fields });
        });
        list
    }

    fn positions(&self, term: Key, documents: &[u32]) -> Vec<Vec<u32>> {
        let mut found = vec![Vec::new(); documents.len()];
        self.each(term, |document, positions| {
            if let Ok(at) = documents.binary_search(&document) {
                found[at] = positions.to_vec();
            }
        });
        found
    }

    fn units(&self, document: u32) -> Vec<u16> {
        let text = self.document(document).map(|found| PageText::from_json(&found.text));
        text.map(|text| text.layout().whole()).unwrap_or_default()
    }

    fn sounds(&self, key: &str) -> Vec<(String, Vec<u32>)> {
        self.shelf.sounds.get(key).cloned().unwrap_or_default()
    }
}

/// The terms of some units as tantivy knows them, each once.
pub fn term_names(units: &[u16]) -> Vec<String> {
    let mut names = Vec::new();
    for (alone, longer) in (0..units.len()).filter_map(|at| terms_at(units, at)) {
        for name in [Some(alone), longer].into_iter().flatten().map(name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// A term as tantivy knows it: its units as characters, a crossing with a space
/// between. Halves of characters, which are no text, stand as private ones.
fn name(term: Key) -> String {
    let character = |unit: u64| {
        let unit = (unit & 0xffff) as u32;
        char::from_u32(unit).or(char::from_u32(0xf_0000 + unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let mut name = String::from(character(term >> 17));
    if term >> 16 & 1 == 1 {
        name.push(' ');
    }
    if term & 0xffff != 0 {
        name.push(character(term));
    }
    name
}

/// Cuts a document's units into terms: each unit alone and what it makes with the next,
/// both at its own position.
#[derive(Debug, Clone, Default)]
struct Pairs;

/// The terms of one document.
struct PairStream {
    units: Vec<u16>,
    at: usize,
    pending: Option<Key>,
    token: Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        PairStream { units: text.encode_utf16().collect(), at: 0, pending: None, token: Token::default() }
    }
}

impl PairStream {
    fn tell(&mut self, term: Key) -> bool {
        self.token.text = name(term);
        true
    }
}

impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        if let Some(longer) = self.pending.take() {
            return self.tell(longer);
        }
        while self.units.get(self.at) == Some(&GAP) {
            self.at += 1;
        }
        let Some((alone, longer)) = terms_at(&self.units, self.at) else { return false };
        self.token.position = self.at;
        self.pending = longer;
        self.at += 1;
        self.tell(alone)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
