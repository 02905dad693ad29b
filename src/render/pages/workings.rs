//! How figures come about: numerator and denominator in words, the rule, and the rows
//! behind them with file and line, or the page where they stand. The ledger counts; here
//! it is only told (DOMAIN.md 3.6).

use std::fmt::Display;

use crate::base::OutputPath;
use crate::ledger::{Holdings, PlanAccount, PlanRow, Ratio, UnitYear};
use crate::model::{PersonId, SessionId, UnitId};
use crate::render::desk::{Desk, count};
use crate::render::laurels::source_text;
use crate::render::views::{FormulaView, LinkView, PartsRowView, RowListView, WorkingRowView, WorkingsView};

/// How many rows a working lists before it says where the others stand.
const LISTED: usize = 12;

/// The figures of a plan, in the order in which they stand on pages.
const OF_PLAN: [&str; 6] = ["completion", "on_time", "months", "held", "attendances", "material"];

/// A share as a cell: both its numbers.
fn cell(ratio: Ratio) -> String {
    if ratio.whole == 0 { "—".to_owned() } else { ratio.to_string() }
}

impl Desk<'_> {
    /// How one figure comes about.
    pub(super) fn formula(&self, key: &str, values: &[(&str, &dyn Display)]) -> FormulaView {
        let word = |part: &str| format!("working.figures.{key}.{part}");
        let rules = &self.site.rules;
        let set: [(&str, &dyn Display); 2] = [("times", &rules.times), ("line", &rules.line)];
        let values = &[values, &set].concat();
        FormulaView {
            name: self.filled(&word("name"), values),
            text: self.filled(&word("text"), values),
            rule: self.filled(&word("rule"), values),
        }
    }

    /// How a share comes about.
    pub(super) fn share_formula(&self, key: &str, ratio: Ratio, rate: Option<String>) -> FormulaView {
        let rate = rate.unwrap_or_else(|| self.word("figures.none"));
        self.formula(key, &[("part", &ratio.part), ("whole", &ratio.whole), ("rate", &rate)])
    }

    fn heads(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.word(&format!("working.figures.{key}.name"))).collect()
    }

    /// Rows of a list; of many the first, with the place of the others.
    fn list(&self, title: &str, mut rows: Vec<WorkingRowView>, more_url: Option<String>) -> Option<RowListView> {
        let more = rows.len().saturating_sub(LISTED);
        rows.truncate(LISTED);
        let title = self.word(&format!("working.lists.{title}"));
        let more_text = (more > 0).then(|| self.filled("working.more", &[("n", &more)]));
        (!rows.is_empty()).then_some(RowListView { title, rows, more_text, more_url })
    }

    /// Where a unit's rows are written: its folder, or the one of a year.
    pub(super) fn source_folder(&self, unit: UnitId, year: Option<i32>) -> String {
        let library = self.scene.library;
        let own =
            self.scene.ledger.holdings.iter().filter(|((of, at), _)| *of == unit && (year.is_none() || *at == year));
        let file = own.map(|(_, held)| held).find_map(|held| {
            let session = held.held.first().map(|id| &library.sessions[id.0].place.file);
            session.or_else(|| held.lessons.first().map(|id| &library.lesson(*id).file))
        });
        let unit = library.unit(unit);
        let file = file.unwrap_or(&unit.place.file).as_str();
        let parts: Vec<&str> = file.split('/').collect();
        let depth = parts.iter().position(|part| *part == unit.folder).map_or(parts.len(), |at| at + 1);
        let of_year = year.and_then(|year| parts.get(depth).filter(|part| part.contains(&year.to_string())));
        parts[..depth + usize::from(of_year.is_some())].join("/")
    }

    /// The numbers of the library by unit.
    pub(super) fn library_working(&self) -> WorkingsView {
        let counts = self.counts();
        let people: Vec<Option<UnitId>> = self.scene.atlas.people.keys().map(|id| self.unit_now(*id)).collect();
        let parts = self.scene.library.unit_ids().map(|(id, unit)| {
            let own = self.unit_holdings(id);
            let instructors = people.iter().filter(|other| **other == Some(id)).count();
            let cells = [count(own.lessons.len()), count(instructors), count(own.held.len()), own.attendances];
            PartsRowView {
                name: unit.name.clone(),
                url: Some(self.scene.atlas.unit(id).to_string()),
                cells: cells.iter().map(u32::to_string).collect(),
                source: self.source_folder(id, None),
            }
        });
        let elsewhere = people.iter().filter(|unit| unit.is_none()).count();
        let total = [counts.lessons, counts.instructors, counts.sessions, counts.attendances];
        WorkingsView {
            formulas: vec![
                self.formula("lessons", &[("n", &counts.lessons)]),
                self.formula("instructors", &[("n", &counts.instructors)]),
                self.formula("units", &[("n", &counts.units)]),
                self.formula("sessions", &[("n", &counts.sessions)]),
                self.formula("attendances", &[("n", &counts.attendances)]),
            ],
            heads: self.heads(&["lessons", "instructors", "sessions", "attendances"]),
            parts: parts.collect(),
            total: total.iter().map(u32::to_string).collect(),
            lists: Vec::new(),
            rows: None,
            note: (elsewhere > 0).then(|| self.filled("working.elsewhere", &[("n", &elsewhere)])),
        }
    }

    /// The unit of somebody at the date of the data.
    fn unit_now(&self, id: PersonId) -> Option<UnitId> {
        self.scene.library.person(id).unit_in(self.scene.config.as_of.year())
    }

    /// All years of a unit together.
    pub(super) fn unit_holdings(&self, id: UnitId) -> Holdings {
        let all = self.scene.ledger.holdings.iter();
        Holdings::sum(all.filter(|((unit, _), _)| *unit == id).map(|(_, own)| own))
    }

    /// The sessions of a month: which rows stand behind the list.
    pub(super) fn month_working(&self, sessions: &[SessionId]) -> Option<WorkingsView> {
        let as_of = self.scene.config.as_of;
        let held = sessions.iter().filter(|id| self.session_of(**id).is_held(as_of)).count();
        let rows = sessions.iter().map(|id| self.session_row(*id)).collect();
        let plans = self.scene.atlas.plans.get(&as_of.year()).map(OutputPath::to_string);
        let month = self.month(as_of.month());
        Some(WorkingsView {
            formulas: vec![self.formula("of_month", &[("n", &sessions.len()), ("held", &held), ("month", &month)])],
            lists: vec![self.list("sessions", rows, plans.map(|plans| format!("{plans}#m{}", as_of.month().month)))?],
            ..WorkingsView::default()
        })
    }

    /// How the figures of a plan come about.
    fn plan_formulas(&self, plan: &PlanAccount) -> Vec<FormulaView> {
        let months = Ratio::new(plan.months_met, plan.months_active);
        let basic = plan.sessions_held.saturating_sub(plan.adhoc_held);
        vec![
            self.share_formula("completion", plan.completion(), plan.completion().percent()),
            self.share_formula("on_time", plan.on_time(), plan.on_time().percent()),
            self.share_formula("months", months, months.percent()),
            self.formula("held", &[("n", &plan.sessions_held), ("basic", &basic), ("adhoc", &plan.adhoc_held)]),
            self.formula("attendances", &[("n", &plan.attendances)]),
            self.share_formula("material", plan.material(), plan.material().percent()),
        ]
    }

    /// The plans of all units in a year: a row for each unit, and the rows that are
    /// missing or late.
    pub(super) fn plans_working(&self, year: i32, sum: &PlanAccount, has_list: bool) -> WorkingsView {
        let years = self.scene.ledger.years.iter().filter(|((_, other), _)| *other == year);
        let years: Vec<(UnitId, &UnitYear)> = years.map(|((unit, _), account)| (*unit, account)).collect();
        let parts = years.iter().map(|(unit, account)| PartsRowView {
            name: self.scene.library.unit(*unit).name.clone(),
            url: self.rows_of_year(*unit, year),
            cells: plan_cells(&account.plan),
            source: self.source_folder(*unit, Some(year)),
        });
        let page = self.scene.atlas.plans.get(&year).filter(|_| has_list).map(|path| format!("{path}#list"));
        let exceptions = self.exceptions(years.iter().flat_map(|(_, account)| &account.rows), page);
        WorkingsView {
            formulas: self.plan_formulas(sum),
            heads: self.heads(&OF_PLAN),
            parts: parts.collect(),
            total: plan_cells(sum),
            lists: exceptions.into_iter().collect(),
            rows: None,
            note: None,
        }
    }

    /// A unit's plan; its rows stand in the account of the same page when it has one.
    pub(super) fn plan_working(&self, account: &UnitYear, rows_url: Option<String>) -> WorkingsView {
        WorkingsView {
            formulas: self.plan_formulas(&account.plan),
            lists: self.exceptions(&account.rows, rows_url.clone()).into_iter().collect(),
            rows: rows_url.map(|url| LinkView { title: self.word("working.all_rows"), url }),
            ..WorkingsView::default()
        }
    }

    /// Where the rows of a unit's year stand one by one.
    pub(super) fn rows_of_year(&self, unit: UnitId, year: i32) -> Option<String> {
        let path = self.scene.atlas.unit_years.get(&(unit, year))?;
        let assessed = self.scene.ledger.assessments.get(&year).map(Vec::as_slice).unwrap_or_default();
        let is_assessed =
            self.has_plan(unit, year) && assessed.iter().any(|one| one.unit == unit && one.rank.is_some());
        Some(if is_assessed { format!("{path}#figures") } else { path.to_string() })
    }

    /// Rows that count in the denominator alone: due and not held, or held too late.
    fn exceptions<'r>(&self, rows: impl IntoIterator<Item = &'r PlanRow>, url: Option<String>) -> Option<RowListView> {
        let open = rows.into_iter().filter(|row| row.is_due && !row.is_on_time);
        let rows = open.map(|row| WorkingRowView {
            value_text: Some(self.word(if row.is_held { "sessions.late" } else { "assessment.not_held" })),
            ..self.planned_row(row.session)
        });
        self.list("exceptions", rows.collect(), url)
    }

    /// A row of a plan by the month that it was planned for.
    fn planned_row(&self, id: SessionId) -> WorkingRowView {
        let session = self.session_of(id);
        let month = session.month.map_or_else(String::new, |month| self.month(month));
        let unit = &self.scene.library.unit(session.unit).name;
        WorkingRowView {
            text: self.filled("working.planned", &[("month", &month), ("topic", &session.topic), ("unit", unit)]),
            ..self.session_row(id)
        }
    }

    /// A unit's numbers by year; those of its card tell its people and honours as well.
    pub(super) fn unit_working(&self, id: UnitId, formulas: Vec<FormulaView>) -> WorkingsView {
        let years = self.scene.ledger.holdings.iter().rev().filter(|((unit, _), _)| *unit == id);
        let parts: Vec<PartsRowView> = years.map(|((_, year), own)| self.year_part(id, *year, own)).collect();
        let sum = self.unit_holdings(id);
        let mut total = vec![sum.lessons.len().to_string(), sum.held.len().to_string(), sum.attendances.to_string()];
        total.extend([String::new(), String::new()]);
        WorkingsView {
            formulas,
            heads: self.heads(&["lessons", "sessions", "attendances", "completion", "satisfaction"]),
            total: if parts.len() > 1 { total } else { Vec::new() },
            parts,
            ..WorkingsView::default()
        }
    }

    fn year_part(&self, id: UnitId, year: Option<i32>, own: &Holdings) -> PartsRowView {
        let account = year.and_then(|year| self.scene.ledger.unit_year(id, year));
        let satisfaction = account.map(|account| account.satisfaction).filter(|rate| self.enough(*rate));
        PartsRowView {
            name: year.map_or_else(|| "—".to_owned(), |year| self.filled("units_of.year", &[("n", &year)])),
            url: year.and_then(|year| self.rows_of_year(id, year)),
            cells: vec![
                own.lessons.len().to_string(),
                own.held.len().to_string(),
                own.attendances.to_string(),
                account.map_or_else(|| "—".to_owned(), |account| cell(account.plan.completion())),
                satisfaction.map_or_else(|| "—".to_owned(), cell),
            ],
            source: self.source_folder(id, year),
        }
    }

    /// A person's lessons and sessions, with the files that they stand in.
    pub(super) fn person_working(&self, id: PersonId, page: &OutputPath) -> WorkingsView {
        let library = self.scene.library;
        let lessons = self.scene.atlas.related.of_person.get(&id).map(Vec::as_slice).unwrap_or_default();
        let years = self.scene.ledger.instructors.range((id, i32::MIN)..=(id, i32::MAX)).rev();
        let held: Vec<SessionId> = years.flat_map(|(_, year)| year.held.iter().copied()).collect();
        let attended = held.iter().fold(0u32, |sum, id| sum.saturating_add(self.session_of(*id).attended.unwrap_or(0)));
        let sessions = held.iter().map(|id| WorkingRowView {
            value_text: self.session_of(*id).attended.map(|n| self.filled("units_of.people", &[("n", &n)])),
            ..self.session_row(*id)
        });
        let files = lessons.iter().map(|id| WorkingRowView {
            text: self.filled("working.lesson", &[("topic", &library.lesson(*id).title)]),
            url: Some(self.scene.atlas.lesson(*id).to_string()),
            value_text: None,
            source: library.lesson(*id).file.to_string(),
        });
        let lists = [
            self.list("lessons", files.collect(), Some(format!("{page}#lessons"))),
            self.list("sessions", sessions.collect(), Some(format!("{page}#sessions"))),
            self.streak_list(id),
        ];
        let mut formulas = vec![
            self.formula("own_lessons", &[("n", &lessons.len())]),
            self.formula("own_sessions", &[("n", &held.len())]),
            self.formula("own_attendances", &[("n", &attended)]),
        ];
        formulas.extend(self.streak_text(id).map(|text| self.formula("streak", &[("text", &text)])));
        WorkingsView { formulas, lists: lists.into_iter().flatten().collect(), ..WorkingsView::default() }
    }

    /// The lists of excellent instructors that name somebody in a row, latest first.
    fn streak_list(&self, id: PersonId) -> Option<RowListView> {
        let honours = &self.scene.ledger.honours;
        let latest = *honours.excellent.keys().next_back()?;
        let years = i32::try_from(honours.streak(id, latest).years).ok()?;
        let counted = (latest - years + 1..=latest).rev();
        let rows = counted.filter_map(|year| self.listing_row(id, year, self.laurels.by_year.get(&year)?));
        self.list("streak", rows.collect(), None)
    }

    /// A row of a plan with the day on which it was held.
    pub(super) fn session_row(&self, id: SessionId) -> WorkingRowView {
        let session = self.session_of(id);
        let day = session.held.filter(|_| session.is_held(self.scene.config.as_of));
        let day = day.map_or_else(|| self.word("sessions.states.planned"), |day| self.day(day));
        let unit = &self.scene.library.unit(session.unit).name;
        WorkingRowView {
            text: self.filled("honours.session", &[("date", &day), ("topic", &session.topic), ("unit", unit)]),
            url: session.lesson.map(|lesson| self.scene.atlas.lesson(lesson).to_string()),
            value_text: None,
            source: source_text(&session.place),
        }
    }
}

/// The figures of a plan as cells, in the order of [`OF_PLAN`].
fn plan_cells(plan: &PlanAccount) -> Vec<String> {
    vec![
        cell(plan.completion()),
        cell(plan.on_time()),
        cell(Ratio::new(plan.months_met, plan.months_active)),
        plan.sessions_held.to_string(),
        plan.attendances.to_string(),
        cell(plan.material()),
    ]
}
