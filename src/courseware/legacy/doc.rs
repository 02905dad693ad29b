//! Documents of Word 97 to 2003 and of WPS: text in pieces, some of one byte a
//! character and some of two.

use std::io::{Read, Seek};

use encoding_rs::WINDOWS_1252;

use super::{Compound, Numbers, wide};
use crate::courseware::limits::Trouble;
use crate::courseware::paper::{Block, Paper, Run, numbered_heading};

/// Reads a document.
pub fn read<R: Read + Seek>(file: &mut Compound<R>) -> Result<Paper, Trouble> {
    let main = file.stream("/WordDocument")?.ok_or(Trouble::Damaged)?;
    let version = main.u16_at(2).ok_or(Trouble::Damaged)?;
    let flags = main.u16_at(10).ok_or(Trouble::Damaged)?;
    if flags & 0x0100 != 0 {
        return Err(Trouble::Locked);
    }
    // Word 95 and earlier kept their text otherwise.
    if version < 0x00c1 {
        return Err(Trouble::Unsupported);
    }
    let table = if flags & 0x0200 == 0 { "/0Table" } else { "/1Table" };
    let table = file.stream(table)?.ok_or(Trouble::Damaged)?;
    let text = whole_text(&main, &table).ok_or(Trouble::Damaged)?;
    Ok(paper(&text, &lengths(&main)))
}

/// How many characters each story has: the text, footnotes, headers, macros, comments,
/// endnotes, text boxes.
fn lengths(main: &[u8]) -> [usize; 7] {
    std::array::from_fn(|at| main.place_at(0x4c + 4 * at).unwrap_or(0))
}

/// The characters of all stories one after another.
fn whole_text(main: &[u8], table: &[u8]) -> Option<Vec<char>> {
    let (start, length) = (main.place_at(0x01a2)?, main.place_at(0x01a6)?);
    let pieces = piece_table(table.get(start..start.checked_add(length)?)?)?;
    let count = pieces.len().checked_sub(4)? / 12;
    let mut text = Vec::new();
    for at in 0..count {
        let characters = pieces.place_at(4 * (at + 1))?.checked_sub(pieces.place_at(4 * at)?)?;
        let place = pieces.u32_at(4 * (count + 1) + 8 * at + 2)?;
        let is_narrow = place & 0x4000_0000 != 0;
        let from = usize::try_from(place & 0x3fff_ffff).ok()?;
        if is_narrow {
            let bytes = main.get(from / 2..(from / 2).checked_add(characters)?)?;
            text.extend(WINDOWS_1252.decode_without_bom_handling(bytes).0.chars());
        } else {
            let bytes = main.get(from..from.checked_add(characters.checked_mul(2)?)?)?;
            // Stories are counted in units, so that a character of two units stays two.
            text.extend(units(&wide(bytes)));
        }
        if text.len() > 20_000_000 {
            return None;
        }
    }
    Some(text)
}

/// A character of two units, and a blank in the place of its second.
fn units(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|c| std::iter::once(c).chain((c.len_utf16() == 2).then_some('\0')))
}

/// The pieces, behind what the table says of formatting.
fn piece_table(table: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    while table.get(at) == Some(&1) {
        at += 3 + usize::from(table.u16_at(at + 1)?);
    }
    let length = (table.get(at) == Some(&2)).then(|| table.place_at(at + 1)).flatten()?;
    table.get(at + 5..(at + 5).checked_add(length)?)
}

fn paper(text: &[char], lengths: &[usize; 7]) -> Paper {
    let mut from = 0usize;
    let mut stories = lengths.iter().map(|length| {
        let story = text.get(from..text.len().min(from.saturating_add(*length))).unwrap_or_default();
        from = from.saturating_add(*length);
        blocks(story)
    });
    let mut next = || stories.next().unwrap_or_default();
    let (main, footnotes, margins) = (next(), next(), next());
    let (_, comments, endnotes, boxes) = (next(), next(), next(), next());
    let texts = |blocks: Vec<Block>| blocks.into_iter().map(|block| block.text()).collect::<Vec<_>>();
    let mut paper = Paper { blocks: main, hidden: texts(comments), ..Paper::default() };
    paper.blocks.extend(boxes);
    for (at, note) in footnotes.into_iter().chain(endnotes).enumerate() {
        paper.notes.insert(format!("note-{at:05}"), vec![note]);
    }
    for text in texts(margins) {
        let says = text.chars().any(|c| c.is_alphabetic() && !"第页共".contains(c));
        if says && !paper.margins.contains(&text) {
            paper.margins.push(text);
        }
    }
    paper
}

/// Paragraphs and tables. Cells end in a sign of their own, rows in the same sign once
/// more.
fn blocks(story: &[char]) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut line = String::new();
    let mut cell: Vec<Block> = Vec::new();
    let mut row: Vec<Vec<Block>> = Vec::new();
    let mut rows: Vec<Vec<Vec<Block>>> = Vec::new();
    let mut in_code = 0usize;
    for c in story {
        match c {
            '\u{13}' => in_code += 1,
            '\u{14}' | '\u{15}' => in_code = in_code.saturating_sub(1),
            _ if in_code > 0 => {}
            '\u{7}' if line.is_empty() && cell.is_empty() && !row.is_empty() => rows.push(std::mem::take(&mut row)),
            '\u{7}' => {
                cell.push(Block::Paragraph(vec![Run::plain(std::mem::take(&mut line))]));
                row.push(std::mem::take(&mut cell));
            }
            // What ends within a cell goes on in it. In the first cell of a table it looks
            // like a paragraph before the table, and is taken for one.
            '\r' | '\u{b}' if !row.is_empty() => end(&mut line, &mut cell),
            '\r' | '\u{c}' => {
                if row.is_empty() && !rows.is_empty() {
                    found.push(Block::Table(std::mem::take(&mut rows)));
                }
                end(&mut line, if row.is_empty() { &mut found } else { &mut cell });
            }
            '\u{b}' | '\t' => line.push(' '),
            '\u{1e}' => line.push('-'),
            c if c.is_control() => {}
            c => line.push(*c),
        }
    }
    rows.extend((!row.is_empty()).then_some(row));
    if !rows.is_empty() {
        found.push(Block::Table(rows));
    }
    end(&mut line, &mut found);
    found
}

fn end(line: &mut String, found: &mut Vec<Block>) {
    let text = std::mem::take(line);
    if text.trim().is_empty() {
        return;
    }
    let runs = vec![Run::plain(text.trim())];
    found.push(match numbered_heading(&text) {
        Some(level) => Block::Heading(level, runs),
        None => Block::Paragraph(runs),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courseware::paper::text_of_cell;

    #[test]
    fn a_cell_keeps_its_paragraphs_apart() {
        let story: Vec<char> =
            "前言\r课题\u{7}夜巡\u{7}\u{7}目标\u{7}1. 看灯\u{b}2. 看门\r3. 看人\u{7}\u{7}过程\u{7}一、导入\r先问三句。\r\u{7}\u{7}后记\r"
                .chars()
                .collect();
        let found = blocks(&story);
        let [Block::Paragraph(_), Block::Table(rows), Block::Paragraph(_)] = found.as_slice() else {
            panic!("{found:?}");
        };
        let said: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| text_of_cell(cell)).collect()).collect();
        assert_eq!(said, [["课题", "夜巡"], ["目标", "1. 看灯\n2. 看门\n3. 看人"], ["过程", "一、导入\n先问三句。"]]);
    }
}
