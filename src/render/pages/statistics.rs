//! 统计: charts of a year, each with the table that says the same and a title that is a
//! sentence. The pictures are drawn when the site is built.

use super::assessment::year_links;
use super::charts::{Datum, bars, columns, line};
use crate::atlas::Page;
use crate::base::{Day, OutputPath};
use crate::ledger::{PlanAccount, Ratio, UnitYear};
use crate::model::{PlanKind, SessionId, UnitId};
use crate::render::desk::{Desk, count, year_number};
use crate::render::views::{ChartView, PageView, StatisticsView};

/// Classes of the satisfaction of a session: from this percentage on.
const CLASSES: [(u32, &str); 5] = [(0, "below"), (80, "c80"), (85, "c85"), (90, "c90"), (95, "c95")];

impl Desk<'_> {
    /// The statistics of a year.
    pub(in crate::render) fn statistics(&self, page: &Page, year: i32) -> (PageView, StatisticsView) {
        let mut head =
            self.page(page, "statistics", "statistics", &self.filled("statistics.title", &[("year", &year)]));
        head.crumbs = self.crumbs([]);
        let units = self.units_of_year(year);
        let charts = [
            self.completion_chart(&units, year),
            self.months_chart(year),
            self.spread_chart(year),
            self.satisfaction_chart(year),
            self.coverage_chart(&units, year),
            self.material_chart(&units, year),
        ];
        let view = StatisticsView {
            year: year_number(year),
            years: year_links(self.scene.atlas.statistics.iter(), year),
            charts: charts.into_iter().flatten().collect(),
            assessment_url: self.scene.atlas.assessments.get(&year).map(OutputPath::to_string),
        };
        (head, view)
    }

    /// The units that have something due in a year, in their order.
    fn units_of_year(&self, year: i32) -> Vec<(UnitId, &UnitYear)> {
        let years = self.scene.ledger.years.iter().filter(|((_, other), _)| *other == year);
        let units = years.map(|((unit, _), account)| (*unit, account));
        let mut units: Vec<_> = units.filter(|(_, account)| account.plan.months_active > 0).collect();
        units.sort_by_key(|(unit, _)| *unit);
        units
    }

    /// A share of each unit as lying bars, and the share of all together.
    fn shares(&self, units: &[(UnitId, &UnitYear)], year: i32, of: impl Fn(&UnitYear) -> Ratio) -> (Vec<Datum>, Ratio) {
        let data = units.iter().map(|(unit, account)| {
            let ratio = of(account);
            let path = self.scene.atlas.unit_years.get(&(*unit, year));
            let rows = self.scene.atlas.assessments.get(&year);
            Datum {
                label: self.scene.library.unit(*unit).name.clone(),
                url: path.map(OutputPath::to_string),
                rows_url: rows.map(|page| format!("{page}#u-{}", self.scene.library.unit(*unit).slug)),
                value: ratio.tenths().unwrap_or(0),
                upper: 0,
                value_text: ratio.percent().unwrap_or_else(|| self.word("figures.none")),
                detail_text: if ratio.whole == 0 { String::new() } else { ratio.to_string() },
            }
        });
        let sum = units.iter().fold(Ratio::default(), |sum, (_, account)| sum.plus(of(account)));
        (data.collect(), sum)
    }

    fn shares_chart(
        &self,
        id: &str,
        units: &[(UnitId, &UnitYear)],
        year: i32,
        of: impl Fn(&UnitYear) -> Ratio,
    ) -> Option<ChartView> {
        let (data, sum) = self.shares(units, year, of);
        let rate = sum.percent()?;
        let full = data.iter().filter(|datum| datum.value == 1000).count();
        let title = self.filled(
            &format!("statistics.charts.{id}.title"),
            &[("part", &sum.part), ("whole", &sum.whole), ("rate", &rate), ("full", &full), ("units", &data.len())],
        );
        let formula = self.share_formula(id, sum, Some(rate));
        Some(ChartView { id: id.to_owned(), title, formula, ..bars(data, 1000) })
    }

    fn completion_chart(&self, units: &[(UnitId, &UnitYear)], year: i32) -> Option<ChartView> {
        self.shares_chart("completion", units, year, |account| account.plan.completion())
    }

    fn coverage_chart(&self, units: &[(UnitId, &UnitYear)], year: i32) -> Option<ChartView> {
        let mut chart = self.shares_chart("coverage", units, year, |account| account.coverage.ratio())?;
        chart.title = chart.title.replace("{age}", &self.scene.config.policy.age.highest().to_string());
        Some(chart)
    }

    fn material_chart(&self, units: &[(UnitId, &UnitYear)], year: i32) -> Option<ChartView> {
        self.shares_chart("material", units, year, |account| PlanAccount::material(&account.plan))
    }

    /// Sessions held in a year with the day on which they were.
    fn held_in_year(&self, year: i32) -> Vec<(SessionId, Day)> {
        let sessions = self.scene.library.sessions.iter().enumerate();
        let held = sessions.filter(|(_, session)| session.is_held(self.scene.config.as_of));
        held.filter_map(|(at, session)| Some((SessionId(at), session.held.filter(|day| day.year() == year)?))).collect()
    }

    fn months_chart(&self, year: i32) -> Option<ChartView> {
        let held = self.held_in_year(year);
        let mut months = [(0u32, 0u32); 12];
        for (id, day) in &held {
            let month = &mut months[usize::try_from(day.month().month).unwrap_or(1) - 1];
            month.0 += 1;
            month.1 += u32::from(self.scene.library.sessions[id.0].kind == PlanKind::AdHoc);
        }
        let most = months.iter().map(|month| month.0).max().filter(|most| *most > 0)?;
        let data = (1u32..).zip(months).map(|(month, (all, adhoc))| Datum {
            label: self.month_name(month),
            url: None,
            rows_url: self.calendar_url(year, month).filter(|_| all > 0),
            value: all,
            upper: adhoc,
            value_text: all.to_string(),
            detail_text: self
                .filled("statistics.charts.months.detail", &[("basic", &(all - adhoc)), ("adhoc", &adhoc)]),
        });
        let data: Vec<Datum> = data.collect();
        let busiest = data.iter().find(|datum| datum.value == most).map_or("", |datum| datum.label.as_str()).to_owned();
        let title = self.filled(
            "statistics.charts.months.title",
            &[("year", &year), ("n", &held.len()), ("month", &busiest), ("most", &most)],
        );
        let adhoc: u32 = months.iter().map(|month| month.1).sum();
        let n = count(held.len());
        let formula = self.formula("held", &[("n", &n), ("basic", &n.saturating_sub(adhoc)), ("adhoc", &adhoc)]);
        Some(ChartView { id: "months".to_owned(), title, formula, ..columns(data, most) })
    }

    /// How the satisfaction of sessions is spread; a session with few ballots is not in.
    fn spread_chart(&self, year: i32) -> Option<ChartView> {
        let held = self.held_in_year(year);
        let rates: Vec<Ratio> = held.iter().filter_map(|(id, _)| self.anonymous_rate(*id)).collect();
        let class_of = |rate: &Ratio| CLASSES.iter().rposition(|(from, _)| rate.reaches(*from)).unwrap_or(0);
        // Whose session is below the line is not told: that class leads nowhere.
        let list = self.scene.atlas.plans.get(&year).map(|page| format!("{page}#list"));
        let data = CLASSES.iter().enumerate().map(|(at, (_, key))| {
            let n = rates.iter().filter(|rate| class_of(rate) == at).count();
            let ratio =
                Ratio::new(u32::try_from(n).unwrap_or(u32::MAX), u32::try_from(rates.len()).unwrap_or(u32::MAX));
            Datum {
                label: self.word(&format!("statistics.charts.spread.classes.{key}")),
                url: None,
                rows_url: list.clone().filter(|_| at > 0 && n > 0),
                value: ratio.part,
                upper: 0,
                value_text: ratio.part.to_string(),
                detail_text: ratio.percent().unwrap_or_default(),
            }
        });
        let data: Vec<Datum> = data.collect();
        let most = data.iter().map(|datum| datum.value).max().filter(|most| *most > 0)?;
        let high = rates.iter().filter(|rate| rate.reaches(90)).count();
        let title = self.filled("statistics.charts.spread.title", &[("n", &rates.len()), ("high", &high)]);
        let least = self.scene.config.policy.min_ballots;
        let formula = self.formula("spread", &[("n", &rates.len()), ("held", &held.len()), ("least", &least)]);
        Some(ChartView { id: "spread".to_owned(), title, formula, ..columns(data, most) })
    }

    /// Satisfaction of each month, all units together.
    fn satisfaction_chart(&self, year: i32) -> Option<ChartView> {
        let mut months = [Ratio::default(); 12];
        for (id, day) in self.held_in_year(year) {
            if let Some(rate) = crate::ledger::rate_of(self.scene.library, self.scene.config, id) {
                let month = &mut months[usize::try_from(day.month().month).unwrap_or(1) - 1];
                *month = month.plus(rate);
            }
        }
        let data = (1u32..).zip(months).filter(|(_, rate)| self.enough(*rate)).map(|(month, rate)| Datum {
            label: self.month_name(month),
            url: None,
            rows_url: self.calendar_url(year, month),
            value: rate.tenths().unwrap_or(0),
            upper: 0,
            value_text: self.against_line(rate),
            detail_text: rate.to_string(),
        });
        let data: Vec<Datum> = data.collect();
        let all = months.iter().fold(Ratio::default(), |sum, rate| sum.plus(*rate));
        let least = data.iter().min_by_key(|datum| datum.value)?;
        let most = data.iter().max_by_key(|datum| datum.value)?;
        let title = self.filled(
            "statistics.charts.satisfaction.title",
            &[("rate", &self.against_line(all)), ("low", &least.value_text), ("high", &most.value_text)],
        );
        let pass = self.scene.config.policy.pass_line;
        let text = self.filled("statistics.charts.satisfaction.line", &[("line", &pass)]);
        let formula = self.share_formula("satisfaction", all, Some(self.against_line(all)));
        Some(ChartView { id: "satisfaction".to_owned(), title, formula, ..line(data, pass, text) })
    }

    /// The sessions of a month, day by day.
    fn calendar_url(&self, year: i32, month: u32) -> Option<String> {
        self.scene.atlas.plans.get(&year).map(|page| format!("{page}#d{month}"))
    }
}
