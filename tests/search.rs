//! The search: whatever stands on a page is found, what is called exact holds what was
//! typed, and the order is as good as that of a search engine.

mod support;

#[path = "search/cache.rs"]
mod cache;
#[path = "search/collection.rs"]
mod collection;
#[path = "search/help.rs"]
mod help;
#[path = "search/names.rs"]
mod names;
#[path = "search/parity.rs"]
mod parity;
#[path = "search/relevance.rs"]
mod relevance;
#[path = "support/scripts.rs"]
mod scripts;
#[path = "search/service.rs"]
mod service;
#[path = "search/substrings.rs"]
mod substrings;
