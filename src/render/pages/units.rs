//! 单位: the list, a unit, and a unit's year.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::{Filter, Page};
use crate::base::{Findings, OutputPath};
use crate::ledger::{self, Holdings};
use crate::model::{ArticleKind, BlobId, Instructor, LessonId, PersonId, Session, SessionId, UnitId, UnitKind};
use crate::render::body::Text;
use crate::render::desk::{Desk, count, joined, year_number};
use crate::render::links::mail;
use crate::render::views::{
    DocumentCardView, FacetView, FormulaView, MenuItemView, PageView, PersonCardView, UnitCardView, UnitGroupView,
    UnitHeadView, UnitView, UnitYearStripView, UnitYearView, UnitsView, YearLinkView,
};

/// How many lessons a unit's page shows.
const NEWEST: usize = 12;

impl Desk<'_> {
    /// 单位.
    pub(in crate::render) fn units(&self, page: &Page) -> (PageView, UnitsView) {
        let year = self.current_year();
        let mut head = self.page(page, "units", "units", &self.word("nav.units"));
        head.crumbs = self.crumbs([]);
        let groups = [UnitKind::Branch, UnitKind::PartyBranch, UnitKind::Other].into_iter().map(|kind| {
            let units = self.scene.library.unit_ids().filter(|(_, unit)| unit.kind == kind);
            UnitGroupView {
                kind: kind.key().to_owned(),
                units: units.map(|(id, _)| self.unit_card(id, year)).collect(),
            }
        });
        let groups = groups.filter(|group| !group.units.is_empty()).collect();
        (head, UnitsView { year: year_number(year), groups })
    }

    fn unit_card(&self, id: UnitId, year: i32) -> UnitCardView {
        let unit = self.scene.library.unit(id);
        let account = self.scene.ledger.unit_year(id, year);
        let own = self.unit_holdings(id);
        let instructors = self.instructors_of(id, None).len();
        let honours = self
            .unit_honours(id, year)
            .map_or(0, |honours| honours.groups.iter().map(|group| count(group.names.len())).sum());
        UnitCardView {
            name: unit.name.clone(),
            url: self.scene.atlas.unit(id).to_string(),
            is_pilot: unit.pilot,
            since_text: unit.start.map(|month| self.month(month)),
            lessons: count(own.lessons.len()),
            instructors: count(instructors),
            sessions: count(own.held.len()),
            months: account.map(|account| self.strip(&account.months)).unwrap_or_default(),
            honours,
            working: self.unit_working(id, self.unit_formulas(id, &own, instructors, Some((year, honours)))),
            satisfaction_text: self.unit_satisfaction(id, year),
            years: self.years_of(id, None),
        }
    }

    /// Satisfaction of a unit's year, when ballots are enough.
    fn unit_satisfaction(&self, id: UnitId, year: i32) -> Option<String> {
        let rate = self.scene.ledger.unit_year(id, year)?.satisfaction;
        self.enough(rate).then(|| self.against_line(rate))
    }

    fn lessons_of(&self, id: UnitId) -> &[LessonId] {
        self.scene.atlas.related.of_unit.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// How the numbers of a unit come about; those of its card with its satisfaction and
    /// honours in the year of the page.
    fn unit_formulas(
        &self,
        id: UnitId,
        own: &Holdings,
        instructors: usize,
        of_year: Option<(i32, u32)>,
    ) -> Vec<FormulaView> {
        let mut formulas = vec![
            self.formula("lessons", &[("n", &own.lessons.len())]),
            self.formula("unit_instructors", &[("n", &instructors)]),
            self.formula("sessions", &[("n", &own.held.len())]),
        ];
        let Some((year, honours)) = of_year else {
            formulas.push(self.formula("attendances", &[("n", &own.attendances)]));
            return formulas;
        };
        let rate = self.scene.ledger.unit_year(id, year).map(|account| account.satisfaction);
        if let Some(rate) = rate.filter(|rate| self.enough(*rate)) {
            formulas.push(self.share_formula("satisfaction", rate, Some(self.against_line(rate))));
        }
        if honours > 0 {
            formulas.push(self.formula("honours", &[("n", &honours), ("year", &year)]));
        }
        formulas
    }

    /// Who wrote a lesson of the unit or gave a session there.
    fn instructors_of(&self, id: UnitId, year: Option<i32>) -> Vec<PersonId> {
        let library = self.scene.library;
        let in_year = |other: Option<i32>| year.is_none() || other == year;
        let lessons = library
            .lessons
            .iter()
            .filter(|lesson| lesson.unit == id && in_year(lesson.year))
            .flat_map(|lesson| &lesson.instructors);
        let sessions = library
            .sessions
            .iter()
            .filter(|session| session.unit == id && in_year(Some(session.year)))
            .flat_map(|session| &session.instructors);
        let known = lessons.chain(sessions).filter_map(|instructor| match instructor {
            Instructor::Known(id) => Some(*id),
            Instructor::Named(_) => None,
        });
        self.by_pinyin(known.collect::<BTreeSet<_>>())
    }

    fn years_of(&self, id: UnitId, current: Option<i32>) -> Vec<YearLinkView> {
        let years = self.scene.atlas.unit_years.iter().rev().filter(|((unit, _), _)| *unit == id);
        years
            .map(|((_, year), path)| YearLinkView {
                year: year_number(*year),
                url: path.to_string(),
                is_current: current == Some(*year),
            })
            .collect()
    }

    fn unit_head(&self, id: UnitId, year: Option<i32>) -> UnitHeadView {
        let unit = self.scene.library.unit(id);
        UnitHeadView {
            name: unit.name.clone(),
            url: self.scene.atlas.unit(id).to_string(),
            kind: unit.kind.key().to_owned(),
            is_pilot: unit.pilot,
            since_text: unit.start.map(|month| self.month(month)),
            leader: unit.leader.clone(),
            clerk: unit.clerk.clone(),
            clerk_url: unit.clerk_email.as_ref().map(|address| mail(address, "")),
            years: self.years_of(id, year),
        }
    }

    /// A unit.
    pub(in crate::render) fn unit(
        &self,
        page: &Page,
        id: UnitId,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, UnitView) {
        let unit = self.scene.library.unit(id);
        let mut head = self.page(page, "unit", "units", &unit.name);
        head.crumbs = self.crumbs([(self.word("nav.units"), Some(&OutputPath::new("units/index.html")))]);
        let body_html = unit.intro.as_ref().and_then(|intro| {
            let text = Text {
                file: &unit.place.file,
                body: intro,
                first_line: 1,
                unit: Some(id),
                year: None,
                page: &page.path,
            };
            self.body(&text, used, findings).html
        });
        let lessons = self.lessons_of(id);
        let own = self.unit_holdings(id);
        let instructors = self.instructors_of(id, None);
        let view = UnitView {
            head: self.unit_head(id, None),
            body_html,
            years: self.year_strips(id),
            lessons_count: count(own.lessons.len()),
            sessions_count: count(own.held.len()),
            attendances: own.attendances,
            working: self.unit_working(id, self.unit_formulas(id, &own, instructors.len(), None)),
            honours: self.laurels.by_year.keys().rev().filter_map(|year| self.unit_honours(id, *year)).collect(),
            newest: self.cards(&lessons[..NEWEST.min(lessons.len())]),
            lessons_url: self.scene.atlas.lists.get(&Filter::Unit(id)).map(OutputPath::to_string),
            instructors: self.people_cards(&instructors, None),
            documents: self.unit_documents(id),
            domains: self.domains_of(lessons),
        };
        (head, view)
    }

    fn people_cards(&self, people: &[PersonId], year: Option<i32>) -> Vec<PersonCardView> {
        people.iter().map(|id| self.person_card(*id, year)).collect()
    }

    fn year_strips(&self, id: UnitId) -> Vec<UnitYearStripView> {
        let years = self.scene.atlas.unit_years.iter().rev().filter(|((unit, _), _)| *unit == id);
        let strip = years.map(|((_, year), path)| {
            let account = self.scene.ledger.unit_year(id, *year).filter(|_| self.has_plan(id, *year));
            UnitYearStripView {
                year: year_number(*year),
                url: path.to_string(),
                months: account.map(|account| self.strip(&account.months)).unwrap_or_default(),
                lessons: count(
                    self.lessons_of(id)
                        .iter()
                        .filter(|lesson| self.scene.library.lesson(**lesson).year == Some(*year))
                        .count(),
                ),
                satisfaction_text: self.unit_satisfaction(id, *year),
                figures: account.map(|account| self.figures(&account.plan)),
            }
        });
        strip.collect()
    }

    pub(super) fn has_plan(&self, id: UnitId, year: i32) -> bool {
        self.scene.library.sessions.iter().any(|session| session.unit == id && session.year == year)
    }

    fn unit_documents(&self, id: UnitId) -> Vec<DocumentCardView> {
        let documents = self.articles(ArticleKind::Document).chain(self.articles(ArticleKind::Page));
        documents.filter(|(_, article)| article.unit == Some(id)).map(|(at, _)| self.document_card(at)).collect()
    }

    /// Domains of some lessons, most lessons first.
    pub(super) fn domains_of(&self, lessons: &[LessonId]) -> Vec<FacetView> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for domain in lessons.iter().filter_map(|id| self.scene.library.lesson(*id).domain.as_ref()) {
            *counts.entry(&domain.key).or_default() += 1;
        }
        let topics = self.scene.atlas.domains.iter();
        let facet = topics.filter_map(|topic| {
            let lessons = counts.get(topic.word.key.as_str())?;
            Some(FacetView {
                title: topic.word.name.clone(),
                url: topic.path.to_string(),
                count: count(*lessons),
                is_current: false,
            })
        });
        let mut facets: Vec<FacetView> = facet.collect();
        facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        facets
    }

    /// A unit's year: the plan and everything of that year.
    pub(in crate::render) fn unit_year(
        &self,
        page: &Page,
        id: UnitId,
        year: i32,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> (PageView, UnitYearView) {
        let unit = self.scene.library.unit(id);
        let title = format!("{} {}", unit.name, self.word("units_of.year").replace("{n}", &year.to_string()));
        let mut head = self.page(page, "unit-year", "units", &title);
        head.crumbs = self.crumbs([
            (self.word("nav.units"), Some(&OutputPath::new("units/index.html"))),
            (unit.name.clone(), Some(self.scene.atlas.unit(id))),
        ]);
        let account = self.scene.ledger.unit_year(id, year).filter(|_| self.has_plan(id, year));
        let lessons: Vec<LessonId> = self
            .scene
            .library
            .lesson_ids()
            .filter(|(_, lesson)| lesson.unit == id && lesson.year == Some(year))
            .map(|(id, _)| id)
            .collect();
        let menu = self.menu(id, year);
        let view = UnitYearView {
            head: self.unit_head(id, Some(year)),
            year: year_number(year),
            months: account.map(|account| self.strip(&account.months)).unwrap_or_default(),
            figures: account.map(|account| self.figures(&account.plan)),
            working: account.map(|account| self.plan_working(account, self.rows_of_year(id, year))),
            sessions: self.plan_rows(|session| session.unit == id && session.year == year),
            account: account.and_then(|_| self.unit_account(id, year)),
            unplanned: self.unplanned(id, year),
            honours: self.unit_honours(id, year),
            lessons: self.cards(&lessons),
            volume_url: self.scene.atlas.volumes.get(&(id, year)).map(OutputPath::to_string),
            instructors: self.people_cards(&self.instructors_of(id, Some(year)), Some(year)),
            is_voted: menu.iter().any(|item| item.votes > 0),
            menu,
            summary_html: self.summary(page, id, year, used, findings),
            documents: self.unit_documents(id),
            forms: self.year_forms(id, year),
        };
        (head, view)
    }

    /// Sessions as rows; the library keeps them by unit, year and month.
    pub(super) fn plan_rows(&self, test: impl Fn(&Session) -> bool) -> Vec<crate::render::views::SessionRowView> {
        let sessions = self.scene.library.sessions.iter().enumerate().filter(|(_, session)| test(session));
        sessions.map(|(at, _)| self.row(SessionId(at))).collect()
    }

    /// 年度选学菜单.
    pub(super) fn menu(&self, id: UnitId, year: i32) -> Vec<MenuItemView> {
        let items = self.scene.library.menu.iter().filter(|item| item.unit == id && item.year == year).enumerate();
        let demand = ledger::demand(self.scene.library, id, year);
        let wanted = |topic: &str| demand.iter().find(|wanted| wanted.on_menu && wanted.topic == topic);
        let view = items.map(|(at, item)| MenuItemView {
            votes: wanted(&item.topic).map_or(0, |wanted| wanted.votes),
            is_planned: wanted(&item.topic).is_some_and(|wanted| wanted.planned),
            number: item.order.map_or_else(|| (at + 1).to_string(), |order| order.to_string()),
            topic: item.topic.clone(),
            lesson: self
                .scene
                .library
                .find_lesson(&item.topic, Some(id), Some(year))
                .map(|lesson| self.lesson_link(lesson)),
            domain: item.domain.as_ref().map(|word| word.name.clone()),
            ability: joined(item.skills.iter().map(|word| word.name.as_str())),
            origin: item.reason.as_ref().map(|word| word.name.clone()),
            instructor: item.instructor.clone(),
            note: item.note.clone(),
        });
        view.collect()
    }

    fn summary(
        &self,
        page: &Page,
        id: UnitId,
        year: i32,
        used: &mut BTreeSet<BlobId>,
        findings: &mut Findings,
    ) -> Option<String> {
        let (_, article) = self
            .articles(ArticleKind::Summary)
            .find(|(_, article)| article.unit == Some(id) && article.year == Some(year))?;
        let text = Text {
            file: &article.file,
            body: &article.body,
            first_line: article.body_line,
            unit: Some(id),
            year: Some(year),
            page: &page.path,
        };
        self.body(&text, used, findings).html
    }
}
