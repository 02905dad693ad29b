//! 申报覆盖率: whether those up to the age line applied (directive S29, DOMAIN.md 3.6,
//! points 8 and 9).

use super::ratio::Ratio;
use crate::base::Month;
use crate::config::{AgeRule, Config};
use crate::model::{Instructor, Library, Person, PersonId, UnitId};

/// Who is expected to apply in a unit's year, and who did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// People up to the line who are not exempt.
    pub expected: Vec<PersonId>,
    /// Of these, who applied or stands in the plan.
    pub declared: Vec<PersonId>,
    /// Everybody of the unit in the year.
    pub everybody: Vec<PersonId>,
    /// Of everybody, who applied or stands in the plan (全员上课).
    pub participants: Vec<PersonId>,
}

impl Coverage {
    /// The share of the expected who declared.
    pub fn ratio(&self) -> Ratio {
        Ratio::new(size(&self.declared), size(&self.expected))
    }

    /// The share of everybody who takes part.
    pub fn participation(&self) -> Ratio {
        Ratio::new(size(&self.participants), size(&self.everybody))
    }
}

fn size(people: &[PersonId]) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

/// The age that somebody has reached on the day of the rule in a year. Births are known
/// by the month: a month that is that of the day counts as reached.
pub fn age(birth: Month, year: i32, rule: &AgeRule) -> u32 {
    let years = year - birth.year - i32::from(birth.month > rule.on.0);
    u32::try_from(years).unwrap_or(0)
}

/// Whether somebody is up to the line. In legal usage 以下 includes the number itself.
pub fn is_up_to_line(birth: Month, year: i32, rule: &AgeRule) -> bool {
    let age = age(birth, year, rule);
    if rule.inclusive { age <= rule.line } else { age < rule.line }
}

pub(super) fn coverage(library: &Library, config: &Config, unit: UnitId, year: i32) -> Coverage {
    let rule = &config.policy.age;
    let mut coverage = Coverage::default();
    let serving =
        |person: &Person| person.registered && person.served(unit, Some(year)) && person.unit_in(year) == Some(unit);
    for (at, person) in library.people.iter().enumerate().filter(|(_, person)| serving(person)) {
        let id = PersonId(at);
        let takes_part = takes_part(library, unit, year, id);
        coverage.everybody.push(id);
        if takes_part {
            coverage.participants.push(id);
        }
        let expected = person.exempt.is_none() && person.birth.is_some_and(|birth| is_up_to_line(birth, year, rule));
        if expected {
            coverage.expected.push(id);
            if takes_part {
                coverage.declared.push(id);
            }
        }
    }
    coverage
}

fn takes_part(library: &Library, unit: UnitId, year: i32, person: PersonId) -> bool {
    let is_named = |people: &[Instructor]| people.contains(&Instructor::Known(person));
    let applied = library.applications.iter().any(|application| {
        let is_regular = application.is_complete() && !application.adhoc;
        application.unit == unit && application.year == year && is_regular && is_named(&application.applicants)
    });
    applied
        || library
            .sessions
            .iter()
            .any(|session| session.unit == unit && session.year == year && is_named(&session.instructors))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(inclusive: bool) -> AgeRule {
        AgeRule { line: 46, inclusive, on: (1, 1) }
    }

    #[test]
    fn the_line_itself_counts_unless_it_is_set_otherwise() {
        let exactly = Month { year: 1979, month: 1 };
        assert_eq!(age(exactly, 2025, &rule(true)), 46);
        assert!(is_up_to_line(exactly, 2025, &rule(true)));
        assert!(!is_up_to_line(exactly, 2025, &rule(false)));
        assert!(!is_up_to_line(Month { year: 1978, month: 1 }, 2025, &rule(true)));
        assert!(is_up_to_line(Month { year: 1978, month: 2 }, 2025, &rule(true)));
    }
}
