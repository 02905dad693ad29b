//! Everything that changes a target, one step each.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// The steps of which publishing consists. Tests count them, and let any one of them
/// be the last.
pub trait Disk: Sync {
    /// Makes a folder and those above it.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet.
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file new content in place.
    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes a file that is not there yet, with the bytes of another.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name on the same disk.
    fn link(&self, file: &Path, name: &Path) -> io::Result<()>;
    /// Makes a symbolic link to a folder.
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()>;
    /// Moves a file, a folder or a link; a file or link of the new name is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, a link, or a folder with everything in it. What is not there is
    /// removed already.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Lets those read a file or folder who may read the target.
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()>;
    /// Waits until a file, or the list of names in a folder, is safe from a loss of power.
    fn flush(&self, path: &Path) -> io::Result<()>;
}

/// The disk itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        File::create_new(file)?.write_all(bytes)
    }

    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(file, bytes)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        io::copy(&mut File::open(from)?, &mut File::create_new(to)?).map(|_| ())
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    #[cfg(unix)]
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()> {
        std::os::unix::fs::symlink(folder, link)
    }

    /// A link to a folder cannot be replaced in one step on other systems, so it would
    /// be of no use.
    #[cfg(not(unix))]
    fn point(&self, _folder: &Path, _link: &Path) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    /// On Windows a server or a virus scanner may have a file open for a moment.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut tries = if cfg!(windows) { 20 } else { 1 };
        loop {
            tries -= 1;
            match fs::rename(from, to) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied && tries > 0 => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                result => return result,
            }
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let removed = match fs::symlink_metadata(path) {
            Ok(about) if about.is_dir() => fs::remove_dir_all(path),
            Ok(_) => fs::remove_file(path),
            Err(error) => Err(error),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Only where permissions are more than one mark for "read only".
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        if cfg!(unix) { fs::set_permissions(path, permissions) } else { Ok(()) }
    }

    fn flush(&self, path: &Path) -> io::Result<()> {
        if cfg!(not(unix)) {
            // A folder cannot be opened here, and a file must be opened for writing.
            return if path.is_dir() { Ok(()) } else { File::options().write(true).open(path)?.sync_all() };
        }
        let file = File::open(path)?;
        let is_folder = file.metadata()?.is_dir();
        match file.sync_all() {
            // Some network disks keep no list of names that could be flushed.
            Err(error) if is_folder && is_unheard_of(&error) => Ok(()),
            result => result,
        }
    }
}

fn is_unheard_of(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}
