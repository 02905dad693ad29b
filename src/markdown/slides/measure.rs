//! How tall a block will be on a slide, in tenths of a line of its usual type. A guess
//! from the number of characters: good enough to deal out, and the browser has the last
//! word.

use crate::base::text::display_width;
use crate::markdown::elements::{Element, Token, elements, tokens};

/// How many columns a line of a slide has; a Han character takes two.
const COLUMNS: usize = 72;
/// A line.
pub(super) const LINE: usize = 10;

/// How tall a block is.
pub(super) fn height(block: &Element<'_>) -> usize {
    match block.name {
        "h2" | "h3" | "h4" | "h5" | "h6" => 16,
        "ul" | "ol" => items(block),
        "pre" => 6 + block.inner.matches('\n').count() * 9,
        "hr" => 0,
        "figure" => PICTURE + lines(block.inner, COLUMNS),
        "aside" => 6 + children(block.inner),
        "blockquote" | "section" => 4 + children(block.inner),
        "div" if block.has_class("table-wrap") => table(block.inner),
        "div" | "details" => children(block.inner),
        "table" => table(block.html),
        _ => 4 + lines(block.html, COLUMNS),
    }
}

/// A picture takes about half a slide.
const PICTURE: usize = 80;

fn children(inner: &str) -> usize {
    elements(inner).iter().map(height).sum()
}

/// Each item on lines of its own, those of lists within as well.
fn items(list: &Element<'_>) -> usize {
    let columns = COLUMNS - 4;
    list.inner
        .split("<li")
        .skip(1)
        .map(|item| 3 + lines(item.split_once('>').map_or("", |(_, text)| text), columns))
        .sum()
}

/// The tallest cell of each row; columns are taken to be as wide as their longest cell
/// wants, none narrower than a few characters.
fn table(html: &str) -> usize {
    let rows: Vec<Vec<usize>> = html
        .split("<tr")
        .skip(1)
        .map(|row| {
            row.split("<t")
                .skip(1)
                .filter(|cell| cell.starts_with(['d', 'h']))
                .map(|cell| width(after_tag(cell)))
                .collect()
        })
        .collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let wanted: Vec<usize> = (0..count)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).max().copied().unwrap_or(0).clamp(6, COLUMNS))
        .collect();
    // Type in tables is smaller, which leaves room for the space around the cells.
    let room = COLUMNS.max(wanted.len() * 6);
    let whole: usize = wanted.iter().sum::<usize>().max(room);
    let tallest = |row: &Vec<usize>| {
        let lines = row.iter().zip(&wanted).map(|(cell, wanted)| cell.div_ceil((wanted * room / whole).max(4)));
        lines.max().unwrap_or(1).max(1)
    };
    rows.iter().map(|row| tallest(row) * 9 + 5).sum()
}

fn after_tag(cell: &str) -> &str {
    cell.split_once('>').map_or("", |(_, text)| text)
}

/// The lines that the text of some HTML takes.
fn lines(html: &str, columns: usize) -> usize {
    let pictures = html.matches("<img").count() * PICTURE;
    let text: usize = html.split("<br").map(|line| width(line).div_ceil(columns) * LINE).sum();
    pictures + text
}

/// How wide the text of some HTML is; an entity is one character.
fn width(html: &str) -> usize {
    let text = |token| match token {
        Token::Text(text) => text,
        _ => "",
    };
    tokens(html).map(text).map(|text| display_width(text.trim_matches('\n')) - entities(text)).sum()
}

/// How many columns the entities of a text take in HTML and not on the slide.
fn entities(text: &str) -> usize {
    let lengths = text.split('&').skip(1).filter_map(|rest| rest.find(';'));
    lengths.filter(|length| *length <= 6).map(|length| length + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tall(html: &str) -> usize {
        children(html)
    }

    #[test]
    fn text_is_measured_as_it_is_read() {
        assert_eq!(tall("<p>一句话</p>"), 14);
        assert_eq!(tall(&format!("<p>{}</p>", "字".repeat(37))), 24);
        assert_eq!(tall(&format!("<p>{}</p>", "<b>字</b>&amp;".repeat(24))), 14);
        assert_eq!(tall("<ul>\n<li>一</li>\n<li>二<ul>\n<li>三</li>\n</ul></li>\n</ul>"), 39);
    }

    #[test]
    fn a_table_is_as_tall_as_its_tallest_cells() {
        let cell = "字".repeat(30);
        let short = "<table><tr><th>甲</th><th>乙</th></tr><tr><td>一</td><td>二</td></tr></table>";
        let long = format!("<table><tr><th>甲</th><th>乙</th></tr><tr><td>{cell}</td><td>{cell}</td></tr></table>");
        assert_eq!((tall(short), tall(&long)), (28, 37));
    }
}
