//! The parts of a year's report, in the order in which the section reads them
//! (DOMAIN.md 4.5).

use super::{Part, Records, assessment, declarations, gaps, instructors, pacesetters};

pub(super) fn parts(records: &Records<'_>, year: i32) -> Vec<Part> {
    vec![
        instructors::all(records, year),
        instructors::below(records, year),
        instructors::not_evaluated(records, year),
        instructors::refused(records, year),
        instructors::models(records, year),
        gaps::not_declared(records, year),
        declarations::table(records, year),
        gaps::without_material(records, year),
        gaps::units(records, year),
        assessment::table(records, year),
        assessment::working(records, year),
        pacesetters::table(records, year),
    ]
}
