//! The one line of memory between the steps of a switch.

use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::{Disk, PublishError, ReleaseId};

/// What is being switched to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Whether the release is new; then it goes away when the switch is undone.
    pub is_new: bool,
    /// What is to be served.
    pub to: String,
    /// Where `current` is put away when it is a folder: its path from the target on.
    pub away: Option<String>,
}

/// What a journal says.
pub(super) enum Pending {
    /// There is none.
    None,
    /// A switch was begun.
    Switch(Journal, ReleaseId),
    /// Nobody can read it.
    Unreadable,
}

/// Reads the journal of a target.
pub(super) fn pending(layout: &Layout) -> Result<Pending, PublishError> {
    let path = layout.journal();
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Pending::None),
        Err(error) => return Err(PublishError::disk("读取", &path, error)),
    };
    let journal: Option<Journal> = serde_json::from_slice(&bytes).ok();
    let is_safe = |away: &str| away.split('/').all(|part| !matches!(part, "" | "." | "..")) && !away.contains('\\');
    let journal = journal.filter(|journal| journal.away.as_deref().is_none_or(is_safe));
    let read = journal.and_then(|journal| ReleaseId::parse(&journal.to).map(|to| Pending::Switch(journal, to)));
    Ok(read.unwrap_or(Pending::Unreadable))
}

/// Writes the journal; when this returns it survives everything.
pub(super) fn write(layout: &Layout, disk: &dyn Disk, journal: &Journal) -> io::Result<()> {
    let aside = layout.journal().with_extension("journal-next");
    disk.rewrite(&aside, &serde_json::to_vec(journal)?)?;
    disk.flush(&aside)?;
    disk.rename(&aside, &layout.journal())?;
    disk.flush(&layout.releases())
}

/// Takes the journal away: everything that it says is done or undone.
pub(super) fn clear(layout: &Layout, disk: &dyn Disk) -> io::Result<()> {
    disk.remove(&layout.journal())?;
    disk.flush(&layout.releases())
}
