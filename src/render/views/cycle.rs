//! Views of the teaching cycle: honours with their evidence, excellent courseware,
//! the assessment of units, statistics, the publicity notice and certificates.
//!
//! The conventions are those of [`super`]. A figure never travels alone: with it come
//! its two numbers and, where they may be shown, the rows that it was made from.

use serde::Serialize;

use super::{
    AttachmentView, FormulaView, LessonCardView, LinkView, PersonLinkView, PictureView, UnitLinkView, YearLinkView,
};

// ---------------------------------------------------------------------------
// Figures with their working

/// A figure with the numbers and rows that it was made from.
#[derive(Debug, Clone, Serialize)]
pub struct WorkingView {
    /// The figure, for example 95.9%.
    pub value_text: String,
    /// How it comes about, for example 47÷49＝95.9%.
    pub formula_text: String,
    /// The rows; empty when they may not be shown.
    pub rows: Vec<WorkingRowView>,
    /// What has to be said about rows whose numbers are not shown.
    pub note: Option<String>,
}

/// One row that a figure was made from.
#[derive(Debug, Clone, Serialize)]
pub struct WorkingRowView {
    /// What the row is about, for example a session with its day.
    pub text: String,
    /// Address of the page about it.
    pub url: Option<String>,
    /// Its share of the figure, for example 23/24; absent when it is not shown.
    pub value_text: Option<String>,
    /// File and line, for example `content/units/chengdong/2025/plan.csv:7`.
    pub source: String,
}

/// One point of evidence for an honour.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// What was checked, for example 满意率 95.9%（47/49 票）≥ 80%.
    pub text: String,
    /// Whether the records bear it out; otherwise there was nothing to check with.
    pub is_checked: bool,
    /// The working, where it may be shown.
    pub working: Option<WorkingView>,
}

// ---------------------------------------------------------------------------
// Honours

/// A mark of honour beside a title or a name.
#[derive(Debug, Clone, Serialize)]
pub struct HonourBadgeView {
    /// Which honour, `t.honours.kinds`: `excellent-instructor
    /// excellent-courseware model-instructor post-pacesetter`.
    pub kind: String,
    /// Year.
    pub year: u32,
    /// What stands on the badge, for example 2025年度优秀课件.
    pub text: String,
    /// Address of the honours of that year.
    pub url: String,
}

/// A person who is honoured.
#[derive(Debug, Clone, Serialize)]
pub struct HonouredView {
    /// Who.
    pub person: PersonLinkView,
    /// The unit in that year.
    pub unit: Option<UnitLinkView>,
    /// Year.
    pub year: u32,
    /// Why, in the words of the selection (理由, 事迹).
    pub reason: Option<String>,
    /// What the records say.
    pub evidence: Vec<EvidenceView>,
    /// Where the honour is written.
    pub source: String,
}

/// A lesson that is honoured.
#[derive(Debug, Clone, Serialize)]
pub struct HonouredLessonView {
    /// Id on the page, without `#`.
    pub anchor: String,
    /// The lesson.
    pub card: LessonCardView,
    /// Year of the honour.
    pub year: u32,
    /// Prize (奖次).
    pub prize: Option<String>,
    /// The jury's comment.
    pub reason: Option<String>,
    /// What the records say.
    pub evidence: Vec<EvidenceView>,
    /// Files to download.
    pub attachments: Vec<AttachmentView>,
    /// The picture that stands for it: of the first file that has one.
    pub cover: Option<PictureView>,
    /// Without a picture: titles of slides, headings of the lesson or first lines of a file.
    pub outline: Vec<String>,
    /// Where the honour is written.
    pub source: String,
}

/// One honour of one year.
#[derive(Debug, Clone, Serialize)]
pub struct HonourGroupView {
    /// Which honour, `t.honours.kinds`.
    pub kind: String,
    /// Address of the page of the honour through all years.
    pub url: Option<String>,
    /// People; empty for courseware.
    pub people: Vec<HonouredView>,
    /// Lessons; empty for people.
    pub lessons: Vec<HonouredLessonView>,
}

/// The honours of a year in short.
#[derive(Debug, Clone, Serialize)]
pub struct HonoursBriefView {
    /// Year.
    pub year: u32,
    /// Address of the year's honours.
    pub url: String,
    /// The honours, empty ones left out.
    pub groups: Vec<HonourNamesView>,
}

/// The names of one honour.
#[derive(Debug, Clone, Serialize)]
pub struct HonourNamesView {
    /// Which honour, `t.honours.kinds`.
    pub kind: String,
    /// Names of people or titles of lessons, linked.
    pub names: Vec<PersonLinkView>,
}

/// templates/pages/honors.html
#[derive(Debug, Clone, Serialize)]
pub struct HonoursView {
    /// The years, newest first.
    pub years: Vec<HonoursBriefView>,
    /// The honours through all years with their numbers.
    pub kinds: Vec<HonourKindView>,
    /// The model instructors of all years, newest first.
    pub models: Vec<HonouredView>,
    /// The line of satisfaction in percent.
    pub line: u32,
}

/// One honour through all years.
#[derive(Debug, Clone, Serialize)]
pub struct HonourKindView {
    /// Which honour, `t.honours.kinds`.
    pub kind: String,
    /// Address of its page.
    pub url: String,
    /// How often it was given.
    pub count: u32,
    /// Whether it is the one of the page shown.
    pub is_current: bool,
}

/// templates/pages/honors-year.html
#[derive(Debug, Clone, Serialize)]
pub struct HonoursYearView {
    /// Year.
    pub year: u32,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// Explanation of the selection (说明).
    pub note: Option<String>,
    /// When it is or was open to objections, in words.
    pub publicity_text: Option<String>,
    /// Address of the notice.
    pub publicity_url: Option<String>,
    /// Address of the certificates.
    pub certificates_url: Option<String>,
    /// How many instructors were checked.
    pub checked: CheckedView,
    /// The honours, empty ones left out.
    pub groups: Vec<HonourGroupView>,
}

/// How many may stand for excellent instructor; numbers only, no names.
#[derive(Debug, Clone, Serialize)]
pub struct CheckedView {
    /// Instructors with an evaluated session in the year.
    pub evaluated: u32,
    /// Of these, those who reach the line.
    pub eligible: u32,
    /// Of these, those below it.
    pub below: u32,
    /// Listed by the selection but left out because the records do not bear it out.
    pub refused: u32,
    /// The line in percent.
    pub line: u32,
}

/// templates/pages/honors-kind.html: one honour through all years.
#[derive(Debug, Clone, Serialize)]
pub struct HonourAllYearsView {
    /// Which honour, `t.honours.kinds`.
    pub kind: String,
    /// All honours; this one is current.
    pub kinds: Vec<HonourKindView>,
    /// The years, newest first, empty ones left out.
    pub years: Vec<HonourYearView>,
}

/// Those who got one honour in one year.
#[derive(Debug, Clone, Serialize)]
pub struct HonourYearView {
    /// Year.
    pub year: u32,
    /// Address of the year's honours.
    pub url: String,
    /// The people.
    pub people: Vec<HonouredView>,
}

/// templates/pages/courseware.html: excellent courseware of all years.
#[derive(Debug, Clone, Serialize)]
pub struct CoursewareView {
    /// How many.
    pub count: u32,
    /// The years, newest first.
    pub years: Vec<CoursewareYearView>,
    /// Ways to find one: by unit, by domain.
    pub filters: Vec<CoursewareFilterView>,
}

/// The excellent courseware of one year.
#[derive(Debug, Clone, Serialize)]
pub struct CoursewareYearView {
    /// Year.
    pub year: u32,
    /// Address of the year's honours.
    pub url: String,
    /// The lessons.
    pub lessons: Vec<HonouredLessonView>,
}

/// One way to find courseware on the page.
#[derive(Debug, Clone, Serialize)]
pub struct CoursewareFilterView {
    /// Key; its word is `t.filters.<key>`: `unit`, `domain`.
    pub key: String,
    /// The values with what falls under them.
    pub items: Vec<CoursewareFilterItemView>,
}

/// One value of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct CoursewareFilterItemView {
    /// The value.
    pub title: String,
    /// Links within the page, addresses are ids with `#`.
    pub links: Vec<LinkView>,
}

/// templates/pages/publicity.html: the notice that opens a selection to objections.
#[derive(Debug, Clone, Serialize)]
pub struct PublicityView {
    /// Year.
    pub year: u32,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// First day in words.
    pub from_text: String,
    /// Last day in words.
    pub to_text: String,
    /// Working days, Saturdays and Sundays left out.
    pub days: u32,
    /// Whether the last day has passed at the date of the data.
    pub is_over: bool,
    /// Explanation of the selection (说明).
    pub note: Option<String>,
    /// The line of satisfaction in percent.
    pub line: u32,
    /// The honours, empty ones left out.
    pub groups: Vec<HonourNamesView>,
    /// Address of the year's honours.
    pub honours_url: String,
    /// Complete `mailto:` address for objections.
    pub contact_url: Option<String>,
}

/// templates/pages/certificates.html
#[derive(Debug, Clone, Serialize)]
pub struct CertificatesView {
    /// Year.
    pub year: u32,
    /// Address of the year's honours.
    pub honours_url: String,
    /// One for each sheet.
    pub certificates: Vec<CertificateView>,
}

/// One certificate.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateView {
    /// Which honour, `t.honours.kinds`.
    pub kind: String,
    /// Name of the person or, for courseware, of its authors.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Title of the lesson, for courseware.
    pub lesson: Option<String>,
    /// Date in words; absent when the selection gives none.
    pub date_text: Option<String>,
}

// ---------------------------------------------------------------------------
// Assessment

/// templates/pages/assessment.html
#[derive(Debug, Clone, Serialize)]
pub struct AssessmentView {
    /// Year.
    pub year: u32,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
    /// Weights of the five parts in the order of the parts.
    pub weights: Vec<PartWeightView>,
    /// The units by rank; those that have not started come last.
    pub units: Vec<AccountView>,
    /// The age up to which people are expected to apply.
    pub age_line: u32,
    /// Address of the year's statistics.
    pub statistics_url: Option<String>,
}

/// The weight of one part.
#[derive(Debug, Clone, Serialize)]
pub struct PartWeightView {
    /// Key, `t.assessment.parts`: `completion months coverage satisfaction
    /// material`.
    pub key: String,
    /// Weight in points; the five come to 100.
    pub weight: u32,
}

/// A unit's year in figures, with the rows that they were made from.
#[derive(Debug, Clone, Serialize)]
pub struct AccountView {
    /// Id on the page, without `#`.
    pub anchor: String,
    /// The unit; its address is that of the unit-year.
    pub unit: UnitLinkView,
    /// Its place; absent when nothing is due yet (未启动).
    pub rank: Option<u32>,
    /// Whether others have the same place.
    pub is_tied: bool,
    /// The sum of the parts, for example 95.2.
    pub score_text: String,
    /// The five parts, in the order of the weights.
    pub parts: Vec<PartView>,
    /// Everybody's participation, counted beside the coverage.
    pub participation: ShareView,
    /// Ballots returned of people who attended.
    pub response: ShareView,
    /// The folder in which the rows are written, for example `content/units/chengdong/2025`.
    pub folder: String,
    /// The sessions of the plan.
    pub rows: Vec<AccountRowView>,
    /// Whether ballots of a session are not shown because they are few.
    pub has_few_ballots: bool,
}

/// A share with its two numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ShareView {
    /// The share, for example 91.7%; absent when there is nothing to count.
    pub percent_text: Option<String>,
    /// The numerator.
    pub part: u32,
    /// The denominator.
    pub whole: u32,
}

/// One of the five parts.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// Key, `t.assessment.parts`.
    pub key: String,
    /// The share.
    pub share: ShareView,
    /// Weight in points.
    pub weight: u32,
    /// Points, for example 13.65.
    pub points_text: String,
}

/// One session as it counts in a unit's figures.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRowView {
    /// Planned month in words.
    pub month_text: String,
    /// Topic.
    pub topic: String,
    /// The lesson, when it is in the library (counts for the material).
    pub lesson_url: Option<String>,
    /// Kind, `t.sessions.kinds`.
    pub kind: String,
    /// State, `t.sessions.states`.
    pub state: String,
    /// Whether it counts for the completion: basic and due.
    pub is_due: bool,
    /// Whether it was held in the month planned, or before.
    pub is_on_time: bool,
    /// Day on which it was held, in words.
    pub date_text: Option<String>,
    /// Satisfied of valid ballots, for example 23/24; absent when it was not
    /// evaluated or the ballots are few.
    pub ballots_text: Option<String>,
    /// Why there are none, `t.assessment.ballots`: `none`, `few`; empty otherwise.
    pub ballots_state: String,
    /// Who came, as a number; absent while it was not held or nobody wrote it down.
    pub attended: Option<u32>,
    /// File and line of the plan, as seen from the folder of the year.
    pub source: String,
    /// File and line of the ballots, seen from there as well.
    pub ballots_source: Option<String>,
}

/// A topic that colleagues want and nobody has planned (想学未排).
#[derive(Debug, Clone, Serialize)]
pub struct DemandView {
    /// Topic.
    pub topic: String,
    /// Votes by weight.
    pub votes: u32,
    /// Width of its bar as a share of the most wanted, for example `72.2%`.
    pub width: String,
}

// ---------------------------------------------------------------------------
// Statistics

/// templates/pages/statistics.html
#[derive(Debug, Clone, Serialize)]
pub struct StatisticsView {
    /// Year.
    pub year: u32,
    /// Years that have a page, newest first.
    pub years: Vec<YearLinkView>,
    /// The charts.
    pub charts: Vec<ChartView>,
    /// Address of the year's assessment.
    pub assessment_url: Option<String>,
}

/// One chart with the table that says the same.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// Id on the page; the words of its table stand under
    /// `t.statistics.charts.<id>`.
    pub id: String,
    /// What it says, as a sentence.
    pub title: String,
    /// How it is drawn: `bars` (lying), `columns` (standing), `line`.
    pub shape: String,
    /// Height of the picture in pixels.
    pub height: u32,
    /// The marks.
    pub marks: Vec<MarkView>,
    /// Levels to compare with.
    pub rules: Vec<RuleView>,
    /// How its numbers come about.
    pub formula: FormulaView,
}

/// One bar, column or point. Places are percentages of the width (`12.5%`) or
/// pixels from the top.
#[derive(Debug, Clone, Serialize)]
pub struct MarkView {
    /// What it stands for.
    pub label: String,
    /// Address of the page about it.
    pub url: Option<String>,
    /// Address of the place where the rows behind its numbers stand one by one.
    pub rows_url: Option<String>,
    /// The value as printed.
    pub value_text: String,
    /// Its numbers, for example 11/12; empty when there are none.
    pub detail_text: String,
    /// Left edge of the bar or column.
    pub x: String,
    /// The middle of the mark.
    pub middle: String,
    /// Width of the bar or column.
    pub width: String,
    /// Top of the bar, column or point.
    pub y: u32,
    /// Height of the bar or column.
    pub height: u32,
    /// Height of the upper part of a column that has two; 0 otherwise.
    pub upper: u32,
    /// The middle of the mark before, to draw a line from; empty for the first.
    pub from_middle: String,
    /// The height of the mark before.
    pub from_y: u32,
}

/// A level drawn across a chart.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// Pixels from the top.
    pub y: u32,
    /// What it says.
    pub text: String,
}
