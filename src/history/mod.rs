//! What became of the lessons from release to release: the log that the page 更新记录
//! shows.
//!
//! A build knows nothing of earlier builds, and must not: the same library gives the
//! same bytes. A log is therefore a value like any other. `publish` reads it from the
//! release that is in force, adds one edition, and hands it to `render`; a plain build
//! hands over an empty one. All pages but that one are the same either way.
//!
//! A lesson that was taken back must leave no trace for readers, least of all when it
//! was taken back because it should never have been shown. The log therefore holds the
//! addresses of lessons that are there, and of the others only how many.

mod log;
mod roll;

pub use crate::atlas::CHANGES as PAGE;
pub use log::{Edition, Log};
pub use roll::{Roll, Turnover, roll};
