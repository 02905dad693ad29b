//! 计划: one year of all units, as matrix, list and calendar.

use crate::atlas::Page;
use crate::base::{Day, Month};
use crate::ledger::PlanAccount;
use crate::model::{Session, SessionId};
use crate::render::desk::{Desk, count, year_number};
use crate::render::views::{
    CalendarDayView, CalendarMonthView, PageView, PlanMonthView, PlansView, SessionRowView, YearLinkView,
};

impl Desk<'_> {
    /// The plans of a year.
    pub(in crate::render) fn plans(&self, page: &Page, year: i32) -> (PageView, PlansView) {
        let title =
            format!("{} {}", self.word("units_of.year").replace("{n}", &year.to_string()), self.word("nav.plans"));
        let mut head = self.page(page, "plans", "plans", &title);
        head.crumbs = self.crumbs([]);
        let accounts = self.scene.ledger.years.iter().filter(|((_, other), _)| *other == year);
        let sum = PlanAccount::sum(accounts.map(|(_, account)| account.plan));
        let matrix = self.strips(year);
        let years = self.scene.atlas.plans.iter().rev();
        let months: Vec<PlanMonthView> = (1..=12).filter_map(|month| self.plan_month(year, month)).collect();
        let view = PlansView {
            year: year_number(year),
            years: years
                .map(|(other, path)| YearLinkView {
                    year: year_number(*other),
                    url: path.to_string(),
                    is_current: *other == year,
                })
                .collect(),
            figures: self.figures(&sum),
            working: self.plans_working(year, &sum, !months.is_empty()),
            month_totals: (0..12)
                .map(|at| matrix.iter().filter_map(|row| row.months.get(at)).map(|cell| cell.held).sum())
                .collect(),
            matrix,
            months,
            calendar: (1..=12).filter_map(|month| self.calendar_month(Month::new(year, month)?)).collect(),
        };
        (head, view)
    }

    fn plan_month(&self, year: i32, month: u32) -> Option<PlanMonthView> {
        let of_month =
            |session: &Session| session.year == year && session.month.is_some_and(|other| other.month == month);
        let sessions = self.plan_rows(of_month);
        (!sessions.is_empty()).then(|| PlanMonthView { month, month_text: self.month_name(month), sessions })
    }

    fn calendar_month(&self, month: Month) -> Option<CalendarMonthView> {
        let sessions = self.scene.library.sessions.iter().enumerate();
        let as_of = self.scene.config.as_of;
        let mut held: Vec<(Day, SessionRowView)> = sessions
            .filter(|(_, session)| session.is_held(as_of))
            .filter_map(|(at, session)| {
                Some((session.held.filter(|day| day.month() == month)?, self.row(SessionId(at))))
            })
            .collect();
        held.sort_by_key(|(day, _)| *day);
        let total = count(held.len());
        let mut days: Vec<CalendarDayView> = Vec::new();
        for (day, row) in held {
            let date = day.to_string();
            match days.last_mut().filter(|last| last.date == date) {
                Some(last) => last.sessions.push(row),
                None => {
                    let (day_text, weekday_text) = self.short_day(day);
                    days.push(CalendarDayView { date, day_text, weekday_text, sessions: vec![row] });
                }
            }
        }
        (total > 0).then(|| CalendarMonthView { month: month.month, month_text: self.month(month), count: total, days })
    }
}
