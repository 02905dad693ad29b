//! 讲台: turns folders of lesson plans into a searchable teaching materials library.
//!
//! The rooms, in the order in which data flows: a file is found ([`source`]), looked
//! into if it is no text ([`courseware`]), read ([`records`]), understood ([`config`],
//! [`model`]), reckoned ([`ledger`]), checked ([`rules`]), given an address ([`atlas`]),
//! rendered ([`markdown`], [`theme`], [`render`]), heard by those who search it
//! ([`search`]) and written ([`output`]). [`pipeline`] is the main job as one function;
//! [`export`] and [`report`] make documents beside the site out of the same values:
//! data files and archives for everybody, reports and drafts for the office alone;
//! [`history`] is what readers are told of earlier releases, and [`publish`] makes
//! releases; [`collect`] merges what colleagues send in, [`import`] makes lessons of it;
//! [`serve`] repeats the main job; [`cli`] is the only room that prints and exits.
//! [`base`] is the ground under all. `tests/architecture.rs` keeps the direction.
//!
//! After `source`, `courseware` and `theme` have read, nothing reads; before `output`,
//! nothing writes. Stages do not fail: they return what they could do and leave findings,
//! which `rules` puts into words.

#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod atlas;
pub mod base;
pub mod cli;
pub mod collect;
pub mod config;
pub mod courseware;
pub mod export;
pub mod history;
pub mod import;
pub mod ledger;
pub mod markdown;
pub mod memo;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod publish;
pub mod records;
pub mod render;
pub mod report;
pub mod rules;
pub mod search;
pub mod serve;
pub mod source;
pub mod theme;
