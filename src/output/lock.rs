//! One build at a time writes to a folder: of two, each would take what the other wrote
//! for somebody else's.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::OutputError;

/// How often, and how many times, a build asks whether another one is done: for a minute.
const PAUSE: Duration = Duration::from_millis(20);
const TIMES: usize = 3000;

/// Holds a folder as long as the handle lives. `None` where the system has no such locks,
/// as on some network disks.
///
/// # Errors
/// When another build holds it for very long.
pub fn hold(folder: &Path) -> Result<Option<File>, OutputError> {
    let Ok(handle) = handle(folder) else { return Ok(None) };
    for _ in 0..TIMES {
        match handle.try_lock() {
            Ok(()) => return Ok(Some(handle)),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(OutputError::Busy { path: folder.to_path_buf() })
}

/// The folder itself, so that nothing has to lie in it.
#[cfg(unix)]
fn handle(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Elsewhere a folder cannot be opened: a file among those that come and go stands for it.
#[cfg(not(unix))]
fn handle(folder: &Path) -> io::Result<File> {
    let whole = std::fs::canonicalize(folder)?;
    let key = crate::base::Key::of_bytes(whole.to_string_lossy().as_bytes());
    let name: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
    File::options().create(true).append(true).open(std::env::temp_dir().join(format!("jiangtai-{name}.lock")))
}
