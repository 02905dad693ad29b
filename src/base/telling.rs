//! Whether the time of a file tells that it is still the same file.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long a source must have rested before its time can be believed: a file that is
/// written twice within one tick of a clock keeps the same time, and clocks of
/// network disks tick slowly.
const REST: Duration = Duration::from_secs(3);

/// The time by which the content of a source may be recognised. Times in whole
/// seconds mostly come out of an archive, where many files share one, or from a disk
/// with a coarse clock: they tell nothing.
pub fn telling_time(metadata: &Metadata, now: SystemTime) -> Option<SystemTime> {
    let modified = metadata.modified().ok()?;
    let fine = modified.duration_since(UNIX_EPOCH).ok()?.subsec_nanos() != 0;
    let rested = now.duration_since(modified).ok()? > REST;
    (fine && rested).then_some(modified)
}
