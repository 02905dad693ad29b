//! Removing old releases.

use super::layout::Layout;
use super::recover::discard;
use super::release::Release;
use super::{Disk, PublishError, ReleaseId, verify};

/// What became of old releases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Removed.
    pub removed: Vec<ReleaseId>,
    /// Kept, because files of somebody else are in them: the release and one such file.
    pub kept: Vec<(ReleaseId, String)>,
    /// What could not be removed just now, and why.
    pub failed: Vec<(ReleaseId, String)>,
}

/// Removes all but the newest `keep` releases. What is current stays in any case. That
/// an old release cannot be removed is no reason to call a publishing failed.
pub(super) fn prune(layout: &Layout, disk: &dyn Disk, releases: &[Release], keep: usize) -> Pruned {
    let mut pruned = Pruned::default();
    for release in releases.iter().skip(keep.max(1)).filter(|release| !release.is_current) {
        match verify::strangers(&release.place) {
            Ok(strangers) => match strangers.into_iter().next() {
                Some(stranger) => pruned.kept.push((release.id.clone(), stranger)),
                None => match remove(layout, disk, release) {
                    Ok(()) => pruned.removed.push(release.id.clone()),
                    Err(error) => pruned.failed.push((release.id.clone(), error.to_string())),
                },
            },
            Err(error) => pruned.failed.push((release.id.clone(), error.to_string())),
        }
    }
    pruned
}

fn remove(layout: &Layout, disk: &dyn Disk, release: &Release) -> Result<(), PublishError> {
    let removed = discard(layout, disk, &release.place).and_then(|()| disk.remove(&layout.all_trash()));
    removed.map_err(|error| PublishError::disk("删除", &release.place, error))
}
