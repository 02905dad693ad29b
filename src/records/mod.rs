//! What the writer wrote: front matter, settings and table rows, each value with
//! its place, read as forgivingly as can be done without guessing.

mod blank;
mod exchange;
mod fields;
mod forgiving;
mod front_matter;
mod node;
mod read;
mod record;
mod repair;
mod sheet;
mod table;
mod wrapped;
mod write;
mod yaml;

pub use blank::{BLANKS, Blank, EXAM_BLANK};
pub use exchange::{BALLOT, COURSE_APPLICATION, Exchange, SELECTION, TOPIC_APPLICATION};
pub use fields::{
    ALL, APPLICATION, ARTICLE, AWARD, AWARDS, BASIS, CHOICE, EVALUATION, EXAM, Entity, Field, FieldKind, LESSON, MENU,
    PERSON, PLAN, SITE, TRAINEE, UNIT,
};
pub use front_matter::{Document, document};
pub use node::{Node, Value};
pub use read::{boolean, date, date_in, day, integer, list, month, number, text, verdict, without_bracket, yes_or_no};
pub use record::{Entry, HELD_BACK, Record, may_hold_back};
pub use repair::repair;
pub use sheet::Sheet;
pub use table::{Row, Table, table};
pub use write::table_bytes;
pub use yaml::{settings, tree};
