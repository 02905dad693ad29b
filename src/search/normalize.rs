//! How text is compared in search: the same in Rust and in the browser, unit by unit.
//!
//! A *unit* is a UTF-16 code unit, because that is what a browser's strings are made
//! of. Width, case, traditional characters, marks that combine and spaces between Han
//! and Latin do not matter; punctuation parts sentences by one *gap*, so that no phrase
//! reaches over it.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What stands between sentences, and between words that spaces part.
pub const GAP: u16 = 0x20;

/// Traditional characters and below each its simplified form: one to one, from the
/// table TSCharacters of OpenCC (Apache-2.0).
const SIMPLIFIED: &str = include_str!("simplified.txt");

/// The units of a text.
pub fn units(text: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len() / 3 + 8);
    append_units(text, 0, &mut units);
    units
}

/// The units of a text behind others; a gap parts them from those that stand from
/// `start` on.
pub(super) fn append_units(text: &str, start: usize, all: &mut Vec<u16>) {
    let parting = all.len() > start;
    if parting {
        all.push(GAP);
    }
    let begin = all.len();
    let mut stream = Units { out: std::mem::take(all), begin, between: Between::default() };
    for c in composed(text).chars() {
        stream.take(c);
    }
    *all = stream.out;
    if parting && all.len() == begin {
        all.pop();
    }
}

/// A text with its characters composed (NFC).
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    // Hardly any text holds other characters than these, for which nothing need be
    // looked up.
    let is_plain = |c: char| {
        matches!(c, '\0'..='\x7f' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}'
            | '\u{2010}'..='\u{203e}' | '\u{b7}' | '\u{d7}')
    };
    if text.chars().all(is_plain) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// The units of a text whose characters are composed, and for each unit where its
/// character begins, in bytes.
pub fn units_in_place(text: &str) -> (Vec<u16>, Vec<usize>) {
    let mut stream = Units::default();
    let mut places = Vec::with_capacity(text.len() / 2);
    for (at, c) in text.char_indices() {
        stream.take(c);
        // A gap counts to the character before which it is put in.
        places.resize(stream.out.len(), at);
    }
    (stream.out, places)
}

/// The pairs of the table of characters: traditional, simplified.
pub fn simplified_pairs() -> impl Iterator<Item = (char, char)> {
    let mut lines = SIMPLIFIED.lines();
    let traditional = lines.next().unwrap_or_default();
    let simplified = lines.next().unwrap_or_default();
    traditional.chars().zip(simplified.chars())
}

/// Notes the characters of a text that are folded to simplified ones: traditional
/// characters, among what width and the like make of the text.
pub fn traditional_in(text: &str, take: &mut impl FnMut(char)) {
    let mut note = |c: char| {
        if simplified(c) != c {
            take(c);
        }
    };
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}' => note(c),
            _ if c.is_ascii() => {}
            _ => folded(c).for_each(&mut note),
        }
    }
}

/// A character without width and case, as search compares it.
fn folded(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkc().flat_map(char::to_lowercase)
}

/// The units of the characters that were taken, joined as the rules say.
#[derive(Default)]
struct Units {
    out: Vec<u16>,
    /// Where those of this text begin.
    begin: usize,
    between: Between,
}

/// What came since the last unit.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Between {
    #[default]
    Nothing,
    Space,
    Mark,
}

/// What a character is to search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dropped,
    Space,
    Mark,
    Kept,
}

impl Units {
    fn take(&mut self, c: char) {
        // Most characters are plain Han, for which the tables of Unicode say nothing.
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            self.keep(c);
            return;
        }
        if c.is_ascii() {
            self.sort(c.to_ascii_lowercase());
            return;
        }
        folded(c).for_each(|c| self.sort(c));
    }

    fn sort(&mut self, c: char) {
        match kind(c) {
            Kind::Dropped => {}
            Kind::Space if self.between == Between::Nothing => self.between = Between::Space,
            Kind::Space => {}
            Kind::Mark => self.between = Between::Mark,
            Kind::Kept => self.keep(c),
        }
    }

    fn keep(&mut self, c: char) {
        let c = simplified(c);
        let mut buffer = [0; 2];
        let encoded = c.encode_utf16(&mut buffer);
        if let Some(&last) = self.out[self.begin..].last() {
            let parted = match self.between {
                Between::Nothing => false,
                Between::Mark => true,
                Between::Space => both(last, encoded[0], is_letter) || both(last, encoded[0], is_digit),
            };
            if parted {
                self.out.push(GAP);
            }
        }
        self.between = Between::Nothing;
        self.out.extend_from_slice(encoded);
    }
}

fn both(one: u16, other: u16, is: fn(u16) -> bool) -> bool {
    is(one) && is(other)
}

fn is_digit(unit: u16) -> bool {
    (0x30..=0x39).contains(&unit)
}

fn is_letter(unit: u16) -> bool {
    unit < 0x2e80 && !is_digit(unit)
}

fn kind(c: char) -> Kind {
    match u32::from(c) {
        0x30..=0x39 | 0x61..=0x7a | 0x41..=0x5a => Kind::Kept,
        0x09..=0x0d | 0x20 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => {
            Kind::Space
        }
        0xad
        | 0x300..=0x36f
        | 0x180e
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x206f
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xe0000..=0xe0fff => Kind::Dropped,
        0xaa | 0xb5 | 0xba => Kind::Kept,
        0x00..=0x2f
        | 0x3a..=0x40
        | 0x5b..=0x60
        | 0x7b..=0xbf
        | 0xd7
        | 0xf7
        | 0x2010..=0x2027
        | 0x2030..=0x205e
        | 0x20a0..=0x20cf
        | 0x2190..=0x2bff
        | 0x2e00..=0x2e7f
        | 0x3001..=0x3004
        | 0x3008..=0x3020
        | 0x3030
        | 0x303d..=0x303f
        | 0x30fb
        | 0xfe10..=0xfe6f
        | 0xff00..=0xff0f
        | 0xffe0..=0xffff
        | 0x1f000..=0x1faff => Kind::Mark,
        _ => Kind::Kept,
    }
}

/// The simplified form of a character, by a table with a place for each Han character
/// of the basic plane.
fn simplified(c: char) -> char {
    const FIRST: u32 = 0x3400;
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = vec![0u16; 0xfb00 - FIRST as usize];
        for (from, to) in simplified_pairs() {
            let place = u32::from(from).checked_sub(FIRST).and_then(|at| table.get_mut(at as usize));
            if let (Some(place), Ok(to)) = (place, u16::try_from(u32::from(to))) {
                *place = to;
            }
        }
        table
    });
    let found = u32::from(c).checked_sub(FIRST).and_then(|at| table.get(at as usize)).copied().unwrap_or(0);
    char::from_u32(u32::from(found)).filter(|_| found != 0).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        String::from_utf16_lossy(&units(text))
    }

    #[test]
    fn width_case_and_traditional_characters_do_not_matter() {
        assert_eq!(shown("ＧＢ／Ｔ 9704"), "gb t9704");
        assert_eq!(shown("網格巡查"), "网格巡查");
        assert_eq!(shown("Ｅxcel 表"), "excel表");
    }

    #[test]
    fn spaces_part_only_what_would_run_together() {
        assert_eq!(shown("用 Excel 算"), "用excel算");
        assert_eq!(shown("internal use"), "internal use");
        assert_eq!(shown("12 345"), "12 345");
        assert_eq!(shown("第 33 条"), "第33条");
    }

    #[test]
    fn punctuation_is_one_gap_and_none_at_the_ends() {
        assert_eq!(shown("“安装”，……然后"), "安装 然后");
        assert_eq!(shown("，。"), "");
        assert_eq!(shown("3.5%"), "3 5");
        assert_eq!(shown("e\u{301}te\u{200b}st\u{300}"), "étest");
    }
}
