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
/// GB18030; `None` when they are none of these (E101).
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        (std::str::from_utf8(rest).ok()?.to_owned(), Encoding::Utf8Bom)
    } else if bytes.starts_with(b"\xff\xfe") {
        (UTF_16LE.decode_without_bom_handling_and_without_replacement(&bytes[2..])?.into_owned(), Encoding::Utf16)
    } else if bytes.starts_with(b"\xfe\xff") {
        (UTF_16BE.decode_without_bom_handling_and_without_replacement(&bytes[2..])?.into_owned(), Encoding::Utf16)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), Encoding::Utf8)
    } else {
        (GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(), Encoding::Gbk)
    };
    let readable = !text.contains('\0');
    readable.then(|| Decoded { text: unify_line_ends(text), encoding })
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
            assert_eq!(decode(&bytes).map(|decoded| decoded.text).as_deref(), Some(text));
        }
    }

    #[test]
    fn line_ends_are_made_one() {
        assert_eq!(decode(b"a\r\nb\rc\n").map(|decoded| decoded.text).as_deref(), Some("a\nb\nc\n"));
    }

    #[test]
    fn noise_is_refused() {
        assert_eq!(decode(b"\xff\xff\xfe\x00"), None);
        assert_eq!(decode(b"PK\x03\x04\x00\x00"), None);
    }
}
