//! 单位考核: the ranking with its five parts, and a unit's year in figures with the rows
//! that they were made from (directive S91, DOMAIN.md 3.6, point 14).

use crate::atlas::Page;
use crate::base::{Day, OutputPath};
use crate::ledger::{self, Assessment, PARTS, PlanRow, Ratio};
use crate::model::UnitId;
use crate::render::desk::{Desk, year_number};
use crate::render::laurels::source_text;
use crate::render::views::{
    AccountRowView, AccountView, AssessmentView, DemandView, PageView, PartView, PartWeightView, ShareView,
    YearLinkView,
};

/// A share with its numbers.
pub(super) fn share(ratio: Ratio) -> ShareView {
    ShareView { percent_text: ratio.percent(), part: ratio.part, whole: ratio.whole }
}

/// Ten-thousandths of a point with two decimals, rounded half up.
fn points_text(points: u32) -> String {
    let hundredths = (points + 50) / 100;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

impl Desk<'_> {
    /// The assessment of a year.
    pub(in crate::render) fn assessment(&self, page: &Page, year: i32) -> (PageView, AssessmentView) {
        let mut head =
            self.page(page, "assessment", "statistics", &self.filled("assessment.title", &[("year", &year)]));
        let statistics = self.scene.atlas.statistics.get(&year);
        head.crumbs = self.crumbs([(self.filled("statistics.title", &[("year", &year)]), statistics)]);
        let all = self.scene.ledger.assessments.get(&year).map(Vec::as_slice).unwrap_or_default();
        let policy = &self.scene.config.policy;
        let weights = PARTS.iter().zip(policy.assessment_weights);
        let view = AssessmentView {
            year: year_number(year),
            years: year_links(self.scene.atlas.assessments.iter(), year),
            weights: weights.map(|(key, weight)| PartWeightView { key: (*key).to_owned(), weight }).collect(),
            units: all.iter().filter_map(|one| self.account(one, year)).collect(),
            age_line: policy.age.highest(),
            statistics_url: statistics.map(OutputPath::to_string),
        };
        (head, view)
    }

    /// A unit's year in figures, when anything of it is due.
    pub(super) fn unit_account(&self, unit: UnitId, year: i32) -> Option<AccountView> {
        let all = self.scene.ledger.assessments.get(&year)?;
        let own = all.iter().find(|one| one.unit == unit && one.rank.is_some())?;
        self.account(own, year)
    }

    fn account(&self, one: &Assessment, year: i32) -> Option<AccountView> {
        let account = self.scene.ledger.unit_year(one.unit, year)?;
        let all = self.scene.ledger.assessments.get(&year)?;
        let mut unit = self.unit_link(one.unit);
        if let Some(path) = self.scene.atlas.unit_years.get(&(one.unit, year)) {
            unit.url = path.to_string();
        }
        let weights = self.scene.config.policy.assessment_weights;
        let parts = PARTS.iter().enumerate().map(|(at, key)| PartView {
            key: (*key).to_owned(),
            share: share(one.parts[at]),
            weight: weights[at],
            points_text: points_text(one.points[at]),
        });
        let folder = self.source_folder(one.unit, Some(year));
        let rows: Vec<AccountRowView> = account.rows.iter().map(|row| self.account_row(row, &folder)).collect();
        Some(AccountView {
            anchor: format!("u-{}", self.scene.library.unit(one.unit).slug),
            unit,
            rank: one.rank,
            is_tied: one.rank.is_some() && all.iter().filter(|other| other.rank == one.rank).count() > 1,
            score_text: format!("{}.{}", one.tenths() / 10, one.tenths() % 10),
            parts: parts.collect(),
            participation: share(account.coverage.participation()),
            response: share(account.response),
            has_few_ballots: rows.iter().any(|row| row.ballots_state == "few"),
            folder,
            rows,
        })
    }

    fn account_row(&self, row: &PlanRow, folder: &str) -> AccountRowView {
        let id = row.session;
        let session = self.session_of(id);
        let held = session.held.filter(|_| row.is_held);
        let near = |source: String| match source.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest.to_owned(),
            None => source,
        };
        let rate = ledger::rate_of(self.scene.library, self.scene.config, id);
        let open = self.public_rate(id);
        AccountRowView {
            month_text: session.month.map_or_else(String::new, |month| self.month_name(month.month)),
            topic: session.topic.clone(),
            lesson_url: session.lesson.map(|lesson| self.scene.atlas.lesson(lesson).to_string()),
            kind: session.kind.key().to_owned(),
            state: session.status(self.scene.config.as_of).key().to_owned(),
            is_due: row.is_due,
            is_on_time: row.is_on_time,
            date_text: held.map(|day: Day| self.short_day(day).0),
            ballots_text: open.map(|rate| rate.to_string()),
            ballots_state: match (held, rate, open) {
                (Some(_), None, _) => "none",
                (_, Some(_), None) => "few",
                _ => "",
            }
            .to_owned(),
            attended: session.attended.filter(|_| row.is_held),
            source: near(source_text(&session.place)),
            ballots_source: rate.map(|_| near(self.ballots_source(id))),
        }
    }

    /// What colleagues want and nobody has planned (想学未排), most wanted first.
    pub(super) fn unplanned(&self, unit: UnitId, year: i32) -> Vec<DemandView> {
        let demand = ledger::demand(self.scene.library, unit, year);
        let most = demand.iter().map(|topic| topic.votes).max().unwrap_or(0);
        let open = demand.into_iter().filter(|topic| !topic.planned && topic.votes > 0);
        open.map(|topic| DemandView {
            width: Ratio::new(topic.votes, most).percent().unwrap_or_default(),
            topic: topic.topic,
            votes: topic.votes,
        })
        .collect()
    }
}

/// Years to switch to, newest first.
pub(super) fn year_links<'p>(
    pages: impl DoubleEndedIterator<Item = (&'p i32, &'p OutputPath)>,
    current: i32,
) -> Vec<YearLinkView> {
    pages
        .rev()
        .map(|(year, path)| YearLinkView {
            year: year_number(*year),
            url: path.to_string(),
            is_current: *year == current,
        })
        .collect()
}
