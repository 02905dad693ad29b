//! What the disk tells of a file, and whether that tells that it is still the same file.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How long a source must have rested before its time can be believed: a file that is
/// written twice within one tick of a clock keeps the same time, and clocks of
/// network disks tick slowly.
const REST: Duration = Duration::from_secs(3);

/// What the disk says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    length: u64,
    /// Nanoseconds since 1970.
    time: u128,
}

impl Mark {
    /// The mark of a file; `None` where the disk tells times in whole seconds, in which
    /// somebody may change a file unseen.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        (time.subsec_nanos() != 0).then_some(Mark { length: metadata.len(), time: time.as_nanos() })
    }

    /// The mark of a source that has rested since it was changed ([`telling_time`]).
    pub fn of_source(metadata: &Metadata, now: SystemTime) -> Option<Self> {
        telling_time(metadata, now).and_then(|_| Self::of(metadata))
    }

    /// It as bytes.
    pub fn bytes(self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..].copy_from_slice(&self.time.to_le_bytes());
        bytes
    }
}

/// Whether a path leads to a file and nothing else: a pipe would be waited for, and what a
/// link leads to read or written to.
pub fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// The time by which the content of a source may be recognised. Times in whole
/// seconds mostly come out of an archive, where many files share one, or from a disk
/// with a coarse clock: they tell nothing.
pub fn telling_time(metadata: &Metadata, now: SystemTime) -> Option<SystemTime> {
    let modified = metadata.modified().ok()?;
    let fine = modified.duration_since(UNIX_EPOCH).ok()?.subsec_nanos() != 0;
    let rested = now.duration_since(modified).ok()? > REST;
    (fine && rested).then_some(modified)
}
