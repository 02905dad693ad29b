//! Reads a theme: first what the binary carries, then what lies in the root.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::assets::Bundle;
use super::{Template, Theme};
use crate::records;
use crate::source::files_below;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Why a theme could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// The file or folder.
    pub path: String,
    /// The line, where one can be told; else zero.
    pub line: u32,
    /// What is wrong.
    pub cause: String,
}

impl fmt::Display for ThemeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}：{}", self.path, self.cause),
            line => write!(formatter, "{}:{line}：{}", self.path, self.cause),
        }
    }
}

impl std::error::Error for ThemeError {}

/// A file of a theme: its name within it, where it comes from, its content.
struct Part {
    origin: String,
    bytes: Vec<u8>,
}

/// Reads the theme `name`. `themes` is the folder of themes, `templates` a folder
/// whose templates go before all.
///
/// # Errors
/// When a theme is named that there is not, or one of its files cannot be read.
pub fn load(name: &str, themes: &Path, templates: &Path) -> Result<Theme, ThemeError> {
    let mut parts = embedded();
    let folder = themes.join(name);
    if folder.is_dir() {
        overlay(&mut parts, &folder, "")?;
    } else if name != "default" {
        let cause = "没有这个主题。请核对站点设置里的“主题”，或用 --theme 写对名称".to_owned();
        return Err(ThemeError { path: folder.display().to_string(), line: 0, cause });
    }
    if templates.is_dir() {
        overlay(&mut parts, templates, "templates/")?;
    }
    assemble(parts)
}

fn embedded() -> BTreeMap<String, Part> {
    let mut parts = BTreeMap::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let origin = format!("themes/default/{name}");
            parts.insert(name, Part { origin, bytes: file.contents().to_vec() });
        }
    }
    parts
}

/// Lays the files of a folder over those that are there, file by file.
fn overlay(parts: &mut BTreeMap<String, Part>, folder: &Path, prefix: &str) -> Result<(), ThemeError> {
    let failed = |path: &Path, cause: String| ThemeError { path: path.display().to_string(), line: 0, cause };
    for (name, disk) in files_below(folder).map_err(|error| failed(&error.path, error.cause))?.files {
        if name.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let bytes = std::fs::read(&disk).map_err(|error| failed(&disk, error.to_string()))?;
        parts.insert(format!("{prefix}{name}"), Part { origin: disk.display().to_string(), bytes });
    }
    Ok(())
}

fn assemble(parts: BTreeMap<String, Part>) -> Result<Theme, ThemeError> {
    let mut theme = Theme::default();
    let mut assets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut languages: Vec<(String, Part)> = Vec::new();
    for (name, part) in parts {
        if let Some(template) = name.strip_prefix("templates/") {
            let text = text_of(&part)?;
            theme.templates.push(Template { name: template.to_owned(), text, origin: part.origin });
        } else if let Some(language) = name.strip_prefix("strings/").and_then(|file| file.strip_suffix(".yaml")) {
            languages.push((language.to_owned(), part));
        } else if let Some(asset) = name.strip_prefix("assets/") {
            assets.insert(asset.to_owned(), part.bytes);
        }
    }
    // The words are the dearest part of a theme to read, so each language has a thread.
    let words: Result<Vec<_>, ThemeError> = languages.into_par_iter().map(read_words).collect();
    theme.strings = words?.into_iter().collect();
    theme.assets = Bundle::new(&assets);
    Ok(theme)
}

fn read_words((language, part): (String, Part)) -> Result<(String, serde_json::Value), ThemeError> {
    let failed = |(line, cause)| ThemeError { path: part.origin.clone(), line, cause };
    Ok((language, records::tree(&text_of(&part)?).map_err(failed)?))
}

fn text_of(part: &Part) -> Result<String, ThemeError> {
    let text = std::str::from_utf8(&part.bytes).map_err(|_| ThemeError {
        path: part.origin.clone(),
        line: 0,
        cause: "不是 UTF-8 文字".to_owned(),
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every page carries; sheets and scripts for some pages come on top.
    #[test]
    fn styles_and_scripts_of_every_page_stay_below_forty_kilobytes() {
        let nowhere = Path::new("nowhere");
        let assets = load("default", nowhere, nowhere).expect("the theme in the binary").assets;
        for path in [&assets.css, &assets.js] {
            let size = assets.files.iter().find(|asset| asset.path == *path).map(|asset| asset.bytes.len());
            assert!(size.is_some_and(|size| size > 10_000 && size <= 40 * 1024), "{path} has {size:?} bytes");
        }
        assert_eq!(assets.scripts.keys().collect::<Vec<_>>(), ["results", "search", "service", "slides"]);
    }
}
