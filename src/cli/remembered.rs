//! What is remembered of the last build of a folder, so that a build of the same
//! things only has to look whether all of it is still there.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::workspace::Root;
use crate::base::Key;
use crate::memo::{Kind, Memo};
use crate::output::{self, Marks};
use crate::pipeline::{Past, Report};

/// The memory of an output folder.
pub(super) struct Remembered {
    memo: Memo,
    folder: PathBuf,
    key: Key,
    /// What this build is made of, as far as the disk tells.
    inputs: Option<Key>,
    left: Option<Left>,
    past: Option<Past>,
}

/// What a build left.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Left {
    inputs: Option<Key>,
    pub report: Report,
    pub marks: Marks,
}

impl Remembered {
    /// Recalls the last build of a folder, and looks at what the next one is made of
    /// before anything of it is read.
    pub(super) fn new(root: &Root, folder: &Path) -> Self {
        let memo = root.memo();
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let key = Key::of([whole.to_string_lossy().as_bytes()]);
        let (inputs, left) = rayon::join(|| root.stamp(SystemTime::now()), || memo.recall(Kind::Build, key));
        Self { memo, folder: folder.to_path_buf(), key, inputs, left, past: None }
    }

    /// What the last build left, if this one is made of the same and every file is still
    /// as it was left.
    pub(super) fn as_left(&self) -> Option<&Left> {
        let left = self.left.as_ref().filter(|left| self.inputs.is_some() && left.inputs == self.inputs)?;
        output::is_as_left(&self.folder, &left.marks).then_some(left)
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where values are remembered.
    pub(super) fn memo(&self) -> &Memo {
        &self.memo
    }

    /// What the last build left for the next one.
    pub(super) fn take_past(&mut self) -> Past {
        self.past.take().or_else(|| self.memo.recall(Kind::Pages, self.key)).unwrap_or_default()
    }

    /// Looks again at what the next build of this process is made of, before anything of
    /// it is read.
    pub(super) fn look_again(&mut self, root: &Root) {
        self.inputs = root.stamp(SystemTime::now());
    }

    /// The files of the last build.
    pub(super) fn marks(&self) -> Marks {
        self.left.as_ref().map(|left| left.marks.clone()).unwrap_or_default()
    }

    /// Remembers this build.
    pub(super) fn keep(&mut self, report: &Report, marks: Marks, past: Past) {
        let left = Left { inputs: self.inputs, report: report.clone(), marks };
        let (memo, key) = (&self.memo, self.key);
        rayon::join(|| memo.keep(Kind::Build, key, &left), || memo.keep(Kind::Pages, key, &past));
        self.memo.settle();
        (self.left, self.past) = (Some(left), Some(past));
    }
}
