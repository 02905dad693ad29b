//! A release while it is written: it takes the files of a build as they are made, from
//! many threads.
//!
//! A file whose sum the release before has as well is linked to, once the bytes there
//! have been read and found to be what their sum says: a file that was changed by hand
//! is never passed on.

use std::collections::BTreeSet;
use std::fs::Permissions;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::changes::{Changes, is_page};
use super::note::{NOTE, Note};
use super::sums::{self, SUMS, Sums};
use super::{Disk, PublishError, ReleaseId, verify};
use crate::base::{OutputPath, Product, Sink};
use crate::history;
use crate::output::{OutputError, check_path};

/// How many files are flushed at a time. A disk writes many at once about as fast as
/// one: 4,000 files take 11 seconds one by one and 0.4 by eights.
const FLUSHERS: usize = 8;

/// The release before.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub folder: PathBuf,
    pub sums: Sums,
}

/// A release while it is written.
pub struct Draft<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    before: Before,
    /// A page that the release has of its own: that of the build is passed over.
    own: Option<&'static str>,
    /// What those may do with its folders who may read the target.
    permissions: Option<Permissions>,
    folders: Mutex<BTreeSet<String>>,
    kept: Mutex<Kept>,
    failed: AtomicBool,
}

#[derive(Default)]
struct Kept {
    sums: Sums,
    weight: Weight,
    written: Vec<String>,
    altered: Vec<String>,
    failure: Option<OutputError>,
}

/// What was written and what was linked to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Files that were written.
    pub written: usize,
    /// Their bytes.
    pub written_bytes: u64,
    /// Files that the release before had already.
    pub linked: usize,
    /// Their bytes.
    pub linked_bytes: u64,
}

/// A release that is whole, flushed and read back, but not current yet.
#[derive(Debug)]
pub struct Sealed {
    pub(super) folder: PathBuf,
    /// How much of it is new to the disk.
    pub weight: Weight,
    /// What people compare by telephone.
    pub check_code: String,
}

impl<'d> Draft<'d> {
    /// Begins a release in an empty folder.
    pub(super) fn new(
        disk: &'d dyn Disk,
        folder: PathBuf,
        before: Before,
        own: Option<&'static str>,
        permissions: Option<Permissions>,
    ) -> Result<Self, PublishError> {
        let draft = Self {
            disk,
            folder,
            before,
            own,
            permissions,
            folders: Mutex::default(),
            kept: Mutex::default(),
            failed: AtomicBool::new(false),
        };
        draft.make_folder("").map_err(|error| PublishError::disk("创建文件夹", &draft.folder, error))?;
        Ok(draft)
    }

    /// The first failure to take a file, if there was one.
    ///
    /// # Errors
    /// That failure.
    pub fn check(&self) -> Result<(), PublishError> {
        self.kept().failure.take().map_or(Ok(()), |error| Err(error.into()))
    }

    /// What differs from the release before.
    pub fn changes(&self) -> Changes {
        Changes::between(&self.before.sums, &self.kept().sums)
    }

    /// Files of the release before that are not what their sum says: somebody changed
    /// them by hand.
    pub fn altered(&self) -> Vec<String> {
        let mut altered = self.kept().altered.clone();
        altered.sort();
        altered
    }

    /// The sums of all files that were taken, and their bytes.
    pub(super) fn contents(&self) -> (Sums, u64) {
        let kept = self.kept();
        (kept.sums.clone(), kept.weight.written_bytes + kept.weight.linked_bytes)
    }

    /// The sum of a file that was taken.
    pub fn sum(&self, path: &OutputPath) -> Option<String> {
        self.kept().sums.get(path.as_str()).cloned()
    }

    /// Writes the page of the log, what the release says of itself, and the list of
    /// sums, flushes everything and reads it back.
    ///
    /// # Errors
    /// When the disk refuses, or gives back other bytes than it was given.
    pub fn seal(
        &self,
        id: &ReleaseId,
        mut note: Note,
        log_page: Vec<u8>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Sealed, PublishError> {
        self.check()?;
        self.take(history::PAGE, &Product::Made(log_page))?;
        {
            let kept = self.kept();
            note.files = kept.sums.len() + 1;
            note.pages = kept.sums.keys().filter(|path| is_page(path)).count();
        }
        let bytes = note.to_bytes().map_err(|error| PublishError::disk("写入", &self.folder.join(NOTE), error))?;
        self.take(NOTE, &Product::Made(bytes))?;
        let sealed = self.close(progress)?;
        let verdict = verify::folder(&self.folder)?;
        match verdict.is_whole() {
            true => Ok(sealed),
            false => Err(PublishError::Damaged { release: id.clone(), verdict: Box::new(verdict) }),
        }
    }

    /// Writes the list of sums and flushes everything.
    fn close(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Sealed, PublishError> {
        let (list, written, weight) = {
            let mut kept = self.kept();
            let written = std::mem::take(&mut kept.written);
            (sums::written(&kept.sums).into_bytes(), written, kept.weight)
        };
        let path = self.folder.join(SUMS);
        self.write(&path, &list).map_err(|error| PublishError::disk("写入", &path, error))?;
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let files = written.iter().map(String::as_str).chain([SUMS]);
        let files: Vec<PathBuf> = files.map(|file| self.folder.join(file)).collect();
        // A folder below comes before those above it.
        let folders: Vec<PathBuf> = folders.iter().rev().map(|folder| self.folder.join(folder)).collect();
        let total = files.len() + folders.len();
        self.flush(&files, &|done| progress(done, total))?;
        self.flush(&folders, &|done| progress(files.len() + done, total))?;
        Ok(Sealed { folder: self.folder.clone(), weight, check_code: sums::check_code(&list) })
    }

    fn flush(&self, paths: &[PathBuf], progress: &(dyn Fn(usize) + Sync)) -> Result<(), PublishError> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failure = Mutex::new(None);
        thread::scope(|scope| {
            for _ in 0..FLUSHERS.min(paths.len()) {
                scope.spawn(|| {
                    while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(error) = self.disk.flush(path) {
                            let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                            failure.get_or_insert(PublishError::disk("写盘", path, error));
                            return;
                        }
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, path: &str, product: &Product) -> Result<(), OutputError> {
        let target = self.folder.join(path);
        let failed = |error| OutputError::io("写入", &target, error);
        check_path(path).map_err(failed)?;
        let (sum, length) = weigh(product)?;
        self.make_folder(path.rsplit_once('/').map_or("", |(folder, _)| folder)).map_err(failed)?;
        let is_linked = self.link(path, &sum, &target);
        if !is_linked {
            match product {
                Product::Made(bytes) => self.write(&target, bytes).map_err(failed)?,
                Product::CopyOf(source) => {
                    self.disk.copy(source, &target).map_err(failed)?;
                    self.permit(&target, 0o666).map_err(failed)?;
                }
            }
        }
        self.kept().note(path, sum, length, is_linked);
        Ok(())
    }

    /// Links to the file of the release before, if it has the same bytes and the disk
    /// can; a disk that cannot is no failure.
    fn link(&self, path: &str, sum: &str, target: &Path) -> bool {
        if self.before.sums.get(path).is_none_or(|earlier| earlier != sum) {
            return false;
        }
        let earlier = self.before.folder.join(path);
        let is_plain = earlier.symlink_metadata().is_ok_and(|about| about.is_file());
        if !is_plain || !sums::of_file(&earlier).is_ok_and(|found| found == sum) {
            self.kept().altered.push(path.to_owned());
            return false;
        }
        self.disk.link(&earlier, target).is_ok()
    }

    fn write(&self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(target, bytes)?;
        self.permit(target, 0o666)
    }

    /// Makes a folder of the release and those above it, once.
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        let mut made = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains(folder) {
            return Ok(());
        }
        self.disk.make_folder(&self.folder.join(folder))?;
        let mut each = folder;
        while made.insert(each.to_owned()) {
            self.permit(&self.folder.join(each), 0o777)?;
            each = each.rsplit_once('/').map_or("", |(above, _)| above);
        }
        Ok(())
    }

    /// Lets those read a file or folder who may read the target: whatever mask the
    /// command runs under, the server must be able to read what it serves.
    fn permit(&self, path: &Path, most: u32) -> io::Result<()> {
        match &self.permissions {
            Some(permissions) => self.disk.permit(path, limited(permissions, most)),
            None => Ok(()),
        }
    }
}

#[cfg(unix)]
fn limited(permissions: &Permissions, most: u32) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(permissions.mode() & most)
}

#[cfg(not(unix))]
fn limited(permissions: &Permissions, _most: u32) -> Permissions {
    permissions.clone()
}

/// The sum and the length of a file.
fn weigh(product: &Product) -> Result<(String, u64), OutputError> {
    match product {
        Product::Made(bytes) => Ok((sums::of_bytes(bytes), bytes.len() as u64)),
        Product::CopyOf(source) => {
            let failed = |error| OutputError::io("读取", source, error);
            let length = source.metadata().map_err(failed)?.len();
            Ok((sums::of_file(source).map_err(failed)?, length))
        }
    }
}

impl Kept {
    fn note(&mut self, path: &str, sum: String, length: u64, is_linked: bool) {
        self.sums.insert(path.to_owned(), sum);
        if is_linked {
            self.weight.linked += 1;
            self.weight.linked_bytes += length;
        } else {
            self.weight.written += 1;
            self.weight.written_bytes += length;
            self.written.push(path.to_owned());
        }
    }
}

impl Sink for Draft<'_> {
    fn put(&self, path: OutputPath, product: Product) {
        if self.failed.load(Ordering::Relaxed) || self.own == Some(path.as_str()) {
            return;
        }
        if let Err(error) = self.take(path.as_str(), &product) {
            self.failed.store(true, Ordering::Relaxed);
            self.kept().failure.get_or_insert(error);
        }
    }
}

impl std::fmt::Debug for Draft<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Draft").field("folder", &self.folder).finish_non_exhaustive()
    }
}
