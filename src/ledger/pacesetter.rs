//! 岗位履职标兵: the three bases and what they come to (directive S77-S80, DOMAIN.md
//! 3.6, point 13). Reckoned in fractions, shown with two decimals.

use std::cmp::Ordering;

use crate::base::Day;
use crate::config::{Config, Policy};
use crate::model::{Instructor, Library, Mark, PersonId, Trainee};

/// A number of points as a fraction.
#[derive(Debug, Clone, Copy)]
pub struct Points {
    part: i64,
    whole: i64,
}

impl Points {
    /// `part` of `whole` points; of nothing it is nothing.
    pub fn new(part: i64, whole: i64) -> Self {
        if whole <= 0 { Self { part: 0, whole: 1 } } else { Self { part, whole } }
    }

    /// Whether it reaches a number of whole points.
    pub fn reaches(self, line: u32) -> bool {
        self.part >= i64::from(line) * self.whole
    }

    /// In hundredths, rounded half up.
    pub fn hundredths(self) -> i64 {
        (self.part * 200 + self.whole) / (2 * self.whole)
    }

    /// With at most two decimals, none that say nothing.
    pub fn shown(self) -> String {
        let hundredths = self.hundredths();
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Points {}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.part) * i128::from(other.whole)).cmp(&(i128::from(other.part) * i128::from(self.whole)))
    }
}

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
    let participation = participation(trainee.expected?, trainee.attended?, taught(library, config, trainee, person));
    let (exam, absent) = exam_mean(&exam.marks);
    let duty = Points::new(i64::from(trainee.duty_score?), 10);
    let policy = &config.policy;
    let passes = [participation, exam, duty].iter().all(|points| points.reaches(policy.pacesetter_floor));
    Some(Candidate {
        person,
        participation,
        exam,
        duty,
        composite: composite(policy, [participation, exam, duty]),
        conduct_ok: trainee.conduct_ok,
        absent,
        passes: passes && trainee.conduct_ok == Some(true),
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
    let (expected, attended) = (i64::from(expected), i64::from(attended));
    let extra = i64::from(taught.min(2)) * 10;
    let points = Points::new(attended * 80 + extra * expected, expected);
    points.min(Points::new(100, 1))
}

/// A blank month counts nothing, an exempt one does not count.
fn exam_mean(marks: &[Mark; 12]) -> (Points, Vec<u32>) {
    let counted = marks.iter().filter(|mark| **mark != Mark::Exempt);
    let sum: i64 = marks.iter().map(|mark| if let Mark::Score(tenths) = mark { i64::from(*tenths) } else { 0 }).sum();
    let absent = (1..).zip(marks).filter(|(_, mark)| **mark == Mark::Absent).map(|(month, _)| month).collect();
    (Points::new(sum, 10 * i64::try_from(counted.count()).unwrap_or(12)), absent)
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
