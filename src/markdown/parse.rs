//! Reads the mended text with pulldown-cmark into pieces: events with their place.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::inline;
use super::mend::{Mark, Mended};
use super::problems::Problems;

/// An event and the stretch of the mended text that it comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'a> {
    /// What the parser saw.
    pub event: Event<'a>,
    /// Where.
    pub at: Range<usize>,
}

/// The whole blocks that follow one mark.
#[derive(Debug, Default)]
pub(super) struct Segment<'a> {
    /// The mark, which only the first segment lacks.
    pub mark: Option<Mark>,
    /// The blocks.
    pub pieces: Vec<Piece<'a>>,
}

/// A footnote, taken out of the place where it is defined.
#[derive(Debug)]
pub(super) struct Footnote<'a> {
    /// Its label in lower case.
    pub label: String,
    /// Its blocks.
    pub pieces: Vec<Piece<'a>>,
}

/// A body as pieces.
#[derive(Debug, Default)]
pub(super) struct Parsed<'a> {
    /// The blocks, parted by marks.
    pub segments: Vec<Segment<'a>>,
    /// The footnotes in the order in which they are defined.
    pub footnotes: Vec<Footnote<'a>>,
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Reads the mended text.
pub(super) fn parse<'a>(mended: &'a Mended<'_>, problems: &mut Problems) -> Parsed<'a> {
    let text: &'a str = &mended.text;
    let mut reader = Reader {
        parsed: Parsed::default(),
        notes: Vec::new(),
        run: Vec::new(),
        text,
        marks: &mended.marks,
        in_code: false,
    };
    reader.parsed.segments.push(Segment::default());
    for (event, at) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.take(Piece { event, at }, problems);
    }
    reader.flush(problems);
    reader.parsed
}

/// The stretches of the source that are code or raw HTML blocks, in which no block
/// syntax of ours is read.
pub(super) fn verbatim_blocks(source: &str) -> Vec<Range<usize>> {
    Parser::new_ext(source, options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)))
        .map(|(_, at)| at)
        .collect()
}

struct Reader<'a, 'm> {
    parsed: Parsed<'a>,
    /// Footnotes that are being read, the innermost last.
    notes: Vec<Footnote<'a>>,
    /// The inline pieces of the current block.
    run: Vec<Piece<'a>>,
    text: &'a str,
    /// The marks that are still to come.
    marks: &'m [(usize, Mark)],
    /// Whether the text is that of a code block.
    in_code: bool,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, piece: Piece<'a>, problems: &mut Problems) {
        if is_inline(&piece.event) && !self.in_code {
            self.run.push(piece);
            return;
        }
        self.flush(problems);
        match piece.event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        match piece.event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.notes.push(Footnote { label: label.to_lowercase(), pieces: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => self.parsed.footnotes.extend(self.notes.pop()),
            Event::Html(_) if self.is_mark(piece.at.start) => self.open_segment(),
            Event::End(TagEnd::HtmlBlock) if self.target().is_empty() => {}
            _ => self.target().push(piece),
        }
    }

    fn is_mark(&mut self, offset: usize) -> bool {
        let passed = self.marks.iter().take_while(|(at, _)| *at < offset).count();
        self.marks = self.marks.get(passed..).unwrap_or_default();
        self.marks.first().is_some_and(|(at, _)| *at == offset)
    }

    /// Replaces the start of the mark's HTML block by a new segment; the end of the
    /// block is dropped where it comes first in a segment.
    fn open_segment(&mut self) {
        if let Some(((at, mark), rest)) = self.marks.split_first() {
            let target = self.target();
            if matches!(target.last(), Some(Piece { event: Event::Start(Tag::HtmlBlock), .. })) {
                target.pop();
            } else {
                target.push(Piece { event: Event::End(TagEnd::HtmlBlock), at: *at..*at });
            }
            self.parsed.segments.push(Segment { mark: Some(mark.clone()), pieces: Vec::new() });
            self.marks = rest;
        }
    }

    fn target(&mut self) -> &mut Vec<Piece<'a>> {
        target(&mut self.notes, &mut self.parsed.segments)
    }

    fn flush(&mut self, problems: &mut Problems) {
        if !self.run.is_empty() {
            let target = target(&mut self.notes, &mut self.parsed.segments);
            inline::settle(&mut self.run, target, self.text, problems);
        }
    }
}

/// Where pieces go: into the innermost footnote or the last segment.
fn target<'a, 'r>(notes: &'r mut [Footnote<'a>], segments: &'r mut Vec<Segment<'a>>) -> &'r mut Vec<Piece<'a>> {
    if let Some(note) = notes.last_mut() {
        return &mut note.pieces;
    }
    if segments.is_empty() {
        segments.push(Segment::default());
    }
    let last = segments.len() - 1;
    &mut segments[last].pieces
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}
