//! What the rules of the awards ask of the lists.

use super::Subject;
use crate::base::Finding;
use crate::ledger::Refused;
use crate::model::{Instructor, PersonId};

/// Every listing that does not count, with the year of its list.
pub(super) fn refused<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (i32, &'a Refused)> {
    let counted = &subject.ledger.honours.counted;
    counted.iter().flat_map(|(year, counted)| counted.refused.iter().map(|refused| (*year, refused)))
}

/// A finding about a listing, with the words that most sentences use: 名 is the
/// person, or the title of the lesson.
pub(super) fn about(code: &'static str, subject: &Subject<'_>, year: i32, refused: &Refused) -> Finding {
    let finding = Finding::new(code, refused.place.clone()).with("年", year);
    match (refused.person, refused.lesson) {
        (Some(person), _) => {
            let name = &subject.library.person(person).name;
            finding.with("名", name).with("单位", unit(subject, person, year))
        }
        (None, Some(lesson)) => {
            // E503 has the authors for a name.
            if code == "E503" { finding } else { finding.with("名", &subject.library.lesson(lesson).title) }
        }
        (None, None) => finding,
    }
}

/// The unit in which somebody served in a year.
fn unit(subject: &Subject<'_>, person: PersonId, year: i32) -> String {
    let unit = subject.library.person(person).unit_in(year);
    unit.map_or_else(|| "单位不详".to_owned(), |unit| subject.library.unit(unit).name.clone())
}

/// The name of somebody.
pub(super) fn name<'a>(subject: &Subject<'a>, who: &'a Instructor) -> &'a str {
    match who {
        Instructor::Known(id) => &subject.library.person(*id).name,
        Instructor::Named(name) => name,
    }
}

/// Years as people list them: 2023年、2024年.
pub(super) fn years(years: &[i32]) -> String {
    years.iter().map(|year| format!("{year}年")).collect::<Vec<_>>().join("、")
}
