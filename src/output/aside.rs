//! Writing aside and putting in place by one rename.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::names::ASIDE;

/// Numbers the files of this process that are being written.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// How often a rename is tried that another program may be standing in the way of.
const PATIENCE: u32 = 5;

/// Writes bytes to a file that has the old bytes or the new ones at every moment; gives
/// what the disk says of the new one.
pub fn write(target: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    place(target, |file| file.write_all(bytes))
}

/// Writes bytes to a file that nobody can be reading, because it is not there yet, without
/// a rename; as [`write`] if it is there after all.
pub fn create(target: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    match fill_new(target, &|file| file.write_all(bytes)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => write(target, bytes),
        result => result,
    }
}

/// Copies a file in the same way as [`write`], without reading it into memory, and gives the copy
/// the time `modified`, if there is one to be given. A disk that sets no times only
/// makes the next build compare the bytes.
pub fn copy(source: &Path, target: &Path, modified: Option<SystemTime>) -> io::Result<Metadata> {
    place(target, |file| {
        io::copy(&mut File::open(source)?, file)?;
        if let Some(time) = modified {
            let _ = file.set_modified(time);
        }
        Ok(())
    })
}

/// The rename is tried a second time from the start when the file aside is gone: a
/// build of the same folder that began meanwhile takes it for the leftover of a dead
/// one and clears it away.
fn place(target: &Path, fill: impl Fn(&mut File) -> io::Result<()>) -> io::Result<Metadata> {
    match place_once(target, &fill) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => place_once(target, &fill),
        result => result,
    }
}

fn place_once(target: &Path, fill: &impl Fn(&mut File) -> io::Result<()>) -> io::Result<Metadata> {
    let aside = beside(target);
    let result = fill_new(&aside, fill).and_then(|metadata| rename(&aside, target).map(|()| metadata));
    if result.is_err() {
        // What went wrong first is what people should hear of; a leftover is cleared
        // away when the folder is next opened.
        let _ = fs::remove_file(&aside);
    }
    result
}

fn fill_new(aside: &Path, fill: &impl Fn(&mut File) -> io::Result<()>) -> io::Result<Metadata> {
    let mut file = File::options().write(true).create_new(true).open(aside)?;
    fill(&mut file)?;
    file.metadata()
}

fn beside(target: &Path) -> PathBuf {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    target.with_file_name(format!("{ASIDE}{}-{number}", process::id()))
}

/// On Windows a file that a browser or a virus scanner has open cannot be replaced
/// for a moment.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut tries = if cfg!(windows) { PATIENCE } else { 1 };
    loop {
        tries -= 1;
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && tries > 0 => {
                std::thread::sleep(Duration::from_millis(20));
            }
            result => return result,
        }
    }
}
