//! Texts, presentations and tables of LibreOffice and of the office of UOS.

use std::io::{Read, Seek};

use roxmltree::Node;

use super::{child, elements, parse, text_of, tidy, value};
use crate::courseware::archive::Archive;
use crate::courseware::limits::{self, Trouble};
use crate::source::{Line, Part, Properties, Spot, Unit};

/// What an open document says.
#[derive(Debug, Default)]
pub struct Found {
    /// Pages, slides, sheets or sections.
    pub parts: Vec<Part>,
    /// Comments and deleted passages.
    pub hidden: Vec<String>,
    /// How many of what.
    pub count: Option<(Unit, u32)>,
    /// What it says of itself.
    pub properties: Properties,
}

/// Reads an open document.
pub fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Found, Trouble> {
    if archive.text("META-INF/manifest.xml")?.is_some_and(|text| text.contains("encryption-data")) {
        return Err(Trouble::Locked);
    }
    let text = archive.text("content.xml")?.ok_or(Trouble::Damaged)?;
    let tree = parse(&text)?;
    let body = elements(tree.root_element(), "body").next().ok_or(Trouble::Damaged)?;
    let mut found = Found::default();
    found.hidden.extend(
        ["annotation", "deletion"]
            .into_iter()
            .flat_map(|name| elements(body, name))
            .flat_map(|node| elements(node, "p"))
            .map(|node| tidy(&text_of(node))),
    );
    if let Some(node) = child(body, "presentation") {
        let slides = node.children().filter(|node| node.tag_name().name() == "page").zip(1u32..);
        found.parts = slides.map(|(page, number)| slide(page, number)).collect();
        found.count = Some((Unit::Slide, u32::try_from(found.parts.len()).unwrap_or(u32::MAX)));
    } else if let Some(node) = child(body, "spreadsheet") {
        let sheets = node.children().filter(|node| node.tag_name().name() == "table");
        found.parts = sheets.map(sheet).collect::<Result<_, _>>()?;
        found.count = Some((Unit::Sheet, u32::try_from(found.parts.len()).unwrap_or(u32::MAX)));
    } else if let Some(node) = child(body, "text") {
        found.parts = sections(node)?;
    }
    describe(archive, &mut found)?;
    Ok(found)
}

fn describe<R: Read + Seek>(archive: &mut Archive<R>, found: &mut Found) -> Result<(), Trouble> {
    let Some(text) = archive.text("meta.xml")? else { return Ok(()) };
    let tree = parse(&text)?;
    for node in elements(tree.root_element(), "meta").flat_map(|node| node.children()).filter(Node::is_element) {
        let text = tidy(&text_of(node));
        let name = match node.tag_name().name() {
            "title" => "标题",
            "subject" => "主题",
            "initial-creator" => "作者",
            "creator" => "最后修改者",
            "description" => "备注",
            "keyword" => "标记",
            "user-defined" => value(node, "name"),
            "document-statistic" if found.count.is_none() => {
                found.count = value(node, "page-count").parse().ok().map(|pages| (Unit::Page, pages));
                continue;
            }
            _ => continue,
        };
        match name {
            _ if text.is_empty() => continue,
            "标题" => found.properties.title = Some(text.clone()),
            "作者" => found.properties.author = Some(text.clone()),
            _ => {}
        }
        found.properties.all.push((name.to_owned(), text));
    }
    Ok(())
}

fn slide(page: Node<'_, '_>, number: u32) -> Part {
    let mut part = Part::new(Spot::Slide(number));
    for frame in page.children().filter(Node::is_element) {
        match (frame.tag_name().name(), value(frame, "class")) {
            ("notes", _) => {
                let texts = elements(frame, "p").map(words).filter(|text| !text.is_empty());
                part.notes.extend(texts);
            }
            (_, "title") if part.title.is_none() => {
                let title = tidy(&elements(frame, "p").map(words).collect::<Vec<_>>().join(" "));
                part.title = Some(title).filter(|title| !title.is_empty());
            }
            (_, class) => {
                let is_list = class == "outline";
                part.lines.extend(walk(frame, is_list).map(|(_, line)| line).filter(says));
            }
        }
    }
    part
}

fn sheet(table: Node<'_, '_>) -> Result<Part, Trouble> {
    let mut part = Part::new(Spot::Sheet(value(table, "name").to_owned()));
    let mut count = 0;
    for row in elements(table, "table-row") {
        let row = cells(row);
        count += row.len();
        if count > limits::CELLS {
            return Err(Trouble::Beyond);
        }
        if !row.is_empty() {
            part.lines.push(Line::Row(row));
        }
    }
    Ok(part)
}

/// The cells of a row, empty ones at its end left out. Cells are repeated by a number
/// that may be in the millions: what one says is said once, empty ones keep columns
/// below each other up to a width that people still look at.
fn cells(row: Node<'_, '_>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for cell in row.children().filter(|node| node.tag_name().name().ends_with("table-cell")) {
        let text = elements(cell, "p").map(words).collect::<Vec<_>>().join(" ");
        let times = value(cell, "number-columns-repeated").parse().unwrap_or(1usize).clamp(1, 60);
        texts.extend(std::iter::repeat_n(text.clone(), if text.is_empty() { times } else { 1 }));
    }
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |at| at + 1));
    texts
}

/// A text in parts by its headings.
fn sections(body: Node<'_, '_>) -> Result<Vec<Part>, Trouble> {
    let mut parts = vec![Part::new(Spot::Whole)];
    for (is_heading, line) in walk(body, false) {
        match (is_heading, line, parts.last_mut()) {
            (true, Line::Heading(title), _) => {
                parts.push(Part { title: Some(title.clone()), ..Part::new(Spot::Section(title)) });
            }
            (_, line, Some(part)) if says(&line) => part.lines.push(line),
            _ => {}
        }
        if parts.len() > limits::PARTS {
            return Err(Trouble::Beyond);
        }
    }
    parts.retain(|part| !part.is_silent());
    let notes = elements(body, "note-body").flat_map(|note| elements(note, "p")).map(|node| tidy(&text_of(node)));
    let notes: Vec<Line> = notes.map(Line::Text).filter(says).collect();
    if !notes.is_empty() {
        parts.push(Part { lines: notes, ..Part::new(Spot::Footnotes) });
    }
    Ok(parts)
}

fn says(line: &Line) -> bool {
    line.texts().any(|text| !text.is_empty())
}

/// The lines below a node, and whether each is a heading.
fn walk<'a, 'input: 'a>(node: Node<'a, 'input>, in_list: bool) -> impl Iterator<Item = (bool, Line)> + use<'a, 'input> {
    let mut open = vec![(node, in_list)];
    std::iter::from_fn(move || {
        while let Some((node, in_list)) = open.pop() {
            return Some(match node.tag_name().name() {
                "h" => (true, Line::Heading(words(node))),
                "p" if in_list => (false, Line::Item(words(node))),
                "p" => (false, Line::Text(words(node))),
                "table-row" => (false, Line::Row(cells(node))),
                "tracked-changes" | "annotation" | "table-of-content" => continue,
                name => {
                    let in_list = in_list || name == "list";
                    let children: Vec<_> = node.children().filter(Node::is_element).collect();
                    open.extend(children.into_iter().rev().map(|node| (node, in_list)));
                    continue;
                }
            });
        }
        None
    })
}

/// The words of a paragraph; comments in it are looked at elsewhere.
fn words(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for node in node.descendants() {
        let aside = |up: Node<'_, '_>| matches!(up.tag_name().name(), "annotation" | "note" | "page-number");
        let is_aside = || node.ancestors().any(aside);
        match node.tag_name().name() {
            "s" | "tab" | "line-break" => out.push(' '),
            _ if node.is_text() && !is_aside() => out.push_str(node.text().unwrap_or_default()),
            _ => {}
        }
    }
    tidy(&out)
}
