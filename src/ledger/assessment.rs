//! 单位考核: five parts, always shown with the rank (directive S91, DOMAIN.md 3.6,
//! point 14).

use super::coverage::Coverage;
use super::ratio::Ratio;
use super::{Ledger, PlanAccount};
use crate::config::Config;
use crate::model::{Library, UnitId};

/// The parts in the order of the weights.
pub const PARTS: [&str; 5] = ["completion", "months", "coverage", "satisfaction", "material"];

/// A unit's assessment.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The unit.
    pub unit: UnitId,
    /// The five shares, in the order of [`PARTS`].
    pub parts: [Ratio; 5],
    /// Points of each part, in ten-thousandths; together they are the score.
    pub points: [u32; 5],
    /// The sum of the parts, in ten-thousandths of a point.
    pub score: u32,
    /// Its place, from one; ties share it. `None` when nothing is due yet (未启动).
    pub rank: Option<u32>,
}

impl Assessment {
    /// The score in tenths of a point, rounded half up, as the tables print it.
    pub fn tenths(&self) -> u32 {
        self.score.saturating_add(500) / 1000
    }
}

pub(super) fn assess(library: &Library, config: &Config, ledger: &Ledger, year: i32) -> Vec<Assessment> {
    let units = library.unit_ids().filter_map(|(unit, _)| {
        let account = ledger.unit_year(unit, year)?;
        Some(assessment(config, unit, &account.plan, &account.coverage, account.satisfaction))
    });
    let mut all: Vec<Assessment> = units.collect();
    all.sort_by(|a, b| (b.is_due(), b.score).cmp(&(a.is_due(), a.score)).then(a.unit.cmp(&b.unit)));
    let scores: Vec<u32> = all.iter().map(|one| one.score).collect();
    for one in &mut all {
        let before = scores.iter().filter(|score| **score > one.score).count();
        one.rank = one.is_due().then(|| u32::try_from(before + 1).unwrap_or(u32::MAX));
    }
    all
}

impl Assessment {
    fn is_due(&self) -> bool {
        self.parts[1].whole > 0
    }
}

fn assessment(
    config: &Config,
    unit: UnitId,
    plan: &PlanAccount,
    coverage: &Coverage,
    satisfaction: Ratio,
) -> Assessment {
    let months = Ratio::new(plan.months_met, plan.months_active);
    let parts = [plan.completion(), months, coverage.ratio(), satisfaction, plan.material()];
    let points: [u32; 5] = std::array::from_fn(|at| points(parts[at], config.policy.assessment_weights[at]));
    Assessment {
        unit,
        parts,
        score: points.iter().fold(0, |sum, points| sum.saturating_add(*points)),
        points,
        rank: None,
    }
}

/// `weight` points times the share, in ten-thousandths, rounded half up.
fn points(share: Ratio, weight: u32) -> u32 {
    if share.whole == 0 {
        return 0;
    }
    let (part, whole) = (u128::from(share.part) * u128::from(weight) * 10_000, u128::from(share.whole));
    u32::try_from((2 * part + whole) / (2 * whole)).unwrap_or(u32::MAX)
}
