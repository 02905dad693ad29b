//! Search that finds everything: any piece of text that stands on a page, by an index
//! that needs no server.
//!
//! The rooms read from the front: [`hear`](hear()) reads what a finished page says,
//! [`normalize`] makes units of it, [`layout`] gives each a position by its field,
//! [`postings`] turns documents into lists of terms. From there two ways lead to the
//! same results: [`shards`](write()) packs the lists into small scripts that the browser's
//! engine (`themes/default/assets/js/search/`) loads as it needs them, and [`Engine`]
//! gives them to tantivy, which `search` and `serve` ask. [`rank`] says what answers a
//! query and in which order; the browser does the same, and tests hold both against
//! each other and against a plain search of the text.
//!
//! Why pairs of characters: every substring of two or more characters is covered by
//! overlapping pairs with positions, so that nothing that stands in the text is missed,
//! however words would be cut; pairs over a gap (crossings) do the same across
//! punctuation. The static lists are made straight from the units and not read back
//! from tantivy, because a plain scan and sort is many times faster than indexing;
//! tantivy's index of the same terms is made when somebody first asks `search` or
//! `serve`, and remembered.
//!
//! After an edit of few pages nothing of the others is read: `sums` counts by what went
//! and what came, and `amend` changes the lists of a section where the edit touches them.
//!
//! # The files below `search/`
//!
//! Each is a script `jt("name","…")` in UTF-16 with a byte-order mark; fifteen bits of
//! payload stand in a unit from U+3000 on, behind its length in bytes and a checksum.
//! `start` says how many documents there are, where the directory's pages begin, and
//! which traditional characters the library has, or that `s` had better be loaded;
//! `i/` are these pages: the first key of each shard; `d/` lists of documents, `x/`
//! large lists; `p/` positions, `q/` pieces of large ones; `m/` what results show of a
//! document; `t/` texts for excerpts, named by what is in them; `n/` classes of length;
//! `f/` facets, each its labels, which of them go together, and a column that says which
//! of these sets each document has; `y/` names by sound; `h` characters by sound; `s` all
//! traditional characters with their simplified forms.
//! Bits stand most significant first. A list is the gamma code of its length, then a
//! Rice code of the way to each document, its fields and the gamma code of how often
//! the term occurs; positions are two Rice codes, for the first one and the ways on.
//! The scripts are asked for with the index's id behind a question mark, so that no
//! cache mixes two builds.

mod amend;
mod answer;
mod bits;
mod container;
mod engine;
mod entries;
mod excerpt;
mod hear;
mod index;
pub mod layout;
pub mod normalize;
pub mod postings;
mod press;
mod query;
pub mod rank;
mod score;
mod scribe;
mod shards;
mod sounds;
mod sums;
mod texts;

pub use answer::{Answer, Request, answer, object};
pub use engine::{Engine, Found, term_names};
pub use entries::{Entry, FACETS, Facet, FacetValue, Kind, Name, entries};
pub use excerpt::{Excerpt, excerpt};
pub use hear::hear;
pub use index::{Besides, Document, Ear, Index, Keeper, Places, Shelf, places};
pub use layout::Block;
pub use press::Sizes;
pub use query::Query;
pub use rank::{Hit, Tier, search};
pub use score::{Scale, length_class};
pub use scribe::{Scribe, Written, write};
