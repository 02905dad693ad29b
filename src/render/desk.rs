//! The desk at which views are written: the small views that many pages share.

use std::collections::{BTreeMap, BTreeSet};

use super::Scene;
use super::laurels::Laurels;
use super::links::mail;
use super::views::{
    CountsView, CrumbView, DocumentCardView, FacetView, LessonCardView, LinkView, MonthCellView, NavView,
    NoticeCardView, PageView, PersonCardView, PersonLinkView, PlanFiguresView, RulesView, SessionRowView, SiteView,
    UnitLinkView,
};
use super::words;
use crate::atlas::{Filter, Page, PageKind};
use crate::base::slug::name_syllables;
use crate::base::{Day, Month, OutputPath};
use crate::config::{Config, Lang};
use crate::ledger::{self, Holdings, Month12, PlanAccount, Ratio};
use crate::model::{
    Article, ArticleId, ArticleKind, Instructor, Lesson, LessonId, LessonKind, PersonId, SessionId, Status, UnitId,
};

/// Everything that pages are made from.
pub struct Desk<'a> {
    /// What there is.
    pub scene: Scene<'a>,
    /// What every page knows of the site.
    pub site: SiteView,
    /// Lessons by their files.
    pub(super) lesson_files: BTreeMap<&'a str, LessonId>,
    /// Who and what is honoured.
    pub laurels: Laurels<'a>,
    /// Lessons that wait for a review.
    stale: BTreeSet<LessonId>,
    /// Names that more than one person has.
    namesakes: BTreeSet<&'a str>,
}

/// A count as views carry it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A year as views carry it.
pub(super) fn year_number(year: i32) -> u32 {
    u32::try_from(year).unwrap_or(0)
}

impl<'a> Desk<'a> {
    /// Prepares the desk.
    pub fn new(scene: &Scene<'a>) -> Self {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for id in scene.atlas.people.keys() {
            *names.entry(scene.library.person(*id).display.as_str()).or_default() += 1;
        }
        Desk {
            scene: *scene,
            site: site(scene),
            laurels: Laurels::new(scene),
            lesson_files: scene.library.lesson_ids().map(|(id, lesson)| (lesson.file.as_str(), id)).collect(),
            stale: scene.ledger.reviews.iter().map(|review| review.lesson).collect(),
            namesakes: names.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect(),
        }
    }

    /// The head of a page.
    pub(super) fn page(&self, page: &Page, kind: &str, nav: &str, title: &str) -> PageView {
        PageView {
            kind: kind.to_owned(),
            title: title.to_owned(),
            description: String::new(),
            root: page.path.to_root(),
            address: page.path.to_string(),
            nav: nav.to_owned(),
            crumbs: Vec::new(),
            is_draft: false,
            problems: Vec::new(),
        }
    }

    /// A word of the strings file, by its path: `nav.lessons`.
    pub(super) fn word(&self, path: &str) -> String {
        let tree = self.scene.theme.strings.get(self.scene.config.lang.tag());
        let found = tree.and_then(|tree| path.split('.').try_fold(tree, |node, key| node.get(key)));
        found.and_then(|node| node.as_str()).unwrap_or(path).to_owned()
    }

    /// The first steps of the breadcrumbs.
    pub(super) fn crumbs<const N: usize>(&self, steps: [(String, Option<&OutputPath>); N]) -> Vec<CrumbView> {
        let home = CrumbView { title: self.word("nav.home"), url: Some("index.html".to_owned()) };
        let steps = steps.into_iter().map(|(title, path)| CrumbView { title, url: path.map(OutputPath::to_string) });
        std::iter::once(home).chain(steps).collect()
    }

    /// The address of the only page of a kind.
    pub(super) fn only(&self, kind: &PageKind) -> Option<&'a OutputPath> {
        self.scene.atlas.pages.iter().find(|page| page.kind == *kind).map(|page| &page.path)
    }

    /// A day in the language of the site.
    pub(super) fn day(&self, day: Day) -> String {
        match self.scene.config.lang {
            Lang::Chinese => day.in_words(),
            Lang::English => day.to_string(),
        }
    }

    /// A month of a year in words.
    pub(super) fn month(&self, month: Month) -> String {
        match self.scene.config.lang {
            Lang::Chinese => format!("{}年{}月", month.year, month.month),
            Lang::English => month.to_string(),
        }
    }

    /// A month by itself.
    pub(super) fn month_name(&self, month: u32) -> String {
        const ENGLISH: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self.scene.config.lang {
            Lang::Chinese => format!("{month}月"),
            Lang::English => usize::try_from(month)
                .ok()
                .and_then(|at| ENGLISH.get(at.wrapping_sub(1)))
                .map_or_else(String::new, ToString::to_string),
        }
    }

    /// A day without its year, and its day of the week.
    pub(super) fn short_day(&self, day: Day) -> (String, String) {
        const CHINESE: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
        const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let month = self.month_name(day.month().month);
        match self.scene.config.lang {
            Lang::Chinese => (format!("{month}{}日", day.day()), CHINESE[day.weekday()].to_owned()),
            Lang::English => (format!("{month} {}", day.day()), ENGLISH[day.weekday()].to_owned()),
        }
    }

    /// A unit, linked.
    pub(super) fn unit_link(&self, id: UnitId) -> UnitLinkView {
        UnitLinkView { name: self.scene.library.unit(id).name.clone(), url: self.scene.atlas.unit(id).to_string() }
    }

    /// A person, linked; the unit is named when others have the same name.
    pub(super) fn person_link(&self, instructor: &Instructor) -> PersonLinkView {
        match instructor {
            Instructor::Named(name) => PersonLinkView { name: name.clone(), url: None, unit_hint: None },
            Instructor::Known(id) => {
                let person = self.scene.library.person(*id);
                let unit = person.unit_in(self.scene.config.as_of.year());
                let hint = self.namesakes.contains(person.display.as_str()).then_some(unit).flatten();
                PersonLinkView {
                    name: person.display.clone(),
                    url: self.scene.atlas.people.get(id).map(OutputPath::to_string),
                    unit_hint: hint.map(|unit| self.scene.library.unit(unit).name.clone()),
                }
            }
        }
    }

    /// The sessions at which a lesson was taught, newest first.
    pub(super) fn held_with(&self, id: LessonId) -> Vec<SessionId> {
        let sessions = self.scene.atlas.related.taught_at.get(&id).map(Vec::as_slice).unwrap_or_default();
        let session = |id: &SessionId| &self.scene.library.sessions[id.0];
        let mut held: Vec<SessionId> =
            sessions.iter().copied().filter(|id| session(id).is_held(self.scene.config.as_of)).collect();
        held.sort_by_key(|id| std::cmp::Reverse(session(id).held));
        held
    }

    /// Whether a lesson waits for a review.
    pub(super) fn is_stale(&self, id: LessonId) -> bool {
        self.stale.contains(&id)
    }

    /// Whether a lesson is a file that stands alone.
    pub fn is_courseware(&self, id: LessonId) -> bool {
        self.scene.library.lesson(id).kind == LessonKind::Courseware
    }

    /// A lesson, linked.
    pub(super) fn lesson_link(&self, id: LessonId) -> LinkView {
        LinkView { title: self.scene.library.lesson(id).title.clone(), url: self.scene.atlas.lesson(id).to_string() }
    }

    /// The domain of a lesson, linked.
    pub(super) fn domain_link(&self, lesson: &Lesson) -> Option<LinkView> {
        let word = lesson.domain.as_ref()?;
        let topic = self.scene.atlas.domains.iter().find(|topic| topic.word.key == word.key)?;
        Some(LinkView { title: word.name.clone(), url: topic.path.to_string() })
    }

    /// The abilities of a lesson, linked.
    pub(super) fn ability_links(&self, lesson: &Lesson) -> Vec<LinkView> {
        let topics = &self.scene.atlas.abilities;
        let link = |key: &str| topics.iter().find(|topic| topic.word.key == key);
        lesson
            .skills
            .iter()
            .filter_map(|skill| link(&skill.key))
            .map(|topic| LinkView { title: topic.word.name.clone(), url: topic.path.to_string() })
            .collect()
    }

    /// A lesson as a card.
    pub(super) fn card(&self, id: LessonId) -> LessonCardView {
        let lesson = self.scene.library.lesson(id);
        let held = self.held_with(id);
        let taught = held.first().and_then(|id| self.scene.library.sessions[id.0].held);
        LessonCardView {
            title: lesson.title.clone(),
            url: self.scene.atlas.lesson(id).to_string(),
            kind: if self.is_courseware(id) { "file" } else { "lesson" }.to_owned(),
            number: lesson.number.clone(),
            summary: lesson.summary.clone(),
            unit: self.unit_link(lesson.unit),
            year: year_number(lesson.year.unwrap_or(0)),
            instructors: lesson.instructors.iter().map(|instructor| self.person_link(instructor)).collect(),
            domain: self.domain_link(lesson),
            abilities: self.ability_links(lesson),
            content_kind: joined(lesson.content_kinds.iter().map(|word| word.name.as_str())),
            form: lesson.form.as_ref().map(|word| word.name.clone()),
            minutes: lesson.minutes,
            attachments: count(lesson.attachments.len()),
            sessions: count(held.len()),
            taught: taught.map(|day| day.to_string()),
            taught_text: taught.map(|day| self.day(day)),
            needs_review: self.is_stale(id),
            rate_text: self.lesson_rate(&held),
            honours: self.badges_of_lesson(id),
            is_draft: lesson.publication != crate::model::Publication::Published,
        }
    }

    /// Satisfaction of sessions together, those with few ballots left out; not told
    /// below the line, for a lesson names its author.
    fn lesson_rate(&self, held: &[SessionId]) -> Option<String> {
        let policy = &self.scene.config.policy;
        let rates = held.iter().filter_map(|id| self.anonymous_rate(*id));
        let sum = rates.fold(Ratio::default(), Ratio::plus);
        let is_told = sum.reaches(policy.pass_line) || policy.publish_below;
        (sum.whole > 0 && is_told).then(|| self.against_line(sum))
    }

    /// Lessons as cards.
    pub(super) fn cards(&self, ids: &[LessonId]) -> Vec<LessonCardView> {
        ids.iter().map(|id| self.card(*id)).collect()
    }

    /// A session as a row.
    pub(super) fn row(&self, id: SessionId) -> SessionRowView {
        let as_of = self.scene.config.as_of;
        let session = &self.scene.library.sessions[id.0];
        let status = session.status(as_of);
        let held = session.held.filter(|_| status == Status::Held);
        let month = session.month.or(held.map(Day::month));
        let short = held.map(|day| self.short_day(day));
        let rate = self.public_rate(id);
        let over = session.month.and_then(ledger::last_day).is_some_and(|day| day <= as_of);
        SessionRowView {
            topic: session.topic.clone(),
            lesson: session.lesson.map(|id| self.lesson_link(id)),
            instructor: session.instructors.first().map(|instructor| self.person_link(instructor)),
            instructors: session.instructors.iter().map(|instructor| self.person_link(instructor)).collect(),
            unit: self.unit_link(session.unit),
            guest_from: self.guest_from(id),
            month: month.map_or(0, |month| month.month),
            year: year_number(month.map_or(session.year, |month| month.year)),
            month_text: month.map_or_else(String::new, |month| self.month_name(month.month)),
            date: held.map(|day| day.to_string()),
            date_text: held.map(|day| self.day(day)),
            day_text: short.as_ref().map(|(day, _)| day.clone()),
            weekday_text: short.map(|(_, weekday)| weekday),
            kind: session.kind.key().to_owned(),
            state: status.key().to_owned(),
            is_late: held.zip(session.month).is_some_and(|(day, month)| day.month() > month),
            is_overdue: status == Status::Planned && over,
            occasion: session.occasion.as_ref().map(|word| word.name.clone()),
            form: session.form.as_ref().map(|word| word.name.clone()),
            venue: session.venue.clone(),
            training: session.training.as_ref().map(|word| word.name.clone()),
            expected: session.expected,
            attended: session.attended,
            rate_text: rate.map(|rate| self.against_line(rate)),
            ballots_text: rate.map(|rate| rate.to_string()),
            note: session.note.clone(),
        }
    }

    /// The unit that a guest comes from (送教).
    fn guest_from(&self, id: SessionId) -> Option<UnitLinkView> {
        let session = &self.scene.library.sessions[id.0];
        let Some(Instructor::Known(person)) = session.instructors.first() else { return None };
        let person = self.scene.library.person(*person);
        let home = person.unit_in(session.held.map_or(session.year, Day::year))?;
        (home != session.unit && !person.served(session.unit, Some(session.year))).then(|| self.unit_link(home))
    }

    /// The cells of a strip.
    pub(super) fn strip(&self, months: &Month12) -> Vec<MonthCellView> {
        let cell = |account: &ledger::MonthAccount| MonthCellView {
            month: account.month.month,
            month_text: self.month_name(account.month.month),
            state: account.state.key().to_owned(),
            held: count(account.held.len()),
            planned: count(account.planned.len()),
        };
        months.iter().map(cell).collect()
    }

    /// The figures of a plan.
    pub(super) fn figures(&self, plan: &PlanAccount) -> PlanFiguresView {
        PlanFiguresView {
            basic_planned: plan.basic_planned,
            basic_due: plan.basic_due,
            basic_held: plan.basic_held,
            basic_on_time: plan.basic_on_time,
            completion_text: plan.completion().percent(),
            on_time_text: plan.on_time().percent(),
            adhoc_held: plan.adhoc_held,
            sessions_held: plan.sessions_held,
            attendances: plan.attendances,
            months_met: plan.months_met,
            months_active: plan.months_active,
            with_material: plan.with_material,
        }
    }

    /// The numbers of the library.
    pub(super) fn counts(&self) -> CountsView {
        let library = self.scene.library;
        let all = Holdings::sum(self.scene.ledger.holdings.values());
        CountsView {
            lessons: count(all.lessons.len()),
            instructors: count(self.scene.atlas.people.len()),
            units: count(library.units.len()),
            sessions: count(all.held.len()),
            attendances: all.attendances,
            attachments: count(library.lessons.iter().map(|lesson| lesson.attachments.len()).sum()),
        }
    }

    /// A person as a card, counting within a year if one is given.
    pub(super) fn person_card(&self, id: PersonId, year: Option<i32>) -> PersonCardView {
        let library = self.scene.library;
        let related = &self.scene.atlas.related;
        let person = library.person(id);
        let lessons = related.of_person.get(&id).map(Vec::as_slice).unwrap_or_default();
        let sessions = related.given_by.get(&id).map(Vec::as_slice).unwrap_or_default();
        let as_of = self.scene.config.as_of;
        let held = sessions.iter().map(|id| &library.sessions[id.0]).filter(|session| session.is_held(as_of));
        let posting = person.posting_in(year.unwrap_or(as_of.year()));
        PersonCardView {
            name: person.display.clone(),
            url: self.scene.atlas.people.get(&id).map(OutputPath::to_string),
            unit: posting.and_then(|posting| posting.unit).map(|unit| self.unit_link(unit)),
            post: posting.and_then(|posting| posting.post.clone()),
            lessons: count(
                lessons.iter().filter(|id| year.is_none_or(|year| library.lesson(**id).year == Some(year))).count(),
            ),
            sessions: count(
                held.filter(|session| year.is_none_or(|year| session.held.map(Day::year) == Some(year))).count(),
            ),
        }
    }

    /// People in the order of their names' pinyin.
    pub(super) fn by_pinyin(&self, people: impl IntoIterator<Item = PersonId>) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = people.into_iter().collect();
        people.sort_by_cached_key(|id| (name_syllables(&self.scene.library.person(*id).display), *id));
        people.dedup();
        people
    }

    /// A document as a row.
    pub(super) fn document_card(&self, id: ArticleId) -> DocumentCardView {
        let article = &self.scene.library.articles[id.0];
        DocumentCardView {
            title: article.title.clone(),
            url: self.scene.atlas.article(id).to_string(),
            date: article.date.map(|day| day.to_string()),
            date_text: article.date.map(|day| self.day(day)),
            number: article.number.clone(),
            summary: article.summary.clone(),
        }
    }

    /// A notice as a row.
    pub(super) fn notice_card(&self, id: ArticleId) -> NoticeCardView {
        let DocumentCardView { title, url, date, date_text, summary, .. } = self.document_card(id);
        let label = self.scene.library.articles[id.0].label.clone();
        NoticeCardView { title, url, date, date_text, summary, label }
    }

    /// Articles of a kind, in their order.
    pub(super) fn articles(&self, kind: ArticleKind) -> impl Iterator<Item = (ArticleId, &'a Article)> {
        let all = self.scene.library.articles.iter().enumerate();
        all.filter(move |(_, article)| article.kind == kind).map(|(at, article)| (ArticleId(at), article))
    }

    /// A choice of a filter.
    pub(super) fn facet(&self, filter: &Filter, title: String, lessons: usize, is_current: bool) -> FacetView {
        FacetView { title, url: self.scene.atlas.list_page(filter, 1).to_string(), count: count(lessons), is_current }
    }
}

/// Words put together with 、; `None` when there are none.
pub(super) fn joined<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join("、"))
}

fn site(scene: &Scene<'_>) -> SiteView {
    let config = scene.config;
    let as_of_text = match config.lang {
        Lang::Chinese => config.as_of.in_words(),
        Lang::English => config.as_of.to_string(),
    };
    SiteView {
        title: config.name.clone(),
        organ: config.organization.clone().unwrap_or_default(),
        language: config.lang.tag().to_owned(),
        css: scene.theme.assets.css.clone(),
        sheets: scene.theme.assets.sheets.clone(),
        js: scene.theme.assets.js.clone(),
        scripts: scripts(scene),
        icon: scene.theme.assets.icon.clone(),
        feed: Some("feed.xml".to_owned()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: config.as_of.to_string(),
        as_of_text,
        footer: config.footer.clone(),
        contact_url: config.contact.as_ref().map(|address| mail(address, "")),
        rules: rules(config),
        is_sample: config.sample_banner,
        is_preview: config.drafts,
        search_service: config.search_service.as_ref().map(|service| service.address.clone()),
        search_origin: config.search_service.as_ref().and_then(|service| service.origin.clone()),
        nav: header(scene),
        footer_nav: footer(),
    }
}

fn rules(config: &Config) -> RulesView {
    let (least, most) = config.sessions_per_month;
    let dash = match config.lang {
        Lang::Chinese => '—',
        Lang::English => '–',
    };
    RulesView {
        line: config.policy.pass_line,
        age: config.policy.age.highest(),
        times: if least == most { least.to_string() } else { format!("{least}{dash}{most}") },
        least,
        most,
    }
}

/// The scripts of the theme that are loaded where they are needed, and their words.
fn scripts(scene: &Scene<'_>) -> BTreeMap<String, String> {
    let mut scripts = scene.theme.assets.scripts.clone();
    scripts.insert("words".to_owned(), words::script(scene).path);
    scripts
}

fn entry(key: &str, url: &str, place: &str) -> NavView {
    NavView { key: key.to_owned(), url: url.to_owned(), place: place.to_owned() }
}

fn header(scene: &Scene<'_>) -> Vec<NavView> {
    let year = scene.config.as_of.year();
    let plans = scene.atlas.plans.get(&year).or(scene.atlas.plans.values().next_back());
    let mut nav = vec![
        entry("home", "index.html", "main"),
        entry("lessons", "lessons/index.html", "main"),
        entry("units", "units/index.html", "main"),
    ];
    nav.extend(plans.map(|path| entry("plans", path.as_str(), "main")));
    let only = |kind: &PageKind| scene.atlas.pages.iter().find(|page| page.kind == *kind).map(|page| &page.path);
    nav.extend(only(&PageKind::Honours).map(|path| entry("honours", path.as_str(), "main")));
    nav.extend(only(&PageKind::Courseware).map(|path| entry("courseware", path.as_str(), "main")));
    let statistics = scene.atlas.statistics.range(..=year).next_back().or(scene.atlas.statistics.iter().next());
    nav.extend(statistics.map(|(_, path)| entry("statistics", path.as_str(), "main")));
    if scene.atlas.pages.iter().any(|page| matches!(page.kind, PageKind::Choose(..))) {
        nav.push(entry("choose", "forms/menu.html", "main"));
    }
    nav.push(entry("people", "people/index.html", "main"));
    for (key, url) in [
        ("domains", "domains/index.html"),
        ("abilities", "abilities/index.html"),
        ("basis", "basis/index.html"),
        ("documents", "docs/index.html"),
        ("notices", "notices/index.html"),
        ("forms", "forms/index.html"),
    ] {
        nav.push(entry(key, url, "more"));
    }
    nav
}

fn footer() -> Vec<NavView> {
    vec![
        entry("search", "search.html", "footer"),
        entry("about", "about.html", "footer"),
        entry("fields", "fields.html", "footer"),
        entry("forms", "forms/index.html", "footer"),
        entry("changes", "changes.html", "footer"),
        entry("accessibility", "accessibility.html", "footer"),
    ]
}

/// What people call a kind of file, by its extension.
pub(super) fn file_kind(extension: &str) -> &'static str {
    match extension {
        "pptx" | "ppt" | "dps" | "odp" => "pptx",
        "docx" | "doc" | "wps" | "odt" | "rtf" => "docx",
        "xlsx" | "xls" | "et" | "ods" | "csv" => "xlsx",
        "pdf" => "pdf",
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "bmp" => "image",
        "mp4" | "avi" | "wmv" | "mov" | "webm" => "video",
        "mp3" | "wav" | "m4a" => "audio",
        "zip" | "rar" | "7z" => "archive",
        "txt" | "md" => "text",
        _ => "other",
    }
}

/// A size as people read it.
pub(super) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes * 10 + unit / 2) / unit;
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", tenths(1_048_576) / 10, tenths(1_048_576) % 10),
    }
}
