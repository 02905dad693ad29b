//! Pages that say something about the site: 表格, 关于, 无障碍, 填写说明, 404, and
//! earlier addresses.

use std::collections::BTreeSet;

use crate::atlas::{Page, PageKind, SheetKind};
use crate::base::{Findings, OutputPath};
use crate::model::BlobId;
use crate::model::vocabulary::vocabulary;
use crate::records::{ALL, BLANKS, Blank, Entity, Field, FieldKind};
use crate::render::desk::{Desk, size};
use crate::render::links::mail;
use crate::render::views::{
    AboutView, AccessibilityView, AttachmentView, FieldGroupView, FieldView, FieldsView, FormView, FormsView,
    NotFoundView, PageView, RedirectView,
};

impl Desk<'_> {
    /// 表格.
    pub(in crate::render) fn forms(&self, page: &Page) -> (PageView, FormsView) {
        let mut head = self.page(page, "forms", "forms", &self.word("nav.forms"));
        head.crumbs = self.crumbs([]);
        let address = |kind: PageKind| self.only(&kind).map(OutputPath::to_string);
        let form = |(key, entity, page, paper): (&str, &str, PageKind, Option<PageKind>)| FormView {
            key: key.to_owned(),
            url: address(page),
            paper_url: paper.and_then(address),
            files: BLANKS
                .iter()
                .filter(|blank| blank.entity.key == entity)
                .map(|blank| self.blank_view(blank))
                .collect(),
            fields_url: ALL
                .iter()
                .find(|other| other.key == entity)
                .map(|entity| format!("fields.html#{}", entity.key)),
        };
        let sheet = |kind| PageKind::Sheet(kind, None);
        let forms = [
            ("menu", "menu", sheet(SheetKind::Menu), None),
            ("choices", "choice", sheet(SheetKind::Selection), None),
            ("course-application", "application", PageKind::Apply { adhoc: false }, None),
            ("topic-application", "application", PageKind::Apply { adhoc: true }, None),
            ("plan", "plan", sheet(SheetKind::Plan), None),
            ("lesson", "lesson", sheet(SheetKind::Lesson), None),
            ("sign-in", "", sheet(SheetKind::SignIn), None),
            ("satisfaction", "", PageKind::Ballot(None), Some(sheet(SheetKind::Satisfaction))),
            ("ballot-summary", "evaluation", sheet(SheetKind::EvaluationSummary), None),
            ("pacesetter", "trainee", sheet(SheetKind::Pacesetter), None),
            ("unit-summary", "", sheet(SheetKind::UnitSummary), None),
        ];
        (head, FormsView { forms: forms.into_iter().map(form).collect(), menus: self.menus() })
    }

    /// A blank table as a download.
    fn blank_view(&self, blank: &Blank) -> AttachmentView {
        AttachmentView {
            title: blank.file.trim_end_matches(".csv").to_owned(),
            file_name: blank.file.to_owned(),
            url: blank_path(blank),
            kind: "xlsx".to_owned(),
            extension: "CSV".to_owned(),
            size_text: size(count_bytes(&blank.bytes(self.scene.config.as_of.year()))),
            id: String::new(),
            inside: None,
        }
    }

    /// The blank tables themselves, for the year of the statistics.
    pub(in crate::render) fn blanks(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        BLANKS.iter().map(|blank| (blank_path(blank), blank.bytes(self.scene.config.as_of.year())))
    }

    /// 关于.
    pub(in crate::render) fn about(
        &self,
        page: &Page,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, AboutView) {
        let mut head = self.page(page, "about", "about", &self.word("nav.about"));
        head.crumbs = self.crumbs([]);
        let body_html = self.text_of_page(page, used, findings);
        let view =
            AboutView { counts: self.counts(), leading_group: self.scene.config.leading_group.clone(), body_html };
        (head, view)
    }

    /// 无障碍说明.
    pub(in crate::render) fn accessibility(&self, page: &Page) -> (PageView, AccessibilityView) {
        let mut head = self.page(page, "accessibility", "accessibility", &self.word("nav.accessibility"));
        head.crumbs = self.crumbs([]);
        let subject = self.word("nav.accessibility");
        (
            head,
            AccessibilityView {
                contact_url: self.scene.config.contact.as_ref().map(|address| mail(address, &subject)),
            },
        )
    }

    /// 填写说明, from the same table that the reader uses.
    pub(in crate::render) fn fields(&self, page: &Page) -> (PageView, FieldsView) {
        let mut head = self.page(page, "fields", "fields", &self.word("nav.fields"));
        head.crumbs = self.crumbs([]);
        (head, FieldsView { groups: ALL.iter().map(group).collect() })
    }

    /// The page for unknown addresses. It must work at any depth, where the way to the
    /// top is unknown, so it links from the top of the server that the site is on.
    pub(in crate::render) fn not_found(&self, page: &Page) -> (PageView, NotFoundView) {
        let mut head = self.page(page, "404", "", &self.word("not_found.title"));
        head.root = self.scene.config.base_url.as_deref().map_or("/", below_the_host).to_owned();
        let newest = self.scene.atlas.related.newest.iter().take(5).map(|id| self.lesson_link(*id)).collect();
        (head, NotFoundView { newest })
    }

    /// An earlier address.
    pub(in crate::render) fn redirect(&self, page: &Page, target: &OutputPath) -> (PageView, RedirectView) {
        let lessons = self
            .scene
            .atlas
            .lessons
            .iter()
            .position(|path| path == target)
            .map(|at| &self.scene.library.lessons[at].title);
        let article = || {
            self.scene
                .atlas
                .articles
                .iter()
                .position(|path| path == target)
                .map(|at| &self.scene.library.articles[at].title)
        };
        let title = lessons.or_else(article).cloned().unwrap_or_else(|| target.to_string());
        let canonical = self.scene.config.base_url.as_ref().map(|base| format!("{base}{target}"));
        (self.page(page, "redirect", "", &title), RedirectView { title, url: target.to_string(), canonical })
    }
}

/// The part of a site's address behind the host. The host itself may have several
/// names, and a page that names one asks another host when it is reached by the other.
fn below_the_host(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.find('/').map_or("/", |slash| &behind[slash..])
}

fn blank_path(blank: &Blank) -> String {
    format!("forms/{}.csv", blank.entity.key)
}

fn count_bytes(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(0)
}

fn group(entity: &Entity) -> FieldGroupView {
    let format = if entity.file.contains(".md") {
        "front-matter"
    } else if entity.file.contains(".yaml") {
        "yaml"
    } else {
        "csv"
    };
    FieldGroupView {
        anchor: entity.key.to_owned(),
        title: entity.name.to_owned(),
        files: entity.file.split('、').map(str::to_owned).collect(),
        description: String::new(),
        format: format.to_owned(),
        fields: entity.fields.iter().map(field).collect(),
        example: None,
    }
}

fn field(field: &Field) -> FieldView {
    let choices = match field.kind {
        FieldKind::Choice(name) | FieldKind::Choices(name) => {
            vocabulary(name).terms.iter().map(|term| term.name.to_owned()).collect()
        }
        _ => Vec::new(),
    };
    FieldView {
        name: field.name.to_owned(),
        aliases: field.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        key: field.key.to_owned(),
        value: value(field.kind).to_owned(),
        is_required: field.required,
        default_text: None,
        choices,
        note: field.note.to_owned(),
    }
}

/// The word for it in `fields.values`.
fn value(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Texts => "texts",
        FieldKind::List => "list",
        FieldKind::Choice(_) => "choice",
        FieldKind::Choices(_) => "choices",
        FieldKind::Date => "date",
        FieldKind::Month => "month",
        FieldKind::Integer | FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::People => "people",
        FieldKind::Nested => "nested",
    }
}
