//! The preview: shows the built site in a browser and keeps it up to date.
//!
//! The room is told nothing of how a site is made. It waits for a change, calls a
//! closure that rereads and rebuilds, and tells the browser what came of it:
//!
//! ```text
//! watch ──wakes──▶ work ──rebuilds──▶ hub ──events──▶ browser
//!                                      site ──files──▶ browser
//! ```
//!
//! Watching and rebuilding have one thread of their own, and the web server another,
//! so a long build never makes a page wait; the page that was last built well stays
//! until the next one is. Files on disk are never touched: the script that reloads
//! a page is put in on the way to the browser.
//!
//! A finished site can be shown as well ([`show`]): as it is, with the headers of
//! [`policy`], and without any of the above.

mod accept;
mod browser;
mod events;
mod files;
mod guard;
mod hub;
mod inject;
pub mod kinds;
mod listen;
mod locate;
pub mod policy;
mod poll;
mod release;
mod scope;
mod site;
mod watch;
mod work;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use axum::Router;
use serde::Serialize;
use tokio::runtime;

pub use listen::ServeError;

use accept::Bounds;
use hub::Hub;
use site::Site;
use watch::Watch;

/// What is served, where, and what is watched.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address of this machine to listen on; the loopback address keeps the
    /// preview to this machine.
    pub bind: IpAddr,
    /// The port wanted; when it is taken, the next free one is used.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// Look at the files again every so often instead of waiting for the system to
    /// report changes, which network disks do not.
    pub poll: Option<Duration>,
    /// Folders and files whose change calls for a rebuild. They need not exist yet.
    pub watch: Vec<PathBuf>,
    /// When the first build began to read. What changed after that was perhaps not
    /// seen by it, and is looked for when watching begins.
    pub since: Option<SystemTime>,
    /// The built site.
    pub folder: PathBuf,
}

/// What a rebuild tells the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether any file of the site differs from before, so that pages reload.
    pub changed: bool,
    /// What is to be mended in the library.
    pub problems: Vec<ProblemNote>,
    /// Why there is no new site at all: an error in the theme or the settings. The
    /// last good page stays, with this shown over it.
    pub failure: Option<String>,
    /// One line about the build.
    pub summary: String,
    /// Whether a page that was shown early ([`Soon::Pages`]) turned out otherwise.
    pub anew: bool,
}

/// What a rebuild can tell before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soon<'o> {
    /// These pages, by their addresses from the top of the site, are as they will be.
    Pages(&'o [String]),
    /// All pages are; what is left is something that hardly a reader looks at.
    All(&'o Outcome),
}

/// Who hears of it.
pub type Herald<'h> = &'h dyn Fn(Soon<'_>);

/// A problem, in words, as the browser shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProblemNote {
    /// `error`, `warning` or `hint`.
    pub severity: String,
    /// The rule, such as `E112`.
    pub code: String,
    /// The file and the line.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// How to write it right.
    pub remedy: String,
}

/// Makes the site anew. The paths are those that woke it, made absolute; they may be
/// none and they may not be all, so they are good for words and for what is shown early,
/// and never for deciding what the rebuild itself reads.
pub trait Rebuild: Send {
    /// Rereads everything and writes what differs, and tells early what can be told.
    fn rebuild(&mut self, changed: &[PathBuf], soon: Herald<'_>) -> Outcome;
}

impl<F: FnMut(&[PathBuf], Herald<'_>) -> Outcome + Send> Rebuild for F {
    fn rebuild(&mut self, changed: &[PathBuf], soon: Herald<'_>) -> Outcome {
        self(changed, soon)
    }
}

/// What the command line may want to print; the preview itself prints nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The port asked for was taken by another program.
    PortTaken {
        /// The one asked for.
        wanted: u16,
        /// The one used instead.
        used: u16,
    },
    /// The site can be looked at.
    Listening {
        /// Where.
        url: String,
    },
    /// The site was made anew.
    Rebuilt {
        /// What the build says of itself.
        summary: String,
        /// How long it took, in milliseconds.
        ms: u128,
        /// Whether any file of the site differs from before.
        changed: bool,
    },
    /// The site could not be made anew; the last one stays.
    Failed {
        /// Why.
        message: String,
    },
    /// Something that people should know and that stops nothing.
    Note {
        /// What.
        message: String,
    },
}

/// How a preview came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// By Ctrl-C.
    Interrupted,
}

/// Answers a search.
type Ask = Arc<dyn Fn(&[(String, String)]) -> io::Result<String> + Send + Sync>;

/// How the rooms below speak to the command line.
type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// Serves the folder, whose first build is done, until Ctrl-C. `ask` answers a search,
/// given the names and values of its address, with JSON.
pub fn run(
    options: Options,
    first: Outcome,
    rebuilder: impl Rebuild + 'static,
    ask: impl Fn(&[(String, String)]) -> io::Result<String> + Send + Sync + 'static,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> Result<Stopped, ServeError> {
    let tell: Tell = Arc::new(tell);
    let (listener, address) = listen::bind(options.bind, options.port)?;
    let hub = Arc::new(Hub::new(first));
    let watch = Watch::begin(&options, &tell);
    let worker = (Arc::clone(&hub), Arc::clone(&tell));
    thread::Builder::new()
        .name("rebuild".to_owned())
        .spawn(move || work::run(watch, rebuilder, &worker.0, &worker.1))
        .map_err(ServeError::System)?;
    let site = Site { folder: options.folder, hub, only_local: options.bind.is_loopback(), ask: Arc::new(ask) };
    hold(listener, site::router(site), || announce(options.port, address, options.open, &tell))
}

/// A finished site and where it is shown.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The address of this machine to listen on.
    pub bind: IpAddr,
    /// The port wanted; when it is taken, the next free one is used.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// The site. It may be a link that is switched to another site meanwhile.
    pub folder: PathBuf,
}

/// Shows a finished site as it is, until Ctrl-C: nothing is built, watched or changed.
pub fn show(finished: Finished, tell: impl Fn(Event) + Send + Sync + 'static) -> Result<Stopped, ServeError> {
    let tell: Tell = Arc::new(tell);
    let (listener, address) = listen::bind(finished.bind, finished.port)?;
    let router = release::router(finished.folder, finished.bind.is_loopback());
    hold(listener, router, || announce(finished.port, address, finished.open, &tell))
}

/// Answers until Ctrl-C.
fn hold(listener: TcpListener, router: Router, announce: impl FnOnce()) -> Result<Stopped, ServeError> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::System)?;
    let result = runtime.block_on(async {
        let serving = accept::serve(listener, router, Bounds::default());
        announce();
        tokio::select! {
            ended = serving => ended,
            signal = tokio::signal::ctrl_c() => signal.map_err(ServeError::System),
        }
    });
    // Open event streams never end by themselves, so nobody is waited for.
    runtime.shutdown_background();
    result.map(|()| Stopped::Interrupted)
}

fn announce(wanted: u16, address: SocketAddr, open: bool, tell: &Tell) {
    if wanted != 0 && wanted != address.port() {
        tell(Event::PortTaken { wanted, used: address.port() });
    }
    let url = listen::url(address);
    tell(Event::Listening { url: url.clone() });
    if open {
        browser::open(&url, tell);
    }
}
