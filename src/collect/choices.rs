//! 选学单 into 选学汇总: a person's rows are those of the newest form.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, Selection};
use super::{Outcome, Repeated, Setting, Table, TopicCount, roster, without};
use crate::base::text::fold;
use crate::records::{CHOICE, Sheet};

pub(super) fn merge<'f>(
    forms: impl Iterator<Item = &'f Form>,
    earlier: &'f [Form],
    text: Option<&str>,
    setting: &Setting<'_>,
    outcome: &mut Outcome,
) {
    let incoming: Vec<&Selection> = forms.filter_map(selection).collect();
    let blank = || Sheet::blank(&CHOICE, &["topic", "name", "count", "rank", "other"]);
    let read =
        text.filter(|text| !text.trim().is_empty()).map_or_else(|| Some(blank()), |text| Sheet::read(text, &CHOICE));
    let Some(mut sheet) = read else {
        outcome.broken_tables.extend((!incoming.is_empty()).then_some(Table::Choices));
        return;
    };
    let before = sheet.clone();
    outcome.choices.received = incoming.len();
    for form in newest(&incoming, earlier, outcome) {
        let rows = rows_of(&sheet, &form.name);
        let old = sheet.clone();
        write(&mut sheet, form);
        if rows.is_empty() {
            outcome.choices.added.push(form.name.clone());
        } else if !sheet.is_same_as(&old) {
            outcome.choices.updated.push(form.name.clone());
        }
    }
    finish(&sheet, setting, outcome);
    if !sheet.is_same_as(&before) {
        outcome.changes.push((Table::Choices, sheet.bytes()));
    }
}

fn selection(form: &Form) -> Option<&Selection> {
    match form {
        Form::Selection(form) => Some(form),
        _ => None,
    }
}

/// The form of each person that counts, in the order in which they came; the others
/// are told.
fn newest<'f>(incoming: &[&'f Selection], earlier: &'f [Form], outcome: &mut Outcome) -> Vec<&'f Selection> {
    let mut latest: BTreeMap<String, &Selection> = BTreeMap::new();
    for form in earlier.iter().filter_map(selection).chain(incoming.iter().copied()) {
        let kept = latest.entry(fold(&form.name)).or_insert(form);
        if form.stamp.is_as_new_as(&kept.stamp) {
            *kept = form;
        }
    }
    let counts = |form: &Selection| latest.get(&fold(&form.name)).is_some_and(|kept| std::ptr::eq(*kept, form));
    let (kept, dropped): (Vec<&Selection>, Vec<&Selection>) = incoming.iter().partition(|form| counts(form));
    let repeated =
        dropped.into_iter().map(|form| Repeated { file: form.file.clone(), who: form.name.clone(), topic: None });
    outcome.choices.repeated.extend(repeated);
    kept
}

fn rows_of(sheet: &Sheet, name: &str) -> Vec<usize> {
    sheet.data().into_iter().filter(|row| fold(sheet.cell(*row, "name")) == fold(name)).collect()
}

/// Makes the rows of a person those of the form; what other columns say of a topic
/// that is still chosen stays.
fn write(sheet: &mut Sheet, form: &Selection) {
    let wanted: Vec<(&str, Option<u32>)> = match form.topics.as_slice() {
        [] => vec![("", None)],
        topics => topics.iter().map(|(topic, rank)| (topic.as_str(), *rank)).collect(),
    };
    let is_wanted = |topic: &str| wanted.iter().any(|(wanted, _)| fold(wanted) == fold(topic));
    let mut seen = BTreeSet::new();
    for row in rows_of(sheet, &form.name).into_iter().rev() {
        let topic = sheet.cell(row, "topic").to_owned();
        if !is_wanted(&topic) || !seen.insert(fold(&topic)) {
            sheet.remove(row);
        }
    }
    for (at, (topic, rank)) in wanted.iter().enumerate() {
        let found = rows_of(sheet, &form.name).into_iter().find(|row| fold(sheet.cell(*row, "topic")) == fold(topic));
        let row = found.unwrap_or_else(|| {
            let row = sheet.append();
            sheet.set(row, "topic", topic);
            sheet.set(row, "name", &form.name);
            row
        });
        sheet.set(row, "rank", &rank.map_or_else(String::new, |rank| rank.to_string()));
        let other = if at == 0 { form.other.as_deref().unwrap_or("") } else { "" };
        sheet.set(row, "other", other);
    }
}

/// What the table says in the end: who is missing, and how often topics were chosen.
fn finish(sheet: &Sheet, setting: &Setting<'_>, outcome: &mut Outcome) {
    let mut topics: Vec<TopicCount> = Vec::new();
    let mut names = BTreeSet::new();
    for row in sheet.data() {
        let (topic, name) = (sheet.cell(row, "topic"), sheet.cell(row, "name"));
        if name.is_empty() {
            outcome.has_totals |= !sheet.cell(row, "count").is_empty();
            continue;
        }
        names.insert(name.to_owned());
        if topic.is_empty() {
            continue;
        }
        let weight = match sheet.cell(row, "rank").parse() {
            Ok(rank @ 1..=3) => 4 - rank,
            _ => 1u32,
        };
        match topics.iter_mut().find(|count| fold(&count.topic) == fold(topic)) {
            Some(count) => {
                count.people += 1;
                count.weight += weight;
            }
            None => topics.push(TopicCount { topic: topic.to_owned(), people: 1, weight }),
        }
    }
    topics.sort_by(|a, b| b.weight.cmp(&a.weight).then(b.people.cmp(&a.people)));
    outcome.topics = topics;
    let roster = roster(setting);
    outcome.choices.unknown = without(&names.iter().map(String::as_str).collect::<Vec<_>>(), &owned(&roster));
    if roster.is_empty() {
        outcome.choices.unknown.clear();
    }
    if !names.is_empty() {
        outcome.choices.missing = without(&roster, &names);
    }
}

fn owned(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
