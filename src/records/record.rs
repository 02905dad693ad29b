//! A record: the values of a front matter, a settings file or a table row by the
//! field that they belong to.

use std::collections::BTreeMap;

use super::fields::{Entity, Field};
use super::node::Node;
use crate::base::text::{fold, nearest};
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
    /// What was written under the name of a field that has a value already.
    repeated: Vec<Entry>,
    /// What was written under names that nobody knows.
    unknown: Vec<(Located<String>, Node)>,
}

impl Record {
    /// A record without any value.
    pub fn empty(place: Place) -> Self {
        Self { place, entries: BTreeMap::new(), repeated: Vec::new(), unknown: Vec::new() }
    }

    /// Sorts written pairs into the fields of an entity.
    pub fn new(place: Place, pairs: Vec<(Located<String>, Node)>, entity: &Entity, findings: &mut Findings) -> Self {
        let mut record = Self::empty(place);
        for (name, node) in pairs {
            match entity.find(&name.value) {
                Some(field) => record.add(Entry { field, name, node }, findings),
                None if name.value.is_empty() && node.is_empty() => {}
                None => {
                    findings.push(unknown_name(&name, entity));
                    record.unknown.push((name, node));
                }
            }
        }
        record
    }

    /// Adds a value, unless its field has one already.
    pub(super) fn add(&mut self, entry: Entry, findings: &mut Findings) {
        match self.entries.get(entry.field.key) {
            Some(first) => {
                findings.push(
                    Finding::new("E108", entry.name.place.clone())
                        .with("键", &entry.name.value)
                        .with("键1", &first.name.value)
                        .with("行1", first.name.place.line),
                );
                self.repeated.push(entry);
            }
            None => {
                self.entries.insert(entry.field.key, entry);
            }
        }
    }

    /// The value of a field, if something was written there.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| !entry.node.is_empty())
    }

    /// Everything that was written for a field, also what the first value put aside.
    pub fn all<'r>(&'r self, key: &'r str) -> impl Iterator<Item = &'r Entry> {
        let repeated = self.repeated.iter().filter(move |entry| entry.field.key == key);
        self.entries.get(key).into_iter().chain(repeated).filter(|entry| !entry.node.is_empty())
    }

    /// What was written under names that nobody knows.
    pub fn unknown(&self) -> &[(Located<String>, Node)] {
        &self.unknown
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
    let mut finding = Finding::new("W107", name.place.clone()).with("键", &name.value);
    if entity.find("draft").is_some() && may_hold_back(&name.value) {
        finding = finding.with("后果", HELD_BACK);
    }
    match nearest(&name.value, entity.names()) {
        Some(near) => finding.with("近似", near),
        None => finding,
    }
}

/// What is said of a text that is held back because nobody can tell whether it may be
/// published.
pub const HELD_BACK: &str = "看不清该不该公开，为稳妥起见先不发布";

/// Whether an unknown name looks as if it said that a text must not be published:
/// privacy fails closed (DOMAIN.md 3.7).
pub fn may_hold_back(name: &str) -> bool {
    const MARKS: &[&str] = &["草", "公开", "发布", "内部", "保密", "涉密", "密级", "秘密", "未定稿", "未完成", "外传"];
    const HARMLESS: &[&str] = &["日期", "时间", "单位", "部门", "机构", "人", "者", "平台", "渠道", "地址", "标题"];
    let name = fold(name);
    MARKS.iter().any(|mark| name.contains(mark)) && !HARMLESS.iter().any(|end| name.ends_with(end))
}
