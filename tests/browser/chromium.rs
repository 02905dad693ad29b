//! Finding, starting and ending a Chromium.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::json;
use tempfile::TempDir;

use crate::devtools::Client;
use crate::page::Page;
use crate::{LONG, Result};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
];

/// The browser to use, if there is one.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("JIANGTAI_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// A running browser, which ends with this value.
pub struct Browser {
    child: Child,
    client: Client,
    /// Everything it remembers; removed with it.
    _profile: TempDir,
}

impl Browser {
    pub fn start(program: &Path) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let mut child = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        match listening(&profile.path().join("DevToolsActivePort"), &mut child) {
            Ok(client) => Ok(Self { child, client, _profile: profile }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(format!("{}: {error}", program.display()).into())
            }
        }
    }

    /// A new page that knows nothing of those before it.
    pub fn page(&mut self) -> Result<Page<'_>> {
        Page::open(&mut self.client)
    }

    /// Asks it to end, which the helper processes hear of as well, and waits.
    pub fn close(mut self) {
        let _ = self.client.call("", "Browser.close", json!({}));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for the file in which the browser says where it listens.
fn listening(file: &Path, child: &mut Child) -> Result<Client> {
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        if let Some(status) = child.try_wait()? {
            return Err(format!("ended at once: {status}").into());
        }
        let text = fs::read_to_string(file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| path.starts_with("/devtools/browser/")) {
            return Client::connect(port.parse()?, path.trim());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err("never said where it listens".into())
}
