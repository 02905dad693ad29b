//! What comes out of the files that colleagues send in.

mod support;

#[path = "support/office.rs"]
mod office;

#[path = "courseware/readers.rs"]
mod readers;

#[path = "courseware/safety.rs"]
mod safety;

#[path = "courseware/pages.rs"]
mod pages;

#[path = "courseware/imports.rs"]
mod imports;
