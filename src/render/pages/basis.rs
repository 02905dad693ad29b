//! 依据: every law with the lessons that cite it, and what waits for a review.

use std::collections::BTreeMap;

use crate::atlas::{Page, PageKind};
use crate::base::slug::{slug, syllables};
use crate::base::text::fold;
use crate::ledger;
use crate::model::{Citation, Law, LessonId};
use crate::render::desk::{Desk, count, joined, year_number};
use crate::render::views::{BasisView, LawCitationView, LawVersionView, LawView, PageView, ReviewView};

impl Desk<'_> {
    /// 依据.
    pub(in crate::render) fn basis(&self, page: &Page) -> (PageView, BasisView) {
        let mut head = self.page(page, "basis", "basis", &self.word("nav.basis"));
        head.crumbs = self.crumbs([]);
        let laws = self.laws();
        let view = BasisView {
            to_review: self.to_review(),
            cited: count(laws.iter().filter(|law| !law.citations.is_empty()).count()),
            laws,
        };
        (head, view)
    }

    fn to_review(&self) -> Vec<ReviewView> {
        let library = self.scene.library;
        let review = self.scene.ledger.reviews.iter().map(|review| {
            let lesson = library.lesson(review.lesson);
            let basis = review.citations.iter().map(|at| self.citation(lesson, &lesson.basis[*at])).collect();
            ReviewView { lesson: self.card(review.lesson), basis }
        });
        review.collect()
    }

    /// All laws of the register and of the lessons, by pinyin.
    fn laws(&self) -> Vec<LawView> {
        let library = self.scene.library;
        let mut names: BTreeMap<String, (String, Vec<&Law>)> = BTreeMap::new();
        for law in &library.laws {
            names.entry(fold(&law.name)).or_insert_with(|| (law.name.clone(), Vec::new())).1.push(law);
        }
        for citation in library.lessons.iter().flat_map(|lesson| &lesson.basis) {
            names.entry(fold(&citation.name)).or_insert_with(|| (citation.name.clone(), Vec::new()));
        }
        let mut laws: Vec<(Vec<String>, LawView)> = names
            .into_iter()
            .map(|(folded, (name, versions))| {
                let view = LawView {
                    anchor: anchor(&name),
                    versions: versions.into_iter().map(|law| self.version(law)).collect(),
                    citations: self.citations_of(&folded),
                    name,
                };
                (syllables(&view.name), view)
            })
            .collect();
        laws.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.name.cmp(&other.name)));
        laws.into_iter().map(|(_, view)| view).collect()
    }

    fn citations_of(&self, folded: &str) -> Vec<LawCitationView> {
        let citing = self.scene.atlas.related.citing.get(folded).map(Vec::as_slice).unwrap_or_default();
        citing.iter().map(|id| self.law_citation(*id, folded)).collect()
    }

    fn law_citation(&self, id: LessonId, folded: &str) -> LawCitationView {
        let lesson = self.scene.library.lesson(id);
        let cited = || lesson.basis.iter().filter(|citation| fold(&citation.name) == folded);
        LawCitationView {
            lesson: self.lesson_link(id),
            unit: self.unit_link(lesson.unit),
            year: year_number(lesson.year.unwrap_or(0)),
            articles: joined(cited().filter_map(|citation| citation.article.as_deref())).unwrap_or_default(),
            needs_review: cited()
                .any(|citation| ledger::is_stale(self.scene.library, self.scene.config, lesson, citation)),
        }
    }

    fn version(&self, law: &Law) -> LawVersionView {
        LawVersionView {
            version: law.version.clone(),
            from_text: law.in_force.map(|day| self.day(day)),
            to_text: law.ends.map(|day| self.day(day)),
            state: self.law_state(law).to_owned(),
            replaced_by: law.replaced_by.clone(),
            hint: law.note.clone(),
        }
    }

    /// What has become of a version by the day of the statistics.
    pub(super) fn law_state(&self, law: &Law) -> &'static str {
        let as_of = self.scene.config.as_of;
        if law.is_over(as_of) {
            if law.replaced_by.is_some() { "superseded" } else { "expired" }
        } else if law.in_force.is_some_and(|from| from > as_of) {
            "future"
        } else {
            "current"
        }
    }

    /// The entry of a law that the register has.
    pub(super) fn law_url(&self, citation: &Citation) -> Option<String> {
        citation.law?;
        let path = self.only(&PageKind::Basis)?;
        Some(format!("{path}#{}", anchor(&citation.name)))
    }
}

/// The id of a law's entry.
pub(super) fn anchor(name: &str) -> String {
    format!("law-{}", slug(name))
}
