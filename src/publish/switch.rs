//! Making a release current.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::journal::{self, Journal};
use super::layout::Layout;
use super::release::Standing;
use super::{Disk, ReleaseId};

/// What is switched, and how.
pub(super) struct Switch<'a> {
    pub layout: &'a Layout,
    pub disk: &'a dyn Disk,
    /// What is served now.
    pub standing: &'a Standing,
    /// Whether symbolic links may be used.
    pub links: bool,
}

impl Switch<'_> {
    /// Puts the new release of `staged` among the releases, if there is one, and makes
    /// `to` current. Gives how long the step itself took, in which what is served
    /// changes.
    pub fn make(&self, to: &ReleaseId, staged: Option<PathBuf>) -> io::Result<Duration> {
        let (layout, disk) = (self.layout, self.disk);
        let is_linked = self.is_linked()?;
        let away = (!is_linked).then(|| self.away());
        let journal = Journal { is_new: staged.is_some(), to: to.to_string(), away };
        journal::write(layout, disk, &journal)?;
        if let Some(staged) = staged {
            disk.rename(&staged, &layout.release(to))?;
            disk.flush(&layout.releases())?;
        }
        let begun = Instant::now();
        match &journal.away {
            None => point_at(layout, disk, to)?,
            Some(away) => {
                self.put_away(away)?;
                disk.rename(&layout.release(to), &layout.current())?;
            }
        }
        let taken = begun.elapsed();
        disk.flush(&layout.top)?;
        journal::clear(layout, disk)?;
        Ok(taken)
    }

    /// Whether `current` is, or can be, a link. What a server has been set to follow
    /// once stays what it is.
    fn is_linked(&self) -> io::Result<bool> {
        match self.standing {
            Standing::Folder(_) => Ok(false),
            _ if !self.links => Ok(false),
            Standing::Link(_) => Ok(true),
            Standing::Nothing | Standing::Foreign(_) => can_link(self.layout, self.disk),
        }
    }

    /// Where `current` goes when it makes room: to its place among the releases, or, if
    /// that is taken or it is but a link, into the trash.
    fn away(&self) -> String {
        match self.standing {
            Standing::Folder(id) if self.layout.release(id).symlink_metadata().is_err() => format!("releases/{id}"),
            _ => "releases/.trash/current".to_owned(),
        }
    }

    fn put_away(&self, away: &str) -> io::Result<()> {
        if *self.standing == Standing::Nothing {
            return Ok(());
        }
        let away = self.layout.top.join(away);
        if away.starts_with(self.layout.all_trash()) {
            self.disk.make_folder(&self.layout.all_trash())?;
            self.disk.remove(&away)?;
        }
        self.disk.rename(&self.layout.current(), &away)
    }
}

/// Makes `current` a link to a release in one step.
pub(super) fn point_at(layout: &Layout, disk: &dyn Disk, to: &ReleaseId) -> io::Result<()> {
    let next = layout.next_link();
    disk.remove(&next)?;
    disk.point(&Layout::pointer(to), &next)?;
    disk.rename(&next, &layout.current())
}

/// Whether the disk knows symbolic links.
fn can_link(layout: &Layout, disk: &dyn Disk) -> io::Result<bool> {
    let next = layout.next_link();
    disk.remove(&next)?;
    let made = disk.point(&layout.releases(), &next).is_ok();
    disk.remove(&next)?;
    Ok(made)
}
