//! The hand-over of finished files, so that rooms that make pages need not know
//! where they go.

use std::path::PathBuf;

use super::{Key, OutputPath};

/// The content of one file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Product {
    /// Made by the build.
    Made(Vec<u8>),
    /// The same bytes as a file of the library, which is not read into memory.
    CopyOf(PathBuf),
}

/// Takes finished files, from any thread, in any order. A sink keeps its first
/// failure to itself until it is closed, so that makers of pages need not care.
pub trait Sink: Sync {
    /// Takes one file. The same path is never handed over twice in a build.
    fn put(&self, path: OutputPath, product: Product);

    /// Takes one file and remembers, if it remembers anything, what it was made of.
    fn put_made_of(&self, path: OutputPath, product: Product, _origin: Key) {
        self.put(path, product);
    }

    /// Whether the file that is made of the same is there already, so that it need not be
    /// made.
    fn holds(&self, _path: &OutputPath, _origin: Key) -> bool {
        false
    }

    /// Takes a file that it [holds](Sink::holds).
    fn keep(&self, _path: OutputPath, _origin: Key) {}
}

/// Lets every file fall, for a build of which something else is wanted.
#[derive(Debug, Default, Clone, Copy)]
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _path: OutputPath, _product: Product) {}
}
