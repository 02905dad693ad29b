//! Makes a folder equal to the result of a build, touching only what differs.
//!
//! A folder is opened, takes files from many threads, and is closed:
//!
//! * A file whose bytes are already there is left alone, so that its times stay and
//!   a copy to a stick or a server moves only what changed. Creating files is the
//!   dearest thing a build does; comparing them costs next to nothing.
//! * A file that differs is written aside in the same folder and put in place by one
//!   rename, so that a reader, or the next build after a kill, sees the old bytes or
//!   the new ones, never a torn page. Only where no build was before, and so nobody
//!   reads, are files made in place, which saves a quarter of what the disk is asked for.
//! * What an earlier build wrote and this one did not is removed at the close, and
//!   only then: a build that failed half-way removes nothing.
//! * What no build wrote is never removed, and stops the build unless it is forced.
//!
//! Which files are ours is remembered in a manifest, written last, and, for the
//! time between, in a journal to which every new path is added before its file is
//! made. A build that is killed thus leaves files that the next one knows.
//!
//! A file that a build left is known again by its length and time ([`Marks`]), where
//! somebody remembers them, so that what is made of the same need not be made or read.
//!
//! Builds of one folder take turns: the second one waits until the first has closed it.
//!
//! Nothing is flushed to the disk page by page. A flush costs a thousand times as
//! much as a write, and guards only against a loss of power, after which the next
//! build compares the bytes and mends what is wrong. What must survive even that
//! goes through `publish`.

mod aside;
mod compare;
mod copies;
mod error;
mod folder;
mod journal;
mod lock;
mod manifest;
mod marks;
mod memory;
mod names;
mod stale;
mod survey;
#[cfg(test)]
mod tests;
mod tree;

pub use error::OutputError;
pub use folder::{Folder, Written, open, open_knowing, replace};
pub use marks::Marks;
pub use memory::Memory;
pub(crate) use names::{check as check_path, is_litter};
pub use survey::is_as_left;

/// How a folder is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenOptions {
    /// Go on although there are files that no build wrote. They stay where they are,
    /// except those that stand where a page must go.
    pub force: bool,
    /// Trust nothing that is there: write every file anew instead of comparing it.
    /// The folder is not emptied first, so that the site stays whole meanwhile.
    pub clean: bool,
}
