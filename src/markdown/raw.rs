//! Takes raw HTML apart into text, harmless tags and the rest.

use std::ops::Range;

/// A part of raw HTML, with offsets within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Text, in which entities may stand.
    Text(Range<usize>),
    /// A harmless tag.
    Tag(Tag),
    /// Markup that is not allowed and is shown as text.
    Refused(Range<usize>),
    /// A comment, which is left out.
    Comment,
}

/// A harmless tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name.
    pub name: &'static str,
    /// Whether it closes.
    pub closing: bool,
    /// Its harmless attributes, as they were written.
    pub attributes: Vec<(&'static str, String)>,
    /// The first attribute that was dropped.
    pub dropped: Option<Range<usize>>,
    /// Where it stands.
    pub at: Range<usize>,
}

/// The harmless tags and their harmless attributes. Void ones come first.
const TAGS: [(&str, &[&str]); 48] = [
    ("br", &[]),
    ("hr", &[]),
    ("wbr", &[]),
    ("col", &["span"]),
    ("img", &["src", "alt", "title", "width", "height"]),
    ("a", &["href", "title"]),
    ("b", &[]),
    ("blockquote", &[]),
    ("caption", &[]),
    ("code", &[]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("i", &[]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &[]),
    ("mark", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
];

/// How many of the tags are void.
const VOID: usize = 5;

/// Whether the tag has no end.
pub(super) fn is_void(name: &str) -> bool {
    TAGS[..VOID].iter().any(|(void, _)| *void == name)
}

/// Takes raw HTML apart.
pub(super) fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut from = 0;
    let last_comment = html.rfind("-->").unwrap_or(0);
    while let Some(at) = html[from..].find('<').map(|at| from + at) {
        let Some((part, end)) = markup(html, at, last_comment) else {
            from = at + 1;
            continue;
        };
        if done < at {
            parts.push(Part::Text(done..at));
        }
        parts.push(part);
        (done, from) = (end, end);
    }
    if done < html.len() {
        parts.push(Part::Text(done..html.len()));
    }
    parts
}

/// The markup that begins at this `<`, and where it ends; no comment ends after
/// `last_comment`.
fn markup(html: &str, at: usize, last_comment: usize) -> Option<(Part, usize)> {
    let rest = &html[at..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        if last_comment < at {
            return None;
        }
        let end = comment.find("-->").map(|end| at + 4 + end + 3)?;
        return Some((Part::Comment, end));
    }
    let end = at + tag_end(rest)?;
    let refused = Some((Part::Refused(at..end), end));
    let Some(inside) = html.get(at + 1..end - 1) else { return refused };
    let closing = inside.starts_with('/');
    let inside = inside.trim_start_matches('/');
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    let name = inside[..length].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.starts_with("<!") && !rest.starts_with("<?") {
        return None;
    }
    let Some((name, allowed)) = TAGS.iter().find(|(tag, _)| *tag == name) else { return refused };
    let mut tag = Tag { name, closing, attributes: Vec::new(), dropped: None, at: at..end };
    attributes(&mut tag, html, end - 1 - (inside.len() - length)..end - 1, allowed);
    Some((Part::Tag(tag), end))
}

/// The length of a tag up to its `>`, which does not count inside quotes.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (None, b'<') => return None,
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    None
}

/// Keeps the allowed attributes among those in the given stretch.
fn attributes(tag: &mut Tag, html: &str, at: Range<usize>, allowed: &'static [&'static str]) {
    let mut from = at.start;
    while from < at.end {
        let rest = &html[from..at.end];
        let skipped = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let start = from + skipped;
        let rest = &html[start..at.end];
        if rest.is_empty() {
            return;
        }
        let name_length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len()).max(1);
        let name_length = if rest.is_char_boundary(name_length) { name_length } else { rest.len() };
        let (value, length) = value(&rest[name_length..]);
        let name = rest[..name_length].to_ascii_lowercase();
        match allowed.iter().find(|one| **one == name).filter(|one| !tag.closing && is_harmless(one, value)) {
            Some(name) => tag.attributes.push((name, value.replace("&amp;", "&"))),
            None if tag.dropped.is_none() => tag.dropped = Some(start..start + name_length + length),
            None => {}
        }
        from = start + name_length + length;
    }
}

/// The value after an attribute's name, and how long it is with its `=` and quotes.
fn value(rest: &str) -> (&str, usize) {
    let Some(after) = rest.trim_start().strip_prefix('=') else { return ("", 0) };
    let after = after.trim_start();
    let offset = rest.len() - after.len();
    for quote in ['"', '\''] {
        if let Some(inside) = after.strip_prefix(quote) {
            let length = inside.find(quote).unwrap_or(inside.len());
            return (&inside[..length], offset + (length + 2).min(after.len()));
        }
    }
    let length = after.find(char::is_whitespace).unwrap_or(after.len());
    (&after[..length], offset + length)
}

fn is_harmless(name: &str, value: &str) -> bool {
    match name {
        "width" | "height" => {
            let digits = value.strip_suffix('%').unwrap_or(value);
            (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        "colspan" | "rowspan" | "span" | "start" => {
            (1..=4).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        // An address could hide its scheme in entities.
        "src" | "href" => !value.replace("&amp;", "").contains('&') || !value.contains(';'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn tags_are_told_from_text() {
        let html = "a <b class=x title='>'>c</b> 3<5 <script>";
        let parts = parts(html);
        assert_eq!(parts[0], Part::Text(0..2));
        let Part::Tag(tag) = &parts[1] else { panic!("{parts:?}") };
        assert_eq!((tag.name, tag.dropped.clone()), ("b", Some(5..12)));
        assert_eq!(&html[tag.at.clone()], "<b class=x title='>'>");
        assert_eq!(parts.last(), Some(&Part::Refused(33..41)));
    }

    #[test]
    fn comments_end_and_open_ones_stay() {
        assert_eq!(parts("<!-- a\n b -->"), [Part::Comment]);
        assert_eq!(parts("<!-- a"), [Part::Text(0..6)]);
    }
}
