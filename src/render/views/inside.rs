//! What is inside a file, as its card shows it.

use serde::Serialize;

/// What is inside a file.
#[derive(Debug, Clone, Serialize)]
pub struct InsideView {
    /// How long it is: `page`, `slide` or `sheet` under `t.attachments.lengths`; absent
    /// where the file does not say.
    pub unit: Option<String>,
    /// How many of these it has.
    pub count: u32,
    /// Why there is no text, under `t.attachments.states`: `scan`, `locked`, `damaged`,
    /// `beyond`, `unsupported`; absent where there is text, or none is to be expected.
    pub state: Option<String>,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// The picture that stands for it.
    pub cover: Option<PictureView>,
    /// The first pages, slides, sheets or sections.
    pub parts: Vec<LeafView>,
    /// How many there are besides.
    pub more: u32,
    /// Whether its text is so long that even search has only the beginning.
    pub is_cut: bool,
}

/// A page, a slide, a sheet or a section.
#[derive(Debug, Clone, Serialize)]
pub struct LeafView {
    /// Its anchor.
    pub id: String,
    /// Where it stands, for example 第3张; absent where its title says so.
    pub place_text: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it says.
    pub blocks: Vec<BlockView>,
    /// What the speaker says to it.
    pub notes: Vec<String>,
    /// Pictures on it, at most three.
    pub pictures: Vec<PictureView>,
    /// Whether it says more than is shown.
    pub is_cut: bool,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockView {
    /// `text`, `heading`, `list` or `table`.
    pub kind: String,
    /// The text, or the items of a list.
    pub lines: Vec<String>,
    /// The rows of a table.
    pub rows: Vec<Vec<String>>,
}

/// A picture that was made for the site.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// Its address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
