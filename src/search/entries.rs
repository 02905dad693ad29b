//! Which pages can be found, in which order, and what they are filtered by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::atlas::{Atlas, Page, PageKind};
use crate::base::OutputPath;
use crate::ledger::Ledger;
use crate::model::{Honour, Instructor, LessonId, LessonKind, Library, PersonId, Unit, UnitId};

/// What a page is to somebody who searches, the most wanted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Kind {
    /// 教案.
    Lesson,
    /// 课件 that stands alone.
    Courseware,
    /// 小教员.
    Person,
    /// 单位.
    Unit,
    /// A unit's year.
    Year,
    /// 荣誉.
    Honour,
    /// 依据.
    Basis,
    /// 制度文件.
    Document,
    /// 通知公告.
    Notice,
    /// 能力 and 业务领域.
    Topic,
    /// Plans, statistics and assessment.
    Figures,
    /// Any other page.
    Page,
}

impl Kind {
    /// Each of them, in their order.
    pub const ALL: [Kind; 12] = [
        Kind::Lesson,
        Kind::Courseware,
        Kind::Person,
        Kind::Unit,
        Kind::Year,
        Kind::Honour,
        Kind::Basis,
        Kind::Document,
        Kind::Notice,
        Kind::Topic,
        Kind::Figures,
        Kind::Page,
    ];

    /// The key in strings files, addresses and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Lesson => "lesson",
            Kind::Courseware => "courseware",
            Kind::Person => "person",
            Kind::Unit => "unit",
            Kind::Year => "year",
            Kind::Honour => "honour",
            Kind::Basis => "basis",
            Kind::Document => "document",
            Kind::Notice => "notice",
            Kind::Topic => "topic",
            Kind::Figures => "figures",
            Kind::Page => "page",
        }
    }

    /// What people at a terminal call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Lesson => "教案",
            Kind::Courseware => "课件",
            Kind::Person => "小教员",
            Kind::Unit => "单位",
            Kind::Year => "年度",
            Kind::Honour => "荣誉",
            Kind::Basis => "依据",
            Kind::Document => "制度",
            Kind::Notice => "通知",
            Kind::Topic => "主题",
            Kind::Figures => "统计",
            Kind::Page => "页面",
        }
    }
}

/// A page that can be found.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its address.
    pub path: OutputPath,
    /// What it is.
    pub kind: Kind,
    /// Its unit, for the order.
    order: Option<UnitId>,
    /// The folder of its unit.
    pub folder: Option<String>,
    /// The name of its unit.
    pub unit: Option<String>,
    /// Its year.
    pub year: Option<i32>,
    /// 业务领域.
    pub domain: Option<String>,
    /// Abilities and skills.
    pub abilities: Vec<String>,
    /// Who teaches it.
    pub instructors: Vec<String>,
    /// What it or its person is honoured with.
    pub honours: Vec<Honour>,
    /// A line that stands for it where no place in its text does.
    pub summary: String,
    /// What it is called, to be found by pinyin.
    pub names: Vec<Name>,
}

/// A name that can be typed in pinyin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Whether it is a person's.
    pub is_person: bool,
}

/// One way to filter, and the documents of each of its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// One of [`FACETS`].
    pub name: String,
    /// Its values, in the order in which documents first have them.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// What it is called: a name, or a key that is translated.
    pub label: String,
    /// The documents that have it, in their order.
    pub documents: Vec<u32>,
}

/// The values of an entry by which it is filtered.
pub const FACETS: [&str; 7] = ["kind", "unit", "year", "domain", "ability", "instructor", "honour"];

impl Entry {
    /// A page of which nothing is known but what it is.
    pub fn new(path: &OutputPath, kind: Kind) -> Self {
        Entry {
            path: path.clone(),
            kind,
            order: None,
            folder: None,
            unit: None,
            year: None,
            domain: None,
            abilities: Vec::new(),
            instructors: Vec::new(),
            honours: Vec::new(),
            summary: String::new(),
            names: Vec::new(),
        }
    }

    /// The values of a facet of [`FACETS`].
    pub fn values(&self, facet: &str) -> Vec<String> {
        match facet {
            "kind" => vec![self.kind.key().to_owned()],
            "unit" => self.unit.iter().cloned().collect(),
            "year" => self.year.iter().map(i32::to_string).collect(),
            "domain" => self.domain.iter().cloned().collect(),
            "ability" => self.abilities.clone(),
            "instructor" => self.instructors.clone(),
            "honour" => self.honours.iter().map(|honour| honour.key().to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    fn belongs(&mut self, unit: Option<(UnitId, &Unit)>) {
        self.order = unit.map(|(id, _)| id);
        self.folder = unit.map(|(_, unit)| unit.folder.clone());
        self.unit = unit.map(|(_, unit)| unit.name.clone());
    }

    fn called(&mut self, text: &str, is_person: bool) {
        if !text.trim().is_empty() {
            self.names.push(Name { text: text.to_owned(), is_person });
        }
    }
}

/// For each facet of [`FACETS`] its values with their documents, in the order of the
/// documents.
pub(super) fn facets<'e>(entries: impl Iterator<Item = &'e Entry> + Clone) -> Vec<Facet> {
    let facet = |name: &&str| {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut values: Vec<FacetValue> = Vec::new();
        for (entry, number) in entries.clone().zip(0u32..) {
            for value in entry.values(name) {
                let place = *places.entry(value.clone()).or_insert_with(|| {
                    values.push(FacetValue { label: value, documents: Vec::new() });
                    values.len() - 1
                });
                values[place].documents.push(number);
            }
        }
        Facet { name: (*name).to_owned(), values }
    };
    FACETS.iter().map(facet).collect()
}

/// The pages that can be found. Their order decides between equals: what is wanted more
/// often first, then the newest year, what is honoured, unit and address; it also makes
/// the lists of kind, year and unit short.
pub fn entries(library: &Library, ledger: &Ledger, atlas: &Atlas) -> Vec<Entry> {
    let shelf = Shelf { library, ledger };
    let mut entries: Vec<Entry> = atlas.pages.iter().filter_map(|page| shelf.entry(page)).collect();
    entries.sort_by_cached_key(|entry| {
        let newest = entry.year.map_or(i32::MAX, |year| -year);
        (entry.kind, newest, entry.honours.is_empty(), entry.order, entry.path.clone())
    });
    entries
}

/// What entries are read from.
struct Shelf<'a> {
    library: &'a Library,
    ledger: &'a Ledger,
}

impl Shelf<'_> {
    /// The entry of a page; lists, forms and the like have none.
    fn entry(&self, page: &Page) -> Option<Entry> {
        let entry = |kind| Some(Entry::new(&page.path, kind));
        match &page.kind {
            PageKind::Lesson(id) => Some(self.lesson(page, *id)),
            PageKind::Person(id) => Some(self.person(page, *id)),
            PageKind::Unit(id) => Some(self.of_unit(Entry::new(&page.path, Kind::Unit), *id)),
            PageKind::UnitYear(id, year) => {
                let entry = Entry { year: Some(*year), ..Entry::new(&page.path, Kind::Year) };
                Some(self.of_unit(entry, *id))
            }
            PageKind::HonoursYear(year) | PageKind::Publicity(year) => {
                Some(Entry { year: Some(*year), ..Entry::new(&page.path, Kind::Honour) })
            }
            PageKind::Plans(year) | PageKind::Assessment(year) | PageKind::Statistics(year) => {
                Some(Entry { year: Some(*year), ..Entry::new(&page.path, Kind::Figures) })
            }
            PageKind::HonourKind(_) => entry(Kind::Honour),
            PageKind::Basis => entry(Kind::Basis),
            PageKind::Domain(_) | PageKind::Ability(_) => entry(Kind::Topic),
            PageKind::Document(id) | PageKind::Notice(id) | PageKind::Article(id) => Some(self.article(page, id.0)),
            PageKind::About | PageKind::Fields => entry(Kind::Page),
            _ => None,
        }
    }

    fn of_unit(&self, mut entry: Entry, id: UnitId) -> Entry {
        let unit = self.library.unit(id);
        entry.belongs(Some((id, unit)));
        entry.called(&unit.name, false);
        entry
    }

    fn lesson(&self, page: &Page, id: LessonId) -> Entry {
        let lesson = self.library.lesson(id);
        let kind = match lesson.kind {
            LessonKind::Written => Kind::Lesson,
            LessonKind::Courseware => Kind::Courseware,
        };
        let mut entry = Entry::new(&page.path, kind);
        entry.belongs(Some((lesson.unit, self.library.unit(lesson.unit))));
        entry.year = lesson.year;
        entry.domain = lesson.domain.as_ref().map(|word| word.name.clone());
        entry.abilities = lesson.skills.iter().map(|word| word.name.clone()).collect();
        entry.summary = lesson.summary.clone();
        if !self.ledger.honours.of_lesson(id).is_empty() {
            entry.honours.push(Honour::ExcellentCourseware);
        }
        entry.called(&lesson.title, false);
        for instructor in &lesson.instructors {
            let name = self.name(instructor);
            entry.called(&name, true);
            entry.instructors.push(name);
        }
        for tag in &lesson.tags {
            entry.called(tag, false);
        }
        entry
    }

    fn person(&self, page: &Page, id: PersonId) -> Entry {
        let person = self.library.person(id);
        let mut entry = Entry::new(&page.path, Kind::Person);
        let unit = person.postings.last().and_then(|posting| posting.unit);
        entry.belongs(unit.map(|unit| (unit, self.library.unit(unit))));
        entry.instructors = vec![person.name.clone()];
        for (_, honour) in self.ledger.honours.of_person(id) {
            if !entry.honours.contains(&honour) {
                entry.honours.push(honour);
            }
        }
        entry.called(&person.name, true);
        entry
    }

    fn article(&self, page: &Page, at: usize) -> Entry {
        let kind = match page.kind {
            PageKind::Document(_) => Kind::Document,
            PageKind::Notice(_) => Kind::Notice,
            _ => Kind::Page,
        };
        let mut entry = Entry::new(&page.path, kind);
        if let Some(article) = self.library.articles.get(at) {
            entry.belongs(article.unit.map(|unit| (unit, self.library.unit(unit))));
            entry.year = article.year.or(article.date.map(|date| date.year()));
            entry.summary = article.summary.clone();
            entry.called(&article.title, false);
        }
        entry
    }

    fn name(&self, instructor: &Instructor) -> String {
        match instructor {
            Instructor::Known(id) => self.library.person(*id).name.clone(),
            Instructor::Named(name) => name.clone(),
        }
    }
}
