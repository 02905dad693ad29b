//! The head of a document: the usual table of a 教案, or lines such as 授课人：张某.

use super::front::{Front, Label, label};
use crate::courseware::paper::{Block, Run, numbered_heading, text_of_cell, text_of_runs};

/// How many blocks may stand before the table.
const BEFORE: usize = 15;
/// How many labels make a table the head of a 教案.
const LEAST: usize = 3;

type Cell = Vec<Block>;

/// Reads the head; what is no value of a field stays in the blocks.
pub fn read(blocks: Vec<Block>) -> (Front, Vec<Block>) {
    let is_head = |block: &Block| matches!(block, Block::Table(rows) if labels(rows) >= LEAST);
    match blocks.iter().take(BEFORE).position(is_head) {
        Some(at) => with_table(blocks, at),
        None => with_lines(blocks),
    }
}

/// How many labels have a value behind them, or a row for themselves. The heads of the
/// columns of an ordinary table have neither.
fn labels(rows: &[Vec<Cell>]) -> usize {
    let is_label = |cell: &&Cell| label_of(cell).is_some_and(|label| label != Label::Known);
    let of_row = |row: &Vec<Cell>| {
        let cells: Vec<&Cell> = row.iter().filter(|cell| !text_of_cell(cell).trim().is_empty()).collect();
        match cells.as_slice() {
            [only] => usize::from(is_label(only)),
            several => several.windows(2).filter(|pair| is_label(&pair[0]) && !is_label(&pair[1])).count(),
        }
    };
    rows.iter().map(of_row).sum()
}

fn label_of(cell: &Cell) -> Option<Label> {
    label(&text_of_cell(cell))
}

fn with_table(mut blocks: Vec<Block>, at: usize) -> (Front, Vec<Block>) {
    let after = blocks.split_off(at + 1);
    let Some(Block::Table(rows)) = blocks.pop() else { return (Front::default(), after) };
    // Above the table stands the name of the form: 教案, 互动教学教案首页.
    blocks.retain(|block| !is_form_name(&block.text()));
    let mut front = Front::default();
    let body = table(rows, &mut front);
    blocks.extend(body);
    blocks.extend(after);
    (front, blocks)
}

fn is_form_name(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    bare.chars().count() <= 20
        && ["教案", "教案首页", "教案表", "教学设计", "备课表"].iter().any(|name| bare.ends_with(name))
}

/// Reads a table row by row: behind a label stands its value, in the same row or, when
/// nothing stands there, in the rows below up to the next label.
fn table(rows: Vec<Vec<Cell>>, front: &mut Front) -> Vec<Block> {
    let mut body = Vec::new();
    let mut open: Option<(String, Label, Vec<Vec<Cell>>)> = None;
    for row in rows {
        let cells: Vec<Cell> =
            row.into_iter().filter(|cell| !text_of_cell(cell).trim().is_empty() || has_picture(cell)).collect();
        let Some(first) = cells.first() else { continue };
        if label_of(first).is_none() && cells.iter().all(|cell| label_of(cell).is_none()) {
            match &mut open {
                Some((_, _, below)) => below.push(cells),
                None => body.push(loose(vec![cells])),
            }
            continue;
        }
        close(open.take(), front, &mut body);
        let mut pairs = pairs(cells);
        let last = pairs.pop();
        for (name, label, values) in pairs {
            close(Some((name, label, vec![values])), front, &mut body);
        }
        open =
            last.map(|(name, label, values)| (name, label, if values.is_empty() { Vec::new() } else { vec![values] }));
    }
    close(open, front, &mut body);
    body
}

/// The labels of a row with the cells behind each.
fn pairs(cells: Vec<Cell>) -> Vec<(String, Label, Vec<Cell>)> {
    let mut found: Vec<(String, Label, Vec<Cell>)> = Vec::new();
    for cell in cells {
        match (label_of(&cell), found.last_mut()) {
            // A value may look like a label: 教学内容 behind 课题 is one only in its own place.
            (Some(label), None) => found.push((name(&cell), label, Vec::new())),
            (Some(label), Some((_, _, values))) if !values.is_empty() => found.push((name(&cell), label, Vec::new())),
            (_, Some((_, _, values))) => values.push(cell),
            (None, None) => found.push((name(&cell), Label::Section, Vec::new())),
        }
    }
    found
}

fn name(cell: &Cell) -> String {
    text_of_cell(cell)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .trim_end_matches(['：', ':'])
        .to_owned()
}

/// Gives a value to its field; what is none becomes a section of the body.
fn close(open: Option<(String, Label, Vec<Vec<Cell>>)>, front: &mut Front, body: &mut Vec<Block>) {
    let Some((name, label, rows)) = open else { return };
    let lines = |cell: &Cell| text_of_cell(cell).lines().map(str::to_owned).collect::<Vec<_>>();
    let texts: Vec<String> = rows.iter().flatten().flat_map(lines).collect();
    let has_pictures = rows.iter().flatten().any(has_picture);
    if !has_pictures && front.fill(label, &texts) {
        return;
    }
    body.push(Block::Heading(1, vec![Run::plain(name)]));
    let mut table: Vec<Vec<Cell>> = Vec::new();
    for mut row in rows {
        if row.len() > 1 {
            table.push(row);
            continue;
        }
        body.extend((!table.is_empty()).then(|| Block::Table(std::mem::take(&mut table))));
        // Headings within a cell, also those counted by hand, stand below its section.
        body.extend(row.pop().into_iter().flatten().flat_map(parted).map(lowered));
    }
    body.extend((!table.is_empty()).then_some(Block::Table(table)));
}

/// Parts a heading counted by hand from what stands behind it after a mere line break:
/// in the cells of a form many press Shift and Enter.
fn parted(block: Block) -> Vec<Block> {
    let Block::Paragraph(runs) = block else { return vec![block] };
    if !runs.contains(&Run::Break) {
        return vec![Block::Paragraph(runs)];
    }
    let mut found: Vec<Vec<Run>> = Vec::new();
    let mut was_heading = true;
    for line in runs.split(|run| *run == Run::Break) {
        let is_heading = numbered_heading(&text_of_runs(line)).is_some();
        match found.last_mut() {
            Some(last) if !is_heading && !was_heading => {
                last.push(Run::Break);
                last.extend_from_slice(line);
            }
            _ => found.push(line.to_vec()),
        }
        was_heading = is_heading;
    }
    found.into_iter().filter(|line| !line.is_empty()).map(Block::Paragraph).collect()
}

fn lowered(block: Block) -> Block {
    match block {
        Block::Heading(level, runs) => Block::Heading(level.saturating_add(1).clamp(2, 9), runs),
        Block::Paragraph(runs) => match numbered_heading(&text_of_runs(&runs)) {
            Some(level) => Block::Heading(level + 1, runs),
            None => Block::Paragraph(runs),
        },
        block => block,
    }
}

fn loose(mut rows: Vec<Vec<Cell>>) -> Block {
    match rows.as_mut_slice() {
        [row] if row.len() == 1 && row[0].len() == 1 => row[0].remove(0),
        _ => Block::Table(rows),
    }
}

fn has_picture(cell: &Cell) -> bool {
    let mut names = Vec::new();
    cell.iter().for_each(|block| block.pictures(&mut names));
    !names.is_empty()
}

/// Lines such as 授课人：张某　时间：2025年3月14日 before the first heading.
fn with_lines(blocks: Vec<Block>) -> (Front, Vec<Block>) {
    let mut front = Front::default();
    let mut is_over = false;
    let mut keep = |(at, block): (usize, Block)| {
        is_over |= at >= BEFORE || matches!(block, Block::Heading(1.., _) if at > 0);
        let Block::Paragraph(_) = &block else { return Some(block) };
        let text = block.text();
        let pairs = if is_over { None } else { labelled(&text) };
        let Some(pairs) = pairs else { return Some(block) };
        let mut rest = Vec::new();
        for (name, label, value) in pairs {
            if !front.fill(label, std::slice::from_ref(&value)) {
                rest.push(format!("{name}：{value}"));
            }
        }
        (!rest.is_empty()).then(|| Block::Paragraph(vec![Run::plain(rest.join("　"))]))
    };
    let blocks = blocks.into_iter().enumerate().filter_map(&mut keep).collect();
    (front, blocks)
}

/// The labels of a line with their values, when it has nothing else.
fn labelled(text: &str) -> Option<Vec<(String, Label, String)>> {
    let mut found: Vec<(String, Label, String)> = Vec::new();
    for word in
        text.split(['　', '\t', '\n']).flat_map(|part| part.split("  ")).map(str::trim).filter(|word| !word.is_empty())
    {
        let pair = word.split_once(['：', ':']);
        match (pair.and_then(|(name, value)| Some((name, label(name)?, value))), found.last_mut()) {
            (Some((name, label, value)), _) if label != Label::Section => {
                found.push((name.to_owned(), label, value.trim().to_owned()));
            }
            (_, Some((_, _, value))) if pair.is_none() => {
                value.push(' ');
                value.push_str(word);
            }
            _ => return None,
        }
    }
    found.retain(|(_, _, value)| !value.is_empty());
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        if text.is_empty() {
            Vec::new()
        } else {
            text.lines().map(|line| Block::Paragraph(vec![Run::plain(line)])).collect()
        }
    }

    fn rows(rows: &[&[&str]]) -> Vec<Block> {
        vec![Block::Table(rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect())]
    }

    #[test]
    fn the_usual_table_fills_the_front_matter() {
        let blocks = rows(&[
            &["课 题", "夜间巡查小窍门", "", ""],
            &["授课人", "张某", "时间", "2025年3月14日"],
            &["教学目标", "1. 会看灯\n2. 会看门"],
            &["教学过程", "一、导入\n先问三句。"],
            &["课后记录"],
            &["大家都说有用。"],
        ]);
        let (front, body) = read(blocks);
        let one = |key: &str| front.get(key).map(|values| values.join("|")).unwrap_or_default();
        assert_eq!(
            (one("title"), one("instructor"), one("date")),
            ("夜间巡查小窍门".into(), "张某".into(), "2025-03-14".into())
        );
        assert_eq!(one("objectives"), "会看灯|会看门");
        let said: Vec<String> = body.iter().map(Block::text).collect();
        assert_eq!(said, ["教学过程", "一、导入", "先问三句。", "课后记录", "大家都说有用。"]);
    }

    #[test]
    fn a_line_break_ends_a_heading_that_is_counted_by_hand() {
        let lines = ["一、导入（5分钟）", "看一段案例。", "再讨论。", "二、讲解"];
        let runs: Vec<Run> = lines.iter().flat_map(|line| [Run::Break, Run::plain(*line)]).skip(1).collect();
        let row = |name: &str, block: Block| vec![cell(name), vec![block]];
        let labels = ["课题", "授课人", "地点"].map(|name| row(name, Block::Paragraph(vec![Run::plain("甲")])));
        let mut rows = labels.to_vec();
        rows.push(row("教学过程", Block::Paragraph(runs)));
        let (_, body) = read(vec![Block::Table(rows)]);
        let said: Vec<String> = body.iter().map(Block::text).collect();
        assert_eq!(said, ["教学过程", lines[0], "看一段案例。\n再讨论。", lines[3]]);
        assert!(matches!((&body[1], &body[3]), (Block::Heading(..), Block::Heading(..))));
    }

    #[test]
    fn lines_with_labels_are_a_head_and_sentences_are_not() {
        let lines = ["授课人：张某　　地点：会议室", "注意：先看许可再看执照。", "目标：会看灯"];
        let (front, body) = read(lines.iter().flat_map(|line| cell(line)).collect());
        assert_eq!(front.get("venue"), Some(&["会议室".to_owned()][..]));
        assert_eq!(front.get("objectives"), Some(&["会看灯".to_owned()][..]));
        assert_eq!(body.len(), 1);
    }

    #[test]
    fn a_table_of_the_body_is_no_head() {
        let (front, body) =
            read(rows(&[&["项目", "要点", "依据"], &["时间", "七日", "第一条"], &["地点", "现场", "第二条"]]));
        assert_eq!((front.get("date"), front.get("venue"), body.len()), (None, None, 1));
    }
}
