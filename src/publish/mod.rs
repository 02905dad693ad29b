//! Releases: a site put where a server finds it, so that what is served is always one
//! whole site, and can be undone, carried away and checked.
//!
//! A target is a folder:
//!
//! ```text
//! TARGET/current               what the server serves: a link to a release, or one
//! TARGET/releases/0007-…/      a whole site with SHA256SUMS and release.json
//! TARGET/releases/.staging/    a release that is being written
//! TARGET/releases/.trash/      what is being removed
//! TARGET/releases/.journal     a switch that is being made
//! TARGET/releases/.lock        who is at work
//! ```
//!
//! * A release is written aside straight from the build, never from an output folder
//!   that somebody may have touched. What the release before holds already is linked
//!   to, after its bytes were compared, and everything else is written, flushed and
//!   read back ([`Draft`]).
//! * Then one step makes it current: a symbolic link is replaced by a rename. Where
//!   links cannot be had, two folders are renamed, and a journal lets the next command
//!   finish or undo what was interrupted ([`Session`]).
//! * Releases are numbered, and only their numbers order them: a clock that was set
//!   back changes nothing.
//! * What is removed is first moved to the trash, so that there is never half a
//!   release among whole ones. A release in which somebody left a file of his own is
//!   not removed.
//!
//! Everything that changes a target goes through [`Disk`], so that tests can stop it
//! before any single step.

mod changes;
mod disk;
mod draft;
mod error;
mod found;
mod holder;
mod journal;
mod layout;
mod note;
mod pack;
mod prune;
mod recover;
mod release;
mod session;
mod start_page;
mod sums;
mod switch;
mod verify;
mod zipped;

pub use changes::{Changes, Weigh};
pub use disk::{Disk, RealDisk};
pub use draft::{Draft, Sealed, Weight};
pub use error::PublishError;
pub use found::Found;
pub use holder::Holder;
pub use layout::ReleaseId;
pub use note::Note;
pub use pack::{Pack, Packed, pack};
pub use prune::Pruned;
pub use release::{Release, Standing, State, state};
pub use session::{Published, Session};
pub(crate) use start_page::size;
pub use start_page::{Contents, start_page};
pub use verify::{Altered, Verdict, verify};
