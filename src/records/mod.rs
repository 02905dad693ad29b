//! What the writer wrote: front matter, settings and table rows, each value with
//! its place, read as forgivingly as can be done without guessing.

mod blank;
mod fields;
mod forgiving;
mod front_matter;
mod node;
mod read;
mod record;
mod repair;
mod table;
mod write;
mod yaml;

pub use blank::{BLANKS, Blank};
pub use fields::{
    ALL, APPLICATION, ARTICLE, AWARD, AWARDS, BASIS, CHOICE, EVALUATION, EXAM, Entity, Field, FieldKind, LESSON, MENU,
    PERSON, PLAN, SITE, TRAINEE, UNIT,
};
pub use front_matter::{Document, document};
pub use node::{Node, Value};
pub use read::{boolean, date, integer, list, month, number, text};
pub use record::{Entry, Record};
pub use repair::repair;
pub use table::{Row, Table, table};
pub use write::table_bytes;
pub use yaml::{settings, tree};
