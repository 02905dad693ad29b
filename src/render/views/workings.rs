//! Views of figures that stand together, with how each comes about, by which rule, and
//! the rows behind them or the page where these rows stand.

use serde::Serialize;

use super::{LinkView, WorkingRowView};

/// The working of a block of figures.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkingsView {
    /// How each figure comes about, in the order of the block.
    pub formulas: Vec<FormulaView>,
    /// Heads of the columns of numbers; empty when there is no table.
    pub heads: Vec<String>,
    /// What the figures are the sums of: one row for each unit or year.
    pub parts: Vec<PartsRowView>,
    /// The numbers of the last row, all together; empty when it says nothing new.
    pub total: Vec<String>,
    /// Rows of the files themselves.
    pub lists: Vec<RowListView>,
    /// The place where all rows stand one by one, when it is not named above.
    pub rows: Option<LinkView>,
    /// What else has to be said.
    pub note: Option<String>,
}

/// How one figure comes about.
#[derive(Debug, Clone, Serialize)]
pub struct FormulaView {
    /// The name of the figure as it stands above it.
    pub name: String,
    /// Numerator and denominator in words, with their numbers.
    pub text: String,
    /// The rule that the figure follows, with the number of the directive's statement.
    pub rule: String,
}

/// One unit or one year of a sum.
#[derive(Debug, Clone, Serialize)]
pub struct PartsRowView {
    /// Which unit or year.
    pub name: String,
    /// Address of the page, or of the place on it, where its rows stand.
    pub url: Option<String>,
    /// The numbers, one for each head.
    pub cells: Vec<String>,
    /// File with lines, or folder, in which the rows are written.
    pub source: String,
}

/// Rows of files, the first of them when they are many.
#[derive(Debug, Clone, Serialize)]
pub struct RowListView {
    /// What the rows are.
    pub title: String,
    /// The rows.
    pub rows: Vec<WorkingRowView>,
    /// How many more there are, and where they stand, in words; absent when all are here.
    pub more_text: Option<String>,
    /// Address of the place where all of them stand.
    pub more_url: Option<String>,
}
