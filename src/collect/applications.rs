//! 申报表 into 申报汇总. A regular application is known by its applicant, an ad-hoc one
//! by applicant and topic; what the unit decided on it is never touched.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Application, Form};
use super::{Outcome, Repeated, Setting, Table, roster, without};
use crate::base::text::{fold, split_list};
use crate::model::vocabulary::vocabulary;
use crate::records::{APPLICATION, Sheet};

/// The columns of a table that there is not yet, as the blank one has them.
const COLUMNS: &[&str] = &[
    "kind",
    "applicant",
    "topic",
    "summary",
    "reason",
    "origin",
    "month",
    "form",
    "date",
    "decision",
    "comment",
    "decided",
    "decided_by",
    "plan",
];

pub(super) fn merge<'f>(
    forms: impl Iterator<Item = &'f Form>,
    earlier: &'f [Form],
    text: Option<&str>,
    setting: &Setting<'_>,
    outcome: &mut Outcome,
) {
    let incoming: Vec<&Application> = forms.filter_map(application).collect();
    let blank = || Sheet::blank(&APPLICATION, COLUMNS);
    let read = text
        .filter(|text| !text.trim().is_empty())
        .map_or_else(|| Some(blank()), |text| Sheet::read(text, &APPLICATION));
    let Some(mut sheet) = read else {
        outcome.broken_tables.extend((!incoming.is_empty()).then_some(Table::Applications));
        return;
    };
    let before = sheet.clone();
    outcome.applications.received = incoming.len();
    for form in newest(&incoming, earlier, outcome) {
        let old = sheet.clone();
        let who = format!("{}《{}》", form.applicant, form.topic);
        if write(&mut sheet, form) {
            outcome.applications.added.push(who);
        } else if !sheet.is_same_as(&old) {
            outcome.applications.updated.push(who);
        }
    }
    finish(&sheet, &incoming, setting, outcome);
    if !sheet.is_same_as(&before) {
        outcome.changes.push((Table::Applications, sheet.bytes()));
    }
}

fn application(form: &Form) -> Option<&Application> {
    match form {
        Form::Application(form) => Some(form),
        _ => None,
    }
}

/// Applicants in any order, with or without their units.
fn people(written: &str) -> Vec<String> {
    let mut names: Vec<String> = split_list(written)
        .into_iter()
        .map(|name| fold(name.split(['（', '(']).next().unwrap_or(name)))
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names
}

type Key = (bool, Vec<String>, String);

fn key(form: &Application) -> Key {
    (form.is_adhoc, people(&form.applicant), if form.is_adhoc { fold(&form.topic) } else { String::new() })
}

fn newest<'f>(incoming: &[&'f Application], earlier: &'f [Form], outcome: &mut Outcome) -> Vec<&'f Application> {
    let mut latest: BTreeMap<Key, &Application> = BTreeMap::new();
    for form in earlier.iter().filter_map(application).chain(incoming.iter().copied()) {
        let kept = latest.entry(key(form)).or_insert(form);
        if form.stamp.is_as_new_as(&kept.stamp) {
            *kept = form;
        }
    }
    let counts = |form: &Application| latest.get(&key(form)).is_some_and(|kept| std::ptr::eq(*kept, form));
    let (kept, dropped): (Vec<&Application>, Vec<&Application>) = incoming.iter().partition(|form| counts(form));
    for form in dropped {
        let other = latest.get(&key(form)).is_some_and(|kept| fold(&kept.topic) != fold(&form.topic));
        let topic = other.then(|| form.topic.clone());
        outcome.applications.repeated.push(Repeated { file: form.file.clone(), who: form.applicant.clone(), topic });
    }
    kept
}

/// Writes an application into its row; says whether the row is new. Somebody who
/// applies anew before the unit has decided changes his row; after that the new topic
/// is a row of its own, so that no decision is lost.
fn write(sheet: &mut Sheet, form: &Application) -> bool {
    let of_form = |row: &usize| {
        is_adhoc(sheet, *row) == form.is_adhoc && people(sheet.cell(*row, "applicant")) == people(&form.applicant)
    };
    let rows: Vec<usize> = sheet.data().into_iter().filter(of_form).collect();
    let same_topic = rows.iter().copied().find(|row| fold(sheet.cell(*row, "topic")) == fold(&form.topic));
    let undecided = || match rows.as_slice() {
        [only] if !form.is_adhoc && is_open(sheet, *only) => Some(*only),
        _ => None,
    };
    let found = same_topic.or_else(undecided);
    let row = found.unwrap_or_else(|| sheet.append());
    let is_topic_new = fold(sheet.cell(row, "topic")) != fold(&form.topic);
    for field in super::form::OWN_FIELDS {
        match form.cells.iter().find(|(key, _)| key == field) {
            // A blank in the newer form says nothing, unless the whole topic changed.
            Some((_, value)) => sheet.set(row, field, value),
            None if is_topic_new && found.is_some() => sheet.set(row, field, ""),
            None => {}
        }
    }
    found.is_none()
}

fn is_adhoc(sheet: &Sheet, row: usize) -> bool {
    vocabulary("application_kind").find(sheet.cell(row, "kind")).is_some_and(|term| term.key == "adhoc")
}

fn is_open(sheet: &Sheet, row: usize) -> bool {
    let decision = sheet.cell(row, "decision");
    decision.is_empty() || vocabulary("decision").find(decision).is_some_and(|term| term.key == "pending")
}

/// Who is still missing of those who should apply, and who is not known.
fn finish(sheet: &Sheet, incoming: &[&Application], setting: &Setting<'_>, outcome: &mut Outcome) {
    let applied: BTreeSet<String> = sheet.data().iter().flat_map(|row| people(sheet.cell(*row, "applicant"))).collect();
    let expected: Vec<&str> =
        setting.expected.iter().map(|person| setting.library.person(*person).name.as_str()).collect();
    if !applied.is_empty() {
        outcome.applications.missing = without(&expected, &applied);
    }
    let roster: BTreeSet<String> = roster(setting).into_iter().map(fold).collect();
    let sent: BTreeSet<String> = incoming.iter().flat_map(|form| people(&form.applicant)).collect();
    if !roster.is_empty() {
        outcome.applications.unknown = sent.difference(&roster).cloned().collect();
    }
}
