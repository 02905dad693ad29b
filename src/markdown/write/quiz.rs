//! Self-check quizzes, which work without a script: the answer is a `details`.

use pulldown_cmark::{Event, Tag};

use super::Writer;
use super::blocks::end_of;
use super::questions::{Choice, Question, letter, read, text_of};
use crate::markdown::api::ProblemKind;
use crate::markdown::mend::QuizKind;
use crate::markdown::parse::{Piece, Segment};

impl<'a> Writer<'a, '_> {
    /// Writes a quiz up to, but not with, its end.
    pub(super) fn quiz(&mut self, title: &str, before: &[Piece<'a>], segments: &[Segment<'a>]) {
        self.open_block("<section class=\"quiz\">\n", "</section>\n", true);
        self.html.push_str("<p class=\"quiz-title\">");
        self.title(title, self.words.quiz);
        self.html.push_str("</p>\n");
        self.end_line();
        self.pieces(before);
        let questions = read(segments);
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
        if !question.is_answered() {
            let stem = text_of(question.stem);
            self.problems.add_in_source(ProblemKind::QuizWithoutAnswer, question.line.clone(), &stem);
        }
        let open = format!("<li class=\"quiz-item\" data-kind=\"{}\">\n", question.kind_name());
        self.open_block(&open, "</li>\n", true);
        self.open_block("<div class=\"quiz-question\">", "</div>\n", true);
        self.pieces(question.stem);
        self.close_block();
        if question.kind == QuizKind::Boolean && question.choices.is_empty() {
            self.verdicts(question.verdict);
        } else {
            self.choices(&question.choices);
        }
        self.pieces(question.after_choices);
        self.answer(question);
        self.close_block();
    }

    fn choices(&mut self, choices: &[Choice<'_, 'a>]) {
        if choices.is_empty() {
            return;
        }
        self.open_block("<ul class=\"quiz-options\">\n", "</ul>\n", true);
        for (index, choice) in choices.iter().enumerate() {
            self.open_option(choice.right);
            self.fixed(&format!("{}. ", letter(index)));
            self.pieces(choice.inside);
            self.close_block();
            self.end_line();
        }
        self.close_block();
    }

    /// The two options of a statement.
    fn verdicts(&mut self, verdict: Option<bool>) {
        self.open_block("<ul class=\"quiz-options\">\n", "</ul>\n", true);
        for (word, is_right) in [(self.words.right, true), (self.words.wrong, false)] {
            self.open_option(verdict == Some(is_right));
            self.fixed(word);
            self.close_block();
        }
        self.close_block();
    }

    fn open_option(&mut self, right: bool) {
        self.open_block(if right { "<li data-right=\"true\">" } else { "<li>" }, "</li>\n", true);
    }

    fn answer(&mut self, question: &Question<'_, 'a>) {
        let Question { answer, explanation, more, verdict, is_bare, .. } = question;
        let key = question.key();
        if key.is_empty() && answer.is_empty() && explanation.is_empty() && more.is_empty() {
            return;
        }
        self.open_block("<details class=\"quiz-answer\">", "</details>\n", true);
        self.html.push_str("<summary>");
        self.fixed(self.words.show_answer);
        self.html.push_str("</summary>\n");
        match verdict {
            _ if *is_bare && !key.is_empty() => self.key(&key.join("、")),
            Some(verdict) if *is_bare => self.key(if *verdict { self.words.right } else { self.words.wrong }),
            _ => self.labelled(self.words.answer, answer),
        }
        self.labelled(self.words.explanation, explanation);
        for pieces in more {
            self.pieces(pieces);
        }
        self.close_block();
    }

    /// The answer in letters, or as right or wrong.
    fn key(&mut self, key: &str) {
        self.html.push_str("<p>");
        self.fixed(self.words.answer);
        self.fixed(key);
        self.html.push_str("</p>\n");
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
}
