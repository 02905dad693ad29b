//! Which listings of the awards files count (DOMAIN.md 3.5, group awards): people
//! choose, the ledger strikes out what the rules do not allow, and says why.

use std::collections::BTreeSet;

use super::honours::Honours;
use super::pacesetter::{self, Basis};
use super::points::Points;
use super::rates::Eligibility;
use crate::base::Place;
use crate::config::Config;
use crate::model::{Award, Awards, CoursewareAward, Honour, Instructor, LessonId, Library, PersonId};

/// The honours of a year that count, in the order of the list: what pages publish.
#[derive(Debug, Clone, Default)]
pub struct YearHonours {
    /// 年度优秀教员.
    pub instructors: Vec<Honoured>,
    /// 年度优秀课件.
    pub courseware: Vec<HonouredLesson>,
    /// 岗位履职标兵.
    pub pacesetters: Vec<Honoured>,
    /// 模范教员.
    pub models: Vec<Honoured>,
    /// Listings that do not count. They are for reports and rules: a name below the
    /// line is never published (DOMAIN.md 3.7).
    pub refused: Vec<Refused>,
}

/// A person whose honour counts.
#[derive(Debug, Clone)]
pub struct Honoured {
    /// Who.
    pub person: PersonId,
    /// 理由 or 事迹, as written.
    pub reason: Option<String>,
    /// Where the listing is written.
    pub place: Place,
}

/// A lesson whose honour counts.
#[derive(Debug, Clone)]
pub struct HonouredLesson {
    /// Which.
    pub lesson: LessonId,
    /// 奖次.
    pub prize: Option<String>,
    /// 理由 or 评语.
    pub reason: Option<String>,
    /// Where the listing is written.
    pub place: Place,
}

/// A listing that does not count.
#[derive(Debug, Clone)]
pub struct Refused {
    /// In which list it stands.
    pub honour: Honour,
    /// Who; `None` for courseware, and when the roster does not know the name.
    pub person: Option<PersonId>,
    /// Which lesson, for courseware that the library has.
    pub lesson: Option<LessonId>,
    /// Where the listing is written.
    pub place: Place,
    /// Why.
    pub why: Refusal,
}

/// Why a listing does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The roster does not know the person, or the library the lesson; told where it
    /// was read (W202, E203, W312).
    Unknown,
    /// E512: an earlier entry of the list is the same.
    Twice,
    /// E501: the rate of the year is below the line.
    Below,
    /// E502: no session of the year was held and evaluated.
    NotEvaluated,
    /// E503: no author of the courseware is an excellent instructor of the year.
    AuthorNotExcellent,
    /// E504: never three years in a row up to this year.
    NotThreeYears,
    /// E508 and E510: what speaks against a pacesetter.
    Pacesetter {
        /// Bases below the floor, with their points.
        below: Vec<(Basis, Points)>,
        /// Whether the conduct is 不合格.
        conduct_failed: bool,
    },
}

impl YearHonours {
    /// The people of an honour.
    pub fn of(&self, honour: Honour) -> &[Honoured] {
        match honour {
            Honour::ExcellentInstructor => &self.instructors,
            Honour::ModelInstructor => &self.models,
            Honour::PostPacesetter => &self.pacesetters,
            Honour::ExcellentCourseware => &[],
        }
    }

    /// Whether nothing is honoured.
    pub fn is_empty(&self) -> bool {
        let people = self.instructors.len() + self.pacesetters.len() + self.models.len();
        people + self.courseware.len() == 0
    }

    /// How many people of the list of excellent instructors did not pass the check
    /// (资格审核未通过): a number, never names.
    pub fn failed_check(&self) -> usize {
        let failed = |one: &&Refused| matches!(one.why, Refusal::Below | Refusal::NotEvaluated);
        self.refused.iter().filter(failed).count()
    }

    /// How many entries of a list stand for its quota: all that are not struck out.
    /// A name that the roster does not know takes a place all the same.
    pub fn listed(&self, honour: Honour) -> usize {
        let counted = if honour == Honour::ExcellentCourseware { self.courseware.len() } else { self.of(honour).len() };
        let unknown = |one: &&Refused| one.honour == honour && one.why == Refusal::Unknown;
        counted + self.refused.iter().filter(unknown).count()
    }
}

/// Checks the lists of a year. `state` says whether somebody may stand for excellent
/// instructor of it; `honours` has the lists of excellent instructors and the models.
pub(super) fn check(
    library: &Library,
    config: &Config,
    honours: &Honours,
    awards: &Awards,
    state: impl Fn(PersonId) -> Eligibility,
) -> YearHonours {
    let mut year = YearHonours::default();
    let refused = &mut year.refused;
    year.instructors =
        people(Honour::ExcellentInstructor, &awards.instructors, refused, |person| match state(person) {
            Eligibility::Eligible => None,
            Eligibility::Below => Some(Refusal::Below),
            Eligibility::NotEvaluated | Eligibility::NotTaught => Some(Refusal::NotEvaluated),
        });
    year.models = people(Honour::ModelInstructor, &awards.models, refused, |person| {
        let reached = honours.models.get(&person).is_some_and(|reached| *reached <= awards.year);
        (!reached).then_some(Refusal::NotThreeYears)
    });
    year.pacesetters = people(Honour::PostPacesetter, &awards.pacesetters, refused, |person| {
        against_pacesetter(library, config, person, awards.year)
    });
    let no_one = BTreeSet::new();
    let excellent = honours.excellent.get(&awards.year).unwrap_or(&no_one);
    year.courseware = courseware(library, &awards.courseware, excellent, refused);
    year
}

/// The entries of a list of people that count.
fn people(
    honour: Honour,
    listed: &[Award],
    refused: &mut Vec<Refused>,
    objection: impl Fn(PersonId) -> Option<Refusal>,
) -> Vec<Honoured> {
    let mut seen = BTreeSet::new();
    let mut counted = Vec::new();
    for award in listed {
        let place = award.written_name.place.clone();
        let (person, why) = match award.person {
            Some(Instructor::Known(person)) if !seen.insert(person) => (Some(person), Some(Refusal::Twice)),
            Some(Instructor::Known(person)) => (Some(person), objection(person)),
            _ => (None, Some(Refusal::Unknown)),
        };
        match (person, why) {
            (Some(person), None) => counted.push(Honoured { person, reason: award.reason.clone(), place }),
            (person, Some(why)) => refused.push(Refused { honour, person, lesson: None, place, why }),
            (None, None) => {}
        }
    }
    counted
}

/// The entries of the list of courseware that count: chosen from the work of the
/// year's excellent instructors (directive S69).
fn courseware(
    library: &Library,
    listed: &[CoursewareAward],
    excellent: &BTreeSet<PersonId>,
    refused: &mut Vec<Refused>,
) -> Vec<HonouredLesson> {
    let mut seen = BTreeSet::new();
    let mut counted = Vec::new();
    for award in listed {
        let place = award.written.place.clone();
        let why = match award.lesson {
            None => Some(Refusal::Unknown),
            Some(lesson) if !seen.insert(lesson) => Some(Refusal::Twice),
            Some(lesson) => (!is_by_one_of(library, lesson, excellent)).then_some(Refusal::AuthorNotExcellent),
        };
        let honour = Honour::ExcellentCourseware;
        match (award.lesson, why) {
            (Some(lesson), None) => {
                let (prize, reason) = (award.prize.clone(), award.reason.clone());
                counted.push(HonouredLesson { lesson, prize, reason, place });
            }
            (lesson, Some(why)) => refused.push(Refused { honour, person: None, lesson, place, why }),
            (None, None) => {}
        }
    }
    counted
}

/// Whether one of some people is an author of a lesson.
pub(super) fn is_by_one_of(library: &Library, lesson: LessonId, people: &BTreeSet<PersonId>) -> bool {
    let is_one = |author: &Instructor| matches!(author, Instructor::Known(person) if people.contains(person));
    library.lesson(lesson).instructors.iter().any(is_one)
}

/// What the records say against a pacesetter; what they do not have is not held
/// against anybody.
fn against_pacesetter(library: &Library, config: &Config, person: PersonId, year: i32) -> Option<Refusal> {
    let bases = pacesetter::bases(library, config, person, year);
    let below: Vec<(Basis, Points)> =
        bases.points().into_iter().filter(|(_, points)| !points.reaches(config.policy.pacesetter_floor)).collect();
    let conduct_failed = bases.conduct_ok == Some(false);
    (conduct_failed || !below.is_empty()).then_some(Refusal::Pacesetter { below, conduct_failed })
}
