//! How long something takes, and how much memory it has at most.

use std::fs;
use std::io;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

/// How often a process is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Runs a program to its end; gives the time and the most memory it had, in kilobytes.
///
/// # Errors
///
/// When it cannot be started or does not end well.
pub fn run(command: &mut Command) -> io::Result<(Duration, u64)> {
    let begun = Instant::now();
    let mut child: Child = command.spawn()?;
    let mut most = 0;
    let status = loop {
        most = most.max(memory(&child.id().to_string(), "VmHWM:").unwrap_or(0));
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(GLANCE),
        }
    };
    if status.success() { Ok((begun.elapsed(), most)) } else { Err(io::Error::other(format!("ended with {status}"))) }
}

/// The memory of a process, in kilobytes: `VmHWM:` the most it had, `VmRSS:` what it has.
pub fn memory(process: &str, what: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find(|line| line.starts_with(what))?.split_whitespace().nth(1)?.parse().ok()
}

/// Lets the most memory of this process count anew from what it has now.
pub fn forget_peak() {
    // Where this is not allowed, the figure is larger than it need be.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
