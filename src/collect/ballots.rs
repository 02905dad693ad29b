//! 测评票 into 满意度测评: the ballots of a session are added to its row. A ballot has
//! no name; one whose random code was counted before is not counted again.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Ballot, Form};
use super::{Counted, Outcome, Repeated, Table, Trouble};
use crate::base::Day;
use crate::base::text::fold;
use crate::records::{self, EVALUATION, Sheet};

const LEVELS: [&str; 4] = ["very", "satisfied", "fair", "dissatisfied"];

pub(super) fn merge<'f>(
    forms: impl Iterator<Item = &'f Form>,
    earlier: &'f [Form],
    text: Option<&str>,
    outcome: &mut Outcome,
) {
    let incoming: Vec<&Ballot> = forms.filter_map(ballot).collect();
    outcome.ballots = incoming.len();
    if incoming.is_empty() {
        return;
    }
    let blank = || {
        Sheet::blank(&EVALUATION, &["held", "topic", "valid", "very", "satisfied", "fair", "dissatisfied", "comment"])
    };
    let read = text
        .filter(|text| !text.trim().is_empty())
        .map_or_else(|| Some(blank()), |text| Sheet::read(text, &EVALUATION));
    let Some(mut sheet) = read else {
        outcome.broken_tables.push(Table::Evaluations);
        return;
    };
    let mut seen: BTreeSet<&str> = earlier.iter().filter_map(ballot).map(|ballot| ballot.code.as_str()).collect();
    let mut sessions: BTreeMap<(Day, String), Vec<&Ballot>> = BTreeMap::new();
    for form in incoming {
        if seen.insert(&form.code) {
            sessions.entry((form.held, fold(&form.topic))).or_default().push(form);
        } else {
            let repeated = Repeated { file: form.file.clone(), who: form.code.clone(), topic: None };
            outcome.repeated_ballots.push(repeated);
        }
    }
    let before = sheet.clone();
    for ballots in sessions.values() {
        add(&mut sheet, ballots, outcome);
    }
    if outcome.broken_tables.contains(&Table::Evaluations) {
        outcome.counted.clear();
    } else if !sheet.is_same_as(&before) {
        outcome.changes.push((Table::Evaluations, sheet.bytes()));
    }
}

fn ballot(form: &Form) -> Option<&Ballot> {
    match form {
        Form::Ballot(form) => Some(form),
        _ => None,
    }
}

/// Adds the ballots of one session to its row.
fn add(sheet: &mut Sheet, ballots: &[&Ballot], outcome: &mut Outcome) {
    let Some(first) = ballots.first() else { return };
    let found = sheet.data().into_iter().find(|row| is_of(sheet, *row, first));
    let row = found.unwrap_or_else(|| {
        let row = sheet.append();
        sheet.set(row, "held", &first.held.to_string());
        sheet.set(row, "topic", &first.topic);
        row
    });
    let number = count(ballots.len());
    let mut numbers: Vec<(&str, u32)> = LEVELS
        .iter()
        .map(|level| (*level, count(ballots.iter().filter(|ballot| ballot.level == *level).count())))
        .collect();
    // A row that leaves 有效票 to the sum of the four goes on doing so.
    if found.is_none() || !sheet.cell(row, "valid").is_empty() {
        numbers.push(("valid", number));
    }
    for (key, more) in numbers {
        match votes(sheet.cell(row, key)) {
            Some(votes) => sheet.set(row, key, &(votes + more).to_string()),
            None => {
                let trouble = Trouble::NotAllowed("票数", sheet.cell(row, key).to_owned(), "整数".to_owned());
                outcome.damaged.push((format!("满意度测评“{}”一行", first.topic), trouble));
                outcome.broken_tables.push(Table::Evaluations);
                return;
            }
        }
    }
    let comments = ballots.iter().filter_map(|ballot| ballot.comment.as_deref());
    let all: Vec<&str> =
        Some(sheet.cell(row, "comment")).into_iter().filter(|text| !text.is_empty()).chain(comments).collect();
    let all = all.join("；");
    sheet.set(row, "comment", &all);
    outcome.counted.push(Counted { held: first.held.to_string(), topic: first.topic.clone(), ballots: number });
}

fn is_of(sheet: &Sheet, row: usize, ballot: &Ballot) -> bool {
    let number = sheet.cell(row, "session");
    if !number.is_empty() && ballot.session.as_ref().is_some_and(|session| fold(session) == fold(number)) {
        return true;
    }
    records::day(sheet.cell(row, "held"), Some(ballot.held.year())) == Some(ballot.held)
        && fold(sheet.cell(row, "topic")) == fold(&ballot.topic)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A number of ballots as typed; a blank cell has none.
fn votes(written: &str) -> Option<u32> {
    match fold(written).trim_end_matches(['票', '张']) {
        "" => Some(0),
        number => number.parse().ok(),
    }
}
