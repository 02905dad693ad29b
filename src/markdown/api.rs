//! What goes into the rendering of a body and what comes out of it.

use super::words::Lang;

/// Knows where the links of one document lead.
pub trait Links {
    /// Resolves a link or image destination as it was written (percent-encoded or
    /// not, Chinese, with spaces), such as `图 1.png`, `../a.md#x`, `https://…` or
    /// `#anchor`.
    fn destination(&self, written: &str, is_image: bool) -> Target;

    /// Resolves the name in `[[编号或标题]]`.
    fn wiki(&self, name: &str) -> Target;

    /// The size of an image in pixels, by its destination as it was written, so that
    /// nothing moves when it arrives; `None` where it is not known.
    fn size(&self, _written: &str) -> Option<(u32, u32)> {
        None
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A link to `href`, which is already relative to the page; `title` is what a
    /// wiki link shows when it has no text of its own.
    Found {
        /// The address.
        href: String,
        /// What the other page is called.
        title: Option<String>,
    },
    /// Leave as written: an outside address, mail, an anchor.
    AsWritten,
    /// Leads nowhere: the text is shown as a broken link and reported.
    Missing,
}

/// How a body is rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of the fixed words.
    pub lang: Lang,
}

/// A rendered body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML, with headings from level 2.
    pub html: String,
    /// The headings as a tree.
    pub toc: Vec<TocEntry>,
    /// The visible text for summaries and search, its paragraphs parted by `\n`.
    pub plain: String,
    /// The text of the first paragraph.
    pub first_paragraph: Option<String>,
    /// The text of the first heading of level 1. When it is the only one and opens
    /// the body it is the title of the page and left out of `html`.
    pub first_heading: Option<String>,
    /// How many characters the visible text has, as a word processor counts them.
    pub characters: usize,
    /// What the writer should look at, in the order of the source.
    pub problems: Vec<Problem>,
    /// Whether the source holds raw HTML that went through the sanitiser.
    pub has_raw_html: bool,
}

/// A heading and those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// The level in the page, 2 to 6.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// The text without markup.
    pub text: String,
    /// The headings of lower rank up to the next one of this rank.
    pub children: Vec<TocEntry>,
}

/// Something that the writer should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The line within the source, from 1.
    pub line: u32,
    /// The first character, from 1.
    pub column: u32,
    /// How many characters are concerned.
    pub length: u32,
    /// The destination, name or markup concerned, as it was written.
    pub text: String,
}

/// The kinds of problem in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A link or image leads nowhere, or to a kind of address that is not allowed.
    BrokenLink,
    /// A destination on the writer's own machine, such as `C:\图.png`.
    LocalPath,
    /// Raw HTML that was shown as text, or whose attributes were dropped.
    RawHtml,
    /// A destination with spaces and without `<>`, read as it was meant.
    SpacedLink,
    /// Lines numbered `1、` that Markdown does not take for a list.
    NumberedListMark,
    /// `＃标题` or `#标题`, read as the heading that was meant.
    FullWidthHeading,
    /// A table drawn with `｜`, read as it was meant.
    FullWidthTable,
    /// A `:::` block that is never closed.
    UnclosedBlock,
    /// A `:::` block of a name that is not known.
    UnknownBlock(String),
    /// A question without an answer.
    QuizWithoutAnswer,
}
