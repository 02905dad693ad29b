//! Papers of a selection: the publicity notice (公示) and the certificates.

use super::honours::KINDS;
use crate::atlas::{Page, PageKind};
use crate::base::Day;
use crate::ledger::awards_of;
use crate::model::{Honour, Instructor, LessonId};
use crate::render::desk::{Desk, count, year_number};
use crate::render::links::mail;
use crate::render::views::{CertificateView, CertificatesView, HonourNamesView, PageView, PublicityView};

impl Desk<'_> {
    /// The notice that opens a selection to objections.
    pub(in crate::render) fn publicity(&self, page: &Page, year: i32) -> Option<(PageView, PublicityView)> {
        let counted = self.laurels.by_year.get(&year)?;
        let awards = awards_of(self.scene.library, year)?;
        let (from, to) = awards.publicity?;
        let title = self.filled("publicity.title", &[("year", &year)]);
        let head = self.paper_head(page, "publicity", &title, year);
        let groups = KINDS.into_iter().map(|honour| self.honour_names(counted, honour, year));
        let contact = self.scene.config.contact.as_ref();
        let view = PublicityView {
            year: year_number(year),
            number: awards.number.clone(),
            from_text: self.day(from),
            to_text: self.day(to),
            days: working_days(from, to),
            is_over: to < self.scene.config.as_of,
            note: awards.note.clone(),
            line: self.scene.config.policy.pass_line,
            groups: groups.filter(|group: &HonourNamesView| !group.names.is_empty()).collect(),
            honours_url: self.honours_url(year),
            contact_url: contact.map(|address| mail(address, &title)),
        };
        Some((head, view))
    }

    fn paper_head(&self, page: &Page, kind: &str, title: &str, year: i32) -> PageView {
        let mut head = self.page(page, kind, "honours", title);
        let of_year = self.filled("honours.year_title", &[("year", &year)]);
        head.crumbs = self.crumbs([
            (self.word("nav.honours"), self.only(&PageKind::Honours)),
            (of_year, self.scene.atlas.honours.get(&year)),
        ]);
        head
    }

    fn honours_url(&self, year: i32) -> String {
        self.scene.atlas.honours.get(&year).map_or_else(String::new, ToString::to_string)
    }

    /// One certificate for each honour, to be printed one on a sheet.
    pub(in crate::render) fn certificates(&self, page: &Page, year: i32) -> Option<(PageView, CertificatesView)> {
        let counted = self.laurels.by_year.get(&year)?;
        let title = self.filled("certificates.title", &[("year", &year)]);
        let date = awards_of(self.scene.library, year)?.publicity.map(|(_, to)| self.day(to));
        let mut certificates: Vec<CertificateView> = Vec::new();
        for honour in KINDS {
            for one in counted.of(honour) {
                let link = self.person_of_unit(one.person, year);
                certificates.push(CertificateView {
                    kind: honour.key().to_owned(),
                    name: link.name,
                    unit: link.unit_hint.unwrap_or_default(),
                    lesson: None,
                    date_text: date.clone(),
                });
            }
            if honour == Honour::ExcellentCourseware {
                certificates.extend(counted.courseware.iter().map(|one| self.lesson_certificate(one.lesson, &date)));
            }
        }
        let view = CertificatesView { year: year_number(year), honours_url: self.honours_url(year), certificates };
        Some((self.paper_head(page, "certificates", &title, year), view))
    }

    fn lesson_certificate(&self, id: LessonId, date: &Option<String>) -> CertificateView {
        let lesson = self.scene.library.lesson(id);
        let authors = lesson.instructors.iter().map(|author| match author {
            Instructor::Known(person) => self.scene.library.person(*person).display.clone(),
            Instructor::Named(name) => name.clone(),
        });
        CertificateView {
            kind: Honour::ExcellentCourseware.key().to_owned(),
            name: self.in_a_row(authors),
            unit: self.scene.library.unit(lesson.unit).name.clone(),
            lesson: Some(lesson.title.clone()),
            date_text: date.clone(),
        }
    }
}

/// Days from the first to the last, both included, without Saturdays and Sundays.
fn working_days(from: Day, to: Day) -> u32 {
    let days = std::iter::successors(Some(from), |day| next(*day)).take_while(|day| *day <= to).take(400);
    count(days.filter(|day| day.weekday() < 5).count())
}

fn next(day: Day) -> Option<Day> {
    let (year, month) = (day.year(), day.month().month);
    Day::new(year, month, day.day() + 1).or_else(|| Day::new(year, month + 1, 1)).or_else(|| Day::new(year + 1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saturdays_and_sundays_are_no_working_days() {
        let day = |month, day| Day::new(2025, month, day).expect("a day");
        assert_eq!(working_days(day(12, 22), day(12, 26)), 5);
        assert_eq!(working_days(day(12, 26), day(12, 29)), 2);
        assert_eq!(working_days(day(12, 29), Day::new(2026, 1, 2).expect("a day")), 5);
        assert_eq!(working_days(day(12, 26), day(12, 22)), 0);
    }
}
