//! 岗位履职标兵: everybody of whom the records are there, with the three bases
//! (directive S77-S80; DOMAIN.md 3.6, point 13).

use super::basis::row;
use super::{Part, Records};
use crate::base::Place;
use crate::export::{Cell, Sheet};
use crate::ledger::{Candidate, Points};
use crate::model::{Instructor, PersonId};

const TABLE: &[(&str, &str)] = &[
    ("place", "排名"),
    ("unit", "单位"),
    ("name", "姓名"),
    ("attendance", "实到/应到"),
    ("participation", "教学参与"),
    ("exam", "月考成绩"),
    ("absent", "缺考月份"),
    ("duty", "履职绩效"),
    ("conduct", "作风"),
    ("composite", "综合得分"),
    ("result", "结论"),
    ("listed", "名单"),
    ("row", "出处"),
];

pub(super) fn table(records: &Records<'_>, year: i32) -> Part {
    let mut sheet = Sheet::new("岗位履职标兵", TABLE);
    let found = records.ledger.candidates.get(&year).map(Vec::as_slice).unwrap_or_default();
    sheet.rows = found.iter().map(|one| candidate(records, year, found, one)).collect();
    let policy = &records.config.policy;
    let [participation, exam, duty] = policy.pacesetter_weights;
    let notes = vec![
        format!(
            "综合得分＝教学参与×{participation}%＋月考成绩×{exam}%＋履职绩效×{duty}%；每项不低于 {} 分且作风合格才能评选（本单位设置，非文件规定）。",
            policy.pacesetter_floor
        ),
        "教学参与＝出勤率×80＋授课次数（最多算 2 次）×10，最多 100 分；缺考按 0 分，免考不计。".to_owned(),
    ];
    let empty = "没有月考、出勤和履职绩效都齐全的人员。";
    Part { id: "biaobing", title: "岗位履职标兵", notes, sheet, empty, is_long: false }
}

fn candidate(records: &Records<'_>, year: i32, all: &[Candidate], one: &Candidate) -> Vec<Cell> {
    let same = |other: &&Candidate| (other.composite, other.duty, other.exam) > (one.composite, one.duty, one.exam);
    let absent: Vec<String> = one.absent.iter().map(|month| format!("{month} 月")).collect();
    let listed = records.ledger.honours.counted.get(&year);
    let is_listed = listed.is_some_and(|year| year.pacesetters.iter().any(|listed| listed.person == one.person));
    let (attendance, places) = records_of(records, year, one.person);
    vec![
        (all.iter().filter(same).count() + 1).into(),
        records.unit_of(one.person, year),
        records.name(one.person),
        attendance.into(),
        one.participation.shown().into(),
        one.exam.shown().into(),
        absent.join("、").into(),
        one.duty.shown().into(),
        match one.conduct_ok {
            Some(true) => "合格",
            Some(false) => "不合格",
            None => "未填",
        }
        .into(),
        one.composite.shown().into(),
        conclusion(records, one).into(),
        if is_listed { "岗位履职标兵" } else { "" }.into(),
        places.into(),
    ]
}

fn conclusion(records: &Records<'_>, one: &Candidate) -> String {
    let floor = records.config.policy.pacesetter_floor;
    let bases: [(&str, Points); 3] = [("教学参与", one.participation), ("月考成绩", one.exam), ("履职绩效", one.duty)];
    let below = bases.iter().filter(|(_, points)| !points.reaches(floor)).map(|(name, _)| format!("{name}低于单项线"));
    let mut against: Vec<String> = below.collect();
    against.extend(match one.conduct_ok {
        Some(true) => None,
        Some(false) => Some("作风不合格".to_owned()),
        None => Some("作风未填".to_owned()),
    });
    if against.is_empty() { "符合条件".to_owned() } else { against.join("；") }
}

/// Attendance, and where the records of somebody's year are written.
fn records_of(records: &Records<'_>, year: i32, person: PersonId) -> (String, String) {
    let is = |who: &Option<Instructor>| *who == Some(Instructor::Known(person));
    let trainee = records.library.trainees.iter().find(|one| one.year == year && is(&one.person));
    let exam = records.library.exams.iter().find(|one| one.year == year && is(&one.person));
    let attendance = trainee.and_then(|one| Some(format!("{}/{}", one.attended?, one.expected?))).unwrap_or_default();
    let places: Vec<&Place> = trainee.map(|one| &one.place).into_iter().chain(exam.map(|one| &one.place)).collect();
    (attendance, places.into_iter().map(row).collect::<Vec<_>>().join("；"))
}
