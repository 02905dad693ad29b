//! Opening the reader's browser.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

use super::{Event, Tell};

/// Opens the address in the browser of this machine. A machine without one can still
/// be previewed from by hand, so failing is only told.
pub fn open(url: &str, tell: &Tell) {
    if let Err(error) = launch(url) {
        tell(Event::Note { message: format!("没能打开浏览器（{error}），请自己打开 {url}") });
    }
}

fn launch(url: &str) -> io::Result<()> {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" })
    };
    let mut child = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // The launcher is waited for elsewhere, so that it does not stay as a zombie.
    thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait())?;
    Ok(())
}
