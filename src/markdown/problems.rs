//! Collects problems while the body is read and finds their lines and columns.
//!
//! The passes work on the mended text, whose offsets differ from those of the
//! source; anchors lead from one to the other.

use std::ops::Range;

use super::api::{Problem, ProblemKind};

/// From `new` on, the mended text follows the source from `old` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The offset in the mended text.
    pub new: usize,
    /// The offset in the source.
    pub old: usize,
}

/// The problems found so far, with offsets in the source.
#[derive(Default)]
pub(super) struct Problems {
    anchors: Vec<Anchor>,
    found: Vec<Found>,
}

struct Found {
    kind: ProblemKind,
    at: Range<usize>,
    text: String,
}

impl Problems {
    /// From now on `add` takes offsets of the mended text.
    pub fn follow(&mut self, anchors: Vec<Anchor>) {
        self.anchors = anchors;
    }

    /// Adds a problem at a stretch of the mended text.
    pub fn add(&mut self, kind: ProblemKind, at: Range<usize>, text: &str) {
        let at = self.original(at.start)..self.original(at.end);
        self.add_in_source(kind, at, text);
    }

    /// Adds a problem at a stretch of the source.
    pub fn add_in_source(&mut self, kind: ProblemKind, at: Range<usize>, text: &str) {
        self.found.push(Found { kind, at, text: text.to_owned() });
    }

    fn original(&self, new: usize) -> usize {
        let next = self.anchors.partition_point(|anchor| anchor.new <= new);
        let from = next.checked_sub(1).and_then(|index| self.anchors.get(index));
        let old = from.map_or(new, |anchor| anchor.old + (new - anchor.new));
        self.anchors.get(next).map_or(old, |anchor| old.min(anchor.old))
    }

    /// The problems in the order of the source, with lines and columns. Of raw HTML
    /// a line gets one.
    pub fn finish(mut self, source: &str) -> Vec<Problem> {
        self.found.sort_by_key(|found| found.at.start);
        let mut cursor = Cursor { line: 1, column: 1, offset: 0 };
        let mut problems: Vec<Problem> = Vec::with_capacity(self.found.len());
        let mut html_line = 0;
        for found in self.found {
            cursor.advance(source, found.at.start);
            if found.kind == ProblemKind::RawHtml && std::mem::replace(&mut html_line, cursor.line) == cursor.line {
                continue;
            }
            let length = first_line(source, &found.at).chars().count();
            problems.push(Problem {
                kind: found.kind,
                line: cursor.line,
                column: cursor.column,
                length: u32::try_from(length).unwrap_or(u32::MAX),
                text: found.text,
            });
        }
        problems
    }
}

fn first_line<'s>(source: &'s str, at: &Range<usize>) -> &'s str {
    source.get(at.clone()).unwrap_or("").lines().next().unwrap_or("")
}

/// Walks through the source once, however many problems there are.
struct Cursor {
    line: u32,
    column: u32,
    offset: usize,
}

impl Cursor {
    fn advance(&mut self, source: &str, to: usize) {
        for c in source.get(self.offset..to).unwrap_or("").chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.offset = self.offset.max(to);
    }
}
