//! 人员: the roster, namesakes and transfers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::unit::{Unit, UnitId};
use super::vocabulary;
use crate::base::text::{fold, nearest};
use crate::base::{Finding, Findings, Located, Month, Place, SourcePath};
use crate::records::{self, PERSON, Record, Table};

/// A person's number in [`super::Library::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub usize);

/// A person. Birth month and exemption never leave the machine (DOMAIN.md 3.7).
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// 编号, if one is given.
    pub id: Option<String>,
    /// 姓名, without inner spaces.
    pub name: String,
    /// What pages show.
    pub display: String,
    /// Where the person served, in the order of the roster.
    pub postings: Vec<Posting>,
    /// 出生年月.
    pub birth: Option<Month>,
    /// 免申报: the reason.
    pub exempt: Option<String>,
    /// Where the person first stands in the roster.
    pub place: Place,
    /// Whether the person stands in the roster; without any roster, people are
    /// known by the lessons that they give.
    pub registered: bool,
}

/// A time in a unit.
#[derive(Debug, Clone, Serialize)]
pub struct Posting {
    /// The unit; `None` when the roster names one that does not exist (E201).
    pub unit: Option<UnitId>,
    /// 起始.
    pub from: Option<Month>,
    /// 截止.
    pub to: Option<Month>,
    /// 岗位.
    pub post: Option<String>,
    /// 岗位类别.
    pub post_category: Option<String>,
    /// 角色.
    pub role: Option<String>,
}

impl Posting {
    /// Whether the posting touches a year.
    pub fn covers_year(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from.year <= year) && self.to.is_none_or(|to| to.year >= year)
    }
}

impl Person {
    /// The posting of a year, or the last one.
    pub fn posting_in(&self, year: i32) -> Option<&Posting> {
        self.postings.iter().rev().find(|posting| posting.covers_year(year)).or(self.postings.last())
    }

    /// The unit of a year, or the last one.
    pub fn unit_in(&self, year: i32) -> Option<UnitId> {
        self.posting_in(year).and_then(|posting| posting.unit)
    }

    /// Whether the person ever served in a unit, within a year if one is given.
    pub fn served(&self, unit: UnitId, year: Option<i32>) -> bool {
        self.postings
            .iter()
            .any(|posting| posting.unit == Some(unit) && year.is_none_or(|year| posting.covers_year(year)))
    }
}

/// Who gives a lesson.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Instructor {
    /// Somebody of the roster.
    Known(PersonId),
    /// Somebody whom the roster does not have (W202) or has twice (E203): shown by name, counted nowhere.
    Named(String),
}

/// Columns that a teaching library must not hold (E207).
const SENSITIVE: &[&str] = &[
    "身份证",
    "公民身份",
    "居民身份",
    "身份号",
    "证件号",
    "手机",
    "住址",
    "银行",
    "卡号",
    "护照",
    "微信",
    "社保",
    "工资",
    "病史",
    "婚姻",
    "籍贯",
    "民族",
];

/// Columns that say where to find a person in a roster; in a list of shops they are in
/// their place.
const WHERE: &[&str] = &["电话", "联系方式", "地址"];

/// Whether a column of a table, wherever it stands, holds what nobody needs of people.
pub fn is_sensitive_column(name: &str) -> bool {
    let name = fold(name);
    SENSITIVE.iter().any(|word| name.contains(word))
}

/// Reads the roster.
pub(super) fn read_people(text: &str, file: &SourcePath, units: &[Unit], findings: &mut Findings) -> Vec<Person> {
    let mut noticed = Findings::default();
    let table = records::table(text, file, &PERSON, &mut noticed);
    let sensitive = sensitive_columns(&table);
    let told_twice = |finding: &Finding| {
        finding.code.as_str() == "W107" && sensitive.iter().any(|column| column.place == finding.place)
    };
    for finding in noticed.into_iter().filter(|finding| !told_twice(finding)) {
        findings.push(finding);
    }
    for column in &sensitive {
        findings.push(Finding::new("E207", column.place.clone()).with("列", &column.value));
    }
    let has_births = table.rows.iter().any(|row| row.record.get("birth").is_some());
    let mut people: Vec<Person> = Vec::new();
    let mut blank: Vec<(Place, String)> = Vec::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let Some((person, posting)) = read_row(&row.record, units, findings) else { continue };
        if row.record.get("birth").is_none() {
            blank.push((row.record.place.clone(), person.name.clone()));
        }
        join(person, posting, &row.record, &mut people, &mut ids, findings);
    }
    // A transfer has several rows: one birth is enough for all of them.
    let lacks = |place: &Place, name: &str| {
        let owner = people.iter().find(|person| person.place == *place);
        owner.is_some_and(|person| person.birth.is_none() && same_name(&person.name, name))
    };
    for (place, name) in blank.iter().filter(|(place, name)| has_births && lacks(place, name)) {
        findings.push(Finding::new("W206", place.clone()).with("名", name));
    }
    people
}

fn sensitive_columns(table: &Table) -> Vec<Located<String>> {
    let finds = |name: &str| WHERE.iter().any(|word| fold(name).contains(word));
    let suspicious = |name: &str| (is_sensitive_column(name) || finds(name)) && PERSON.find(name).is_none();
    table.header.iter().filter(|column| suspicious(&column.value)).cloned().collect()
}

fn read_row(record: &Record, units: &[Unit], findings: &mut Findings) -> Option<(Person, Posting)> {
    let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
    let name = text("name").map(|name| plain_name(&name))?;
    let unit = records::text(record.get("unit")).and_then(|written| find_unit(&written, units, findings));
    let birth = records::month(record.get("birth"), None, "E205", findings);
    let posting = Posting {
        unit,
        from: records::month(record.get("from"), None, "E112", findings),
        to: records::month(record.get("to"), None, "E112", findings),
        post: text("post"),
        post_category: text("post_category"),
        role: vocabulary::choice(record.get("role"), "role", findings).map(|word| word.name),
    };
    let person = Person {
        id: text("id"),
        display: text("display").unwrap_or_else(|| name.clone()),
        name,
        postings: Vec::new(),
        birth,
        exempt: text("exempt"),
        place: record.place.clone(),
        registered: true,
    };
    Some((person, posting))
}

/// Adds a row to the person it belongs to: by 编号, or by name and former unit.
fn join(
    mut person: Person,
    posting: Posting,
    record: &Record,
    people: &mut Vec<Person>,
    ids: &mut BTreeMap<String, usize>,
    findings: &mut Findings,
) {
    let known = person.id.as_ref().and_then(|id| ids.get(&fold(id)).copied());
    let Some(at) = known else {
        if let Some(id) = &person.id {
            ids.insert(fold(id), people.len());
        }
        person.postings.push(posting);
        people.push(person);
        return;
    };
    let first = &mut people[at];
    let dated = |posting: &Posting| posting.from.is_some() || posting.to.is_some();
    let same = same_name(&first.name, &person.name);
    if same && (dated(&posting) || first.postings.iter().any(dated)) {
        first.postings.push(posting);
        first.birth = first.birth.or(person.birth);
        first.exempt = first.exempt.take().or(person.exempt);
        return;
    }
    let place = record.get("id").map_or_else(|| record.place.clone(), |entry| entry.node.place.clone());
    let finding =
        Finding::new("E204", place).with("id", person.id.clone().unwrap_or_default()).with("行1", first.place.line);
    findings.push(finding);
    if !same {
        person.id = None;
        person.postings.push(posting);
        people.push(person);
    }
}

/// The unit that was written, or E201 with the nearest name.
pub(super) fn find_unit(written: &Located<String>, units: &[Unit], findings: &mut Findings) -> Option<UnitId> {
    if let Some(at) = units.iter().position(|unit| unit.is_called(&written.value)) {
        return Some(UnitId(at));
    }
    let mut finding = Finding::new("E201", written.place.clone()).with("值", &written.value);
    let part = || units.iter().map(|unit| unit.name.as_str()).find(|name| name.contains(written.value.trim()));
    if let Some(near) = nearest(&written.value, units.iter().map(|unit| unit.name.as_str())).or_else(part) {
        finding = finding.with("近似", near);
    }
    findings.push(finding);
    None
}

/// A name without inner spaces: 张 三 is 张三.
pub(super) fn plain_name(written: &str) -> String {
    let written = written.trim();
    let han = written.chars().any(crate::base::text::is_han);
    if han { written.chars().filter(|c| !c.is_whitespace()).collect() } else { written.to_owned() }
}

/// Whether two written names are the same.
pub fn same_name(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}
