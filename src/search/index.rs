//! Listens while pages are made, and keeps what they say.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::entries::{Entry, entries};
use super::hear::{hear, tidied};
use super::layout::{Block, Layout, PageText};
use crate::atlas::Atlas;
use crate::base::{OutputPath, Product, Sink};
use crate::ledger::Ledger;
use crate::model::Library;

/// Hands files on to another sink and hears what the pages among them say, so that
/// whatever stands on a page can be found.
pub struct Ear<'s, S> {
    sink: &'s S,
    /// What can be found on a page besides what stands on it.
    besides: Besides<'s>,
    entries: Vec<Entry>,
    places: BTreeMap<OutputPath, usize>,
    heard: Mutex<Vec<Option<Heard>>>,
}

/// Gives the text of a page's attachments, each piece with its place.
pub type Besides<'s> = Box<dyn Fn(&OutputPath) -> Vec<Block> + Sync + 's>;

/// What a page says.
struct Heard {
    text: PageText,
    layout: Layout,
}

/// What can be found: the pages in their order, with what they say.
#[derive(Debug, Default)]
pub struct Index {
    /// The documents, in the order that decides between equals.
    pub documents: Vec<Document>,
}

/// A page that can be found.
#[derive(Debug)]
pub struct Document {
    /// What it is and what it is filtered by.
    pub entry: Entry,
    /// What it says.
    pub text: PageText,
    /// The same in units, by fields.
    pub layout: Layout,
}

impl<'s, S: Sink> Ear<'s, S> {
    /// Prepares to hear the pages of a site.
    pub fn new(library: &Library, ledger: &Ledger, atlas: &Atlas, besides: Besides<'s>, sink: &'s S) -> Self {
        let entries = entries(library, ledger, atlas);
        let places = entries.iter().enumerate().map(|(at, entry)| (entry.path.clone(), at)).collect();
        let heard = Mutex::new(entries.iter().map(|_| None).collect());
        Ear { sink, besides, entries, places, heard }
    }

    /// What was heard. A page that was not made, because its template has a mistake, is
    /// left out.
    pub fn index(self) -> Index {
        let heard = self.heard.into_inner().unwrap_or_default();
        let documents = self.entries.into_iter().zip(heard).filter_map(|(entry, heard)| {
            let Heard { text, layout } = heard?;
            Some(Document { entry, text, layout })
        });
        Index { documents: documents.collect() }
    }

    fn hear(&self, at: usize, path: &OutputPath, html: &[u8]) {
        let Some(mut text) = std::str::from_utf8(html).ok().and_then(hear) else { return };
        text.blocks.extend((self.besides)(path).into_iter().map(tidied).filter(|block| !block.text.is_empty()));
        let layout = text.layout();
        if let Ok(mut heard) = self.heard.lock() {
            heard[at] = Some(Heard { text, layout });
        }
    }
}

impl<S: Sink> Sink for Ear<'_, S> {
    fn put(&self, path: OutputPath, product: Product) {
        if let (Some(at), Product::Made(bytes)) = (self.places.get(&path), &product) {
            self.hear(*at, &path, bytes);
        }
        self.sink.put(path, product);
    }
}

impl Document {
    /// The line that stands for the document where no place in its text does.
    pub fn summary(&self) -> &str {
        if !self.entry.summary.is_empty() {
            return &self.entry.summary;
        }
        self.text.blocks.iter().find(|block| !block.is_heading).map_or("", |block| &block.text)
    }
}

impl Index {
    /// How many units a document has on average, at least one.
    pub fn average(&self) -> u32 {
        let sum: u64 = self.documents.iter().map(|document| u64::from(document.layout.length())).sum();
        let average = sum.checked_div(self.documents.len() as u64).unwrap_or(0);
        u32::try_from(average).unwrap_or(u32::MAX).max(1)
    }
}
