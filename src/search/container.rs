//! How bytes become a script that any browser can load, from a server or a stick.
//!
//! A UTF-16 file with a byte-order mark overrides every charset header; fifteen bits go
//! into a unit from U+3000 on, where neither quotes nor line ends stand.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The first unit that stands for bits.
const BASE: u16 = 0x3000;

/// Bytes as a script `jt("name","…")`.
pub(super) fn script(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 16 / 15 + 64);
    let mut unit = |unit: u16| out.extend_from_slice(&unit.to_le_bytes());
    unit(0xfeff);
    format!("jt(\"{name}\",\"").encode_utf16().for_each(&mut unit);
    let length = bytes.len() as u32;
    unit(BASE + (length >> 15) as u16);
    unit(BASE + (length & 0x7fff) as u16);
    unit(BASE + checksum(bytes));
    let (mut held, mut count) = (0u32, 0u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        count += 8;
        if count >= 15 {
            count -= 15;
            unit(BASE + (held >> count & 0x7fff) as u16);
            held &= (1 << count) - 1;
        }
    }
    if count > 0 {
        unit(BASE + (held << (15 - count) & 0x7fff) as u16);
    }
    "\");\n".encode_utf16().for_each(&mut unit);
    out
}

/// How long the script of so many bytes is.
pub(super) fn script_length(name: &str, bytes: usize) -> u64 {
    let units = 1 + "jt(\"\",\"".len() + name.len() + 3 + (bytes * 8).div_ceil(15) + "\");\n".len();
    2 * units as u64
}

fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0u32, |sum, byte| (sum * 31 + u32::from(*byte)) % 32_749) as u16
}

/// Bytes in raw deflate.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_text_of_two_bytes_a_unit() {
        let made = script("d/1", &[0xff, 0x00, 0x7f]);
        let units: Vec<u16> = made.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).expect("whole text");
        assert!(text.starts_with("\u{feff}jt(\"d/1\",\"\u{3000}\u{3003}"));
        assert!(text.ends_with("\");\n"));
        assert_eq!(text.chars().count(), 1 + 10 + 3 + 2 + 4);
        for length in 0..40 {
            assert_eq!(script("d/1", &vec![7; length]).len() as u64, script_length("d/1", length));
        }
    }
}
