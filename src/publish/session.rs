//! A command at work at a target, from the lock to the switch.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::draft::{Before, Draft, Sealed};
use super::holder::{self, Lock};
use super::layout::Layout;
use super::prune::{self, Pruned};
use super::recover::{self, discard};
use super::release::{self, Standing, State};
use super::switch::Switch;
use super::{Disk, Found, Holder, PublishError, Release, ReleaseId, verify};
use crate::base::Day;
use crate::history;

/// A target that this command alone may change. Dropping it gives it back; whatever was
/// only begun is cleared away by the next command.
pub struct Session<'d> {
    layout: Layout,
    disk: &'d dyn Disk,
    links: bool,
    /// What an interrupted command left, and what was done about it.
    pub found: Vec<Found>,
    _lock: Lock<'d>,
}

/// A switch that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What is served now.
    pub release: ReleaseId,
    /// What was served before.
    pub before: Option<ReleaseId>,
    /// How long the step took in which what is served changed.
    pub switching: Duration,
}

impl<'d> Session<'d> {
    /// Takes a target, which is made if the folder above it is there, and sets right
    /// what an interrupted command left. `links` says whether `current` may be a
    /// symbolic link.
    ///
    /// # Errors
    /// When another command is at work, when something of somebody else stands where
    /// the site would go, or when the disk refuses.
    pub fn open(target: &Path, disk: &'d dyn Disk, holder: &Holder, links: bool) -> Result<Self, PublishError> {
        let layout = Layout::new(target);
        if let Standing::Foreign(why) = release::standing(&layout)? {
            return Err(PublishError::NotOurs { path: layout.current(), why });
        }
        make_target(target)?;
        let releases = layout.releases();
        disk.make_folder(&releases).map_err(|error| PublishError::disk("创建文件夹", &releases, error))?;
        let (lock, stale) = holder::take(&layout.lock(), disk, holder)?;
        let mut found: Vec<Found> = stale.into_iter().collect();
        found.extend(recover::recover(&layout, disk)?);
        Ok(Self { layout, disk, links, found, _lock: lock })
    }

    /// What the target holds.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn state(&self) -> Result<State, PublishError> {
        let state = release::state(&self.layout.top)?;
        // This command itself is at work.
        Ok(State { at_work: None, ..state })
    }

    /// Begins a new release, dated `day`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn draft(&self, state: &State, day: Day) -> Result<(ReleaseId, Draft<'d>), PublishError> {
        let newest = state.releases.iter().map(|release| release.id.number());
        let served = state.standing.release().map(ReleaseId::number);
        let id = ReleaseId::new(newest.chain(served).max().unwrap_or(0) + 1, day);
        let before = state.current().map(|current| Before {
            folder: current.place.clone(),
            sums: verify::listed(&current.place).unwrap_or_default(),
        });
        let about = fs::metadata(&self.layout.top);
        let permissions = about.map_err(|error| PublishError::disk("查看", &self.layout.top, error))?.permissions();
        let folder = self.layout.staging(&id);
        let draft = Draft::new(self.disk, folder, before.unwrap_or_default(), Some(history::PAGE), Some(permissions))?;
        Ok((id, draft))
    }

    /// Clears away a release that is not to be published after all.
    ///
    /// # Errors
    /// When the disk refuses; the next command tries again.
    pub fn abandon(&self, id: &ReleaseId) -> Result<(), PublishError> {
        let staging = self.layout.staging(id);
        let cleared = discard(&self.layout, self.disk, &staging)
            .and_then(|()| self.disk.remove(&self.layout.all_trash()))
            .and_then(|()| self.disk.remove(&self.layout.all_staging()));
        cleared.map_err(|error| PublishError::disk("清理", &staging, error))
    }

    /// Makes a new release current.
    ///
    /// # Errors
    /// When the disk refuses; what was served is served still, or again.
    pub fn publish(&self, id: &ReleaseId, sealed: Sealed) -> Result<Published, PublishError> {
        self.switch(id, Some(sealed))
    }

    /// Makes an earlier release current: the one that is called so, or else the one
    /// before the one that is current.
    ///
    /// # Errors
    /// When there is none, when it is not whole, or when the disk refuses.
    pub fn rollback(&self, to: Option<&str>) -> Result<Published, PublishError> {
        let state = self.state()?;
        let release = choose(&state, to)?;
        if release.is_current && state.current().is_some_and(|current| current.place.is_dir()) {
            return Err(PublishError::AlreadyCurrent(release.id.clone()));
        }
        let verdict = verify::folder(&release.place)?;
        if !verdict.is_complete() {
            return Err(PublishError::Damaged { release: release.id.clone(), verdict: Box::new(verdict) });
        }
        self.switch(&release.id, None)
    }

    /// Removes all but the newest `keep` releases.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub fn prune(&self, keep: usize) -> Result<Pruned, PublishError> {
        Ok(prune::prune(&self.layout, self.disk, &self.state()?.releases, keep))
    }

    fn switch(&self, to: &ReleaseId, sealed: Option<Sealed>) -> Result<Published, PublishError> {
        let standing = release::standing(&self.layout)?;
        if let Standing::Foreign(why) = standing {
            return Err(PublishError::NotOurs { path: self.layout.current(), why });
        }
        let switch = Switch { layout: &self.layout, disk: self.disk, standing: &standing, links: self.links };
        let made = switch.make(to, sealed.map(|sealed| sealed.folder));
        let settled = recover::recover(&self.layout, self.disk);
        match made {
            Ok(switching) => {
                settled?;
                Ok(Published { release: to.clone(), before: standing.release().cloned(), switching })
            }
            Err(error) => Err(PublishError::disk("切换", &self.layout.current(), error)),
        }
    }
}

/// Makes the folder of the target, but none above it: a share that is not mounted must
/// not be taken for an empty place.
fn make_target(target: &Path) -> Result<(), PublishError> {
    if target.is_dir() {
        return Ok(());
    }
    let whole = std::path::absolute(target).unwrap_or_else(|_| target.to_path_buf());
    match whole.parent() {
        Some(above) if !above.is_dir() => Err(PublishError::NoParent(above.to_path_buf())),
        _ => Ok(()),
    }
}

/// The release that is meant.
fn choose<'s>(state: &'s State, to: Option<&str>) -> Result<&'s Release, PublishError> {
    if let Some(written) = to {
        let called = state.releases.iter().find(|release| release.id.is_called(written));
        return called.ok_or_else(|| PublishError::NoSuchRelease {
            written: written.to_owned(),
            known: state.releases.iter().map(|release| release.id.to_string()).collect(),
        });
    }
    let current = state.standing.release();
    let mut before = state.releases.iter().filter(|release| current.is_none_or(|current| release.id < *current));
    before.next().ok_or_else(|| PublishError::NothingBefore(current.cloned()))
}
