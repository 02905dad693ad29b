//! Small sites, targets to publish them to, and disks that fail.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiangtai::base::{Day, OutputPath, Product, Sink};
use jiangtai::publish::{
    Disk, Found, Holder, Note, PublishError, Published, RealDisk, Session, Standing, state, verify,
};
use tempfile::TempDir;

use crate::support::day;

/// The files of a site.
pub type Site = BTreeMap<String, String>;

/// How many releases are kept here.
pub const KEEP: usize = 3;

/// A site with a page that all have, one of its own, and one that says which it is.
pub fn site(name: &str) -> Site {
    let files = [
        ("index.html".to_owned(), format!("这是 {name}")),
        ("about.html".to_owned(), "每一版都一样".to_owned()),
        (format!("units/{name}/课件.pptx"), format!("{name} 的课件")),
        ("assets/site.css".to_owned(), "a{}".to_owned()),
    ];
    files.into_iter().collect()
}

/// A target that is gone when the test ends.
pub struct Target {
    _folder: Option<TempDir>,
    pub path: PathBuf,
    /// Whether `current` may be a link.
    pub links: bool,
}

impl Target {
    pub fn new(links: bool) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { path: folder.path().join("target"), _folder: Some(folder), links }
    }

    /// A target in a folder that somebody else keeps.
    pub fn at(path: PathBuf) -> Self {
        Self { _folder: None, path, links: true }
    }

    /// A target to which this site was published.
    pub fn with(links: bool, site: &Site) -> Self {
        let target = Self::new(links);
        target.publish(site).expect("published");
        target
    }

    pub fn open<'d>(&self, disk: &'d dyn Disk) -> Result<Session<'d>, PublishError> {
        // Other tests start programs, which hold this one's files for the blink of an
        // eye before they are themselves, and a lock with them.
        for _ in 0..50 {
            match Session::open(&self.path, disk, &holder("publish"), self.links) {
                Err(PublishError::Busy { .. }) => std::thread::sleep(std::time::Duration::from_millis(20)),
                result => return result,
            }
        }
        Session::open(&self.path, disk, &holder("publish"), self.links)
    }

    pub fn publish(&self, site: &Site) -> Result<Published, PublishError> {
        self.publish_on(&Quick, site)
    }

    pub fn publish_on(&self, disk: &dyn Disk, site: &Site) -> Result<Published, PublishError> {
        self.publish_at(disk, site, day("2026-01-08"))
    }

    /// What the command does, from the lock to the removal of old releases.
    pub fn publish_at(&self, disk: &dyn Disk, site: &Site, day: Day) -> Result<Published, PublishError> {
        let session = self.open(disk)?;
        let state = session.state()?;
        let (id, draft) = session.draft(&state, day)?;
        for (path, text) in site {
            draft.put(OutputPath::new(path.as_str()), Product::Made(text.as_bytes().to_vec()));
        }
        let sealed = draft.seal(&id, Note::new(&id), "更新记录".into(), &|_, _| {});
        let published = sealed.and_then(|sealed| session.publish(&id, sealed));
        if published.is_err() {
            let _ = session.abandon(&id);
        }
        let published = published?;
        session.prune(KEEP)?;
        Ok(published)
    }

    pub fn rollback(&self, to: Option<&str>) -> Result<Published, PublishError> {
        self.rollback_on(&Quick, to)
    }

    pub fn rollback_on(&self, disk: &dyn Disk, to: Option<&str>) -> Result<Published, PublishError> {
        self.open(disk)?.rollback(to)
    }

    /// What the next command finds and sets right.
    pub fn recover(&self) -> Vec<Found> {
        self.open(&Quick).expect("a target that can be set right").found.clone()
    }

    /// The site that is served, which must be whole.
    pub fn served(&self) -> Site {
        let current = self.path.join("current");
        let verdict = verify(&current).unwrap_or_else(|error| panic!("{error}: {:#?}", self.listing()));
        assert!(verdict.is_whole(), "{verdict:?}");
        let mut served = read(&current);
        for own in ["SHA256SUMS", "release.json", "changes.html"] {
            served.remove(own).unwrap_or_else(|| panic!("no {own}"));
        }
        served
    }

    /// Whether anything is served.
    pub fn serves(&self) -> bool {
        self.path.join("current").exists()
    }

    /// Fails unless every release is whole, one is current, and nothing is left lying about.
    pub fn expect_tidy(&self) {
        let state = state(&self.path).expect("a target");
        for release in &state.releases {
            let verdict = verify(&release.place).expect("a release");
            assert!(verdict.is_whole(), "{}: {verdict:?}", release.id);
        }
        assert!(!state.is_interrupted);
        match state.standing {
            Standing::Nothing => assert!(state.releases.is_empty(), "{:#?}", self.listing()),
            _ => assert!(state.current().is_some(), "{:#?}", self.listing()),
        }
        let hidden: Vec<String> = self.listing().into_iter().filter(|name| name.contains("/.")).collect();
        assert_eq!(hidden, ["releases/.lock"], "{:#?}", self.listing());
    }

    /// What lies in the target and in its folder of releases.
    pub fn listing(&self) -> Vec<String> {
        let names = |folder: &Path, prefix: &str| -> Vec<String> {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| format!("{prefix}{}", entry.file_name().to_string_lossy())).collect()
        };
        let mut all = names(&self.path, "./");
        all.retain(|name| name != "./current" && name != "./releases");
        all.extend(names(&self.path.join("releases"), "releases/"));
        all.sort();
        all
    }
}

pub fn holder(command: &str) -> Holder {
    Holder {
        command: command.to_owned(),
        host: "测试机".to_owned(),
        process: std::process::id(),
        since: "2026-01-08 09:30:12".to_owned(),
    }
}

/// All files below a folder with their text.
pub fn read(folder: &Path) -> Site {
    let mut found = Site::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned());
            }
        }
    }
    found
}

/// The disk without waiting for it: what is flushed when is looked at elsewhere.
pub struct Quick;

/// A disk under a program that is killed: after a number of steps, of which the last is
/// only half done, nothing more is done.
pub struct Dying {
    left: AtomicUsize,
    is_dead: AtomicBool,
}

impl Dying {
    pub fn after(steps: usize) -> Self {
        Self { left: AtomicUsize::new(steps), is_dead: AtomicBool::new(false) }
    }

    /// How many steps were not taken.
    pub fn left(&self) -> usize {
        self.left.load(Ordering::SeqCst)
    }

    fn step(&self, whole: impl FnOnce() -> io::Result<()>, half: impl FnOnce()) -> io::Result<()> {
        if self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return whole();
        }
        if !self.is_dead.swap(true, Ordering::SeqCst) {
            half();
        }
        Err(io::Error::other("killed"))
    }
}

/// Writes every step down.
#[derive(Default)]
pub struct Recording {
    pub steps: Mutex<Vec<String>>,
}

impl Recording {
    fn note(&self, step: String) {
        self.steps.lock().expect("no panic").push(step);
    }
}

/// A disk that refuses one kind of step.
pub struct Refusing {
    /// Which: `write`, `copy`, `link`, `point`, `rename`.
    pub step: &'static str,
    /// As what.
    pub kind: io::ErrorKind,
    /// How many of them it lets pass.
    pub after: AtomicUsize,
}

impl Refusing {
    pub fn new(step: &'static str, kind: io::ErrorKind, after: usize) -> Self {
        Self { step, kind, after: AtomicUsize::new(after) }
    }

    fn pass(&self, step: &str) -> io::Result<()> {
        let lets_pass =
            || self.after.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if step == self.step && !lets_pass() { Err(io::Error::from(self.kind)) } else { Ok(()) }
    }
}

impl Disk for Quick {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.make_folder(folder)
    }
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        RealDisk.write(file, bytes)
    }
    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        RealDisk.rewrite(file, bytes)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.copy(from, to)
    }
    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        RealDisk.link(file, name)
    }
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()> {
        RealDisk.point(folder, link)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        RealDisk.permit(path, permissions)
    }
    fn flush(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for Dying {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| Quick.make_folder(folder), || {})
    }
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || drop(Quick.write(file, &bytes[..bytes.len() / 2]));
        self.step(|| Quick.write(file, bytes), half)
    }
    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || drop(Quick.rewrite(file, &bytes[..bytes.len() / 2]));
        self.step(|| Quick.rewrite(file, bytes), half)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Quick.copy(from, to), || drop(Quick.write(to, b"")))
    }
    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.step(|| Quick.link(file, name), || {})
    }
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()> {
        self.step(|| Quick.point(folder, link), || {})
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Quick.rename(from, to), || {})
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        let half = || {
            // One file of a folder is gone, the others are still there.
            let first = path.is_dir().then(|| read(path).into_keys().next()).flatten();
            drop(first.map(|first| fs::remove_file(path.join(first))));
        };
        self.step(|| Quick.remove(path), half)
    }
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        self.step(|| Quick.permit(path, permissions), || {})
    }
    fn flush(&self, path: &Path) -> io::Result<()> {
        self.step(|| Quick.flush(path), || {})
    }
}

impl Disk for Recording {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.note(format!("folder {}", folder.display()));
        Quick.make_folder(folder)
    }
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.note(format!("write {}", file.display()));
        Quick.write(file, bytes)
    }
    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.note(format!("write {}", file.display()));
        Quick.rewrite(file, bytes)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.note(format!("write {}", to.display()));
        Quick.copy(from, to)
    }
    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.note(format!("link {}", name.display()));
        Quick.link(file, name)
    }
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()> {
        self.note(format!("point {}", link.display()));
        Quick.point(folder, link)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.note(format!("rename {}", to.display()));
        Quick.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.note(format!("remove {}", path.display()));
        Quick.remove(path)
    }
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        Quick.permit(path, permissions)
    }
    fn flush(&self, path: &Path) -> io::Result<()> {
        // A folder's own name may be written with a stroke at its end.
        self.note(format!("flush {}", path.display().to_string().trim_end_matches('/')));
        Quick.flush(path)
    }
}

impl Disk for Refusing {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        Quick.make_folder(folder)
    }
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.pass("write")?;
        Quick.write(file, bytes)
    }
    fn rewrite(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.pass("write")?;
        Quick.rewrite(file, bytes)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("copy")?;
        Quick.copy(from, to)
    }
    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.pass("link")?;
        Quick.link(file, name)
    }
    fn point(&self, folder: &Path, link: &Path) -> io::Result<()> {
        self.pass("point")?;
        Quick.point(folder, link)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("rename")?;
        Quick.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Quick.remove(path)
    }
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        Quick.permit(path, permissions)
    }
    fn flush(&self, _path: &Path) -> io::Result<()> {
        self.pass("flush")
    }
}
