//! A value as written, with its place.

use crate::base::{Located, Place};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub place: Place,
}

/// The shapes that a value can have. Numbers and dates stay text here, so that
/// nothing of what was written (`007`, `1.10`) is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing after the colon, or an empty cell.
    Empty,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order in which they were written.
    Map(Vec<(Located<String>, Node)>),
}

impl Node {
    /// The text, when the value is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
        }
    }

    /// What was written, on one line, for showing it in a message.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::List(items) => items.iter().map(Node::shown).collect::<Vec<_>>().join("、"),
            Value::Map(entries) => entries
                .iter()
                .map(|(key, node)| format!("{}: {}", key.value, node.shown()))
                .collect::<Vec<_>>()
                .join("，"),
        }
    }
}
