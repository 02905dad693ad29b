//! Documents beside the site, such as reports and archives: the same engine and
//! theme, without a site around them.

use serde::Serialize;

use super::engine::Engine;
use crate::base::Finding;
use crate::theme::Theme;

/// A page of a document, for `documents/page.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaperView {
    /// The heading.
    pub title: String,
    /// What stands on every page, also in print: 内部资料.
    pub mark: Option<String>,
    /// The way back to the first page.
    pub back: Option<Pointer>,
    /// Sentences below the heading.
    pub lead: Vec<String>,
    /// A text that has been rendered and sanitised.
    pub body_html: Option<String>,
    /// The parts of the page.
    pub sections: Vec<SectionView>,
}

/// A part of a page: sentences, links, a table, any of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SectionView {
    /// The anchor.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Sentences above the table.
    pub notes: Vec<String>,
    /// Links above the table.
    pub links: Vec<Pointer>,
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// What to click at, when the table is folded at first.
    pub folded: Option<String>,
    /// What to say when there is nothing to list.
    pub empty: Option<String>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pointer {
    /// What people read.
    pub text: String,
    /// Where it leads, relative to the page.
    pub href: String,
}

/// Templates for documents, ready to be filled.
pub struct Documents<'a>(Engine<'a>);

impl<'a> Documents<'a> {
    /// Reads the templates of a theme. Documents are written in Chinese, whatever the
    /// language of the site is: they belong to the office.
    ///
    /// # Errors
    /// The first mistake in a template, as a finding (E801) with file and line.
    pub fn new(theme: &'a Theme) -> Result<Self, Finding> {
        Engine::new(theme, "zh-Hans").map(Self)
    }

    /// Makes a page.
    ///
    /// # Errors
    /// What the template asked for in vain, as a finding (E801).
    pub fn page(&self, view: &PaperView) -> Result<Vec<u8>, Finding> {
        self.0.file("documents/page.html", view)
    }
}
