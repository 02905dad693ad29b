//! A record: the values of a front matter, a settings file or a table row by the
//! field that they belong to.

use std::collections::BTreeMap;

use super::fields::{Entity, Field};
use super::node::Node;
use crate::base::text::nearest;
use crate::base::{Finding, Findings, Located, Place};

/// One value with the name under which it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The field.
    pub field: &'static Field,
    /// The name as written.
    pub name: Located<String>,
    /// The value.
    pub node: Node,
}

/// Values by field. What was written under a name that nobody knows is reported
/// (W107), what was written twice as well (E108); the first counts.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where the record starts.
    pub place: Place,
    entries: BTreeMap<&'static str, Entry>,
}

impl Record {
    /// A record without any value.
    pub fn empty(place: Place) -> Self {
        Self { place, entries: BTreeMap::new() }
    }

    /// Sorts written pairs into the fields of an entity.
    pub fn new(place: Place, pairs: Vec<(Located<String>, Node)>, entity: &Entity, findings: &mut Findings) -> Self {
        let mut record = Self::empty(place);
        for (name, node) in pairs {
            match entity.find(&name.value) {
                Some(field) => record.add(Entry { field, name, node }, findings),
                None if name.value.is_empty() && node.is_empty() => {}
                None => findings.push(unknown_name(&name, entity)),
            }
        }
        record
    }

    /// Adds a value, unless its field has one already.
    pub(super) fn add(&mut self, entry: Entry, findings: &mut Findings) {
        match self.entries.get(entry.field.key) {
            Some(first) => findings.push(
                Finding::new("E108", entry.name.place)
                    .with("键", entry.name.value)
                    .with("键1", &first.name.value)
                    .with("行1", first.name.place.line),
            ),
            None => {
                self.entries.insert(entry.field.key, entry);
            }
        }
    }

    /// The value of a field, if something was written there.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| !entry.node.is_empty())
    }

    /// All that was written.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.entries.values().all(|entry| entry.node.is_empty())
    }
}

/// W107, with the known name that was probably meant.
pub(super) fn unknown_name(name: &Located<String>, entity: &Entity) -> Finding {
    let finding = Finding::new("W107", name.place.clone()).with("键", &name.value);
    match nearest(&name.value, entity.names()) {
        Some(near) => finding.with("近似", near),
        None => finding,
    }
}
