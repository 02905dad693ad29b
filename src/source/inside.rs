//! What is inside a file that is no text of the library: an attachment or a picture.
//!
//! These are values only; `courseware` makes them.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What a file is, by its bytes and not by its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Nature {
    /// A presentation of PowerPoint 2007 or later, or of WPS.
    Pptx,
    /// A document of Word 2007 or later, or of WPS.
    Docx,
    /// A workbook of Excel 2007 or later, or of WPS.
    Xlsx,
    /// An older presentation.
    Ppt,
    /// An older document.
    Doc,
    /// An older workbook.
    Xls,
    /// A text, presentation or table of LibreOffice.
    OpenDocument,
    /// PDF.
    Pdf,
    /// Rich text.
    Rtf,
    /// A web page, which some programs save under the name of a document.
    Html,
    /// A picture that browsers show.
    Picture,
    /// Plain text.
    Text,
    /// A file of office programs behind a password.
    Locked,
    /// Anything else.
    #[default]
    Other,
}

/// How far a file could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// Nothing of it is text: a film, an archive, a picture.
    #[default]
    Nothing,
    /// Its text was read.
    Whole,
    /// Its pages are pictures.
    Scan,
    /// It asks for a password.
    Locked,
    /// It is cut off or otherwise broken.
    Damaged,
    /// It unfolds to more than is healthy, or is too large to be looked at.
    Beyond,
    /// It is of a kind that we cannot read.
    Unsupported,
}

/// What pages of a file are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// 页.
    Page,
    /// 张.
    Slide,
    /// 工作表.
    Sheet,
}

/// Where a part stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    /// A page, from one.
    Page(u32),
    /// A slide, from one.
    Slide(u32),
    /// A sheet of a workbook.
    Sheet(String),
    /// What stands below a heading.
    Section(String),
    /// The whole file, or its beginning.
    Whole,
    /// What is repeated at the top or the bottom of pages.
    Margin,
    /// 脚注 and 尾注.
    Footnotes,
    /// A comment or a deleted passage, which readers of the file may still see.
    Comment,
    /// A property of the document, such as its title.
    Property(String),
}

/// One line of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// An item of a list.
    Item(String),
    /// The cells of a row.
    Row(Vec<String>),
}

/// A page, a slide, a sheet or a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it stands.
    pub spot: Spot,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// What it says.
    pub lines: Vec<Line>,
    /// What the speaker says to it.
    pub notes: Vec<String>,
    /// Pictures on it, by their places in [`Inside::pictures`].
    pub pictures: Vec<usize>,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// 标题.
    pub title: Option<String>,
    /// 作者.
    pub author: Option<String>,
    /// All of them by name, also those that nobody shows: they are published with the
    /// file, so that they are looked at for what must not be.
    pub all: Vec<(String, String)>,
}

/// A picture that was made out of a file: a smaller one, or one without traces of where
/// it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// A name by its content, with an extension.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// How many bytes it has.
    pub length: u64,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Bytes,
}

/// Where the bytes of a picture are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bytes {
    /// In memory.
    Held(Arc<[u8]>),
    /// In the folder where what was made is remembered.
    Kept(PathBuf),
}

impl Default for Bytes {
    fn default() -> Self {
        Bytes::Held(Arc::from([]))
    }
}

/// What is inside a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// What it is.
    pub nature: Nature,
    /// How far it was read.
    pub reading: Reading,
    /// How many pages, slides or sheets it has, where it says so.
    pub count: Option<(Unit, u32)>,
    /// What it says of itself.
    pub properties: Properties,
    /// Its text.
    pub parts: Vec<Part>,
    /// Text that the file carries and its pages do not show.
    pub hidden: Vec<Part>,
    /// Whether text was left out because there is too much of it.
    pub is_cut: bool,
    /// Pictures out of it, made small.
    pub pictures: Vec<Picture>,
    /// The picture that stands for it, by its place in [`Inside::pictures`].
    pub cover: Option<usize>,
    /// The size of a picture as it is shown, in pixels.
    pub size: Option<(u32, u32)>,
    /// What is published in the place of a picture.
    pub stand_in: Option<Picture>,
    /// Whether a picture says where it was taken.
    pub has_location: bool,
    /// Whether it carries a mark of secrecy (E601).
    pub is_secret: bool,
}

impl Part {
    /// A part without anything on it.
    pub fn new(spot: Spot) -> Self {
        Self { spot, title: None, lines: Vec::new(), notes: Vec::new(), pictures: Vec::new() }
    }

    /// Whether it says nothing.
    pub fn is_silent(&self) -> bool {
        self.title.is_none() && self.lines.is_empty() && self.notes.is_empty()
    }

    /// Everything that it says, line by line.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let title = self.title.iter().map(String::as_str);
        let lines = self.lines.iter().flat_map(Line::texts);
        title.chain(lines).chain(self.notes.iter().map(String::as_str))
    }
}

impl Line {
    /// Its text, or that of each cell.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = match self {
            Line::Heading(text) | Line::Text(text) | Line::Item(text) => std::slice::from_ref(text),
            Line::Row(cells) => cells.as_slice(),
        };
        texts.iter().map(String::as_str)
    }
}

impl Inside {
    /// All that it says and where, its properties and what its pages do not show
    /// included.
    pub fn everything(&self) -> impl Iterator<Item = (Spot, &str)> {
        let of_parts = self.parts.iter().chain(&self.hidden);
        let texts = of_parts.flat_map(|part| part.texts().map(|text| (part.spot.clone(), text)));
        let of_properties =
            self.properties.all.iter().map(|(name, value)| (Spot::Property(name.clone()), value.as_str()));
        texts.chain(of_properties)
    }
}
