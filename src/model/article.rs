//! 文章: documents, notices, yearly summaries and pages that are nothing special.

use serde::Serialize;

use super::lesson::Publication;
use super::unit::UnitId;
use super::{publication, summary};
use crate::base::slug::file_slug;
use crate::base::{Day, Finding, Findings, Located, Prose, SourcePath};
use crate::records::{self, ARTICLE, Document};
use crate::source::{FileKind, SourceFile};

/// An article's number in [`super::Library::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ArticleId(pub usize);

/// What an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum ArticleKind {
    /// 制度文件, of the bureau or of a unit.
    Document,
    /// 通知公告.
    Notice,
    /// 年度总结 of a unit.
    Summary,
    /// Any other Markdown file.
    Page,
}

/// An article.
#[derive(Debug, Clone, Serialize)]
pub struct Article {
    /// The file.
    pub file: SourcePath,
    /// What it is.
    pub kind: ArticleKind,
    /// The unit in whose folder it lies.
    pub unit: Option<UnitId>,
    /// The year in whose folder it lies.
    pub year: Option<i32>,
    /// 标题.
    pub title: String,
    /// 类型 as written, such as 技能竞赛 (directive S76).
    pub label: Option<String>,
    /// The name in the address.
    pub slug: String,
    /// Earlier addresses.
    pub aliases: Vec<Located<String>>,
    /// 日期.
    pub date: Option<Day>,
    /// 更新日期.
    pub updated: Option<Day>,
    /// 文号.
    pub number: Option<String>,
    /// 作者 or 发布单位.
    pub author: Option<String>,
    /// 摘要, or the first words of the body.
    pub summary: String,
    /// 标签.
    pub tags: Vec<String>,
    /// 附件 as written.
    pub written_attachments: Vec<Located<String>>,
    /// 附件.
    pub attachments: Vec<super::library::BlobId>,
    /// Whether it is part of the site.
    pub publication: Publication,
    /// 排序.
    pub weight: Option<u32>,
    /// The text below the front matter.
    pub body: Prose,
    /// The line at which the body starts.
    pub body_line: u32,
}

impl Article {
    /// Reads a Markdown file that is not a lesson.
    pub(super) fn read(file: &SourceFile, unit: Option<UnitId>, findings: &mut Findings) -> Self {
        let text = file.text().unwrap_or("");
        if text.trim().is_empty() && file.text().is_some() {
            findings.push(Finding::file("W110", &file.path));
        }
        let Document { record, body: range, body_line } = records::document(text, &file.path, &ARTICLE, findings);
        let body = &text[range.clone()];
        let written = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let stem = file.path.stem();
        let title = written("title").unwrap_or_else(|| {
            let title = summary::first_heading(body).unwrap_or_else(|| stem.to_owned());
            findings.push(Finding::file("W109", &file.path).with("替代", &title));
            title
        });
        Article {
            file: file.path.clone(),
            kind: match file.kind {
                _ if written("kind").is_some_and(|kind| kind.contains("文件")) => ArticleKind::Document,
                FileKind::Document => ArticleKind::Document,
                FileKind::Notice => ArticleKind::Notice,
                FileKind::Summary => ArticleKind::Summary,
                _ => ArticleKind::Page,
            },
            label: written("kind"),
            unit,
            year: file.slot.year,
            slug: written("slug")
                .map(|slug| file_slug(&slug))
                .filter(|slug| !slug.is_empty())
                .unwrap_or_else(|| file_slug(stem)),
            aliases: records::list(record.get("aliases"), false),
            date: records::date(record.get("date"), findings),
            updated: records::date(record.get("updated"), findings),
            number: written("number"),
            author: written("author"),
            summary: written("summary").or_else(|| summary::first_paragraph(body)).unwrap_or_default(),
            tags: records::list(record.get("tags"), false).into_iter().map(|tag| tag.value).collect(),
            written_attachments: records::list(record.get("attachments"), false),
            attachments: Vec::new(),
            publication: publication::read(&record, findings),
            weight: records::integer(record.get("weight"), findings),
            title,
            body: file.prose(range),
            body_line,
        }
    }
}
