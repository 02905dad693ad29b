//! PDF, page by page, as LibreOffice, WPS, Chrome and printers write it.

mod font;
mod lines;
mod page;

use std::collections::HashMap;

use lopdf::{Document, Error, LoadOptions, Object, decode_text_string};

use super::limits::{self, Trouble};
use super::office::tidy;
use crate::source::{Line, Part, Properties, Spot};
use font::Fonts;
use page::Reader;

/// What a PDF says.
#[derive(Debug, Default)]
pub struct Found {
    /// Its pages.
    pub parts: Vec<Part>,
    /// How many pages it has.
    pub count: u32,
    /// What it says of itself.
    pub properties: Properties,
    /// Whether pages show something, but no text: pictures of pages.
    pub is_scan: bool,
    /// Whether there are letters that nothing tells the meaning of.
    pub is_unreadable: bool,
}

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Result<Found, Trouble> {
    let options = LoadOptions { max_decompressed_size: Some(limits::STREAM), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| trouble(&error))?;
    if document.is_encrypted() {
        return Err(Trouble::Locked);
    }
    prefer_unicode(&mut document);
    let pages = document.get_pages();
    let mut found = Found { count: count(pages.len()), properties: properties(&document), ..Found::default() };
    let mut fonts = Fonts::default();
    let mut left = limits::OPERATIONS;
    let mut shown = 0;
    for (number, id) in pages.into_iter().take(limits::PARTS) {
        let mut reader = Reader::new(&document, &mut fonts, &mut left);
        let pieces = reader.page(id)?;
        shown += reader.pictures;
        found.is_unreadable |= reader.unreadable > 20;
        let lines = lines::paragraphs(pieces);
        if !lines.is_empty() {
            let lines = lines.into_iter().map(Line::Text).collect();
            found.parts.push(Part { lines, ..Part::new(Spot::Page(number)) });
        }
    }
    let says = found.parts.iter().flat_map(Part::texts).flat_map(str::chars).filter(|c| c.is_alphanumeric()).count();
    let few = says < 10 * usize::try_from(found.count).unwrap_or(1).max(1);
    found.is_scan = shown > 0 && few && says < 200 && !found.is_unreadable;
    found.is_unreadable &= few;
    Ok(found)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => Trouble::Locked,
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Trouble::Beyond,
        _ => Trouble::Damaged,
    }
}

/// Takes the way from codes to glyphs out of fonts that tell the way to text as well:
/// the reader of fonts asks for the first one, which often says nothing.
fn prefer_unicode(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Dictionary(font) = object else { continue };
        let is_predefined = font.get(b"Encoding").and_then(Object::as_name).is_ok_and(font::is_chinese);
        if font.has_type(b"Font") && font.has(b"ToUnicode") && !is_predefined {
            font.remove(b"Encoding");
        }
    }
}

fn properties(document: &Document) -> Properties {
    let mut found = Properties::default();
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).and_then(|id| document.get_dictionary(id));
    let Ok(info) = info else { return found };
    for (key, name) in [(&b"Title"[..], "标题"), (b"Author", "作者"), (b"Subject", "主题"), (b"Keywords", "标记")]
    {
        let text = info.get(key).ok().and_then(|text| decode_text_string(text).ok()).map(|text| tidy(&text));
        // What reportlab writes when nobody said anything.
        let is_said = |text: &String| !matches!(text.as_str(), "" | "untitled" | "anonymous" | "unspecified");
        let Some(text) = text.filter(is_said) else { continue };
        match name {
            "标题" => found.title = Some(text.clone()),
            "作者" => found.author = Some(text.clone()),
            _ => {}
        }
        found.all.push((name.to_owned(), text));
    }
    found
}

/// Fonts by where their dictionaries lie: many pages share one.
type ByPlace<T> = HashMap<usize, T>;
