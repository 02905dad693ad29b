//! 小教员: the index by pinyin and by unit, and a person's page. Nothing private:
//! no age, no marks (DOMAIN.md 3.7).

use std::collections::BTreeMap;

use crate::atlas::Page;
use crate::base::slug::name_syllables;
use crate::base::{Day, OutputPath};
use crate::model::{Instructor, Person, PersonId, SessionId, UnitId};
use crate::render::desk::{Desk, count, year_number};
use crate::render::views::{
    PageView, PeopleCategoryView, PeopleLetterView, PeopleUnitView, PeopleView, PersonLinkView, PersonUnitView,
    PersonView, PersonYearView, SessionRowView,
};

impl Desk<'_> {
    /// 小教员.
    pub(in crate::render) fn people(&self, page: &Page) -> (PageView, PeopleView) {
        let mut head = self.page(page, "people", "people", &self.word("nav.people"));
        head.crumbs = self.crumbs([]);
        let people = self.by_pinyin(self.scene.atlas.people.keys().copied());
        let mut letters: Vec<PeopleLetterView> = Vec::new();
        let mut units: BTreeMap<UnitId, Vec<PersonId>> = BTreeMap::new();
        for id in &people {
            let person = self.scene.library.person(*id);
            let letter = first_letter(&person.display);
            match letters.last_mut().filter(|last| last.letter == letter) {
                Some(last) => last.people.push(self.person_card(*id, None)),
                None => letters.push(PeopleLetterView { letter, people: vec![self.person_card(*id, None)] }),
            }
            if let Some(unit) = person.unit_in(self.scene.config.as_of.year()) {
                units.entry(unit).or_default().push(*id);
            }
        }
        let units = units.into_iter().map(|(unit, people)| PeopleUnitView {
            unit: self.unit_link(unit),
            people: people.into_iter().map(|id| self.person_card(id, None)).collect(),
        });
        let categories = self.by_category(&people);
        (head, PeopleView { count: count(people.len()), letters, units: units.collect(), categories })
    }

    /// People by the category of their posts (directive S12); one category alone sorts nothing.
    fn by_category(&self, people: &[PersonId]) -> Vec<PeopleCategoryView> {
        let mut categories: BTreeMap<&str, Vec<PersonId>> = BTreeMap::new();
        for id in people {
            let posting = self.scene.library.person(*id).posting_in(self.scene.config.as_of.year());
            if let Some(category) = posting.and_then(|posting| posting.post_category.as_deref()) {
                categories.entry(category).or_default().push(*id);
            }
        }
        if categories.len() < 2 {
            return Vec::new();
        }
        let view = categories.into_iter().map(|(name, people)| PeopleCategoryView {
            name: name.to_owned(),
            people: people.into_iter().map(|id| self.person_card(id, None)).collect(),
        });
        view.collect()
    }

    /// A person's page.
    pub(in crate::render) fn person(&self, page: &Page, id: PersonId) -> (PageView, PersonView) {
        let person = self.scene.library.person(id);
        let card = self.person_card(id, None);
        let mut head = self.page(page, "person", "people", &person.display);
        head.crumbs = self.crumbs([(self.word("nav.people"), Some(&OutputPath::new("people/index.html")))]);
        let lessons = self.scene.atlas.related.of_person.get(&id).map(Vec::as_slice).unwrap_or_default();
        let years = self.sessions_by_year(id);
        let rows = || years.iter().flat_map(|year| &year.sessions).filter(|row| row.date.is_some());
        let view = PersonView {
            name: person.display.clone(),
            unit: card.unit,
            post: card.post,
            units: self.postings(person),
            is_trainee: person.registered,
            taught_since: self.first_held(id).map(|day| self.month(day.month())),
            honours: self.badges_of_person(id),
            streak_text: self.streak_text(id),
            namesakes: self.namesakes_of(id, person),
            lessons: self.cards(lessons),
            sessions_count: count(rows().count()),
            attendances: rows().filter_map(|row| row.attended).sum(),
            working: self.person_working(id, &page.path),
            domains: self.domains_of(lessons),
            years,
        };
        (head, view)
    }

    /// The day on which somebody went from trainee to instructor (directive S46).
    fn first_held(&self, id: PersonId) -> Option<Day> {
        let years = self.scene.ledger.instructors.range((id, i32::MIN)..=(id, i32::MAX));
        years.flat_map(|(_, year)| &year.held).filter_map(|id| self.session_of(*id).held).min()
    }

    /// The units of somebody who was transferred.
    fn postings(&self, person: &Person) -> Vec<PersonUnitView> {
        if person.postings.len() < 2 {
            return Vec::new();
        }
        let posting = person.postings.iter().filter_map(|posting| {
            Some(PersonUnitView {
                unit: self.unit_link(posting.unit?),
                from_text: posting.from.map(|month| self.month(month)),
                to_text: posting.to.map(|month| self.month(month)),
            })
        });
        posting.collect()
    }

    fn namesakes_of(&self, id: PersonId, person: &Person) -> Vec<PersonLinkView> {
        let others = self
            .scene
            .atlas
            .people
            .keys()
            .filter(|other| **other != id && self.scene.library.person(**other).display == person.display);
        others.map(|other| self.person_link(&Instructor::Known(*other))).collect()
    }

    fn sessions_by_year(&self, id: PersonId) -> Vec<PersonYearView> {
        let sessions = self.scene.atlas.related.given_by.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut years: BTreeMap<i32, Vec<(Option<Day>, SessionRowView)>> = BTreeMap::new();
        for SessionId(at) in sessions {
            let session = &self.scene.library.sessions[*at];
            let held = session.held.filter(|_| session.is_held(self.scene.config.as_of));
            let year = held.map_or(session.year, Day::year);
            years.entry(year).or_default().push((held, self.row(SessionId(*at))));
        }
        let years = years.into_iter().rev().map(|(year, mut rows)| {
            rows.sort_by_key(|(day, row)| (day.is_none(), *day, row.month));
            PersonYearView { year: year_number(year), sessions: rows.into_iter().map(|(_, row)| row).collect() }
        });
        years.collect()
    }
}

fn first_letter(name: &str) -> String {
    let first = name_syllables(name).first().and_then(|syllable| syllable.chars().next());
    first.filter(char::is_ascii_alphabetic).map_or_else(|| "#".to_owned(), |c| c.to_ascii_uppercase().to_string())
}
