//! Text and what stands in it.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{DEEPEST, Writer};
use crate::base::text::is_cjk;
use crate::markdown::escape;
use crate::markdown::parse::Piece;

/// How far ahead the character after a line break is looked for.
const LOOK_AHEAD: usize = 8;

impl<'a> Writer<'a, '_> {
    /// Writes the inside of a paragraph or the like; the blanks with which Chinese
    /// typists indent a paragraph are left to the theme.
    pub(super) fn inline(&mut self, pieces: &[Piece<'a>]) {
        let mut index = 0;
        if let Some(Piece { event: Event::Text(text), .. }) = pieces.first() {
            self.shown(text.trim_start_matches('\u{3000}'));
            index = 1;
        }
        while index < pieces.len() {
            index = self.inline_piece(pieces, index);
        }
    }

    /// Writes one piece and returns the index of the next.
    pub(super) fn inline_piece(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let Some(piece) = pieces.get(index) else { return index + 1 };
        match &piece.event {
            Event::Text(text) => self.shown(text),
            Event::Code(text) => {
                self.html.push_str("<code>");
                self.shown(text);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => self.soft_break(pieces.get(index + 1..).unwrap_or_default()),
            Event::HardBreak => self.line_break(),
            Event::InlineHtml(html) => self.inline_html(html, piece.at.start),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::TaskListMarker(done) => self.task_box(*done),
            Event::Start(tag) => return self.start_inline(tag, pieces, index),
            Event::End(tag) => self.end_inline(*tag),
            _ => {}
        }
        index + 1
    }

    fn start_inline(&mut self, tag: &Tag<'a>, pieces: &[Piece<'a>], index: usize) -> usize {
        match tag {
            Tag::Emphasis => self.open_emphasis("<em>"),
            Tag::Strong => self.open_emphasis("<strong>"),
            Tag::Strikethrough => self.open_emphasis("<del>"),
            Tag::Link { .. } => return self.start_link(tag, pieces, index),
            Tag::Image { .. } => return self.image(pieces, index),
            _ => {}
        }
        index + 1
    }

    /// Ends what `inline_piece` began.
    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close_emphasis("</em>"),
            TagEnd::Strong => self.close_emphasis("</strong>"),
            TagEnd::Strikethrough => self.close_emphasis("</del>"),
            TagEnd::Link => self.html.push_str(self.open_links.pop().unwrap_or("")),
            _ => {}
        }
    }

    fn open_emphasis(&mut self, tag: &str) {
        if self.emphasis < DEEPEST {
            self.html.push_str(tag);
        }
        self.emphasis += 1;
    }

    fn close_emphasis(&mut self, tag: &str) {
        self.emphasis = self.emphasis.saturating_sub(1);
        if self.emphasis < DEEPEST {
            self.html.push_str(tag);
        }
    }

    /// A line break in the source is a space, but none between Chinese characters.
    fn soft_break(&mut self, ahead: &[Piece<'a>]) {
        let before = self.plain.chars().next_back();
        if let (Some(before), Some(after)) = (before, first_char(ahead))
            && joins(before, after)
        {
            return;
        }
        self.html.push('\n');
        if before.is_some_and(|before| !before.is_whitespace()) {
            self.plain.push(' ');
        }
    }

    /// A break that is seen.
    pub(super) fn line_break(&mut self) {
        self.html.push_str("<br>\n");
        self.plain.push(' ');
    }

    fn task_box(&mut self, done: bool) {
        let name = if done { self.words.done } else { self.words.open };
        self.html.push_str("<input type=\"checkbox\" disabled");
        self.html.push_str(if done { " checked aria-label=\"" } else { " aria-label=\"" });
        escape::attribute(&mut self.html, name);
        self.html.push_str("\"> ");
    }
}

fn first_char(pieces: &[Piece<'_>]) -> Option<char> {
    for piece in pieces.iter().take(LOOK_AHEAD) {
        match &piece.event {
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            Event::Start(Tag::Image { .. }) => return None,
            Event::Start(_) | Event::End(_) => {}
            _ => return None,
        }
    }
    None
}

/// Whether these characters stand next to each other without a space. Quotation
/// marks and dashes are Chinese only in Chinese company.
fn joins(before: char, after: char) -> bool {
    let shared = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
    is_cjk(before) && is_cjk(after) && !(shared(before) && shared(after))
}
