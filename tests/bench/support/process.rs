//! How long something takes, and how much memory it has at most.

use std::fs;
use std::io;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

/// How often a process is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// What a program took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    /// By the clock on the wall.
    pub time: Duration,
    /// Of all processors together, which a busy machine lengthens less.
    pub processor: Duration,
    /// The most memory it had, in kilobytes.
    pub memory: u64,
}

impl std::fmt::Display for Spent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (time, processor) = (self.time.as_secs_f64(), self.processor.as_secs_f64());
        write!(formatter, "{time:.1} s, {processor:.1} s of processors, peak {} MB", self.memory / 1024)
    }
}

/// Runs a program to its end.
///
/// # Errors
///
/// When it cannot be started or does not end well.
pub fn run(command: &mut Command) -> io::Result<Spent> {
    let begun = Instant::now();
    let mut child: Child = command.spawn()?;
    let process = child.id().to_string();
    let mut spent = Spent::default();
    let status = loop {
        spent.memory = spent.memory.max(memory(&process, "VmHWM:").unwrap_or(0));
        spent.processor = processor(&process).unwrap_or(spent.processor);
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(GLANCE),
        }
    };
    spent.time = begun.elapsed();
    if status.success() { Ok(spent) } else { Err(io::Error::other(format!("ended with {status}"))) }
}

/// The time that all processors gave to a process.
pub fn processor(process: &str) -> Option<Duration> {
    let told = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, which may hold anything, ends at the last bracket.
    let mut fields = told.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // Linux tells it in hundredths of a second.
    (ticks > 0).then(|| Duration::from_millis(ticks * 10))
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
