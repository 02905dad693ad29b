//! 归档: a unit's year as one file to keep (directive S92): a first page, the plan,
//! the evaluation in numbers, the lessons to read and as they were handed in, their
//! attachments and the summary of the year.
//!
//! Below the folder of the archive, `原文/` mirrors the folder of the unit's year, so
//! that links between the originals still lead somewhere.

mod first_page;
mod links;
mod tables;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use super::{Selection, Stock};
use crate::base::{Finding, Product};
use crate::model::{Article, ArticleId, ArticleKind, BlobId, Lesson, LessonId, LessonKind, Publication, UnitId};
use crate::render::Documents;
use crate::theme::Theme;

/// A file of an archive: its name in it, and its bytes or the file to be copied.
pub type Entry = (String, Product);

/// What an archive holds.
struct Holdings<'a> {
    stock: Stock<'a>,
    unit: UnitId,
    year: i32,
    /// The lessons of the unit's year.
    lessons: Vec<(LessonId, &'a Lesson)>,
    /// The summary and other texts of the unit's year.
    articles: Vec<(ArticleId, &'a Article)>,
}

/// The files of the archive of a unit's year, below a folder named after both.
/// `root` is where the paths of the library begin. Drafts and what is not published
/// are not part of it, nor is anything that pages do not show.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn entries(stock: &Stock<'_>, theme: &Theme, unit: UnitId, year: i32, root: &Path) -> Result<Vec<Entry>, Finding> {
    let holdings = Holdings::new(stock, unit, year);
    let documents = Documents::new(theme)?;
    let mut used: BTreeSet<BlobId> =
        holdings.lessons.iter().flat_map(|(_, lesson)| &lesson.attachments).copied().collect();
    used.extend(holdings.articles.iter().flat_map(|(_, article)| &article.attachments).copied());
    let mut made: Vec<Entry> = Vec::new();
    for (name, view) in texts::pages(&holdings, &mut used) {
        made.push((name, Product::Made(documents.page(&view)?)));
    }
    for (name, sheet) in tables::sheets(&holdings) {
        made.push((format!("{name}.csv"), Product::Made(sheet.csv())));
    }
    made.push(("index.html".to_owned(), Product::Made(documents.page(&first_page::view(&holdings))?)));
    let originals = holdings.originals().map(|file| (holdings.original(file), Product::CopyOf(root.join(file))));
    made.extend(originals);
    let copies = used.iter().map(|id| holdings.stock.library.blob(*id));
    made.extend(copies.map(|blob| (holdings.original(blob.path.as_str()), Product::CopyOf(blob.disk.clone()))));
    made.sort_by(|(one, _), (other, _)| one.cmp(other));
    made.dedup_by(|(one, _), (other, _)| one == other);
    let top = holdings.top();
    Ok(made.into_iter().map(|(name, product)| (format!("{top}/{name}"), product)).collect())
}

impl<'a> Holdings<'a> {
    fn new(stock: &Stock<'a>, unit: UnitId, year: i32) -> Self {
        let library = stock.library;
        let lessons =
            library.lesson_ids().filter(|(_, lesson)| lesson.unit == unit && lesson.year == Some(year)).collect();
        let articles = library.articles.iter().enumerate().map(|(at, article)| (ArticleId(at), article));
        let of_year = |article: &Article| {
            article.unit == Some(unit) && article.year == Some(year) && article.publication == Publication::Published
        };
        Self { stock: *stock, unit, year, lessons, articles: articles.filter(|(_, one)| of_year(one)).collect() }
    }

    fn selection(&self) -> Selection {
        Selection { unit: Some(self.unit), year: Some(self.year) }
    }

    fn unit_name(&self) -> &'a str {
        &self.stock.library.unit(self.unit).name
    }

    /// The folder of the archive.
    fn top(&self) -> String {
        let name: String =
            self.unit_name().chars().map(|c| if matches!(c, '/' | '\\' | ':') { '_' } else { c }).collect();
        format!("{name}-{}", self.year)
    }

    /// The texts as they were handed in; a lone file stands among the attachments.
    fn originals(&self) -> impl Iterator<Item = &'a str> {
        let written = |lesson: &&'a Lesson| lesson.kind == LessonKind::Written;
        let lessons = self.lessons.iter().map(|(_, lesson)| *lesson).filter(written).map(|lesson| lesson.file.as_str());
        lessons.chain(self.articles.iter().map(|(_, article)| article.file.as_str()))
    }

    /// Where a file of the library stands in the archive.
    fn original(&self, file: &str) -> String {
        let (_, below) = file.split_once('/').unwrap_or(("", file));
        let own = format!("units/{}/{}/", self.stock.library.unit(self.unit).folder, self.year);
        format!("原文/{}", below.strip_prefix(&own).unwrap_or(below))
    }

    /// Where a lesson's page stands in the archive, or the file that it consists of.
    fn lesson_page(&self, id: LessonId) -> Option<String> {
        let (_, lesson) = self.lessons.iter().find(|(held, _)| *held == id)?;
        match lesson.kind {
            LessonKind::Written => Some(format!("教案/{}", last(self.stock.atlas.lesson(id).as_str()))),
            LessonKind::Courseware => {
                let blob = self.stock.library.blob(*lesson.attachments.first()?);
                Some(self.original(blob.path.as_str()))
            }
        }
    }

    /// Where the page of a text stands in the archive.
    fn article_page(&self, id: ArticleId) -> Option<String> {
        let (_, article) = self.articles.iter().find(|(held, _)| *held == id)?;
        let before = |(held, other): &&(ArticleId, &Article)| *held < id && other.slug == article.slug;
        let turn = self.articles.iter().filter(before).count();
        match (article.kind, turn) {
            (ArticleKind::Summary, _) => Some("年度总结.html".to_owned()),
            (_, 0) => Some(format!("文件/{}.html", article.slug)),
            (_, turn) => Some(format!("文件/{}-{}.html", article.slug, turn + 1)),
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
