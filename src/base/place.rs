//! Where something was written.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A file of the library as the writer knows it: relative to the root, with
/// forward slashes on every system, for example
/// `content/units/chengdong/2025/plan.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a relative path that already uses forward slashes.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, with its extension.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension; a name such as `.env` has no extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The extension in lower case without its dot, or an empty text.
    pub fn extension(&self) -> String {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => name[dot + 1..].to_lowercase(),
            _ => String::new(),
        }
    }

    /// The folder that the file lies in; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }

    /// The path of `relative` as seen from this file's folder, with `.` and `..`
    /// resolved; `None` when it climbs out of the root.
    pub fn join_from_folder(&self, relative: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Some(SourcePath::new(parts.join("/")))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A stretch of one line of a file. Lines and columns count from one, columns in
/// characters; a line of zero stands for the whole file, a column of zero for the
/// whole line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// The line, from one; zero for the whole file.
    pub line: u32,
    /// The first character, from one; zero for the whole line.
    pub column: u32,
    /// How many characters the stretch has.
    pub length: u32,
}

impl Place {
    /// The whole file.
    pub fn file(file: &SourcePath) -> Self {
        Self { file: file.clone(), line: 0, column: 0, length: 0 }
    }

    /// A whole line.
    pub fn line(file: &SourcePath, line: u32) -> Self {
        Self { file: file.clone(), line, column: 0, length: 0 }
    }

    /// A stretch of a line.
    pub fn at(file: &SourcePath, line: u32, column: u32, length: u32) -> Self {
        Self { file: file.clone(), line, column, length }
    }
}

/// A value together with where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Located<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}
