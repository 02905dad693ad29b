//! Links that Markdown leaves as text: `[[L22|文字]]`, `[表](文件 名.pdf)` and bare
//! addresses.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Piece, is_escaped, is_verbatim, verbatim};
use crate::markdown::api::ProblemKind;
use crate::markdown::problems::Problems;

/// Nothing longer than this, in bytes, is taken for a name or a destination.
const LONGEST: usize = 400;

/// A link found in a text, with offsets within that text.
struct Found<'a> {
    /// The whole link.
    whole: Range<usize>,
    /// What it shows; for a wiki link without a text of its own, its name.
    label: Range<usize>,
    destination: CowStr<'a>,
    title: &'a str,
    kind: LinkType,
    is_image: bool,
}

/// Turns the links in verbatim text outside links into link pieces.
pub(super) fn find<'a>(run: Vec<Piece<'a>>, text: &'a str, problems: &mut Problems) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(run.len() + 4);
    let mut depth = 0usize;
    for piece in run {
        match &piece.event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => depth = depth.saturating_sub(1),
            Event::InlineHtml(html) if html.starts_with("<a ") => depth += 1,
            Event::InlineHtml(html) if html.starts_with("</a") => depth = depth.saturating_sub(1),
            Event::Text(_) if depth == 0 && is_verbatim(&piece, text) => {
                split(&piece.at, text, &mut pieces, problems);
                continue;
            }
            _ => {}
        }
        pieces.push(piece);
    }
    pieces
}

fn split<'a>(at: &Range<usize>, text: &'a str, pieces: &mut Vec<Piece<'a>>, problems: &mut Problems) {
    let words = text.get(at.clone()).unwrap_or("");
    let mut finder = Finder { words, next_link: 0, text_start: at.start, text };
    let mut done = 0;
    let mut from = 0;
    while let Some(sign) = words[from..].find(['[', '［', '!', 'h', 'w']).map(|sign| from + sign) {
        let Some(found) = finder.link_at(sign) else {
            from = sign + words[sign..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let place = |range: &Range<usize>| at.start + range.start..at.start + range.end;
        if found.kind == LinkType::Inline {
            problems.add(ProblemKind::SpacedLink, place(&found.whole), &found.destination);
        }
        if done < found.whole.start {
            pieces.push(verbatim(place(&(done..found.whole.start)), text));
        }
        done = found.whole.end;
        from = done;
        push(found, at.start, text, pieces);
    }
    if done < words.len() {
        pieces.push(verbatim(at.start + done..at.end, text));
    }
}

fn push<'a>(found: Found<'a>, offset: usize, text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let at = offset + found.whole.start..offset + found.whole.end;
    let (link_type, dest_url, title, id) = (found.kind, found.destination, CowStr::Borrowed(found.title), "".into());
    let (start, end) = if found.is_image {
        (Tag::Image { link_type, dest_url, title, id }, TagEnd::Image)
    } else {
        (Tag::Link { link_type, dest_url, title, id }, TagEnd::Link)
    };
    pieces.push(Piece { event: Event::Start(start), at: at.clone() });
    if !found.label.is_empty() {
        pieces.push(verbatim(offset + found.label.start..offset + found.label.end, text));
    }
    pieces.push(Piece { event: Event::End(end), at });
}

struct Finder<'a> {
    words: &'a str,
    /// Where the next `](` stands, from the place last asked about.
    next_link: usize,
    /// Where the words begin in the text.
    text_start: usize,
    text: &'a str,
}

impl<'a> Finder<'a> {
    fn link_at(&mut self, at: usize) -> Option<Found<'a>> {
        if at == 0 && is_escaped(self.text_start, self.text) {
            return None;
        }
        let rest = &self.words[at..];
        if rest.starts_with(['h', 'w']) {
            return self.bare(at);
        }
        wiki(self.words, at).or_else(|| self.spaced(at))
    }

    /// `[表](文件 名.pdf)`, which Markdown reads only with `<>` around the destination.
    fn spaced(&mut self, at: usize) -> Option<Found<'a>> {
        if self.next_link <= at {
            self.next_link = self.words[at..].find("](").map_or(usize::MAX, |next| at + next);
        }
        if self.next_link - at > LONGEST {
            return None;
        }
        let is_image = self.words[at..].starts_with("![");
        let open = at + usize::from(is_image);
        if !self.words[open..].starts_with('[') {
            return None;
        }
        let close = open + balanced(&self.words[open..], '[', ']')?;
        let paren = close + 1;
        if !self.words[paren..].starts_with('(') {
            return None;
        }
        let end = paren + balanced(&self.words[paren..], '(', ')')?;
        let (destination, title) = destination(&self.words[paren + 1..end])?;
        Some(Found {
            whole: at..end + 1,
            label: open + 1..close,
            destination: CowStr::Borrowed(destination),
            title,
            kind: LinkType::Inline,
            is_image,
        })
    }

    /// A bare address, which ends before Chinese characters and closing signs.
    fn bare(&self, at: usize) -> Option<Found<'a>> {
        let rest = &self.words[at..];
        let scheme = ["http://", "https://", "www."].into_iter().find(|scheme| rest.starts_with(scheme))?;
        if self.words[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let ends = |c: char| !c.is_ascii_graphic() || "<>\"'`|\\^{}[]*".contains(c);
        let mut address = &rest[..rest.find(ends).unwrap_or(rest.len())];
        address = &address[..address.find("~~").unwrap_or(address.len())];
        address = without_tail(address);
        if !address[scheme.len().min(address.len())..].contains(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let destination =
            if scheme == "www." { CowStr::from(format!("http://{address}")) } else { CowStr::Borrowed(address) };
        let whole = at..at + address.len();
        Some(Found { label: whole.clone(), whole, destination, title: "", kind: LinkType::Autolink, is_image: false })
    }
}

/// Takes off the signs of the sentence around an address, and closing brackets that
/// it does not open.
fn without_tail(address: &str) -> &str {
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    let mut rest = address;
    loop {
        if let Some(shorter) = rest.strip_suffix(['.', ',', ':', ';', '!', '?', '_', '~']) {
            rest = shorter;
        } else if unopened > 0 && rest.ends_with(')') {
            unopened -= 1;
            rest = &rest[..rest.len() - 1];
        } else {
            return rest;
        }
    }
}

/// `[[名]]` and `[[名|文字]]`, in either width.
fn wiki(words: &str, at: usize) -> Option<Found<'_>> {
    let rest = &words[at..];
    let inner = rest.strip_prefix("[[").or_else(|| rest.strip_prefix("［［"))?;
    let open = rest.len() - inner.len();
    let length = inner.char_indices().find_map(|(index, c)| match c {
        ']' | '］' => Some(Some(index)),
        '[' | '［' | '\n' => Some(None),
        _ => (index > LONGEST).then_some(None),
    })??;
    let after = &inner[length..];
    let close = ["]]", "］］"].into_iter().find(|close| after.starts_with(close))?;
    let inside = &inner[..length];
    let (name, label) = match inside.find(['|', '｜']) {
        Some(bar) => (&inside[..bar], inside[bar..].trim_start_matches(['|', '｜']).trim()),
        None => (inside, ""),
    };
    let name = name.trim();
    let has_pothole = !label.is_empty();
    let shown = if has_pothole { label } else { name };
    let start = at + open + (shown.as_ptr() as usize - inside.as_ptr() as usize);
    (!name.is_empty()).then(|| Found {
        whole: at..at + open + length + close.len(),
        label: start..start + shown.len(),
        destination: CowStr::Borrowed(name),
        title: "",
        kind: LinkType::WikiLink { has_pothole },
        is_image: false,
    })
}

/// The offset of the bracket that closes the one at the start.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if at > LONGEST {
            return None;
        } else if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// A destination with spaces and its title, when it looks like the name of a file
/// or an address and not like words in brackets.
fn destination(inside: &str) -> Option<(&str, &str)> {
    let inside = inside.trim();
    let (destination, title) = match inside.strip_suffix('"').and_then(|rest| rest.split_once('"')) {
        Some((destination, title)) => (destination.trim_end(), title),
        None => (inside, ""),
    };
    let path = &destination[..destination.find(['#', '?']).unwrap_or(destination.len())];
    let has_extension = path.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric())
    });
    let is_file = has_extension || path.contains(['/', '\\']);
    (destination.contains(char::is_whitespace) && is_file && !destination.starts_with('<'))
        .then_some((destination, title))
}
