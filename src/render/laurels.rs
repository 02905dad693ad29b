//! Who and what is honoured, looked up by year, person and lesson.

use std::collections::BTreeMap;

use super::Scene;
use super::desk::{Desk, year_number};
use super::views::{HonourBadgeView, PersonLinkView};
use crate::base::{OutputPath, Place};
use crate::ledger::{self, MODEL_AFTER, Ratio, YearHonours};
use crate::model::{Honour, Instructor, LessonId, PersonId, SessionId};

/// The honours that count, with where the ballots behind them are written.
pub struct Laurels<'a> {
    /// By year; years without any are left out.
    pub by_year: BTreeMap<i32, &'a YearHonours>,
    /// Where the ballots of sessions are written.
    ballots_at: BTreeMap<SessionId, &'a Place>,
}

impl<'a> Laurels<'a> {
    /// Looks all years up.
    pub(super) fn new(scene: &Scene<'a>) -> Self {
        let years = scene.ledger.honours.counted.iter();
        let evaluations = scene.library.evaluations.iter().filter(|evaluation| evaluation.fault.is_none());
        Laurels {
            by_year: years.filter(|(_, counted)| !counted.is_empty()).map(|(year, counted)| (*year, counted)).collect(),
            ballots_at: evaluations.filter_map(|evaluation| Some((evaluation.session?, &evaluation.place))).collect(),
        }
    }
}

/// File and line as pages show them.
pub(super) fn source_text(place: &Place) -> String {
    if place.line == 0 { place.file.to_string() } else { format!("{}:{}", place.file, place.line) }
}

impl<'a> Desk<'a> {
    /// A sentence of the strings file with its `{names}` filled in.
    pub(super) fn filled(&self, path: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        values
            .iter()
            .fold(self.word(path), |text, (name, value)| text.replace(&format!("{{{name}}}"), &value.to_string()))
    }

    /// Words in a row: 、 in Chinese.
    pub(super) fn in_a_row(&self, words: impl Iterator<Item = String>) -> String {
        words.collect::<Vec<_>>().join(&self.word("frame.comma"))
    }

    /// A share as people read it against the line.
    pub(super) fn against_line(&self, rate: Ratio) -> String {
        rate.percent_against(self.scene.config.policy.pass_line).unwrap_or_default()
    }

    /// The satisfaction of a session, when enough ballots keep it anonymous
    /// (DOMAIN.md 3.7).
    pub(super) fn public_rate(&self, id: SessionId) -> Option<Ratio> {
        let rate = ledger::rate_of(self.scene.library, self.scene.config, id)?;
        self.enough(rate).then_some(rate)
    }

    /// Whether a rate has enough ballots to be shown.
    pub(super) fn enough(&self, rate: Ratio) -> bool {
        rate.whole > 0 && rate.whole >= self.scene.config.policy.min_ballots
    }

    /// Where the ballots of a session are written: in a table, or with the session.
    pub(super) fn ballots_source(&self, id: SessionId) -> String {
        let own = &self.scene.library.sessions[id.0].place;
        source_text(self.laurels.ballots_at.get(&id).copied().unwrap_or(own))
    }

    /// A badge of honour.
    pub(super) fn honour_badge(&self, honour: Honour, year: i32) -> HonourBadgeView {
        HonourBadgeView {
            kind: honour.key().to_owned(),
            year: year_number(year),
            text: self.filled(&format!("honours.badges.{}", honour.key()), &[("year", &year)]),
            url: self.scene.atlas.honours.get(&year).map_or_else(String::new, OutputPath::to_string),
        }
    }

    /// The badges of a person, newest first.
    pub(super) fn badges_of_person(&self, id: PersonId) -> Vec<HonourBadgeView> {
        let honours = self.scene.ledger.honours.of_person(id).into_iter().rev();
        honours.map(|(year, honour)| self.honour_badge(honour, year)).collect()
    }

    /// The badges of a lesson, newest first.
    pub(super) fn badges_of_lesson(&self, id: LessonId) -> Vec<HonourBadgeView> {
        let years = self.scene.ledger.honours.of_lesson(id).into_iter().rev();
        years.map(|year| self.honour_badge(Honour::ExcellentCourseware, year)).collect()
    }

    /// How many years in a row somebody is on the list, up to the latest list; `None`
    /// outside a row.
    pub(super) fn streak_text(&self, id: PersonId) -> Option<String> {
        let honours = &self.scene.ledger.honours;
        let latest = *honours.excellent.keys().next_back()?;
        let streak = honours.streak(id, latest);
        let years = i32::try_from(streak.years).ok().filter(|years| *years > 0)?;
        let key = match (streak.years, streak.unknown) {
            (years, _) if years >= MODEL_AFTER => "model",
            (_, Some(_)) => "unknown",
            (years, None) if years + 1 == MODEL_AFTER => "two",
            _ => "one",
        };
        let missing = streak.unknown.unwrap_or(latest);
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("n", &years), ("first", &(latest - years + 1)), ("last", &latest), ("missing", &missing)];
        Some(self.filled(&format!("honours.streak.{key}"), &values))
    }

    /// A person as somebody of a unit: the unit is always named.
    pub(super) fn person_of_unit(&self, id: PersonId, year: i32) -> PersonLinkView {
        let person = self.scene.library.person(id);
        let unit = person.unit_in(year).map(|unit| self.scene.library.unit(unit).name.clone());
        PersonLinkView { unit_hint: unit, ..self.person_link(&Instructor::Known(id)) }
    }
}
