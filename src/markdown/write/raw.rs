//! Raw HTML: harmless tags are written again without their attributes, the rest is
//! shown as text and reported. Ammonia reads the result once more.

use pulldown_cmark::Event;

use super::blocks::end_of;
use super::{DEEPEST, Writer};
use crate::markdown::api::ProblemKind;
use crate::markdown::escape;
use crate::markdown::parse::Piece;
use crate::markdown::raw::{Part, Tag, is_void, parts};

/// A raw tag that waits for its end.
pub(super) struct OpenTag {
    name: &'static str,
    /// How many blocks were open around it.
    depth: usize,
}

/// The lines of a piece of raw HTML and where they stand in the text.
struct Source<'h> {
    html: &'h str,
    /// The offsets within `html` and in the text at which lines begin.
    lines: Vec<(usize, usize)>,
}

impl Source<'_> {
    fn place(&self, offset: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= offset);
        let line = after.checked_sub(1).and_then(|line| self.lines.get(line));
        line.map_or(offset, |(start, at)| at + (offset - start))
    }
}

/// Whether a part shows nothing: a comment, or the blanks between two.
fn is_silent(html: &str) -> impl Fn(&Part) -> bool {
    move |part| match part {
        Part::Comment => true,
        Part::Text(at) => html.get(at.clone()).unwrap_or("").trim().is_empty(),
        _ => false,
    }
}

impl<'a> Writer<'a, '_> {
    pub(super) fn html_block(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let end = end_of(pieces, index);
        let mut html = String::new();
        let mut lines = Vec::new();
        for piece in pieces.get(index + 1..end).unwrap_or_default() {
            if let Event::Html(line) | Event::Text(line) = &piece.event {
                lines.push((html.len(), piece.at.start));
                html.push_str(line);
            }
        }
        let parts = parts(&html);
        let is_text = !parts.iter().any(|part| matches!(part, Part::Tag(_))) && !parts.iter().all(is_silent(&html));
        self.fresh_line();
        if is_text {
            self.open_block("<p>", "</p>\n", false);
        }
        self.raw_html(&Source { html: &html, lines }, parts);
        if is_text {
            self.html.truncate(self.html.trim_end().len());
            self.close_block();
        }
        self.end_line();
        end + 1
    }

    pub(super) fn inline_html(&mut self, html: &str, at: usize) {
        self.raw_html(&Source { html, lines: vec![(0, at)] }, parts(html));
    }

    fn raw_html(&mut self, source: &Source<'_>, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Comment => {}
                Part::Text(at) => self.raw_text(source.html.get(at).unwrap_or("")),
                Part::Refused(at) => self.refuse(source, at),
                Part::Tag(tag) if tag.name == "br" && tag.dropped.is_none() => self.line_break(),
                Part::Tag(tag) => self.raw_tag(source, tag),
            }
        }
    }

    /// Text between tags, whose entities stay what they are.
    fn raw_text(&mut self, text: &str) {
        for (index, part) in text.split('&').enumerate() {
            let is_entity = part.find(';').is_some_and(|end| {
                end > 1 && end < 32 && part[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
            });
            if index > 0 {
                self.html.push_str(if is_entity { "&" } else { "&amp;" });
            }
            escape::text(&mut self.html, part);
        }
        self.plain.push_str(text);
    }

    fn report(&mut self, source: &Source<'_>, at: std::ops::Range<usize>) {
        let text = source.html.get(at.clone()).unwrap_or("");
        let place = source.place(at.start)..source.place(at.end);
        self.problems.add(ProblemKind::RawHtml, place, text);
    }

    fn refuse(&mut self, source: &Source<'_>, at: std::ops::Range<usize>) {
        self.has_raw_html = true;
        self.shown(source.html.get(at.clone()).unwrap_or(""));
        self.report(source, at);
    }

    fn raw_tag(&mut self, source: &Source<'_>, tag: Tag) {
        self.has_raw_html = true;
        if let Some(dropped) = tag.dropped.clone() {
            self.report(source, dropped);
        }
        if tag.closing {
            return self.close_tag(source, &tag);
        }
        if self.raw.len() >= DEEPEST {
            return self.refuse(source, tag.at);
        }
        let attributes = self.attributes(source, &tag);
        if tag.name == "img" && !attributes.contains(" src=") {
            return self.refuse(source, tag.at);
        }
        self.html.push_str(&format!("<{}{attributes}>", tag.name));
        if !is_void(tag.name) {
            self.raw.push(OpenTag { name: tag.name, depth: self.open.len() });
        }
    }

    /// The harmless attributes of a tag, its addresses resolved.
    fn attributes(&mut self, source: &Source<'_>, tag: &Tag) -> String {
        let mut attributes = String::new();
        for (name, value) in &tag.attributes {
            if matches!(*name, "src" | "href") {
                let at = source.place(tag.at.start);
                let Some(address) = self.address_in_html(value, *name == "src", at) else { continue };
                attributes.push_str(&format!(" {name}=\""));
                escape::address(&mut attributes, &address);
            } else {
                attributes.push_str(&format!(" {name}=\""));
                escape::attribute(&mut attributes, value);
            }
            attributes.push('"');
        }
        if tag.name == "img" {
            let has_alt = tag.attributes.iter().any(|(name, _)| *name == "alt");
            attributes.push_str(if has_alt { " loading=\"lazy\"" } else { " alt=\"\" loading=\"lazy\"" });
            let source = tag.attributes.iter().find(|(name, _)| *name == "src").map(|(_, value)| value.as_str());
            let is_sized = tag.attributes.iter().any(|(name, _)| matches!(*name, "width" | "height"));
            let size = source.filter(|_| !is_sized).and_then(|source| self.context.size(source));
            if let Some((width, height)) = size {
                attributes.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
        }
        attributes
    }

    /// Closes a raw tag of the same block together with those inside it.
    fn close_tag(&mut self, source: &Source<'_>, tag: &Tag) {
        let depth = self.open.len();
        let found = self.raw.iter().rposition(|open| open.depth >= depth && open.name == tag.name);
        let Some(found) = found else { return self.refuse(source, tag.at.clone()) };
        for open in self.raw.drain(found..).rev() {
            self.html.push_str(&format!("</{}>", open.name));
        }
    }

    /// Closes the raw tags that were left open in the current block.
    pub(super) fn close_raw(&mut self) {
        let depth = self.open.len();
        while let Some(open) = self.raw.pop_if(|open| open.depth >= depth) {
            self.html.push_str(&format!("</{}>", open.name));
        }
    }
}
