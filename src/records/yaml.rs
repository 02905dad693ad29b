//! The only room that knows the YAML parser.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use serde_yaml::options::DuplicateKeyPolicy;

use super::fields::Entity;
use super::forgiving::{Lists, rewrite};
use super::node::{Node, Value};
use super::record::{Record, may_hold_back};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Located, Place, SourcePath};

/// More text than any front matter or settings file needs; beyond it the parser
/// is not asked.
const LARGEST: usize = 256 * 1024;

/// Reads a settings file: `site.yaml`, `unit.yaml`, awards.
pub fn settings(text: &str, file: &SourcePath, entity: &Entity, findings: &mut Findings) -> Record {
    let lines: Vec<&str> = text.lines().map(|line| if is_fence(line) { "" } else { line }).collect();
    mapping(&lines, 1, file, entity, Lists::OfMaps, findings)
}

/// Whether a line is `---`, also in its full-width forms.
pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '\u{3000}', '\u{feff}']);
    let dashes = line.chars().count();
    (dashes >= 3 && line.chars().all(|c| matches!(c, '-' | '－'))) || (dashes >= 2 && line.chars().all(|c| c == '—'))
}

/// Reads `lines`, the first of which has the number `first`, as keys and values.
pub(super) fn mapping(
    lines: &[&str],
    first: u32,
    file: &SourcePath,
    entity: &Entity,
    lists: Lists,
    findings: &mut Findings,
) -> Record {
    let written = rewrite(lines, first, file, entity, lists, findings);
    let scene = Scene { lines, first, file };
    let entries = if written.iter().map(String::len).sum::<usize>() > LARGEST {
        findings.push(Finding::new("E106", Place::line(file, first)));
        Vec::new()
    } else {
        match parse(&written.join("\n")) {
            Ok(entries) => entries.into_iter().map(|(key, node)| scene.entry(key, node, 0)).collect(),
            Err(_) => scene.block_by_block(&written, findings),
        }
    };
    Record::new(Place::line(file, first), entries, entity, findings)
}

/// Where the values of a text stand: the parser says the line, the column is
/// found in the line as the writer typed it.
struct Scene<'a> {
    lines: &'a [&'a str],
    first: u32,
    file: &'a SourcePath,
}

impl Scene<'_> {
    /// Reads each key with what belongs to it by itself, so that one mistake (E106)
    /// costs one value.
    fn block_by_block(&self, written: &[String], findings: &mut Findings) -> Vec<(Located<String>, Node)> {
        let mut entries = Vec::new();
        let mut start = 0;
        while start < written.len() {
            let starts_block = |line: &String| !line.is_empty() && !line.starts_with([' ', '-']);
            let end = written[start + 1..].iter().position(starts_block).map_or(written.len(), |at| start + 1 + at);
            match parse(&written[start..end].join("\n")) {
                Ok(found) => entries.extend(found.into_iter().map(|(key, node)| self.entry(key, node, start))),
                Err(line) => {
                    let at = start + line.saturating_sub(1).min(end - start - 1);
                    let number = self.first + u32::try_from(at).unwrap_or(0);
                    findings.push(Finding::new("E106", Place::line(self.file, number)));
                    entries.extend(self.kept_for_privacy(start));
                }
            }
            start = end;
        }
        entries
    }

    /// What a broken line says of publication is kept as it was typed: a value that
    /// nobody can read must hold the text back, and not vanish.
    fn kept_for_privacy(&self, at: usize) -> Option<(Located<String>, Node)> {
        let raw = self.lines.get(at)?;
        let (key, value) = raw.split_once([':', '：'])?;
        let key = key.trim().trim_matches(['"', '\'']);
        let guards = may_hold_back(key) || matches!(fold(key).as_str(), "状态" | "status" | "draft" | "visibility");
        let number = self.first + u32::try_from(at).unwrap_or(0);
        let place = Place::line(self.file, number);
        let node = Node { value: Value::Text(value.trim().to_owned()), place: place.clone() };
        guards.then(|| (Located::new(key.to_owned(), place), node))
    }

    fn entry(&self, key: Spanned<Raw>, value: Spanned<Raw>, offset: usize) -> (Located<String>, Node) {
        let line = key.defined.line();
        let key = key.value.into_text();
        let place = self.place(line, offset, &key, "");
        let node = self.node(value, offset, &key);
        (Located::new(key, place), node)
    }

    fn node(&self, spanned: Spanned<Raw>, offset: usize, after: &str) -> Node {
        let line = spanned.defined.line();
        match spanned.value {
            Raw::Empty => Node { value: Value::Empty, place: self.place(line, offset, "", after) },
            Raw::Text(text) => {
                let place = self.place(line, offset, text.lines().next().unwrap_or(""), after);
                Node { value: Value::Text(text), place }
            }
            Raw::List(items) => {
                let items = items.into_iter().map(|item| self.node(item, offset, "")).collect();
                Node { value: Value::List(items), place: self.place(line, offset, "", after) }
            }
            Raw::Map(pairs) => {
                let pairs = pairs.into_iter().map(|(key, value)| self.entry(key, value, offset)).collect();
                Node { value: Value::Map(pairs), place: self.place(line, offset, "", after) }
            }
        }
    }

    /// Finds `text` in a line, behind `after`; without it, the line's content.
    fn place(&self, line: u64, offset: usize, text: &str, after: &str) -> Place {
        let at = (usize::try_from(line).unwrap_or(1).max(1) - 1 + offset).min(self.lines.len().saturating_sub(1));
        let raw = self.lines.get(at).copied().unwrap_or("");
        let from = if after.is_empty() { 0 } else { raw.find(after).map_or(0, |found| found + after.len()) };
        let (start, length) = match (!text.is_empty()).then(|| raw[from..].find(text)).flatten() {
            Some(found) => (from + found, text.chars().count()),
            None => {
                let lead = raw[from..].len()
                    - raw[from..].trim_start_matches([' ', '\t', '\u{3000}', ':', '：', '"', '\'']).len();
                (from + lead, raw[from + lead..].trim_end().chars().count())
            }
        };
        let column = raw[..start].chars().count() + 1;
        let number = self.first + u32::try_from(at).unwrap_or(0);
        Place::at(self.file, number, u32::try_from(column).unwrap_or(1), u32::try_from(length).unwrap_or(0))
    }
}

type Pairs = Vec<(Spanned<Raw>, Spanned<Raw>)>;

/// Parses a mapping; on failure says the line, counted from one.
fn parse(text: &str) -> Result<Pairs, usize> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let options = serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        no_schema: false,
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<Raw>(text, options) {
        Ok(Raw::Map(pairs)) => Ok(pairs),
        Ok(Raw::Empty) => Ok(Vec::new()),
        Ok(Raw::Text(_) | Raw::List(_)) => Err(1),
        Err(error) => Err(error.location().and_then(|location| usize::try_from(location.line()).ok()).unwrap_or(1)),
    }
}

/// A value as the parser gives it.
#[derive(Debug)]
enum Raw {
    Empty,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Pairs),
}

impl Raw {
    fn into_text(self) -> String {
        match self {
            Raw::Text(text) => text,
            _ => String::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Text(if value { "true" } else { "false" }.to_owned()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element::<Spanned<Raw>>()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<Spanned<Raw>>()? {
            pairs.push((key, map.next_value::<Spanned<Raw>>()?));
        }
        Ok(Raw::Map(pairs))
    }
}

/// Reads a YAML file of a theme as it stands.
///
/// # Errors
/// The line, from one, and what the parser says.
pub fn tree(text: &str) -> Result<serde_json::Value, (u32, String)> {
    let options = serde_yaml::options! { with_snippet: false };
    serde_yaml::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().and_then(|location| u32::try_from(location.line()).ok()).unwrap_or(0);
        (line, error.to_string())
    })
}
