//! Bytes to text, in the encodings that office desktops write.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a file was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, without a byte-order mark.
    Utf8,
    /// UTF-8 with the mark that Notepad and Excel write.
    Utf8Bom,
    /// GBK or GB18030, what Excel on Chinese Windows writes.
    Gbk,
    /// UTF-16 with a mark: Notepad's "Unicode", Excel's "Unicode text".
    Utf16,
}

/// Text and how it was encoded. Lines end with `\n` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a mark.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
}

/// Reads bytes as UTF-8, with or without a mark, as UTF-16 with a mark, or as
/// GB18030; `None` when they are none of these, or several at once (E101): what would
/// come out as 姝ｆ枃 is better refused than published.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        (std::str::from_utf8(rest).ok()?.to_owned(), Encoding::Utf8Bom)
    } else if bytes.starts_with(b"\xff\xfe") {
        (UTF_16LE.decode_without_bom_handling_and_without_replacement(&bytes[2..])?.into_owned(), Encoding::Utf16)
    } else if bytes.starts_with(b"\xfe\xff") {
        (UTF_16BE.decode_without_bom_handling_and_without_replacement(&bytes[2..])?.into_owned(), Encoding::Utf16)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), Encoding::Utf8)
    } else if is_mixed(bytes) {
        return None;
    } else {
        (GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(), Encoding::Gbk)
    };
    readable(text, encoding)
}

/// As [`decode`], without copying what is UTF-8 already.
pub(super) fn decode_all(bytes: Vec<u8>) -> Option<Decoded> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return decode(&bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => readable(text, Encoding::Utf8),
        Err(error) => decode(error.as_bytes()),
    }
}

fn readable(text: String, encoding: Encoding) -> Option<Decoded> {
    let is_text = !text.contains('\0');
    is_text.then(|| Decoded { text: unify_line_ends(text), encoding })
}

/// Whether bytes that are no UTF-8 are no GBK either: a line that is UTF-8 for itself or
/// holds a run of UTF-8, or one that is Big5. Rare characters alone prove nothing: they
/// stand in names of people and places.
fn is_mixed(bytes: &[u8]) -> bool {
    is_big5(bytes) || bytes.split(|byte| *byte == b'\n').any(holds_utf8)
}

/// Two Chinese characters in a line that is UTF-8, three in one that is not: in GBK such
/// bytes follow each other once in many thousand lines.
fn holds_utf8(line: &[u8]) -> bool {
    let least = if std::str::from_utf8(line).is_ok() { 2 } else { 3 };
    let is_wide = |c: &char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    line.utf8_chunks().any(|chunk| chunk.valid().chars().filter(is_wide).count() >= least)
}

/// Whether a whole text reads as common characters of Big5, many of which GB 2312 has no
/// place for. A text in GBK soon has a character that Big5 keeps for rare ones.
fn is_big5(line: &[u8]) -> bool {
    let (mut all, mut rare, mut at) = (0, 0, 0);
    while let Some(lead) = line.get(at) {
        let trail = line.get(at + 1).copied().unwrap_or(0);
        match (lead, trail) {
            (0..=0x80, _) => at += 1,
            (0xa1..=0xc6, 0x40..=0x7e | 0xa1..=0xfe) => {
                all += 1;
                rare += usize::from(trail < 0xa1);
                at += 2;
            }
            _ => return false,
        }
    }
    rare >= 3 && rare * 5 > all
}

fn unify_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The bytes that a repaired file should have: tables keep the mark that Excel
/// needs to see that they are UTF-8, everything else has none.
pub fn encode_utf8(text: &str, with_mark: bool) -> Vec<u8> {
    let mut bytes = if with_mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_comes_out_of_every_encoding() {
        let text = "标题: 夜间巡查\n𠮷";
        let gbk = GB18030.encode(text).0;
        let mut utf16 = b"\xff\xfe".to_vec();
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        for bytes in [text.as_bytes().to_vec(), encode_utf8(text, true), gbk.into_owned(), utf16] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.as_ref().map(|decoded| decoded.text.as_str()), Some(text));
            assert_eq!(decode_all(bytes), decoded);
        }
    }

    #[test]
    fn line_ends_are_made_one() {
        assert_eq!(decode(b"a\r\nb\rc\n").map(|decoded| decoded.text).as_deref(), Some("a\nb\nc\n"));
    }

    #[test]
    fn encodings_that_are_mixed_are_refused() {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let big5 = |text: &str| encoding_rs::BIG5.encode(text).0.into_owned();
        let utf8 = "---\n标题: 夜间巡查小窍门\n---\n\n先看灯，再看门。\n".as_bytes().to_vec();
        assert_eq!(decode(&[utf8.clone(), gbk("最后看地面。\n")].concat()), None);
        assert_eq!(decode(&[gbk("先看灯，再看门。\n"), "最后看地面。\n".as_bytes().to_vec()].concat()), None);
        assert_eq!(decode(&big5("標題: 夜間巡查小竅門\n先看燈，再看門，最後看地面。\n")), None);
        for text in [
            "标题: 夜间巡查小窍门\n先看灯，再看门，最后看地面。\n",
            "朱镕基、陶喆、李堃到会。联通\n",
            "月份,课题,小教员\n3,夜巡,张三\n",
        ] {
            assert_eq!(decode(&gbk(text)).map(|decoded| decoded.text).as_deref(), Some(text));
        }
    }

    #[test]
    fn noise_is_refused() {
        assert_eq!(decode(b"\xff\xff\xfe\x00"), None);
        assert_eq!(decode(b"PK\x03\x04\x00\x00"), None);
    }
}
