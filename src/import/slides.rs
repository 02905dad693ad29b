//! A presentation as a lesson: a slide is a section, its notes are the instructor's.

use super::front::Front;
use super::head;
use super::writing::Writing;
use super::{Draft, finish, same};
use crate::courseware::paper::{Block, Run, Slide};

/// Makes a lesson of slides.
pub fn lesson(stem: &str, slides: Vec<Slide>, mut writing: Writing) -> Draft {
    let mut slides = slides.into_iter().peekable();
    let mut front = Front::default();
    let mut title = None;
    // A first slide without text of its own is the cover: its lines say who and where.
    if let Some(cover) = slides.next_if(is_cover) {
        title = Some(cover.title.clone());
        let (found, rest) = head::read(cover.blocks);
        front = found;
        writing.blocks(&rest, false);
        writing.pictures(&cover.pictures);
        notes(&cover.notes, &mut writing);
    }
    for (slide, number) in slides.zip(1..) {
        let heading = if slide.title.is_empty() { format!("第 {number} 部分") } else { slide.title };
        if !title.as_deref().is_some_and(|title| same(title, &heading)) {
            writing.heading(2, &[Run::plain(heading)]);
        }
        writing.blocks(&slide.blocks, false);
        writing.pictures(&slide.pictures);
        notes(&slide.notes, &mut writing);
    }
    let title = front.take_title().or(title).filter(|title| !title.trim().is_empty());
    finish(title.unwrap_or_else(|| stem.to_owned()), front, writing)
}

/// Whether a slide has a title and little else.
fn is_cover(slide: &Slide) -> bool {
    let is_line =
        |block: &Block| matches!(block, Block::Paragraph(_) | Block::Item { .. }) && block.text().chars().count() < 60;
    !slide.title.is_empty() && slide.blocks.len() <= 6 && slide.blocks.iter().all(is_line)
}

/// What the speaker says, in a block that only instructors see.
fn notes(lines: &[String], writing: &mut Writing) {
    if lines.is_empty() {
        return;
    }
    let text: Vec<String> = lines.iter().map(|line| super::inline::opened(&super::inline::escaped(line))).collect();
    writing.chunk(&format!(":::教师\n{}\n:::", text.join("\n\n")));
}
