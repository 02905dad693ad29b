//! Views of a lesson on slides and on paper.

use serde::Serialize;

use super::{BasisCitationView, LessonView, LinkView, PersonLinkView, UnitLinkView};

/// templates/pages/slides.html: 放映.
#[derive(Debug, Clone, Serialize)]
pub struct SlidesView<'a> {
    /// The lesson, as its own page shows it.
    pub lesson: &'a LessonView,
    /// Address of the lesson's page.
    pub lesson_url: String,
    /// The body, cut into slides; may be empty.
    pub slides: Vec<SlideView>,
    /// The self-check at the end of the body, which follows the questions to discuss.
    pub closing: Vec<SlideView>,
    /// What is said of the whole lesson for the instructor alone; may be empty.
    pub notes_html: String,
}

/// A slide of a body.
#[derive(Debug, Clone, Serialize)]
pub struct SlideView {
    /// Anchor of the heading; empty where there is none.
    pub id: String,
    /// Title; empty for what stands before the first heading.
    pub title_html: String,
    /// Which slide of its section or question of its quiz it is, from 1.
    pub part: u32,
    /// How many slides the section or questions the quiz has.
    pub parts: u32,
    /// Whether it asks a question.
    pub is_quiz: bool,
    /// What it shows.
    pub body_html: String,
    /// What it says to the instructor alone; may be empty.
    pub notes_html: String,
}

/// A QR code.
#[derive(Debug, Clone, Serialize)]
pub struct QrView {
    /// What it says.
    pub text: String,
    /// How many squares it is wide, its margin included.
    pub size: u32,
    /// Its dark squares as an SVG path of lines that are one square thick.
    pub path: String,
}

/// The answers of a quiz, for the end of the paper.
#[derive(Debug, Clone, Serialize)]
pub struct AnswersView {
    /// Title of the quiz.
    pub title_html: String,
    /// The answer of each question; empty where there is none.
    pub items_html: Vec<String>,
}

/// templates/pages/volume.html: 合订本, all lessons of a unit's year on one page.
#[derive(Debug, Clone, Serialize)]
pub struct VolumeView {
    /// The unit.
    pub unit: UnitLinkView,
    /// Whether the unit is a pilot (试点).
    pub is_pilot: bool,
    /// Month since which it takes part, in words.
    pub since_text: Option<String>,
    /// The year.
    pub year: u32,
    /// Address of the unit-year.
    pub year_url: String,
    /// The lessons in their order.
    pub lessons: Vec<VolumeLessonView>,
    /// Files that stand alone: they are named, and bound by hand.
    pub files: Vec<LinkView>,
}

/// A lesson of a volume. Fields have the names of [`LessonView`], so that one part of
/// the template shows both.
#[derive(Debug, Clone, Serialize)]
pub struct VolumeLessonView {
    /// Its anchor in the volume.
    pub anchor: String,
    /// Address of its own page.
    pub url: String,
    /// Title.
    pub title: String,
    /// Printed number.
    pub number: String,
    /// Unit.
    pub unit: UnitLinkView,
    /// Authors; may be empty.
    pub instructors: Vec<PersonLinkView>,
    /// When it is taught, in words.
    pub time_text: Option<String>,
    /// Form of teaching.
    pub form: Option<String>,
    /// Place.
    pub venue: Option<String>,
    /// For whom.
    pub audience: Option<String>,
    /// Planned length in minutes.
    pub minutes: Option<u32>,
    /// Aims.
    pub objectives: Vec<String>,
    /// Key points.
    pub key_points: Vec<String>,
    /// Difficult points.
    pub difficult_points: Vec<String>,
    /// Legal bases.
    pub basis: Vec<BasisCitationView>,
    /// Whether a cited law has changed since the last review.
    pub needs_review: bool,
    /// The body, its headings from level 3; absent when it is empty.
    pub body_html: Option<String>,
    /// Questions to discuss.
    pub questions: Vec<String>,
    /// Answers of its quizzes.
    pub answers: Vec<AnswersView>,
    /// The code that leads to its page.
    pub qr: Option<QrView>,
}
