//! Finds people by what was written of them: a number, a name, a name with a unit.

use std::collections::{BTreeMap, BTreeSet};

use super::person::{Instructor, Person, PersonId, Posting, plain_name};
use super::unit::{Unit, UnitId};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Located};

/// Finds people by what was written of them.
pub(super) struct Register<'u> {
    units: &'u [Unit],
    people: Vec<Person>,
    has_roster: bool,
    names: BTreeMap<String, Vec<PersonId>>,
    ids: BTreeMap<String, PersonId>,
}

impl<'u> Register<'u> {
    /// A register of these people.
    pub(super) fn new(people: Vec<Person>, units: &'u [Unit], has_roster: bool) -> Self {
        let mut register = Self { units, people: Vec::new(), has_roster, names: BTreeMap::new(), ids: BTreeMap::new() };
        for person in people {
            register.add(person);
        }
        register
    }

    /// The people, those included whom only their lessons introduced.
    pub(super) fn into_people(self) -> Vec<Person> {
        self.people
    }

    /// Finds each of some names.
    pub(super) fn find_all(
        &mut self,
        written: &[Located<String>],
        unit: Option<UnitId>,
        year: Option<i32>,
        findings: &mut Findings,
    ) -> Vec<Instructor> {
        written.iter().map(|name| self.find(name, unit, year, findings)).collect()
    }

    fn add(&mut self, person: Person) -> PersonId {
        let id = PersonId(self.people.len());
        self.names.entry(fold(&person.name)).or_default().push(id);
        if let Some(written) = &person.id {
            self.ids.insert(fold(written), id);
        }
        self.people.push(person);
        id
    }

    /// A number, a name, or a name with a unit: 张小雪（港区分局）. A bare name means
    /// the only one who has it, or the only one who has it in the unit at hand.
    pub(super) fn find(
        &mut self,
        written: &Located<String>,
        unit: Option<UnitId>,
        year: Option<i32>,
        findings: &mut Findings,
    ) -> Instructor {
        if let Some(id) = self.ids.get(&fold(&written.value)) {
            return Instructor::Known(*id);
        }
        let (name, of_unit) = name_and_unit(&written.value);
        let namesakes = self.names.get(&fold(&name)).cloned().unwrap_or_default();
        let served = |id: &PersonId, test: &dyn Fn(&Posting) -> bool| self.people[id.0].postings.iter().any(test);
        let pick = |test: &dyn Fn(&Posting) -> bool| {
            let mut fitting = namesakes.iter().filter(|id| served(id, test));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let found = match (&of_unit, namesakes.as_slice()) {
            (Some(wanted), [_, ..]) => {
                pick(&|posting| posting.unit.is_some_and(|unit| self.units[unit.0].is_called(wanted)))
            }
            (None, [only]) => Some(*only),
            (None, [_, _, ..]) => unit.and_then(|unit| {
                pick(&|posting| posting.unit == Some(unit) && year.is_none_or(|year| posting.covers_year(year)))
                    .or_else(|| pick(&|posting| posting.unit == Some(unit)))
            }),
            (_, []) => None,
        };
        match found {
            Some(id) => Instructor::Known(id),
            None if !self.has_roster => Instructor::Known(self.introduce(&name, unit, written)),
            None => self.unknown(written, &name, &namesakes, findings),
        }
    }

    /// Without a roster a person is known by name and unit.
    fn introduce(&mut self, name: &str, unit: Option<UnitId>, written: &Located<String>) -> PersonId {
        let here = |id: &&PersonId| unit.is_none_or(|unit| self.people[id.0].served(unit, None));
        if let Some(id) = self.names.get(&fold(name)).and_then(|ids| ids.iter().find(here)) {
            return *id;
        }
        let posting = Posting { unit, from: None, to: None, post: None, post_category: None, role: None };
        self.add(Person {
            id: None,
            name: name.to_owned(),
            display: name.to_owned(),
            postings: vec![posting],
            birth: None,
            exempt: None,
            place: written.place.clone(),
            registered: false,
        })
    }

    fn unknown(
        &self,
        written: &Located<String>,
        name: &str,
        namesakes: &[PersonId],
        findings: &mut Findings,
    ) -> Instructor {
        let finding =
            Finding::new(if namesakes.len() > 1 { "E203" } else { "W202" }, written.place.clone()).with("名", name);
        let units: BTreeSet<String> = namesakes
            .iter()
            .flat_map(|id| self.people[id.0].postings.last())
            .filter_map(|posting| posting.unit.map(|unit| self.units[unit.0].name.clone()))
            .collect();
        let first = units.first().cloned().unwrap_or_default();
        let listed = units.into_iter().collect::<Vec<_>>().join("、");
        findings.push(finding.with("n", namesakes.len()).with("单位们", listed).with("单位1", first));
        Instructor::Named(name.to_owned())
    }
}

/// 张小雪（港区分局） taken apart.
fn name_and_unit(written: &str) -> (String, Option<String>) {
    match written.find(['（', '(']) {
        Some(open) if open > 0 => {
            let unit = written[open..].trim_matches(['（', '(', '）', ')', ' ']);
            (plain_name(&written[..open]), (!unit.is_empty()).then(|| unit.to_owned()))
        }
        _ => (plain_name(written), None),
    }
}
