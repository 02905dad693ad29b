//! 年度教学需求: what colleagues want and what is planned (DOMAIN.md 3.6, point 12).

use std::cmp::Reverse;

use crate::base::text::fold;
use crate::model::{Library, UnitId};

/// A topic that colleagues want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// 课题.
    pub topic: String,
    /// Votes by weight.
    pub votes: u32,
    /// Whether the plan has it.
    pub planned: bool,
    /// Whether the menu offered it.
    pub on_menu: bool,
}

/// The topics of a unit's year, most wanted first.
pub fn demand(library: &Library, unit: UnitId, year: i32) -> Vec<Demand> {
    let mut topics: Vec<Demand> = Vec::new();
    let planned = |topic: &str| {
        let mut sessions = library.sessions.iter().filter(|session| session.unit == unit && session.year == year);
        sessions.any(|session| fold(&session.topic) == fold(topic))
    };
    for item in library.menu.iter().filter(|item| item.unit == unit && item.year == year) {
        topics.push(Demand { topic: item.topic.clone(), votes: 0, planned: planned(&item.topic), on_menu: true });
    }
    for choice in library.choices.iter().filter(|choice| choice.unit == unit && choice.year == year) {
        match topics.iter_mut().find(|topic| fold(&topic.topic) == fold(&choice.topic)) {
            Some(topic) => topic.votes = topic.votes.saturating_add(choice.weight()),
            None => topics.push(Demand {
                topic: choice.topic.clone(),
                votes: choice.weight(),
                planned: planned(&choice.topic),
                on_menu: false,
            }),
        }
    }
    topics.sort_by_key(|topic| Reverse(topic.votes));
    topics
}
