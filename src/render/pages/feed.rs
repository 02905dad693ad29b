//! Files for programs: the feed and the sitemap.

use crate::atlas::PageKind;
use crate::base::Day;
use crate::model::LessonId;
use crate::render::desk::Desk;
use crate::render::views::{FeedEntryView, FeedView, SitemapEntryView, SitemapView};

/// How many entries the feed has.
const ENTRIES: usize = 30;

impl Desk<'_> {
    /// The Atom feed of the newest lessons.
    pub(in crate::render) fn feed(&self) -> FeedView {
        let config = self.scene.config;
        let entries: Vec<FeedEntryView> =
            self.scene.atlas.related.newest.iter().take(ENTRIES).map(|id| self.feed_entry(*id)).collect();
        let updated = entries.iter().map(|entry| entry.updated.clone()).max();
        FeedView {
            id: config.base_url.clone().unwrap_or_else(|| self.tag("feed")),
            title: config.name.clone(),
            subtitle: config.organization.clone().unwrap_or_default(),
            url: self.complete("index.html"),
            self_url: self.complete("feed.xml"),
            updated: updated.unwrap_or_else(|| stamp(config.as_of)),
            entries,
        }
    }

    fn feed_entry(&self, id: LessonId) -> FeedEntryView {
        let card = self.card(id);
        let (year, month, day) = self.scene.atlas.related.dates[id.0];
        let date = Day::new(year, month.max(1), day.max(1)).unwrap_or(self.scene.config.as_of);
        let authors: Vec<String> = card.instructors.iter().map(|person| person.name.clone()).collect();
        let topics = card.domain.iter().chain(&card.abilities).map(|topic| topic.title.clone());
        let categories: std::collections::BTreeSet<String> = topics.collect();
        FeedEntryView {
            id: match &self.scene.config.base_url {
                Some(base) => format!("{base}{}", card.url),
                None => self.tag(&card.number),
            },
            url: self.complete(&card.url),
            updated: stamp(date),
            authors: if authors.is_empty() { vec![card.unit.name.clone()] } else { authors },
            summary: card.summary.clone(),
            categories: categories.into_iter().collect(),
            title: card.title,
        }
    }

    /// An address with the site's before it, when that is known.
    fn complete(&self, url: &str) -> String {
        format!("{}{url}", self.scene.config.base_url.as_deref().unwrap_or(""))
    }

    /// A name that is the same wherever the site stands (RFC 4151).
    fn tag(&self, name: &str) -> String {
        let slug = crate::base::slug::slug(&self.scene.config.name);
        format!("tag:jiangtai.invalid,2023:{}/{name}", if slug.is_empty() { "site" } else { &slug })
    }

    /// All pages that are worth finding.
    pub(in crate::render) fn sitemap(&self) -> SitemapView {
        let pages = self
            .scene
            .atlas
            .pages
            .iter()
            .filter(|page| !matches!(page.kind, PageKind::Redirect(_) | PageKind::NotFound))
            // They say again what lessons say.
            .filter(|page| !matches!(page.kind, PageKind::Slides(_) | PageKind::Volume(..)));
        let mut entries: Vec<SitemapEntryView> = pages
            .map(|page| SitemapEntryView {
                url: self.complete(page.path.as_str()),
                modified: match page.kind {
                    PageKind::Lesson(id) => self.scene.library.lesson(id).updated.map(|day| day.to_string()),
                    _ => None,
                },
            })
            .collect();
        entries.sort_by(|a, b| a.url.cmp(&b.url));
        SitemapView { entries }
    }
}

fn stamp(day: Day) -> String {
    format!("{day}T00:00:00+08:00")
}
