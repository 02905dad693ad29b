//! Draws the map: gives every thing its address and lists the pages.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::names::Names;
use super::related::Related;
use super::{Atlas, CHANGES, Filter, Page, PageKind, SheetKind, Topic};
use crate::base::slug::{file_slug, name_slug, slug, syllables};
use crate::base::{Finding, Findings, OutputPath, SourcePath};
use crate::config::Config;
use crate::ledger::{Ledger, YearHonours, awards_of};
use crate::memo::{Kind, Memo, key_of};
use crate::model::vocabulary::{ABILITIES, SKILLS, vocabulary};
use crate::model::{
    ArticleId, ArticleKind, BlobId, Honour, Lesson, LessonId, LessonKind, Library, PersonId, UnitId, Word,
};

/// Draws the map of a library. What takes all lessons together is remembered.
pub fn draw(library: &Library, ledger: &Ledger, config: &Config, memo: &Memo, findings: &mut Findings) -> Atlas {
    let mut drawing = Drawing { library, names: Names::default(), atlas: Atlas::default(), findings };
    drawing.atlas.related = Related::new(library, memo);
    drawing.fixed();
    drawing.units(ledger);
    drawing.lessons();
    drawing.slides();
    drawing.people();
    drawing.topics();
    drawing.articles();
    drawing.plans(ledger);
    drawing.honours(ledger);
    drawing.figures(ledger);
    drawing.lists(config, memo);
    drawing.blobs();
    drawing.redirects();
    drawing.atlas
}

struct Drawing<'a> {
    library: &'a Library,
    names: Names,
    atlas: Atlas,
    findings: &'a mut Findings,
}

impl Drawing<'_> {
    fn page(&mut self, path: OutputPath, kind: PageKind) {
        self.atlas.pages.push(Page { path, kind });
    }

    fn exact(&mut self, path: &str, kind: PageKind) {
        if let Some(path) = self.names.take_exact(path) {
            self.page(path, kind);
        }
    }

    /// Addresses that never change (CLI.md, "The output").
    fn fixed(&mut self) {
        let pages = [
            ("index.html", PageKind::Home),
            ("search.html", PageKind::Search),
            ("units/index.html", PageKind::Units),
            ("people/index.html", PageKind::People),
            ("domains/index.html", PageKind::Domains),
            ("abilities/index.html", PageKind::Abilities),
            ("basis/index.html", PageKind::Basis),
            ("docs/index.html", PageKind::Documents),
            ("notices/index.html", PageKind::Notices),
            ("forms/index.html", PageKind::Forms),
            ("forms/course-application.html", PageKind::Apply { adhoc: false }),
            ("forms/topic-application.html", PageKind::Apply { adhoc: true }),
            ("forms/ballot.html", PageKind::Ballot(None)),
            ("about.html", PageKind::About),
            ("accessibility.html", PageKind::Accessibility),
            ("fields.html", PageKind::Fields),
            (CHANGES, PageKind::Changes),
            ("404.html", PageKind::NotFound),
        ];
        for (path, kind) in pages {
            self.exact(path, kind);
        }
        for kind in SheetKind::ALL {
            self.exact(&format!("forms/{}.html", kind.key()), PageKind::Sheet(kind, None));
        }
        for later in ["feed.xml", "sitemap.xml"] {
            self.names.take_exact(later);
        }
    }

    fn units(&mut self, ledger: &Ledger) {
        for (id, unit) in self.library.unit_ids() {
            let folder = self.names.take_folder("units", &unit.slug);
            let (path, _) = self.names.take(&format!("units/{folder}"), "index", "html");
            self.atlas.units.push(path.clone());
            self.page(path, PageKind::Unit(id));
        }
        let with_menu: BTreeSet<(UnitId, i32)> = self.library.menu.iter().map(|item| (item.unit, item.year)).collect();
        let with_plan: BTreeSet<(UnitId, i32)> =
            self.library.sessions.iter().map(|session| (session.unit, session.year)).collect();
        for (unit, year) in ledger.years.keys().copied() {
            let folder = self.unit_folder(unit);
            let (path, _) = self.names.take(&format!("{folder}/{year}"), "index", "html");
            self.atlas.unit_years.insert((unit, year), path.clone());
            self.page(path, PageKind::UnitYear(unit, year));
            self.volume(unit, year);
            self.forms(unit, year, with_menu.contains(&(unit, year)), with_plan.contains(&(unit, year)));
        }
    }

    fn volume(&mut self, unit: UnitId, year: i32) {
        let lessons = self.atlas.related.of_unit.get(&unit).map(Vec::as_slice).unwrap_or_default();
        let is_written = |lesson: &Lesson| lesson.year == Some(year) && lesson.kind == LessonKind::Written;
        if !lessons.iter().any(|id| is_written(self.library.lesson(*id))) {
            return;
        }
        if let Some(path) = self.names.take_exact(&format!("{}/{year}/volume.html", self.unit_folder(unit))) {
            self.atlas.volumes.insert((unit, year), path.clone());
            self.page(path, PageKind::Volume(unit, year));
        }
    }

    /// The forms of a unit's year: the menu to choose from where there is one, and what
    /// the plan fills.
    fn forms(&mut self, unit: UnitId, year: i32, has_menu: bool, has_plan: bool) {
        let folder = format!("{}/{year}", self.unit_folder(unit));
        if has_menu {
            self.exact(&format!("{folder}/choose.html"), PageKind::Choose(unit, year));
        }
        if !has_plan {
            return;
        }
        self.exact(&format!("{folder}/forms/ballot.html"), PageKind::Ballot(Some((unit, year))));
        for kind in SheetKind::ALL.into_iter().filter(|kind| kind.is_of_a_year()) {
            self.exact(&format!("{folder}/forms/{}.html", kind.key()), PageKind::Sheet(kind, Some((unit, year))));
        }
    }

    fn unit_folder(&self, unit: UnitId) -> String {
        self.atlas.unit(unit).as_str().trim_end_matches("/index.html").to_owned()
    }

    fn year_folder(&self, lesson: &Lesson) -> String {
        let unit = self.unit_folder(lesson.unit);
        lesson.year.map_or_else(|| unit.clone(), |year| format!("{unit}/{year}"))
    }

    /// Lessons whose address somebody wrote go first, so that a new file never
    /// takes an address that was promised.
    fn lessons(&mut self) {
        let mut order: Vec<LessonId> = self.library.lesson_ids().map(|(id, _)| id).collect();
        order.sort_by_key(|id| !self.library.lesson(*id).has_own_slug);
        let mut paths: BTreeMap<LessonId, OutputPath> = BTreeMap::new();
        let mut firsts: BTreeMap<(UnitId, Option<i32>, &str), LessonId> = BTreeMap::new();
        for id in order {
            let lesson = self.library.lesson(id);
            let (path, numbered) = self.names.take(&self.year_folder(lesson), &lesson.slug, "html");
            if numbered {
                let code = if lesson.has_own_slug { "E119" } else { "H129" };
                let first = firsts
                    .get(&(lesson.unit, lesson.year, lesson.slug.as_str()))
                    .map_or_else(|| "年度页面".to_owned(), |other| self.library.lesson(*other).file.to_string());
                let finding = Finding::file(code, &lesson.file).with("文件A", first).with("文件B", &lesson.file);
                self.findings.push(finding.with("id", &lesson.slug).with("网址", &path));
            }
            firsts.entry((lesson.unit, lesson.year, &lesson.slug)).or_insert(id);
            paths.insert(id, path);
        }
        for (id, path) in paths {
            self.atlas.lessons.push(path.clone());
            self.page(path, PageKind::Lesson(id));
        }
    }

    /// Slides stand beside their lesson, once all lessons have their address.
    fn slides(&mut self) {
        for (id, lesson) in self.library.lesson_ids() {
            let path = (lesson.kind == LessonKind::Written).then(|| {
                let stem = self.atlas.lesson(id).as_str().trim_end_matches(".html").to_owned();
                self.names.take(stem.rsplit_once('/').map_or("", |(folder, _)| folder), &slides_stem(&stem), "html").0
            });
            if let Some(path) = &path {
                self.page(path.clone(), PageKind::Slides(id));
            }
            self.atlas.slides.push(path);
        }
    }

    /// Only people who teach have a page (DOMAIN.md 4.8).
    fn people(&mut self) {
        let related = &self.atlas.related;
        let teaching: Vec<PersonId> = (0..self.library.people.len())
            .map(PersonId)
            .filter(|id| related.of_person.contains_key(id) || related.given_by.contains_key(id))
            .collect();
        for id in teaching {
            let name = name_slug(&self.library.person(id).name);
            let stem = if name.is_empty() || name == "index" { "p".to_owned() } else { name };
            let (path, _) = self.names.take("people", &stem, "html");
            self.atlas.people.insert(id, path.clone());
            self.page(path, PageKind::Person(id));
        }
    }

    fn topics(&mut self) {
        let mut domains: BTreeMap<Word, Vec<LessonId>> = BTreeMap::new();
        let mut skills: BTreeMap<String, Vec<LessonId>> = BTreeMap::new();
        for id in self.atlas.related.newest.clone() {
            let lesson = self.library.lesson(id);
            if let Some(domain) = &lesson.domain {
                domains.entry(domain.clone()).or_default().push(id);
            }
            for skill in &lesson.skills {
                skills.entry(skill.key.clone()).or_default().push(id);
            }
        }
        let mut domains: Vec<(Word, Vec<LessonId>)> = domains.into_iter().collect();
        domains.sort_by(|(a, one), (b, other)| other.len().cmp(&one.len()).then_with(|| a.key.cmp(&b.key)));
        for (at, (word, lessons)) in domains.into_iter().enumerate() {
            let (path, _) = self.names.take("domains", &topic_slug(&word), "html");
            self.atlas.domains.push(Topic { word, path: path.clone(), lessons });
            self.page(path, PageKind::Domain(at));
        }
        for term in SKILLS.iter().chain(ABILITIES) {
            let Some(lessons) = skills.remove(term.key) else { continue };
            let (path, _) = self.names.take("abilities", term.key, "html");
            let at = self.atlas.abilities.len();
            self.atlas.abilities.push(Topic { word: Word::from(term), path: path.clone(), lessons });
            self.page(path, PageKind::Ability(at));
        }
    }

    fn articles(&mut self) {
        for (at, article) in self.library.articles.iter().enumerate() {
            let id = ArticleId(at);
            let stem = if article.slug.is_empty() || article.slug == "index" {
                format!("page-{}", at + 1)
            } else {
                article.slug.clone()
            };
            let unit = article.unit.map(|unit| self.unit_folder(unit));
            let (folder, kind) = match (article.kind, unit) {
                (ArticleKind::Document, Some(unit)) => (format!("{unit}/docs"), PageKind::Document(id)),
                (ArticleKind::Document, None) => ("docs".to_owned(), PageKind::Document(id)),
                (ArticleKind::Notice, _) => ("notices".to_owned(), PageKind::Notice(id)),
                (ArticleKind::Page, None) if place_of(&article.file).is_some() => {
                    self.atlas.articles.push(OutputPath::new(place_of(&article.file).unwrap_or("index.html")));
                    continue;
                }
                (ArticleKind::Page, Some(unit)) => (format!("{unit}/pages"), PageKind::Article(id)),
                (ArticleKind::Page, None) => ("pages".to_owned(), PageKind::Article(id)),
                (ArticleKind::Summary, _) => {
                    let year = article.unit.zip(article.year).and_then(|key| self.atlas.unit_years.get(&key));
                    let path = year.cloned().unwrap_or_else(|| OutputPath::new("index.html"));
                    self.atlas.articles.push(path);
                    continue;
                }
            };
            let (path, _) = self.names.take(&folder, &stem, "html");
            self.atlas.articles.push(path.clone());
            self.page(path, kind);
        }
    }

    fn plans(&mut self, ledger: &Ledger) {
        let mut years: Vec<i32> = ledger.years.keys().map(|(_, year)| *year).collect();
        years.sort_unstable();
        years.dedup();
        for year in years {
            if let Some(path) = self.names.take_exact(&format!("plans/{year}.html")) {
                self.atlas.plans.insert(year, path.clone());
                self.page(path, PageKind::Plans(year));
            }
        }
    }

    /// Pages of honours, only where there are any.
    fn honours(&mut self, ledger: &Ledger) {
        let mut given: BTreeSet<Honour> = BTreeSet::new();
        for (year, counted) in ledger.honours.counted.iter().filter(|(_, counted)| !counted.is_empty()) {
            given.extend(HONOURS.into_iter().filter(|honour| is_given(counted, *honour)));
            let has_publicity = awards_of(self.library, *year).is_some_and(|awards| awards.publicity.is_some());
            if let Some(path) = self.names.take_exact(&format!("honors/{year}.html")) {
                self.atlas.honours.insert(*year, path.clone());
                self.page(path, PageKind::HonoursYear(*year));
            }
            if let Some(path) = self.names.take_exact(&format!("honors/certificates-{year}.html")) {
                self.atlas.certificates.insert(*year, path.clone());
                self.page(path, PageKind::Certificates(*year));
            }
            if has_publicity && let Some(path) = self.names.take_exact(&format!("honors/publicity-{year}.html")) {
                self.atlas.publicity.insert(*year, path.clone());
                self.page(path, PageKind::Publicity(*year));
            }
        }
        if !given.is_empty() {
            self.exact("honors/index.html", PageKind::Honours);
        }
        if given.remove(&Honour::ExcellentCourseware) {
            self.exact("courseware/index.html", PageKind::Courseware);
        }
        for kind in given {
            if let Some(path) = self.names.take_exact(&format!("honors/{}.html", kind.key())) {
                self.atlas.honour_kinds.insert(kind, path.clone());
                self.page(path, PageKind::HonourKind(kind));
            }
        }
    }

    /// Assessments and statistics of the years in which something is due.
    fn figures(&mut self, ledger: &Ledger) {
        for (year, units) in &ledger.assessments {
            if units.iter().all(|unit| unit.rank.is_none()) {
                continue;
            }
            if let Some(path) = self.names.take_exact(&format!("assessment/{year}.html")) {
                self.atlas.assessments.insert(*year, path.clone());
                self.page(path, PageKind::Assessment(*year));
            }
            if let Some(path) = self.names.take_exact(&format!("statistics/{year}.html")) {
                self.atlas.statistics.insert(*year, path.clone());
                self.page(path, PageKind::Statistics(*year));
            }
        }
    }

    /// The list of all lessons and, as a static stand-in for filters, one list for
    /// each unit, year, domain, ability, kind of content and first letter.
    fn lists(&mut self, config: &Config, memo: &Memo) {
        self.atlas.letters = letters(self.library, memo);
        let mut filters = vec![(Filter::All, "index".to_owned())];
        filters.extend(self.atlas.related.of_unit.keys().map(|unit| {
            let folder = self.unit_folder(*unit);
            (Filter::Unit(*unit), format!("unit-{}", folder.trim_start_matches("units/")))
        }));
        filters.extend(self.atlas.related.of_year.keys().map(|year| (Filter::Year(*year), format!("year-{year}"))));
        let named = |topics: &[Topic], make: fn(usize) -> Filter, kind: &str| -> Vec<(Filter, String)> {
            let stem = |topic: &Topic| {
                topic.path.as_str().rsplit('/').next().unwrap_or("").trim_end_matches(".html").to_owned()
            };
            topics.iter().enumerate().map(|(at, topic)| (make(at), format!("{kind}-{}", stem(topic)))).collect()
        };
        filters.extend(named(&self.atlas.domains, Filter::Domain, "domain"));
        filters.extend(named(&self.atlas.abilities, Filter::Ability, "ability"));
        let kinds = vocabulary("content_kind").terms;
        let of_content = self.atlas.related.of_content.keys();
        filters.extend(of_content.map(|at| (Filter::Content(*at), format!("content-{}", kinds[*at].key))));
        filters.extend(
            self.atlas
                .letters
                .iter()
                .map(|(letter, _)| (Filter::Letter(*letter), format!("letter-{}", letter_slug(*letter)))),
        );
        for (filter, stem) in filters {
            let (path, _) = self.names.take("lessons", &stem, "html");
            self.atlas.lists.insert(filter.clone(), path);
            let count = self.atlas.listed(&filter).len();
            for number in 1..=count.div_ceil(config.page_size).max(1) {
                let path = self.atlas.list_page(&filter, number);
                self.names.take_exact(path.as_str());
                self.page(path, PageKind::Lessons { filter: filter.clone(), number });
            }
        }
    }

    /// Files keep a readable name; the name under which they are saved is the
    /// writer's (the pages say so).
    fn blobs(&mut self) {
        let mut folders: BTreeMap<&str, String> = BTreeMap::new();
        for (id, lesson) in self.library.lesson_ids() {
            let folder = self.atlas.lesson(id).as_str().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            folders.entry(lesson.file.folder()).or_insert(folder);
        }
        for (at, blob) in self.library.blobs.iter().enumerate() {
            let stem = Some(file_slug(blob.path.stem()))
                .filter(|stem| !stem.is_empty())
                .unwrap_or_else(|| format!("file-{}", BlobId(at).0 + 1));
            let extension = Some(file_slug(&blob.published_extension()))
                .filter(|part| !part.is_empty())
                .unwrap_or_else(|| "bin".to_owned());
            let folder =
                folders.get(blob.path.folder()).map_or_else(|| "files".to_owned(), |folder| format!("{folder}/files"));
            let (path, _) = self.names.take(&folder, &stem, &extension);
            self.atlas.blobs.push(path);
        }
    }

    fn redirects(&mut self) {
        let lessons =
            self.library.lessons.iter().zip(&self.atlas.lessons).map(|(lesson, path)| (&lesson.aliases, path));
        let articles =
            self.library.articles.iter().zip(&self.atlas.articles).map(|(article, path)| (&article.aliases, path));
        let wanted: Vec<(String, OutputPath)> = lessons
            .chain(articles)
            .flat_map(|(aliases, path)| {
                aliases.iter().filter_map(move |alias| Some((alias_path(&alias.value, path)?, path.clone())))
            })
            .collect();
        for (alias, target) in wanted {
            if let Some(path) = self.names.take_exact(&alias) {
                self.page(path, PageKind::Redirect(target));
            }
        }
    }
}

/// The lessons by the first letter of their titles in pinyin, in the order in which they
/// are said.
fn letters(library: &Library, memo: &Memo) -> Vec<(char, Vec<LessonId>)> {
    let said = |lesson: &'_ Lesson| lesson.pinyin.as_deref().unwrap_or(&lesson.title).to_owned();
    let titles: Vec<String> = library.lessons.iter().map(said).collect();
    memo.remember(Kind::Letters, key_of(&titles), || {
        let keys: Vec<Vec<String>> = titles.par_iter().map(|title| syllables(title)).collect();
        let mut letters: BTreeMap<char, Vec<(Vec<String>, LessonId)>> = BTreeMap::new();
        for (key, (id, _)) in keys.into_iter().zip(library.lesson_ids()) {
            let first =
                key.first().and_then(|syllable| syllable.chars().next()).map_or('#', |c| c.to_ascii_uppercase());
            let letter = if first.is_ascii_uppercase() { first } else { '#' };
            letters.entry(letter).or_default().push((key, id));
        }
        let sorted = letters.into_iter().map(|(letter, mut lessons)| {
            lessons.sort();
            (letter, lessons.into_iter().map(|(_, id)| id).collect())
        });
        sorted.collect()
    })
}

/// The honours in the order of the pages.
const HONOURS: [Honour; 4] =
    [Honour::ModelInstructor, Honour::ExcellentInstructor, Honour::ExcellentCourseware, Honour::PostPacesetter];

fn is_given(year: &YearHonours, honour: Honour) -> bool {
    match honour {
        Honour::ExcellentCourseware => !year.courseware.is_empty(),
        _ => !year.of(honour).is_empty(),
    }
}

/// Texts at the top of the content folder that stand on a page of ours.
fn place_of(file: &SourcePath) -> Option<&'static str> {
    let at_top = file.folder().matches('/').count() == 0;
    match file.stem().to_lowercase().as_str() {
        "index" | "readme" | "首页" if at_top => Some("index.html"),
        "about" | "关于" if at_top => Some("about.html"),
        _ => None,
    }
}

fn slides_stem(lesson: &str) -> String {
    format!("{}-slides", lesson.rsplit('/').next().unwrap_or(lesson))
}

fn topic_slug(word: &Word) -> String {
    Some(slug(&word.key)).filter(|slug| !slug.is_empty() && slug != "index").unwrap_or_else(|| "topic".to_owned())
}

fn letter_slug(letter: char) -> String {
    if letter == '#' { "other".to_owned() } else { letter.to_ascii_lowercase().to_string() }
}

/// Longer addresses than this, in bytes, are more than some disks can hold.
const LONGEST_ALIAS: usize = 200;

/// The file of an earlier address: `old.html` beside the page, `/a/b/` from the top.
/// An address that climbs out, lies among the theme's files, is longer than a disk can
/// hold, or has parts that no address has, is none.
fn alias_path(alias: &str, page: &OutputPath) -> Option<String> {
    let from_top = alias.starts_with('/');
    let trimmed = alias.trim().trim_start_matches('/');
    let file = match trimmed {
        "" => return None,
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        page if page.ends_with(".html") => page.to_owned(),
        bare => format!("{bare}.html"),
    };
    let bad = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let fits = |part: &str| {
        !part.is_empty() && !part.starts_with(['.', ' ']) && !part.ends_with(['.', ' ']) && !part.contains(bad)
    };
    let safe = file.split('/').all(fits) && file.len() <= LONGEST_ALIAS && !file.starts_with("assets/");
    let folder = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    safe.then(|| if from_top || folder.is_empty() || file.contains('/') { file } else { format!("{folder}/{file}") })
}
