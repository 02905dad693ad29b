//! Settles the inline pieces of one block: links that Markdown does not see, and
//! emphasis next to Chinese punctuation.
//!
//! Whatever emphasis pulldown-cmark paired is dissolved into the text it was written
//! as; links are found in that text; and then the delimiters are paired anew by
//! rules in which Chinese punctuation does not count as punctuation.

mod emphasis;
mod links;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::parse::Piece;
use super::problems::Problems;

/// Moves the pieces of a paragraph, heading, table cell or tight list item to where
/// they belong, settled.
pub(super) fn settle<'a>(
    run: &mut Vec<Piece<'a>>,
    target: &mut Vec<Piece<'a>>,
    text: &'a str,
    problems: &mut Problems,
) {
    let signs = run.iter().fold(Signs::default(), Signs::and);
    if !signs.links && !signs.emphasis {
        return target.append(run);
    }
    let merged = dissolve(run.drain(..), text);
    let linked = if signs.links { links::find(merged, text, problems) } else { merged };
    if signs.emphasis {
        emphasis::pair(linked, text, target);
    } else {
        target.extend(linked);
    }
}

/// What a run may hold.
#[derive(Default)]
struct Signs {
    links: bool,
    emphasis: bool,
}

impl Signs {
    fn and(mut self, piece: &Piece<'_>) -> Self {
        match &piece.event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => self.emphasis = true,
            Event::Text(words) => {
                let bytes = words.as_bytes();
                for (at, byte) in bytes.iter().enumerate() {
                    match byte {
                        b'*' | b'_' | b'~' => self.emphasis = true,
                        b'[' | b':' => self.links = true,
                        b'w' => self.links = self.links || bytes[at..].starts_with(b"www."),
                        0xef => self.links = self.links || bytes[at..].starts_with("［".as_bytes()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        self
    }
}

/// Whether the piece is text that stands in the source just so.
fn is_verbatim(piece: &Piece<'_>, text: &str) -> bool {
    matches!(&piece.event, Event::Text(words) if text.get(piece.at.clone()) == Some(words))
}

/// A piece of text as it was written.
fn verbatim<'a>(at: Range<usize>, text: &'a str) -> Piece<'a> {
    Piece { event: Event::Text(CowStr::Borrowed(text.get(at.clone()).unwrap_or(""))), at }
}

/// Whether the character at this offset was escaped with a backslash.
fn is_escaped(offset: usize, text: &str) -> bool {
    let before = text.get(..offset).unwrap_or("");
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

fn dissolve<'a>(run: impl Iterator<Item = Piece<'a>>, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    // Where the verbatim text at the end of `pieces` ends.
    let mut open_end = None;
    for piece in run {
        let at = match &piece.event {
            Event::Start(tag) => delimiter(tag, &piece.at, text).map(|length| piece.at.start..piece.at.start + length),
            Event::End(tag) => delimiter_end(*tag, &piece.at, text).map(|length| piece.at.end - length..piece.at.end),
            Event::Text(_) if is_verbatim(&piece, text) => Some(piece.at.clone()),
            _ => None,
        };
        let Some(at) = at else {
            open_end = None;
            pieces.push(piece);
            continue;
        };
        match pieces.last_mut() {
            Some(last) if open_end == Some(at.start) => *last = verbatim(last.at.start..at.end, text),
            _ => pieces.push(verbatim(at.clone(), text)),
        }
        open_end = Some(at.end);
    }
    pieces
}

fn delimiter(tag: &Tag<'_>, at: &Range<usize>, text: &str) -> Option<usize> {
    match tag {
        Tag::Emphasis => Some(1),
        Tag::Strong => Some(2),
        Tag::Strikethrough => Some(tildes(at, text)),
        _ => None,
    }
}

fn delimiter_end(tag: TagEnd, at: &Range<usize>, text: &str) -> Option<usize> {
    match tag {
        TagEnd::Emphasis => Some(1),
        TagEnd::Strong => Some(2),
        TagEnd::Strikethrough => Some(tildes(at, text)),
        _ => None,
    }
}

fn tildes(at: &Range<usize>, text: &str) -> usize {
    let struck = text.get(at.clone()).unwrap_or("");
    if struck.len() >= 4 && struck.starts_with("~~") && struck.ends_with("~~") { 2 } else { 1 }
}
