//! Reads the text of a finished page, as a reader would find it, out of its HTML.
//!
//! Only `<main>` counts. `data-search="skip"` leaves an element out, `"meta"` makes its
//! texts facts, without the labels of a list of facts; `data-place` names the file and page that a text comes from. The pages
//! are ours: well formed, with quoted attributes, so that a plain scan reads them.

use std::borrow::Cow;
use std::rc::Rc;

use super::layout::{Block, PageText};
use super::normalize::composed;

/// Whether an element stands within a line of text.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether an element has no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

/// Whether nobody searches for the content of an element.
fn is_mute(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "svg" | "template" | "select" | "textarea" | "button" | "nav" | "noscript" | "datalist"
    )
}

/// The text of a page; `None` for one without `<main>`.
pub fn hear(html: &str) -> Option<PageText> {
    let start = html.find("<main")?;
    let mut listener = Listener::default();
    listener.listen(&html[start..]);
    Some(listener.text)
}

/// A block that was not read from a page, in the form of those that were.
pub(super) fn tidied(block: Block) -> Block {
    Block { text: tidy(&block.text), place: tidy(&block.place), ..block }
}

/// What is known of the elements around the present place.
#[derive(Debug, Clone, Default)]
struct Frame<'h> {
    name: &'h str,
    skip: bool,
    meta: bool,
    place: Option<Rc<str>>,
}

#[derive(Debug, Default)]
struct Listener<'h> {
    stack: Vec<Frame<'h>>,
    text: PageText,
    line: String,
    anchor: String,
    /// 0 outside of a heading, else its level.
    heading: u8,
    titled: bool,
}

impl<'h> Listener<'h> {
    fn listen(&mut self, html: &'h str) {
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            self.words(&rest[..open]);
            rest = &rest[open..];
            if let Some(after) = rest.strip_prefix("<!--") {
                rest = after.find("-->").map_or("", |end| &after[end + 3..]);
                continue;
            }
            let end = tag_end(rest);
            let tag = &rest[..end];
            rest = &rest[end..];
            if let Some(name) = tag.strip_prefix("</") {
                let name = name.trim_end_matches('>').trim();
                self.close(name);
                if self.stack.is_empty() {
                    return;
                }
            } else {
                let name = tag_name(tag);
                self.open(name, tag);
                if matches!(name, "script" | "style") {
                    let close = if name == "script" { "</script" } else { "</style" };
                    rest = rest.find(close).map_or("", |at| &rest[at..]);
                }
            }
        }
    }

    fn top(&self) -> Frame<'h> {
        self.stack.last().cloned().unwrap_or_default()
    }

    fn open(&mut self, name: &'h str, tag: &str) {
        let mut frame = Frame { name, ..self.top() };
        if !frame.skip {
            match name {
                "br" => self.line.push(' '),
                "td" | "th" | "dd" if !self.line.trim().is_empty() => self.line.push_str(" ｜ "),
                "td" | "th" | "dd" => {}
                "a" | "span" if frame.meta => self.flush(),
                _ if is_inline(name) => {}
                _ => self.flush(),
            }
            if let Some(level) = heading_level(name) {
                self.heading = level;
            }
        }
        let heard = !frame.skip;
        // What a fact is called stands on every page of its kind.
        frame.skip |= is_mute(name) || (name == "dt" && frame.meta);
        // What stands in an element that is left out is left out, whatever it says.
        for (attribute, value) in heard.then(|| attributes(tag)).into_iter().flatten() {
            match (attribute, value) {
                ("id", id) => self.anchor = unescaped(id),
                ("data-search", "skip") | ("hidden", _) => frame.skip = true,
                ("data-search", "meta") => {
                    self.flush();
                    frame.meta = true;
                }
                ("data-search", "body") => frame.meta = false,
                ("data-place", place) => frame.place = Some(unescaped(place).into()),
                _ => {}
            }
        }
        if !is_void(name) && !tag.ends_with("/>") {
            self.stack.push(frame);
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.stack.iter().rposition(|frame| frame.name == name) else { return };
        let frame = self.top();
        if !frame.skip {
            let within = is_inline(name) || matches!(name, "td" | "th" | "dt");
            if frame.meta || !within {
                self.flush();
            }
        }
        if heading_level(name).is_some() {
            self.heading = 0;
        }
        self.stack.truncate(at);
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() || self.stack.last().is_none_or(|frame| frame.skip) {
            return;
        }
        unescape(text, &mut self.line);
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let text = tidy(&self.line);
        self.line.clear();
        if text.is_empty() {
            return;
        }
        let frame = self.top();
        if self.heading == 1 && !self.titled {
            self.titled = true;
            self.text.title = text;
        } else if frame.meta {
            self.text.meta.push(text);
        } else {
            let place = frame.place.map(|place| place.to_string()).unwrap_or_default();
            let anchor = self.anchor.clone();
            self.text.blocks.push(Block { is_heading: self.heading > 0, anchor, text, place });
        }
    }
}

/// Spaces and line ends in a row as one space, none at the ends; characters composed.
fn tidy(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    match composed(&out) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => out,
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn tag_name(tag: &str) -> &str {
    let inner = &tag[1..];
    let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(inner.len());
    &inner[..end]
}

/// Where a tag ends, its `>` included; one within quotes does not count.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The attributes of a tag with their values as they are written; one without a value
/// has an empty one.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag[1..].trim_end_matches(['>', '/']);
    rest = &rest[rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())..];
    std::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let quoted = after.strip_prefix('=').and_then(|value| Some((value, value.chars().next()?)));
        let (value, left) = match quoted {
            Some((value, quote @ ('"' | '\''))) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            Some((value, _)) => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            None => ("", after.strip_prefix('=').unwrap_or(after)),
        };
        rest = left;
        (!name.is_empty()).then_some((name, value))
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    unescape(text, &mut out);
    out
}

/// Puts text without character references behind other text.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').filter(|end| *end <= 10).map(|end| (&rest[1..end], end + 1));
        match reference.and_then(|(name, length)| Some((character(name)?, length))) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<body><h1>外面</h1><main id="main"><nav>路径</nav>
<h1 id="t">退一赔三 <span data-search="skip">★</span></h1>
<dl data-search="meta"><dt>单位</dt><dd><a href="x">城东分局</a></dd><dd>杨芒种</dd></dl>
<h2 id="yao">要点 &amp; 难点</h2><p>价款<strong>三倍</strong><br>五百元 &lt;起&gt;</p>
<table><tr><td>甲</td><td>乙</td></tr></table><script>var x = "<p>";</script>
<div id="f1" data-place="讲义.pptx 第 2 页"><p title="a > b">附件里的话</p></div></main><p>外面</p></body>"#;

    #[test]
    fn a_page_is_heard_as_it_is_read() {
        let text = hear(PAGE).expect("a page with main");
        assert_eq!(text.title, "退一赔三");
        assert_eq!(text.meta, ["城东分局", "杨芒种"]);
        let said: Vec<(bool, &str, &str, &str)> = text
            .blocks
            .iter()
            .map(|block| (block.is_heading, block.anchor.as_str(), block.text.as_str(), block.place.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                (true, "yao", "要点 & 难点", ""),
                (false, "yao", "价款三倍 五百元 <起>", ""),
                (false, "yao", "甲 ｜ 乙", ""),
                (false, "f1", "附件里的话", "讲义.pptx 第 2 页"),
            ]
        );
    }

    #[test]
    fn broken_markup_ends_without_harm() {
        for html in ["<main", "<main><p", "<main></p></main>", "<main>&#xffffff;&;&abcdefghijklmn", "<main><a b=\"c"] {
            assert!(hear(html).is_some());
        }
        assert_eq!(hear("<p>没有</p>"), None);
    }
}
