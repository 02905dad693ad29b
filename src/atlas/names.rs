//! Gives out addresses so that no two things have the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::OutputPath;

/// The addresses that are given out.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The last number that a name needed; names are never given back, so all before it
    /// are taken.
    counts: BTreeMap<String, usize>,
}

impl Names {
    /// Takes `folder/stem.extension`, or with a number when something else has it;
    /// says whether a number was needed. Upper and lower case are the same, as on
    /// Windows.
    pub(super) fn take(&mut self, folder: &str, stem: &str, extension: &str) -> (OutputPath, bool) {
        let slash = if folder.is_empty() { "" } else { "/" };
        let wanted = format!("{folder}{slash}{stem}.{extension}");
        if self.taken.insert(wanted.to_ascii_lowercase()) {
            return (OutputPath::new(wanted), false);
        }
        let count = self.counts.entry(wanted.to_ascii_lowercase()).or_insert(1);
        loop {
            *count += 1;
            let path = format!("{folder}{slash}{stem}-{count}.{extension}");
            if self.taken.insert(path.to_ascii_lowercase()) {
                return (OutputPath::new(path), true);
            }
        }
    }

    /// Takes a name for a folder below `folder`.
    pub(super) fn take_folder(&mut self, folder: &str, name: &str) -> String {
        let mut wanted = name.to_owned();
        let mut count = 1;
        while !self.taken.insert(format!("{folder}/{wanted}/").to_ascii_lowercase()) {
            count += 1;
            wanted = format!("{name}-{count}");
        }
        wanted
    }

    /// Takes exactly this address, if it is free: nothing has it, no part of its way is
    /// a file, and it is no folder of something else.
    pub(super) fn take_exact(&mut self, path: &str) -> Option<OutputPath> {
        let key = path.to_ascii_lowercase();
        let through_a_file = key.match_indices('/').any(|(slash, _)| self.taken.contains(&key[..slash]));
        let inside = format!("{key}/");
        let is_a_folder = self.taken.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside));
        let is_free = !through_a_file && !is_a_folder && self.taken.insert(key);
        is_free.then(|| OutputPath::new(path))
    }
}
