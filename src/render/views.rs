//! What the templates see. Every struct here is plain data: filled by the
//! builders of this room, read by `themes/*/templates`, and free of logic.
//!
//! Conventions that hold for every field:
//!
//! * An address (`url`) is relative to the root of the site and has no leading
//!   slash (`units/chengdong/2025/tui-yi-pei-san.html`); a template writes
//!   `{{ page.root }}{{ card.url }}`. Only mail links (`mailto:…`) and the
//!   addresses of the feed and the sitemap are complete.
//! * A field that ends in `_text` is ready to be shown in the language of the
//!   site; its twin without the ending is for machines (`2025-03-14`).
//! * A field that ends in `_html` is sanitised HTML and is printed with
//!   `| safe`; everything else is plain text and is escaped.
//! * A closed list travels as its English key (`held`, `branch`); the words
//!   stand in the strings file under the name given in the comment.
//! * A count is a whole number of the things its name says.

mod cycle;
mod forms;
mod inside;
mod search;
mod slides;
mod workings;

use serde::Serialize;

pub use cycle::*;
pub use forms::{ApplyView, BallotSessionView, BallotView, ChooseView, ClerkView, ExchangeView, SheetView};
pub use inside::{BlockView, InsideView, LeafView, PictureView};
pub use search::{ExampleView, SearchView};
pub use slides::{AnswersView, QrView, SlideView, SlidesView, VolumeLessonView, VolumeView};
pub use workings::{FormulaView, PartsRowView, RowListView, WorkingsView};

// ---------------------------------------------------------------------------
// What every page has

/// The site as a whole; `site` in the global context of the templates.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Name of the site, for example 互动式岗位教学法教材库.
    pub title: String,
    /// Name of the bureau; empty when the settings do not give one.
    pub organ: String,
    /// Language of the interface as a BCP 47 tag, for example `zh-Hans`.
    pub language: String,
    /// Address of the one style sheet, hashed name included.
    pub css: String,
    /// Addresses of styles that only some pages need, by name, such as `forms`.
    pub sheets: std::collections::BTreeMap<String, String>,
    /// Address of the one script that every page has, hashed name included.
    pub js: String,
    /// Addresses of scripts that are loaded where they are needed, by name: those of
    /// the theme's folders, such as `search` and `slides`, and `words`, which these say.
    pub scripts: std::collections::BTreeMap<String, String>,
    /// Address of the small picture in the browser tab.
    pub icon: Option<String>,
    /// Address of the Atom feed; absent when the site has none.
    pub feed: Option<String>,
    /// Version of the program, for example `0.1.0`.
    pub version: String,
    /// Date of the data (统计日), for example `2025-12-31`.
    pub as_of: String,
    /// Date of the data in words, for example 2025年12月31日.
    pub as_of_text: String,
    /// Extra line of the footer from the settings.
    pub footer: Option<String>,
    /// Complete `mailto:` address of the people who keep the library.
    pub contact_url: Option<String>,
    /// The rules that the settings give, for sentences that name them.
    pub rules: RulesView,
    /// Whether the banner 示例数据 is shown on every page.
    pub is_sample: bool,
    /// Whether this is a preview (drafts and problems are shown).
    pub is_preview: bool,
    /// The server that the search page asks before the index of the site: its address.
    pub search_service: Option<String>,
    /// Its scheme, host and port where it is not the server that the site is on.
    pub search_origin: Option<String>,
    /// Entries of the header, in order; only pages that exist.
    pub nav: Vec<NavView>,
    /// Entries of the footer, in order; only pages that exist.
    pub footer_nav: Vec<NavView>,
}

/// Lines and bounds of the settings.
#[derive(Debug, Clone, Serialize)]
pub struct RulesView {
    /// 满意率线, in percent.
    pub line: u32,
    /// The highest age that is asked to apply.
    pub age: u32,
    /// 每月次数 in words, for example `1—2`.
    pub times: String,
    /// The fewest sessions that a month should have.
    pub least: u32,
    /// The most sessions of the basic plan in a month.
    pub most: u32,
}

/// One entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavView {
    /// Key of the entry; its word is `t.nav.<key>`: `home lessons units plans
    /// choose people honours courseware statistics domains abilities basis documents
    /// notices forms about accessibility fields changes`.
    pub key: String,
    /// Address.
    pub url: String,
    /// Where it stands in the header: `main` (always in sight) or `more`
    /// (in the list 更多). Of no meaning in the footer.
    pub place: String,
}

/// One page; `page` in the context of every template.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Kind of the page, the stem of its template: `lesson`, `unit-year` …
    pub kind: String,
    /// Title of the page without the name of the site.
    pub title: String,
    /// One sentence for search engines and the feed; may be empty.
    pub description: String,
    /// Way back to the root: "" or "../" repeated.
    pub root: String,
    /// Address of this page.
    pub address: String,
    /// Key of the entry of the navigation that is current; may be empty.
    pub nav: String,
    /// The way from the home page down, without this page itself.
    pub crumbs: Vec<CrumbView>,
    /// Whether the page shows a draft (only in a preview).
    pub is_draft: bool,
    /// What `check` says about the source of this page (only in a preview).
    pub problems: Vec<ProblemView>,
}

/// One step of the breadcrumbs.
#[derive(Debug, Clone, Serialize)]
pub struct CrumbView {
    /// Text of the step.
    pub title: String,
    /// Address; absent when the step has no page.
    pub url: Option<String>,
}

/// One finding of `check` about the source of a page.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemView {
    /// Level, `t.problems.levels`: `error`, `warning`, `hint`.
    pub level: String,
    /// Code, for example `W605`.
    pub code: String,
    /// The sentence, with file and line.
    pub text: String,
}

// ---------------------------------------------------------------------------
// Small views that many pages share

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Text.
    pub title: String,
    /// Address.
    pub url: String,
}

/// A unit, named and linked.
#[derive(Debug, Clone, Serialize)]
pub struct UnitLinkView {
    /// Name, for example 城东分局.
    pub name: String,
    /// Address of the unit's page.
    pub url: String,
}

/// A person, named and linked.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLinkView {
    /// Name as shown (the display name where there is one).
    pub name: String,
    /// Address of the person's page; absent when the name is not registered.
    pub url: Option<String>,
    /// Name of the unit, only when the name alone would be ambiguous.
    pub unit_hint: Option<String>,
}

/// One choice of a filter or of a list of headings.
#[derive(Debug, Clone, Serialize)]
pub struct FacetView {
    /// Text of the choice.
    pub title: String,
    /// Address of the page that lists what falls under it.
    pub url: String,
    /// How many lessons (or people, on the pages of people) fall under it.
    pub count: u32,
    /// Whether it is the choice of the page shown.
    pub is_current: bool,
}

/// One row of filters.
#[derive(Debug, Clone, Serialize)]
pub struct FacetGroupView {
    /// Key; its word is `t.filters.<key>`: `unit year domain ability content pinyin`.
    pub key: String,
    /// The choices; none is left out for being empty.
    pub items: Vec<FacetView>,
}

/// The links under a list that has several pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// Number of the page shown, from 1.
    pub current: u32,
    /// Number of pages.
    pub total: u32,
    /// Number of the first item shown, from 1.
    pub first_item: u32,
    /// Number of the last item shown.
    pub last_item: u32,
    /// Number of items on all pages.
    pub item_total: u32,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The numbers to offer, gaps included.
    pub pages: Vec<PagerLinkView>,
}

/// One number of the pager.
#[derive(Debug, Clone, Serialize)]
pub struct PagerLinkView {
    /// Number of the page; 0 for a gap.
    pub number: u32,
    /// Address; empty for a gap.
    pub url: String,
    /// Whether it is the page shown.
    pub is_current: bool,
    /// Whether numbers are left out here (print an ellipsis).
    pub is_gap: bool,
}

/// A lesson (or a lone file) as a card or a row.
#[derive(Debug, Clone, Serialize)]
pub struct LessonCardView {
    /// Title.
    pub title: String,
    /// Address of its page.
    pub url: String,
    /// What it is: `lesson` or `file` (an attachment that stands alone).
    pub kind: String,
    /// Printed number, for example `L23`.
    pub number: String,
    /// One or two sentences; empty when there are none.
    pub summary: String,
    /// Unit of the author.
    pub unit: UnitLinkView,
    /// Year of the folder.
    pub year: u32,
    /// Authors; may be empty.
    pub instructors: Vec<PersonLinkView>,
    /// Business domain, linked; absent when not given.
    pub domain: Option<LinkView>,
    /// Abilities, linked; may be empty.
    pub abilities: Vec<LinkView>,
    /// Kind of content, for example 小窍门.
    pub content_kind: Option<String>,
    /// Form of teaching, for example 案例讲解.
    pub form: Option<String>,
    /// Planned length in minutes.
    pub minutes: Option<u32>,
    /// Number of attachments.
    pub attachments: u32,
    /// Number of sessions held with it.
    pub sessions: u32,
    /// Date of the last session held (`2025-03-14`).
    pub taught: Option<String>,
    /// The same in words.
    pub taught_text: Option<String>,
    /// Whether a cited law has changed since the last review (待复核).
    pub needs_review: bool,
    /// Satisfaction of all its sessions together; absent when ballots are few.
    pub rate_text: Option<String>,
    /// Honours of the lesson.
    pub honours: Vec<HonourBadgeView>,
    /// Whether it is a draft (only in a preview).
    pub is_draft: bool,
}

/// One row of the plan: one session, planned or held.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRowView {
    /// Topic.
    pub topic: String,
    /// The lesson it uses, when that is in the library.
    pub lesson: Option<LinkView>,
    /// Who teaches; absent while not decided.
    pub instructor: Option<PersonLinkView>,
    /// Everybody who teaches, in the order written; empty while not decided.
    pub instructors: Vec<PersonLinkView>,
    /// Unit that hosts the session.
    pub unit: UnitLinkView,
    /// Unit the instructor comes from, only when it is another one (送教).
    pub guest_from: Option<UnitLinkView>,
    /// Planned month, 1 to 12.
    pub month: u32,
    /// Planned year.
    pub year: u32,
    /// Planned month in words, for example 3月.
    pub month_text: String,
    /// Date on which it was held (`2025-03-14`).
    pub date: Option<String>,
    /// The same, for example 2025年3月14日.
    pub date_text: Option<String>,
    /// The same without the year, for example 3月14日.
    pub day_text: Option<String>,
    /// Day of the week of the date in words, for example 周五.
    pub weekday_text: Option<String>,
    /// Kind, `t.sessions.kinds`: `basic` or `adhoc`.
    pub kind: String,
    /// State, `t.sessions.states`: `planned held postponed cancelled`.
    pub state: String,
    /// Whether it was held in another month than planned.
    pub is_late: bool,
    /// Whether it is planned for a month that is over and not held.
    pub is_overdue: bool,
    /// Occasion, for example 周五学习日.
    pub occasion: Option<String>,
    /// Form, for example 案例讲解.
    pub form: Option<String>,
    /// Place, for example 会议室.
    pub venue: Option<String>,
    /// 指定 or 自选, as written.
    pub training: Option<String>,
    /// People who should have come (应到).
    pub expected: Option<u32>,
    /// People who came (实到).
    pub attended: Option<u32>,
    /// Satisfaction, for example 95.8%; absent when it was not evaluated or the
    /// ballots are few.
    pub rate_text: Option<String>,
    /// Satisfied of valid ballots, for example 23/24; with the rate.
    pub ballots_text: Option<String>,
    /// Public remark of the clerk, for example why it was cancelled.
    pub note: Option<String>,
}

/// One month of the strip of twelve.
#[derive(Debug, Clone, Serialize)]
pub struct MonthCellView {
    /// Month, 1 to 12.
    pub month: u32,
    /// Month in words, for example 3月.
    pub month_text: String,
    /// State, `t.months.states`: `met` (达标), `over` (偏多), `empty` (空缺),
    /// `future` (未到), `inactive` (未启动).
    pub state: String,
    /// Sessions held in the month.
    pub held: u32,
    /// Sessions planned for the month, cancelled ones left out.
    pub planned: u32,
}

/// A file that can be downloaded.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// Name for readers: the file name without its ending.
    pub title: String,
    /// File name.
    pub file_name: String,
    /// Address of the file.
    pub url: String,
    /// What it is, `t.attachments.kinds`: `pptx docx xlsx pdf image video
    /// audio archive text other`.
    pub kind: String,
    /// Ending in capitals, for example `PPTX`.
    pub extension: String,
    /// Size in words, for example 1.2 MB.
    pub size_text: String,
    /// Its anchor on the page.
    pub id: String,
    /// What is inside; absent where nobody has looked.
    pub inside: Option<InsideView>,
}

/// A heading in the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocView {
    /// Level, 2 to 6.
    pub level: u32,
    /// Id of the heading.
    pub id: String,
    /// Text of the heading.
    pub text: String,
    /// Headings below it.
    pub children: Vec<TocView>,
}

/// One year to switch to.
#[derive(Debug, Clone, Serialize)]
pub struct YearLinkView {
    /// Year.
    pub year: u32,
    /// Address.
    pub url: String,
    /// Whether it is the year shown.
    pub is_current: bool,
}

/// Numbers of the whole library.
#[derive(Debug, Clone, Serialize)]
pub struct CountsView {
    /// Lessons (and lone files) published.
    pub lessons: u32,
    /// People who wrote a lesson or held a session.
    pub instructors: u32,
    /// Units.
    pub units: u32,
    /// Sessions held.
    pub sessions: u32,
    /// Person-times: the sum of people who came.
    pub attendances: u32,
    /// Files to download.
    pub attachments: u32,
}

/// How far a plan has come.
#[derive(Debug, Clone, Serialize)]
pub struct PlanFiguresView {
    /// Rows of the basic plan, cancelled ones left out.
    pub basic_planned: u32,
    /// Of these: due by the date of the data.
    pub basic_due: u32,
    /// Of these: held.
    pub basic_held: u32,
    /// Of these: held in the month planned.
    pub basic_on_time: u32,
    /// Completion rate, for example 91.7%; absent when nothing is due.
    pub completion_text: Option<String>,
    /// On-time rate, for example 91.7%; absent when nothing is due.
    pub on_time_text: Option<String>,
    /// Ad-hoc rows held (机动), counted apart.
    pub adhoc_held: u32,
    /// All sessions held in the year.
    pub sessions_held: u32,
    /// Person-times of these sessions.
    pub attendances: u32,
    /// Months with at least one session.
    pub months_met: u32,
    /// Months that count: from the start of the unit to the date of the data.
    pub months_active: u32,
    /// Held sessions whose material is in the library.
    pub with_material: u32,
}

// ---------------------------------------------------------------------------
// Home

/// templates/pages/home.html
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// Queries that the library answers.
    pub examples: Vec<ExampleView>,
    /// Numbers of the library.
    pub counts: CountsView,
    /// What these numbers are made of.
    pub working: WorkingsView,
    /// The month of the date of the data, for example 2025年12月.
    pub month_text: String,
    /// Sessions planned for or held in that month, by date.
    pub month_sessions: Vec<SessionRowView>,
    /// The rows of these sessions; absent when there are none.
    pub month_working: Option<WorkingsView>,
    /// Address of the plans of that year; absent when there are none.
    pub plans_url: Option<String>,
    /// Newest lessons, 6 to 8.
    pub newest: Vec<LessonCardView>,
    /// Address of the list of all lessons.
    pub lessons_url: String,
    /// Year of the strips.
    pub strip_year: u32,
    /// The strip of every unit in that year; empty when nobody has a plan.
    pub strips: Vec<UnitStripView>,
    /// Groups of abilities with the number of lessons.
    pub abilities: Vec<AbilityFacetsView>,
    /// Business domains with the number of lessons, empty ones left out.
    pub domains: Vec<FacetView>,
    /// Units with the number of lessons.
    pub units: Vec<FacetView>,
    /// Years with the number of lessons, newest first.
    pub years: Vec<FacetView>,
    /// First letters of the titles (pinyin) with the number of lessons.
    pub letters: Vec<FacetView>,
    /// Newest notices, at most 5.
    pub notices: Vec<NoticeCardView>,
    /// The latest honours; absent when there are none.
    pub honours: Option<HonoursBriefView>,
    /// Number of lessons that wait for a review.
    pub needs_review: u32,
    /// Address of the page of legal bases; absent when there are none.
    pub basis_url: Option<String>,
    /// Text of `content/index.md` (or README.md), when there is one.
    pub body_html: Option<String>,
}

/// One unit and its year in twelve months.
#[derive(Debug, Clone, Serialize)]
pub struct UnitStripView {
    /// Unit; its address is that of the unit-year.
    pub unit: UnitLinkView,
    /// Whether it is the pilot unit.
    pub is_pilot: bool,
    /// Twelve cells.
    pub months: Vec<MonthCellView>,
    /// How far the plan has come.
    pub figures: PlanFiguresView,
}

/// One group of abilities as filters.
#[derive(Debug, Clone, Serialize)]
pub struct AbilityFacetsView {
    /// Key, `t.abilities.groups`: `five` (五种能力), `six` (六会) or `other`.
    pub key: String,
    /// The abilities.
    pub items: Vec<FacetView>,
}

// ---------------------------------------------------------------------------
// Lessons

/// templates/pages/lessons.html: the list of all lessons and every filter page.
#[derive(Debug, Clone, Serialize)]
pub struct LessonsView {
    /// Heading, for example 全部教案 or 业务领域：消费维权.
    pub heading: String,
    /// Which filter the page is, `t.filters`: `all unit year domain ability content
    /// pinyin`.
    pub filter: String,
    /// The value of the filter; absent on the list of all lessons.
    pub filter_title: Option<String>,
    /// Address of the list of all lessons.
    pub all_url: String,
    /// The filters.
    pub facets: Vec<FacetGroupView>,
    /// The lessons of this page.
    pub lessons: Vec<LessonCardView>,
    /// Links to the other pages of the list.
    pub pager: PagerView,
}

/// templates/pages/lesson.html
#[derive(Debug, Clone, Serialize)]
pub struct LessonView {
    /// Title.
    pub title: String,
    /// Printed number, for example `L23`.
    pub number: String,
    /// Summary; empty when none is given.
    pub summary: String,
    /// Unit.
    pub unit: UnitLinkView,
    /// Year.
    pub year: u32,
    /// Address of the unit-year.
    pub year_url: String,
    /// Authors; may be empty.
    pub instructors: Vec<PersonLinkView>,
    /// Business domain, linked.
    pub domain: Option<LinkView>,
    /// Abilities, linked.
    pub abilities: Vec<LinkView>,
    /// Kind of content, for example 小窍门; several are joined with 、.
    pub content_kind: Option<String>,
    /// Form of teaching.
    pub form: Option<String>,
    /// Place.
    pub venue: Option<String>,
    /// For whom.
    pub audience: Option<String>,
    /// Planned length in minutes.
    pub minutes: Option<u32>,
    /// How it was declared: `regular`, `menu`, `adhoc`
    /// (`t.lesson.declarations`).
    pub declaration: Option<String>,
    /// Length of the body in characters (Chinese characters and words).
    pub words: u32,
    /// Time to read the body, in minutes; 0 when the body is empty.
    pub reading_minutes: u32,
    /// Date of the last review (`2025-03-14`).
    pub reviewed: Option<String>,
    /// The same in words.
    pub reviewed_text: Option<String>,
    /// Day from which the source of the page dates, in words; absent when
    /// unknown.
    pub updated_text: Option<String>,
    /// Tags; plain words.
    pub tags: Vec<String>,
    /// Aims (教学目标).
    pub objectives: Vec<String>,
    /// Key points (重点).
    pub key_points: Vec<String>,
    /// Difficult points (难点).
    pub difficult_points: Vec<String>,
    /// The body; absent when it is empty (教案内容待补充).
    pub body_html: Option<String>,
    /// Table of contents of the body; may be empty.
    pub toc: Vec<TocView>,
    /// Questions to discuss.
    pub questions: Vec<String>,
    /// Files that belong to the lesson.
    pub attachments: Vec<AttachmentView>,
    /// Sessions held with the lesson, newest first.
    pub sessions: Vec<SessionRowView>,
    /// Honours of the lesson and, in its year, of its authors.
    pub honours: Vec<HonourBadgeView>,
    /// Person-times of these sessions.
    pub attendances: u32,
    /// Legal bases.
    pub basis: Vec<BasisCitationView>,
    /// Whether a cited law has changed since the last review.
    pub needs_review: bool,
    /// Whether it is a draft (only in a preview).
    pub is_draft: bool,
    /// Whether it belongs to sample data.
    pub is_sample: bool,
    /// Lessons that go with it (参考教案 first, then computed), at most 6.
    pub related: Vec<LessonCardView>,
    /// Lesson before it in the unit-year.
    pub previous: Option<LinkView>,
    /// Lesson after it in the unit-year.
    pub next: Option<LinkView>,
    /// Complete `mailto:` address for questions and proposals.
    pub ask_url: Option<String>,
    /// Complete `mailto:` address to report that the content is out of date.
    pub outdated_url: Option<String>,
    /// When it is taught in its own unit and year, in words; a month while it is only
    /// planned, absent when nothing is known.
    pub time_text: Option<String>,
    /// Address of its slides.
    pub slides_url: Option<String>,
    /// The code that leads to this page, or says its number.
    pub qr: Option<QrView>,
    /// Answers of its quizzes, for the end of the paper.
    pub answers: Vec<AnswersView>,
}

/// One legal basis as a lesson cites it.
#[derive(Debug, Clone, Serialize)]
pub struct BasisCitationView {
    /// Name without the title marks, for example 消费者权益保护法.
    pub name: String,
    /// Version as cited or as registered, for example 2013 修正.
    pub version: Option<String>,
    /// Article, for example 第五十五条.
    pub article: Option<String>,
    /// Address of its entry on the page of legal bases; absent when the law
    /// is not registered.
    pub url: Option<String>,
    /// State, `t.basis.states`: `current` (现行), `superseded` (已替代),
    /// `expired` (已失效), `future` (未施行), `unknown` (未登记).
    pub state: String,
    /// Name of what replaced it.
    pub replaced_by: Option<String>,
    /// Since when it is in this state, in words.
    pub since_text: Option<String>,
}

// ---------------------------------------------------------------------------
// Units and plans

/// templates/pages/units.html
#[derive(Debug, Clone, Serialize)]
pub struct UnitsView {
    /// Year of the strips and figures.
    pub year: u32,
    /// Units by kind.
    pub groups: Vec<UnitGroupView>,
}

/// Units of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct UnitGroupView {
    /// Kind, `t.units.kinds`: `branch`, `party-branch`, `other`.
    pub kind: String,
    /// The units.
    pub units: Vec<UnitCardView>,
}

/// One unit as a card.
#[derive(Debug, Clone, Serialize)]
pub struct UnitCardView {
    /// Name.
    pub name: String,
    /// Address of the unit's page.
    pub url: String,
    /// Whether it is the pilot unit (试点).
    pub is_pilot: bool,
    /// Since when it takes part, for example 2023年7月.
    pub since_text: Option<String>,
    /// Lessons of all years.
    pub lessons: u32,
    /// People who taught or wrote.
    pub instructors: u32,
    /// Sessions of all years held in the unit.
    pub sessions: u32,
    /// Twelve cells of the year of the page; empty when there is no plan.
    pub months: Vec<MonthCellView>,
    /// Honours of its people and lessons in the year of the page.
    pub honours: u32,
    /// Satisfaction of the year, for example 90.7%; absent when ballots are few.
    pub satisfaction_text: Option<String>,
    /// What these numbers are made of.
    pub working: WorkingsView,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
}

/// The head that the pages of a unit and of a unit-year share.
#[derive(Debug, Clone, Serialize)]
pub struct UnitHeadView {
    /// Name.
    pub name: String,
    /// Address of the unit's page.
    pub url: String,
    /// Kind, `t.units.kinds`: `branch`, `party-branch`, `other`.
    pub kind: String,
    /// Whether it is the pilot unit.
    pub is_pilot: bool,
    /// Since when it takes part, for example 2023年7月.
    pub since_text: Option<String>,
    /// Name of the leader, when the unit publishes it.
    pub leader: Option<String>,
    /// Name of the clerk, when the unit publishes it.
    pub clerk: Option<String>,
    /// Complete `mailto:` address of the clerk.
    pub clerk_url: Option<String>,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
}

/// templates/pages/unit.html
#[derive(Debug, Clone, Serialize)]
pub struct UnitView {
    /// Head; no year is current.
    pub head: UnitHeadView,
    /// Introduction of the unit (README.md or 简介).
    pub body_html: Option<String>,
    /// One strip for each year, newest first.
    pub years: Vec<UnitYearStripView>,
    /// Lessons of all years.
    pub lessons_count: u32,
    /// Sessions of all years held in the unit.
    pub sessions_count: u32,
    /// Person-times of these sessions.
    pub attendances: u32,
    /// What these numbers are made of.
    pub working: WorkingsView,
    /// Honours of its people and lessons, newest first.
    pub honours: Vec<HonoursBriefView>,
    /// Newest lessons, at most 12.
    pub newest: Vec<LessonCardView>,
    /// Address of the list of all its lessons.
    pub lessons_url: Option<String>,
    /// People who taught or wrote, by pinyin.
    pub instructors: Vec<PersonCardView>,
    /// Documents of the unit (实施办法, 能力标准 …).
    pub documents: Vec<DocumentCardView>,
    /// Domains of its lessons with counts.
    pub domains: Vec<FacetView>,
}

/// One year of a unit in twelve months.
#[derive(Debug, Clone, Serialize)]
pub struct UnitYearStripView {
    /// Year.
    pub year: u32,
    /// Address of the unit-year.
    pub url: String,
    /// Twelve cells; empty when the year has no plan.
    pub months: Vec<MonthCellView>,
    /// Lessons of the year.
    pub lessons: u32,
    /// Satisfaction of the year, for example 90.7%; absent when ballots are few.
    pub satisfaction_text: Option<String>,
    /// How far the plan has come; absent when the year has no plan.
    pub figures: Option<PlanFiguresView>,
}

/// templates/pages/unit-year.html
#[derive(Debug, Clone, Serialize)]
pub struct UnitYearView {
    /// Head; the year of the page is current.
    pub head: UnitHeadView,
    /// Year.
    pub year: u32,
    /// Twelve cells; empty when the year has no plan.
    pub months: Vec<MonthCellView>,
    /// How far the plan has come; absent when the year has no plan.
    pub figures: Option<PlanFiguresView>,
    /// What these figures are made of.
    pub working: Option<WorkingsView>,
    /// The plan, by planned month.
    pub sessions: Vec<SessionRowView>,
    /// The figures with their working; absent when the year has no plan.
    pub account: Option<AccountView>,
    /// Topics that colleagues want and nobody has planned, most wanted first.
    pub unplanned: Vec<DemandView>,
    /// Honours of its people and lessons in the year; absent when there are none.
    pub honours: Option<HonoursBriefView>,
    /// Lessons (and lone files) of the year.
    pub lessons: Vec<LessonCardView>,
    /// Address of the volume that has all of them on one page to be printed.
    pub volume_url: Option<String>,
    /// People who taught in the year, by pinyin.
    pub instructors: Vec<PersonCardView>,
    /// The annual menu (年度选学菜单); empty when there is none.
    pub menu: Vec<MenuItemView>,
    /// Whether anybody has chosen from it.
    pub is_voted: bool,
    /// Annual summary (年度总结).
    pub summary_html: Option<String>,
    /// Documents of the unit.
    pub documents: Vec<DocumentCardView>,
    /// Forms of the year: 选学单, 测评票 and those for paper.
    pub forms: Vec<LinkView>,
}

/// One topic of the annual menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuItemView {
    /// Number in the menu.
    pub number: String,
    /// Topic.
    pub topic: String,
    /// The lesson on it, when the library has one.
    pub lesson: Option<LinkView>,
    /// Business domain.
    pub domain: Option<String>,
    /// Ability.
    pub ability: Option<String>,
    /// Where the topic comes from, for example 岗位需求.
    pub origin: Option<String>,
    /// Who is thought of as instructor.
    pub instructor: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Votes by weight: the teaching need of the year (年度教学需求).
    pub votes: u32,
    /// Whether the plan has it.
    pub is_planned: bool,
}

/// templates/pages/plans.html: one year of all units.
#[derive(Debug, Clone, Serialize)]
pub struct PlansView {
    /// Year.
    pub year: u32,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
    /// Sums over all units.
    pub figures: PlanFiguresView,
    /// What these figures are made of.
    pub working: WorkingsView,
    /// Month by unit, one row for each unit.
    pub matrix: Vec<UnitStripView>,
    /// Sessions held by all units in each of the twelve months.
    pub month_totals: Vec<u32>,
    /// The plan by planned month, months without rows left out.
    pub months: Vec<PlanMonthView>,
    /// Sessions held, by date, months without any left out.
    pub calendar: Vec<CalendarMonthView>,
}

/// The rows planned for one month.
#[derive(Debug, Clone, Serialize)]
pub struct PlanMonthView {
    /// Month, 1 to 12.
    pub month: u32,
    /// Month in words, for example 3月.
    pub month_text: String,
    /// Rows, by unit.
    pub sessions: Vec<SessionRowView>,
}

/// The days of one month on which something was held.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonthView {
    /// Month, 1 to 12.
    pub month: u32,
    /// Month in words, for example 2025年3月.
    pub month_text: String,
    /// Number of sessions in the month.
    pub count: u32,
    /// The days, in order.
    pub days: Vec<CalendarDayView>,
}

/// One day on which something was held.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarDayView {
    /// Date (`2025-03-14`).
    pub date: String,
    /// Day in words, for example 3月14日.
    pub day_text: String,
    /// Day of the week in words, for example 周五.
    pub weekday_text: String,
    /// The sessions of the day.
    pub sessions: Vec<SessionRowView>,
}

// ---------------------------------------------------------------------------
// People

/// templates/pages/people.html
#[derive(Debug, Clone, Serialize)]
pub struct PeopleView {
    /// Number of people listed.
    pub count: u32,
    /// By first letter of the name.
    pub letters: Vec<PeopleLetterView>,
    /// By unit.
    pub units: Vec<PeopleUnitView>,
    /// By 岗位类别; empty when the roster has not at least two.
    pub categories: Vec<PeopleCategoryView>,
}

/// People of one category of posts.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleCategoryView {
    /// The category, as the roster has it.
    pub name: String,
    /// The people.
    pub people: Vec<PersonCardView>,
}

/// People whose name begins with one letter.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleLetterView {
    /// Letter A to Z, or `#` for what has none.
    pub letter: String,
    /// The people.
    pub people: Vec<PersonCardView>,
}

/// People of one unit.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleUnitView {
    /// Unit.
    pub unit: UnitLinkView,
    /// The people.
    pub people: Vec<PersonCardView>,
}

/// One person as a card.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCardView {
    /// Name as shown.
    pub name: String,
    /// Address of the person's page; absent when the name is not registered.
    pub url: Option<String>,
    /// Unit at the date of the data.
    pub unit: Option<UnitLinkView>,
    /// Post, for example 消保岗.
    pub post: Option<String>,
    /// Lessons written (in the year, on a page of a year).
    pub lessons: u32,
    /// Sessions held (in the year, on a page of a year).
    pub sessions: u32,
}

/// templates/pages/person.html
#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    /// Name as shown.
    pub name: String,
    /// Unit at the date of the data.
    pub unit: Option<UnitLinkView>,
    /// Post.
    pub post: Option<String>,
    /// All units with their times, when there was more than one.
    pub units: Vec<PersonUnitView>,
    /// Others of the same name, each with its unit.
    pub namesakes: Vec<PersonLinkView>,
    /// Whether the person stands in the roster: all of the staff are trainees (学员).
    pub is_trainee: bool,
    /// The month of the first session held, in words: since then an instructor (教员);
    /// absent before it.
    pub taught_since: Option<String>,
    /// Honours, newest first.
    pub honours: Vec<HonourBadgeView>,
    /// How many years in a row, as a sentence; absent outside a row.
    pub streak_text: Option<String>,
    /// Lessons written.
    pub lessons: Vec<LessonCardView>,
    /// Sessions held, by year, newest first.
    pub years: Vec<PersonYearView>,
    /// Number of sessions held.
    pub sessions_count: u32,
    /// Person-times of these sessions.
    pub attendances: u32,
    /// What these numbers are made of.
    pub working: WorkingsView,
    /// Domains of the lessons with counts.
    pub domains: Vec<FacetView>,
}

/// One unit in the life of a person.
#[derive(Debug, Clone, Serialize)]
pub struct PersonUnitView {
    /// Unit.
    pub unit: UnitLinkView,
    /// From when, for example 2024年1月; absent when open.
    pub from_text: Option<String>,
    /// Until when; absent when open.
    pub to_text: Option<String>,
}

/// The sessions of a person in one year.
#[derive(Debug, Clone, Serialize)]
pub struct PersonYearView {
    /// Year of the date held (of the plan, while not held).
    pub year: u32,
    /// The sessions.
    pub sessions: Vec<SessionRowView>,
}

// ---------------------------------------------------------------------------
// Domains, abilities, legal bases

/// One domain or ability as a card.
#[derive(Debug, Clone, Serialize)]
pub struct TopicCardView {
    /// Name.
    pub title: String,
    /// Address of its page.
    pub url: String,
    /// Lessons under it.
    pub lessons: u32,
    /// Units that have such lessons.
    pub units: u32,
    /// The newest lessons, at most 3.
    pub newest: Vec<LinkView>,
}

/// templates/pages/domains.html
#[derive(Debug, Clone, Serialize)]
pub struct DomainsView {
    /// All domains, in the order of the vocabulary.
    pub domains: Vec<TopicCardView>,
}

/// templates/pages/domain.html
#[derive(Debug, Clone, Serialize)]
pub struct DomainView {
    /// Name.
    pub title: String,
    /// Lessons under it, newest first.
    pub lessons: Vec<LessonCardView>,
    /// People who wrote them.
    pub instructors: Vec<PersonCardView>,
    /// Laws they cite, with the number of lessons.
    pub laws: Vec<FacetView>,
    /// All domains; this one is current.
    pub siblings: Vec<FacetView>,
}

/// templates/pages/abilities.html
#[derive(Debug, Clone, Serialize)]
pub struct AbilitiesView {
    /// The groups: five abilities, six skills, other.
    pub groups: Vec<AbilityGroupView>,
}

/// One group of abilities.
#[derive(Debug, Clone, Serialize)]
pub struct AbilityGroupView {
    /// Key, `t.abilities.groups`: `five`, `six` or `other`.
    pub key: String,
    /// The abilities.
    pub abilities: Vec<TopicCardView>,
}

/// templates/pages/ability.html
#[derive(Debug, Clone, Serialize)]
pub struct AbilityView {
    /// Name.
    pub title: String,
    /// Key of its group, `t.abilities.groups`.
    pub group: String,
    /// Lessons under it, newest first.
    pub lessons: Vec<LessonCardView>,
    /// People who wrote them.
    pub instructors: Vec<PersonCardView>,
    /// All abilities of all groups; this one is current.
    pub siblings: Vec<AbilityFacetsView>,
}

/// templates/pages/basis.html
#[derive(Debug, Clone, Serialize)]
pub struct BasisView {
    /// Lessons that wait for a review, with the reason.
    pub to_review: Vec<ReviewView>,
    /// All laws, by pinyin.
    pub laws: Vec<LawView>,
    /// Number of laws that at least one lesson cites.
    pub cited: u32,
}

/// A lesson that waits for a review.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// The lesson.
    pub lesson: LessonCardView,
    /// The bases because of which.
    pub basis: Vec<BasisCitationView>,
}

/// One law with its versions and the lessons that cite it.
#[derive(Debug, Clone, Serialize)]
pub struct LawView {
    /// Id on the page, without `#`.
    pub anchor: String,
    /// Name without the title marks.
    pub name: String,
    /// The versions registered; empty when the law is only cited.
    pub versions: Vec<LawVersionView>,
    /// The lessons that cite it.
    pub citations: Vec<LawCitationView>,
}

/// One version of a law.
#[derive(Debug, Clone, Serialize)]
pub struct LawVersionView {
    /// Version, for example 2022 修正.
    pub version: Option<String>,
    /// In force from, in words.
    pub from_text: Option<String>,
    /// In force until, in words.
    pub to_text: Option<String>,
    /// State, `t.basis.states`: `current superseded expired future unknown`.
    pub state: String,
    /// Name of what replaced it.
    pub replaced_by: Option<String>,
    /// What to look at in a review (复核提示).
    pub hint: Option<String>,
}

/// One lesson that cites a law.
#[derive(Debug, Clone, Serialize)]
pub struct LawCitationView {
    /// The lesson.
    pub lesson: LinkView,
    /// Unit of the lesson.
    pub unit: UnitLinkView,
    /// Year of the lesson.
    pub year: u32,
    /// Articles cited, joined with 、; empty when none is named.
    pub articles: String,
    /// Whether the lesson waits for a review because of this law.
    pub needs_review: bool,
}

// ---------------------------------------------------------------------------
// Documents, notices, other pages

/// templates/pages/documents.html
#[derive(Debug, Clone, Serialize)]
pub struct DocumentsView {
    /// Documents of the bureau.
    pub documents: Vec<DocumentCardView>,
    /// Documents of the units, one group for each unit.
    pub units: Vec<DocumentGroupView>,
}

/// Documents of one unit.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentGroupView {
    /// Unit.
    pub unit: UnitLinkView,
    /// The documents.
    pub documents: Vec<DocumentCardView>,
}

/// One document as a row.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentCardView {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// Date (`2025-03-14`).
    pub date: Option<String>,
    /// The same in words.
    pub date_text: Option<String>,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// One sentence; empty when there is none.
    pub summary: String,
}

/// templates/pages/document.html
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Title.
    pub title: String,
    /// Date in words.
    pub date_text: Option<String>,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// Unit that issued it; absent for the bureau.
    pub unit: Option<UnitLinkView>,
    /// Summary; empty when there is none.
    pub summary: String,
    /// Body; absent when it is empty.
    pub body_html: Option<String>,
    /// Table of contents.
    pub toc: Vec<TocView>,
    /// Files that belong to it.
    pub attachments: Vec<AttachmentView>,
}

/// templates/pages/notices.html
#[derive(Debug, Clone, Serialize)]
pub struct NoticesView {
    /// Notices by year, newest first.
    pub years: Vec<NoticeYearView>,
}

/// The notices of one year.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeYearView {
    /// Year; 0 when the notices carry no date.
    pub year: u32,
    /// The notices, newest first.
    pub notices: Vec<NoticeCardView>,
}

/// One notice as a row.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeCardView {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// Date (`2025-03-14`).
    pub date: Option<String>,
    /// The same in words.
    pub date_text: Option<String>,
    /// One sentence; empty when there is none.
    pub summary: String,
    /// What it is about, such as 技能竞赛, when somebody wrote it.
    pub label: Option<String>,
}

/// templates/pages/notice.html
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// Title.
    pub title: String,
    /// Date in words.
    pub date_text: Option<String>,
    /// Who issued it; absent for the bureau.
    pub issuer: Option<String>,
    /// Body; absent when it is empty.
    pub body_html: Option<String>,
    /// Files that belong to it.
    pub attachments: Vec<AttachmentView>,
    /// Newer notice.
    pub newer: Option<LinkView>,
    /// Older notice.
    pub older: Option<LinkView>,
}

/// templates/pages/generic.html: a Markdown file that is nothing special.
#[derive(Debug, Clone, Serialize)]
pub struct GenericView {
    /// Title.
    pub title: String,
    /// Unit it lies in, when it lies in one.
    pub unit: Option<UnitLinkView>,
    /// Body; absent when it is empty.
    pub body_html: Option<String>,
    /// Table of contents.
    pub toc: Vec<TocView>,
    /// Files that belong to it.
    pub attachments: Vec<AttachmentView>,
}

/// templates/pages/attachment.html: a file that stands alone.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentPageView {
    /// Title, from the file name.
    pub title: String,
    /// Printed number, for example `chengdong-2025-07`.
    pub number: String,
    /// Unit.
    pub unit: UnitLinkView,
    /// Year.
    pub year: u32,
    /// Address of the unit-year.
    pub year_url: String,
    /// The file.
    pub file: AttachmentView,
    /// Sessions held with it, newest first.
    pub sessions: Vec<SessionRowView>,
    /// Lesson before it in the unit-year.
    pub previous: Option<LinkView>,
    /// Lesson after it in the unit-year.
    pub next: Option<LinkView>,
    /// Complete `mailto:` address for questions and proposals.
    pub ask_url: Option<String>,
}

/// templates/pages/forms.html
#[derive(Debug, Clone, Serialize)]
pub struct FormsView {
    /// The forms, in the order of the year.
    pub forms: Vec<FormView>,
    /// Menus that are open for choice, newest year first.
    pub menus: Vec<LinkView>,
}

/// One form. Its words stand under `t.forms.items.<key>` (name, who, when,
/// where, file).
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Key: `menu course-application topic-application choices plan sign-in
    /// satisfaction lesson pacesetter`.
    pub key: String,
    /// Address of the form's page: filled on screen, or for paper.
    pub url: Option<String>,
    /// Address of the form for paper, where the page above is for the screen.
    pub paper_url: Option<String>,
    /// Blank files to download; may be empty.
    pub files: Vec<AttachmentView>,
    /// Address of the list of its fields on the page 填写说明.
    pub fields_url: Option<String>,
}

/// templates/pages/about.html
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    /// Numbers of the library.
    pub counts: CountsView,
    /// Name of the leading group from the settings.
    pub leading_group: Option<String>,
    /// Text of `content/about.md` (关于.md), when there is one.
    pub body_html: Option<String>,
}

/// templates/pages/accessibility.html
#[derive(Debug, Clone, Serialize)]
pub struct AccessibilityView {
    /// Complete `mailto:` address for reports of barriers.
    pub contact_url: Option<String>,
}

/// templates/pages/changes.html: 更新记录.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangesView {
    /// The editions that readers have something to learn from, the newest first.
    pub editions: Vec<EditionView>,
}

/// A release of the site.
#[derive(Debug, Clone, Serialize)]
pub struct EditionView {
    /// Its number.
    pub number: u32,
    /// The day of its publishing, as `2026-01-08`.
    pub day: String,
    /// The day in words.
    pub day_text: String,
    /// How many lessons it had.
    pub lessons: u32,
    /// Whether there was nothing before it.
    pub is_first: bool,
    /// Lessons that were new and are still there.
    pub added: Vec<EditionLessonView>,
    /// Lessons that had changed and are still there.
    pub changed: Vec<EditionLessonView>,
    /// How many of the new and changed lessons were taken back later.
    pub taken_back: u32,
    /// How many lessons were taken back.
    pub removed: u32,
    /// How many errors the library had when it was published.
    pub errors: u32,
}

/// A lesson in the list of an edition.
#[derive(Debug, Clone, Serialize)]
pub struct EditionLessonView {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// Name of the unit.
    pub unit: String,
}

/// templates/pages/fields.html: 填写说明.
#[derive(Debug, Clone, Serialize)]
pub struct FieldsView {
    /// One group for each kind of file.
    pub groups: Vec<FieldGroupView>,
}

/// The fields of one kind of file.
#[derive(Debug, Clone, Serialize)]
pub struct FieldGroupView {
    /// Id on the page, without `#`.
    pub anchor: String,
    /// Name, for example 教案.
    pub title: String,
    /// File names that are read, for example `lessons/*.md`.
    pub files: Vec<String>,
    /// What it is for, one or two sentences; may be empty.
    pub description: String,
    /// How the file is written, `t.fields.formats`: `front-matter`, `csv`,
    /// `yaml`.
    pub format: String,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// An example of the file as text; absent when there is none.
    pub example: Option<String>,
}

/// One field.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Chinese name, which is the one to write.
    pub name: String,
    /// Other names that are read too.
    pub aliases: Vec<String>,
    /// English key.
    pub key: String,
    /// What may stand in it: `t.fields.values`.
    pub value: String,
    /// Whether it has to be filled.
    pub is_required: bool,
    /// What holds when it is left out; absent when nothing does.
    pub default_text: Option<String>,
    /// Closed list of values; empty when any value is possible.
    pub choices: Vec<String>,
    /// Explanation; may be empty.
    pub note: String,
}

/// templates/pages/404.html
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// Newest lessons, at most 5, so that the page leads on.
    pub newest: Vec<LinkView>,
}

/// templates/pages/redirect.html: an address that has moved.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// Title of the page it leads to.
    pub title: String,
    /// Address of the page it leads to, relative to the root of the site.
    pub url: String,
    /// Complete address for `rel=canonical`; absent when the site does not
    /// know where it stands (then the relative one is used).
    pub canonical: Option<String>,
}

// ---------------------------------------------------------------------------
// Files for programs

/// templates/feed.xml (Atom). Rendered with `view` and `site`, without `page`.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// Id of the feed (an address or a `tag:` URI).
    pub id: String,
    /// Title.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// Address of the site, complete when known, else relative to the feed.
    pub url: String,
    /// Address of the feed itself, in the same manner.
    pub self_url: String,
    /// When anything changed last, RFC 3339.
    pub updated: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntryView>,
}

/// One entry of the feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedEntryView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address, complete when known, else relative to the feed.
    pub url: String,
    /// When it changed last, RFC 3339.
    pub updated: String,
    /// Names of the authors; never empty (the unit, if nobody is named).
    pub authors: Vec<String>,
    /// Summary as plain text; may be empty.
    pub summary: String,
    /// Domain and abilities.
    pub categories: Vec<String>,
}

/// templates/sitemap.xml. Rendered with `view` and `site`, without `page`.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    /// The pages, in the order of their addresses.
    pub entries: Vec<SitemapEntryView>,
}

/// One page of the sitemap.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapEntryView {
    /// Address, complete when known, else relative to the root of the site.
    pub url: String,
    /// Day of the last change (`2025-03-14`).
    pub modified: Option<String>,
}
