//! Self-check quizzes, which work without a script: the answer is a `details`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Writer;
use super::blocks::end_of;
use crate::base::text::fold;
use crate::markdown::api::ProblemKind;
use crate::markdown::mend::{Mark, QuizKind};
use crate::markdown::parse::{Piece, Segment};

/// A question as it was written.
#[derive(Default)]
struct Question<'p, 'a> {
    kind: Option<QuizKind>,
    /// The line in the source that it begins on.
    line: Range<usize>,
    stem: &'p [Piece<'a>],
    options: &'p [Piece<'a>],
    answer: &'p [Piece<'a>],
    explanation: &'p [Piece<'a>],
    /// What does not fit, such as a second answer.
    more: Vec<&'p [Piece<'a>]>,
}

/// An option of a question.
struct Choice<'p, 'a> {
    inside: &'p [Piece<'a>],
    right: bool,
}

/// Whether the segment belongs to the quiz before it.
pub(super) fn is_part(segment: &Segment<'_>) -> bool {
    matches!(segment.mark, Some(Mark::Question(..) | Mark::Options | Mark::Answer | Mark::Explanation))
}

fn questions<'p, 'a>(segments: &'p [Segment<'a>]) -> Vec<Question<'p, 'a>> {
    let mut questions: Vec<Question<'p, 'a>> = Vec::new();
    for segment in segments {
        let pieces = segment.pieces.as_slice();
        if let Some(Mark::Question(kind, line)) = &segment.mark {
            questions.push(Question { kind: *kind, line: line.clone(), stem: pieces, ..Question::default() });
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
    questions
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

fn letter(index: usize) -> char {
    char::from(b'A' + u8::try_from(index % 26).unwrap_or(0))
}

/// The options that an answer such as `B`、`AC` or `A、C` names.
fn named(answer: &str) -> Vec<usize> {
    let folded = fold(answer);
    let letters = folded.trim_end_matches(['。', '.']);
    if !letters.chars().all(|c| ('a'..='h').contains(&c) || matches!(c, '、' | ',' | '，' | '和' | ';')) {
        return Vec::new();
    }
    letters.chars().filter_map(|c| (c as usize).checked_sub('a' as usize)).filter(|index| *index < 8).collect()
}

/// Whether the answer to a statement says that it is right.
fn verdict(answer: &str) -> Option<bool> {
    let folded = fold(answer);
    let word = folded.split(['。', '，', ',', '；', '.', '（', '(', '：']).next().unwrap_or("");
    match word {
        "对" | "正确" | "是" | "√" | "✓" | "✔" | "t" | "true" | "yes" | "right" => Some(true),
        "错" | "错误" | "不对" | "不正确" | "否" | "×" | "x" | "✗" | "f" | "false" | "no" | "wrong" => {
            Some(false)
        }
        _ => None,
    }
}

impl<'a> Writer<'a, '_> {
    /// Writes a quiz up to, but not with, its end.
    pub(super) fn quiz(&mut self, title: &str, before: &[Piece<'a>], segments: &[Segment<'a>]) {
        self.open_block("<section class=\"quiz\">\n", "</section>\n", true);
        self.html.push_str("<p class=\"quiz-title\">");
        self.title(title, self.words.quiz);
        self.html.push_str("</p>\n");
        self.end_line();
        self.open_block("", "", true);
        self.pieces(before);
        self.close_block();
        let questions = questions(segments);
        if questions.is_empty() {
            return;
        }
        self.open_block("<ol>\n", "</ol>\n", true);
        for question in &questions {
            self.question(question);
        }
        self.close_block();
    }

    fn question(&mut self, question: &Question<'_, 'a>) {
        let (mut choices, rest) = choices(question.options);
        let answer = self.aside_text(question.answer);
        self.tick(&mut choices, &answer);
        let right = choices.iter().filter(|choice| choice.right).count();
        let verdict = verdict(&answer);
        let kind = question.kind.filter(|kind| *kind != QuizKind::Short || choices.is_empty()).unwrap_or({
            match (choices.is_empty(), right > 1, verdict.is_some()) {
                (false, true, _) => QuizKind::Multiple,
                (false, false, _) => QuizKind::Single,
                (true, _, true) => QuizKind::Boolean,
                (true, _, false) => QuizKind::Short,
            }
        });
        let is_answered = match kind {
            QuizKind::Short => !answer.is_empty(),
            QuizKind::Boolean if choices.is_empty() => verdict.is_some(),
            // An answer in words is an answer; a letter without its option is not.
            _ => right > 0 || (!choices.is_empty() && !answer.is_empty() && named(&answer).is_empty()),
        };
        if !is_answered {
            let stem = self.aside_text(question.stem);
            self.problems.add_in_source(ProblemKind::QuizWithoutAnswer, question.line.clone(), &stem);
        }
        let name = match kind {
            QuizKind::Single => "single",
            QuizKind::Multiple => "multiple",
            QuizKind::Boolean => "boolean",
            QuizKind::Short => "short",
        };
        self.open_block(&format!("<li class=\"quiz-item\" data-kind=\"{name}\">\n"), "</li>\n", true);
        self.open_block("<div class=\"quiz-question\">", "</div>\n", true);
        self.pieces(question.stem);
        self.close_block();
        if kind == QuizKind::Boolean && choices.is_empty() {
            self.verdicts(verdict);
        } else {
            self.choices(&choices);
        }
        self.pieces(question.options.get(rest..).unwrap_or_default());
        self.answer(
            question,
            &choices,
            if choices.is_empty() { verdict.filter(|_| kind == QuizKind::Boolean) } else { None },
        );
        self.close_block();
    }

    /// Marks the options that a written answer names by letter or in full.
    fn tick(&self, choices: &mut [Choice<'_, 'a>], answer: &str) {
        let letters = named(answer);
        let answer = fold(answer);
        for (index, choice) in choices.iter_mut().enumerate() {
            let in_full = !answer.is_empty() && fold(&self.aside_text(choice.inside)) == answer;
            choice.right = choice.right || in_full || letters.contains(&index);
        }
    }

    fn choices(&mut self, choices: &[Choice<'_, 'a>]) {
        if choices.is_empty() {
            return;
        }
        self.open_block("<ul class=\"quiz-options\">\n", "</ul>\n", true);
        for (index, choice) in choices.iter().enumerate() {
            self.open_block(if choice.right { "<li data-right=\"true\">" } else { "<li>" }, "</li>\n", true);
            self.fixed(&format!("{}. ", letter(index)));
            self.pieces(choice.inside);
            self.close_block();
            self.end_line();
        }
        self.close_block();
    }

    fn verdicts(&mut self, verdict: Option<bool>) {
        self.open_block("<ul class=\"quiz-options\">\n", "</ul>\n", true);
        for (word, is_right) in [(self.words.right, true), (self.words.wrong, false)] {
            self.open_block(
                if verdict == Some(is_right) { "<li data-right=\"true\">" } else { "<li>" },
                "</li>\n",
                true,
            );
            self.fixed(word);
            self.close_block();
            self.end_line();
        }
        self.close_block();
    }

    fn answer(&mut self, question: &Question<'_, 'a>, choices: &[Choice<'_, 'a>], verdict: Option<bool>) {
        let right: Vec<String> = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.right)
            .map(|(index, _)| letter(index).to_string())
            .collect();
        if right.is_empty() && question.answer.is_empty() && question.explanation.is_empty() && question.more.is_empty()
        {
            return;
        }
        self.open_block("<details class=\"quiz-answer\">", "</details>\n", true);
        self.html.push_str("<summary>");
        self.fixed(self.words.show_answer);
        self.html.push_str("</summary>\n");
        self.end_line();
        let key = if right.is_empty() { None } else { Some(right.join("、")) };
        let written = self.aside_text(question.answer);
        match key {
            Some(key) if written.is_empty() || !named(&written).is_empty() => {
                self.label_and_text(self.words.answer, &key)
            }
            _ if verdict.is_some() && written.chars().count() <= 4 => {
                let word = if verdict == Some(true) { self.words.right } else { self.words.wrong };
                self.label_and_text(self.words.answer, word);
            }
            _ => self.labelled(self.words.answer, question.answer),
        }
        self.labelled(self.words.explanation, question.explanation);
        for more in &question.more {
            self.pieces(more);
        }
        self.close_block();
    }

    fn label_and_text(&mut self, label: &str, text: &str) {
        self.html.push_str("<p>");
        self.fixed(label);
        self.fixed(text);
        self.html.push_str("</p>\n");
        self.end_line();
    }

    /// Blocks whose first paragraph begins with a label.
    fn labelled(&mut self, label: &str, pieces: &[Piece<'a>]) {
        if pieces.is_empty() {
            return;
        }
        self.open_block("<p>", "</p>\n", true);
        self.fixed(label);
        let mut rest = pieces;
        if matches!(pieces.first().map(|piece| &piece.event), Some(Event::Start(Tag::Paragraph))) {
            let end = end_of(pieces, 0);
            self.inline(pieces.get(1..end).unwrap_or_default());
            rest = pieces.get(end + 1..).unwrap_or_default();
        }
        self.close_block();
        self.end_line();
        self.pieces(rest);
    }

    /// The text of pieces that are written elsewhere.
    fn aside_text(&self, pieces: &[Piece<'a>]) -> String {
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
}
