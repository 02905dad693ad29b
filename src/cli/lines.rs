//! The lines that problems stand in. A broken table gives a problem for every row, so
//! each file is cut into lines once, not once for every problem.

use std::collections::BTreeMap;

use crate::base::{Place, SourcePath};
use crate::source::Sources;

/// Finds lines of the sources, and remembers how files are cut.
pub(super) struct Lines<'a> {
    sources: &'a Sources,
    cut: BTreeMap<SourcePath, Vec<&'a str>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, cut: BTreeMap::new() }
    }

    /// The line of a place; none for a whole file and for what is no text.
    pub(super) fn at(&mut self, place: &Place) -> Option<&'a str> {
        let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
        if !self.cut.contains_key(&place.file) {
            let text = self.sources.file(&place.file).and_then(|file| file.text()).unwrap_or_default();
            self.cut.insert(place.file.clone(), text.lines().collect());
        }
        self.cut.get(&place.file)?.get(index).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_the_one_that_a_walk_from_the_start_finds() {
        let sources = Sources::from_memory([
            ("content/甲.md", "\u{feff}一\r\n\r\n三\n".as_bytes()),
            ("content/乙.md", "末行没有换行".as_bytes()),
            ("content/丙.bin", [0, 255, 0].as_slice()),
        ]);
        let mut lines = Lines::new(&sources);
        for file in ["content/甲.md", "content/乙.md", "content/丙.bin", "content/没有.md"] {
            for line in 0..6 {
                let place = Place { file: SourcePath::new(file), line, column: 0, length: 0 };
                assert_eq!(lines.at(&place), sources.line(&place.file, line), "{file}:{line}");
            }
        }
        assert_eq!(
            lines.at(&Place { file: SourcePath::new("content/甲.md"), line: 3, column: 1, length: 1 }),
            Some("三")
        );
    }
}
