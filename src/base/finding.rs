//! What a stage noticed, before it has words.
//!
//! Rooms below `rules` see that something is wrong but do not word it: they leave
//! a finding, which carries the code, the place and the values. `rules` holds, one
//! file a code, the sentence that those values go into.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use super::{Place, SourcePath};

/// The name of a rule, such as `E112` (DOMAIN.md 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(lasting(&String::deserialize(deserializer)?)))
    }
}

/// A name that was written down as the one that stands in the program. There are a few
/// hundred of them, and each is kept once.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(kept);
    kept
}

fn lasting_names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(&'static str, String)>, D::Error> {
    let words = Vec::<(String, String)>::deserialize(deserializer)?;
    Ok(words.into_iter().map(|(name, value)| (lasting(&name), value)).collect())
}

impl Code {
    /// The name as people write it.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// One thing noticed at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule it falls under.
    pub code: Code,
    /// Where it stands.
    pub place: Place,
    /// The values for the placeholders of the rule's sentence.
    #[serde(deserialize_with = "lasting_names")]
    pub words: Vec<(&'static str, String)>,
    /// The line as it should read, where a program may safely rewrite it.
    pub rewrite: Option<String>,
}

impl Finding {
    /// A finding without values; `{文件}` and `{行}` come from the place.
    pub fn new(code: &'static str, place: Place) -> Self {
        Self { code: Code(code), place, words: Vec::new(), rewrite: None }
    }

    /// A finding about a file as a whole.
    pub fn file(code: &'static str, file: &SourcePath) -> Self {
        Self::new(code, Place::file(file))
    }

    /// Adds the value for a placeholder.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.words.push((name, value.to_string()));
        self
    }

    /// Says how the line should read.
    pub fn rewritten(mut self, line: impl Into<String>) -> Self {
        self.rewrite = Some(line.into());
        self
    }

    /// The value of a placeholder.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.words.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }
}

/// Findings in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Findings) {
        self.0.extend(other.0);
    }

    /// Looks at them.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Whether one of those after the first so many is an error: what it is about was not
    /// understood.
    pub fn has_error_after(&self, count: usize) -> bool {
        self.0.iter().skip(count).any(|finding| finding.code.as_str().starts_with('E'))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
