//! 荣誉: by year and by honour, each with its reasons and the checked evidence.

use std::collections::BTreeSet;

use crate::atlas::Page;
use crate::base::OutputPath;
use crate::ledger::{Eligibility, Honoured, YearHonours, awards_of};
use crate::model::{BlobId, Honour, LessonId, PersonId, UnitId};
use crate::render::desk::{Desk, count, year_number};
use crate::render::laurels::source_text;
use crate::render::views::{
    CheckedView, HonourAllYearsView, HonourGroupView, HonourKindView, HonourNamesView, HonourYearView, HonouredView,
    HonoursBriefView, HonoursView, HonoursYearView, PageView, PersonLinkView, YearLinkView,
};

/// The honours in the order of the pages.
pub(super) const KINDS: [Honour; 4] =
    [Honour::ModelInstructor, Honour::ExcellentInstructor, Honour::ExcellentCourseware, Honour::PostPacesetter];

impl Desk<'_> {
    /// 荣誉.
    pub(in crate::render) fn honours(&self, page: &Page) -> (PageView, HonoursView) {
        let mut head = self.page(page, "honors", "honours", &self.word("nav.honours"));
        head.crumbs = self.crumbs([]);
        let years = self.laurels.by_year.keys().rev();
        let models = self.laurels.by_year.iter().rev().flat_map(|(year, counted)| {
            counted.models.iter().map(|one| self.honoured(Honour::ModelInstructor, one, *year))
        });
        let view = HonoursView {
            years: years.filter_map(|year| self.honours_brief(*year)).collect(),
            kinds: self.honour_kinds(None),
            models: models.collect(),
            line: self.scene.config.policy.pass_line,
        };
        (head, view)
    }

    /// The honours of a year in short; `None` when there are none.
    pub(super) fn honours_brief(&self, year: i32) -> Option<HonoursBriefView> {
        let counted = self.laurels.by_year.get(&year)?;
        let groups = KINDS.into_iter().map(|honour| self.honour_names(counted, honour, year));
        Some(HonoursBriefView {
            year: year_number(year),
            url: self.scene.atlas.honours.get(&year)?.to_string(),
            groups: groups.filter(|group| !group.names.is_empty()).collect(),
        })
    }

    /// The honours of a unit's people and lessons in a year.
    pub(super) fn unit_honours(&self, unit: UnitId, year: i32) -> Option<HonoursBriefView> {
        let counted = self.laurels.by_year.get(&year)?;
        let library = self.scene.library;
        let mut own: YearHonours = (*counted).clone();
        let serves = |id: PersonId| library.person(id).unit_in(year) == Some(unit);
        own.instructors.retain(|one| serves(one.person));
        own.models.retain(|one| serves(one.person));
        own.pacesetters.retain(|one| serves(one.person));
        own.courseware.retain(|one| library.lesson(one.lesson).unit == unit);
        let groups = KINDS.into_iter().map(|honour| self.honour_names(&own, honour, year));
        let groups: Vec<HonourNamesView> = groups.filter(|group| !group.names.is_empty()).collect();
        let url = self.scene.atlas.honours.get(&year)?.to_string();
        (!groups.is_empty()).then(|| HonoursBriefView { year: year_number(year), url, groups })
    }

    /// The names of an honour, linked.
    pub(super) fn honour_names(&self, counted: &YearHonours, honour: Honour, year: i32) -> HonourNamesView {
        let lesson = |id: LessonId| {
            let link = self.lesson_link(id);
            PersonLinkView { name: link.title, url: Some(link.url), unit_hint: None }
        };
        let names = if honour == Honour::ExcellentCourseware {
            counted.courseware.iter().map(|one| lesson(one.lesson)).collect()
        } else {
            counted.of(honour).iter().map(|one| self.person_of_unit(one.person, year)).collect()
        };
        HonourNamesView { kind: honour.key().to_owned(), names }
    }

    fn honour_url(&self, honour: Honour) -> Option<String> {
        match honour {
            Honour::ExcellentCourseware => self.only(&crate::atlas::PageKind::Courseware),
            _ => self.scene.atlas.honour_kinds.get(&honour),
        }
        .map(OutputPath::to_string)
    }

    fn honour_kinds(&self, current: Option<Honour>) -> Vec<HonourKindView> {
        let kinds = KINDS.into_iter().filter_map(|honour| {
            let given = self.laurels.by_year.values().map(|counted| match honour {
                Honour::ExcellentCourseware => counted.courseware.len(),
                _ => counted.of(honour).len(),
            });
            Some(HonourKindView {
                kind: honour.key().to_owned(),
                url: self.honour_url(honour)?,
                count: count(given.sum()),
                is_current: current == Some(honour),
            })
        });
        kinds.collect()
    }

    /// A person who is honoured.
    fn honoured(&self, honour: Honour, one: &Honoured, year: i32) -> HonouredView {
        let id = one.person;
        let person = self.scene.library.person(id);
        HonouredView {
            person: PersonLinkView { unit_hint: None, ..self.person_of_unit(id, year) },
            unit: person.unit_in(year).map(|unit| self.unit_link(unit)),
            year: year_number(year),
            reason: one.reason.clone(),
            evidence: self.evidence(honour, id, year),
            source: source_text(&one.place),
        }
    }

    fn honour_years(&self, current: i32) -> Vec<YearLinkView> {
        let years = self.scene.atlas.honours.iter().rev();
        years
            .map(|(year, path)| YearLinkView {
                year: year_number(*year),
                url: path.to_string(),
                is_current: *year == current,
            })
            .collect()
    }

    /// The honours of a year.
    pub(in crate::render) fn honours_year(
        &self,
        page: &Page,
        year: i32,
        used: &mut BTreeSet<BlobId>,
    ) -> Option<(PageView, HonoursYearView)> {
        let counted = self.laurels.by_year.get(&year)?;
        let atlas = self.scene.atlas;
        let mut head =
            self.page(page, "honors-year", "honours", &self.filled("honours.year_title", &[("year", &year)]));
        head.crumbs = self.crumbs([(self.word("nav.honours"), self.only(&crate::atlas::PageKind::Honours))]);
        let awards = awards_of(self.scene.library, year)?;
        let publicity = awards.publicity;
        let view = HonoursYearView {
            year: year_number(year),
            years: self.honour_years(year),
            number: awards.number.clone(),
            note: awards.note.clone(),
            publicity_text: publicity.map(|(from, to)| {
                self.filled("honours.publicity_days", &[("from", &self.day(from)), ("to", &self.day(to))])
            }),
            publicity_url: atlas.publicity.get(&year).map(OutputPath::to_string),
            certificates_url: atlas.certificates.get(&year).map(OutputPath::to_string),
            checked: self.checked(counted, year),
            groups: KINDS
                .into_iter()
                .map(|honour| self.honour_group(counted, honour, year, used))
                .filter(|group| !group.people.is_empty() || !group.lessons.is_empty())
                .collect(),
        };
        Some((head, view))
    }

    fn honour_group(
        &self,
        counted: &YearHonours,
        honour: Honour,
        year: i32,
        used: &mut BTreeSet<BlobId>,
    ) -> HonourGroupView {
        let lessons = if honour == Honour::ExcellentCourseware {
            counted.courseware.iter().map(|one| self.honoured_lesson(one, year, used)).collect()
        } else {
            Vec::new()
        };
        HonourGroupView {
            kind: honour.key().to_owned(),
            url: self.honour_url(honour),
            people: counted.of(honour).iter().map(|one| self.honoured(honour, one, year)).collect(),
            lessons,
        }
    }

    /// How many instructors reach the line: numbers, no names.
    fn checked(&self, counted: &YearHonours, year: i32) -> CheckedView {
        let of_year = self.scene.ledger.instructors.iter().filter(|((_, other), _)| *other == year);
        let states: Vec<Eligibility> = of_year.map(|(_, account)| account.state).collect();
        let number = |wanted: Eligibility| count(states.iter().filter(|state| **state == wanted).count());
        let (eligible, below) = (number(Eligibility::Eligible), number(Eligibility::Below));
        CheckedView {
            evaluated: eligible + below,
            eligible,
            below,
            refused: count(counted.failed_check()),
            line: self.scene.config.policy.pass_line,
        }
    }

    /// One honour through all years.
    pub(in crate::render) fn honour_kind(&self, page: &Page, honour: Honour) -> (PageView, HonourAllYearsView) {
        let title = self.word(&format!("honours.kinds.{}", honour.key()));
        let mut head = self.page(page, "honors-kind", "honours", &title);
        head.crumbs = self.crumbs([(self.word("nav.honours"), self.only(&crate::atlas::PageKind::Honours))]);
        let years = self.laurels.by_year.iter().rev().filter_map(|(year, counted)| {
            let people = counted.of(honour).iter().map(|one| self.honoured(honour, one, *year)).collect();
            let url = self.scene.atlas.honours.get(year)?.to_string();
            Some(HonourYearView { year: year_number(*year), url, people })
        });
        let view = HonourAllYearsView {
            kind: honour.key().to_owned(),
            kinds: self.honour_kinds(Some(honour)),
            years: years.filter(|year| !year.people.is_empty()).collect(),
        };
        (head, view)
    }
}
