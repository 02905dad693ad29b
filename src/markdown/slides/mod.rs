//! Cuts a rendered body into slides: a heading of the second level begins one, and what
//! is too much for one slide is dealt out to several.
//!
//! [`deal`] knows how much fits, [`measure`] how much there is, [`divide`] takes apart
//! what is too tall by itself. What the browser finds too tall after all, because its
//! fonts are wider, is shown a little smaller there.

mod deal;
mod divide;
mod measure;

use super::elements::{Element, elements};

/// A body as slides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deck {
    /// The slides in their order.
    pub slides: Vec<Slide>,
    /// What `:::教师` says at the very end: it is about the whole lesson.
    pub notes_html: String,
}

/// A slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slide {
    /// The anchor of its heading; empty where there is none.
    pub id: String,
    /// Its title; empty for what stands before the first heading.
    pub title_html: String,
    /// Which slide of its section or question of its quiz it is, from 1.
    pub part: u32,
    /// How many slides the section or questions the quiz has.
    pub parts: u32,
    /// Whether it asks a question.
    pub is_quiz: bool,
    /// What it shows.
    pub body_html: String,
    /// What `:::教师` says there, for the instructor alone.
    pub notes_html: String,
}

/// What stands between two headings of the second level.
#[derive(Default)]
struct Section<'h> {
    heading: Option<Element<'h>>,
    blocks: Vec<Element<'h>>,
}

/// Cuts the HTML of a rendered body into slides.
pub fn slides(html: &str) -> Deck {
    let mut blocks = elements(html);
    let footnotes = take_footnotes(&mut blocks);
    let mut deck = Deck { notes_html: take_closing_notes(&mut blocks), ..Deck::default() };
    for section in sections(blocks) {
        deck.slides.extend(slides_of(&section));
    }
    if deck.slides.is_empty() && !footnotes.is_empty() {
        deck.slides.push(Slide { part: 1, parts: 1, ..Slide::default() });
    }
    footnotes_to_their_slides(&mut deck.slides, &footnotes);
    deck
}

/// The notes at the foot of the body, one by one.
fn take_footnotes<'h>(blocks: &mut Vec<Element<'h>>) -> Vec<Element<'h>> {
    let Some(last) = blocks.pop_if(|last| last.has_class("footnotes")) else { return Vec::new() };
    let list = elements(last.inner);
    list.first().map(|list| elements(list.inner)).unwrap_or_default()
}

fn take_closing_notes(blocks: &mut Vec<Element<'_>>) -> String {
    let mut notes = Vec::new();
    while let Some(last) = blocks.pop_if(|last| last.has_class("teacher")) {
        notes.push(inside_of_notes(&last));
    }
    notes.reverse();
    notes.concat()
}

/// What a `:::教师` block says, its own title first.
fn inside_of_notes(block: &Element<'_>) -> String {
    let inner = elements(block.inner);
    let Some(summary) = inner.first().filter(|first| first.name == "summary") else { return block.inner.to_owned() };
    let start = block.inner.find("</summary>").map_or(0, |at| at + "</summary>".len());
    let said = block.inner[start..].trim_start();
    match summary.inner.split_once(['：', ':']) {
        Some((_, title)) => format!("<p><strong>{}</strong></p>\n{said}", title.trim_start()),
        None => said.to_owned(),
    }
}

/// Sections begin at the highest heading there is: some people write only small ones.
fn sections(blocks: Vec<Element<'_>>) -> Vec<Section<'_>> {
    let highest = ["h2", "h3", "h4", "h5", "h6"].into_iter().find(|name| blocks.iter().any(|one| one.name == *name));
    let mut sections = vec![Section::default()];
    for block in blocks {
        if Some(block.name) == highest {
            sections.push(Section { heading: Some(block), blocks: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.push(block);
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.blocks.is_empty());
    sections
}

fn slides_of(section: &Section<'_>) -> Vec<Slide> {
    let mut slides: Vec<Slide> = Vec::new();
    let mut run: Vec<Element<'_>> = Vec::new();
    for block in &section.blocks {
        if block.has_class("quiz") {
            slides.extend(deal::deal(&std::mem::take(&mut run)));
            slides.extend(questions(block));
        } else {
            run.push(*block);
        }
    }
    slides.extend(deal::deal(&run));
    notes_to_their_slides(&mut slides);
    // A section with nothing in it is a slide with nothing but its title.
    if slides.is_empty() {
        slides.push(Slide::default());
    }
    name(&mut slides, section.heading.as_ref());
    slides
}

/// Notes between a heading and a quiz are no slide of their own.
fn notes_to_their_slides(slides: &mut Vec<Slide>) {
    while slides.len() > 1 {
        let Some(at) = slides.iter().position(|slide| slide.body_html.is_empty()) else { return };
        let notes = slides.remove(at).notes_html;
        let next = at.min(slides.len() - 1);
        if next == at {
            slides[next].notes_html.insert_str(0, &notes);
        } else {
            slides[next].notes_html.push_str(&notes);
        }
    }
}

/// Gives the slides of a section its title and their numbers. A quiz has its own, unless
/// it is all there is.
fn name(slides: &mut [Slide], heading: Option<&Element<'_>>) {
    let is_only_quiz = slides.iter().all(|slide| slide.is_quiz);
    let total = u32::try_from(slides.iter().filter(|slide| !slide.is_quiz).count()).unwrap_or(u32::MAX);
    let mut part = 0;
    for slide in slides.iter_mut() {
        if !slide.is_quiz {
            part += 1;
            (slide.part, slide.parts) = (part, total);
        }
        if let Some(heading) = heading.filter(|_| !slide.is_quiz || is_only_quiz) {
            slide.title_html = heading.inner.to_owned();
        }
    }
    if let (Some(first), Some(heading)) = (slides.first_mut(), heading) {
        first.id = heading.attribute("id").unwrap_or("").to_owned();
    }
}

/// One slide for each question of a quiz.
fn questions(quiz: &Element<'_>) -> Vec<Slide> {
    let parts = elements(quiz.inner);
    let title = parts.iter().find(|part| part.has_class("quiz-title")).map_or("", |title| title.inner);
    let list = parts.iter().find(|part| part.name == "ol");
    let items = list.map(|list| elements(list.inner)).unwrap_or_default();
    let items: Vec<&Element<'_>> = items.iter().filter(|item| item.has_class("quiz-item")).collect();
    let before: String =
        parts.iter().filter(|part| part.name != "ol" && !part.has_class("quiz-title")).map(|part| part.html).collect();
    if items.is_empty() {
        let body_html = before;
        return vec![Slide { title_html: title.to_owned(), part: 1, parts: 1, body_html, ..Slide::default() }];
    }
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let slide = |(item, part): (&&Element<'_>, u32)| Slide {
        title_html: title.to_owned(),
        part,
        parts: count,
        is_quiz: true,
        body_html: format!(
            "{}<ol class=\"quiz\" start=\"{part}\">\n{}</ol>\n",
            if part == 1 { before.as_str() } else { "" },
            item.html
        ),
        ..Slide::default()
    };
    items.iter().zip(1..).map(slide).collect()
}

/// A footnote stands on the slide that first refers to it; those that nothing refers to
/// stand on the last one.
fn footnotes_to_their_slides(slides: &mut [Slide], footnotes: &[Element<'_>]) {
    let mut lists: Vec<String> = vec![String::new(); slides.len()];
    for (note, number) in footnotes.iter().zip(1..) {
        let id = note.attribute("id").unwrap_or("");
        let refers = |slide: &Slide| slide.body_html.contains(&format!("href=\"#{id}\""));
        let at = slides.iter().position(refers).unwrap_or(slides.len().saturating_sub(1));
        if let Some(list) = lists.get_mut(at) {
            list.push_str(&format!("<ol class=\"footnotes\" start=\"{number}\">{}</ol>\n", note.html));
        }
    }
    for (slide, list) in slides.iter_mut().zip(lists) {
        slide.body_html.push_str(&list);
    }
}
