//! Finds people by what was written of them: a number, a name, a name with a unit.

use std::collections::BTreeMap;

use super::law::is_nothing;
use super::names;
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
        let mut found = Vec::new();
        for name in written.iter().filter(|name| !is_nothing(&name.value)) {
            for part in self.take_apart(name) {
                let instructor = self.find(&part, unit, year, findings);
                if !found.contains(&instructor) {
                    found.push(instructor);
                }
            }
        }
        found
    }

    /// The people whom a text names that is no known name: 张三 李四, 张三/李四, 张三和李四.
    fn take_apart(&self, written: &Located<String>) -> Vec<Located<String>> {
        let whole = || vec![written.clone()];
        if self.knows(&written.value) {
            return whole();
        }
        for parts in names::splits(&written.value) {
            let certain = if self.has_roster { parts.iter().any(|part| self.knows(part)) } else { true };
            if certain {
                return parts.into_iter().map(|part| Located::new(part.to_owned(), written.place.clone())).collect();
            }
        }
        whole()
    }

    fn knows(&self, written: &str) -> bool {
        let bare = names::bare(written);
        self.ids.contains_key(&fold(&bare)) || self.names.contains_key(&fold(&name_and_unit(&bare).0))
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
        let (name, of_unit) = name_and_unit(&names::bare(&written.value));
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
            None => self.unknown(written, &name, of_unit.is_some(), &namesakes, findings),
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
        says_unit: bool,
        namesakes: &[PersonId],
        findings: &mut Findings,
    ) -> Instructor {
        let finding =
            Finding::new(if namesakes.len() > 1 { "E203" } else { "W202" }, written.place.clone()).with("名", name);
        let mut units: BTreeMap<String, usize> = BTreeMap::new();
        for posting in namesakes.iter().flat_map(|id| self.people[id.0].postings.last()) {
            if let Some(unit) = posting.unit {
                *units.entry(self.units[unit.0].name.clone()).or_default() += 1;
            }
        }
        let first = units.keys().next().cloned().unwrap_or_default();
        let listed = units.keys().cloned().collect::<Vec<_>>().join("、");
        let finding = finding.with("n", namesakes.len()).with("单位们", listed);
        // With a unit that has several of them, or that has none, the unit is no way out.
        let unit_helps = !says_unit && units.values().all(|count| *count == 1);
        findings.push(if unit_helps || namesakes.len() < 2 {
            finding.with("单位1", first)
        } else {
            finding.with("改法", self.by_number(namesakes, written))
        });
        Instructor::Named(name.to_owned())
    }

    /// What to do about namesakes whom no unit tells apart.
    fn by_number(&self, namesakes: &[PersonId], written: &Located<String>) -> String {
        let place = format!("{} 第 {} 行", written.place.file, written.place.line);
        if namesakes.iter().all(|id| self.people[id.0].id.is_some()) {
            format!("请在 {place}改写人员编号。")
        } else {
            format!("请先在人员名册里给他们每人填一个编号，再在 {place}改写人员编号。")
        }
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
