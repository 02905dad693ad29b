//! 评选结果: people decide, the program checks (directive S67-S82).

use serde::Serialize;

use super::lesson::LessonId;
use super::person::Instructor;
use crate::base::{Day, Finding, Findings, Located, Place, SourcePath};
use crate::records::{self, AWARD, AWARDS, Entry, Node, Record, Value};

/// The honours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Honour {
    /// 年度优秀教员.
    ExcellentInstructor,
    /// 年度优秀课件(教案).
    ExcellentCourseware,
    /// 模范教员.
    ModelInstructor,
    /// 岗位履职标兵.
    PostPacesetter,
}

impl Honour {
    /// Each of them.
    pub const ALL: [Honour; 4] =
        [Honour::ExcellentInstructor, Honour::ExcellentCourseware, Honour::ModelInstructor, Honour::PostPacesetter];

    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            Honour::ExcellentInstructor => "excellent-instructor",
            Honour::ExcellentCourseware => "excellent-courseware",
            Honour::ModelInstructor => "model-instructor",
            Honour::PostPacesetter => "post-pacesetter",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Honour::ExcellentInstructor => "年度优秀教员",
            Honour::ExcellentCourseware => "年度优秀课件（教案）",
            Honour::ModelInstructor => "模范教员",
            Honour::PostPacesetter => "岗位履职标兵",
        }
    }
}

/// The honours of a year.
#[derive(Debug, Clone, Serialize)]
pub struct Awards {
    /// The year.
    pub year: i32,
    /// 优秀教员.
    pub instructors: Vec<Award>,
    /// 优秀课件.
    pub courseware: Vec<CoursewareAward>,
    /// 岗位履职标兵.
    pub pacesetters: Vec<Award>,
    /// 模范教员.
    pub models: Vec<Award>,
    /// 公示: first and last day.
    pub publicity: Option<(Day, Day)>,
    /// Where the publicity is written.
    pub publicity_place: Place,
    /// 文号.
    pub number: Option<String>,
    /// 说明.
    pub note: Option<String>,
    /// The file.
    pub place: Place,
}

/// A person who is honoured.
#[derive(Debug, Clone, Serialize)]
pub struct Award {
    /// 姓名, with the unit when one is given.
    pub written_name: Located<String>,
    /// Who it is.
    pub person: Option<Instructor>,
    /// 理由 or 事迹.
    pub reason: Option<String>,
}

/// A lesson that is honoured.
#[derive(Debug, Clone, Serialize)]
pub struct CoursewareAward {
    /// 教案 as written.
    pub written: Located<String>,
    /// 教案.
    pub lesson: Option<LessonId>,
    /// 奖次.
    pub prize: Option<String>,
    /// 理由 or 评语.
    pub reason: Option<String>,
}

impl Awards {
    /// Reads `awards/<year>.yaml`.
    pub(super) fn read(text: &str, file: &SourcePath, year: i32, findings: &mut Findings) -> Self {
        let record = records::settings(text, file, &AWARDS, findings);
        let written = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let mut people = |key: &str| items(record.get(key), findings).iter().filter_map(person).collect::<Vec<Award>>();
        let (instructors, pacesetters, models) = (people("instructors"), people("pacesetters"), people("models"));
        let courseware = items(record.get("courseware"), findings).iter().filter_map(lesson).collect();
        let publicity = record.get("publicity").map(|entry| inner(&entry.node, findings));
        let days = publicity.as_ref().and_then(|inner| {
            let start = records::date(inner.get("start"), findings);
            start.zip(records::date(inner.get("end"), findings))
        });
        Awards {
            year,
            instructors,
            courseware,
            pacesetters,
            models,
            publicity: days,
            publicity_place: record
                .get("publicity")
                .map_or_else(|| Place::file(file), |entry| entry.name.place.clone()),
            number: written("number"),
            note: written("note"),
            place: Place::file(file),
        }
    }

    /// Everybody who is honoured, to be connected.
    pub(super) fn people_mut(&mut self) -> impl Iterator<Item = &mut Award> {
        self.instructors.iter_mut().chain(&mut self.pacesetters).chain(&mut self.models)
    }

    /// The people of an honour.
    pub fn of(&self, honour: Honour) -> &[Award] {
        match honour {
            Honour::ExcellentInstructor => &self.instructors,
            Honour::ModelInstructor => &self.models,
            Honour::PostPacesetter => &self.pacesetters,
            Honour::ExcellentCourseware => &[],
        }
    }
}

/// The items of a list, each as a record; a bare name or number stands for its first
/// field.
fn items(entry: Option<&Entry>, findings: &mut Findings) -> Vec<Record> {
    let Some(entry) = entry else { return Vec::new() };
    match &entry.node.value {
        Value::List(nodes) => nodes.iter().map(|node| inner(node, findings)).collect(),
        Value::Empty => Vec::new(),
        _ => records::list(Some(entry), false).into_iter().map(|item| bare(item, findings)).collect(),
    }
}

fn inner(node: &Node, findings: &mut Findings) -> Record {
    match &node.value {
        Value::Map(pairs) => Record::new(node.place.clone(), pairs.clone(), &AWARD, findings),
        Value::Text(text) => bare(Located::new(text.clone(), node.place.clone()), findings),
        Value::Empty => Record::empty(node.place.clone()),
        Value::List(_) => {
            findings.push(Finding::new("E106", node.place.clone()));
            Record::empty(node.place.clone())
        }
    }
}

fn bare(item: Located<String>, findings: &mut Findings) -> Record {
    let name = Located::new("姓名".to_owned(), item.place.clone());
    let node = Node { value: Value::Text(item.value), place: item.place.clone() };
    Record::new(item.place, vec![(name, node)], &AWARD, findings)
}

fn person(record: &Record) -> Option<Award> {
    let mut name = records::text(record.get("name"))?;
    if let Some(unit) = records::text(record.get("unit")) {
        name.value = format!("{}（{}）", name.value, unit.value);
    }
    Some(Award {
        written_name: name,
        person: None,
        reason: records::text(record.get("reason")).map(|located| located.value),
    })
}

fn lesson(record: &Record) -> Option<CoursewareAward> {
    let written = records::text(record.get("lesson")).or_else(|| records::text(record.get("name")))?;
    let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
    Some(CoursewareAward { written, lesson: None, prize: text("prize"), reason: text("reason") })
}
