//! 制度文件, 通知公告 and pages that are nothing special.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Page;
use crate::base::{Day, Findings, OutputPath};
use crate::model::{Article, ArticleId, ArticleKind, BlobId, Publication, UnitId};
use crate::render::body::{Body, Text};
use crate::render::desk::{Desk, year_number};
use crate::render::views::{
    DocumentCardView, DocumentGroupView, DocumentView, DocumentsView, GenericView, LinkView, NoticeView,
    NoticeYearView, NoticesView, PageView,
};

impl Desk<'_> {
    /// 制度文件.
    pub(in crate::render) fn documents(&self, page: &Page) -> (PageView, DocumentsView) {
        let mut head = self.page(page, "documents", "documents", &self.word("nav.documents"));
        head.crumbs = self.crumbs([]);
        let mut units: BTreeMap<UnitId, Vec<DocumentCardView>> = BTreeMap::new();
        let mut documents = Vec::new();
        for (id, article) in self.articles(ArticleKind::Document) {
            match article.unit {
                Some(unit) => units.entry(unit).or_default().push(self.document_card(id)),
                None => documents.push(self.document_card(id)),
            }
        }
        documents.extend(self.free_pages());
        let units =
            units.into_iter().map(|(unit, documents)| DocumentGroupView { unit: self.unit_link(unit), documents });
        (head, DocumentsView { documents, units: units.collect() })
    }

    /// Pages that lie outside of every unit and have an address of their own: they
    /// are listed with the documents, so that nothing is without a link to it.
    fn free_pages(&self) -> Vec<DocumentCardView> {
        let pages = self.articles(ArticleKind::Page).filter(|(_, article)| article.unit.is_none());
        pages
            .filter(|(id, _)| self.scene.atlas.article(*id).as_str().starts_with("pages/"))
            .map(|(id, _)| self.document_card(id))
            .collect()
    }

    fn article_body(
        &self,
        page: &Page,
        article: &Article,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> Body {
        let text = Text {
            file: &article.file,
            body: &article.body,
            first_line: article.body_line,
            unit: article.unit,
            year: article.year,
            page: &page.path,
        };
        self.body(&text, used, findings)
    }

    fn article_head(&self, page: &Page, kind: &str, nav: &str, index: &str, article: &Article) -> PageView {
        let mut head = self.page(page, kind, nav, &article.title);
        head.description = article.summary.clone();
        head.is_draft = article.publication != Publication::Published;
        head.crumbs = match article.unit {
            Some(unit) => self.crumbs([
                (self.word("nav.units"), Some(&OutputPath::new("units/index.html"))),
                (self.scene.library.unit(unit).name.clone(), Some(self.scene.atlas.unit(unit))),
            ]),
            None => self.crumbs([(self.word(&format!("nav.{nav}")), Some(&OutputPath::new(index)))]),
        };
        head
    }

    /// A document.
    pub(in crate::render) fn document(
        &self,
        page: &Page,
        id: ArticleId,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, DocumentView) {
        let article = &self.scene.library.articles[id.0];
        let body = self.article_body(page, article, used, findings);
        let view = DocumentView {
            title: article.title.clone(),
            date_text: article.date.map(|day| self.day(day)),
            number: article.number.clone(),
            unit: article.unit.map(|unit| self.unit_link(unit)),
            summary: article.summary.clone(),
            body_html: body.html,
            toc: body.toc,
            attachments: self.attachments(&article.attachments, used),
        };
        (self.article_head(page, "document", "documents", "docs/index.html", article), view)
    }

    /// A page that is nothing special.
    pub(in crate::render) fn article(
        &self,
        page: &Page,
        id: ArticleId,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, GenericView) {
        let article = &self.scene.library.articles[id.0];
        let body = self.article_body(page, article, used, findings);
        let view = GenericView {
            title: article.title.clone(),
            unit: article.unit.map(|unit| self.unit_link(unit)),
            body_html: body.html,
            toc: body.toc,
            attachments: self.attachments(&article.attachments, used),
        };
        (self.article_head(page, "generic", "documents", "docs/index.html", article), view)
    }

    /// 通知公告.
    pub(in crate::render) fn notices(&self, page: &Page) -> (PageView, NoticesView) {
        let mut head = self.page(page, "notices", "notices", &self.word("nav.notices"));
        head.crumbs = self.crumbs([]);
        let mut years: Vec<NoticeYearView> = Vec::new();
        for (id, article) in self.articles(ArticleKind::Notice) {
            let year = year_number(article.date.map_or(0, Day::year));
            match years.iter_mut().find(|group| group.year == year) {
                Some(group) => group.notices.push(self.notice_card(id)),
                None => years.push(NoticeYearView { year, notices: vec![self.notice_card(id)] }),
            }
        }
        (head, NoticesView { years })
    }

    /// A notice.
    pub(in crate::render) fn notice(
        &self,
        page: &Page,
        id: ArticleId,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, NoticeView) {
        let article = &self.scene.library.articles[id.0];
        let body = self.article_body(page, article, used, findings);
        let notices: Vec<ArticleId> = self.articles(ArticleKind::Notice).map(|(id, _)| id).collect();
        let here = notices.iter().position(|other| *other == id).unwrap_or(0);
        let link = |at: Option<usize>| {
            let id = notices.get(at?)?;
            Some(LinkView {
                title: self.scene.library.articles[id.0].title.clone(),
                url: self.scene.atlas.article(*id).to_string(),
            })
        };
        let view = NoticeView {
            title: article.title.clone(),
            date_text: article.date.map(|day| self.day(day)),
            issuer: article.author.clone(),
            body_html: body.html,
            attachments: self.attachments(&article.attachments, used),
            newer: link(here.checked_sub(1)),
            older: link(Some(here + 1)),
        };
        (self.article_head(page, "notice", "notices", "notices/index.html", article), view)
    }
}
