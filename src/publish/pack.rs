//! A site as one file to carry: the site, `SHA256SUMS`, and a page that says what is
//! inside. The same site gives the same bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::draft::{Before, Draft};
use super::sums::{self, SUMS, Sums};
use super::{Disk, Found, Holder, PublishError, holder, zipped};
use crate::base::Day;
use crate::export::Packer;

/// The page that says what is inside.
const START: &str = "说明.html";
/// The folder of the site within the pack.
const SITE: &str = "site";

/// A private folder in which a site is built to be packed.
pub struct Pack<'d> {
    /// Takes the files of the build.
    pub draft: Draft<'d>,
    folder: PathBuf,
    disk: &'d dyn Disk,
    _lock: holder::Lock<'d>,
    /// What an interrupted command left.
    pub found: Vec<Found>,
}

/// A pack that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// How many files the list of sums names.
    pub files: usize,
    /// The length of the pack.
    pub bytes: u64,
    /// The sum of the pack as a whole.
    pub sum: String,
    /// What people compare by telephone.
    pub check_code: String,
    /// Whether the same file stood there already.
    pub is_unchanged: bool,
}

/// Begins a pack in a folder of which nothing else is expected.
///
/// # Errors
/// When another pack is being made, or the disk refuses.
pub fn pack<'d>(folder: &Path, disk: &'d dyn Disk, holder: &Holder) -> Result<Pack<'d>, PublishError> {
    disk.make_folder(folder).map_err(|error| PublishError::disk("创建文件夹", folder, error))?;
    let (lock, stale) = holder::take(&folder.join(".lock"), disk, holder)?;
    let site = folder.join(SITE);
    disk.remove(&site).map_err(|error| PublishError::disk("清理", &site, error))?;
    let draft = Draft::new(disk, site.clone(), Before::default(), None, None)?;
    let found = stale.into_iter().collect();
    Ok(Pack { draft, folder: site, disk, _lock: lock, found })
}

impl Pack<'_> {
    /// How many files were built, and their bytes.
    ///
    /// # Errors
    /// When one of them could not be written.
    pub fn contents(&self) -> Result<(usize, u64), PublishError> {
        self.draft.check()?;
        let (site, bytes) = self.draft.contents();
        Ok((site.len(), bytes))
    }

    /// Packs what was built into `target`, below one folder named `top`. `start` is the
    /// page that says what is inside.
    ///
    /// # Errors
    /// When another file stands there, when what was written is not what it should be,
    /// or when the disk refuses.
    pub fn write(
        &self,
        target: &Path,
        top: &str,
        as_of: Day,
        start: &[u8],
        progress: &dyn Fn(usize, usize),
    ) -> Result<Packed, PublishError> {
        self.draft.check()?;
        let (site, _) = self.draft.contents();
        let mut sums: Sums = site.into_iter().map(|(path, sum)| (format!("{SITE}/{path}"), sum)).collect();
        sums.insert(START.to_owned(), sums::of_bytes(start));
        let aside = aside(target);
        let made = self.fill(&aside, top, as_of, start, &sums, progress).and_then(|()| place(&aside, target));
        if made.is_err() {
            let _ = self.disk.remove(&aside);
        }
        let is_unchanged = made?;
        let failed = |error| PublishError::disk("读取", target, error);
        Ok(Packed {
            files: sums.len(),
            bytes: fs::metadata(target).map_err(failed)?.len(),
            sum: sums::of_file(target).map_err(failed)?,
            check_code: sums::check_code(sums::written(&sums).as_bytes()),
            is_unchanged,
        })
    }

    /// Writes the archive aside and checks it.
    fn fill(
        &self,
        aside: &Path,
        top: &str,
        as_of: Day,
        start: &[u8],
        sums: &Sums,
        progress: &dyn Fn(usize, usize),
    ) -> Result<(), PublishError> {
        let failed = |error| PublishError::disk("写入", aside, error);
        let file = File::create(aside).map_err(failed)?;
        let mut packer = Packer::new(BufWriter::new(file), as_of);
        let list = sums::written(sums);
        packer.add(&format!("{top}/{START}"), &mut &*start).map_err(failed)?;
        packer.add(&format!("{top}/{SUMS}"), &mut list.as_bytes()).map_err(failed)?;
        let files: Vec<&str> = sums.keys().filter_map(|path| path.strip_prefix(SITE)?.strip_prefix('/')).collect();
        for (at, path) in files.iter().enumerate() {
            let disk = self.folder.join(path);
            let mut source = File::open(&disk).map_err(|error| PublishError::disk("读取", &disk, error))?;
            packer.add(&format!("{top}/{SITE}/{path}"), &mut source).map_err(failed)?;
            progress(at + 1, files.len());
        }
        let mut file = packer.finish().map_err(failed)?;
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(failed)?;
        drop(file);
        let verdict = zipped::verify(aside)?;
        match verdict.is_whole() {
            true => Ok(()),
            false => Err(failed(io::Error::other(format!("写完以后核对不符（{}）", verdict.in_short())))),
        }
    }
}

impl Drop for Pack<'_> {
    /// What stays is cleared away by the next pack.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.folder);
    }
}

fn aside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    target.with_file_name(name)
}

/// Puts the archive in its place; whether the same one stood there already. Any other
/// file there may be somebody's only copy.
fn place(aside: &Path, target: &Path) -> Result<bool, PublishError> {
    let failed = |error| PublishError::disk("写入", target, error);
    if target.symlink_metadata().is_ok() {
        let is_same =
            target.is_file() && sums::of_file(target).map_err(failed)? == sums::of_file(aside).map_err(failed)?;
        if !is_same {
            return Err(PublishError::NotOurs { path: target.to_path_buf(), why: "已经有了，内容不同" });
        }
        fs::remove_file(aside).map_err(failed)?;
        return Ok(true);
    }
    fs::rename(aside, target).map_err(failed)?;
    Ok(false)
}
