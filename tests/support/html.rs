//! A small reader of the pages that we write: attributes, headings, anchors, text.

use std::collections::BTreeSet;

/// The values of an attribute in all tags of a page.
pub fn attributes(page: &str, name: &str) -> Vec<String> {
    tags(page).into_iter().flat_map(|tag| values(tag, name)).collect()
}

/// The tags of a page, without their angle brackets; comments are passed over.
pub fn tags(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let end = end_of_tag(rest);
        found.push(&rest[..end]);
        rest = &rest[end..];
    }
    found
}

/// Where a tag ends: at the first `>` outside quotes.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return at,
            _ => {}
        }
    }
    rest.len()
}

fn values(tag: &str, name: &str) -> Vec<String> {
    let marker = format!("{name}=\"");
    let starts = tag.match_indices(&marker).filter(|(at, _)| tag[..*at].ends_with(char::is_whitespace));
    starts
        .filter_map(|(at, _)| {
            let value = &tag[at + marker.len()..];
            Some(decode_entities(&value[..value.find('"')?]))
        })
        .collect()
}

/// The anchors of a page.
pub fn anchors(page: &str) -> BTreeSet<String> {
    attributes(page, "id").into_iter().collect()
}

/// The text of the first `<h1>`.
pub fn heading(page: &str) -> String {
    between(page, "<h1", "</h1>")
        .map(|inner| text(&inner[inner.find('>').map_or(0, |end| end + 1)..]))
        .unwrap_or_default()
}

/// The text of `<title>`.
pub fn title(page: &str) -> String {
    between(page, "<title>", "</title>").map(text).unwrap_or_default()
}

/// What stands between two marks.
pub fn between<'a>(page: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = page.find(open)? + open.len();
    let length = page[start..].find(close)?;
    Some(&page[start..start + length])
}

/// A piece of HTML without its tags, with entities read.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tag = &rest[start + 1..];
        // Cells stand apart on the page.
        if tag.starts_with("/td") || tag.starts_with("/th") {
            out.push(' ');
        }
        rest = &tag[(end_of_tag(tag) + 1).min(tag.len())..];
    }
    out.push_str(rest);
    decode_entities(out.trim())
}

/// The entities that we and tera write.
pub fn decode_entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest.find(';').map(|end| &rest[1..end]);
        match entity.and_then(entity_character) {
            Some(c) => {
                out.push(c);
                rest = &rest[entity.map_or(0, str::len) + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity_character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        number => {
            let digits = number.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// A relative address as seen from a page: the file of the site and the anchor. What
/// leads out of the site (`https:`, `mailto:`, `data:`) is none.
pub fn target(page: &str, link: &str) -> Option<(String, Option<String>)> {
    let colon = link.find(':');
    if colon.is_some_and(|at| !link[..at].contains(['/', '#', '?'])) {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(unescape(anchor))));
    let path = path.split('?').next().unwrap_or_default();
    // The page for what is not found is shown at any address, and so links from the top.
    let from_top = path.strip_prefix('/').filter(|_| page == "404.html");
    let (page, path) = from_top.map_or((page, path), |path| ("index.html", path));
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    if path.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            other => parts.push(unescape(other)),
        }
    }
    Some((parts.join("/"), anchor))
}

/// Percent-encoded text as it reads.
pub fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Every relative link of a site that leads to no file of it, or to no anchor of a page.
pub fn broken_links(files: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages = || files.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".xml"));
    let text = |bytes: &'_ Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let anchors: std::collections::BTreeMap<&str, BTreeSet<String>> =
        pages().map(|(name, bytes)| (name.as_str(), anchors(&text(bytes)))).collect();
    let mut broken = Vec::new();
    for (name, bytes) in pages() {
        for link in links(&text(bytes)) {
            let Some((path, anchor)) = target(name, &link) else { continue };
            let whole = match (anchors.get(path.as_str()), anchor.filter(|anchor| !anchor.is_empty())) {
                (Some(there), Some(anchor)) => there.contains(&anchor),
                _ => files.contains_key(&path),
            };
            if !whole {
                broken.push(format!("{name}: {link}"));
            }
        }
    }
    broken
}

/// What a page links to and shows: `href`, `src`, and where a redirect leads.
pub fn links(page: &str) -> Vec<String> {
    let mut found = attributes(page, "href");
    found.extend(attributes(page, "src"));
    let refresh = attributes(page, "content").into_iter();
    found.extend(refresh.filter_map(|value| value.split_once("url=").map(|(_, url)| url.to_owned())));
    found
}
