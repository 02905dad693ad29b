//! A Markdown file: its front matter and its body.

use super::fields::Entity;
use super::forgiving::Lists;
use super::record::{Record, may_hold_back};
use super::yaml::{is_fence, mapping};
use crate::base::{Finding, Findings, Place, SourcePath};

/// A Markdown file taken apart.
#[derive(Debug, Clone)]
pub struct Document {
    /// The values of the front matter; empty when there is none.
    pub record: Record,
    /// Where in the text of the file the text below it stands.
    pub body: std::ops::Range<usize>,
    /// The line at which the body starts, from one.
    pub body_line: u32,
}

/// Takes a Markdown file apart and reads its front matter.
pub fn document(text: &str, file: &SourcePath, entity: &Entity, findings: &mut Findings) -> Document {
    let lines: Vec<&str> = text.lines().collect();
    let range = front_matter_lines(&lines, file, findings).or_else(|| unfenced(&lines, file, entity, findings));
    let Some(range) = range else {
        return Document { record: Record::empty(Place::line(file, 1)), body: 0..text.len(), body_line: 1 };
    };
    let first = u32::try_from(range.start + 1).unwrap_or(1);
    let record = mapping(&lines[range.start..range.end], first, file, entity, Lists::OfTexts, findings);
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let below = &lines[range.body.min(lines.len())..];
    let start = below.first().map_or(text.len(), |first| at(first));
    let body = start..below.last().map_or(start, |last| at(last) + last.len());
    Document { record, body, body_line: u32::try_from(range.body + 1).unwrap_or(1) }
}

/// Line indexes: the front matter is `start..end`, the body begins at `body`.
struct Range {
    start: usize,
    end: usize,
    body: usize,
}

fn front_matter_lines(lines: &[&str], file: &SourcePath, findings: &mut Findings) -> Option<Range> {
    let open = lines.iter().position(|line| !line.trim().is_empty())?;
    if !is_fence(lines[open]) {
        return None;
    }
    let start = open + 1;
    let close = lines[start..].iter().position(|line| is_fence(line) || line.trim_end() == "...").map(|at| start + at);
    let looks = |range: &[&str]| {
        range.iter().any(|line| looks_like_key(line)) || range.iter().all(|line| line.trim().is_empty())
    };
    match close {
        Some(end) if looks(&lines[start..end]) => Some(Range { start, end, body: end + 1 }),
        Some(_) => None,
        None => {
            let end = lines[start..].iter().position(|line| !belongs(line)).map_or(lines.len(), |at| start + at);
            (end > start && looks(&lines[start..end])).then(|| {
                let line = u32::try_from(open + 1).unwrap_or(1);
                findings.push(Finding::new("E103", Place::at(file, line, 1, 3)));
                Range { start, end, body: end }
            })
        }
    }
}

/// Keys at the very top without any `---` above them: who writes 标题 or 草稿 there means
/// the front matter (W131). One known key alone may as well be a sentence of the body.
fn unfenced(lines: &[&str], file: &SourcePath, entity: &Entity, findings: &mut Findings) -> Option<Range> {
    let start = lines.iter().position(|line| !line.trim().is_empty())?;
    let known = |line: &&str| {
        let (key, _) = line.split_once([':', '：'])?;
        let is_plain = !line.starts_with([' ', '\t', '\u{3000}', '#', '-', '|', '>', '*']);
        entity.find(key.trim()).filter(|_| is_plain).map(|field| field.key)
    };
    let mut keys = vec![known(lines.get(start)?)?];
    let mut end = start + 1;
    while let Some(line) = lines.get(end).filter(|line| known(line).is_some() || is_item(line) || guards(line)) {
        keys.extend(known(line));
        end += 1;
    }
    let speaks_for_itself = keys.iter().any(|key| matches!(*key, "title" | "draft" | "visibility"));
    let closed = lines.get(end).is_some_and(|line| is_fence(line));
    (speaks_for_itself || keys.len() > 1).then(|| {
        let line = u32::try_from(start + 1).unwrap_or(1);
        let key = lines[start].split([':', '：']).next().unwrap_or_default().trim();
        findings.push(Finding::new("W131", Place::line(file, line)).with("键", key));
        Range { start, end, body: end + usize::from(closed) }
    })
}

/// Whether a line seems to say that the text must not be published.
fn guards(line: &str) -> bool {
    line.split_once([':', '：']).is_some_and(|(key, _)| key.chars().count() <= 8 && may_hold_back(key))
}

/// An indented line or an item of a list under a key.
fn is_item(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && (line.starts_with([' ', '\t', '\u{3000}']) || line.starts_with("- ")) && !is_fence(line)
}

/// Whether a line can belong to a front matter that was never closed.
fn belongs(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty()
        && (looks_like_key(line) || line.starts_with([' ', '\t', '\u{3000}']) || text.starts_with(['-', '－']))
}

fn looks_like_key(line: &str) -> bool {
    let text = line.trim();
    text.find([':', '：'])
        .is_some_and(|at| at > 0 && text[..at].chars().count() <= 20 && !text.starts_with(['#', '-', '|', '>']))
}
