//! What the records say for an honour, with the working where it may be shown. Marks
//! and verdicts stay on the machine unless the settings say otherwise (DOMAIN.md 3.7).

use crate::ledger::{MODEL_AFTER, Ratio, YearHonours};
use crate::model::{Honour, Instructor, LessonId, PersonId, SessionId, Trainee};
use crate::render::desk::Desk;
use crate::render::laurels::source_text;
use crate::render::views::{EvidenceView, WorkingRowView, WorkingView};

impl Desk<'_> {
    /// The evidence for somebody's honour.
    pub(super) fn evidence(&self, honour: Honour, id: PersonId, year: i32) -> Vec<EvidenceView> {
        match honour {
            Honour::ExcellentInstructor => vec![self.rate_evidence(id, year)],
            Honour::ModelInstructor => vec![self.streak_evidence(id, year)],
            Honour::PostPacesetter => self.pacesetter_evidence(id, year),
            Honour::ExcellentCourseware => Vec::new(),
        }
    }

    /// Satisfaction of the year against the line (directive S67).
    fn rate_evidence(&self, id: PersonId, year: i32) -> EvidenceView {
        let line = self.scene.config.policy.pass_line;
        let Some(account) = self.scene.ledger.instructors.get(&(id, year)) else {
            return EvidenceView { text: self.word("honours.evidence.unknown"), is_checked: false, working: None };
        };
        let rate = account.rate;
        if !self.enough(rate) {
            let least = self.scene.config.policy.min_ballots;
            let text = self.filled("honours.evidence.few", &[("line", &line), ("least", &least)]);
            return EvidenceView { text, is_checked: true, working: None };
        }
        let shown = self.against_line(rate);
        let text = self.filled(
            "honours.evidence.rate",
            &[("rate", &shown), ("part", &rate.part), ("whole", &rate.whole), ("line", &line)],
        );
        EvidenceView { text, is_checked: true, working: Some(self.rate_working(rate, &account.evaluated)) }
    }

    /// The sessions that a rate was made from. When the ballots that are not shown
    /// could be found by subtraction, no row shows its own.
    pub(super) fn rate_working(&self, rate: Ratio, sessions: &[SessionId]) -> WorkingView {
        let least = self.scene.config.policy.min_ballots;
        let open: Vec<Option<Ratio>> = sessions.iter().map(|id| self.public_rate(*id)).collect();
        let shown: u32 = open.iter().flatten().map(|rate| rate.whole).sum();
        let hidden = rate.whole.saturating_sub(shown);
        let close_all = hidden > 0 && hidden < least;
        let rows = sessions.iter().zip(&open).map(|(id, open)| {
            let value = open.filter(|_| !close_all).map(|rate| rate.to_string());
            WorkingRowView { value_text: value, source: self.ballots_source(*id), ..self.session_row(*id) }
        });
        let numbers: Vec<String> = open.iter().flatten().map(|rate| rate.part.to_string()).collect();
        let wholes: Vec<String> = open.iter().flatten().map(|rate| rate.whole.to_string()).collect();
        let plus = self.word("frame.plus");
        let sum = |numbers: &[String], all: u32| {
            if numbers.len() > 1 && hidden == 0 {
                self.filled("frame.aside", &[("text", &numbers.join(&plus))]).trim().to_owned()
            } else {
                all.to_string()
            }
        };
        let value_text = self.against_line(rate);
        WorkingView {
            formula_text: [
                &sum(&numbers, rate.part),
                "÷",
                &sum(&wholes, rate.whole),
                &self.word("frame.equals"),
                &value_text,
            ]
            .concat(),
            value_text,
            rows: rows.collect(),
            note: (hidden > 0).then(|| self.filled("honours.few_ballots", &[("least", &least)])),
        }
    }

    /// Three years in a row (directive S71).
    fn streak_evidence(&self, id: PersonId, year: i32) -> EvidenceView {
        let streak = self.scene.ledger.honours.streak(id, year);
        let first = year - i32::try_from(streak.years).unwrap_or(0) + 1;
        let years = self.in_a_row((first..=year).map(|year| year.to_string()));
        let text = self.filled("honours.evidence.streak", &[("years", &years), ("n", &streak.years)]);
        let counted = (first..=year).filter_map(|year| Some((year, self.laurels.by_year.get(&year)?)));
        let rows: Vec<WorkingRowView> =
            counted.filter_map(|(year, counted)| self.listing_row(id, year, counted)).collect();
        let formula_text = self.filled("honours.evidence.streak_of", &[("n", &streak.years), ("least", &MODEL_AFTER)]);
        let working = WorkingView { value_text: streak.years.to_string(), formula_text, rows, note: None };
        EvidenceView { text, is_checked: true, working: Some(working) }
    }

    /// The line of a year's list that names somebody.
    pub(super) fn listing_row(&self, id: PersonId, year: i32, counted: &YearHonours) -> Option<WorkingRowView> {
        let award = counted.instructors.iter().find(|one| one.person == id)?;
        let unit = self.scene.library.person(id).unit_in(year);
        let unit = unit.map_or_else(String::new, |unit| self.scene.library.unit(unit).name.clone());
        let account = self.scene.ledger.instructors.get(&(id, year)).map(|account| account.rate);
        let rate = account.filter(|rate| self.enough(*rate));
        Some(WorkingRowView {
            text: self.filled("honours.listed", &[("year", &year), ("unit", &unit)]),
            url: self.scene.atlas.honours.get(&year).map(ToString::to_string),
            value_text: rate.map(|rate| self.against_line(rate) + &self.filled("frame.aside", &[("text", &rate)])),
            source: source_text(&award.place),
        })
    }

    /// Participation is open; of marks and conduct only that they were checked.
    fn pacesetter_evidence(&self, id: PersonId, year: i32) -> Vec<EvidenceView> {
        let policy = &self.scene.config.policy;
        let candidates = self.scene.ledger.candidates.get(&year).map(Vec::as_slice).unwrap_or_default();
        let Some(candidate) = candidates.iter().find(|candidate| candidate.person == id) else {
            let text = self.word("honours.evidence.pacesetter_unknown");
            return vec![EvidenceView { text, is_checked: false, working: None }];
        };
        let mut evidence: Vec<EvidenceView> = self.participation_evidence(id, year).into_iter().collect();
        let mut text = self.filled("honours.evidence.floors", &[("floor", &policy.pacesetter_floor)]);
        if policy.publish_scores {
            let [first, second, third] = policy.pacesetter_weights;
            let (participation, exam) = (candidate.participation.shown(), candidate.exam.shown());
            let (duty, sum) = (candidate.duty.shown(), candidate.composite.shown());
            let values: [(&str, &dyn std::fmt::Display); 7] = [
                ("sum", &sum),
                ("participation", &participation),
                ("exam", &exam),
                ("duty", &duty),
                ("w1", &first),
                ("w2", &second),
                ("w3", &third),
            ];
            text = self.filled("honours.evidence.composite", &values);
        }
        evidence.push(EvidenceView { text, is_checked: candidate.passes, working: None });
        evidence
    }

    fn participation_evidence(&self, id: PersonId, year: i32) -> Option<EvidenceView> {
        let is_own = |trainee: &&Trainee| trainee.year == year && trainee.person == Some(Instructor::Known(id));
        let trainee = self.scene.library.trainees.iter().find(is_own)?;
        let (expected, attended) = (trainee.expected?, trainee.attended?);
        let rate = Ratio::new(attended, expected).percent().unwrap_or_default();
        let account = self.scene.ledger.instructors.get(&(id, year));
        let held = account.map_or(&[][..], |account| account.held.as_slice());
        let taught = trainee.taught.unwrap_or_else(|| u32::try_from(held.len()).unwrap_or(u32::MAX));
        let text = self.filled(
            "honours.evidence.participation",
            &[("attended", &attended), ("expected", &expected), ("taught", &taught)],
        );
        let working = WorkingView {
            formula_text: format!("{attended}÷{expected}＝{rate}"),
            value_text: rate,
            rows: held.iter().map(|id| self.session_row(*id)).collect(),
            note: None,
        };
        Some(EvidenceView { text, is_checked: true, working: Some(working) })
    }

    /// An excellent courseware is the work of an excellent instructor, taught in the
    /// year (directive S69).
    pub(super) fn courseware_evidence(&self, id: LessonId, year: i32) -> Vec<EvidenceView> {
        let excellent = self.scene.ledger.honours.excellent.get(&year);
        let authors = self.scene.library.lesson(id).instructors.iter().filter_map(|author| match author {
            Instructor::Known(person) if excellent.is_some_and(|list| list.contains(person)) => Some(*person),
            _ => None,
        });
        let names = self.in_a_row(authors.map(|person| self.scene.library.person(person).display.clone()));
        let text = self.filled("honours.evidence.author", &[("name", &names), ("year", &year)]);
        let mut evidence = vec![EvidenceView { text, is_checked: true, working: None }];
        let held = self.held_with(id).into_iter();
        let held: Vec<SessionId> =
            held.filter(|id| self.scene.library.sessions[id.0].held.is_some_and(|day| day.year() == year)).collect();
        if !held.is_empty() {
            evidence.push(self.taught_evidence(&held, year));
        }
        evidence
    }

    fn taught_evidence(&self, held: &[SessionId], year: i32) -> EvidenceView {
        let people: u32 = held.iter().map(|id| self.scene.library.sessions[id.0].attended.unwrap_or(0)).sum();
        let text = self.filled("honours.evidence.taught", &[("year", &year), ("n", &held.len()), ("people", &people)]);
        let working = WorkingView {
            value_text: held.len().to_string(),
            formula_text: self.filled("honours.evidence.taught_of", &[("n", &held.len())]),
            rows: held.iter().map(|id| self.session_row(*id)).collect(),
            note: None,
        };
        EvidenceView { text, is_checked: true, working: Some(working) }
    }
}
