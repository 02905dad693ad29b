//! Paragraphs, headings, lists, quotes and code.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::Writer;
use crate::markdown::api::TocEntry;
use crate::markdown::escape;
use crate::markdown::headings::explicit;
use crate::markdown::parse::Piece;

/// The index of the piece that ends the one at `start`.
pub(super) fn end_of(pieces: &[Piece<'_>], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, piece) in pieces.iter().enumerate().skip(start) {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    pieces.len()
}

impl<'a> Writer<'a, '_> {
    /// Writes whole blocks.
    pub(super) fn pieces(&mut self, pieces: &[Piece<'a>]) {
        let mut index = 0;
        while let Some(piece) = pieces.get(index) {
            index = match &piece.event {
                Event::Start(tag) => self.start(tag, pieces, index),
                Event::End(end) => {
                    self.end(*end);
                    index + 1
                }
                Event::Rule => {
                    self.fresh_line();
                    self.html.push_str("<hr>\n");
                    index + 1
                }
                _ => self.inline_piece(pieces, index),
            };
        }
    }

    fn start(&mut self, tag: &Tag<'a>, pieces: &[Piece<'a>], index: usize) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(pieces, index),
            Tag::Heading { level, .. } => return self.heading(*level, pieces, index),
            Tag::BlockQuote(_) => return self.quote(pieces, index),
            Tag::CodeBlock(kind) => return self.code_block(kind, pieces, index),
            Tag::HtmlBlock => return self.html_block(pieces, index),
            Tag::List(start) => self.list(*start),
            Tag::Item => return self.item(pieces, index),
            Tag::Table(columns) => self.start_table(columns),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(pieces.get(index + 1)),
            _ => return self.inline_piece(pieces, index),
        }
        index + 1
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => {
                self.close_block();
                self.end_line();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) => self.close_block(),
            TagEnd::Item => {
                self.close_block();
                self.end_line();
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::TableCell => self.end_cell(),
            _ => self.end_inline(end),
        }
    }

    fn paragraph(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let end = end_of(pieces, index);
        let inside = pieces.get(index + 1..end).unwrap_or_default();
        if self.figure(inside) {
            return end + 1;
        }
        let is_first = self.first_paragraph.is_none() && !self.is_aside();
        let start = self.plain.len();
        self.open_block("<p>", "</p>\n", false);
        self.inline(inside);
        if is_first {
            let text = self.plain.get(start..).unwrap_or("").trim();
            self.first_paragraph = (!text.is_empty()).then(|| text.to_owned());
        }
        self.end(TagEnd::Paragraph);
        end + 1
    }

    fn heading(&mut self, level: HeadingLevel, pieces: &[Piece<'a>], index: usize) -> usize {
        let end = end_of(pieces, index);
        let mut inside = pieces.get(index + 1..end).unwrap_or_default().to_vec();
        let named = take_anchor(&mut inside);
        self.fresh_line();
        let (html, start) = (self.html.len(), self.plain.len());
        self.open_block("", "", false);
        self.inline(&inside);
        self.close_block();
        let body = self.html.split_off(html);
        let text = self.plain.get(start..).unwrap_or("").trim().to_owned();
        let id = match named {
            Some(name) => self.anchors.unique(&name),
            None => self.anchors.of(&text),
        };
        let shown = (level as u8 + self.shift).min(6);
        self.html.push_str(&format!("<h{shown} id=\""));
        escape::attribute(&mut self.html, &id);
        self.html.push_str(&format!("\">{body}</h{shown}>\n"));
        if level == HeadingLevel::H1 && self.first_heading.is_none() {
            self.first_heading = Some(text.clone());
        }
        if !self.is_aside() && !text.is_empty() {
            self.toc.push(TocEntry { level: shown, id, text, children: Vec::new() });
        }
        self.end_line();
        end + 1
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, pieces: &[Piece<'a>], index: usize) -> usize {
        let end = end_of(pieces, index);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        self.fresh_line();
        self.html.push_str("<pre><code");
        if !language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape::attribute(&mut self.html, language);
            self.html.push('"');
        }
        self.html.push('>');
        for piece in pieces.get(index + 1..end).unwrap_or_default() {
            if let Event::Text(text) = &piece.event {
                self.shown(text);
            }
        }
        self.html.push_str("</code></pre>\n");
        self.end_line();
        end + 1
    }

    fn list(&mut self, start: Option<u64>) {
        self.fresh_line();
        match start {
            None => self.open_block("<ul>\n", "</ul>\n", true),
            Some(1) => self.open_block("<ol>\n", "</ol>\n", true),
            Some(number) => self.open_block(&format!("<ol start=\"{number}\">\n"), "</ol>\n", true),
        }
    }

    fn item(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let marker = |at: usize| match pieces.get(at).map(|piece| &piece.event) {
            Some(Event::TaskListMarker(done)) => Some(*done),
            _ => None,
        };
        let loose = matches!(pieces.get(index + 1).map(|piece| &piece.event), Some(Event::Start(Tag::Paragraph)));
        let is_task = marker(index + 1).is_some() || (loose && marker(index + 2).is_some());
        self.end_line();
        self.open_block(if is_task { "<li class=\"task\">" } else { "<li>" }, "</li>\n", true);
        index + 1
    }
}

/// Takes `{#anchor}` off the end of a heading.
pub(super) fn take_anchor(inside: &mut Vec<Piece<'_>>) -> Option<String> {
    let last = inside.last_mut()?;
    let Event::Text(text) = &last.event else { return None };
    let (title, anchor) = explicit(text)?;
    let anchor = anchor.to_owned();
    last.event = Event::Text(title.to_owned().into());
    Some(anchor)
}
