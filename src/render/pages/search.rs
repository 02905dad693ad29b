//! 检索: the page on which results appear, and queries to try.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::atlas::{Filter, Page};
use crate::base::slug::syllables;
use crate::base::text::is_han;
use crate::model::{Lesson, PersonId};
use crate::render::desk::Desk;
use crate::render::views::{ExampleView, PageView, SearchView};

/// How many tags are among the examples.
const TAGS: usize = 2;

impl Desk<'_> {
    /// 检索.
    pub(in crate::render) fn search(&self, page: &Page) -> (PageView, SearchView) {
        let mut head = self.page(page, "search", "search", &self.word("nav.search"));
        head.crumbs = self.crumbs([]);
        (head, SearchView { examples: self.examples(), facets: self.facets(&Filter::All) })
    }

    /// Queries that this library answers: what many lessons are about, what they cite,
    /// who teaches most, and initials, which not everybody knows to work.
    pub(super) fn examples(&self) -> Vec<ExampleView> {
        let mut tags = self.most_frequent(|lesson| lesson.tags.clone()).into_iter().filter(|tag| says_something(tag));
        let mut examples: Vec<ExampleView> = tags.by_ref().take(TAGS).map(|tag| example(tag, None)).collect();
        let cited = |lesson: &Lesson| {
            let articles = lesson.basis.iter().filter(|citation| citation.article.is_some());
            articles
                .map(|citation| format!("{} {}", citation.name, citation.article.as_deref().unwrap_or("")))
                .collect()
        };
        examples.extend(self.most_frequent(cited).into_iter().next().map(|law| example(law, None)));
        let of_person = self.scene.atlas.related.of_person.iter();
        let busiest: Option<(&PersonId, _)> = of_person.min_by_key(|(id, lessons)| (usize::MAX - lessons.len(), **id));
        examples.extend(busiest.map(|(id, _)| example(self.scene.library.person(*id).display.clone(), None)));
        let spoken = tags.find_map(|tag| Some((initials(&tag)?, tag)));
        examples.extend(spoken.map(|(letters, tag)| example(letters, Some(tag))));
        examples
    }

    /// What lessons say of themselves, by how many say it, and among equals what the
    /// newest lesson says first.
    fn most_frequent(&self, of: impl Fn(&Lesson) -> Vec<String>) -> Vec<String> {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for id in &self.scene.atlas.related.newest {
            for text in of(self.scene.library.lesson(*id)) {
                let first = counts.len();
                counts.entry(text).or_insert((0, first)).0 += 1;
            }
        }
        let mut texts: Vec<(String, (usize, usize))> = counts.into_iter().collect();
        texts.sort_by_key(|(_, (count, first))| (usize::MAX - count, *first));
        texts.into_iter().map(|(text, _)| text).collect()
    }
}

fn example(text: String, stands_for: Option<String>) -> ExampleView {
    let url = format!("search.html?q={}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
    ExampleView { text, url, stands_for }
}

/// Whether a word is neither too short to show what can be found nor too long to try.
fn says_something(word: &str) -> bool {
    (3..=8).contains(&word.chars().count())
}

/// The first letters of a word that is Han alone.
fn initials(word: &str) -> Option<String> {
    word.chars().all(is_han).then(|| syllables(word).iter().filter_map(|syllable| syllable.chars().next()).collect())
}
