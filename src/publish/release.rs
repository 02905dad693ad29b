//! What a target holds, found by looking only.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::layout::Layout;
use super::note::{NOTE, Note};
use super::sums::Sums;
use super::{Holder, PublishError, ReleaseId, holder, verify};

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub id: ReleaseId,
    /// Where it is.
    pub place: PathBuf,
    /// What it says of itself, when that can be read.
    pub note: Option<Note>,
    /// Whether it is what is served.
    pub is_current: bool,
}

/// What stands where the server looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A link to a release, which may be gone.
    Link(ReleaseId),
    /// A release itself.
    Folder(ReleaseId),
    /// Something of somebody else.
    Foreign(&'static str),
}

impl Standing {
    /// The release that is served.
    pub fn release(&self) -> Option<&ReleaseId> {
        match self {
            Standing::Link(id) | Standing::Folder(id) => Some(id),
            Standing::Nothing | Standing::Foreign(_) => None,
        }
    }
}

/// What a target holds.
#[derive(Debug, Clone)]
pub struct State {
    /// The target.
    pub target: PathBuf,
    /// What is served.
    pub standing: Standing,
    /// The releases, the newest first.
    pub releases: Vec<Release>,
    /// Who is at work just now.
    pub at_work: Option<Holder>,
    /// Whether a switch was interrupted and waits for the next command.
    pub is_interrupted: bool,
}

/// Looks at a target. A folder that is not there holds nothing.
///
/// # Errors
/// When the folder of the releases cannot be listed.
pub fn state(target: &Path) -> Result<State, PublishError> {
    let layout = Layout::new(target);
    let standing = standing(&layout)?;
    let mut releases = Vec::new();
    for id in names(&layout)? {
        let place = layout.release(&id);
        releases.push(Release {
            note: Note::read(&place),
            is_current: standing == Standing::Link(id.clone()),
            place,
            id,
        });
    }
    if let Standing::Folder(id) = &standing {
        let place = layout.current();
        releases.retain(|release| release.id != *id);
        releases.push(Release { note: Note::read(&place), is_current: true, place, id: id.clone() });
    }
    releases.sort_by(|one, other| other.id.cmp(&one.id));
    let at_work = holder::at_work(&layout.lock());
    let is_interrupted = at_work.is_none() && layout.journal().symlink_metadata().is_ok();
    Ok(State { target: target.to_path_buf(), standing, releases, at_work, is_interrupted })
}

impl State {
    /// The release that is served.
    pub fn current(&self) -> Option<&Release> {
        self.releases.iter().find(|release| release.is_current)
    }

    /// What the list of the release that is served says. Where the list is lost, its
    /// files are still there, of unknown content: enough to see what would vanish.
    pub(super) fn current_sums(&self) -> Sums {
        let Some(current) = self.current() else { return Sums::new() };
        verify::listed(&current.place).unwrap_or_else(|| {
            let names = verify::names(&current.place).unwrap_or_default();
            names.into_iter().map(|name| (name, String::new())).collect()
        })
    }
}

/// What stands where the server looks.
pub(super) fn standing(layout: &Layout) -> Result<Standing, PublishError> {
    let current = layout.current();
    let about = match fs::symlink_metadata(&current) {
        Ok(about) => about,
        Err(error) if is_absent(&error) => return Ok(Standing::Nothing),
        Err(error) => return Err(PublishError::disk("查看", &current, error)),
    };
    if about.is_symlink() {
        let target = fs::read_link(&current).map_err(|error| PublishError::disk("查看", &current, error))?;
        let name = target.file_name().and_then(|name| name.to_str()).and_then(ReleaseId::parse);
        let ours = name.filter(|id| Layout::pointer(id) == target || layout.release(id) == target);
        return Ok(ours.map_or(Standing::Foreign("是指向别处的链接"), Standing::Link));
    }
    if !about.is_dir() {
        return Ok(Standing::Foreign("是一个文件"));
    }
    let note = Note::read(&current).and_then(|note| note.id());
    Ok(note.map_or(Standing::Foreign("不是 publish 发布出来的文件夹"), Standing::Folder))
}

/// The releases in the folder of releases. Other folders there are somebody else's.
fn names(layout: &Layout) -> Result<Vec<ReleaseId>, PublishError> {
    let folder = layout.releases();
    let at = |error| PublishError::disk("查看", &folder, error);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(at(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(at)?;
        let id = entry.file_name().to_str().and_then(ReleaseId::parse);
        let is_folder = entry.file_type().map_err(at)?.is_dir();
        found.extend(id.filter(|_| is_folder && entry.path().join(NOTE).symlink_metadata().is_ok()));
    }
    Ok(found)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
