//! Reads the source line by line before Markdown does and mends what the writer
//! plainly meant: `:::` blocks, `＃` headings, `｜` tables and `1、` lines.
//!
//! The result is another text together with anchors that lead back to the source,
//! so that every problem keeps its line and column. A `:::` line becomes a comment
//! between blank lines, which closes whatever Markdown block is open; parsing knows
//! it by its offset, so that nobody can forge one.

mod blocks;
mod headings;
mod labels;
mod numbering;
mod quiz;
mod tables;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::notes::Kind as NoteKind;
use super::parse::verbatim_blocks;
use super::problems::{Anchor, Problems};

/// Stands in the mended text where a block begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Instructor's notes, with a title of their own if not empty.
    Teacher(String),
    /// A note such as `:::提示`, with a title of its own if not empty.
    Note(NoteKind, String),
    /// A quiz, with a title of its own if not empty.
    Quiz(String),
    /// The end of the innermost of these.
    Close,
    /// A question of a quiz, with the line in the source that it begins on.
    Question(Option<QuizKind>, Range<usize>),
    /// The options of a question.
    Options,
    /// The answer of a question.
    Answer,
    /// The explanation of an answer.
    Explanation,
}

/// The kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuizKind {
    /// One option is right.
    Single,
    /// Several options are right.
    Multiple,
    /// A statement is right or wrong.
    Boolean,
    /// An answer in words.
    Short,
}

/// The text that Markdown reads.
pub(super) struct Mended<'s> {
    /// The text.
    pub text: Cow<'s, str>,
    /// Where which mark stands in the text, in order.
    pub marks: Vec<(usize, Mark)>,
    /// The way back to the source.
    pub anchors: Vec<Anchor>,
}

/// The comment that stands for a mark.
const MARK: &str = "\n<!--:::-->\n";

struct Edit {
    at: Range<usize>,
    with: Cow<'static, str>,
    mark: Option<Mark>,
}

/// What the passes over the lines share.
struct Scan<'s, 'p> {
    source: &'s str,
    lines: Vec<Range<usize>>,
    edits: Vec<Edit>,
    problems: &'p mut Problems,
    verbatim: OnceCell<Vec<Range<usize>>>,
    open: Vec<blocks::Open>,
    numbers: numbering::Numbers,
}

/// Mends a body.
pub(super) fn mend<'s>(source: &'s str, problems: &mut Problems) -> Mended<'s> {
    let mut scan = Scan {
        source,
        lines: lines(source),
        edits: Vec::new(),
        problems,
        verbatim: OnceCell::new(),
        open: Vec::new(),
        numbers: numbering::Numbers::default(),
    };
    let mut index = 0;
    while index < scan.lines.len() {
        index = scan.line(index).max(index + 1);
    }
    scan.close_all(scan.lines.len());
    apply(source, scan.edits)
}

/// The lines without their ends.
fn lines(source: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in source.split_inclusive('\n') {
        lines.push(start..start + line.trim_end_matches(['\n', '\r']).len());
        start += line.len();
    }
    lines
}

impl<'s> Scan<'s, '_> {
    /// Reads one line and returns the number of the next to read.
    fn line(&mut self, index: usize) -> usize {
        let text = self.text(index);
        let trimmed = text.trim_start_matches(' ');
        let indent = text.len() - trimmed.len();
        let Some(first) = trimmed.chars().next().filter(|_| indent < 4) else { return index + 1 };
        match first {
            ':' | '：' => return self.block_line(index),
            '#' | '＃' => self.heading_line(index),
            '|' | '｜' => return self.table_lines(index),
            _ => self.numbered_line(index, trimmed),
        }
        index + 1
    }

    fn text(&self, index: usize) -> &'s str {
        self.lines.get(index).and_then(|line| self.source.get(line.clone())).unwrap_or("")
    }

    fn range(&self, index: usize) -> Range<usize> {
        self.lines.get(index).cloned().unwrap_or(self.source.len()..self.source.len())
    }

    fn is_blank(&self, index: usize) -> bool {
        self.text(index).trim().is_empty()
    }

    /// Whether the line belongs to code or raw HTML.
    fn is_verbatim(&self, index: usize) -> bool {
        let line = self.range(index);
        let text = self.text(index);
        let at = line.start + (text.len() - text.trim_start().len());
        let blocks = self.verbatim.get_or_init(|| {
            let possible = ["```", "~~~", "    ", "\t", "<"].iter().any(|sign| self.source.contains(sign));
            if possible { verbatim_blocks(self.source) } else { Vec::new() }
        });
        let next = blocks.partition_point(|block| block.start <= at);
        next.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(|block| at < block.end)
    }

    fn replace(&mut self, at: Range<usize>, with: impl Into<Cow<'static, str>>) {
        self.edits.push(Edit { at, with: with.into(), mark: None });
    }

    fn mark(&mut self, at: Range<usize>, mark: Mark) {
        self.edits.push(Edit { at, with: Cow::Borrowed(MARK), mark: Some(mark) });
    }
}

fn apply(source: &str, edits: Vec<Edit>) -> Mended<'_> {
    if edits.is_empty() {
        return Mended { text: Cow::Borrowed(source), marks: Vec::new(), anchors: Vec::new() };
    }
    let mut text = String::with_capacity(source.len() + edits.len() * MARK.len());
    let mut marks = Vec::new();
    let mut anchors = Vec::with_capacity(edits.len() * 2);
    let mut done = 0;
    for edit in edits {
        if edit.at.start < done || edit.at.end > source.len() {
            continue;
        }
        text.push_str(&source[done..edit.at.start]);
        anchors.push(Anchor { new: text.len(), old: edit.at.start });
        if let Some(mark) = edit.mark {
            marks.push((text.len() + 1, mark));
        }
        text.push_str(&edit.with);
        anchors.push(Anchor { new: text.len(), old: edit.at.end });
        done = edit.at.end;
    }
    text.push_str(&source[done..]);
    Mended { text: Cow::Owned(text), marks, anchors }
}
