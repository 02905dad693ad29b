//! Waiting for a change.
//!
//! What the system reports is taken for a bell and nothing more: reports come twice,
//! late, or not at all (a file written into a folder that is a moment old), and a
//! rebuild rereads everything anyway. So reports are gathered until they pause.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{CreateKind, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::poll::{self, Mark};
use super::scope::Scope;
use super::{Event, Options, Tell};

/// How long reports must pause before a rebuild begins. Saving a file is three or
/// four reports within a millisecond or two, and an edit should be seen at once; what
/// takes longer to write causes a second rebuild and no harm.
const PAUSE: Duration = Duration::from_millis(6);

/// How long a rebuild is put off at most while reports keep coming.
const PATIENCE: Duration = Duration::from_millis(300);

/// When to look again after a folder was made: files written into it before the
/// system began to watch it were not reported.
const AFTER_FOLDER: Duration = Duration::from_millis(200);

/// How often to look when the system turns out to be unable to report.
const FALLBACK: Duration = Duration::from_secs(2);

/// What comes through to the waiting thread.
enum Ring {
    /// Something changed, at these paths as far as is known.
    Changed { paths: Vec<PathBuf>, new_folder: bool, reshaped: bool },
    /// The system cannot watch everything, and why.
    Broken(String),
}

/// Waits for changes by whatever means this machine has.
pub struct Watch {
    scope: Arc<Scope>,
    sender: Sender<Ring>,
    receiver: Receiver<Ring>,
    /// The system's reports, unless the disk is polled.
    reports: Option<Reports>,
    /// Whether the disk is polled.
    polled: bool,
    /// When to wake even if nothing is reported.
    later: Option<Instant>,
    tell: Tell,
}

struct Reports {
    watcher: RecommendedWatcher,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watch {
    /// Begins to watch. Whatever goes wrong is told and got round by polling.
    pub fn begin(options: &Options, tell: &Tell) -> Self {
        let scope = Arc::new(Scope::new(&options.watch, &options.folder));
        let (sender, receiver) = mpsc::channel();
        let mut watch =
            Self { scope, sender, receiver, reports: None, polled: false, later: None, tell: Arc::clone(tell) };
        match options.poll {
            Some(every) => watch.poll(every.max(PAUSE)),
            None => watch.listen(),
        }
        if let Some(since) = options.since {
            watch.catch_up(since);
        }
        watch
    }

    /// Blocks until something changed and has come to rest; gives what is known of
    /// where. `None` when nothing can ever come again.
    pub fn wait(&mut self) -> Option<Vec<PathBuf>> {
        let mut paths = BTreeSet::new();
        let mut reshaped = false;
        let mut next = match self.first() {
            Ok(ring) => Some(ring),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let end = Instant::now() + PATIENCE;
        while let Some(ring) = next.take() {
            match ring {
                Ring::Changed { paths: more, new_folder, reshaped: other } => {
                    paths.extend(more);
                    reshaped |= other;
                    self.later = new_folder.then(|| Instant::now() + AFTER_FOLDER).or(self.later);
                }
                Ring::Broken(why) => self.fall_back(&why),
            }
            let left = end.saturating_duration_since(Instant::now()).min(PAUSE);
            next = if left.is_zero() { None } else { self.receiver.recv_timeout(left).ok() };
        }
        if reshaped {
            self.arm();
        }
        Some(paths.into_iter().collect())
    }

    fn first(&mut self) -> Result<Ring, RecvTimeoutError> {
        let Some(at) = self.later else {
            return self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected);
        };
        let result = self.receiver.recv_timeout(at.saturating_duration_since(Instant::now()));
        if matches!(result, Err(RecvTimeoutError::Timeout)) {
            self.later = None;
        }
        result
    }

    fn listen(&mut self) {
        let (scope, sender) = (Arc::clone(&self.scope), self.sender.clone());
        let watcher = notify::recommended_watcher(move |report| {
            if let Some(ring) = ring(&scope, report) {
                // Nobody waits any more when the preview is ending.
                let _ = sender.send(ring);
            }
        });
        match watcher {
            Ok(watcher) => {
                self.reports = Some(Reports { watcher, watched: BTreeMap::new() });
                self.arm();
            }
            Err(error) => self.fall_back(&error.to_string()),
        }
    }

    /// Watches what exists now of what is wanted.
    fn arm(&mut self) {
        let Some(reports) = &mut self.reports else { return };
        if let Err(error) = reports.arm(&self.scope) {
            self.fall_back(&error.to_string());
        }
    }

    fn fall_back(&mut self, why: &str) {
        self.reports = None;
        if self.polled {
            return;
        }
        let every = FALLBACK.as_secs();
        let message = format!("系统不能监视全部文件（{why}），改为每 {every} 秒查看一次");
        (self.tell)(Event::Note { message });
        self.poll(FALLBACK);
    }

    fn poll(&mut self, every: Duration) {
        self.polled = true;
        let sender = self.sender.clone();
        let ring = move |paths| sender.send(Ring::Changed { paths, new_folder: false, reshaped: false }).is_ok();
        if let Err(error) = poll::begin(Arc::clone(&self.scope), every, ring) {
            (self.tell)(Event::Note {
                message: format!("不能监视文件（{error}），改动后请重新启动预览")
            });
        }
    }

    /// Rings for what was written while the first build was reading.
    fn catch_up(&self, since: SystemTime) {
        let newer = |mark: &Mark| matches!(mark, Mark::File(_, Some(time)) if *time > since);
        let paths: Vec<PathBuf> =
            poll::look(&self.scope).into_iter().filter(|(_, mark)| newer(mark)).map(|(path, _)| path).collect();
        if !paths.is_empty() {
            let _ = self.sender.send(Ring::Changed { paths, new_folder: false, reshaped: false });
        }
    }
}

impl Reports {
    /// A folder is watched with everything in it, and also from the folder above, by
    /// which its coming, going and coming back is noticed. A file is watched from
    /// above only: editors replace files, and a watch would stay with the old one.
    fn arm(&mut self, scope: &Scope) -> notify::Result<()> {
        let mut wanted = BTreeMap::new();
        for path in scope.watched() {
            if let Some(above) = path.ancestors().skip(1).find(|above| above.is_dir()) {
                wanted.entry(above.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
            }
            if path.is_dir() {
                wanted.insert(path.clone(), RecursiveMode::Recursive);
            }
        }
        for path in self.watched.keys() {
            // A watch whose folder is gone is gone with it.
            let _ = self.watcher.unwatch(path);
        }
        self.watched.clear();
        for (path, mode) in wanted {
            self.watch(&path, mode)?;
            self.watched.insert(path, mode);
        }
        Ok(())
    }

    /// A folder that vanishes while it is being watched will be noticed from above.
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self.watcher.watch(path, mode) {
            Err(_) if !path.exists() => Ok(()),
            result => result,
        }
    }
}

/// What a report means for us. Reading is reported too, and a build reads everything:
/// without turning that away, every build would call for the next.
fn ring(scope: &Scope, report: notify::Result<notify::Event>) -> Option<Ring> {
    let event = match report {
        Ok(event) => event,
        Err(error) => return Some(Ring::Broken(error.to_string())),
    };
    if event.need_rescan() {
        return Some(Ring::Changed { paths: Vec::new(), new_folder: false, reshaped: true });
    }
    if event.kind.is_access() {
        return None;
    }
    let moves =
        matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let reshaped = moves && event.paths.iter().any(|path| scope.shapes(path) && !path.is_file());
    let new_folder = event.kind == EventKind::Create(CreateKind::Folder);
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| scope.concerns(path)).collect();
    (reshaped || !paths.is_empty()).then_some(Ring::Changed { paths, new_folder, reshaped })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_system_that_cannot_watch_everything_is_polled_and_that_is_said_once() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        fs::create_dir(root.path().join("content"))?;
        let options = Options {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            open: false,
            poll: None,
            watch: vec![root.path().join("content")],
            since: None,
            folder: root.path().join("public"),
        };
        let notes = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&notes);
        let tell: Tell = Arc::new(move |event| told.lock().unwrap().push(event));
        let mut watch = Watch::begin(&options, &tell);
        assert!(!watch.polled);
        watch.sender.send(Ring::Broken("上限".to_owned())).unwrap();
        watch.sender.send(Ring::Broken("上限".to_owned())).unwrap();
        assert_eq!(watch.wait(), Some(Vec::new()), "what was missed is built at once");
        assert!(watch.polled && watch.reports.is_none());
        assert_eq!(notes.lock().unwrap().len(), 1);
        Ok(())
    }
}
