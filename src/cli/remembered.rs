//! What is remembered of the last build of a folder, so that a build of the same
//! things only has to look whether all of it is still there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::workspace::Root;
use crate::base::{Diagnostic, Key};
use crate::memo::{Kind, Memo};
use crate::output::{self, Folder, Marks, OpenOptions, OutputError, Written};
use crate::pipeline::{Past, Report};
use crate::source::{Seen, Sources};

/// The memory of an output folder.
pub(super) struct Remembered {
    memo: Memo,
    folder: PathBuf,
    key: Key,
    /// What this build is made of, as far as the disk tells.
    inputs: Option<Key>,
    seen: Option<Seen>,
    left: Option<Left>,
    past: Option<Past>,
}

/// What a build left.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Left {
    inputs: Option<Key>,
    pub report: Report,
    pub marks: Arc<Marks>,
}

impl Remembered {
    /// Recalls the last build of a folder, and looks at what the next one is made of
    /// before anything of it is read.
    pub(super) fn new(root: &Root, folder: &Path) -> Self {
        let memo = root.memo();
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let key = Key::of([whole.to_string_lossy().as_bytes()]);
        let ((seen, inputs), left) = rayon::join(|| root.look(SystemTime::now()), || memo.recall(Kind::Build, key));
        Self { memo, folder: folder.to_path_buf(), key, inputs, seen, left, past: None }
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

    /// What the last build of this process left for the next one.
    pub(super) fn take_past(&mut self) -> Option<Past> {
        self.past.take()
    }

    /// Opens the output folder, and gives what the last build of it left, of this process or
    /// of an earlier one.
    pub(super) fn open(&self, options: &OpenOptions, past: Option<Past>) -> (Result<Folder, OutputError>, Past) {
        let marks = self.left.as_ref().map(|left| Arc::clone(&left.marks)).unwrap_or_default();
        let sink = output::open_knowing(&self.folder, options, marks);
        (sink, past.or_else(|| self.memo.recall(Kind::Pages, self.key)).unwrap_or_default())
    }

    /// Looks again at what the next build of this process is made of, before anything of
    /// it is read.
    pub(super) fn look_again(&mut self, root: &Root) {
        (self.seen, self.inputs) = root.look(SystemTime::now());
    }

    /// What was seen of the content folder then.
    pub(super) fn take_seen(&mut self) -> Option<Seen> {
        self.seen.take()
    }

    /// Ends a build of some sources, and remembers it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn close(
        &mut self,
        sink: Folder,
        sources: &Sources,
        report: &Report,
        past: Past,
    ) -> Result<Written, OutputError> {
        let (memo, key, said) = (&self.memo, self.key, report.diagnostics.len());
        // What follows from a build counts only together with the marks of its files.
        let (closed, ()) = rayon::join(|| sink.close_marking(), || memo.keep(Kind::Pages, key, &past));
        let (written, marks) = closed?;
        // What is said of a file that may not be remembered can quote it: it is said anew.
        let is_open = |diagnostic: &Diagnostic| sources.may_be_remembered(&diagnostic.place.file);
        let mut report = report.clone();
        report.diagnostics.retain(is_open);
        let inputs = self.inputs.filter(|_| report.diagnostics.len() == said);
        let left = Left { inputs, report, marks: Arc::new(marks) };
        memo.keep(Kind::Build, key, &left);
        memo.settle();
        (self.left, self.past) = (Some(left), Some(past));
        Ok(written)
    }
}
