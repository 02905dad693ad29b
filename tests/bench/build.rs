//! How long a build takes and how much memory it needs, stage by stage.
//!
//! `cargo bench --bench build` measures the sample library; `JIANGTAI_BENCH=DIR` names
//! the root of another library. Output goes to memory and is dropped, so that the disk
//! does not count. Nothing is asserted: figures are for people.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiangtai::base::Discard;
use jiangtai::base::{Day, Findings};
use jiangtai::config::{self, Flags};
use jiangtai::pipeline::{self, Job};
use jiangtai::{source, theme};

const RUNS: usize = 7;

fn main() {
    let root =
        std::env::var_os("JIANGTAI_BENCH").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let mut rows: Vec<Vec<(&'static str, Duration)>> = Vec::new();
    let mut pages = 0;
    for _ in 0..RUNS {
        let (row, made) = once(&root);
        rows.push(row);
        pages = made;
    }
    println!("{}: {pages} pages, {RUNS} runs, median", root.display());
    for (at, (name, _)) in rows[0].iter().enumerate() {
        let mut times: Vec<Duration> = rows.iter().map(|row| row[at].1).collect();
        times.sort();
        println!("  {name:<12} {:>8.1} ms", times[RUNS / 2].as_secs_f64() * 1000.0);
    }
    match peak() {
        Some(kilobytes) => println!("  peak memory  {:>8.1} MB", kilobytes as f64 / 1024.0),
        None => println!("  peak memory  unknown on this system"),
    }
}

fn once(root: &Path) -> (Vec<(&'static str, Duration)>, usize) {
    let begun = Instant::now();
    let sources = source::read(root, "content").expect("a library");
    let mut settings = Findings::default();
    let today = Day::new(2025, 12, 31).expect("a day");
    let config = config::load(&sources, &Flags::default(), today, &mut settings);
    let theme = theme::load(&config.theme, &root.join("themes"), &root.join("templates")).expect("a theme");
    let reading = begun.elapsed();
    let job = Job { sources: &sources, settings, config: &config, theme: &theme };
    let built = pipeline::build(job, &|_, _| {}, &Discard);
    let mut row = vec![("读取文件", reading)];
    row.extend(built.timings.stages.iter().map(|(stage, time)| (stage.name(), *time)));
    row.push(("合计", begun.elapsed()));
    (row, built.rendered.pages)
}

/// The most memory that the process ever had, in kilobytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
