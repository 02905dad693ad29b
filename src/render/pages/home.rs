//! 首页.

use std::collections::BTreeSet;

use crate::atlas::{Filter, Page, PageKind};
use crate::base::{Day, Findings, OutputPath};
use crate::model::vocabulary::SKILLS;
use crate::model::{ArticleId, ArticleKind, BlobId, SessionId};
use crate::render::body::Text;
use crate::render::desk::{Desk, count, year_number};
use crate::render::views::{AbilityFacetsView, FacetView, HomeView, PageView, UnitStripView};

/// How many new lessons and notices the home page shows.
const NEWEST: usize = 8;
const NOTICES: usize = 5;

impl Desk<'_> {
    /// 首页.
    pub(in crate::render) fn home(
        &self,
        page: &Page,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, HomeView) {
        let config = self.scene.config;
        let atlas = self.scene.atlas;
        let strip_year = self.current_year();
        let mut head = self.page(page, "home", "home", &config.name);
        head.description = config.intro.clone().or_else(|| config.organization.clone()).unwrap_or_default();
        let of_month = self.sessions_of_month();
        let view = HomeView {
            examples: self.examples(),
            counts: self.counts(),
            working: self.library_working(),
            month_text: self.month(config.as_of.month()),
            month_working: self.month_working(&of_month),
            month_sessions: of_month.into_iter().map(|id| self.row(id)).collect(),
            plans_url: atlas.plans.get(&strip_year).map(OutputPath::to_string),
            newest: self.cards(&atlas.related.newest[..NEWEST.min(atlas.related.newest.len())]),
            lessons_url: atlas.list_page(&Filter::All, 1).to_string(),
            strip_year: year_number(strip_year),
            strips: self.strips(strip_year),
            abilities: self.ability_facets(None),
            domains: self.domain_facets(None),
            units: self.unit_facets(None),
            years: self.year_facets(None),
            letters: self.letter_facets(None),
            notices: self.articles(ArticleKind::Notice).take(NOTICES).map(|(id, _)| self.notice_card(id)).collect(),
            honours: self.laurels.by_year.keys().next_back().and_then(|year| self.honours_brief(*year)),
            needs_review: count(self.scene.ledger.reviews.len()),
            basis_url: self.only(&PageKind::Basis).map(OutputPath::to_string),
            body_html: self
                .text_of_page(page, used, findings)
                .or_else(|| config.intro.as_ref().map(|text| self.paragraph(text))),
        };
        (head, view)
    }

    /// The latest year, not after that of the statistics, that has a plan.
    pub(super) fn current_year(&self) -> i32 {
        let as_of = self.scene.config.as_of.year();
        let plans = &self.scene.atlas.plans;
        plans.range(..=as_of).next_back().or(plans.iter().next()).map_or(as_of, |(year, _)| *year)
    }

    fn sessions_of_month(&self) -> Vec<SessionId> {
        let month = Some(self.scene.config.as_of.month());
        let sessions = &self.scene.library.sessions;
        let of_month = sessions
            .iter()
            .enumerate()
            .filter(|(_, session)| session.month == month || session.held.map(Day::month) == month);
        let mut ids: Vec<SessionId> = of_month.map(|(at, _)| SessionId(at)).collect();
        ids.sort_by_key(|id| (sessions[id.0].held.is_none(), sessions[id.0].held, sessions[id.0].unit));
        ids
    }

    /// The strip of every unit in a year; units without a folder for it are left out.
    pub(super) fn strips(&self, year: i32) -> Vec<UnitStripView> {
        let units = self.scene.library.unit_ids();
        let strip = units.filter_map(|(id, unit)| {
            let account = self.scene.ledger.unit_year(id, year)?;
            let mut link = self.unit_link(id);
            if let Some(path) = self.scene.atlas.unit_years.get(&(id, year)) {
                link.url = path.to_string();
            }
            Some(UnitStripView {
                unit: link,
                is_pilot: unit.pilot,
                months: self.strip(&account.months),
                figures: self.figures(&account.plan),
            })
        });
        strip.collect()
    }

    /// Abilities in their two groups; `current` is the one whose page this is.
    pub(super) fn ability_facets(&self, current: Option<usize>) -> Vec<AbilityFacetsView> {
        let topics = self.scene.atlas.abilities.iter().enumerate();
        let is_skill = |key: &str| SKILLS.iter().any(|term| term.key == key);
        let (mut six, mut five) = (Vec::new(), Vec::new());
        for (at, topic) in topics {
            let facet = FacetView {
                title: topic.word.name.clone(),
                url: topic.path.to_string(),
                count: count(topic.lessons.len()),
                is_current: current == Some(at),
            };
            if is_skill(&topic.word.key) { six.push(facet) } else { five.push(facet) }
        }
        let groups = [("six", six), ("five", five)];
        groups
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(key, items)| AbilityFacetsView { key: key.to_owned(), items })
            .collect()
    }

    /// Domains with their pages.
    pub(super) fn domain_facets(&self, current: Option<usize>) -> Vec<FacetView> {
        let topics = self.scene.atlas.domains.iter().enumerate();
        let facet = topics.map(|(at, topic)| FacetView {
            title: topic.word.name.clone(),
            url: topic.path.to_string(),
            count: count(topic.lessons.len()),
            is_current: current == Some(at),
        });
        facet.collect()
    }

    /// The text that somebody wrote for a page of ours: `index.md`, `about.md`.
    pub(super) fn text_of_page(
        &self,
        page: &Page,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> Option<String> {
        let articles = &self.scene.library.articles;
        let at = (0..articles.len()).find(|at| {
            articles[*at].kind == ArticleKind::Page && *self.scene.atlas.article(ArticleId(*at)) == page.path
        })?;
        let article = &articles[at];
        let text = Text {
            file: &article.file,
            body: &article.body,
            first_line: article.body_line,
            unit: None,
            year: None,
            page: &page.path,
        };
        self.body(&text, used, findings).html
    }

    /// A plain text as a paragraph.
    pub(super) fn paragraph(&self, text: &str) -> String {
        let escaped = text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<p>{}</p>", escaped.replace("\n\n", "</p><p>"))
    }
}
