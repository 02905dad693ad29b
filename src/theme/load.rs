//! Reads a theme: first what the binary carries, then what lies in the root. Files are
//! laid over one another file by file, words key by key.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::assets::Bundle;
use super::words::{Words, lay_over};
use super::{Template, Theme};
use crate::records;
use crate::source::files_below;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// The themes in the binary besides the default one, over which they lie.
const SHIPPED: [(&str, &Dir<'_>); 1] = [("plain", &PLAIN)];

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

/// A file of a theme: where it comes from, its content.
pub(super) struct Part {
    pub(super) origin: String,
    pub(super) bytes: Vec<u8>,
}

/// The files of a theme by their name within it. Of words all that were laid over one
/// another are kept, the lowest first; of other files the last.
#[derive(Default)]
struct Parts {
    files: BTreeMap<String, Part>,
    words: BTreeMap<String, Vec<Part>>,
}

impl Parts {
    fn put(&mut self, name: String, part: Part) {
        match name.strip_prefix("strings/").and_then(|file| file.strip_suffix(".yaml")) {
            Some(language) => self.words.entry(language.to_owned()).or_default().push(part),
            None => drop(self.files.insert(name, part)),
        }
    }

    /// Lays a theme of the binary over what is there.
    fn embedded(&mut self, theme: &str, dir: &Dir<'_>) {
        let mut folders = vec![dir];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let name = file.path().to_string_lossy().replace('\\', "/");
                let origin = format!("themes/{theme}/{name}");
                self.put(name, Part { origin, bytes: file.contents().to_vec() });
            }
        }
    }

    /// Lays the files of a folder over what is there.
    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<(), ThemeError> {
        let failed = |path: &Path, cause: String| ThemeError { path: path.display().to_string(), line: 0, cause };
        for (name, disk) in files_below(folder).map_err(|error| failed(&error.path, error.cause))?.files {
            if name.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            let bytes = std::fs::read(&disk).map_err(|error| failed(&disk, error.to_string()))?;
            self.put(format!("{prefix}{name}"), Part { origin: disk.display().to_string(), bytes });
        }
        Ok(())
    }
}

/// Reads the theme `name`. `themes` is the folder of themes, `templates` a folder
/// whose templates go before all.
///
/// # Errors
/// When a theme is named that there is not, or one of its files cannot be read.
pub fn load(name: &str, themes: &Path, templates: &Path) -> Result<Theme, ThemeError> {
    let mut parts = Parts::default();
    parts.embedded("default", &DEFAULT);
    let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
    if let Some((_, dir)) = shipped {
        parts.embedded(name, dir);
    }
    let folder = themes.join(name);
    if folder.is_dir() {
        parts.folder(&folder, "")?;
    } else if shipped.is_none() && name != "default" {
        let cause = format!(
            "没有这个主题，可用的有：{}。请核对站点设置里的“主题”，或用 --theme 写对名称",
            available(themes).join("、")
        );
        return Err(ThemeError { path: folder.display().to_string(), line: 0, cause });
    }
    if templates.is_dir() {
        parts.folder(templates, "templates/")?;
    }
    assemble(parts)
}

/// The themes that may be named: those of the binary and the folders of the root.
fn available(themes: &Path) -> Vec<String> {
    let mut names = vec!["default".to_owned()];
    names.extend(SHIPPED.iter().map(|(name, _)| (*name).to_owned()));
    let folders = std::fs::read_dir(themes).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
    names
        .extend(folders.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| !name.starts_with('.')));
    names.sort();
    names.dedup();
    names
}

fn assemble(parts: Parts) -> Result<Theme, ThemeError> {
    let mut theme = Theme::default();
    let mut assets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, part) in parts.files {
        if let Some(template) = name.strip_prefix("templates/") {
            let text = text_of(&part)?;
            theme.templates.push(Template { name: template.to_owned(), text, origin: part.origin });
        } else if let Some(asset) = name.strip_prefix("assets/") {
            assets.insert(asset.to_owned(), part.bytes);
        }
    }
    // The words are the dearest part of a theme to read, so each language has a thread.
    let words: Result<Vec<_>, ThemeError> = parts.words.into_par_iter().map(read_words).collect();
    theme.strings = words?.into_iter().collect();
    theme.assets = Bundle::new(&assets);
    Ok(theme)
}

/// The words of a language: the lowest file, with what the others say otherwise.
fn read_words((language, parts): (String, Vec<Part>)) -> Result<(String, Words), ThemeError> {
    let mut words = Words::Null;
    for part in &parts {
        let failed = |(line, cause)| ThemeError { path: part.origin.clone(), line, cause };
        let over = records::tree(&text_of(part)?).map_err(failed)?;
        lay_over(&mut words, over, "").map_err(|cause| failed((0, cause)))?;
    }
    Ok((language, words))
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

    #[test]
    fn an_unknown_theme_is_told_with_those_that_there_are() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("ours")).expect("a theme");
        let error = load("palin", root.path(), root.path()).expect_err("no such theme");
        assert!(error.cause.contains("default、ours、plain"), "{error}");
    }

    #[test]
    fn a_theme_may_say_some_words_otherwise() {
        let root = tempfile::tempdir().expect("a folder");
        let strings = root.path().join("ours/strings");
        std::fs::create_dir_all(&strings).expect("a theme");
        std::fs::write(strings.join("zh-Hans.yaml"), "home:\n  headline: 早上好\n").expect("words");
        let words = load("ours", root.path(), &root.path().join("templates")).expect("a theme").strings;
        assert_eq!(words["zh-Hans"]["home"]["headline"], "早上好");
        let default = load("default", root.path(), &root.path().join("templates")).expect("a theme").strings;
        assert_eq!(words["zh-Hans"]["home"]["lede"], default["zh-Hans"]["home"]["lede"]);
        assert_eq!(words["en"], default["en"]);
        std::fs::write(strings.join("zh-Hans.yaml"), "home: 早上好\n").expect("words");
        let error = load("ours", root.path(), root.path()).expect_err("a sentence for a group");
        assert!(error.cause.contains("“home”") && error.path.ends_with("zh-Hans.yaml"), "{error}");
    }
}
