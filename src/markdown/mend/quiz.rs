//! The lines of a `:::练习` block: which question, option, answer or explanation
//! each of them belongs to.

use std::ops::Range;

use super::labels::{self, Label};
use super::{Mark, QuizKind, Scan};

/// The part of a question that the last line belonged to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    Stem,
    Options,
    Answer,
    Explanation,
}

struct State {
    part: Part,
    /// What the question says that it is.
    kind: Option<QuizKind>,
    /// Whether the last line was blank.
    after_blank: bool,
    /// Whether the last line of text asked something.
    asked: bool,
    /// For each line of the block, what the next labelled line from there on is.
    ahead: Vec<Ahead>,
}

/// The next labelled line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ahead {
    /// Options or an answer: a text before it is a question.
    Reply,
    /// An explanation.
    Explanation,
    /// Another question or the end of the block.
    End,
}

/// Where the bracket begins that ends a statement with its verdict: （√）, (×), （对）.
fn verdict_at_end(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let inner = text.strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let verdict = inner[open..].trim_start_matches(['（', '(']).trim();
    let is_verdict = matches!(verdict, "√" | "✓" | "✔" | "×" | "✗" | "✘" | "对" | "错" | "正确" | "错误");
    (is_verdict && open > 0).then_some(open)
}

impl Scan<'_, '_> {
    /// Reads the lines of a quiz from `first` on and returns the number of the line
    /// after it, which a closing `:::` is part of.
    pub(super) fn quiz_lines(&mut self, first: usize) -> usize {
        let mut end = first;
        while end < self.lines.len() && !self.is_fence(end) {
            end += 1;
        }
        let mut state = State {
            part: Part::Nothing,
            kind: None,
            after_blank: true,
            asked: false,
            ahead: self.look_ahead(first..end),
        };
        for index in first..end {
            self.quiz_line(index, index - first, &mut state);
        }
        if end < self.lines.len() && self.text(end).trim().trim_matches([':', '：']).is_empty() {
            return self.block_line(end);
        }
        self.close_unclosed(end);
        end
    }

    fn look_ahead(&self, lines: Range<usize>) -> Vec<Ahead> {
        let mut next = Ahead::End;
        let mut ahead: Vec<Ahead> = lines
            .rev()
            .map(|index| {
                next = match labels::read(self.text(index)) {
                    Some((Label::Question(_), _)) => Ahead::End,
                    Some((Label::Answer | Label::Box(_) | Label::Letter, _)) => Ahead::Reply,
                    Some((Label::Explanation, _)) => Ahead::Explanation,
                    Some((Label::Bullet, _)) | None => next,
                };
                next
            })
            .collect();
        ahead.reverse();
        ahead
    }

    fn quiz_line(&mut self, index: usize, within: usize, state: &mut State) {
        let text = self.text(index);
        if text.trim().is_empty() {
            state.after_blank = true;
            return;
        }
        let line = self.range(index);
        let label = if self.is_verbatim(index) { None } else { labels::read(text) };
        let start = label.as_ref().map_or(line.start, |(_, length)| line.start + length);
        match label.map(|(label, _)| label) {
            Some(Label::Question(kind)) => {
                self.mark(line.start..start, Mark::Question(kind, line.clone()));
                state.part = Part::Stem;
                state.kind = kind;
                if let Some(bracket) = verdict_at_end(text) {
                    // 判断：……（√） is a statement with its answer.
                    let at = line.start + bracket;
                    self.mark(at..at + text[bracket..].chars().next().map_or(0, char::len_utf8), Mark::Answer);
                    let end = line.start + text.trim_end().len();
                    let close = text.trim_end().chars().next_back().map_or(0, char::len_utf8);
                    self.replace(end - close..end, "");
                    state.part = Part::Answer;
                }
            }
            Some(Label::Answer) if state.part != Part::Nothing => {
                self.mark(line.start..start, Mark::Answer);
                state.part = Part::Answer;
            }
            Some(Label::Explanation) if state.part != Part::Nothing => {
                self.mark(line.start..start, Mark::Explanation);
                state.part = Part::Explanation;
            }
            Some(label @ (Label::Box(_) | Label::Bullet | Label::Letter))
                if matches!(state.part, Part::Stem | Part::Options)
                    && (state.kind != Some(QuizKind::Short) || matches!(label, Label::Box(_))) =>
            {
                self.option(line.start..start, &label, state);
            }
            _ => self.quiz_text(index, within, state),
        }
        state.after_blank = false;
        state.asked = text.trim_end().ends_with(['？', '?']);
    }

    fn option(&mut self, prefix: Range<usize>, label: &Label, state: &mut State) {
        if state.part == Part::Stem {
            self.mark(prefix.start..prefix.start, Mark::Options);
            state.part = Part::Options;
        }
        self.replace(prefix, if *label == Label::Box(true) { "- [x] " } else { "- [ ] " });
    }

    /// A line without a label: more of the same, or a new question.
    fn quiz_text(&mut self, index: usize, within: usize, state: &mut State) {
        let text = self.text(index).trim_end();
        let asks = text.ends_with(['？', '?', '）', ')']);
        let ahead = state.ahead.get(within).copied().unwrap_or(Ahead::End);
        let begins = match state.part {
            Part::Nothing => true,
            _ if !state.after_blank => false,
            Part::Stem => state.asked && asks,
            Part::Options | Part::Explanation => ahead == Ahead::Reply || asks,
            Part::Answer => ahead == Ahead::Reply || (asks && ahead == Ahead::End),
        };
        if begins {
            let line = self.range(index);
            let number = if self.is_verbatim(index) { 0 } else { labels::numbering(text) };
            self.mark(line.start..line.start + number, Mark::Question(None, line));
            state.part = Part::Stem;
            state.kind = None;
        } else {
            self.numbered_line(index, text.trim_start_matches(' '));
        }
    }
}
