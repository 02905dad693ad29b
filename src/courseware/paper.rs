//! A document as blocks, whatever program wrote it.

use std::collections::BTreeMap;

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes by the names that runs give them.
    pub notes: BTreeMap<String, Vec<Block>>,
    /// What is repeated at the top or the bottom of pages.
    pub margins: Vec<String>,
    /// Comments and deleted passages.
    pub hidden: Vec<String>,
}

/// A slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slide {
    /// Its title.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What the speaker says to it.
    pub notes: Vec<String>,
    /// Its pictures, by the names of their entries.
    pub pictures: Vec<String>,
}

/// A paragraph, an item or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, from level one.
    Heading(u8, Vec<Run>),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// An item of a list.
    Item {
        /// How deep it is, from zero.
        level: u8,
        /// Whether it is numbered.
        is_numbered: bool,
        /// Its text.
        runs: Vec<Run>,
    },
    /// Rows of cells, each with blocks of its own.
    Table(Vec<Vec<Vec<Block>>>),
}

/// A stretch of text in one style, or what stands in a line besides text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Text.
    Text {
        /// What it says.
        text: String,
        /// Whether it is bold.
        is_bold: bool,
        /// Whether it is italic.
        is_italic: bool,
        /// Whether it is struck out.
        is_struck: bool,
        /// Where it leads.
        link: Option<String>,
    },
    /// The beginning of a new line.
    Break,
    /// A picture, by the name of its entry, and what it shows.
    Picture(String, String),
    /// A footnote, by its name in [`Paper::notes`].
    Note(String),
}

impl Run {
    /// Text without a style.
    pub fn plain(text: impl Into<String>) -> Self {
        Run::Text { text: text.into(), is_bold: false, is_italic: false, is_struck: false, link: None }
    }
}

/// The text of runs.
pub fn text_of_runs(runs: &[Run]) -> String {
    let text = |run: &Run| match run {
        Run::Text { text, .. } => text.clone(),
        Run::Break => "\n".to_owned(),
        Run::Picture(..) | Run::Note(_) => String::new(),
    };
    runs.iter().map(text).collect()
}

impl Block {
    /// Its text in one piece, cells parted by blanks.
    pub fn text(&self) -> String {
        match self {
            Block::Heading(_, runs) | Block::Paragraph(runs) | Block::Item { runs, .. } => text_of_runs(runs),
            Block::Table(rows) => rows.iter().flatten().map(|cell| text_of_cell(cell)).collect::<Vec<_>>().join(" "),
        }
    }
}

impl Block {
    /// Adds the entries of its pictures.
    pub fn pictures(&self, found: &mut Vec<String>) {
        match self {
            Block::Heading(_, runs) | Block::Paragraph(runs) | Block::Item { runs, .. } => {
                found.extend(runs.iter().filter_map(|run| match run {
                    Run::Picture(entry, _) => Some(entry.clone()),
                    _ => None,
                }));
            }
            Block::Table(rows) => rows.iter().flatten().flatten().for_each(|block| block.pictures(found)),
        }
    }
}

/// The text of a cell, its paragraphs parted by line ends.
pub fn text_of_cell(cell: &[Block]) -> String {
    cell.iter().map(Block::text).filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// How deep a paragraph's number says that it stands, for papers that number their
/// headings by hand as official papers do: 一、 then （一） then 1.
pub fn numbered_heading(text: &str) -> Option<u8> {
    const NUMERALS: &str = "一二三四五六七八九十百零〇";
    let text = text.trim();
    let is_short = text.chars().count() <= 40 && !text.ends_with(['。', '；', '，', '：', ';', ',']);
    let inner = text.strip_prefix(['（', '(']);
    let rest = inner.unwrap_or(text).trim_start_matches(|c| NUMERALS.contains(c));
    let has_number = rest.len() < inner.unwrap_or(text).len();
    let ends = |signs: &[char]| rest.strip_prefix(signs).is_some_and(|title| !title.trim().is_empty());
    match inner {
        _ if !is_short || !has_number => None,
        None if ends(&['、', '．', '.']) => Some(1),
        Some(_) if ends(&['）', ')']) => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::numbered_heading;

    #[test]
    fn headings_are_known_by_their_numbers() {
        assert_eq!(numbered_heading("一、送达的方式"), Some(1));
        assert_eq!(numbered_heading("十二、其他"), Some(1));
        assert_eq!(numbered_heading("（三）留置送达"), Some(2));
        for text in ["一、", "一般规定", "（见附件）说明", "一、当事人应当在收到之日起六十日内申请复议。", "1. 条"]
        {
            assert_eq!(numbered_heading(text), None, "{text}");
        }
    }
}
