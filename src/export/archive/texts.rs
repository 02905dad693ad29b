//! The pages of an archive that are read: lessons, the summary, other texts.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Holdings;
use super::links::{ArchiveLinks, link};
use crate::base::SourcePath;
use crate::export::names::{instructors, words};
use crate::markdown::{self, Lang, Options};
use crate::model::{BlobId, Lesson, LessonKind};
use crate::render::{PaperView, Pointer, SectionView};

/// The pages with their names in the archive. Files that a text shows or offers are
/// added to those that are packed.
pub(super) fn pages(holdings: &Holdings<'_>, used: &mut BTreeSet<BlobId>) -> Vec<(String, PaperView)> {
    let mut pages = Vec::new();
    for (id, lesson) in holdings.lessons.iter().filter(|(_, lesson)| lesson.kind == LessonKind::Written) {
        let Some(name) = holdings.lesson_page(*id) else { continue };
        let view = PaperView {
            title: lesson.title.clone(),
            back: Some(back(holdings, &name)),
            lead: about(holdings, lesson),
            body_html: body(holdings, &lesson.file, &lesson.body, &name, used),
            sections: attached(holdings, &lesson.attachments, &name),
            ..PaperView::default()
        };
        pages.push((name, view));
    }
    for (id, article) in &holdings.articles {
        let Some(name) = holdings.article_page(*id) else { continue };
        let view = PaperView {
            title: article.title.clone(),
            back: Some(back(holdings, &name)),
            body_html: body(holdings, &article.file, &article.body, &name, used),
            sections: attached(holdings, &article.attachments, &name),
            ..PaperView::default()
        };
        pages.push((name, view));
    }
    pages
}

fn back(holdings: &Holdings<'_>, page: &str) -> Pointer {
    let text = format!("{}{}年档案目录", holdings.unit_name(), holdings.year);
    Pointer { text, href: link(page, "index.html") }
}

/// What stands above a lesson: number, who, and what it is about.
fn about(holdings: &Holdings<'_>, lesson: &Lesson) -> Vec<String> {
    let library = holdings.stock.library;
    let line = |label: &str, text: String| (!text.is_empty()).then(|| format!("{label}：{text}"));
    let list = |items: &[String]| items.join("；");
    let basis = lesson.basis.iter().map(|citation| citation.text.as_str()).collect::<Vec<_>>();
    let lines = [
        line("编号", lesson.number.clone()),
        line("小教员", instructors(library, &lesson.instructors)),
        line("业务领域", lesson.domain.as_ref().map(|word| word.name.clone()).unwrap_or_default()),
        line("能力目标", words(&lesson.skills)),
        line("教学形式", lesson.form.as_ref().map(|word| word.name.clone()).unwrap_or_default()),
        line("教学目标", list(&lesson.objectives)),
        line("重点", list(&lesson.key_points)),
        line("难点", list(&lesson.difficult_points)),
        line("讨论题", list(&lesson.questions)),
        line("依据", basis.join("；")),
    ];
    lines.into_iter().flatten().collect()
}

fn body(
    holdings: &Holdings<'_>,
    file: &SourcePath,
    source: &str,
    page: &str,
    used: &mut BTreeSet<BlobId>,
) -> Option<String> {
    let links = ArchiveLinks { holdings, file, page, used: RefCell::default() };
    let rendered = markdown::render(source, &links, &Options { lang: Lang::Zh });
    used.append(&mut links.used.take());
    (!rendered.html.trim().is_empty()).then_some(rendered.html)
}

fn attached(holdings: &Holdings<'_>, files: &[BlobId], page: &str) -> Vec<SectionView> {
    let pointer = |id: &BlobId| {
        let path = &holdings.stock.library.blob(*id).path;
        Pointer { text: path.name().to_owned(), href: link(page, &holdings.original(path.as_str())) }
    };
    let links: Vec<Pointer> = files.iter().map(pointer).collect();
    let section = SectionView { id: "fujian".to_owned(), title: "附件".to_owned(), links, ..SectionView::default() };
    if files.is_empty() { Vec::new() } else { vec![section] }
}
