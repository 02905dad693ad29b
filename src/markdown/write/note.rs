//! Notes: block quotes that begin with `[!提示]`.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use super::blocks::end_of;
use crate::markdown::notes::Kind;
use crate::markdown::parse::Piece;

/// The kind that a text beginning with `[!提示]` names, and the text after it.
fn named(text: &str) -> Option<(Kind, &str)> {
    let inside = text.trim_start().strip_prefix(['[', '［', '【'])?.strip_prefix(['!', '！'])?;
    let end = inside.find([']', '］', '】'])?;
    let rest = inside[end..].trim_start_matches([']', '］', '】']);
    Some((Kind::named(&inside[..end])?, rest.trim_start_matches(['-', '+']).trim_start()))
}

/// Where the first line of a paragraph's inside ends, unless emphasis spans it.
fn first_line(inside: &[Piece<'_>]) -> usize {
    let mut depth = 0usize;
    for (index, piece) in inside.iter().enumerate() {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => return index,
            _ => {}
        }
    }
    inside.len()
}

impl<'a> Writer<'a, '_> {
    pub(super) fn open_note(&mut self, kind: Kind) {
        self.fresh_line();
        self.open_block(&format!("<aside class=\"note note-{}\" role=\"note\">\n", kind.class), "</aside>\n", true);
        self.html.push_str("<p class=\"note-title\">");
    }

    pub(super) fn close_note_title(&mut self) {
        self.html.push_str("</p>\n");
        self.end_line();
    }

    /// Opens a quote or a note and returns the index to go on at.
    pub(super) fn quote(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let start = index + 2;
        let inside = match pieces.get(index + 1).map(|piece| &piece.event) {
            Some(Event::Start(Tag::Paragraph)) => pieces.get(start..end_of(pieces, index + 1)).unwrap_or_default(),
            _ => &[],
        };
        let note = match inside.first() {
            Some(Piece { event: Event::Text(text), .. }) => named(text),
            _ => None,
        };
        let Some((kind, rest)) = note else {
            self.fresh_line();
            self.open_block("<blockquote>\n", "</blockquote>\n", true);
            return index + 1;
        };
        let after = start + inside.len() + 1;
        let line = inside.get(..first_line(inside)).unwrap_or_default();
        let body = inside.get(line.len() + 1..).unwrap_or_default();
        let title = (rest, line.get(1..).unwrap_or_default());
        let has_title = !rest.is_empty() || line.len() > 1;
        // A note of one line has a text and no title.
        let is_text = body.is_empty() && is_quote_end(pieces.get(after));
        self.open_note(kind);
        if has_title && !is_text {
            self.first_line(title);
        } else {
            self.fixed(kind.title(self.lang));
        }
        self.close_note_title();
        if (has_title && is_text) || !body.is_empty() {
            self.open_block("<p>", "</p>\n", true);
            if is_text {
                self.first_line(title);
            }
            self.inline(body);
            self.close_block();
            self.end_line();
        }
        after
    }

    /// The rest of the line that names the kind.
    fn first_line(&mut self, (text, pieces): (&str, &[Piece<'a>])) {
        self.shown(text);
        self.inline(pieces);
    }
}

fn is_quote_end(piece: Option<&Piece<'_>>) -> bool {
    matches!(piece.map(|piece| &piece.event), Some(Event::End(TagEnd::BlockQuote(_))))
}
