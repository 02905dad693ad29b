//! `:::教师`, `:::练习` and their end.

use super::{Mark, Scan};
use crate::base::text::fold;
use crate::markdown::api::ProblemKind;
use crate::markdown::notes;

/// A block that waits for its `:::`.
pub(super) struct Open {
    /// The line that opened it.
    line: usize,
    /// Whether it is ours; the lines of an unknown one stay as they are.
    known: bool,
}

/// A name longer than this is a sentence that happens to begin with colons.
const LONGEST_NAME: usize = 12;

/// What follows the colons of a `:::` line: the name and the title, both empty in a
/// closing line. `None` for any other line.
fn fence(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let rest = line.trim_start_matches([':', '：']);
    if line[..line.len() - rest.len()].chars().count() < 3 {
        return None;
    }
    let rest = rest.trim_end_matches([':', '：']).trim();
    let (name, title) = rest.split_once(|c: char| c.is_whitespace()).unwrap_or((rest, ""));
    (name.chars().count() <= LONGEST_NAME).then(|| (name, title.trim()))
}

fn known(name: &str, title: &str) -> Option<Mark> {
    match fold(name).as_str() {
        "教师" | "教师备课" | "备课" | "教员" | "小教员" | "teacher" | "instructor" => {
            Some(Mark::Teacher(title.to_owned()))
        }
        "练习" | "练习题" | "自测" | "自测题" | "测验" | "小测" | "quiz" => {
            Some(Mark::Quiz(title.to_owned()))
        }
        _ => notes::Kind::named(name).map(|kind| Mark::Note(kind, title.to_owned())),
    }
}

impl Scan<'_, '_> {
    /// Whether the line opens or closes a block.
    pub(super) fn is_fence(&self, index: usize) -> bool {
        let text = self.text(index);
        let indent = text.len() - text.trim_start_matches(' ').len();
        indent < 4 && text.trim_start().starts_with([':', '：']) && fence(text).is_some() && !self.is_verbatim(index)
    }

    /// Reads a line that begins with a colon.
    pub(super) fn block_line(&mut self, index: usize) -> usize {
        if !self.is_fence(index) {
            return index + 1;
        }
        let Some((name, title)) = fence(self.text(index)) else { return index + 1 };
        if name.is_empty() {
            self.close_one(index);
            return index + 1;
        }
        match known(name, title) {
            None => self.open_unknown(index, name),
            Some(mark @ Mark::Quiz(_)) => {
                self.open_known(index, mark);
                return self.quiz_lines(index + 1);
            }
            Some(mark) => {
                if matches!(mark, Mark::Teacher(_)) {
                    self.close_all(index);
                }
                self.open_known(index, mark);
            }
        }
        index + 1
    }

    fn open_known(&mut self, index: usize, mark: Mark) {
        self.mark(self.range(index), mark);
        self.open.push(Open { line: index, known: true });
    }

    fn open_unknown(&mut self, index: usize, name: &str) {
        let at = self.range(index);
        self.problems.add_in_source(ProblemKind::UnknownBlock(name.to_owned()), at, name);
        self.stand_alone(index);
        self.open.push(Open { line: index, known: false });
    }

    fn close_one(&mut self, index: usize) {
        match self.open.pop() {
            Some(Open { known: true, .. }) => self.mark(self.range(index), Mark::Close),
            _ => self.stand_alone(index),
        }
    }

    /// Makes the line a paragraph of its own.
    fn stand_alone(&mut self, index: usize) {
        let line = self.range(index);
        self.replace(line.start..line.start, "\n");
        self.replace(line.end..line.end, "\n");
    }

    /// Reports the innermost open block and ends it before the given line.
    pub(super) fn close_unclosed(&mut self, before: usize) {
        let Some(open) = self.open.pop() else { return };
        let name = fence(self.text(open.line)).map_or("", |(name, _)| name);
        self.problems.add_in_source(ProblemKind::UnclosedBlock, self.range(open.line), name);
        if open.known && before < self.lines.len() {
            let start = self.range(before).start;
            self.mark(start..start, Mark::Close);
        }
    }

    /// Ends every open block before the given line.
    pub(super) fn close_all(&mut self, before: usize) {
        while !self.open.is_empty() {
            self.close_unclosed(before);
        }
    }
}
