//! A table that knows its columns by a key for programs and a head for people, and
//! how to write itself as CSV and JSON.

use serde_json::{Map, Value, json};

use crate::base::Day;
use crate::base::text::never_formula;
use crate::records;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The key in JSON.
    pub key: &'static str,
    /// The head that people read.
    pub head: &'static str,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, also a day or a percentage as people read them.
    Text(String),
    /// A count.
    Number(u32),
    /// Nothing is known.
    Empty,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is, in Chinese: the name of the sheet in a workbook.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty table with pairs of key and head.
    pub fn new(name: impl Into<String>, columns: &[(&'static str, &'static str)]) -> Self {
        let columns = columns.iter().map(|(key, head)| Column { key, head }).collect();
        Self { name: name.into(), columns, rows: Vec::new() }
    }

    /// The table for a spreadsheet: UTF-8 with the mark, lines ended by CR LF.
    pub fn csv(&self) -> Vec<u8> {
        let head = self.columns.iter().map(|column| column.head.to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::guarded).collect());
        records::table_bytes(std::iter::once(head).chain(rows))
    }

    /// The table as one object (CLI.md: `schema_version` is 1), `what` being its name
    /// on the command line.
    pub fn json(&self, what: &str) -> Value {
        let item = |row: &Vec<Cell>| {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.key.to_owned(), cell.json()));
            Value::Object(pairs.collect::<Map<String, Value>>())
        };
        let items: Vec<Value> = self.rows.iter().map(item).collect();
        json!({"schema_version": 1, "command": "export", "what": what, "total": items.len(), "items": items})
    }
}

impl Cell {
    /// What people read.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }
    }

    /// As [`Cell::shown`], but never a formula: topics come from many hands.
    fn guarded(&self) -> String {
        match self {
            Cell::Text(text) => never_formula(text).into_owned(),
            _ => self.shown(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => Value::String(text.clone()),
            Cell::Number(number) => json!(number),
            Cell::Empty => Value::Null,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(number)
    }
}

/// A number that no table of ours reaches is cut, not wrapped.
impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

/// A year.
impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        u32::try_from(number).map_or(Cell::Empty, Cell::Number)
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Cell::Text(day.to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_like_a_formula_are_kept_from_being_one() {
        let mut sheet = Sheet::new("表", &[("a", "甲"), ("b", "乙")]);
        sheet.rows.push(vec![Cell::from("=1+1"), Cell::from(3u32)]);
        assert_eq!(String::from_utf8(sheet.csv()).expect("UTF-8"), "\u{feff}甲,乙\r\n'=1+1,3\r\n");
        assert_eq!(sheet.json("x")["items"][0]["a"], "=1+1");
    }
}
