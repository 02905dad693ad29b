//! Links and images.

use pulldown_cmark::{Event, LinkType, Tag};

use super::Writer;
use super::blocks::end_of;
use crate::markdown::api::{ProblemKind, Target};
use crate::markdown::escape::{self, Scheme, scheme};
use crate::markdown::parse::Piece;

/// What became of a destination.
enum Way {
    /// It leads to this address.
    To(String),
    /// It is no link after all.
    Text,
    /// It leads nowhere.
    Nowhere,
}

impl<'a> Writer<'a, '_> {
    /// Opens a link and returns the index of the piece to go on at.
    pub(super) fn start_link(&mut self, tag: &Tag<'a>, pieces: &[Piece<'a>], index: usize) -> usize {
        let (Tag::Link { link_type, dest_url, title, .. }, Some(piece)) = (tag, pieces.get(index)) else {
            return index + 1;
        };
        if let LinkType::WikiLink { has_pothole } = link_type {
            return self.start_wiki(dest_url, *has_pothole, pieces, index);
        }
        let address = match link_type {
            LinkType::Email if !dest_url.starts_with("mailto:") => format!("mailto:{dest_url}"),
            _ => dest_url.to_string(),
        };
        let way = self.resolve(&address, false, piece);
        self.open_link(&way, title);
        if end_of(pieces, index) == index + 1 {
            self.shown(dest_url);
        }
        index + 1
    }

    /// A wiki link without a text of its own shows the title of what it leads to.
    fn start_wiki(&mut self, name: &str, has_pothole: bool, pieces: &[Piece<'a>], index: usize) -> usize {
        let Some(piece) = pieces.get(index) else { return index + 1 };
        let (way, title) = match self.context.wiki(name) {
            Target::Found { href, title } if is_allowed(&href) => (Way::To(href), title),
            Target::AsWritten => (Way::Text, None),
            _ => {
                self.problems.add(ProblemKind::BrokenLink, piece.at.clone(), name);
                (Way::Nowhere, None)
            }
        };
        if matches!(way, Way::Text) {
            self.shown("[[");
            self.open_links.push("]]");
            return index + 1;
        }
        self.open_link(&way, "");
        let Some(title) = title.filter(|_| !has_pothole) else { return index + 1 };
        // The name stands in the pieces that follow; the title takes its place.
        self.shown(&title);
        end_of(pieces, index)
    }

    fn open_link(&mut self, way: &Way, title: &str) {
        match way {
            Way::To(href) => {
                self.html.push_str("<a href=\"");
                escape::address(&mut self.html, href);
                self.html.push('"');
                self.attribute("title", title);
                if scheme(href) == Scheme::Web {
                    self.html.push_str(" rel=\"noopener noreferrer\"");
                }
                self.html.push('>');
                self.open_links.push("</a>");
            }
            Way::Text => self.open_links.push(""),
            Way::Nowhere => {
                self.html.push_str("<span class=\"broken-link\">");
                self.open_links.push("</span>");
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            escape::attribute(&mut self.html, value);
            self.html.push('"');
        }
    }

    /// Asks where a destination leads, and reports when it leads nowhere.
    fn resolve(&mut self, written: &str, is_image: bool, piece: &Piece<'_>) -> Way {
        let (way, kind) = match scheme(written) {
            Scheme::Local => (Way::Nowhere, ProblemKind::LocalPath),
            Scheme::Unsafe if is_certainly_unsafe(written) => (Way::Nowhere, ProblemKind::BrokenLink),
            _ => match self.context.destination(written, is_image) {
                Target::Found { href, .. } if is_allowed(&href) => (Way::To(href), ProblemKind::BrokenLink),
                Target::AsWritten if is_allowed(written) => (Way::To(written.to_owned()), ProblemKind::BrokenLink),
                _ => (Way::Nowhere, ProblemKind::BrokenLink),
            },
        };
        if matches!(way, Way::Nowhere) {
            self.problems.add(kind, piece.at.clone(), written);
        }
        way
    }

    /// The address for raw HTML, or `None` when it leads nowhere.
    pub(super) fn address_in_html(&mut self, written: &str, is_image: bool, at: usize) -> Option<String> {
        let piece = Piece { event: Event::SoftBreak, at: at..at };
        match self.resolve(written, is_image, &piece) {
            Way::To(address) => Some(address),
            _ => None,
        }
    }

    /// Writes an image and returns the index of the piece after it.
    pub(super) fn image(&mut self, pieces: &[Piece<'a>], index: usize) -> usize {
        let end = end_of(pieces, index);
        let Some(piece @ Piece { event: Event::Start(Tag::Image { dest_url, title, .. }), .. }) = pieces.get(index)
        else {
            return end + 1;
        };
        let alt = alt_text(pieces.get(index + 1..end).unwrap_or_default());
        match self.resolve(dest_url, true, piece) {
            Way::To(address) => self.write_image(&address, &alt, title, self.context.size(dest_url)),
            _ => {
                self.html.push_str("<span class=\"broken-link\">");
                self.shown(if alt.is_empty() { dest_url } else { &alt });
                self.html.push_str("</span>");
            }
        }
        end + 1
    }

    fn write_image(&mut self, address: &str, alt: &str, title: &str, size: Option<(u32, u32)>) {
        self.html.push_str("<img src=\"");
        escape::address(&mut self.html, address);
        self.html.push_str("\" alt=\"");
        escape::attribute(&mut self.html, alt);
        self.html.push('"');
        self.attribute("title", title);
        if let Some((width, height)) = size {
            self.html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.html.push_str(" loading=\"lazy\">");
    }

    /// Writes a paragraph that is nothing but an image with a title as a figure.
    pub(super) fn figure(&mut self, inside: &[Piece<'a>]) -> bool {
        let Some(Piece { event: Event::Start(Tag::Image { title, dest_url, link_type, id }), at }) = inside.first()
        else {
            return false;
        };
        if title.is_empty() || end_of(inside, 0) + 1 != inside.len() {
            return false;
        }
        let (link_type, dest_url, id) = (*link_type, dest_url.clone(), id.clone());
        let untitled = Event::Start(Tag::Image { title: "".into(), dest_url, link_type, id });
        let mut image = inside.to_vec();
        if let Some(first) = image.first_mut() {
            *first = Piece { event: untitled, at: at.clone() };
        }
        self.open_block("<figure>", "</figure>\n", true);
        self.image(&image, 0);
        self.html.push_str("<figcaption>");
        self.shown(title);
        self.html.push_str("</figcaption>");
        self.close_block();
        self.end_line();
        true
    }
}

/// What `Links` may not even be asked about: schemes that run or carry content.
fn is_certainly_unsafe(address: &str) -> bool {
    let scheme: String = address.chars().filter(|c| *c > ' ').take_while(|c| *c != ':').collect();
    matches!(scheme.to_ascii_lowercase().as_str(), "javascript" | "vbscript" | "data" | "blob" | "about")
}

fn is_allowed(address: &str) -> bool {
    !matches!(scheme(address), Scheme::Unsafe | Scheme::Local)
}

fn alt_text(pieces: &[Piece<'_>]) -> String {
    let mut alt = String::new();
    for piece in pieces {
        match &piece.event {
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}
