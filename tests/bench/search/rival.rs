//! Pagefind on the same pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::corpus::files;
use crate::{Result, process, queries};

/// Asks Pagefind's own script, with files in the place of a server.
const DRIVER: &str = include_str!("pagefind.mjs");

/// Indexes the site of a root and asks it.
pub fn measure(pagefind: &Path, root: &Path) -> Result {
    let folder = root.join("pagefind");
    let mut command = Command::new(pagefind);
    command.arg("--site").arg(root.join("public")).arg("--output-path").arg(&folder).args(["--root-selector", "main"]);
    let spent = process::run(command.stdout(Stdio::null()))?;
    let mut parts: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    for (path, size) in files(&folder)? {
        let part =
            path.strip_prefix(&folder)?.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let entry = parts.entry(part.unwrap_or_default()).or_default();
        *entry = (entry.0 + size, entry.1 + 1);
    }
    let all: u64 = parts.values().map(|(size, _)| size).sum();
    let texts = parts.get("fragment").map_or(0, |(size, _)| *size);
    println!("  Pagefind: {spent}");
    println!("  Pagefind index: {:.1} MB, {:.1} MB without page text", all as f64 / 1e6, (all - texts) as f64 / 1e6);
    node(DRIVER, &folder, root)
}

/// Runs a script over a folder and the queries of a root, where there is node.
pub fn node(script: &str, folder: &Path, root: &Path) -> Result {
    let is_there = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        println!("    no node here: not measured");
        return Ok(());
    }
    let (driver, list) = (root.join("driver.mjs"), root.join("queries.json"));
    fs::write(&driver, script)?;
    fs::write(&list, serde_json::to_vec(&queries::of(root)?)?)?;
    process::run(Command::new("node").arg(&driver).arg(folder).arg(&list))?;
    Ok(())
}
