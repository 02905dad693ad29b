//! Who is at work at a target: only one command may be.
//!
//! The system's own lock on a file decides, which ends with the process that holds it,
//! however that ends. Beside it stands a note of who it is, for those who are refused,
//! and for the next command: a note without a lock was left by a command that died.
//! Where the disk knows no locks, or the note is of another machine whose locks may not
//! be seen from here, the note itself counts for a while.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Disk, Found, PublishError};

/// How long a note counts that cannot be checked.
const DOUBT: Duration = Duration::from_secs(6 * 60 * 60);

/// How often a lock is tried whose holder has left no note.
const PATIENCE: u32 = 10;

/// A command at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// What it does: `publish`.
    pub command: String,
    /// The machine.
    pub host: String,
    /// The number of its process.
    pub process: u32,
    /// When it began, by the clock of its machine.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { command, host, process, since } = self;
        write!(formatter, "{command}（主机 {host}，进程 {process}，{since} 开始）")
    }
}

/// The lock of a target; given back when it is dropped.
pub(super) struct Lock<'d> {
    /// Keeps the system's lock.
    _file: File,
    note: PathBuf,
    disk: &'d dyn Disk,
}

impl Drop for Lock<'_> {
    /// A note that stays only makes the next command say that this one died.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.note);
    }
}

/// Takes the lock at `path`. Tells of a command that died with it as well.
pub(super) fn take<'d>(
    path: &Path,
    disk: &'d dyn Disk,
    holder: &Holder,
) -> Result<(Lock<'d>, Option<Found>), PublishError> {
    let note = note_path(path);
    let failed = |error| PublishError::disk("锁定", path, error);
    match disk.write(path, b"") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    let file = File::options().read(true).write(true).open(path).map_err(failed)?;
    let Some(is_locked) = try_lock(&file, &note) else { return Err(busy(&note, false)) };
    let mut found = None;
    if note.symlink_metadata().is_ok() {
        // Half a note was left by one who died while writing it; without the system's
        // lock it may as well be being written.
        let stale = read(&note);
        let lives = stale.as_ref().map_or(!is_locked, |other| may_live(other, holder, is_locked));
        if lives && !is_old(&note, disk) {
            return Err(busy(&note, true));
        }
        disk.remove(&note).map_err(failed)?;
        found = Some(stale.map_or(Found::Nameless, Found::Stale));
    }
    let text = serde_json::to_vec(holder).map_err(|error| failed(error.into()))?;
    match disk.write(&note, &text) {
        Ok(()) => Ok((Lock { _file: file, note, disk }, found)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && read(&note).is_some() => Err(busy(&note, false)),
        Err(error) => {
            // Half a note, on a full disk, would be nobody's.
            let _ = disk.remove(&note);
            Err(failed(error))
        }
    }
}

/// Takes the system's lock: whether the disk knows locks, or nothing when somebody holds
/// it. One without a note is just beginning or just ending, and is waited for.
fn try_lock(file: &File, note: &Path) -> Option<bool> {
    for _ in 0..PATIENCE {
        match file.try_lock() {
            Ok(()) => return Some(true),
            Err(TryLockError::Error(_)) => return Some(false),
            Err(TryLockError::WouldBlock) if note.symlink_metadata().is_ok() => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(20)),
        }
    }
    None
}

/// Who holds the lock just now, for those who only look.
pub(super) fn at_work(path: &Path) -> Option<Holder> {
    let file = File::open(path).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => read(&note_path(path)),
        _ => None,
    }
}

fn note_path(lock: &Path) -> PathBuf {
    lock.with_extension("holder")
}

fn busy(note: &Path, is_doubtful: bool) -> PublishError {
    PublishError::Busy { holder: read(note), lock: note.to_path_buf(), is_doubtful }
}

/// The note; one that cannot be read, because it was being written, is none.
fn read(note: &Path) -> Option<Holder> {
    serde_json::from_slice(&fs::read(note).ok()?).ok()
}

/// Whether the writer of a note may still be at work although its lock is not seen.
fn may_live(other: &Holder, we: &Holder, is_locked: bool) -> bool {
    let is_here = other.host == we.host;
    let is_dead = cfg!(target_os = "linux") && !Path::new("/proc").join(other.process.to_string()).exists();
    !is_here || (!is_locked && !is_dead)
}

/// Whether a note is so old that its writer cannot be at work any more, by the clock of
/// the disk that it lies on. A note from the future is not: a clock was set.
fn is_old(note: &Path, disk: &dyn Disk) -> bool {
    let clock = note.with_extension("clock");
    let time = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    let now = disk.rewrite(&clock, b"").ok().and_then(|()| time(&clock));
    let _ = disk.remove(&clock);
    let age = now.zip(time(note)).and_then(|(now, then)| now.duration_since(then).ok());
    age.is_some_and(|age| age > DOUBT)
}

#[cfg(test)]
mod tests {
    use super::super::RealDisk;
    use super::*;
    use std::time::SystemTime;

    fn holder(host: &str) -> Holder {
        Holder { command: "publish".into(), host: host.into(), process: 7, since: "2026-01-08 09:30:12".into() }
    }

    #[test]
    fn one_holds_and_the_other_hears_who() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".lock");
        let (lock, stale) = take(&path, &RealDisk, &holder("a")).expect("the lock");
        assert_eq!((stale, at_work(&path)), (None, Some(holder("a"))));
        let refused = take(&path, &RealDisk, &holder("b")).err().expect("refused").to_string();
        assert!(refused.contains("主机 a，进程 7") && refused.contains("请等它做完"), "{refused}");
        drop(lock);
        assert_eq!(at_work(&path), None);
        assert!(take(&path, &RealDisk, &holder("b")).expect("free again").1.is_none());
    }

    #[test]
    fn a_note_without_a_lock_was_left_by_the_dead() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".lock");
        let note = serde_json::to_vec(&holder("a")).expect("JSON");
        fs::write(note_path(&path), &note).expect("written");
        let (lock, stale) = take(&path, &RealDisk, &holder("a")).expect("the lock");
        assert_eq!(stale, Some(Found::Stale(holder("a"))));
        drop(lock);
        fs::write(note_path(&path), &note[..9]).expect("written");
        assert_eq!(take(&path, &RealDisk, &holder("a")).expect("the lock").1, Some(Found::Nameless));
    }

    #[test]
    fn a_note_of_another_machine_counts_for_a_while() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".lock");
        let note = note_path(&path);
        fs::write(&note, serde_json::to_vec(&holder("a")).expect("JSON")).expect("written");
        let refused = take(&path, &RealDisk, &holder("b")).err().expect("refused").to_string();
        assert!(refused.contains("请删除") && refused.contains(".holder"), "{refused}");
        let set = |time| File::options().write(true).open(&note).and_then(|file| file.set_modified(time));
        set(SystemTime::now() + DOUBT * 2).expect("a time to come");
        assert!(take(&path, &RealDisk, &holder("b")).is_err(), "a clock that was set back proves nothing");
        set(SystemTime::now() - DOUBT * 2).expect("an old time");
        assert!(take(&path, &RealDisk, &holder("b")).is_ok());
    }
}
