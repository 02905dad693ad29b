//! Sessions as a calendar (iCalendar, RFC 5545).
//!
//! Nobody writes down at what hour a session is held, so events last all day. A held
//! session stands on its day. A planned one has only a month (directive S42): the
//! first of a unit's month stands on its first Friday, the half day of study
//! (directive S43), the second on the second Friday, and so on, marked as tentative.

use std::collections::BTreeMap;

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Parameter, Property};

use super::names::instructors;
use super::sessions::{chosen, kind};
use super::{Selection, Stock};
use crate::base::text::fold;
use crate::base::{Day, Month};
use crate::model::{PlanKind, Session, SessionId, Status, UnitId};

/// Which sessions a calendar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The plan: held and to come, but not cancelled.
    Plan,
    /// Only what was held.
    Held,
}

/// The calendar. A session keeps its name (UID) when it moves from its month to its
/// day, so that a calendar that is imported again moves the entry; the day of the
/// statistics stands for the time of making.
pub fn ics(stock: &Stock<'_>, selection: Selection, scope: Scope) -> String {
    let as_of = stock.config.as_of;
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//jiangtai//jiangtai//ZH"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&stock.config.name);
    let names = names(stock);
    let fridays = fridays(stock);
    for (id, session) in chosen(stock, selection, |session| year_of(session, scope)) {
        let day = match session.status(as_of) {
            Status::Held => session.held,
            Status::Cancelled => None,
            _ if scope == Scope::Held => None,
            _ => fridays.get(&id).copied(),
        };
        if let (Some(day), Some(name)) = (day, names.get(&id)) {
            calendar.push(event(stock, session, day, name));
        }
    }
    calendar.to_string()
}

/// A plan is asked for by its year, a record by the year of its day.
fn year_of(session: &Session, scope: Scope) -> Option<i32> {
    match scope {
        Scope::Plan => Some(session.year),
        Scope::Held => session.held.map(Day::year),
    }
}

fn event(stock: &Stock<'_>, session: &Session, day: Day, name: &str) -> Event {
    let library = stock.library;
    let is_held = session.is_held(stock.config.as_of);
    let people = instructors(library, &session.instructors);
    let mut lines = vec![format!("单位：{}", library.unit(session.unit).name)];
    if !people.is_empty() {
        lines.push(format!("小教员：{people}"));
    }
    lines.push(format!("类型：{}", kind(session.kind)));
    lines.extend(session.form.as_ref().map(|form| format!("形式：{}", form.name)));
    lines.extend(session.lesson.map(|id| format!("教案：{}", library.lesson(id).number)));
    if !is_held {
        lines.push("计划只定到月份，具体哪一天以单位通知为准。".to_owned());
    }
    let mut event = Event::new();
    event.uid(name).summary(&session.topic).description(&lines.join("\n"));
    event.add_property("DTSTAMP", format!("{}T000000Z", compact(stock.config.as_of)));
    event.append_property(all_day("DTSTART", day));
    if let Some(venue) = &session.venue {
        event.location(venue);
    }
    event.status(if is_held { EventStatus::Confirmed } else { EventStatus::Tentative });
    // A day of study takes nobody's time for other appointments.
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month().month, day.day())
}

fn all_day(key: &str, day: Day) -> Property {
    Property::new(key, compact(day)).append_parameter(Parameter::new("VALUE", "DATE")).done()
}

/// A name for every session that depends on what it is and not on where it stands:
/// unit, year, number or topic, and for a topic that comes twice its turn.
fn names(stock: &Stock<'_>) -> BTreeMap<SessionId, String> {
    let mut turns: BTreeMap<String, u32> = BTreeMap::new();
    let named = stock.library.sessions.iter().enumerate().map(|(at, session)| {
        let unit = &stock.library.unit(session.unit).folder;
        let what = session.number.as_ref().map_or_else(|| fold(&session.topic), |number| format!("#{}", fold(number)));
        let subject = format!("{unit}\n{}\n{what}", session.year);
        let turn = turns.entry(subject.clone()).or_default();
        *turn += 1;
        let hash = blake3::hash(format!("{subject}\n{turn}").as_bytes()).to_hex();
        (SessionId(at), format!("{}@jiangtai", &hash[..24]))
    });
    named.collect()
}

/// The days of sessions that are still to come.
fn fridays(stock: &Stock<'_>) -> BTreeMap<SessionId, Day> {
    let mut taken: BTreeMap<(UnitId, Month), u32> = BTreeMap::new();
    let mut days = BTreeMap::new();
    let mut coming = chosen(stock, Selection::default(), |session| Some(session.year));
    coming.retain(|(_, session)| matches!(session.status(stock.config.as_of), Status::Planned | Status::Postponed));
    // Those of the basic plan first: an ad-hoc one that is added later moves none of them.
    coming.sort_by_key(|(id, session)| (session.kind == PlanKind::AdHoc, id.0));
    for (id, session) in coming {
        let Some(month) = session.month else { continue };
        let turn = taken.entry((session.unit, month)).or_default();
        if let Some(day) = friday(month, *turn) {
            days.insert(id, day);
        }
        *turn += 1;
    }
    days
}

/// The Friday of a month, counted from zero; every month has four.
fn friday(month: Month, turn: u32) -> Option<Day> {
    let is_friday = |day: &Day| day.weekday() == 4;
    let first = (1..=7).filter_map(|day| Day::new(month.year, month.month, day)).find(is_friday)?;
    Day::new(month.year, month.month, first.day() + 7 * turn.min(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fridays_are_counted_from_the_first() {
        let month = Month { year: 2026, month: 5 };
        assert_eq!(friday(month, 0), Day::new(2026, 5, 1));
        assert_eq!(friday(month, 1), Day::new(2026, 5, 8));
        assert_eq!(friday(month, 9), Day::new(2026, 5, 22));
    }
}
