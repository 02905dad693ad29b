//! 岗位履职标兵: the three bases and what they come to (directive S77-S80, DOMAIN.md
//! 3.6, point 13). Reckoned in fractions, shown with two decimals.

use super::months::last_day;
use super::points::Points;
use crate::base::{Day, Month};
use crate::config::{Config, Policy};
use crate::model::{Exam, Instructor, Library, Mark, PersonId, Trainee};

/// A candidate.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Participation: attendance rate times 80, and 10 for each of up to two lessons taught.
    pub participation: Points,
    /// The mean of the monthly exams.
    pub exam: Points,
    /// The duty mark.
    pub duty: Points,
    /// The three together by their weights.
    pub composite: Points,
    /// Whether the conduct is 合格; `None` when nothing was written.
    pub conduct_ok: Option<bool>,
    /// Months without a mark that are not exempt, 1 to 12.
    pub absent: Vec<u32>,
    /// Whether each basis reaches the floor and the conduct is 合格.
    pub passes: bool,
}

/// One of the three bases (directive S77-S79).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// 教学参与.
    Participation,
    /// 月考成绩.
    Exam,
    /// 履职绩效.
    Duty,
}

impl Basis {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Participation => "教学参与",
            Basis::Exam => "月考成绩",
            Basis::Duty => "履职绩效",
        }
    }
}

/// A person's year as far as the records have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bases {
    /// Participation, when the attendance is known.
    pub participation: Option<Points>,
    /// The mean of the monthly exams; `None` when nothing is due, all months are
    /// exempt, or the year has no exam table.
    pub exam: Option<Points>,
    /// The duty mark.
    pub duty: Option<Points>,
    /// Whether the conduct is 合格.
    pub conduct_ok: Option<bool>,
    /// Months that count nothing for want of a mark, 1 to 12.
    pub absent: Vec<u32>,
}

impl Bases {
    /// The points that are known.
    pub fn points(&self) -> Vec<(Basis, Points)> {
        let all = [(Basis::Participation, self.participation), (Basis::Exam, self.exam), (Basis::Duty, self.duty)];
        all.into_iter().filter_map(|(basis, points)| Some((basis, points?))).collect()
    }
}

/// The bases of a person's year. All staff take the exams: whom the table of the year
/// does not have missed all of them.
pub fn bases(library: &Library, config: &Config, person: PersonId, year: i32) -> Bases {
    let is_this = |who: &Option<Instructor>| *who == Some(Instructor::Known(person));
    let trainee = library.trainees.iter().find(|trainee| trainee.year == year && is_this(&trainee.person));
    let mut exams = library.exams.iter().filter(|exam| exam.year == year).peekable();
    let has_table = exams.peek().is_some();
    let exam = exams.find(|exam| is_this(&exam.person));
    bases_of(
        library,
        config,
        person,
        trainee,
        exam.map(|exam| exam.marks).or(has_table.then_some([Mark::Absent; 12])),
        year,
    )
}

fn bases_of(
    library: &Library,
    config: &Config,
    person: PersonId,
    trainee: Option<&Trainee>,
    marks: Option<[Mark; 12]>,
    year: i32,
) -> Bases {
    let (exam, absent) = marks.map_or((None, Vec::new()), |marks| exam_mean(&marks, months_due(year, config.as_of)));
    let Some(trainee) = trainee else { return Bases { exam, absent, ..Bases::default() } };
    let attendance = trainee.expected.zip(trainee.attended);
    Bases {
        participation: attendance
            .map(|(expected, attended)| participation(expected, attended, taught(library, config, trainee, person))),
        exam,
        duty: trainee.duty_score.map(|tenths| Points::new(i64::from(tenths), 10)),
        conduct_ok: trainee.conduct_ok,
        absent,
    }
}

/// Months of a row of exams that have no mark and count nothing (W511).
pub fn absent_months(exam: &Exam, as_of: Day) -> Vec<u32> {
    exam_mean(&exam.marks, months_due(exam.year, as_of)).1
}

/// How many months of a year are over: an exam that is still to come is not missing.
fn months_due(year: i32, as_of: Day) -> u32 {
    let is_over = |month: &u32| Month::new(year, *month).and_then(last_day).is_some_and(|day| day <= as_of);
    (1..=12).rev().find(is_over).unwrap_or(0)
}

/// Everybody of whom a year's records are there, best first; ties go to the higher duty
/// mark, then the higher exam.
pub(super) fn candidates(library: &Library, config: &Config, year: i32) -> Vec<Candidate> {
    let trainees = library.trainees.iter().filter(|trainee| trainee.year == year);
    let mut found: Vec<Candidate> = trainees.filter_map(|trainee| candidate(library, config, trainee)).collect();
    found.sort_by(|a, b| {
        let other = (b.composite, b.duty, b.exam);
        other.cmp(&(a.composite, a.duty, a.exam)).then(a.person.cmp(&b.person))
    });
    found
}

fn candidate(library: &Library, config: &Config, trainee: &Trainee) -> Option<Candidate> {
    let Some(Instructor::Known(person)) = trainee.person else { return None };
    let exam = library
        .exams
        .iter()
        .find(|exam| exam.year == trainee.year && exam.person == Some(Instructor::Known(person)))?;
    let bases = bases_of(library, config, person, Some(trainee), Some(exam.marks), trainee.year);
    let (participation, exam, duty) = (bases.participation?, bases.exam?, bases.duty?);
    let policy = &config.policy;
    let passes = [participation, exam, duty].iter().all(|points| points.reaches(policy.pacesetter_floor));
    Some(Candidate {
        person,
        participation,
        exam,
        duty,
        composite: composite(policy, [participation, exam, duty]),
        conduct_ok: bases.conduct_ok,
        absent: bases.absent,
        passes: passes && bases.conduct_ok == Some(true),
    })
}

/// Sessions that somebody gave in the year, unless the clerk counts otherwise.
fn taught(library: &Library, config: &Config, trainee: &Trainee, person: PersonId) -> u32 {
    let given = library.sessions.iter().filter(|session| {
        session.is_held(config.as_of)
            && session.held.map(Day::year) == Some(trainee.year)
            && session.instructors.contains(&Instructor::Known(person))
    });
    trainee.taught.unwrap_or_else(|| u32::try_from(given.count()).unwrap_or(u32::MAX))
}

fn participation(expected: u32, attended: u32, taught: u32) -> Points {
    // No year has a million sessions; a slip of the pen must not overflow.
    let scale = expected.max(attended) / 1_000_000 + 1;
    let (expected, attended) = (i64::from(expected / scale), i64::from(attended / scale));
    let extra = i64::from(taught.min(2)) * 10;
    let points = Points::new(attended * 80 + extra * expected, expected);
    points.min(Points::new(100, 1))
}

/// A blank month counts nothing, an exempt one and one that is not over do not count.
fn exam_mean(marks: &[Mark; 12], due: u32) -> (Option<Points>, Vec<u32>) {
    let mut absent = Vec::new();
    let (mut sum, mut counted) = (0, 0);
    for (month, mark) in (1..).zip(marks) {
        match mark {
            Mark::Score(tenths) => {
                sum += i64::from(*tenths);
                counted += 1;
            }
            Mark::Absent if month <= due => {
                absent.push(month);
                counted += 1;
            }
            Mark::Absent | Mark::Exempt => {}
        }
    }
    ((counted > 0).then(|| Points::new(sum, 10 * counted)), absent)
}

fn composite(policy: &Policy, parts: [Points; 3]) -> Points {
    let weighted = parts
        .iter()
        .zip(policy.pacesetter_weights)
        .map(|(points, weight)| (points.part * i64::from(weight), points.whole * 100));
    let (part, whole) =
        weighted.fold((0i64, 1i64), |(part, whole), (more, of)| reduced(part * of + more * whole, whole * of));
    Points::new(part, whole)
}

/// Keeps the numbers small, so that products never overflow.
fn reduced(part: i64, whole: i64) -> (i64, i64) {
    let (mut a, mut b) = (part.abs().max(1), whole.abs().max(1));
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (part / a, whole / a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [Mark; 12] = [Mark::Absent; 12];

    #[test]
    fn a_blank_month_counts_nothing_and_an_exempt_one_does_not_count() {
        let mut marks = [Mark::Score(900); 12];
        marks[3] = Mark::Absent;
        assert_eq!(exam_mean(&marks, 12), (Some(Points::new(825, 10)), vec![4]));
        marks[3] = Mark::Exempt;
        assert_eq!(exam_mean(&marks, 12), (Some(Points::new(90, 1)), Vec::new()));
        assert_eq!(exam_mean(&[Mark::Exempt; 12], 12), (None, Vec::new()));
    }

    #[test]
    fn months_to_come_are_not_missing() {
        let day = |month, day| Day::new(2025, month, day).expect("a day");
        assert_eq!(months_due(2025, day(6, 29)), 5);
        assert_eq!(months_due(2025, day(6, 30)), 6);
        assert_eq!(months_due(2024, day(1, 1)), 12);
        assert_eq!(months_due(2026, day(12, 31)), 0);
        let mut marks = NONE;
        marks[0] = Mark::Score(800);
        marks[6] = Mark::Score(900);
        assert_eq!(exam_mean(&marks, 1), (Some(Points::new(85, 1)), Vec::new()));
        assert_eq!(exam_mean(&NONE, 0), (None, Vec::new()));
    }
}
