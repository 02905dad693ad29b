//! Rich text, which some systems save under the name of a Word document.

use encoding_rs::{Encoding, GBK, WINDOWS_1252};

use crate::courseware::limits::Trouble;
use crate::courseware::paper::{Block, Paper, Run, numbered_heading};

/// Groups that say nothing to a reader.
const ASIDE: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "info",
    "pict",
    "object",
    "themedata",
    "datastore",
    "fldinst",
    "xmlnstbl",
    "generator",
    "filetbl",
    "revtbl",
    "bkmkstart",
    "bkmkend",
];

/// Reads rich text.
pub fn read(bytes: &[u8]) -> Result<Paper, Trouble> {
    let mut reader = Reader::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        at += 1;
        match byte {
            b'{' if reader.groups.len() > 10_000 => return Err(Trouble::Beyond),
            b'{' => reader.groups.push(reader.group),
            b'}' => {
                reader.flush();
                reader.group = reader.groups.pop().unwrap_or_default();
            }
            b'\\' => at = reader.control(bytes, at),
            b'\r' | b'\n' => {}
            byte if reader.skip > 0 => {
                reader.skip -= 1;
                // The second byte of a character that is skipped goes with the first.
                at += usize::from(byte >= 0x80 && reader.code_page == Some(GBK));
            }
            byte => reader.byte(byte),
        }
    }
    reader.end_paragraph();
    reader.end_table();
    Ok(Paper { blocks: reader.blocks, ..Paper::default() })
}

/// What holds within a group.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    is_aside: bool,
    /// How many bytes stand behind a character for readers that do not know it.
    spare: Option<usize>,
}

#[derive(Default)]
struct Reader {
    groups: Vec<Group>,
    group: Group,
    code_page: Option<&'static Encoding>,
    bytes: Vec<u8>,
    units: Vec<u16>,
    skip: usize,
    line: String,
    row: Vec<Vec<Block>>,
    rows: Vec<Vec<Vec<Block>>>,
    blocks: Vec<Block>,
}

impl Reader {
    /// A control word or sign; returns where the text goes on.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at).copied() else { return at };
        if !first.is_ascii_alphabetic() {
            return self.sign(bytes, at, first);
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).take(32).count();
        let digits = rest[name..]
            .iter()
            .enumerate()
            .take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-'));
        let number = digits.count().min(10);
        let end = name + number;
        let word = std::str::from_utf8(&rest[..name]).unwrap_or_default();
        let value: Option<i64> = std::str::from_utf8(&rest[name..end]).ok().and_then(|text| text.parse().ok());
        self.word(word, value);
        at + end + usize::from(rest.get(end) == Some(&b' '))
    }

    fn sign(&mut self, bytes: &[u8], at: usize, sign: u8) -> usize {
        match sign {
            b'\'' => {
                let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
                let byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
                match byte {
                    _ if self.skip > 0 => self.skip -= 1,
                    Some(byte) => self.byte(byte),
                    None => {}
                }
                return at + 3;
            }
            b'*' => self.group.is_aside = true,
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
        at + 1
    }

    fn word(&mut self, word: &str, value: Option<i64>) {
        match word {
            "ansicpg" => self.code_page = Some(if value == Some(936) { GBK } else { WINDOWS_1252 }),
            "uc" => self.group.spare = value.and_then(|value| usize::try_from(value).ok()).map(|value| value.min(8)),
            "u" => {
                self.flush_bytes();
                if !self.group.is_aside {
                    // Codes above 32767 are written as negative numbers.
                    self.units.extend(value.map(|value| u16::try_from(value & 0xffff).unwrap_or(0)));
                }
                self.skip = self.group.spare.unwrap_or(1);
            }
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" | "tab" => self.byte(b' '),
            "cell" | "nestcell" => {
                self.flush();
                self.row.push(vec![Block::Paragraph(vec![Run::plain(std::mem::take(&mut self.line))])]);
            }
            "row" | "nestrow" => self.rows.push(std::mem::take(&mut self.row)),
            word if ASIDE.contains(&word) => self.group.is_aside = true,
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        self.flush_units();
        if !self.group.is_aside {
            self.bytes.push(byte);
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.flush_units();
    }

    fn flush_bytes(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.line.push_str(&self.code_page.unwrap_or(GBK).decode_without_bom_handling(&bytes).0);
    }

    fn flush_units(&mut self) {
        let units = std::mem::take(&mut self.units);
        self.line.push_str(&String::from_utf16_lossy(&units));
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if !self.row.is_empty() {
            self.line.push(' ');
            return;
        }
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        self.end_table();
        let runs = vec![Run::plain(text.trim())];
        self.blocks.push(match numbered_heading(&text) {
            Some(level) => Block::Heading(level, runs),
            None => Block::Paragraph(runs),
        });
    }

    fn end_table(&mut self) {
        if !self.rows.is_empty() {
            self.blocks.push(Block::Table(std::mem::take(&mut self.rows)));
        }
    }
}
