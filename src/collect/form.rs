//! A file of the inbox taken for what it is: a selection, an application or ballots.

use super::stamp::Stamp;
use super::{Received, Setting, Table, Trouble};
use crate::base::text::fold;
use crate::base::{Findings, SourcePath};
use crate::model::vocabulary::vocabulary;
use crate::records::{self, BALLOT, COURSE_APPLICATION, Exchange, Record, SELECTION, TOPIC_APPLICATION};
use crate::source::decode;

/// What a colleague sent in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Selection(Selection),
    Application(Application),
    Ballot(Ballot),
}

/// 选学单.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selection {
    pub file: String,
    pub name: String,
    /// Topics with their ranks, 1 to 3.
    pub topics: Vec<(String, Option<u32>)>,
    pub other: Option<String>,
    pub stamp: Stamp,
}

/// 申报表.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Application {
    pub file: String,
    pub applicant: String,
    pub topic: String,
    pub is_adhoc: bool,
    /// Values by the fields of the table, as written.
    pub cells: Vec<(&'static str, String)>,
    pub stamp: Stamp,
}

/// 测评票.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ballot {
    pub file: String,
    pub code: String,
    /// The day of the session, as the plan has it.
    pub held: crate::base::Day,
    pub topic: String,
    /// 课次编号 of the plan, where it has one.
    pub session: Option<String>,
    /// The key of the level: `very satisfied fair dissatisfied`.
    pub level: &'static str,
    pub comment: Option<String>,
}

impl Form {
    pub(super) fn table(&self) -> Table {
        match self {
            Form::Selection(_) => Table::Choices,
            Form::Application(_) => Table::Applications,
            Form::Ballot(_) => Table::Evaluations,
        }
    }
}

/// The fields of an application that its writer fills; what the unit decides is never
/// overwritten by a form.
pub(super) const OWN_FIELDS: &[&str] =
    &["kind", "applicant", "topic", "summary", "reason", "origin", "month", "form", "date"];

/// Hidden files, lock files of offices and what systems leave behind.
pub fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~', '_']) || ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

/// Reads a file; one that is wrong in any row stays in the inbox as a whole.
pub(super) fn read(file: &Received, setting: &Setting<'_>) -> Result<Vec<Form>, Trouble> {
    let bytes = file.bytes.as_ref().ok_or(Trouble::TooLarge)?;
    if bytes.is_empty() {
        return Err(Trouble::Empty);
    }
    let path = SourcePath::new(file.name.clone());
    if let Some(trouble) = foreign(&path.extension(), bytes) {
        return Err(trouble);
    }
    let text = decode(bytes).ok_or(Trouble::Unreadable)?.text;
    if text.trim().is_empty() {
        return Err(Trouble::Empty);
    }
    let sheet = Sheet { file, path: &path, text: &text, setting };
    if ["md", "markdown", "txt"].contains(&path.extension().as_str()) {
        return sheet.application_file();
    }
    sheet.table()
}

/// What other programs save, by name or by how it begins.
fn foreign(extension: &str, bytes: &[u8]) -> Option<Trouble> {
    const WORKBOOKS: &[&str] = &["xlsx", "xls", "xlsm", "et", "ods"];
    const PAPERS: &[&str] = &["docx", "doc", "wps", "odt", "rtf", "pdf", "ofd", "jpg", "jpeg", "png", "zip", "rar"];
    const STARTS: &[&[u8]] = &[b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xd8\xff", b"\x89PNG"];
    if WORKBOOKS.contains(&extension) {
        return Some(Trouble::Workbook);
    }
    let is_paper = PAPERS.contains(&extension);
    (is_paper || STARTS.iter().any(|start| bytes.starts_with(start))).then_some(if is_paper {
        Trouble::Paper
    } else {
        Trouble::Unreadable
    })
}

/// A file that is being read.
struct Sheet<'a> {
    file: &'a Received,
    path: &'a SourcePath,
    text: &'a str,
    setting: &'a Setting<'a>,
}

impl Sheet<'_> {
    fn table(&self) -> Result<Vec<Form>, Trouble> {
        let columns = |exchange: &Exchange| {
            let mut findings = Findings::default();
            let table = records::table(self.text, self.path, &exchange.entity, &mut findings);
            let known = |key: &str| {
                table.header.iter().any(|name| exchange.entity.find(&name.value).is_some_and(|field| field.key == key))
            };
            (["rating", "code", "applicant", "name", "rank", "topic"].map(known), whole(table, &findings))
        };
        let ([rating, code, ..], ballots) = columns(&BALLOT);
        if rating || code {
            return ballots?.rows.iter().map(|row| self.ballot(&row.record)).collect::<Result<_, _>>().and_then(some);
        }
        let ([_, _, applicant, ..], applications) = columns(&COURSE_APPLICATION);
        let ([_, _, _, name, rank, topic], selection) = columns(&SELECTION);
        let says_so = self.path.stem().starts_with(SELECTION.prefix);
        let applications = applications?;
        match (topic, name || rank || says_so) {
            (true, true) if rank || says_so || !has_application_columns(&applications.header) => {
                self.selection(&selection?)
            }
            (true, _) if applicant => {
                let forms = applications.rows.iter().map(|row| self.application(&row.record));
                forms.collect::<Result<_, _>>().and_then(some)
            }
            _ => Err(Trouble::Unknown),
        }
    }

    /// The unit and the year, where the file names them.
    fn check_place(&self, record: &Record, exchange: &Exchange) -> Result<(), Trouble> {
        let unit = self.value(record, "unit", exchange);
        let ours = self.setting.library.unit(self.setting.unit);
        if let Some(unit) = unit.filter(|unit| !ours.is_called(unit)) {
            return Err(Trouble::OtherUnit(unit));
        }
        let year =
            self.value(record, "year", exchange).map(|year| fold(&year).trim_end_matches(['年', '度']).to_owned());
        match year.filter(|year| *year != self.setting.year.to_string()) {
            Some(year) => Err(Trouble::OtherYear(year)),
            None => Ok(()),
        }
    }

    /// A value of the record, else the one in the file's name.
    fn value(&self, record: &Record, key: &str, exchange: &Exchange) -> Option<String> {
        written(record, key).or_else(|| {
            let values = exchange.values_in(self.path.stem());
            let named = |name: &str| exchange.entity.find(name).is_some_and(|field| field.key == key);
            let is_value = |value: &str| key != "year" || value.parse::<u32>().is_ok();
            let found = values.into_iter().find(|(name, value)| named(name) && is_value(value));
            found.map(|(_, value)| value.to_owned())
        })
    }

    fn stamp(&self, record: &Record) -> Stamp {
        Stamp::new(written(record, "filled").as_deref(), self.file.modified)
    }

    /// The rows of a selection: those of one person, or of several one below the other.
    fn selection(&self, table: &records::Table) -> Result<Vec<Form>, Trouble> {
        let mut forms: Vec<Selection> = Vec::new();
        let is_mark = |name: &str| SELECTION.entity.find(name).is_some_and(|field| field.key == "picked");
        let has_marks = table.header.iter().any(|name| is_mark(&name.value));
        for row in table.rows.iter().map(|row| &row.record) {
            self.check_place(row, &SELECTION)?;
            let name = self.value(row, "name", &SELECTION);
            // A name that is written once stands for the rows below it.
            let name = name.or_else(|| forms.last().map(|form| form.name.clone())).ok_or(Trouble::Missing("姓名"))?;
            let at = forms.iter().position(|form| fold(&form.name) == fold(&name)).unwrap_or_else(|| {
                let stamp = self.stamp(row);
                forms.push(Selection { file: self.file.name.clone(), name, topics: Vec::new(), other: None, stamp });
                forms.len() - 1
            });
            let form = &mut forms[at];
            form.other = form.other.take().or_else(|| wishes(row));
            if let Some(topic) = written(row, "topic").filter(|_| is_picked(row, has_marks)) {
                let rank = rank_of(row)?;
                if rank.is_some() && form.topics.iter().any(|(_, other)| *other == rank) {
                    return Err(Trouble::RankTwice(form.name.clone()));
                }
                if !form.topics.iter().any(|(other, _)| fold(other) == fold(&topic)) {
                    form.topics.push((topic, rank));
                }
            }
        }
        if forms.iter().any(|form| form.topics.is_empty() && form.other.is_none()) {
            return Err(Trouble::Missing("课题"));
        }
        some(forms.into_iter().map(Form::Selection).collect())
    }

    fn application_file(&self) -> Result<Vec<Form>, Trouble> {
        let document = records::document(self.text, self.path, &COURSE_APPLICATION.entity, &mut Findings::default());
        if document.record.is_empty() {
            return Err(Trouble::Unknown);
        }
        self.application(&document.record).map(|form| vec![form])
    }

    fn application(&self, record: &Record) -> Result<Form, Trouble> {
        let by_topic = self.path.stem().starts_with(TOPIC_APPLICATION.prefix);
        let exchange = if by_topic { TOPIC_APPLICATION } else { COURSE_APPLICATION };
        self.check_place(record, &exchange)?;
        let kind = match allowed(record, "kind", "类型", "application_kind")? {
            None if by_topic => "adhoc",
            kind => kind.unwrap_or("regular"),
        };
        let applicant = self.value(record, "applicant", &exchange).ok_or(Trouble::Missing("申报人"))?;
        let topic = written(record, "topic").ok_or(Trouble::Missing("课题"))?;
        let origin = allowed(record, "origin", "来源", "origin")?;
        if kind == "adhoc" && origin.is_none() {
            return Err(Trouble::NoOrigin);
        }
        let mut cells: Vec<(&'static str, String)> =
            OWN_FIELDS.iter().filter_map(|key| Some((*key, written(record, key)?))).collect();
        cells.retain(|(key, _)| *key != "kind" && *key != "applicant");
        cells.push(("kind", if kind == "adhoc" { "机动" } else { "常规" }.to_owned()));
        cells.push(("applicant", applicant.clone()));
        let stamp = self.stamp(record);
        let file = self.file.name.clone();
        Ok(Form::Application(Application { file, applicant, topic, is_adhoc: kind == "adhoc", cells, stamp }))
    }

    fn ballot(&self, record: &Record) -> Result<Form, Trouble> {
        self.check_place(record, &BALLOT)?;
        let code = self.value(record, "code", &BALLOT).ok_or(Trouble::Missing("随机码"))?;
        let topic = self.value(record, "topic", &BALLOT).ok_or(Trouble::Missing("课题"))?;
        let level = allowed(record, "rating", "评价", "rating")?.ok_or(Trouble::Missing("评价"))?;
        let day = written(record, "held").and_then(|day| records::day(&day, Some(self.setting.year)));
        let (held, session) = self.session(&topic, day)?;
        let comment = written(record, "comment");
        Ok(Form::Ballot(Ballot {
            file: self.file.name.clone(),
            code: fold(&code),
            held,
            topic,
            session,
            level,
            comment,
        }))
    }

    /// The session of the plan that a ballot is about.
    fn session(
        &self,
        topic: &str,
        day: Option<crate::base::Day>,
    ) -> Result<(crate::base::Day, Option<String>), Trouble> {
        let Setting { library, unit, year, .. } = *self.setting;
        let of_topic = library
            .sessions
            .iter()
            .filter(|session| session.unit == unit && session.year == year && fold(&session.topic) == fold(topic));
        let sessions: Vec<_> = of_topic.collect();
        let held = sessions.iter().filter_map(|session| Some((session.held?, session.number.clone())));
        let mut found = held.filter(|(held, _)| day.is_none_or(|day| day == *held));
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(Trouble::ManySessions(topic.to_owned())),
            (None, _) if sessions.iter().any(|session| session.held.is_none()) => {
                Err(Trouble::NotHeld(topic.to_owned()))
            }
            (None, _) => Err(Trouble::NoSession(topic.to_owned())),
        }
    }
}

/// A table of which no row was left out: one row less is a voice less.
fn whole(table: records::Table, findings: &Findings) -> Result<records::Table, Trouble> {
    let left_out = findings.iter().find(|finding| ["E121", "E132"].contains(&finding.code.as_str()));
    left_out.map_or(Ok(table), |finding| Err(Trouble::Cut(finding.place.line)))
}

/// 申报人 by its own name: 姓名 alone may be that of a selection.
fn has_application_columns(header: &[crate::base::Located<String>]) -> bool {
    let own = ["kind", "summary", "reason", "origin", "month", "form", "decision"];
    let keys = header.iter().filter_map(|name| COURSE_APPLICATION.entity.find(&name.value));
    keys.filter(|field| own.contains(&field.key)).count() > 0 || header.iter().any(|name| fold(&name.value) == "申报人")
}

fn some(forms: Vec<Form>) -> Result<Vec<Form>, Trouble> {
    if forms.is_empty() { Err(Trouble::Empty) } else { Ok(forms) }
}

/// A value on one line.
fn written(record: &Record, key: &str) -> Option<String> {
    let text = records::text(record.get(key))?.value;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// 其他想学, one a line: in a cell of the table ；stands between them.
fn wishes(record: &Record) -> Option<String> {
    let text = records::text(record.get("other"))?.value;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("；"))
}

/// A table of all topics has a column in which the chosen ones are marked; without it
/// every row is chosen.
fn is_picked(record: &Record, has_marks: bool) -> bool {
    match record.get("picked") {
        Some(entry) => records::boolean(Some(entry), &mut Findings::default()) != Some(false),
        None => !has_marks || record.get("rank").is_some(),
    }
}

fn rank_of(record: &Record) -> Result<Option<u32>, Trouble> {
    let Some(text) = written(record, "rank") else { return Ok(None) };
    match fold(&text).trim_start_matches('第').parse() {
        Ok(rank @ 1..=3) => Ok(Some(rank)),
        _ => Err(Trouble::NotAllowed("排序", text, "1、2、3，或不填".to_owned())),
    }
}

/// The key of a word of a closed list.
fn allowed(record: &Record, key: &str, name: &'static str, list: &str) -> Result<Option<&'static str>, Trouble> {
    let Some(text) = written(record, key) else { return Ok(None) };
    let list = vocabulary(list);
    match list.find(&text) {
        Some(term) => Ok(Some(term.key)),
        None => Err(Trouble::NotAllowed(name, text, list.listed())),
    }
}
