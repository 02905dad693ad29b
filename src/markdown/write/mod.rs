//! Writes the pieces as HTML, and on the way collects what else is asked of a body:
//! the plain text, the table of contents, the problems.

mod blocks;
mod footnotes;
mod inline;
mod links;
mod note;
mod questions;
mod quiz;
mod raw;
mod tables;

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::api::{Links, TocEntry};
use super::escape;
use super::headings::Anchors;
use super::mend::Mark;
use super::parse::{Footnote, Parsed, Piece, Segment};
use super::problems::Problems;
use super::words::{Lang, Words};

/// Blocks, emphasis and raw tags are nested no deeper than this: browsers and
/// sanitisers take very long over pages that are.
const DEEPEST: usize = 64;

/// What has been written so far.
pub(super) struct Writer<'a, 'w> {
    /// The HTML.
    pub html: String,
    /// The visible text, its blocks parted by `\n`.
    pub plain: String,
    /// The headings in their order.
    pub toc: Vec<TocEntry>,
    /// The text of the first paragraph.
    pub first_paragraph: Option<String>,
    /// The text of the first heading of level 1.
    pub first_heading: Option<String>,
    /// Whether raw HTML was met that has to go through the guard.
    pub has_raw_html: bool,
    context: &'w dyn Links,
    problems: &'w mut Problems,
    lang: Lang,
    words: &'static Words,
    anchors: Anchors,
    /// By how much headings are lowered.
    shift: u8,
    /// What closes the blocks that are open, the innermost last.
    open: Vec<Open>,
    /// How much emphasis is open.
    emphasis: usize,
    /// What closes the links that are open.
    open_links: Vec<&'static str>,
    table: tables::Table,
    raw: Vec<raw::OpenTag>,
    footnotes: footnotes::Footnotes<'a>,
}

/// A block that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    /// What closes it.
    close: &'static str,
    /// Whether headings inside stay out of the table of contents and paragraphs are
    /// not the first of the body.
    aside: bool,
}

/// Writes a body.
pub(super) fn write<'a, 'w>(
    parsed: Parsed<'a>,
    context: &'w dyn Links,
    problems: &'w mut Problems,
    lang: Lang,
) -> Writer<'a, 'w> {
    let Parsed { segments, footnotes } = parsed;
    let mut writer = Writer {
        html: String::new(),
        plain: String::new(),
        toc: Vec::new(),
        first_paragraph: None,
        first_heading: None,
        has_raw_html: false,
        context,
        problems,
        lang,
        words: lang.words(),
        anchors: Anchors::default(),
        shift: 0,
        open: Vec::new(),
        emphasis: 0,
        open_links: Vec::new(),
        table: tables::Table::default(),
        raw: Vec::new(),
        footnotes: footnotes::Footnotes::new(footnotes),
    };
    writer.segments(&segments);
    writer.write_footnotes();
    writer
}

impl<'a> Writer<'a, '_> {
    fn segments(&mut self, segments: &[Segment<'a>]) {
        let skip = self.choose_levels(segments);
        let mut index = 0;
        while let Some(segment) = segments.get(index) {
            index += 1;
            match &segment.mark {
                None => self.pieces(segment.pieces.get(skip..).unwrap_or_default()),
                Some(Mark::Quiz(title)) => {
                    let rest = segments.get(index..).unwrap_or_default();
                    let inside = rest.iter().take_while(|one| questions::is_part(one)).count();
                    self.quiz(title, &segment.pieces, rest.get(..inside).unwrap_or_default());
                    index += inside;
                }
                Some(mark) => {
                    self.block_mark(mark);
                    self.pieces(&segment.pieces);
                }
            }
        }
        while !self.open.is_empty() {
            self.close_block();
        }
        self.close_raw();
    }

    /// Opens or closes a `:::` block.
    fn block_mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Teacher(title) => {
                self.open_block("<details class=\"teacher\">", "</details>\n", true);
                self.html.push_str("<summary>");
                self.fixed(self.words.teacher);
                if !title.is_empty() {
                    self.fixed(self.words.colon);
                    self.shown(title);
                }
                self.html.push_str("</summary>\n");
                self.end_line();
            }
            Mark::Note(kind, title) => {
                self.open_note(*kind);
                self.title(title, kind.title(self.lang));
                self.close_note_title();
            }
            Mark::Close => self.close_block(),
            _ => {}
        }
    }

    /// Decides how far headings are lowered, and how many pieces at the start are the
    /// title of the page, which the page itself prints.
    fn choose_levels(&mut self, segments: &[Segment<'a>]) -> usize {
        let is_top =
            |piece: &Piece<'_>| matches!(piece.event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        let tops = segments.iter().flat_map(|segment| &segment.pieces).filter(|piece| is_top(piece)).count();
        let first = segments.first().map(|segment| segment.pieces.as_slice()).unwrap_or_default();
        if tops == 1 && first.first().is_some_and(is_top) {
            let end = blocks::end_of(first, 0);
            let mut inside = first.get(1..end).unwrap_or_default().to_vec();
            blocks::take_anchor(&mut inside);
            let title = self.aside(|writer| writer.inline(&inside));
            self.first_heading = Some(title);
            return end + 1;
        }
        self.shift = u8::from(tops > 0);
        0
    }

    /// What `write` shows as text, without leaving it in the body.
    fn aside(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let (html, plain) = (self.html.len(), self.plain.len());
        write(self);
        self.html.truncate(html);
        self.plain.split_off(plain).trim().to_owned()
    }

    /// Writes text that is seen.
    fn shown(&mut self, text: &str) {
        escape::text(&mut self.html, text);
        self.plain.push_str(text);
    }

    /// Writes one of the fixed words, which are not the author's and so not part of
    /// the plain text.
    fn fixed(&mut self, words: &str) {
        escape::text(&mut self.html, words);
    }

    /// Writes the author's title, or else the usual one.
    fn title(&mut self, title: &str, usual: &str) {
        if title.is_empty() {
            self.fixed(usual);
        } else {
            self.shown(title);
        }
    }

    /// Ends a line of the plain text.
    fn end_line(&mut self) {
        let end = self.plain.trim_end_matches([' ', '\n']).len();
        self.plain.truncate(end);
        if !self.plain.is_empty() {
            self.plain.push('\n');
        }
    }

    /// Begins a block on a line of its own, in the HTML and in the plain text.
    fn fresh_line(&mut self) {
        self.end_line();
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Opens a block, unless it lies deeper than anybody means: then only its text
    /// is written.
    fn open_block(&mut self, open: &str, close: &'static str, aside: bool) {
        let close = if self.open.len() < DEEPEST { close } else { "" };
        if self.open.len() < DEEPEST {
            self.html.push_str(open);
        }
        let aside = aside || self.is_aside();
        self.open.push(Open { close, aside });
    }

    fn close_block(&mut self) {
        self.close_raw();
        if let Some(open) = self.open.pop() {
            self.html.push_str(open.close);
        }
    }

    /// Whether the current place is within notes, quotes, lists and the like.
    fn is_aside(&self) -> bool {
        self.open.last().is_some_and(|open| open.aside)
    }
}

/// Footnotes by their label.
fn by_label<'a>(footnotes: Vec<Footnote<'a>>) -> (HashMap<String, usize>, Vec<Vec<Piece<'a>>>) {
    let mut labels = HashMap::with_capacity(footnotes.len());
    let mut bodies = Vec::with_capacity(footnotes.len());
    for footnote in footnotes {
        labels.entry(footnote.label).or_insert(bodies.len());
        bodies.push(footnote.pieces);
    }
    (labels, bodies)
}
