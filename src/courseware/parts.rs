//! From blocks and slides to parts with places.

use super::limits;
use super::office::tidy;
use super::paper::{Block, Paper, Slide, numbered_heading, text_of_cell, text_of_runs};
use crate::base::text::shorten;
use crate::source::{Inside, Line, Part, Spot};

/// A part and the entries of its pictures.
pub type Illustrated = (Part, Vec<String>);

/// The parts of a document: what stands below each heading. Papers without headings of
/// their own are cut where they count 一、二、三.
pub fn of_paper(paper: &Paper) -> Vec<Illustrated> {
    let has_headings = paper.blocks.iter().any(|block| matches!(block, Block::Heading(1.., _)));
    let mut parts: Vec<Illustrated> = vec![(Part::new(Spot::Whole), Vec::new())];
    for block in &paper.blocks {
        let title = || tidy(&block.text());
        match block {
            Block::Heading(1.., _) => parts.push(section(title())),
            Block::Paragraph(_) if !has_headings && numbered_heading(&block.text()) == Some(1) => {
                parts.push(section(title()));
            }
            _ => {}
        }
        if let Some((part, pictures)) = parts.last_mut() {
            block.pictures(pictures);
            let is_title = part.lines.is_empty() && part.title.as_ref().is_some_and(|own| *own == title());
            part.lines.extend(lines(block).into_iter().filter(|_| !is_title));
        }
    }
    parts.retain(|(part, pictures)| !part.is_silent() || !pictures.is_empty());
    let mut aside = |spot: Spot, lines: Vec<Line>| {
        if !lines.is_empty() {
            parts.push((Part { lines, ..Part::new(spot) }, Vec::new()));
        }
    };
    aside(Spot::Footnotes, paper.notes.values().flatten().flat_map(lines).collect());
    aside(Spot::Margin, paper.margins.iter().cloned().map(Line::Text).collect());
    parts
}

fn section(title: String) -> Illustrated {
    (Part { title: Some(title.clone()), ..Part::new(Spot::Section(title)) }, Vec::new())
}

/// What a document carries and its pages do not show.
pub fn hidden(texts: Vec<String>) -> Vec<Part> {
    let lines: Vec<Line> = texts.into_iter().filter(|text| !text.is_empty()).map(Line::Text).collect();
    if lines.is_empty() { Vec::new() } else { vec![Part { lines, ..Part::new(Spot::Comment) }] }
}

/// The parts of a presentation: its slides.
pub fn of_slides(slides: Vec<Slide>) -> Vec<Illustrated> {
    let part = |(slide, number): (Slide, u32)| {
        let part = Part {
            title: Some(slide.title).filter(|title| !title.is_empty()),
            lines: slide.blocks.iter().flat_map(lines).collect(),
            notes: slide.notes,
            ..Part::new(Spot::Slide(number))
        };
        (part, slide.pictures)
    };
    slides.into_iter().zip(1u32..).map(part).collect()
}

/// The lines of a block; line ends within a paragraph part it.
fn lines(block: &Block) -> Vec<Line> {
    let split = |text: String| text.split('\n').map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    match block {
        Block::Heading(_, runs) => split(text_of_runs(runs)).into_iter().map(Line::Heading).collect(),
        Block::Paragraph(runs) => split(text_of_runs(runs)).into_iter().map(Line::Text).collect(),
        Block::Item { runs, .. } => {
            let text = tidy(&text_of_runs(runs));
            if text.is_empty() { Vec::new() } else { vec![Line::Item(text)] }
        }
        Block::Table(rows) => rows.iter().filter_map(|row| row_of(row)).collect(),
    }
}

/// The cells of a row; empty ones at its end are left out.
fn row_of(row: &[Vec<Block>]) -> Option<Line> {
    let mut cells: Vec<String> = row.iter().map(|cell| tidy(&text_of_cell(cell))).collect();
    cells.truncate(cells.iter().rposition(|cell| !cell.is_empty())? + 1);
    Some(Line::Row(cells))
}

/// Keeps as much text as one file may have, and says when something was left out.
pub fn cut(inside: &mut Inside) {
    let mut left = limits::CHARACTERS;
    let mut cut = false;
    let mut keep = |text: &mut String| {
        let length = text.chars().count();
        if length > left {
            cut = true;
            *text = text.chars().take(left).collect();
        }
        left = left.saturating_sub(length);
        !text.is_empty()
    };
    for part in inside.parts.iter_mut().chain(&mut inside.hidden) {
        if let Some(title) = &mut part.title {
            keep(title);
        }
        part.lines.retain_mut(|line| match line {
            Line::Heading(text) | Line::Text(text) | Line::Item(text) => keep(text),
            Line::Row(cells) => {
                let says = cells.iter_mut().map(&mut keep).filter(|says| *says).count();
                says > 0
            }
        });
        part.notes.retain_mut(&mut keep);
    }
    inside.is_cut = cut;
    for part in inside.parts.iter_mut().chain(&mut inside.hidden) {
        if let Spot::Section(name) | Spot::Sheet(name) = &mut part.spot {
            *name = shorten(name, limits::NAME);
        }
    }
    let properties = &mut inside.properties;
    properties.all.truncate(limits::PROPERTIES);
    let named = properties.all.iter_mut().flat_map(|(name, value)| [name, value]);
    for text in named.chain(&mut properties.title).chain(&mut properties.author) {
        *text = shorten(text, limits::PROPERTY);
    }
    let keeps_place = |part: &Part| matches!(part.spot, Spot::Slide(_) | Spot::Sheet(_));
    let said = |part: &Part| part.texts().any(|text| !text.is_empty());
    inside.parts.retain(|part| said(part) || !part.pictures.is_empty() || (keeps_place(part) && !cut));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courseware::paper::Run;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Run::plain(text)])
    }

    #[test]
    fn a_paper_without_headings_is_cut_where_it_counts() {
        let blocks = vec![paragraph("通知"), paragraph("一、时间"), paragraph("周五。"), paragraph("二、地点")];
        let parts = of_paper(&Paper { blocks, ..Paper::default() });
        let spots: Vec<Spot> = parts.into_iter().map(|(part, _)| part.spot).collect();
        let section = |title: &str| Spot::Section(title.to_owned());
        assert_eq!(spots, [Spot::Whole, section("一、时间"), section("二、地点")]);
    }

    #[test]
    fn too_much_text_is_cut_and_said() {
        let lines = (0..400).map(|_| Line::Text("字".repeat(1000))).collect();
        let mut inside = Inside { parts: vec![Part { lines, ..Part::new(Spot::Whole) }], ..Inside::default() };
        cut(&mut inside);
        let length: usize = inside.parts.iter().flat_map(Part::texts).map(|text| text.chars().count()).sum();
        assert_eq!((length, inside.is_cut), (limits::CHARACTERS, true));
    }
}
