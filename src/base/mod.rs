//! The ground floor: places in files, findings and diagnostics, and the measuring
//! and folding of text. Every other room may use it; it uses none.

mod address;
mod day;
mod diagnostic;
mod finding;
mod key;
mod moment;
mod place;
mod prose;
mod sink;
pub mod slug;
mod telling;
pub mod text;
pub mod trace;

pub use address::OutputPath;
pub use day::{Day, Month};
pub use diagnostic::{Diagnostic, Fix, Severity, Tally};
pub use finding::{Code, Finding, Findings};
pub use key::Key;
pub use moment::Moment;
pub use place::{Located, Place, SourcePath};
pub use prose::Prose;
pub use sink::{Discard, Product, Sink};
pub use telling::{Mark, is_plain, telling_time};
