//! Pairs `*`, `_` and `~~` by the rules of CommonMark, but with Chinese characters
//! and punctuation as good neighbours on either side (markdown-cjk-friendly), so
//! that `**注意：**请` is what it looks like.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Piece, is_escaped, is_verbatim, verbatim};
use crate::base::text::is_cjk;

const SIGNS: &[u8] = b"*_~";

/// A run of delimiters.
struct Delimiters {
    piece: usize,
    /// Where it begins in the text.
    at: usize,
    sign: u8,
    count: usize,
    /// How many are not yet used.
    left: usize,
    opens: bool,
    closes: bool,
    /// The lengths of what it closes, the innermost first.
    closing: Vec<usize>,
    /// The lengths of what it opens, the innermost first.
    opening: Vec<usize>,
}

/// The runs of delimiters inside one parent.
#[derive(Default)]
struct Scope {
    /// Runs that may still open, by their number.
    openers: Vec<usize>,
    /// For each kind of closer, below which opener there is none for it.
    bottoms: [usize; 18],
}

/// Pairs the delimiters in the verbatim text of a run and adds the result.
pub(super) fn pair<'a>(run: Vec<Piece<'a>>, text: &'a str, target: &mut Vec<Piece<'a>>) {
    let mut all: Vec<Delimiters> = Vec::new();
    let mut scopes = vec![Scope::default()];
    for (index, piece) in run.iter().enumerate() {
        match &piece.event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => scopes.push(Scope::default()),
            Event::End(TagEnd::Link | TagEnd::Image) => drop(scopes.pop()),
            Event::Text(_) if is_verbatim(piece, text) => {
                let first = all.len();
                scan(&run, index, text, &mut all);
                let Some(scope) = scopes.last_mut() else { continue };
                (first..all.len()).for_each(|number| scope.take(number, &mut all));
            }
            _ => {}
        }
    }
    rebuild(run, &all, text, target);
}

/// Finds the runs of delimiters in one piece.
fn scan(run: &[Piece<'_>], index: usize, text: &str, all: &mut Vec<Delimiters>) {
    let at = run[index].at.clone();
    let bytes = &text.as_bytes()[at.clone()];
    let begins = bytes.first().is_some_and(|byte| SIGNS.contains(byte));
    let mut from = usize::from(begins && is_escaped(at.start, text));
    while let Some(offset) = bytes.get(from..).and_then(|rest| rest.iter().position(|byte| SIGNS.contains(byte))) {
        let start = from + offset;
        let sign = bytes[start];
        let count = bytes[start..].iter().take_while(|byte| **byte == sign).count();
        from = start + count;
        if sign == b'~' && count != 2 {
            continue;
        }
        let before = if start > 0 { last_char(&text[..at.start + start]) } else { char_before(run, index, text) };
        let after =
            if from < bytes.len() { first_char(&text[at.start + from..]) } else { char_after(run, index, text) };
        let (opens, closes) = flanking(sign, before, after);
        all.push(Delimiters {
            piece: index,
            at: at.start + start,
            sign,
            count,
            left: count,
            opens,
            closes,
            closing: Vec::new(),
            opening: Vec::new(),
        });
    }
}

fn last_char(text: &str) -> char {
    text.chars().next_back().unwrap_or(' ')
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

fn char_before(run: &[Piece<'_>], index: usize, text: &str) -> char {
    match index.checked_sub(1).and_then(|before| run.get(before)) {
        None | Some(Piece { event: Event::SoftBreak | Event::HardBreak | Event::TaskListMarker(_), .. }) => ' ',
        Some(_) => last_char(&text[..run[index].at.start]),
    }
}

fn char_after(run: &[Piece<'_>], index: usize, text: &str) -> char {
    match run.get(index + 1) {
        None | Some(Piece { event: Event::SoftBreak | Event::HardBreak, .. }) => ' ',
        Some(_) => first_char(&text[run[index].at.end..]),
    }
}

/// Whether a run between these characters may open and may close.
fn flanking(sign: u8, before: char, after: char) -> (bool, bool) {
    let (space_before, space_after) = (before.is_whitespace(), after.is_whitespace());
    let (mark_before, mark_after) = (is_punctuation(before), is_punctuation(after));
    if sign == b'_' {
        let left = !space_after && (!mark_after || space_before || mark_before);
        let right = !space_before && (!mark_before || space_after || mark_after);
        return (left && (!right || mark_before), right && (!left || mark_after));
    }
    let left = !space_after && (!mark_after || is_cjk(after) || space_before || mark_before || is_cjk(before));
    let right = !space_before && (!mark_before || is_cjk(before) || space_after || mark_after || is_cjk(after));
    (left, right)
}

/// Punctuation and symbols, as CommonMark takes them together.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

impl Scope {
    /// Lets a run close what it can, and keeps it when it may open.
    fn take(&mut self, number: usize, all: &mut [Delimiters]) {
        while all[number].closes && all[number].left > 0 {
            let key = key(&all[number]);
            let bottom = self.bottoms[key].min(self.openers.len());
            let matching = |opener: &usize| fits(&all[*opener], &all[number]);
            let Some(found) = self.openers[bottom..].iter().rposition(matching).map(|offset| bottom + offset) else {
                self.bottoms[key] = self.openers.len();
                break;
            };
            let opener = self.openers[found];
            let length = if all[opener].left >= 2 && all[number].left >= 2 { 2 } else { 1 };
            all[opener].left -= length;
            all[opener].opening.push(length);
            all[number].left -= length;
            all[number].closing.push(length);
            self.openers.truncate(if all[opener].left > 0 { found + 1 } else { found });
            self.bottoms = self.bottoms.map(|bottom| bottom.min(self.openers.len()));
        }
        if all[number].opens && all[number].left > 0 {
            self.openers.push(number);
        }
    }
}

fn key(closer: &Delimiters) -> usize {
    let sign = match closer.sign {
        b'*' => 0,
        b'_' => 1,
        _ => 2,
    };
    sign * 6 + usize::from(closer.opens) * 3 + closer.count % 3
}

fn fits(opener: &Delimiters, closer: &Delimiters) -> bool {
    let both = (opener.closes || closer.opens) && (opener.count + closer.count).is_multiple_of(3);
    let threes = opener.count.is_multiple_of(3) && closer.count.is_multiple_of(3);
    opener.sign == closer.sign && (!both || threes || opener.sign == b'~')
}

/// Cuts the texts at the paired delimiters.
fn rebuild<'a>(run: Vec<Piece<'a>>, all: &[Delimiters], text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = all.iter().filter(|one| one.left < one.count).peekable();
    for (index, piece) in run.into_iter().enumerate() {
        if rest.peek().is_none_or(|one| one.piece != index) {
            pieces.push(piece);
            continue;
        }
        let mut done = piece.at.start;
        while let Some(one) = rest.next_if(|one| one.piece == index) {
            push_text(pieces, done..one.at, text);
            push_tags(pieces, one, text);
            done = one.at + one.count;
        }
        push_text(pieces, done..piece.at.end, text);
    }
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, at: Range<usize>, text: &'a str) {
    if !at.is_empty() {
        pieces.push(verbatim(at, text));
    }
}

fn push_tags<'a>(pieces: &mut Vec<Piece<'a>>, one: &Delimiters, text: &'a str) {
    let mut at = one.at;
    for &length in &one.closing {
        let (_, end) = tag(one.sign, length);
        pieces.push(Piece { event: Event::End(end), at: at..at + length });
        at += length;
    }
    push_text(pieces, at..at + one.left, text);
    at += one.left;
    for &length in one.opening.iter().rev() {
        let (start, _) = tag(one.sign, length);
        pieces.push(Piece { event: Event::Start(start), at: at..at + length });
        at += length;
    }
}

fn tag(sign: u8, length: usize) -> (Tag<'static>, TagEnd) {
    match (sign, length) {
        (b'~', _) => (Tag::Strikethrough, TagEnd::Strikethrough),
        (_, 2) => (Tag::Strong, TagEnd::Strong),
        _ => (Tag::Emphasis, TagEnd::Emphasis),
    }
}
