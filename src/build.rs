//! Tells cargo that the binary carries the default theme and the sample library, so
//! that it is built anew when one of their files changes, and gives the program a name
//! that changes with everything it is made of: what another program remembered is not
//! believed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=content");
    let mut files = Vec::new();
    for part in ["Cargo.lock", "src", "themes/default"] {
        println!("cargo::rerun-if-changed={part}");
        gather(Path::new(part), &mut files)?;
    }
    files.sort();
    // Its keys are always the same, so that the same sources have the same name.
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.to_string_lossy().replace('\\', "/").hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    println!("cargo::rustc-env=JIANGTAI_PROGRAM={:016x}", hasher.finish());
    Ok(())
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.extend(path.is_file().then(|| path.to_path_buf()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        gather(&entry?.path(), files)?;
    }
    Ok(())
}
