//! 领域 and 能力.

use std::collections::{BTreeMap, BTreeSet};

use super::basis::anchor;
use crate::atlas::{Page, PageKind, Topic};
use crate::base::OutputPath;
use crate::model::vocabulary::SKILLS;
use crate::model::{Instructor, LessonId, UnitId};
use crate::render::desk::{Desk, count};
use crate::render::views::{
    AbilitiesView, AbilityGroupView, AbilityView, DomainView, DomainsView, FacetView, PageView, PersonCardView,
    TopicCardView,
};

impl Desk<'_> {
    /// 业务领域.
    pub(in crate::render) fn domains(&self, page: &Page) -> (PageView, DomainsView) {
        let mut head = self.page(page, "domains", "domains", &self.word("nav.domains"));
        head.crumbs = self.crumbs([]);
        (head, DomainsView { domains: self.scene.atlas.domains.iter().map(|topic| self.topic(topic)).collect() })
    }

    fn topic(&self, topic: &Topic) -> TopicCardView {
        let units: BTreeSet<UnitId> = topic.lessons.iter().map(|id| self.scene.library.lesson(*id).unit).collect();
        TopicCardView {
            title: topic.word.name.clone(),
            url: topic.path.to_string(),
            lessons: count(topic.lessons.len()),
            units: count(units.len()),
            newest: topic.lessons.iter().take(3).map(|id| self.lesson_link(*id)).collect(),
        }
    }

    /// A domain.
    pub(in crate::render) fn domain(&self, page: &Page, at: usize) -> (PageView, DomainView) {
        let topic = &self.scene.atlas.domains[at];
        let mut head = self.page(page, "domain", "domains", &topic.word.name);
        head.crumbs = self.crumbs([(self.word("nav.domains"), Some(&OutputPath::new("domains/index.html")))]);
        let view = DomainView {
            title: topic.word.name.clone(),
            lessons: self.cards(&topic.lessons),
            instructors: self.authors(&topic.lessons),
            laws: self.laws_of(&topic.lessons),
            siblings: self.domain_facets(Some(at)),
        };
        (head, view)
    }

    fn authors(&self, lessons: &[LessonId]) -> Vec<PersonCardView> {
        let people =
            lessons.iter().flat_map(|id| &self.scene.library.lesson(*id).instructors).filter_map(|instructor| {
                match instructor {
                    Instructor::Known(id) => Some(*id),
                    Instructor::Named(_) => None,
                }
            });
        self.by_pinyin(people.collect::<BTreeSet<_>>()).into_iter().map(|id| self.person_card(id, None)).collect()
    }

    /// Laws that some lessons cite, most cited first.
    fn laws_of(&self, lessons: &[LessonId]) -> Vec<FacetView> {
        let mut laws: BTreeMap<&str, BTreeSet<LessonId>> = BTreeMap::new();
        for id in lessons {
            for citation in &self.scene.library.lesson(*id).basis {
                laws.entry(&citation.name).or_default().insert(*id);
            }
        }
        let Some(basis) = self.only(&PageKind::Basis) else { return Vec::new() };
        let mut facets: Vec<FacetView> = laws
            .into_iter()
            .map(|(name, lessons)| FacetView {
                title: name.to_owned(),
                url: format!("{basis}#{}", anchor(name)),
                count: count(lessons.len()),
                is_current: false,
            })
            .collect();
        facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        facets
    }

    /// 能力.
    pub(in crate::render) fn abilities(&self, page: &Page) -> (PageView, AbilitiesView) {
        let mut head = self.page(page, "abilities", "abilities", &self.word("nav.abilities"));
        head.crumbs = self.crumbs([]);
        let groups = ["six", "five"].into_iter().map(|key| {
            let topics = self.scene.atlas.abilities.iter().filter(|topic| group(topic) == key);
            AbilityGroupView { key: key.to_owned(), abilities: topics.map(|topic| self.topic(topic)).collect() }
        });
        (head, AbilitiesView { groups: groups.filter(|group| !group.abilities.is_empty()).collect() })
    }

    /// An ability.
    pub(in crate::render) fn ability(&self, page: &Page, at: usize) -> (PageView, AbilityView) {
        let topic = &self.scene.atlas.abilities[at];
        let mut head = self.page(page, "ability", "abilities", &topic.word.name);
        head.crumbs = self.crumbs([(self.word("nav.abilities"), Some(&OutputPath::new("abilities/index.html")))]);
        let view = AbilityView {
            title: topic.word.name.clone(),
            group: group(topic).to_owned(),
            lessons: self.cards(&topic.lessons),
            instructors: self.authors(&topic.lessons),
            siblings: self.ability_facets(Some(at)),
        };
        (head, view)
    }
}

/// 六会 or 五种能力.
fn group(topic: &Topic) -> &'static str {
    if SKILLS.iter().any(|term| term.key == topic.word.key) { "six" } else { "five" }
}
