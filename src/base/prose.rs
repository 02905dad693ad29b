//! A body of text within the text of its file.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Key, trace};

/// A body of text. It lies within the text of its file, which is not copied, and notes
/// who reads it ([`trace::record`]).
#[derive(Clone)]
pub struct Prose {
    whole: Arc<String>,
    range: Range<usize>,
    key: Key,
}

impl Prose {
    /// A part of a file's text; all of it where there is no such part.
    pub fn new(file: &str, whole: Arc<String>, range: Range<usize>) -> Self {
        let mut prose = Self::known(whole, range, Key::default());
        prose.key = Key::of([file.as_bytes(), &prose.whole.as_bytes()[prose.range.clone()]]);
        prose
    }

    /// As [`Prose::new`], where its name is known already.
    pub fn known(whole: Arc<String>, range: Range<usize>, key: Key) -> Self {
        let range = if whole.get(range.clone()).is_some() { range } else { 0..whole.len() };
        Self { whole, range, key }
    }

    /// A name for what it says and the file that says it.
    pub fn key(&self) -> Key {
        self.key
    }
}

impl Default for Prose {
    fn default() -> Self {
        Self::new("", Arc::default(), 0..0)
    }
}

impl Deref for Prose {
    type Target = str;

    fn deref(&self) -> &str {
        trace::note(self.key);
        &self.whole[self.range.clone()]
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

/// As part of something else, a body counts for nothing: who reads it is known by itself.
impl Serialize for Prose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Who reads something back puts the body in again.
impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_it_is_known() {
        let text = |text: &str| Arc::new(text.to_owned());
        let one = Prose::new("a.md", text("标题\n正文"), 7..13);
        let other = Prose::new("a.md", text("正文"), 0..6);
        assert_eq!((one.key(), "正文"), (other.key(), &*other));
        assert_ne!(one.key(), Prose::new("b.md", text("正文"), 0..6).key());
        let (length, read) = trace::record(|| one.len());
        assert_eq!((length, read), (6, vec![one.key()]));
        let (inner, outer) = trace::record(|| trace::record(|| one.is_empty()).1);
        assert_eq!(inner, outer);
        assert!(trace::record(|| one.key()).1.is_empty());
        assert_eq!(&*Prose::new("", text("一"), 1..2), "一", "half of a character is none");
    }
}
