//! Forms for paper (DOMAIN.md 4.9): blank ones, and for a unit's year those that its
//! data fill.

use crate::atlas::{Page, PageKind, SheetKind};
use crate::ledger::Ratio;
use crate::model::vocabulary::vocabulary;
use crate::model::{Lesson, Session, SessionId, UnitId};
use crate::render::desk::{Desk, joined, year_number};
use crate::render::views::{LinkView, PageView, SheetView};

/// How many blank rows a sheet of paper has.
fn blank_rows(kind: SheetKind, is_filled: bool) -> u32 {
    match (kind, is_filled) {
        (SheetKind::Menu | SheetKind::Selection | SheetKind::EvaluationSummary, false) => 16,
        (SheetKind::Plan, false) => 14,
        (SheetKind::SignIn, false) => 20,
        (SheetKind::Plan | SheetKind::EvaluationSummary | SheetKind::SignIn, true) => 3,
        _ => 0,
    }
}

fn layout(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Lesson | SheetKind::Pacesetter => "card",
        SheetKind::Satisfaction => "slips",
        _ => "table",
    }
}

impl Desk<'_> {
    /// A form for paper.
    pub(in crate::render) fn sheet(
        &self,
        page: &Page,
        kind: SheetKind,
        of: Option<(UnitId, i32)>,
    ) -> (PageView, SheetView) {
        let nav = if kind == SheetKind::Menu { "choose" } else { "forms" };
        let mut head = self.page(page, "sheet", nav, &self.word(&format!("sheets.{}.title", kind.key())));
        head.crumbs = match of {
            Some((id, year)) => self.year_crumbs(id, year),
            None => self.crumbs([(self.word("nav.forms"), self.only(&PageKind::Forms))]),
        };
        let rows = of.map_or_else(|| self.blank_items(kind), |(id, year)| self.sheet_rows(kind, id, year));
        let filled = u32::try_from(rows.len()).unwrap_or(0);
        let blank = if kind == SheetKind::UnitSummary { 0 } else { blank_rows(kind, of.is_some()) };
        let view = SheetView {
            key: kind.key().to_owned(),
            layout: layout(kind).to_owned(),
            unit: of.map(|(id, _)| self.scene.library.unit(id).name.clone()),
            year: of.map(|(_, year)| year_number(year)),
            rows,
            blank_rows: (filled + 1..=filled + blank).collect(),
            levels: vocabulary("rating").terms.iter().map(|term| term.name.to_owned()).collect(),
            others: self.other_sheets(kind, of),
        };
        (head, view)
    }

    /// A blank form leads to the same one of each unit in the year of the data, or to
    /// the one on screen.
    fn other_sheets(&self, kind: SheetKind, of: Option<(UnitId, i32)>) -> Vec<LinkView> {
        if of.is_some() {
            return Vec::new();
        }
        if matches!(kind, SheetKind::Menu | SheetKind::Selection) {
            return self.menus();
        }
        let year = self.scene.config.as_of.year();
        let pages = self.scene.atlas.pages.iter().filter_map(|page| match page.kind {
            PageKind::Sheet(other, Some((id, of))) if other == kind && of == year => Some((id, &page.path)),
            PageKind::Ballot(Some((id, of))) if kind == SheetKind::Satisfaction && of == year => Some((id, &page.path)),
            _ => None,
        });
        let link = |(id, path): (UnitId, &crate::base::OutputPath)| LinkView {
            title: self.scene.library.unit(id).name.clone(),
            url: path.to_string(),
        };
        pages.map(link).collect()
    }

    /// The items of a blank summary, without figures.
    fn blank_items(&self, kind: SheetKind) -> Vec<Vec<String>> {
        match kind {
            SheetKind::UnitSummary => self.summary_items(|_| String::new()),
            _ => Vec::new(),
        }
    }

    fn sheet_rows(&self, kind: SheetKind, id: UnitId, year: i32) -> Vec<Vec<String>> {
        match kind {
            SheetKind::Plan => self.numbered(self.year_sessions(id, year).into_iter().map(|at| self.plan_cells(at))),
            SheetKind::EvaluationSummary => {
                let held = self.year_sessions(id, year).into_iter().filter(|at| self.is_held(*at));
                self.numbered(held.map(|at| self.evaluation_cells(at)))
            }
            SheetKind::SignIn => self.numbered(self.roster(id, year).into_iter().map(|name| vec![name])),
            SheetKind::UnitSummary => self.year_summary(id, year),
            _ => Vec::new(),
        }
    }

    fn numbered(&self, rows: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
        rows.enumerate().map(|(at, row)| std::iter::once((at + 1).to_string()).chain(row).collect()).collect()
    }

    fn year_sessions(&self, id: UnitId, year: i32) -> Vec<SessionId> {
        let all = self.scene.library.sessions.iter().enumerate();
        all.filter(|(_, session)| session.unit == id && session.year == year).map(|(at, _)| SessionId(at)).collect()
    }

    fn is_held(&self, id: SessionId) -> bool {
        self.session_of(id).is_held(self.scene.config.as_of)
    }

    /// Month, topic, instructor, kind, form, venue, audience, day, rate, lesson, remark.
    fn plan_cells(&self, id: SessionId) -> Vec<String> {
        let session = self.session_of(id);
        let lesson = session.lesson.map(|lesson| self.scene.library.lesson(lesson));
        vec![
            session.month.map_or_else(String::new, |month| self.month_name(month.month)),
            session.topic.clone(),
            self.names_of(&session.instructors).unwrap_or_default(),
            self.word(&format!("sessions.kinds.{}", session.kind.key())),
            session.form.as_ref().map(|word| word.name.clone()).unwrap_or_default(),
            session.venue.clone().unwrap_or_default(),
            self.audience_of(session, lesson),
            session.held.filter(|_| self.is_held(id)).map_or_else(String::new, |day| day.to_string()),
            self.public_rate(id)
                .and_then(|rate| rate.percent_against(self.scene.config.policy.pass_line))
                .unwrap_or_default(),
            lesson.map(|lesson| lesson.number.clone()).unwrap_or_default(),
            session.note.clone().unwrap_or_default(),
        ]
    }

    /// Who is taught, and whether they are told to come or choose to (directive S55).
    fn audience_of(&self, session: &Session, lesson: Option<&Lesson>) -> String {
        let audience = session.audience.as_deref().or_else(|| lesson.and_then(|lesson| lesson.audience.as_deref()));
        joined(session.training.iter().map(|word| word.name.as_str()).chain(audience)).unwrap_or_default()
    }

    /// Day, topic, instructor, expected, attended, valid, the four levels, rate, remark.
    fn evaluation_cells(&self, id: SessionId) -> Vec<String> {
        let session = self.session_of(id);
        let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
        let rate = self.public_rate(id);
        let ballots = session.ballots.filter(|_| rate.is_some());
        let levels = ballots
            .map(|ballots| [ballots.count(), ballots.very, ballots.satisfied, ballots.fair, ballots.dissatisfied]);
        let mut cells = vec![
            session.held.map_or_else(String::new, |day| day.to_string()),
            session.topic.clone(),
            self.names_of(&session.instructors).unwrap_or_default(),
            number(session.expected),
            number(session.attended),
        ];
        cells.extend((0..5).map(|at| number(levels.map(|levels| levels[at]))));
        cells.push(rate.and_then(|rate| rate.percent_against(self.scene.config.policy.pass_line)).unwrap_or_default());
        cells.push(String::new());
        cells
    }

    /// Everybody of the unit in the year, by pinyin.
    fn roster(&self, id: UnitId, year: i32) -> Vec<String> {
        let account = self.scene.ledger.unit_year(id, year);
        let people = account.map(|account| account.coverage.everybody.clone()).unwrap_or_default();
        self.by_pinyin(people).into_iter().map(|id| self.scene.library.person(id).display.clone()).collect()
    }

    /// The items of 单位年度情况汇总表 with their figures.
    fn summary_items(&self, figure: impl Fn(&str) -> String) -> Vec<Vec<String>> {
        const ITEMS: &[&str] = &[
            "people",
            "basic_planned",
            "basic_held",
            "completion",
            "on_time",
            "adhoc_held",
            "months_met",
            "attendances",
            "coverage",
            "satisfaction",
            "response",
            "material",
            "lessons",
            "instructors",
        ];
        let row = |item: &&str| {
            vec![
                self.word(&format!("sheets.unit-summary.items.{item}.name")),
                figure(item),
                self.word(&format!("sheets.unit-summary.items.{item}.note")),
            ]
        };
        ITEMS.iter().map(row).collect()
    }

    /// Only figures that stand on public pages as well.
    fn year_summary(&self, id: UnitId, year: i32) -> Vec<Vec<String>> {
        let Some(account) = self.scene.ledger.unit_year(id, year) else { return self.summary_items(|_| String::new()) };
        let plan = &account.plan;
        let lessons =
            || self.scene.library.lessons.iter().filter(|lesson| lesson.unit == id && lesson.year == Some(year));
        let share = |ratio: Ratio| {
            ratio.percent().map_or_else(String::new, |percent| {
                percent + &self.filled("frame.aside", &[("text", &format!("{}/{}", ratio.part, ratio.whole))])
            })
        };
        let instructors: std::collections::BTreeSet<_> = self
            .year_sessions(id, year)
            .into_iter()
            .filter(|at| self.is_held(*at))
            .flat_map(|at| self.session_of(at).instructors.clone())
            .collect();
        let enough = account.satisfaction.whole >= self.scene.config.policy.min_ballots;
        self.summary_items(|item| match item {
            "people" => account.coverage.everybody.len().to_string(),
            "basic_planned" => plan.basic_planned.to_string(),
            "basic_held" => plan.basic_held.to_string(),
            "completion" => share(plan.completion()),
            "on_time" => share(plan.on_time()),
            "adhoc_held" => plan.adhoc_held.to_string(),
            "months_met" if plan.months_active > 0 => format!("{}/{}", plan.months_met, plan.months_active),
            "attendances" => plan.attendances.to_string(),
            "coverage" => share(account.coverage.ratio()),
            "satisfaction" if enough => share(account.satisfaction),
            "response" if enough => share(account.response),
            "material" => share(Ratio::new(plan.with_material, plan.sessions_held)),
            "lessons" => lessons().count().to_string(),
            "instructors" => instructors.len().to_string(),
            _ => String::new(),
        })
    }
}
