//! What is searched in the tests: the sample library and a thousand pages of real text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use jiangtai::base::OutputPath;
use jiangtai::config::Flags;
use jiangtai::output::Memory;
use jiangtai::search::layout::{Block, PageText};
use jiangtai::search::{Document, Engine, Entry, Index, Kind};
use serde_json::Value;
use tempfile::TempDir;

use crate::scripts::{Scripts, index_files};
use crate::support;

/// An index and tantivy's own of it.
pub struct Shelf {
    pub index: Index,
    pub engine: Engine,
    files: BTreeMap<String, Vec<u8>>,
    _folder: TempDir,
}

impl Shelf {
    fn new(index: Index) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let engine = Engine::renew(&folder.path().join("index"), "", &index).expect("tantivy takes the index");
        let sink = Memory::default();
        jiangtai::search::write(&index, &sink);
        let files = sink.close().expect("nothing is copied");
        let files = files.into_iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes)).collect();
        Shelf { index, engine, files: index_files(&files), _folder: folder }
    }

    /// The files of the static index.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The browser's engine over these files, one for each thread.
    pub fn scripts(&self) -> Rc<Scripts> {
        thread_local! {
            static OPEN: RefCell<BTreeMap<usize, Rc<Scripts>>> = RefCell::default();
        }
        let place = std::ptr::from_ref(self) as usize;
        OPEN.with_borrow_mut(|open| {
            let made = || Rc::new(Scripts::new(support::theme(), self.files.clone()));
            Rc::clone(open.entry(place).or_insert_with(made))
        })
    }

    /// The address of a document.
    pub fn url(&self, document: u32) -> &str {
        self.index.documents[document as usize].entry.path.as_str()
    }
}

/// The sample library.
pub fn sample() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Shelf::new(support::build_folder(root, &Flags::default()).index())
    })
}

/// A question and the document that answers it.
pub struct Question {
    pub text: String,
    pub relevant: u32,
}

/// A thousand paragraphs of an encyclopedia, and questions to them
/// (`tests/relevance/README.md`).
pub fn paragraphs() -> &'static (Shelf, Vec<Question>) {
    static SHELF: OnceLock<(Shelf, Vec<Question>)> = OnceLock::new();
    SHELF.get_or_init(|| {
        let mut json = String::new();
        let packed: &[u8] = include_bytes!("../relevance/drcd.json.gz");
        GzDecoder::new(packed).read_to_string(&mut json).expect("the collection is whole");
        let data: Value = serde_json::from_str(&json).expect("the collection is JSON");
        let rows = |key: &str| data[key].as_array().cloned().unwrap_or_default();
        let documents: Vec<Document> = rows("documents").iter().map(document).collect();
        let number = |id: &Value| {
            let url = format!("{}.html", id.as_str().unwrap_or_default());
            documents.iter().position(|document| document.entry.path.as_str() == url)
        };
        let question = |row: &Value| Question {
            text: row["text"].as_str().unwrap_or_default().to_owned(),
            relevant: number(&row["relevant"]).expect("every question has its paragraph") as u32,
        };
        let questions = rows("queries").iter().map(question).collect();
        (Shelf::new(Index { documents }), questions)
    })
}

fn document(row: &Value) -> Document {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let page = PageText {
        title: text("title"),
        blocks: vec![Block { text: text("text"), ..Block::default() }],
        ..PageText::default()
    };
    let entry = Entry::new(&OutputPath::new(format!("{}.html", text("id"))), Kind::Lesson);
    Document { entry, layout: page.layout(), text: page }
}
