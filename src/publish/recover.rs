//! Setting right what an interrupted command left.

use std::io;
use std::path::Path;

use super::journal::{self, Journal, Pending};
use super::layout::Layout;
use super::release::{self, Standing};
use super::{Disk, Found, PublishError, ReleaseId, switch, verify};

/// Finishes or undoes a switch, and clears away what was only begun.
pub(super) fn recover(layout: &Layout, disk: &dyn Disk) -> Result<Vec<Found>, PublishError> {
    let mut found = Vec::new();
    match journal::pending(layout)? {
        Pending::None => {}
        Pending::Unreadable => {
            set_aside(layout, disk).map_err(|error| PublishError::disk("移走", &layout.journal(), error))?;
            found.push(Found::Unreadable);
        }
        Pending::Switch(journal, to) => {
            let standing = release::standing(layout)?;
            found.push(settle(layout, disk, &journal, &to, &standing)?);
            journal::clear(layout, disk).map_err(|error| PublishError::disk("删除", &layout.journal(), error))?;
        }
    }
    let tidied = tidy(layout, disk, &mut found);
    tidied.map_err(|error| PublishError::disk("清理", &layout.releases(), error))?;
    if let Standing::Link(id) = release::standing(layout)?
        && !layout.release(&id).is_dir()
    {
        found.push(Found::Dangling(id));
    }
    Ok(found)
}

/// Brings a switch to an end. As long as the old site stands, it stays; once it is put
/// away, the new one comes, unless it is not whole.
fn settle(
    layout: &Layout,
    disk: &dyn Disk,
    journal: &Journal,
    to: &ReleaseId,
    standing: &Standing,
) -> Result<Found, PublishError> {
    let place = layout.release(to);
    let at = |error| PublishError::disk("切换", &layout.current(), error);
    if standing.release() == Some(to) {
        return Ok(Found::Finished(to.clone()));
    }
    if *standing != Standing::Nothing {
        if journal.is_new {
            discard(layout, disk, &place).map_err(|error| PublishError::disk("清理", &place, error))?;
        }
        return Ok(Found::Undone { release: to.clone(), current: standing.release().cloned() });
    }
    let is_complete = place.is_dir() && verify::folder(&place)?.is_complete();
    if is_complete {
        let made = match journal.away {
            None => switch::point_at(layout, disk, to),
            Some(_) => disk.rename(&place, &layout.current()),
        };
        made.and_then(|()| disk.flush(&layout.top)).map_err(at)?;
        return Ok(Found::Completed(to.clone()));
    }
    let away = journal.away.as_ref().map(|away| layout.top.join(away));
    match away.filter(|away| away.symlink_metadata().is_ok()) {
        Some(away) => {
            disk.rename(&away, &layout.current()).and_then(|()| disk.flush(&layout.top)).map_err(at)?;
            Ok(Found::Restored)
        }
        // The first release of a target was not even put in its place.
        None if journal.is_new => Ok(Found::Undone { release: to.clone(), current: None }),
        None => Ok(Found::Lost(to.clone())),
    }
}

/// Moves something into the trash, from where it is removed.
pub(super) fn discard(layout: &Layout, disk: &dyn Disk, place: &Path) -> io::Result<()> {
    if place.symlink_metadata().is_err() {
        return Ok(());
    }
    let trash = layout.all_trash();
    disk.make_folder(&trash)?;
    let free = (0..).map(|number: u32| trash.join(number.to_string())).find(|path| path.symlink_metadata().is_err());
    match free {
        Some(free) => disk.rename(place, &free),
        None => Ok(()),
    }
}

/// Removes what is of no use to anybody: releases that were not wholly written, what
/// was being removed, a link without its place.
fn tidy(layout: &Layout, disk: &dyn Disk, found: &mut Vec<Found>) -> io::Result<()> {
    let staging = layout.all_staging();
    for name in names(&staging) {
        // Half a removal must not look like half a release.
        discard(layout, disk, &staging.join(&name))?;
        found.push(Found::Unwritten(name));
    }
    disk.remove(&staging)?;
    if !names(&layout.all_trash()).is_empty() && found.is_empty() {
        found.push(Found::Trash);
    }
    disk.remove(&layout.all_trash())?;
    disk.remove(&layout.next_link())?;
    disk.remove(&layout.journal().with_extension("journal-next"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Keeps a journal that nobody can read, for those who want to look at it.
fn set_aside(layout: &Layout, disk: &dyn Disk) -> io::Result<()> {
    disk.rename(&layout.journal(), &layout.journal().with_extension("journal-unreadable"))
}
