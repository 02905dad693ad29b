//! Where the links of a text lead within an archive: to what the archive holds.

use std::cell::RefCell;
use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::Holdings;
use crate::base::{OutputPath, SourcePath};
use crate::markdown::{Links, Target};
use crate::model::{ArticleId, BlobId, LessonId};

/// What would end the path of a link.
const IN_PATH: &AsciiSet = &CONTROLS.add(b'%').add(b'#').add(b'?').add(b' ').add(b'"');

/// A link from one file of an archive to another.
pub(super) fn link(from: &str, to: &str) -> String {
    let relative = OutputPath::new(from).link_to(&OutputPath::new(to));
    utf8_percent_encode(&relative, IN_PATH).to_string()
}

/// The links of one text.
pub(super) struct ArchiveLinks<'a> {
    pub holdings: &'a Holdings<'a>,
    /// The text's own file.
    pub file: &'a SourcePath,
    /// The page that it stands on.
    pub page: &'a str,
    /// Files that the text shows or offers.
    pub used: RefCell<BTreeSet<BlobId>>,
}

impl ArchiveLinks<'_> {
    fn to(&self, target: Option<String>, rest: &str, title: Option<&str>) -> Target {
        match target {
            Some(path) => {
                Target::Found { href: format!("{}{rest}", link(self.page, &path)), title: title.map(str::to_owned) }
            }
            None => Target::Missing,
        }
    }

    fn lesson(&self, id: LessonId, rest: &str) -> Target {
        let title = &self.holdings.stock.library.lesson(id).title;
        self.to(self.holdings.lesson_page(id), rest, Some(title))
    }

    /// A text or a file of the library by its path.
    fn at(&self, path: &SourcePath, rest: &str) -> Option<Target> {
        let library = self.holdings.stock.library;
        if let Some((id, _)) = library.lesson_ids().find(|(_, lesson)| lesson.file == *path) {
            return Some(self.lesson(id, rest));
        }
        if let Some(at) = library.articles.iter().position(|article| article.file == *path) {
            let title = &library.articles[at].title;
            return Some(self.to(self.holdings.article_page(ArticleId(at)), rest, Some(title)));
        }
        let blob = library.blob_at(path)?;
        self.used.borrow_mut().insert(blob);
        let original = self.holdings.original(library.blob(blob).path.as_str());
        Some(self.to(Some(original), rest, None))
    }
}

impl Links for ArchiveLinks<'_> {
    fn destination(&self, written: &str, is_image: bool) -> Target {
        let written = written.trim();
        let lower = written.to_ascii_lowercase();
        if ["http://", "https://", "//"].iter().any(|start| lower.starts_with(start)) {
            return if is_image { Target::Missing } else { Target::AsWritten };
        }
        if written.starts_with('#') || lower.starts_with("mailto:") || lower.starts_with("tel:") {
            return Target::AsWritten;
        }
        let (path, rest) = written.find(['#', '?']).map_or((written, ""), |at| written.split_at(at));
        let decoded = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        let content = self.file.as_str().split('/').next().unwrap_or("content");
        let joined = if decoded.starts_with('/') { None } else { self.file.join_from_folder(&decoded) };
        let from_top = SourcePath::new(format!("{content}/{}", decoded.trim_start_matches('/')));
        let mut candidates = joined.into_iter().chain([from_top]);
        let found = candidates
            .find_map(|path| self.at(&path, rest).or_else(|| self.at(&SourcePath::new(format!("{path}.md")), rest)));
        found.unwrap_or(Target::Missing)
    }

    fn wiki(&self, name: &str) -> Target {
        let (name, rest) = name.find('#').map_or((name, ""), |at| name.split_at(at));
        let holdings = self.holdings;
        match holdings.stock.library.find_lesson(name, Some(holdings.unit), Some(holdings.year)) {
            Some(id) => self.lesson(id, rest),
            None => Target::Missing,
        }
    }
}
