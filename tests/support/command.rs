//! The binary in a temporary root.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A root with the files of a library, gone when the test ends.
pub struct Root {
    folder: TempDir,
}

/// What a command did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The one JSON object on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// The last line for people.
    pub fn last(&self) -> &str {
        self.err.lines().last().unwrap_or_default()
    }

    /// Fails the test unless the command ended so.
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }
}

impl Root {
    /// A root with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let root = Self { folder: TempDir::new().expect("a temporary folder") };
        for (path, text) in files {
            root.write(path, text.as_bytes());
        }
        root
    }

    /// A root with one good lesson.
    pub fn with_lesson() -> Self {
        Self::new(&[(LESSON, "---\n标题: 夜间巡查小窍门\n---\n\n先看灯，再看门。\n")])
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs the binary here, without colour and without the user's settings.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Runs the binary in a folder below the root.
    pub fn run_below(&self, folder: &str, arguments: &[&str]) -> Ran {
        self.start(folder, arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        self.start("", arguments, environment)
    }

    fn start(&self, folder: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiangtai"));
        command.args(arguments).current_dir(self.path(folder)).env_remove("NO_COLOR");
        for (name, value) in environment {
            command.env(name, value);
        }
        let output = command.output().expect("the binary runs");
        Ran {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// All files below a folder with their bytes.
    pub fn tree(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let top = self.path(name);
        let mut folders = vec![top.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.map(|entry| entry.expect("an entry").path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    found.insert(relative(&entry, &top), fs::read(&entry).expect("a file can be read"));
                }
            }
        }
        found
    }
}

/// The lesson of [`Root::with_lesson`], and its page.
pub const LESSON: &str = "content/units/城东分局/2025/lessons/夜间巡查小窍门.md";
pub const PAGE: &str = "public/units/cheng-dong-fen-ju/2025/ye-jian-xun-cha-xiao-qiao-men.html";

fn relative(path: &Path, top: &Path) -> String {
    let below = path.strip_prefix(top).expect("below the top");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The keys of a JSON object in their order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|map| map.keys().map(String::as_str).collect()).unwrap_or_default()
}
