//! 检索.

use serde::Serialize;

use super::FacetGroupView;

/// 检索; `pages/search.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Queries that the library answers.
    pub examples: Vec<ExampleView>,
    /// Lists of lessons that need no script.
    pub facets: Vec<FacetGroupView>,
}

/// A query that somebody may try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleView {
    /// What is typed.
    pub text: String,
    /// Address of the search page with it.
    pub url: String,
    /// What initials stand for; absent for words.
    pub stands_for: Option<String>,
}
