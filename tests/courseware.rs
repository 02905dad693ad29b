//! What comes out of the files that colleagues send in.

mod support;

#[path = "courseware/readers.rs"]
mod readers;

#[path = "courseware/safety.rs"]
mod safety;
