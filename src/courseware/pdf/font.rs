//! What the codes of a font mean and how wide they are.

use std::rc::Rc;

use encoding_rs::{GBK, UTF_16BE};
use lopdf::{Dictionary, Document, Encoding, Object};

use super::ByPlace;
use crate::courseware::limits;

/// A font.
pub struct Font<'a> {
    meaning: Meaning<'a>,
    is_composite: bool,
    widths: Widths,
}

enum Meaning<'a> {
    Known(Encoding<'a>),
    Gbk,
    Utf16,
    Unknown,
}

/// Widths in thousandths of the size: runs of codes, and what holds for all others.
struct Widths {
    runs: Vec<(u32, Vec<f32>)>,
    spans: Vec<(u32, u32, f32)>,
    other: f32,
}

/// Fonts that have been looked at.
#[derive(Default)]
pub struct Fonts<'a>(ByPlace<Rc<Font<'a>>>);

impl<'a> Fonts<'a> {
    /// A font by its dictionary.
    pub fn of(&mut self, document: &'a Document, font: &'a Dictionary) -> Rc<Font<'a>> {
        let place = std::ptr::from_ref(font) as usize;
        Rc::clone(self.0.entry(place).or_insert_with(|| Rc::new(Font::read(document, font))))
    }
}

/// Encodings that national standards name.
pub fn is_chinese(name: &[u8]) -> bool {
    is_gbk(name) || name.starts_with(b"UniGB-")
}

fn is_gbk(name: &[u8]) -> bool {
    name.starts_with(b"GB") && name.windows(3).any(|part| part == b"EUC" || part == b"K2K")
}

impl<'a> Font<'a> {
    fn read(document: &'a Document, font: &'a Dictionary) -> Self {
        let is_composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let name = font.get(b"Encoding").and_then(Object::as_name).unwrap_or_default();
        let meaning = match font.get_font_encoding_with_limit(document, limits::STREAM) {
            _ if is_gbk(name) => Meaning::Gbk,
            _ if name.starts_with(b"UniGB-") => Meaning::Utf16,
            // A font of many glyphs without a way to text: the reader falls back to Latin.
            Ok(Encoding::OneByteEncoding(_)) if is_composite => Meaning::Unknown,
            Ok(encoding) => Meaning::Known(encoding),
            Err(_) => Meaning::Unknown,
        };
        let widths = if is_composite { composite(document, font) } else { simple(document, font) };
        Self { meaning, is_composite, widths }
    }

    /// The text of a string; `None` when nothing tells what its codes mean.
    pub fn text(&self, bytes: &[u8]) -> Option<String> {
        match &self.meaning {
            Meaning::Known(encoding) => encoding.bytes_to_string(bytes).ok(),
            Meaning::Gbk => Some(GBK.decode_without_bom_handling(bytes).0.into_owned()),
            Meaning::Utf16 => Some(UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()),
            Meaning::Unknown => None,
        }
    }

    /// The codes of a string, each with its width in thousandths of the size.
    pub fn codes(&self, bytes: &[u8]) -> Vec<f32> {
        let mut found = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while let Some(first) = bytes.get(at).copied() {
            let is_pair = match self.meaning {
                Meaning::Gbk => first >= 0x81,
                _ => self.is_composite,
            };
            let code = match bytes.get(at + 1).filter(|_| is_pair) {
                Some(second) => u32::from(first) << 8 | u32::from(*second),
                None => u32::from(first),
            };
            at += if is_pair { 2 } else { 1 };
            let is_latin = matches!(self.meaning, Meaning::Utf16 | Meaning::Gbk) && code < 0x80;
            found.push(if is_latin { 500.0 } else { self.widths.of(code) });
        }
        found
    }

    /// Whether one byte is one code, so that 0x20 is a space.
    pub fn is_simple(&self) -> bool {
        !self.is_composite
    }
}

impl Widths {
    fn of(&self, code: u32) -> f32 {
        let in_run = |(first, widths): &(u32, Vec<f32>)| {
            code.checked_sub(*first).and_then(|at| widths.get(usize::try_from(at).ok()?)).copied()
        };
        // Runs stand in the order of their codes, as writers put them; a writer who does
        // not is still read, only more slowly.
        let before = self.runs.partition_point(|(first, _)| *first <= code);
        let near = before.checked_sub(1).and_then(|at| self.runs.get(at)).and_then(in_run);
        let spanned = || self.spans.iter().find(|(first, last, _)| (*first..=*last).contains(&code)).map(|span| span.2);
        near.or_else(spanned).unwrap_or(self.other)
    }
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap_or(0.0)
}

fn simple(document: &Document, font: &Dictionary) -> Widths {
    let first = font.get(b"FirstChar").and_then(Object::as_i64).ok().and_then(|first| u32::try_from(first).ok());
    let widths = font.get_deref(b"Widths", document).and_then(Object::as_array);
    let widths = widths.map(|widths| widths.iter().take(256).map(number).collect()).unwrap_or_default();
    Widths { runs: vec![(first.unwrap_or(0), widths)], spans: Vec::new(), other: 500.0 }
}

fn composite(document: &Document, font: &Dictionary) -> Widths {
    let mut found = Widths { runs: Vec::new(), spans: Vec::new(), other: 1000.0 };
    let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let inner = inner.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let Some(inner) = inner else { return found };
    if let Ok(width) = inner.get_deref(b"DW", document) {
        found.other = number(width);
    }
    let Ok(list) = inner.get_deref(b"W", document).and_then(Object::as_array) else { return found };
    let code = |object: &Object| object.as_i64().ok().and_then(|code| u32::try_from(code).ok());
    let mut at = 0;
    while let (Some(first), Some(next)) = (list.get(at).and_then(code), list.get(at + 1)) {
        let next = document.dereference(next).map_or(next, |(_, object)| object);
        if let Ok(widths) = next.as_array() {
            found.runs.push((first, widths.iter().take(65_536).map(number).collect()));
            at += 2;
        } else {
            let width = list.get(at + 2).map_or(1000.0, number);
            found.spans.extend(code(next).map(|last| (first, last, width)));
            at += 3;
        }
    }
    found.runs.sort_by_key(|(first, _)| *first);
    found
}
