//! Understands the questions of a quiz: their kind, their options and which of them
//! are right.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::blocks::end_of;
use crate::base::text::fold;
use crate::markdown::mend::{Mark, QuizKind};
use crate::markdown::parse::{Piece, Segment};

/// A question as it was meant.
pub(super) struct Question<'p, 'a> {
    /// Its kind, as written or as the rest of it suggests.
    pub kind: QuizKind,
    /// The line in the source that it begins on.
    pub line: Range<usize>,
    /// What is asked.
    pub stem: &'p [Piece<'a>],
    /// What may be chosen.
    pub choices: Vec<Choice<'p, 'a>>,
    /// What stands behind the options.
    pub after_choices: &'p [Piece<'a>],
    /// For a statement: whether it is right, when the answer says so.
    pub verdict: Option<bool>,
    /// The answer as it was written.
    pub answer: &'p [Piece<'a>],
    /// Whether the answer says no more than the letters or the verdict.
    pub is_bare: bool,
    /// Why.
    pub explanation: &'p [Piece<'a>],
    /// What does not fit, such as a second answer.
    pub more: Vec<&'p [Piece<'a>]>,
}

/// An option of a question.
pub(super) struct Choice<'p, 'a> {
    /// Its text.
    pub inside: &'p [Piece<'a>],
    /// Whether it is right.
    pub right: bool,
}

/// The parts of a question before they are understood.
#[derive(Default)]
struct Parts<'p, 'a> {
    kind: Option<QuizKind>,
    line: Range<usize>,
    stem: &'p [Piece<'a>],
    options: &'p [Piece<'a>],
    answer: &'p [Piece<'a>],
    explanation: &'p [Piece<'a>],
    more: Vec<&'p [Piece<'a>]>,
}

/// Whether the segment belongs to the quiz before it.
pub(super) fn is_part(segment: &Segment<'_>) -> bool {
    matches!(segment.mark, Some(Mark::Question(..) | Mark::Options | Mark::Answer | Mark::Explanation))
}

/// Reads the questions out of the segments of a quiz.
pub(super) fn read<'p, 'a>(segments: &'p [Segment<'a>]) -> Vec<Question<'p, 'a>> {
    let mut questions: Vec<Parts<'p, 'a>> = Vec::new();
    for segment in segments {
        let pieces = segment.pieces.as_slice();
        if let Some(Mark::Question(kind, line)) = &segment.mark {
            questions.push(Parts { kind: *kind, line: line.clone(), stem: pieces, ..Parts::default() });
            continue;
        }
        let Some(question) = questions.last_mut() else { continue };
        let part = match segment.mark {
            Some(Mark::Options) => &mut question.options,
            Some(Mark::Answer) => &mut question.answer,
            _ => &mut question.explanation,
        };
        if part.is_empty() {
            *part = pieces;
        } else {
            question.more.push(pieces);
        }
    }
    questions.into_iter().map(understand).collect()
}

fn understand<'p, 'a>(parts: Parts<'p, 'a>) -> Question<'p, 'a> {
    let Parts { kind, line, stem, options, answer, explanation, more } = parts;
    let (mut choices, after) = choices(options);
    let written = text_of(answer);
    let letters = named(&written);
    tick(&mut choices, &letters, &written);
    let right = choices.iter().filter(|choice| choice.right).count();
    let said = if choices.is_empty() { verdict(&written) } else { None };
    // Options make a choice of what calls itself a short question.
    let kind = kind.filter(|kind| *kind != QuizKind::Short || choices.is_empty()).unwrap_or({
        match (choices.is_empty(), right > 1, said.is_some()) {
            (false, true, _) => QuizKind::Multiple,
            (false, false, _) => QuizKind::Single,
            (true, _, true) => QuizKind::Boolean,
            (true, _, false) => QuizKind::Short,
        }
    });
    let said = said.filter(|_| kind == QuizKind::Boolean);
    Question {
        kind,
        line,
        stem,
        choices,
        after_choices: options.get(after..).unwrap_or_default(),
        verdict: said.map(|(verdict, _)| verdict),
        answer,
        is_bare: written.is_empty() || !letters.is_empty() || said.is_some_and(|(_, is_bare)| is_bare),
        explanation,
        more,
    }
}

impl Question<'_, '_> {
    /// Whether somebody who answers can learn whether it was right.
    pub(super) fn is_answered(&self) -> bool {
        match self.kind {
            QuizKind::Short => !self.answer.is_empty(),
            QuizKind::Boolean if self.choices.is_empty() => self.verdict.is_some(),
            // An answer in words is an answer; a letter without its option is not.
            _ => self.choices.iter().any(|choice| choice.right) || (!self.choices.is_empty() && !self.is_bare),
        }
    }

    /// The name of its kind in the page.
    pub(super) fn kind_name(&self) -> &'static str {
        match self.kind {
            QuizKind::Single => "single",
            QuizKind::Multiple => "multiple",
            QuizKind::Boolean => "boolean",
            QuizKind::Short => "short",
        }
    }

    /// The letters of the right options.
    pub(super) fn key(&self) -> Vec<String> {
        let right = self.choices.iter().enumerate().filter(|(_, choice)| choice.right);
        right.map(|(index, _)| letter(index).to_string()).collect()
    }
}

/// The options in a list, and the index after it.
fn choices<'p, 'a>(options: &'p [Piece<'a>]) -> (Vec<Choice<'p, 'a>>, usize) {
    if !matches!(options.first().map(|piece| &piece.event), Some(Event::Start(Tag::List(_)))) {
        return (Vec::new(), 0);
    }
    let end = end_of(options, 0);
    let mut choices = Vec::new();
    let mut index = 1;
    while index < end {
        let item_end = end_of(options, index);
        let mut inside = unwrapped(options.get(index + 1..item_end).unwrap_or_default());
        let mut right = false;
        if let Some((Piece { event: Event::TaskListMarker(done), .. }, rest)) = inside.split_first() {
            right = *done;
            inside = rest;
        }
        choices.push(Choice { inside, right });
        index = item_end + 1;
    }
    (choices, end + 1)
}

/// The inside of a single paragraph, or all that there is.
fn unwrapped<'p, 'a>(pieces: &'p [Piece<'a>]) -> &'p [Piece<'a>] {
    match pieces.first().map(|piece| &piece.event) {
        Some(Event::Start(Tag::Paragraph)) if end_of(pieces, 0) + 1 == pieces.len() => {
            pieces.get(1..pieces.len() - 1).unwrap_or_default()
        }
        _ => pieces,
    }
}

/// Marks the options that a written answer names by letter or in full.
fn tick(choices: &mut [Choice<'_, '_>], letters: &[usize], answer: &str) {
    let answer = fold(answer);
    for (index, choice) in choices.iter_mut().enumerate() {
        let in_full = !answer.is_empty() && fold(&text_of(choice.inside)) == answer;
        choice.right = choice.right || in_full || letters.contains(&index);
    }
}

/// The letter of an option.
pub(super) fn letter(index: usize) -> char {
    char::from(b'A' + u8::try_from(index % 26).unwrap_or(0))
}

/// The options that an answer such as `B`, `AC` or `A、C` names.
fn named(answer: &str) -> Vec<usize> {
    let folded = fold(answer);
    let letters = folded.trim_end_matches(['。', '.']);
    if !letters.chars().all(|c| ('a'..='h').contains(&c) || matches!(c, '、' | ',' | '，' | '和' | ';')) {
        return Vec::new();
    }
    letters.chars().filter_map(|c| (c as usize).checked_sub('a' as usize)).filter(|index| *index < 8).collect()
}

/// Whether the answer to a statement says that it is right, and whether that is all
/// that it says.
fn verdict(answer: &str) -> Option<(bool, bool)> {
    let folded = fold(answer);
    let word = folded.split(['。', '，', ',', '；', ';', '.', '（', '(', '：', ':']).next().unwrap_or("");
    let is_bare = folded.trim_end_matches(['。', '.']) == word;
    match word {
        "对" | "正确" | "是" | "√" | "✓" | "✔" | "t" | "true" | "yes" | "right" => Some((true, is_bare)),
        "错" | "错误" | "不对" | "不正确" | "否" | "×" | "x" | "✗" | "f" | "false" | "no" | "wrong" => {
            Some((false, is_bare))
        }
        _ => None,
    }
}

/// The text of pieces without their markup.
pub(super) fn text_of(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match &piece.event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{named, verdict};

    #[test]
    fn answers_are_read_in_many_hands() {
        assert_eq!(named("B"), [1]);
        assert_eq!(named("Ａ、C。"), [0, 2]);
        assert_eq!(named("ABD"), [0, 1, 3]);
        assert!(named("七日").is_empty());
        assert_eq!(verdict("√"), Some((true, true)));
        assert_eq!(verdict("错误。"), Some((false, true)));
        assert_eq!(verdict("错，应为七日"), Some((false, false)));
        assert_eq!(verdict("错不在我"), None);
    }
}
