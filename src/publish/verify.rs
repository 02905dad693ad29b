//! Whether a release or a pack is what its list of sums says.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::note::Note;
use super::sums::{self, SUMS, Sums};
use super::{PublishError, zipped};
use crate::output::is_litter;

/// A file that is not what the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// Its path.
    pub path: String,
    /// What is the matter.
    pub why: &'static str,
}

impl Altered {
    pub(super) fn new(path: &str, why: &'static str) -> Self {
        Self { path: path.to_owned(), why }
    }
}

/// What came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What was looked at: a folder or a file.
    pub place: PathBuf,
    /// How many files the list names.
    pub files: usize,
    /// Named in the list and not there.
    pub missing: Vec<String>,
    /// Other bytes than the list says, or not to be read.
    pub altered: Vec<Altered>,
    /// There and not named in the list.
    pub extra: Vec<String>,
    /// What is the matter with the list itself.
    pub list: Option<String>,
    /// What people compare by telephone.
    pub check_code: String,
    /// What the release says of itself.
    pub note: Option<Note>,
}

impl Verdict {
    /// Whether everything is as it should be.
    pub fn is_whole(&self) -> bool {
        self.is_complete() && self.extra.is_empty()
    }

    /// Whether every file that belongs to it is there as it should be, whatever else
    /// somebody has put beside them.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && self.altered.is_empty() && self.list.is_none()
    }

    /// What is wrong, in a few words.
    pub fn in_short(&self) -> String {
        let count = |count: usize, what: &str| (count > 0).then(|| format!("{what} {count} 个"));
        let counts = [
            self.list.clone(),
            count(self.missing.len(), "缺少"),
            count(self.altered.len(), "被改"),
            count(self.extra.len(), "多出"),
        ];
        let told: Vec<String> = counts.into_iter().flatten().collect();
        if told.is_empty() { "完好".to_owned() } else { told.join("，") }
    }

    /// The first files that are wrong, for people.
    pub fn examples(&self) -> Vec<String> {
        let altered = self.altered.iter().map(|one| one.path.clone());
        self.missing.iter().cloned().chain(altered).chain(self.extra.iter().cloned()).take(5).collect()
    }

    pub(super) fn without_list(place: &Path, why: String) -> Self {
        Self { place: place.to_path_buf(), list: Some(why), ..Self::default() }
    }
}

/// Checks a pack, a release, a target (what is current in it), or the folder that a
/// pack was unpacked to.
///
/// # Errors
/// When nothing is there, or a folder cannot be listed.
pub fn verify(place: &Path) -> Result<Verdict, PublishError> {
    let about = fs::metadata(place).map_err(|error| PublishError::disk("读取", place, error))?;
    if !about.is_dir() {
        return zipped::verify(place);
    }
    let current = place.join("current");
    let has_list = place.join(SUMS).symlink_metadata().is_ok();
    folder(if has_list || !current.is_dir() { place } else { &current })
}

/// Checks a folder with a list.
pub(super) fn folder(folder: &Path) -> Result<Verdict, PublishError> {
    let (bytes, listed) = match list(folder) {
        Ok(list) => list,
        Err(why) => return Ok(Verdict::without_list(folder, why)),
    };
    let there = names(folder)?;
    let own = BTreeSet::from([SUMS.to_owned()]);
    let extra = there.iter().filter(|path| !listed.contains_key(*path) && !own.contains(*path));
    let missing = listed.keys().filter(|path| !there.contains(*path)).cloned().collect();
    let present: Vec<(&String, &String)> = listed.iter().filter(|(path, _)| there.contains(*path)).collect();
    let altered = present.par_iter().filter_map(|(path, sum)| altered(&folder.join(path), path, sum)).collect();
    Ok(Verdict {
        place: folder.to_path_buf(),
        files: listed.len(),
        missing,
        altered,
        extra: extra.cloned().collect(),
        list: None,
        check_code: sums::check_code(&bytes),
        note: Note::read(folder),
    })
}

/// The list of a folder: its bytes and what they say; else why not.
fn list(folder: &Path) -> Result<(Vec<u8>, Sums), String> {
    let bytes = match fs::read(folder.join(SUMS)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(format!("没有校验表 {SUMS}")),
        Err(error) => return Err(format!("校验表 {SUMS} 读不出来（{error}）")),
    };
    let sums = of_bytes(&bytes)?;
    Ok((bytes, sums))
}

/// What a list says; else why not.
pub(super) fn of_bytes(bytes: &[u8]) -> Result<Sums, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("校验表 {SUMS} 不是文字"))?;
    sums::read(text).map_err(|line| format!("校验表 {SUMS} 第 {line} 行看不懂"))
}

/// The sums of a release, as its list has them; none when there is no whole list.
pub(super) fn listed(folder: &Path) -> Option<Sums> {
    list(folder).ok().map(|(_, sums)| sums)
}

/// Files in a release that its list does not name: somebody put them there.
pub(super) fn strangers(folder: &Path) -> Result<Vec<String>, PublishError> {
    let listed = listed(folder).unwrap_or_default();
    Ok(names(folder)?.into_iter().filter(|path| path != SUMS && !listed.contains_key(path)).collect())
}

fn altered(file: &Path, path: &str, sum: &str) -> Option<Altered> {
    if !fs::symlink_metadata(file).is_ok_and(|about| about.is_file()) {
        return Some(Altered::new(path, "不是普通文件"));
    }
    match sums::of_file(file) {
        Ok(found) if found == sum => None,
        Ok(_) => Some(Altered::new(path, "内容不同")),
        Err(_) => Some(Altered::new(path, "读不出来")),
    }
}

/// Everything in a folder but folders and the litter of systems, by its path. Links are
/// named, not followed.
pub(super) fn names(folder: &Path) -> Result<BTreeSet<String>, PublishError> {
    let mut found = BTreeSet::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let at = |error| PublishError::disk("查看", &folder, error);
        for entry in fs::read_dir(&folder).map_err(at)? {
            let entry = entry.map_err(at)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            match entry.file_type().map_err(at)?.is_dir() {
                true => folders.push((entry.path(), format!("{path}/"))),
                false if is_litter(&name) => {}
                false => {
                    found.insert(path);
                }
            }
        }
    }
    Ok(found)
}
