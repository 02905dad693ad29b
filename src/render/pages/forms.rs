//! Forms that are filled on screen: 选学单, 申报表, 测评票. What they save is read back
//! by `collect`; both take names and columns from `records`.

use crate::atlas::{Page, PageKind, SheetKind};
use crate::model::vocabulary::vocabulary;
use crate::model::{Instructor, SessionId, Status, UnitId};
use crate::records::{BALLOT, COURSE_APPLICATION, Exchange, SELECTION, TOPIC_APPLICATION};
use crate::render::desk::{Desk, joined, year_number};
use crate::render::links::mail;
use crate::render::views::{
    ApplyView, BallotSessionView, BallotView, ChooseView, ClerkView, ExchangeView, LinkView, PageView,
};

fn exchange(exchange: &Exchange) -> ExchangeView {
    ExchangeView {
        file: exchange.file_pattern(),
        columns: exchange.columns.join(","),
        format: exchange.extension.to_owned(),
    }
}

fn names(list: &str) -> Vec<String> {
    vocabulary(list).terms.iter().map(|term| term.name.to_owned()).collect()
}

impl Desk<'_> {
    /// 选学单 of a unit's menu.
    pub(in crate::render) fn choose(&self, page: &Page, id: UnitId, year: i32) -> (PageView, ChooseView) {
        let unit = self.scene.library.unit(id);
        let title = self.word("fill.choose.title").replace("{year}", &year.to_string()).replace("{unit}", &unit.name);
        let mut head = self.page(page, "choose", "choose", &title);
        head.crumbs = self.year_crumbs(id, year);
        let subject = title.clone();
        let view = ChooseView {
            unit: self.unit_link(id),
            year: year_number(year),
            year_url: self.scene.atlas.unit_years.get(&(id, year)).map(ToString::to_string).unwrap_or_default(),
            items: self.menu(id, year),
            exchange: exchange(&SELECTION),
            clerk: ClerkView {
                name: unit.clerk.clone(),
                url: unit.clerk_email.as_ref().map(|address| mail(address, &subject)),
            },
        };
        (head, view)
    }

    /// 课程申报表 or 课题（机动）申报表.
    pub(in crate::render) fn apply(&self, page: &Page, is_adhoc: bool) -> (PageView, ApplyView) {
        let key = if is_adhoc { "topic-application" } else { "course-application" };
        let mut head = self.page(page, "apply", "forms", &self.word(&format!("forms.items.{key}.name")));
        head.crumbs = self.crumbs([(self.word("nav.forms"), self.only(&PageKind::Forms))]);
        let kinds = names("application_kind");
        let view = ApplyView {
            is_adhoc,
            kind: kinds.get(usize::from(is_adhoc)).cloned().unwrap_or_default(),
            units: self.unit_names(),
            forms: names("form"),
            origins: names("origin"),
            year: year_number(self.scene.config.as_of.year()),
            age_line: self.scene.config.policy.age.highest(),
            deadline_text: self.deadline_text().filter(|_| !is_adhoc),
            exchange: exchange(if is_adhoc { &TOPIC_APPLICATION } else { &COURSE_APPLICATION }),
        };
        (head, view)
    }

    /// 申报截止 of the year of the statistics as a sentence.
    fn deadline_text(&self) -> Option<String> {
        let as_of = self.scene.config.as_of;
        let last = self.scene.config.policy.deadline_of(as_of.year())?;
        let key = if as_of <= last { "fill.apply.deadline" } else { "fill.apply.over" };
        Some(self.filled(key, &[("day", &self.day(last))]))
    }

    /// An anonymous ballot, for the sessions of a unit's year or for any.
    pub(in crate::render) fn ballot(&self, page: &Page, of: Option<(UnitId, i32)>) -> (PageView, BallotView) {
        let mut head = self.page(page, "ballot", "forms", &self.word("fill.ballot.title"));
        head.crumbs = match of {
            Some((id, year)) => self.year_crumbs(id, year),
            None => self.crumbs([(self.word("nav.forms"), self.only(&PageKind::Forms))]),
        };
        let paper = self.only(&PageKind::Sheet(SheetKind::Satisfaction, None));
        let view = BallotView {
            unit: of.map(|(id, _)| self.unit_link(id)),
            year: year_number(of.map_or(self.scene.config.as_of.year(), |(_, year)| year)),
            sessions: of.map_or_else(Vec::new, |(id, year)| self.ballot_sessions(id, year)),
            units: if of.is_some() { Vec::new() } else { self.unit_names() },
            levels: names("rating"),
            exchange: exchange(&BALLOT),
            paper_url: paper.map(ToString::to_string).unwrap_or_default(),
        };
        (head, view)
    }

    /// Sessions that people may still evaluate, newest first: cancelled ones are not.
    fn ballot_sessions(&self, id: UnitId, year: i32) -> Vec<BallotSessionView> {
        let as_of = self.scene.config.as_of;
        let sessions = self.scene.library.sessions.iter().rev();
        let open = sessions
            .filter(|session| session.unit == id && session.year == year && session.status(as_of) != Status::Cancelled);
        let view = open.map(|session| BallotSessionView {
            topic: session.topic.clone(),
            instructor: self.names_of(&session.instructors),
            date: session.held.map(|day| day.to_string()),
            date_text: session.held.map(|day| self.day(day)),
        });
        view.collect()
    }

    /// People by name.
    pub(super) fn names_of(&self, instructors: &[Instructor]) -> Option<String> {
        let names: Vec<String> = instructors.iter().map(|instructor| self.person_link(instructor).name).collect();
        joined(names.iter().map(String::as_str))
    }

    fn unit_names(&self) -> Vec<String> {
        self.scene.library.units.iter().map(|unit| unit.name.clone()).collect()
    }

    /// The way down to a page of a unit's year.
    pub(super) fn year_crumbs(&self, id: UnitId, year: i32) -> Vec<crate::render::views::CrumbView> {
        let unit = self.scene.library.unit(id).name.clone();
        let year_title = self.word("units_of.year").replace("{n}", &year.to_string());
        let units = crate::base::OutputPath::new("units/index.html");
        self.crumbs([
            (self.word("nav.units"), Some(&units)),
            (unit, Some(self.scene.atlas.unit(id))),
            (year_title, self.scene.atlas.unit_years.get(&(id, year))),
        ])
    }

    /// The forms of a unit's year: those on screen first.
    pub(super) fn year_forms(&self, id: UnitId, year: i32) -> Vec<LinkView> {
        let found = self.scene.atlas.pages.iter().filter_map(|page| {
            let title = match &page.kind {
                PageKind::Choose(unit, of) if (*unit, *of) == (id, year) => self.word("fill.choose.short"),
                PageKind::Ballot(Some(of)) if *of == (id, year) => self.word("fill.ballot.title"),
                PageKind::Sheet(kind, Some(of)) if *of == (id, year) => {
                    self.word(&format!("sheets.{}.title", kind.key()))
                }
                _ => return None,
            };
            Some(LinkView { title, url: page.path.to_string() })
        });
        found.collect()
    }

    /// The menus that are open for choice, newest year first.
    pub(super) fn menus(&self) -> Vec<LinkView> {
        let mut found: Vec<(i32, UnitId, LinkView)> = Vec::new();
        for page in &self.scene.atlas.pages {
            if let PageKind::Choose(id, year) = page.kind {
                let unit = &self.scene.library.unit(id).name;
                let title = self.word("units.year_title").replace("{unit}", unit).replace("{year}", &year.to_string());
                found.push((year, id, LinkView { title, url: page.path.to_string() }));
            }
        }
        found.sort_by_key(|(year, id, _)| (std::cmp::Reverse(*year), *id));
        found.into_iter().map(|(_, _, link)| link).collect()
    }

    /// A session of the library.
    pub(super) fn session_of(&self, id: SessionId) -> &crate::model::Session {
        &self.scene.library.sessions[id.0]
    }
}
