//! The answers of the quizzes of a rendered body, to stand at its end on paper.

use super::elements::{Element, elements};

/// The answers of one quiz.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The title of the quiz.
    pub title_html: String,
    /// The answer of each question in its order; empty where there is none.
    pub items_html: Vec<String>,
}

/// The answers of every quiz that has any.
pub fn answers(html: &str) -> Vec<Answers> {
    if !html.contains("quiz-answer") {
        return Vec::new();
    }
    let quizzes = elements(html).into_iter().filter(|block| block.has_class("quiz"));
    quizzes.map(|quiz| of_quiz(&quiz)).filter(|one| one.items_html.iter().any(|item| !item.is_empty())).collect()
}

fn of_quiz(quiz: &Element<'_>) -> Answers {
    let parts = elements(quiz.inner);
    let title = parts.iter().find(|part| part.has_class("quiz-title")).map_or("", |title| title.inner);
    let items = parts.iter().filter(|part| part.name == "ol").flat_map(|list| elements(list.inner));
    Answers {
        title_html: title.to_owned(),
        items_html: items.filter(|item| item.has_class("quiz-item")).map(|item| of_item(&item)).collect(),
    }
}

fn of_item(item: &Element<'_>) -> String {
    let details = elements(item.inner).into_iter().find(|part| part.has_class("quiz-answer"));
    let said = details.map_or("", |details| details.inner);
    said.split_once("</summary>").map_or(said, |(_, after)| after).trim().to_owned()
}
