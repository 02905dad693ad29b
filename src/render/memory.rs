//! The pages of an earlier build, and which of them need not be made again.
//!
//! A page is as it was when everything that it can be made of is (the *world*, which all
//! pages share) and every body that it reads; then it is not even looked at. Else what
//! stands on it is put together, and when that is as it was, its template is not filled.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::base::{Findings, Key, OutputPath, SourcePath};
use crate::model::Library;

/// The pages of a build.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pages {
    world: Option<Key>,
    pages: FxHashMap<OutputPath, Known>,
}

/// A page that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// Its files, each with what it was made of.
    pub files: Vec<(OutputPath, Key)>,
    /// The bodies that it reads.
    pub bodies: Vec<Key>,
    /// The files that it offers or shows.
    pub used: Vec<SourcePath>,
    /// What was noticed.
    pub findings: Findings,
}

/// The pages of an earlier build, as they can be used in this one.
pub(super) struct Before<'p> {
    pages: &'p Pages,
    same_world: bool,
    bodies: FxHashSet<Key>,
}

impl<'p> Before<'p> {
    pub(super) fn new(pages: &'p Pages, world: Option<Key>, library: &Library) -> Self {
        let same_world = world.is_some() && pages.world == world;
        let lessons = library.lessons.iter().map(|lesson| lesson.body.key());
        let bodies = lessons.chain(library.articles.iter().map(|article| article.body.key()));
        Self { pages, same_world, bodies: if same_world { bodies.collect() } else { FxHashSet::default() } }
    }

    /// A page, if nothing that it can be made of has changed.
    pub(super) fn unchanged(&self, path: &OutputPath) -> Option<&'p Known> {
        let known = self.pages.pages.get(path).filter(|_| self.same_world)?;
        known.bodies.iter().all(|body| self.bodies.contains(body)).then_some(known)
    }
}

impl Pages {
    pub(super) fn new(world: Option<Key>, pages: FxHashMap<OutputPath, Known>) -> Self {
        Self { world, pages }
    }
}
