//! Listens while pages are made, and keeps what they say.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::entries::Entry;
use super::hear::{hear, tidied};
use super::layout::{Block, Layout, PageText};
use super::score::average;
use crate::base::{Key, OutputPath, Product, Sink};

/// Hands files on to another sink and hears what the pages among them say, so that
/// whatever stands on a page can be found.
pub struct Ear<'s, S, K> {
    sink: &'s S,
    /// What can be found on a page besides what stands on it.
    besides: Besides<'s>,
    places: Places,
    keeper: K,
}

/// The numbers of pages, by their addresses.
pub type Places = FxHashMap<OutputPath, usize>;

/// The numbers of the pages of some entries.
pub fn places(entries: &[Entry]) -> Places {
    entries.iter().enumerate().map(|(at, entry)| (entry.path.clone(), at)).collect()
}

/// Does something with what pages say, each by its number, from any thread.
pub trait Keeper: Sync {
    /// Takes what a page says; `origin` names what that follows from, where it is known.
    fn hear(&self, number: usize, text: PageText, origin: Option<Key>);

    /// Whether what follows from the same is known.
    fn knows(&self, _origin: Key) -> bool {
        false
    }

    /// Takes what a page says of which it knows.
    fn hear_known(&self, _number: usize, _origin: Key) {}
}

/// Gives the text of a page's attachments, each piece with its place.
pub type Besides<'s> = Box<dyn Fn(&OutputPath) -> Vec<Block> + Send + Sync + 's>;

/// Keeps everything that pages say.
pub struct Shelf {
    entries: Vec<Entry>,
    texts: Mutex<Vec<Option<PageText>>>,
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

impl<'s, S: Sink, K: Keeper> Ear<'s, S, K> {
    /// Prepares to hear the pages that stand at some places.
    pub fn new(places: Places, besides: Besides<'s>, sink: &'s S, keeper: K) -> Self {
        Ear { sink, besides, places, keeper }
    }

    /// The keeper, when all pages were made.
    pub fn into_keeper(self) -> K {
        self.keeper
    }

    /// A page without a main part says nothing.
    fn hear(&self, at: usize, path: &OutputPath, html: &[u8], origin: Option<Key>) {
        let mut text = std::str::from_utf8(html).ok().and_then(hear).unwrap_or_default();
        let besides = (self.besides)(path);
        let origin = origin.map(|origin| heard_of(origin, &besides));
        text.blocks.extend(besides.into_iter().map(tidied).filter(|block| !block.text.is_empty()));
        self.keeper.hear(at, text, origin);
    }
}

/// Names what a page says by what it was made of and what is found with it besides.
fn heard_of(origin: Key, besides: &[Block]) -> Key {
    let texts = besides.iter().flat_map(|block| [&block.anchor, &block.place, &block.text]);
    Key::of(std::iter::once(&origin.0[..]).chain(texts.map(String::as_bytes)))
}

impl<S: Sink, K: Keeper> Sink for Ear<'_, S, K> {
    fn put(&self, path: OutputPath, product: Product) {
        if let (Some(at), Product::Made(bytes)) = (self.places.get(&path), &product) {
            self.hear(*at, &path, bytes, None);
        }
        self.sink.put(path, product);
    }

    fn put_made_of(&self, path: OutputPath, product: Product, origin: Key) {
        if let (Some(at), Product::Made(bytes)) = (self.places.get(&path), &product) {
            self.hear(*at, &path, bytes, Some(origin));
        }
        self.sink.put_made_of(path, product, origin);
    }

    fn holds(&self, path: &OutputPath, origin: Key) -> bool {
        let is_known = || !self.places.contains_key(path) || self.keeper.knows(heard_of(origin, &(self.besides)(path)));
        self.sink.holds(path, origin) && is_known()
    }

    fn keep(&self, path: OutputPath, origin: Key) {
        if let Some(at) = self.places.get(&path) {
            self.keeper.hear_known(*at, heard_of(origin, &(self.besides)(&path)));
        }
        self.sink.keep(path, origin);
    }
}

impl Shelf {
    /// Room for what the pages of some entries say.
    pub fn new(entries: Vec<Entry>) -> Self {
        let texts = Mutex::new(entries.iter().map(|_| None).collect());
        Shelf { entries, texts }
    }

    /// What was heard. A page that was not made, because its template has a mistake, is
    /// left out.
    pub fn index(self) -> Index {
        let texts = self.texts.into_inner().unwrap_or_else(PoisonError::into_inner);
        let documents = self.entries.into_iter().zip(texts).filter_map(|(entry, text)| {
            let text = text?;
            Some(Document { entry, layout: text.layout(), text })
        });
        Index { documents: documents.collect() }
    }
}

impl Keeper for Shelf {
    fn hear(&self, number: usize, text: PageText, _: Option<Key>) {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)[number] = Some(text);
    }
}

impl Document {
    /// The line that stands for the document where no place in its text does.
    pub fn summary(&self) -> &str {
        self.text.summary(&self.entry)
    }
}

impl PageText {
    /// The line that stands for a page where no place in its text does.
    pub(super) fn summary<'t>(&'t self, entry: &'t Entry) -> &'t str {
        if !entry.summary.is_empty() {
            return &entry.summary;
        }
        self.blocks.iter().find(|block| !block.is_heading).map_or("", |block| &block.text)
    }
}

impl Index {
    /// How many units a document has on average, at least one.
    pub fn average(&self) -> u32 {
        average(self.documents.iter().map(|document| document.layout.length()))
    }
}
