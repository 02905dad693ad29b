//! What colleagues send in, merged into the tables of a unit's year (DOMAIN.md 4.2,
//! point 2, and 4.7).
//!
//! [`merge`] is a function from values to values: the files of the inbox, those that
//! were collected earlier and the tables as they are go in; what the tables become,
//! which files are done with and what the clerk should know come out. [`folder`] is the
//! part that reads the folder and puts the result into it, all of it or nothing.
//!
//! Nobody counts twice: a person's forms are known by name and form, the newest counts;
//! ballots have no name and are known by their random codes. The memory of what was
//! counted is the folder `inbox/collected` itself, where the files are kept as they came.

mod applications;
mod ballots;
mod choices;
pub mod folder;
mod form;
mod journal;
mod stamp;
mod trouble;

use std::collections::BTreeSet;

use crate::model::{Library, PersonId, UnitId, same_name};

pub use form::is_litter;
pub use trouble::Trouble;

use form::Form;

/// A file as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its name.
    pub name: String,
    /// Its content; `None` when it is larger than any form.
    pub bytes: Option<Vec<u8>>,
    /// When it was last changed, in seconds since 1970; it decides which of two forms is
    /// the newer one only where the forms themselves do not say when they were filled.
    pub modified: u64,
}

/// A table that is collected into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// 选学汇总.
    Choices,
    /// 申报汇总.
    Applications,
    /// 满意度测评.
    Evaluations,
}

/// The tables as they are; `None` for one that there is not yet.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// 选学汇总.
    pub choices: Option<String>,
    /// 申报汇总.
    pub applications: Option<String>,
    /// 满意度测评.
    pub evaluations: Option<String>,
}

/// Whose forms they are.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// People, units and the plan.
    pub library: &'a Library,
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// Who should hand in a regular application and has none in the library.
    pub expected: &'a [PersonId],
}

/// What came of a kind of form that people sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many forms came in, repeated ones included.
    pub received: usize,
    /// Who is new in the table.
    pub added: Vec<String>,
    /// Whose rows have changed.
    pub updated: Vec<String>,
    /// Forms that do not count because the same person has a newer one.
    pub repeated: Vec<Repeated>,
    /// Names that the roster does not have in this unit and year.
    pub unknown: Vec<String>,
    /// Who has not handed one in; for the clerk only (DOMAIN.md 3.7).
    pub missing: Vec<String>,
}

/// A form that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// Its file.
    pub file: String,
    /// Who sent it, or the ballot's code.
    pub who: String,
    /// Its topic, where that is not the one that counts.
    pub topic: Option<String>,
}

/// Ballots of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day of the session.
    pub held: String,
    /// Its topic.
    pub topic: String,
    /// How many ballots were added.
    pub ballots: u32,
}

/// What a topic of the choices comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicCount {
    /// The topic.
    pub topic: String,
    /// How many people chose it.
    pub people: u32,
    /// With the weights of their ranks (DOMAIN.md 3.6, point 12).
    pub weight: u32,
}

/// What collecting comes to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// 选学单.
    pub choices: Tally,
    /// The topics of the choices, most wanted first, as the table has them afterwards.
    pub topics: Vec<TopicCount>,
    /// Whether the table of choices has totals beside the rows of people, who may then
    /// be counted in both.
    pub has_totals: bool,
    /// 申报表.
    pub applications: Tally,
    /// Ballots that came in, repeated ones included.
    pub ballots: usize,
    /// Sessions whose ballots have grown.
    pub counted: Vec<Counted>,
    /// Ballots whose code was counted already.
    pub repeated_ballots: Vec<Repeated>,
    /// Files that stay where they are, and why.
    pub damaged: Vec<(String, Trouble)>,
    /// Tables that cannot be merged into, and why.
    pub broken_tables: Vec<Table>,
    /// The tables that change, as they become.
    pub changes: Vec<(Table, Vec<u8>)>,
    /// Files that are done with.
    pub done: Vec<String>,
}

/// Merges what came in. `earlier` are the files that were collected before.
pub fn merge(inbox: &[Received], earlier: &[Received], tables: &Tables, setting: &Setting<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut incoming = Vec::new();
    for file in inbox {
        match form::read(file, setting) {
            Ok(forms) => incoming.push((file.name.clone(), forms)),
            Err(trouble) => outcome.damaged.push((file.name.clone(), trouble)),
        }
    }
    let remembered: Vec<Form> = earlier.iter().filter_map(|file| form::read(file, setting).ok()).flatten().collect();
    let forms = || incoming.iter().flat_map(|(_, forms)| forms);
    choices::merge(forms(), &remembered, tables.choices.as_deref(), setting, &mut outcome);
    applications::merge(forms(), &remembered, tables.applications.as_deref(), setting, &mut outcome);
    ballots::merge(forms(), &remembered, tables.evaluations.as_deref(), &mut outcome);
    let stays = |forms: &[Form]| forms.iter().any(|form| outcome.broken_tables.contains(&form.table()));
    outcome.done = incoming.iter().filter(|(_, forms)| !stays(forms)).map(|(name, _)| name.clone()).collect();
    outcome
}

/// Names of people in the unit and year, in the order of the roster.
fn roster<'a>(setting: &Setting<'a>) -> Vec<&'a str> {
    let serving = setting.library.people.iter().filter(|person| {
        person.registered
            && person.served(setting.unit, Some(setting.year))
            && person.unit_in(setting.year) == Some(setting.unit)
    });
    serving.map(|person| person.name.as_str()).collect()
}

/// Those of some names that others do not hold.
fn without(names: &[&str], others: &BTreeSet<String>) -> Vec<String> {
    names
        .iter()
        .filter(|name| !others.iter().any(|other| same_name(other, name)))
        .map(|name| (*name).to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
