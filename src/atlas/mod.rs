//! Which pages the site has, at which address, and what points at what.
//!
//! Nothing is rendered here; rendering only asks here where things are.

mod draw;
mod names;
mod related;

use std::collections::BTreeMap;

use crate::base::OutputPath;
use crate::model::{ArticleId, BlobId, Honour, LessonId, PersonId, UnitId, Word};

pub use draw::draw;
pub use related::Related;

/// The address of 更新记录, which `publish` makes anew for every release.
pub const CHANGES: &str = "changes.html";

/// The map of the site.
#[derive(Debug, Default)]
pub struct Atlas {
    /// Every page, in the order of its address in this list; no address twice.
    pub pages: Vec<Page>,
    /// The address of each lesson.
    pub lessons: Vec<OutputPath>,
    /// The address of each lesson's slides; a file that stands alone has none.
    pub slides: Vec<Option<OutputPath>>,
    /// The address of each unit.
    pub units: Vec<OutputPath>,
    /// The address of each unit's year.
    pub unit_years: BTreeMap<(UnitId, i32), OutputPath>,
    /// The address of the volume of each unit's year that has written lessons.
    pub volumes: BTreeMap<(UnitId, i32), OutputPath>,
    /// The address of each person who teaches.
    pub people: BTreeMap<PersonId, OutputPath>,
    /// The address of each article; a yearly summary stands on the unit-year's page.
    pub articles: Vec<OutputPath>,
    /// The address of each file, should a page use it.
    pub blobs: Vec<OutputPath>,
    /// The plans of each year.
    pub plans: BTreeMap<i32, OutputPath>,
    /// The honours of each year that has any.
    pub honours: BTreeMap<i32, OutputPath>,
    /// An honour of people through all years.
    pub honour_kinds: BTreeMap<Honour, OutputPath>,
    /// The notice of each year whose selection is open to objections.
    pub publicity: BTreeMap<i32, OutputPath>,
    /// The certificates of each year.
    pub certificates: BTreeMap<i32, OutputPath>,
    /// The assessment of units of each year in which something is due.
    pub assessments: BTreeMap<i32, OutputPath>,
    /// The statistics of each year in which something is due.
    pub statistics: BTreeMap<i32, OutputPath>,
    /// Domains that have lessons, most lessons first, with their pages.
    pub domains: Vec<Topic>,
    /// Abilities and skills that have lessons, in the directive's order.
    pub abilities: Vec<Topic>,
    /// First letters of titles that have lessons.
    pub letters: Vec<(char, Vec<LessonId>)>,
    /// The first page of each filtered list.
    pub lists: BTreeMap<Filter, OutputPath>,
    /// What belongs together.
    pub related: Related,
}

/// A domain or an ability with the lessons that it has.
#[derive(Debug, Clone)]
pub struct Topic {
    /// What it is called.
    pub word: Word,
    /// The address of its page.
    pub path: OutputPath,
    /// Its lessons, newest first.
    pub lessons: Vec<LessonId>,
}

/// A page and what stands on it.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address.
    pub path: OutputPath,
    /// What stands on it.
    pub kind: PageKind,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// 首页.
    Home,
    /// 检索.
    Search,
    /// A page of a list of lessons.
    Lessons {
        /// Which lessons.
        filter: Filter,
        /// Which page of them, from one.
        number: usize,
    },
    /// 教案.
    Lesson(LessonId),
    /// 放映, made together with the lesson.
    Slides(LessonId),
    /// 合订本: all lessons of a unit's year on one page.
    Volume(UnitId, i32),
    /// 单位.
    Units,
    /// A unit.
    Unit(UnitId),
    /// A unit's year.
    UnitYear(UnitId, i32),
    /// The plans of all units in a year.
    Plans(i32),
    /// 荣誉.
    Honours,
    /// The honours of a year.
    HonoursYear(i32),
    /// An honour of people through all years.
    HonourKind(Honour),
    /// The notice that opens a year's selection to objections (公示).
    Publicity(i32),
    /// The certificates of a year.
    Certificates(i32),
    /// 优秀课件.
    Courseware,
    /// 单位考核.
    Assessment(i32),
    /// 统计.
    Statistics(i32),
    /// 小教员.
    People,
    /// An instructor.
    Person(PersonId),
    /// 业务领域.
    Domains,
    /// A domain, by its place in [`Atlas::domains`].
    Domain(usize),
    /// 能力.
    Abilities,
    /// An ability, by its place in [`Atlas::abilities`].
    Ability(usize),
    /// 依据.
    Basis,
    /// 制度文件.
    Documents,
    /// A document.
    Document(ArticleId),
    /// 通知公告.
    Notices,
    /// A notice.
    Notice(ArticleId),
    /// A Markdown file that is nothing special.
    Article(ArticleId),
    /// 表格.
    Forms,
    /// 选学单 of a unit's menu.
    Choose(UnitId, i32),
    /// 课程申报表, or 课题申报表 for ad-hoc topics.
    Apply {
        /// Whether it is the one for ad-hoc topics.
        adhoc: bool,
    },
    /// A ballot on screen, of a unit's year or of any.
    Ballot(Option<(UnitId, i32)>),
    /// A form for paper, of a unit's year or blank.
    Sheet(SheetKind, Option<(UnitId, i32)>),
    /// 关于.
    About,
    /// 无障碍说明.
    Accessibility,
    /// 填写说明.
    Fields,
    /// 更新记录.
    Changes,
    /// 404.
    NotFound,
    /// An earlier address, and where the page is now.
    Redirect(OutputPath),
}

/// A form for paper (DOMAIN.md 4.9). 选学单 and the applications are filled on screen
/// and print from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// 年度选学菜单.
    Menu,
    /// 选学单: what one person chooses from the menu.
    Selection,
    /// 年度基础教学计划表.
    Plan,
    /// 签到表.
    SignIn,
    /// 课程质量满意度测评表.
    Satisfaction,
    /// 测评汇总表.
    EvaluationSummary,
    /// 教案首页.
    Lesson,
    /// 岗位履职标兵推荐表.
    Pacesetter,
    /// 单位年度情况汇总表.
    UnitSummary,
}

impl SheetKind {
    /// All, in the order of the year.
    pub const ALL: [SheetKind; 9] = [
        SheetKind::Menu,
        SheetKind::Selection,
        SheetKind::Plan,
        SheetKind::Lesson,
        SheetKind::SignIn,
        SheetKind::Satisfaction,
        SheetKind::EvaluationSummary,
        SheetKind::Pacesetter,
        SheetKind::UnitSummary,
    ];

    /// The key in strings files and addresses.
    pub fn key(self) -> &'static str {
        match self {
            SheetKind::Menu => "menu",
            SheetKind::Selection => "selection",
            SheetKind::Plan => "plan",
            SheetKind::SignIn => "sign-in",
            SheetKind::Satisfaction => "satisfaction",
            SheetKind::EvaluationSummary => "ballot-summary",
            SheetKind::Lesson => "lesson",
            SheetKind::Pacesetter => "pacesetter",
            SheetKind::UnitSummary => "unit-summary",
        }
    }

    /// Whether the data of a unit's year fill it.
    pub fn is_of_a_year(self) -> bool {
        matches!(self, SheetKind::Plan | SheetKind::SignIn | SheetKind::EvaluationSummary | SheetKind::UnitSummary)
    }
}

/// Which lessons a list has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// All.
    All,
    /// Of a unit.
    Unit(UnitId),
    /// Of a year.
    Year(i32),
    /// Of a domain, by its place in [`Atlas::domains`].
    Domain(usize),
    /// Of an ability, by its place in [`Atlas::abilities`].
    Ability(usize),
    /// Of a kind of content (directive S18), by its place in the vocabulary.
    Content(usize),
    /// Whose title begins with a letter.
    Letter(char),
}

impl Atlas {
    /// The address of a lesson.
    pub fn lesson(&self, id: LessonId) -> &OutputPath {
        &self.lessons[id.0]
    }

    /// The address of a lesson's slides.
    pub fn slides(&self, id: LessonId) -> Option<&OutputPath> {
        self.slides.get(id.0).and_then(Option::as_ref)
    }

    /// The address of a unit.
    pub fn unit(&self, id: UnitId) -> &OutputPath {
        &self.units[id.0]
    }

    /// The address of an article.
    pub fn article(&self, id: ArticleId) -> &OutputPath {
        &self.articles[id.0]
    }

    /// The address of a file.
    pub fn blob(&self, id: BlobId) -> &OutputPath {
        &self.blobs[id.0]
    }

    /// The lessons of a list, in its order: newest first.
    pub fn listed(&self, filter: &Filter) -> &[LessonId] {
        let found = match filter {
            Filter::All => Some(&self.related.newest),
            Filter::Domain(at) => Some(&self.domains[*at].lessons),
            Filter::Ability(at) => Some(&self.abilities[*at].lessons),
            Filter::Letter(letter) => {
                self.letters.iter().find(|(other, _)| other == letter).map(|(_, lessons)| lessons)
            }
            Filter::Unit(unit) => self.related.of_unit.get(unit),
            Filter::Year(year) => self.related.of_year.get(year),
            Filter::Content(at) => self.related.of_content.get(at),
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The address of a page of a list.
    pub fn list_page(&self, filter: &Filter, number: usize) -> OutputPath {
        let first = self.lists.get(filter).map_or("lessons/index.html", OutputPath::as_str);
        if number <= 1 {
            return OutputPath::new(first);
        }
        let stem = first.trim_end_matches(".html");
        OutputPath::new(if *filter == Filter::All {
            format!("lessons/page-{number}.html")
        } else {
            format!("{stem}-page-{number}.html")
        })
    }
}
