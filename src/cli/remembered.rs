//! What is remembered of the last build of a folder, so that a build of the same
//! things only has to look whether all of it is still there.

use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::workspace::Root;
use crate::base::Key;
use crate::memo::{Kind, Memo};
use crate::output::{self, Marks};
use crate::pipeline::{Past, Report};

/// The memory of an output folder.
pub(super) struct Remembered<'a> {
    memo: Memo,
    folder: &'a Path,
    key: Key,
    /// What this build is made of, as far as the disk tells.
    inputs: Option<Key>,
    left: Option<Left>,
}

/// What a build left.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Left {
    inputs: Option<Key>,
    pub report: Report,
    pub marks: Marks,
}

impl<'a> Remembered<'a> {
    /// Recalls the last build of a folder, and looks at what the next one is made of
    /// before anything of it is read.
    pub(super) fn new(root: &Root, folder: &'a Path) -> Self {
        let memo = root.memo();
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let key = Key::of([whole.to_string_lossy().as_bytes()]);
        let (inputs, left) = rayon::join(|| root.stamp(SystemTime::now()), || memo.recall(Kind::Build, key));
        Self { memo, folder, key, inputs, left }
    }

    /// What the last build left, if this one is made of the same and every file is still
    /// as it was left.
    pub(super) fn as_left(&self) -> Option<&Left> {
        let left = self.left.as_ref().filter(|left| self.inputs.is_some() && left.inputs == self.inputs)?;
        output::is_as_left(self.folder, &left.marks).then_some(left)
    }

    /// Where values are remembered.
    pub(super) fn memo(&self) -> &Memo {
        &self.memo
    }

    /// What the last build left for the next one.
    pub(super) fn past(&self) -> Past {
        self.memo.recall(Kind::Pages, self.key).unwrap_or_default()
    }

    /// The files of the last build.
    pub(super) fn marks(&self) -> Marks {
        self.left.as_ref().map(|left| left.marks.clone()).unwrap_or_default()
    }

    /// Remembers this build.
    pub(super) fn keep(&self, report: &Report, marks: Marks, past: &Past) {
        let left = Left { inputs: self.inputs, report: report.clone(), marks };
        self.memo.keep(Kind::Build, self.key, &left);
        self.memo.keep(Kind::Pages, self.key, past);
        self.memo.settle();
    }
}
