//! Keeping a file of the output equal to a file of the library.
//!
//! Attachments are large and hardly ever change, so reading both files at every
//! build would be the dearest part of a build that changes nothing. A copy therefore
//! carries the time of its source, and is believed when length and time agree, but
//! only where that is as good as comparing the bytes; in all other cases they are
//! compared.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::{aside, compare};
use crate::base::telling_time;

/// Below this length comparing is so cheap that nothing need be believed.
const WORTH_BELIEVING: u64 = 64 * 1024;

/// Whether `target` has the bytes of `source` already.
pub fn current(source: &Path, target: &Path) -> io::Result<bool> {
    let mut file = File::open(source)?;
    let metadata = file.metadata()?;
    let telling = telling_time(&metadata, SystemTime::now()).filter(|_| metadata.len() >= WORTH_BELIEVING);
    if telling.is_some_and(|time| believable(metadata.len(), time, target)) {
        return Ok(true);
    }
    let same = compare::same(&mut file, metadata.len(), target)?;
    if let Some(time) = telling.filter(|_| same) {
        remember(target, time);
    }
    Ok(same)
}

/// Puts the bytes of `source` at `target`. The time is taken before the bytes are, so
/// that a source that changes meanwhile differs from it.
pub fn make(source: &Path, target: &Path) -> io::Result<Metadata> {
    let telling = telling_time(&fs::metadata(source)?, SystemTime::now());
    aside::copy(source, target, telling)
}

fn believable(length: u64, time: SystemTime, target: &Path) -> bool {
    fs::symlink_metadata(target)
        .is_ok_and(|copy| copy.is_file() && copy.len() == length && copy.modified().is_ok_and(|own| own == time))
}

/// Gives an equal copy the time of its source, so that the next build can believe it.
/// A disk that refuses only makes that build compare again.
fn remember(target: &Path, time: SystemTime) {
    let _ = File::options().write(true).open(target).and_then(|file| file.set_modified(time));
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn set_time(path: &Path, time: SystemTime) -> io::Result<()> {
        File::options().write(true).open(path)?.set_modified(time)
    }

    /// Does what a build does, and says whether it had to write.
    fn update(source: &Path, target: &Path) -> io::Result<bool> {
        if current(source, target)? {
            return Ok(false);
        }
        make(source, target).map(|_| true)
    }

    /// A source with a fine time of yesterday and its copy.
    fn pair(folder: &Path) -> io::Result<(std::path::PathBuf, std::path::PathBuf, SystemTime)> {
        let (source, target) = (folder.join("source"), folder.join("target"));
        let time = UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_700);
        fs::write(&source, vec![1; 100_000])?;
        set_time(&source, time)?;
        assert!(update(&source, &target)?);
        Ok((source, target, time))
    }

    #[test]
    fn a_copy_carries_the_time_and_is_believed() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (source, target, time) = pair(folder.path())?;
        assert_eq!(fs::metadata(&target)?.modified()?, time);
        assert!(!update(&source, &target)?);
        Ok(())
    }

    #[test]
    fn other_bytes_under_a_shared_time_are_seen() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (source, target, _) = pair(folder.path())?;
        fs::write(&source, vec![2; 100_000])?;
        set_time(&source, UNIX_EPOCH + Duration::from_secs(1_700_000_000))?;
        set_time(&target, UNIX_EPOCH + Duration::from_secs(1_700_000_000))?;
        assert!(update(&source, &target)?);
        assert_eq!(fs::read(&target)?, vec![2; 100_000]);
        Ok(())
    }

    #[test]
    fn a_source_that_was_just_written_is_compared() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (source, target, _) = pair(folder.path())?;
        fs::write(&source, vec![3; 100_000])?;
        assert!(update(&source, &target)?);
        let now = fs::metadata(&source)?.modified()?;
        fs::write(&source, vec![4; 100_000])?;
        set_time(&source, now)?;
        assert!(update(&source, &target)?, "the same tick must not hide the second write");
        Ok(())
    }
}
