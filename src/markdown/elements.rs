//! Reads the HTML of a rendered body back into its elements, as far as cutting and
//! joining bodies needs it. The HTML is our own or ammonia's: well formed, attributes
//! in double quotes.

/// Whether an element has no content.
fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "input" | "link" | "meta" | "wbr")
}

/// An element, or a stretch of text between elements, whose name is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'h> {
    /// Its name, such as `p`.
    pub name: &'h str,
    /// All of it.
    pub html: &'h str,
    /// The tag that opens it.
    pub open: &'h str,
    /// What it holds.
    pub inner: &'h str,
}

impl<'h> Element<'h> {
    /// The value of an attribute as it is written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        attributes(self.open).find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Whether it has this class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }
}

/// A piece of HTML: a tag or the text before the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Text, with entities as they are.
    Text(&'h str),
    /// `<name …>`; whether something is inside of it.
    Open { name: &'h str, tag: &'h str, has_content: bool },
    /// `</name>`.
    Close { name: &'h str, tag: &'h str },
}

impl<'h> Token<'h> {
    /// The piece as it is written.
    pub(super) fn text(self) -> &'h str {
        match self {
            Token::Text(text) => text,
            Token::Open { tag, .. } | Token::Close { tag, .. } => tag,
        }
    }
}

/// The pieces of some HTML in their order; put together they are the HTML again.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let (first, after) = rest.split_at(length(rest)?);
        rest = after;
        Some(read(first))
    })
}

/// How long the piece is that the text begins with.
fn length(rest: &str) -> Option<usize> {
    if !rest.starts_with('<') {
        return Some(rest.find('<').unwrap_or(rest.len())).filter(|length| *length > 0);
    }
    let mut quoted = false;
    let end = rest.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    Some(end.map_or(rest.len(), |end| end + 1))
}

fn read(piece: &str) -> Token<'_> {
    let Some(inside) = piece.strip_prefix('<') else { return Token::Text(piece) };
    if let Some(name) = inside.strip_prefix('/') {
        return Token::Close { name: name.trim_end_matches('>').trim(), tag: piece };
    }
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let name = &inside[..end];
    Token::Open { name, tag: piece, has_content: !is_void(name) && !name.is_empty() }
}

/// The elements at the top of some HTML. What lies between them and is more than blank
/// is kept as text.
pub(super) fn elements(html: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let (mut depth, mut at) = (0usize, 0);
    // Where the element begins that is open, and where its content does.
    let (mut start, mut inside) = (0, 0);
    for token in tokens(html) {
        let begin = at;
        at += token.text().len();
        match token {
            Token::Text(text) if depth == 0 && !text.trim().is_empty() => {
                found.push(Element { name: "", html: text, open: "", inner: text });
            }
            Token::Open { has_content: true, .. } => {
                if depth == 0 {
                    (start, inside) = (begin, at);
                }
                depth += 1;
            }
            Token::Open { name, tag, .. } if depth == 0 => {
                found.push(Element { name, html: tag, open: tag, inner: "" });
            }
            Token::Close { .. } if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(element(html, start, inside, begin, at));
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        found.push(element(html, start, inside, html.len(), html.len()));
    }
    found
}

fn element(html: &str, start: usize, inside: usize, close: usize, end: usize) -> Element<'_> {
    let open = &html[start..inside];
    let name = match read(open) {
        Token::Open { name, .. } => name,
        _ => "",
    };
    Element { name, html: &html[start..end], open, inner: &html[inside..close] }
}

/// The attributes of a tag as they are written.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let equals = rest.find("=\"")?;
        let name = rest[..equals].rsplit([' ', '\n', '"', '<']).next().unwrap_or("");
        let value = &rest[equals + 2..];
        let end = value.find('"').unwrap_or(value.len());
        rest = value.get(end + 1..).unwrap_or("");
        Some((name, &value[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_at_the_top_are_told_apart() {
        let html =
            "<p>甲<br>乙 <b>丙</b></p>\n<hr>\n文字<ul>\n<li><p>丁</p></li>\n</ul>\n<img src=\"a.png\" alt=\"a>b\">";
        let names: Vec<&str> = elements(html).iter().map(|element| element.name).collect();
        assert_eq!(names, ["p", "hr", "", "ul", "img"]);
        assert_eq!(elements(html)[0].inner, "甲<br>乙 <b>丙</b>");
        assert_eq!(elements(html)[3].inner, "\n<li><p>丁</p></li>\n");
        assert_eq!(elements(html)[4].attribute("alt"), Some("a>b"));
        assert_eq!(tokens(html).map(Token::text).collect::<String>(), html);
    }

    #[test]
    fn attributes_are_read_as_written() {
        let html = "<li id=\"fn-1\" class=\"task big\" data-right=\"true\">x</li>";
        let item = elements(html)[0];
        assert_eq!(item.attribute("id"), Some("fn-1"));
        assert!(item.has_class("big") && !item.has_class("bi"));
        assert_eq!(item.attribute("right"), None);
        assert_eq!(elements("<p>未完").len(), 1);
        assert_eq!(elements("a < b").iter().map(|element| element.html).collect::<String>(), "a < b");
    }
}
