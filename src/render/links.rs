//! Where the links of a body lead: to lessons, articles and files of the library.

use std::cell::RefCell;
use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::desk::Desk;
use crate::base::text::fold;
use crate::base::{OutputPath, SourcePath};
use crate::markdown::{Links, Target};
use crate::model::{ArticleId, BlobId, UnitId};

/// What stands in a mail address's subject and text.
const IN_MAIL: &AsciiSet =
    &CONTROLS.add(b' ').add(b'%').add(b'&').add(b'#').add(b'+').add(b'?').add(b'=').add(b'"').add(b'<').add(b'>');

/// A mail link with a subject.
pub(super) fn mail(address: &str, subject: &str) -> String {
    let address = address.trim();
    if subject.is_empty() {
        format!("mailto:{address}")
    } else {
        format!("mailto:{address}?subject={}", utf8_percent_encode(subject, IN_MAIL))
    }
}

/// The links of one source file, seen from the page that it is shown on.
pub(super) struct PageLinks<'a> {
    pub desk: &'a Desk<'a>,
    pub file: &'a SourcePath,
    pub page: &'a OutputPath,
    pub unit: Option<UnitId>,
    pub year: Option<i32>,
    /// Files that the body shows or offers.
    pub used: RefCell<BTreeSet<BlobId>>,
}

impl PageLinks<'_> {
    fn to(&self, path: &OutputPath, rest: &str, title: Option<String>) -> Target {
        Target::Found { href: format!("{}{rest}", self.page.link_to(path)), title }
    }

    /// A lesson or an article by its file.
    fn text_at(&self, path: &SourcePath, rest: &str) -> Option<Target> {
        let scene = &self.desk.scene;
        if let Some(id) = self.desk.lesson_files.get(path.as_str()) {
            return Some(self.to(scene.atlas.lesson(*id), rest, Some(scene.library.lesson(*id).title.clone())));
        }
        let at = scene.library.articles.iter().position(|article| article.file == *path)?;
        Some(self.to(scene.atlas.article(ArticleId(at)), rest, Some(scene.library.articles[at].title.clone())))
    }

    fn blob(&self, id: BlobId, rest: &str) -> Target {
        self.used.borrow_mut().insert(id);
        self.to(self.desk.scene.atlas.blob(id), rest, None)
    }

    /// Where a written path may lead: from the folder of the text, or from the content
    /// folder.
    fn candidates(&self, path: &str) -> impl Iterator<Item = SourcePath> {
        let relative = path.trim_start_matches('/');
        let joined = if path.starts_with('/') { None } else { self.file.join_from_folder(path) };
        let content = self.file.as_str().split('/').next().unwrap_or("content");
        joined.into_iter().chain([SourcePath::new(format!("{content}/{relative}"))])
    }

    /// A file of the library by its path, by its path from the content folder, or by
    /// its name in the same folder.
    fn file(&self, path: &str, rest: &str) -> Option<Target> {
        for candidate in self.candidates(path) {
            if let Some(found) = self.text_at(&candidate, rest) {
                return Some(found);
            }
            let with_ending = SourcePath::new(format!("{candidate}.md"));
            if let Some(found) = self.text_at(&with_ending, rest) {
                return Some(found);
            }
            if let Some(blob) = self.desk.scene.library.blob_at(&candidate) {
                return Some(self.blob(blob, rest));
            }
        }
        None
    }
}

/// A destination as it was meant, and as it would be if `#` and `?` were no signs but
/// belonged to the name of the file; behind the first one stands what follows it.
fn meant(written: &str) -> [(String, &str); 2] {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().replace('\\', "/");
    let cut = written.find(['#', '?']).unwrap_or(written.len());
    [(decoded(&written[..cut]), &written[cut..]), (decoded(written), "")]
}

impl Links for PageLinks<'_> {
    fn destination(&self, written: &str, is_image: bool) -> Target {
        let written = written.trim();
        let lower = written.to_ascii_lowercase();
        let outside = ["http://", "https://", "//"].iter().any(|start| lower.starts_with(start));
        if outside {
            // A picture from another host would make the page ask that host.
            return if is_image { Target::Missing } else { Target::AsWritten };
        }
        if written.starts_with('#') || lower.starts_with("mailto:") || lower.starts_with("tel:") {
            return Target::AsWritten;
        }
        let [(path, rest), (whole, _)] = meant(written);
        self.file(&path, rest).or_else(|| self.file(&whole, "")).unwrap_or(Target::Missing)
    }

    fn size(&self, written: &str) -> Option<(u32, u32)> {
        let library = self.desk.scene.library;
        let paths = meant(written.trim()).into_iter().map(|(path, _)| path);
        let mut found = paths.flat_map(|path| self.candidates(&path).collect::<Vec<_>>());
        let id = found.find_map(|path| library.blob_at(&path))?;
        library.blob(id).inside.as_ref()?.size
    }

    fn wiki(&self, name: &str) -> Target {
        let (name, rest) = name.find('#').map_or((name, ""), |at| name.split_at(at));
        let scene = &self.desk.scene;
        if let Some(id) = scene.library.find_lesson(name, self.unit, self.year) {
            return self.to(scene.atlas.lesson(id), rest, Some(scene.library.lesson(id).title.clone()));
        }
        let wanted = fold(name);
        let article = scene
            .library
            .articles
            .iter()
            .position(|article| fold(&article.title) == wanted || fold(article.file.stem()) == wanted);
        match article {
            Some(at) => {
                self.to(scene.atlas.article(ArticleId(at)), rest, Some(scene.library.articles[at].title.clone()))
            }
            None => self.file(name, rest).unwrap_or(Target::Missing),
        }
    }
}
