//! Makes YAML out of what office people type.
//!
//! Works line by line and keeps every line a line, so that places stay right:
//! full-width colons, spaces, hyphens and brackets become narrow ones, tabs become
//! spaces, and every plain value is put in quotes, so that `:` `#` `[` `@` and quotes
//! inside a title mean themselves. What is already careful YAML passes unchanged.

use super::fields::{Entity, FieldKind};
use super::wrapped;
use crate::base::text::{narrow, shorten, split_list};
use crate::base::{Finding, Findings, Place, SourcePath};

/// Whether `- 姓名: 张三` inside a list is a text or keys with values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// Front matter: a list holds texts.
    OfTexts,
    /// Settings and awards: a list may hold keys with values.
    OfMaps,
}

/// Rewrites the lines of a YAML text. `first` is the number of its first line.
pub(super) fn rewrite(
    lines: &[&str],
    first: u32,
    file: &SourcePath,
    entity: &Entity,
    lists: Lists,
    findings: &mut Findings,
) -> Vec<String> {
    let mut writer = Writer { file, entity, lists, findings, block: None, open: false };
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    while out.len() < lines.len() {
        let at = out.len();
        let number = first + u32::try_from(at).unwrap_or(u32::MAX);
        match writer.wrapped(&lines[at..], number) {
            Some(written) => out.extend(written),
            None => {
                let following = lines.get(at + 1).copied();
                out.push(writer.line(lines[at], number, following));
            }
        }
    }
    out
}

/// A line taken apart.
pub(super) struct Parts<'a> {
    indent: usize,
    pub dash: bool,
    pub rest: &'a str,
}

struct Writer<'a> {
    file: &'a SourcePath,
    entity: &'a Entity,
    lists: Lists,
    findings: &'a mut Findings,
    /// Inside a `|` or `>` block: the indent of its key.
    block: Option<usize>,
    /// Whether a quoted text goes on in the next line.
    open: bool,
}

impl Writer<'_> {
    /// A known key of a front matter whose value goes on over the next lines.
    fn wrapped(&mut self, lines: &[&str], number: u32) -> Option<Vec<String>> {
        let raw = lines[0];
        let is_plain = !raw.starts_with([' ', '\t', '\u{3000}', '#', '＃']) && wrapped::item(raw).is_none();
        if self.lists != Lists::OfTexts || self.block.is_some() || self.open || !is_plain {
            return None;
        }
        let pair = split_key(raw.trim_end(), self.entity, false)?;
        let kind = self.entity.find(pair.key)?.kind;
        let length = wrapped::length(lines, self.entity);
        let mut written = wrapped::rewrite(&lines[1..length], pair.value, kind, self.entity)?;
        if pair.wide {
            self.report_wide(raw, number, &pair);
        }
        written[0] = format!("{}: {}", quoted(pair.key), written[0]);
        Some(written)
    }

    fn line(&mut self, raw: &str, number: u32, following: Option<&str>) -> String {
        let (indent, text) = self.indent(raw, number);
        if let Some(outer) = self.block {
            if text.is_empty() || indent > outer {
                return format!("{}{text}", " ".repeat(indent));
            }
            self.block = None;
        }
        if self.open {
            return self.continuation(indent, text, following);
        }
        if text.is_empty() || text.starts_with(['#', '＃']) {
            return String::new();
        }
        let parts = take_dash(indent, text);
        let lead = format!("{}{}", " ".repeat(parts.indent), if parts.dash { "- " } else { "" });
        let keyed = !parts.dash || self.lists == Lists::OfMaps;
        match keyed.then(|| split_key(parts.rest, self.entity, parts.dash)).flatten() {
            Some(pair) => {
                if pair.wide {
                    self.report_wide(raw, number, &pair);
                }
                let kind = self.entity.find(pair.key).map(|field| field.kind);
                let value = self.value(pair.value, parts.indent, kind, following);
                format!("{lead}{}: {value}", quoted(pair.key))
            }
            None => format!("{lead}{}", self.value(parts.rest, parts.indent, None, following)),
        }
    }

    /// The indent in spaces and the rest of the line; reports tabs (E105).
    fn indent<'l>(&mut self, raw: &'l str, number: u32) -> (usize, &'l str) {
        let text = raw.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
        let blank = &raw[..raw.len() - text.len()];
        let width = blank.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum();
        if blank.contains('\t') && !text.is_empty() {
            let length = u32::try_from(blank.chars().count()).unwrap_or(1);
            let fixed = format!("{}{}", " ".repeat(width), text);
            self.findings.push(Finding::new("E105", Place::at(self.file, number, 1, length)).rewritten(fixed));
        }
        (width, text.trim_end())
    }

    fn report_wide(&mut self, raw: &str, number: u32, pair: &Pair<'_>) {
        let before = raw.find('：').map_or(0, |at| raw[..at].chars().count());
        let column = u32::try_from(before + 1).unwrap_or(1);
        let fixed = raw.replacen('：', ": ", 1).replace(":  ", ": ");
        let finding = Finding::new("W104", Place::at(self.file, number, column, 1))
            .with("原文", shorten(raw.trim(), 20))
            .with("键", pair.key)
            .with("值", pair.value)
            .rewritten(fixed.trim_end());
        self.findings.push(finding);
    }

    /// A value in a form that YAML reads as what was meant.
    fn value(&mut self, written: &str, indent: usize, kind: Option<FieldKind>, following: Option<&str>) -> String {
        let free_text = matches!(kind, Some(FieldKind::Text | FieldKind::Texts));
        let text = if free_text { without_hint(written) } else { without_comment(written) };
        if text.is_empty() {
            return String::new();
        }
        if is_block_mark(text) {
            self.block = Some(indent);
            return text.to_owned();
        }
        if closes_itself(text) {
            return text.to_owned();
        }
        if let Some(list) = flow_list(text) {
            return list;
        }
        if let Some(quote @ ('"' | '\'')) = text.chars().next()
            && !text[1..].contains(quote)
        {
            // An opening quote without its end is more likely a slip than a text: YAML says so (E106).
            return text.to_owned();
        }
        self.open = following.is_some_and(|next| continues(next, indent));
        if self.open { format!("\"{}", escaped(text)) } else { quoted(text) }
    }

    fn continuation(&mut self, indent: usize, text: &str, following: Option<&str>) -> String {
        self.open = following.is_some_and(|next| continues(next, 0) && !next.trim().is_empty());
        let end = if self.open { "" } else { "\"" };
        format!("{}{}{end}", " ".repeat(indent.max(1)), escaped(text))
    }
}

/// Takes a list mark off: `- x`, `-x` and the full-width `－`.
pub(super) fn take_dash(indent: usize, text: &str) -> Parts<'_> {
    for mark in ["-", "－", "—", "•", "·"] {
        if let Some(rest) = text.strip_prefix(mark) {
            let number = mark == "-" && rest.starts_with(|c: char| c.is_ascii_digit());
            if !number && !rest.starts_with(mark) {
                return Parts { indent, dash: true, rest: rest.trim_start_matches([' ', '\t', '\u{3000}']) };
            }
        }
    }
    Parts { indent, dash: false, rest: text }
}

/// A key and its value as written.
pub(super) struct Pair<'a> {
    pub key: &'a str,
    pub value: &'a str,
    /// Whether the colon was a full-width one.
    wide: bool,
}

/// Splits `键: 值`. A narrow colon needs a space behind it unless the key is known.
pub(super) fn split_key<'a>(text: &'a str, entity: &Entity, in_list: bool) -> Option<Pair<'a>> {
    let at = text.find([':', '：'])?;
    let wide = text[at..].starts_with('：');
    let key = text[..at].trim();
    let rest = &text[at + if wide { '：'.len_utf8() } else { 1 }..];
    let key = key.trim_matches(['"', '\'']);
    let known = entity.find(key).is_some();
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t', '\u{3000}']);
    let plain = !key.is_empty()
        && key.chars().count() <= 20
        && !key.contains(['，', '。', '、', '《', '“', '[', '{', '"', '？', '！']);
    let certain = known || (plain && (spaced || (wide && !in_list)) || (plain && wide && key.chars().count() <= 6));
    certain.then(|| Pair { key, value: rest.trim_matches([' ', '\t', '\u{3000}']), wide })
}

/// In a text only a `#` behind wide blanks, as templates put their hints, is a comment:
/// `#` is a sign that titles have.
fn without_hint(text: &str) -> &str {
    if text.starts_with("# ") {
        return "";
    }
    match text.find("   # ") {
        Some(at) if !text.starts_with(['"', '\'']) => text[..at].trim_end(),
        _ => text,
    }
}

/// A comment starts with a blank, a `#` and a blank.
pub(super) fn without_comment(text: &str) -> &str {
    if text.starts_with('#') {
        return "";
    }
    match text.find(" # ") {
        Some(at) if !text.starts_with(['"', '\'']) => text[..at].trim_end(),
        _ => text,
    }
}

fn is_block_mark(text: &str) -> bool {
    let mut rest = text.chars();
    matches!(rest.next(), Some('|' | '>')) && rest.all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// Whether a quoted text or a `{…}` is complete on its line.
fn closes_itself(text: &str) -> bool {
    let inner = |quote: char| text.len() > 1 && text.ends_with(quote) && !text[1..text.len() - 1].contains(quote);
    match text.chars().next() {
        Some('"') => text.len() > 1 && text.ends_with('"') && closing_quote(text) == Some(text.len() - 1),
        Some('\'') => inner('\''),
        Some('{') => text.ends_with('}') && text.contains(':'),
        _ => false,
    }
}

/// Where the double quote that opens a text is closed.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// `[a, b]`, also with full-width brackets and commas, as a careful list.
fn flow_list(text: &str) -> Option<String> {
    let folded = narrow(text);
    if !folded.starts_with('[') || !folded.ends_with(']') || folded.starts_with("[[") {
        return None;
    }
    let inner_start = text.chars().next()?.len_utf8();
    let inner_end = text.len() - text.chars().next_back()?.len_utf8();
    let inner = text.get(inner_start..inner_end)?;
    if inner.contains(['"', '\'', '{']) {
        return Some(format!("[{inner}]"));
    }
    let depth_is_flat = !narrow(inner).contains([']', '[']);
    depth_is_flat
        .then(|| format!("[{}]", split_list(inner).iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")))
}

/// Whether a line goes on with the text of the line before: deeper, and neither a
/// list item nor a key.
fn continues(next: &str, indent: usize) -> bool {
    let text = next.trim_start_matches([' ', '\t', '\u{3000}']);
    let deeper = next.len() - text.len() > indent;
    let marked = take_dash(0, text).dash || text.starts_with(['#', '＃']);
    let keyed = text.find([':', '：']).is_some_and(|at| at > 0 && text[..at].chars().count() <= 8);
    deeper && !text.trim().is_empty() && !marked && !keyed
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', " ").replace(|c: char| c.is_control(), "")
}
