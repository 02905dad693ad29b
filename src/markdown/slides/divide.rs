//! Takes apart blocks that are too tall for a slide: lists by their items, tables by
//! their rows under the same head, notes and quotes by their paragraphs.

use super::measure::{LINE, height};
use crate::markdown::elements::{Element, elements};

/// The block itself, or the parts of one that is taller than `most`. What cannot be
/// taken apart stays whole.
pub(super) fn divide(block: &Element<'_>, most: usize) -> Vec<String> {
    if height(block) <= most {
        return vec![block.html.to_owned()];
    }
    let parts = match block.name {
        "ul" | "ol" => list(block, most),
        "aside" | "blockquote" => paragraphs(block, most),
        "div" if block.has_class("table-wrap") => {
            let table = elements(block.inner).into_iter().find(|inner| inner.name == "table");
            let parts = table.map(|table| rows(&table, most)).unwrap_or_default();
            parts.into_iter().map(|part| format!("{}{part}</div>\n", block.open)).collect()
        }
        "table" => rows(block, most),
        _ => Vec::new(),
    };
    if parts.is_empty() { vec![block.html.to_owned()] } else { parts }
}

fn list(block: &Element<'_>, most: usize) -> Vec<String> {
    let items = elements(block.inner);
    let first = block.attribute("start").and_then(|number| number.parse().ok()).unwrap_or(1usize);
    let mut number = first;
    let groups = group(&items, most, |item| height(item) - 4 + LINE / 3);
    let part = |items: Vec<&Element<'_>>| {
        let open = if block.name == "ol" && number > 1 {
            format!("<ol start=\"{number}\">")
        } else {
            format!("<{}>", block.name)
        };
        number += items.len();
        let inside: String = items.iter().map(|item| format!("{}\n", item.html)).collect();
        format!("{open}\n{inside}</{}>\n", block.name)
    };
    groups.into_iter().map(part).collect()
}

fn rows(table: &Element<'_>, most: usize) -> Vec<String> {
    let parts = elements(table.inner);
    let head = parts.iter().find(|part| part.name == "thead").map_or("", |head| head.html);
    let Some(body) = parts.iter().find(|part| part.name == "tbody") else { return Vec::new() };
    let rows = elements(body.inner);
    let of_row = |row: &Element<'_>| height(&Element { name: "table", html: row.html, ..*row });
    let groups = group(&rows, most.saturating_sub(LINE + LINE / 2), of_row);
    let part = |rows: Vec<&Element<'_>>| {
        let inside: String = rows.iter().map(|row| format!("{}\n", row.html)).collect();
        format!("{}\n{head}\n<tbody>\n{inside}</tbody>\n</table>", table.open)
    };
    groups.into_iter().map(part).collect()
}

/// The title of a note stands on each of its parts.
fn paragraphs(block: &Element<'_>, most: usize) -> Vec<String> {
    let inside = elements(block.inner);
    let (title, rest) = match inside.split_first() {
        Some((first, rest)) if first.has_class("note-title") => (first.html, rest),
        _ => ("", inside.as_slice()),
    };
    let groups = group(rest, most.saturating_sub(2 * LINE), height);
    let part = |blocks: Vec<&Element<'_>>| {
        let inside: String = blocks.iter().map(|block| format!("{}\n", block.html)).collect();
        format!("{}{title}\n{inside}</{}>\n", block.open, block.name)
    };
    groups.into_iter().map(part).collect()
}

/// As few groups as needed, of about the same height: each item goes where its middle
/// lies when all of them stand one below the other.
fn group<'e, 'h>(
    items: &'e [Element<'h>],
    most: usize,
    height: impl Fn(&Element<'h>) -> usize,
) -> Vec<Vec<&'e Element<'h>>> {
    let whole: usize = items.iter().map(&height).sum();
    let fair = whole.div_ceil(whole.div_ceil(most.max(1)).max(1)).max(1);
    let mut groups: Vec<Vec<&Element<'_>>> = Vec::new();
    let (mut sum, mut current) = (0, 0);
    for item in items {
        let tall = height(item);
        let place = (sum + tall / 2) / fair;
        sum += tall;
        match groups.last_mut() {
            Some(group) if place == current => group.push(item),
            _ => groups.push(vec![item]),
        }
        current = place;
    }
    groups
}
