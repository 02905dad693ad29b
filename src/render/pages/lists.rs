//! 教案列表: pages of cards, and the same for every filter, so that lists work
//! without scripts.

use crate::atlas::{Filter, Page};
use crate::model::vocabulary::vocabulary;
use crate::render::desk::{Desk, count};
use crate::render::views::{FacetGroupView, FacetView, LessonsView, PageView, PagerLinkView, PagerView};

impl Desk<'_> {
    /// A page of a list of lessons.
    pub(in crate::render) fn lessons(&self, page: &Page, filter: &Filter, number: usize) -> (PageView, LessonsView) {
        let atlas = self.scene.atlas;
        let all = atlas.listed(filter);
        let size = self.scene.config.page_size;
        let first = (number - 1) * size;
        let shown = &all[first.min(all.len())..(first + size).min(all.len())];
        let (key, title) = self.filter_words(filter);
        let heading = match &title {
            Some(title) => {
                [&self.word(&format!("filters.{key}")), &self.word("frame.colon"), title].map(String::as_str).concat()
            }
            None => self.word("nav.lessons"),
        };
        let mut head = self.page(page, "lessons", "lessons", &heading);
        head.crumbs = match filter {
            Filter::All => self.crumbs([]),
            _ => self.crumbs([(self.word("nav.lessons"), Some(&atlas.list_page(&Filter::All, 1)))]),
        };
        let view = LessonsView {
            heading,
            filter: key.to_owned(),
            filter_title: title,
            all_url: atlas.list_page(&Filter::All, 1).to_string(),
            facets: self.facets(filter),
            lessons: self.cards(shown),
            pager: self.pager(filter, number, all.len()),
        };
        (head, view)
    }

    fn filter_words(&self, filter: &Filter) -> (&'static str, Option<String>) {
        let atlas = self.scene.atlas;
        match filter {
            Filter::All => ("all", None),
            Filter::Unit(id) => ("unit", Some(self.scene.library.unit(*id).name.clone())),
            Filter::Year(year) => ("year", Some(year.to_string())),
            Filter::Domain(at) => ("domain", Some(atlas.domains[*at].word.name.clone())),
            Filter::Ability(at) => ("ability", Some(atlas.abilities[*at].word.name.clone())),
            Filter::Content(at) => ("content", Some(vocabulary("content_kind").terms[*at].name.to_owned())),
            Filter::Letter(letter) => ("pinyin", Some(letter.to_string())),
        }
    }

    /// All ways to narrow the list of lessons; `current` is the one that is taken.
    pub(super) fn facets(&self, current: &Filter) -> Vec<FacetGroupView> {
        let atlas = self.scene.atlas;
        let topics = |topics: &[crate::atlas::Topic], make: fn(usize) -> Filter| -> Vec<FacetView> {
            let facet = topics.iter().enumerate().map(|(at, topic)| (make(at), topic));
            facet
                .map(|(filter, topic)| {
                    self.facet(&filter, topic.word.name.clone(), topic.lessons.len(), *current == filter)
                })
                .collect()
        };
        let groups = [
            ("unit", self.unit_facets(Some(current))),
            ("year", self.year_facets(Some(current))),
            ("domain", topics(&atlas.domains, Filter::Domain)),
            ("ability", topics(&atlas.abilities, Filter::Ability)),
            ("content", self.content_facets(current)),
            ("pinyin", self.letter_facets(Some(current))),
        ];
        groups
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(key, items)| FacetGroupView { key: key.to_owned(), items })
            .collect()
    }

    /// Units that have lessons, in the order of the units.
    pub(super) fn unit_facets(&self, current: Option<&Filter>) -> Vec<FacetView> {
        let of_unit = &self.scene.atlas.related.of_unit;
        let facet = of_unit.iter().map(|(id, lessons)| {
            let filter = Filter::Unit(*id);
            self.facet(&filter, self.scene.library.unit(*id).name.clone(), lessons.len(), current == Some(&filter))
        });
        facet.collect()
    }

    /// Years that have lessons, newest first.
    pub(super) fn year_facets(&self, current: Option<&Filter>) -> Vec<FacetView> {
        let of_year = self.scene.atlas.related.of_year.iter().rev();
        let facet = of_year.map(|(year, lessons)| {
            let filter = Filter::Year(*year);
            self.facet(&filter, year.to_string(), lessons.len(), current == Some(&filter))
        });
        facet.collect()
    }

    /// Kinds of content that lessons have, in the order of the directive.
    fn content_facets(&self, current: &Filter) -> Vec<FacetView> {
        let terms = vocabulary("content_kind").terms;
        let facet = self.scene.atlas.related.of_content.iter().map(|(at, lessons)| {
            let filter = Filter::Content(*at);
            self.facet(&filter, terms[*at].name.to_owned(), lessons.len(), *current == filter)
        });
        facet.collect()
    }

    /// First letters of titles.
    pub(super) fn letter_facets(&self, current: Option<&Filter>) -> Vec<FacetView> {
        let letters = self.scene.atlas.letters.iter();
        let facet = letters.map(|(letter, lessons)| {
            let filter = Filter::Letter(*letter);
            self.facet(&filter, letter.to_string(), lessons.len(), current == Some(&filter))
        });
        facet.collect()
    }

    fn pager(&self, filter: &Filter, number: usize, items: usize) -> PagerView {
        let size = self.scene.config.page_size;
        let total = items.div_ceil(size).max(1);
        let url = |number: usize| self.scene.atlas.list_page(filter, number).to_string();
        let link =
            |at: usize| PagerLinkView { number: count(at), url: url(at), is_current: at == number, is_gap: false };
        let gap = || PagerLinkView { number: 0, url: String::new(), is_current: false, is_gap: true };
        let near = |at: usize| at == 1 || at == total || at.abs_diff(number) <= 2;
        let mut pages: Vec<PagerLinkView> = Vec::new();
        for at in 1..=total {
            if near(at) {
                pages.push(link(at));
            } else if !pages.last().is_some_and(|last| last.is_gap) {
                pages.push(gap());
            }
        }
        PagerView {
            current: count(number),
            total: count(total),
            first_item: count(((number - 1) * size + 1).min(items)),
            last_item: count((number * size).min(items)),
            item_total: count(items),
            previous: (number > 1).then(|| url(number - 1)),
            next: (number < total).then(|| url(number + 1)),
            pages,
        }
    }
}
