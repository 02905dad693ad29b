//! A folder that is being made equal to the result.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::journal::Journal;
use super::marks::{Left, Marks};
use super::names::{self, Names};
use super::survey::{self, Look, Survey};
use super::tree::Tree;
use super::{OpenOptions, OutputError, aside, compare, copies, lock, manifest, stale};
use crate::base::{Key, Mark, OutputPath, Product, Sink};

/// An output folder between its opening and its close. Dropping it without closing is
/// safe and means that the build failed: what was written stays, nothing is removed,
/// and the next build goes on from there.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    clean: bool,
    /// Whether nothing of ours was there: nobody can be reading a site that never was.
    is_first: bool,
    names: Names,
    /// The keys of all names that earlier builds wrote or were about to write.
    owned: FxHashSet<String>,
    survey: Survey,
    tree: Tree,
    journal: Journal,
    taken: Mutex<Vec<Taken>>,
    /// How an earlier build left the folder, and whether the next one wants to know how
    /// this one does.
    marks: Option<Arc<Marks>>,
    written: AtomicUsize,
    failed: AtomicBool,
    failure: Mutex<Option<OutputError>>,
    /// Keeps other builds away for as long.
    _lock: Option<File>,
}

/// A file of this build.
#[derive(Debug)]
struct Taken {
    path: OutputPath,
    left: Left,
    is_new: bool,
}

/// What a build did to its folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or differ from before.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files of earlier builds that are no longer part of the site.
    pub removed: usize,
}

/// Opens a folder, which is made if it is not there. Files that no build wrote stop it
/// with [`OutputError::NotOurs`] unless forced: a mistyped `--output` must not fill, or
/// later clear, a folder with somebody's work in it. Only our own notes and the
/// litter of operating systems are exempt, not every dotfile: a `.git` in the output
/// means that it is more than an output. A build that holds the folder is waited for.
pub fn open(folder: &Path, options: &OpenOptions) -> Result<Folder, OutputError> {
    open_with(folder, options, None)
}

/// As [`open`], with what is remembered of how an earlier build left the folder.
pub fn open_knowing(folder: &Path, options: &OpenOptions, marks: impl Into<Arc<Marks>>) -> Result<Folder, OutputError> {
    open_with(folder, options, Some(marks.into()))
}

fn open_with(folder: &Path, options: &OpenOptions, marks: Option<Arc<Marks>>) -> Result<Folder, OutputError> {
    fs::create_dir_all(folder).map_err(|error| OutputError::io("创建文件夹", folder, error))?;
    let lock = lock::hold(folder)?;
    let read = |error| OutputError::io("读取", folder, error);
    let names = survey::names(folder);
    let journal = Journal::of(folder);
    let listed = manifest::read(folder).map_err(read)?;
    let begun = journal.read().map_err(read)?;
    let owned = listed.iter().chain(&begun).map(|path| names.key(path).into_owned()).collect();
    let look = Look { names, owned: &owned, strict: !options.force, marks: marks.is_some() };
    let survey = survey::look(folder, look).map_err(|(path, error)| OutputError::io("查看", &path, error))?;
    if !survey.foreign.is_empty() && !options.force {
        return Err(OutputError::NotOurs { path: folder.to_path_buf(), examples: survey.foreign });
    }
    Ok(Folder {
        root: folder.to_path_buf(),
        clean: options.clean,
        is_first: owned.is_empty(),
        names,
        taken: Mutex::new(Vec::with_capacity(owned.len() + owned.len() / 16)),
        owned,
        tree: Tree::new(names, &survey.folders),
        survey,
        journal,
        marks,
        written: AtomicUsize::new(0),
        failed: AtomicBool::new(false),
        failure: Mutex::default(),
        _lock: lock,
    })
}

/// Gives a file that is part of the site other bytes, between two builds; `false` when it
/// has them already, or there is no such file.
///
/// # Errors
/// When the disk refuses.
pub fn replace(folder: &Path, path: &OutputPath, bytes: &[u8]) -> Result<bool, OutputError> {
    let target = folder.join(path.as_str());
    let failed = |error| OutputError::io("写入", &target, error);
    names::check(path.as_str()).map_err(failed)?;
    let is_there = fs::symlink_metadata(&target).is_ok_and(|metadata| metadata.is_file());
    if !is_there || compare::holds(&target, bytes).map_err(failed)? {
        return Ok(false);
    }
    aside::write(&target, bytes).map(|_| true).map_err(failed)
}

impl Sink for Folder {
    fn put(&self, path: OutputPath, product: Product) {
        self.receive(path, &product, None);
    }

    fn put_made_of(&self, path: OutputPath, product: Product, origin: Key) {
        self.receive(path, &product, Some(origin));
    }

    fn holds(&self, path: &OutputPath, origin: Key) -> bool {
        self.as_left(path.as_str()).is_some_and(|left| left.origin == Some(origin))
    }

    fn keep(&self, path: OutputPath, origin: Key) {
        if let Some(left) = self.as_left(path.as_str()).filter(|left| left.origin == Some(origin)) {
            self.note(Taken { path, left, is_new: false });
        }
    }
}

impl Folder {
    /// Whether any file so far is new or differs from before.
    pub fn has_written(&self) -> bool {
        self.written.load(Ordering::Relaxed) > 0
    }

    fn receive(&self, path: OutputPath, product: &Product, origin: Option<Key>) {
        if self.failed.load(Ordering::Relaxed) {
            return;
        }
        match self.take(path.as_str(), product) {
            Ok(written) => {
                let is_new = written.is_some();
                let mark = written.as_ref().and_then(Mark::of);
                self.note(Taken { path, left: Left { mark, origin }, is_new });
            }
            Err(error) => {
                self.failed.store(true, Ordering::Relaxed);
                self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    }

    fn note(&self, taken: Taken) {
        self.written.fetch_add(usize::from(taken.is_new), Ordering::Relaxed);
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
    }

    /// What is known of a file that is still as an earlier build left it.
    fn as_left(&self, path: &str) -> Option<Left> {
        let left = self.marks.as_ref().filter(|_| !self.clean)?.0.get(path)?;
        let found = self.survey.files.get(self.names.key(path).as_ref()).filter(|found| found.name == path)?;
        (left.mark.is_some() && left.mark == found.mark).then_some(*left)
    }

    /// Removes what is no longer part of the site and writes down what is. The order
    /// matters: until the manifest says what is ours, the old one and the journal do,
    /// so a kill between any two steps leaves nothing without an owner.
    pub fn close(self) -> Result<Written, OutputError> {
        self.close_marking().map(|(written, _)| written)
    }

    /// As [`Folder::close`], and tells how the folder was left.
    pub fn close_marking(self) -> Result<(Written, Marks), OutputError> {
        if let Some(error) = self.failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut paths: Vec<&str> = taken.iter().map(|taken| taken.path.as_str()).collect();
        paths.par_sort_unstable();
        paths.dedup();
        let stale = || {
            let stale = list_stale(&self.survey, &self.owned, self.names, &paths);
            let removed = stale::remove(&self.root, &stale);
            removed.map(|()| stale.len()).map_err(|(path, error)| OutputError::io("删除", &path, error))
        };
        let want_marks = self.marks.is_some();
        let marks = || if want_marks { marks_of(&self.root, &taken) } else { Marks::default() };
        let (removed, marks) = rayon::join(stale, marks);
        let removed = removed?;
        let note = |error| OutputError::io("写入", &self.root.join(names::MANIFEST), error);
        manifest::write(&self.root, &paths).map_err(note)?;
        self.journal.remove().map_err(|error| OutputError::io("删除", &self.root.join(names::JOURNAL), error))?;
        let written = self.written.into_inner();
        let written = Written { written, unchanged: taken.len() - written, removed };
        // Nobody has to wait until so many names are given back.
        rayon::spawn(move || drop((taken, self.survey, self.owned)));
        Ok((written, marks))
    }

    /// Makes one file right; gives what the disk says of it if it had to be written.
    fn take(&self, path: &str, product: &Product) -> Result<Option<Metadata>, OutputError> {
        let target = self.root.join(path);
        names::check(path).map_err(|error| OutputError::io("写入", &target, error))?;
        if self.is_current(path, &target, product)? {
            return Ok(None);
        }
        self.prepare(path, &target).map_err(|error| OutputError::io("写入", &target, error))?;
        match product {
            Product::Made(bytes) if self.is_first => aside::create(&target, bytes),
            Product::Made(bytes) => aside::write(&target, bytes),
            Product::CopyOf(source) => copies::make(source, &target),
        }
        .map(Some)
        .map_err(|error| OutputError::io("写入", &target, error))
    }

    fn is_current(&self, path: &str, target: &Path, product: &Product) -> Result<bool, OutputError> {
        let found = self.survey.files.get(self.names.key(path).as_ref());
        if self.clean || found.is_none_or(|found| found.name != path) {
            return Ok(false);
        }
        let current = match product {
            Product::Made(bytes) => compare::holds(target, bytes),
            Product::CopyOf(source) => copies::current(source, target),
        };
        current.map_err(|error| OutputError::io("比较", target, error))
    }

    /// Notes a new name and makes room for it.
    fn prepare(&self, path: &str, target: &Path) -> io::Result<()> {
        let ours = |path: &str| self.owned.contains(self.names.key(path).as_ref());
        if !ours(path) {
            self.journal.note(path)?;
        }
        self.tree.make_way(&self.root, path, ours)?;
        self.tree.clear(&self.root, path, &self.survey, ours)?;
        // Where case does not count, a rename would keep the old spelling of the name,
        // and with it break on a server where case does count.
        match self.survey.files.get(self.names.key(path).as_ref()) {
            Some(found) if found.name != path && fs::symlink_metadata(target).is_ok() => fs::remove_file(target),
            _ => Ok(()),
        }
    }
}

/// How files were left. The disk is asked for those that were found right.
fn marks_of(root: &Path, taken: &[Taken]) -> Marks {
    let left = |Taken { path, left, .. }: &Taken| {
        let now = || fs::symlink_metadata(root.join(path.as_str())).ok().as_ref().and_then(Mark::of);
        (path.as_str().to_owned(), Left { mark: left.mark.or_else(now), ..*left })
    };
    Marks(taken.par_iter().map(left).collect())
}

/// What is there, was written by an earlier build, and is not part of this one.
fn list_stale<'a>(survey: &'a Survey, owned: &FxHashSet<String>, names: Names, taken: &[&str]) -> Vec<&'a str> {
    let taken: FxHashSet<_> = taken.iter().map(|path| names.key(path)).collect();
    let is_stale = |key: &String| owned.contains(key) && !taken.contains(key.as_str());
    let mut stale: Vec<&str> =
        survey.files.iter().filter(|(key, _)| is_stale(key)).map(|(_, found)| found.name.as_str()).collect();
    stale.sort_unstable();
    stale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::survey::Found;

    #[test]
    fn what_was_written_under_another_case_is_not_stale() {
        let names = Names { any_case: true };
        let files = [("a.html", "A.html"), ("b.html", "b.html"), ("mine.txt", "mine.txt")];
        let found = |name: &str| Found { name: name.to_owned(), mark: None };
        let files = files.map(|(key, name)| (key.to_owned(), found(name))).into_iter().collect();
        let survey = Survey { files, ..Survey::default() };
        let owned = ["a.html", "b.html"].map(str::to_owned).into_iter().collect();
        assert_eq!(list_stale(&survey, &owned, names, &["a.html"]), ["b.html"]);
    }
}
