//! What a file is, by its bytes, and what its name says that it is.

use std::io::{Read, SeekFrom};

use super::archive::Archive;
use super::legacy::Compound;
use super::limits::Trouble;
use super::office;
use crate::source::{Nature, ReadSeek, decode};

/// How much of the beginning is looked at.
const HEAD: u64 = 4096;

/// What a name says.
pub fn expected(extension: &str) -> Option<Nature> {
    Some(match extension {
        "pptx" | "ppsx" | "potx" | "pptm" | "ppsm" => Nature::Pptx,
        "docx" | "dotx" | "docm" => Nature::Docx,
        "xlsx" | "xlsm" | "xltx" => Nature::Xlsx,
        "ppt" | "pps" | "pot" | "dps" => Nature::Ppt,
        "doc" | "dot" | "wps" => Nature::Doc,
        "xls" | "xlt" | "et" => Nature::Xls,
        "odt" | "odp" | "ods" | "ott" | "otp" | "ots" => Nature::OpenDocument,
        "pdf" => Nature::Pdf,
        "rtf" => Nature::Rtf,
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" => Nature::Picture,
        "txt" | "md" | "csv" => Nature::Text,
        _ => return None,
    })
}

/// Whether a name may stand for a nature: programs of the same make open either.
pub fn fits(expected: Nature, found: Nature) -> bool {
    use Nature::{Doc, Docx, Ppt, Pptx, Xls, Xlsx};
    expected == found || found == Nature::Locked || {
        let pair = |old, new| expected == old && found == new;
        pair(Doc, Nature::Rtf) || pair(Doc, Docx) || pair(Ppt, Pptx) || pair(Xls, Xlsx)
    }
}

/// What a file is. An archive or compound file that is broken keeps the nature that its
/// name says, so that it is told to be broken and not to be something else.
pub fn of(reader: &mut dyn ReadSeek, extension: &str) -> Result<Nature, Trouble> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head).map_err(|_| Trouble::Damaged)?;
    reader.seek(SeekFrom::Start(0)).map_err(|_| Trouble::Damaged)?;
    let starts = |magic: &[u8]| head.starts_with(magic);
    let found = match () {
        () if starts(b"PK\x03\x04") => in_archive(reader),
        () if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => Compound::open(&mut *reader).map(|file| file.nature()),
        () if head.windows(5).take(1024).any(|part| part == b"%PDF-") => Ok(Nature::Pdf),
        () if starts(b"{\\rtf") => Ok(Nature::Rtf),
        () if is_picture(&head) => Ok(Nature::Picture),
        () if is_html(&head) => Ok(Nature::Html),
        () if expected(extension) == Some(Nature::Text) => Ok(Nature::Text),
        () => Ok(Nature::Other),
    };
    reader.seek(SeekFrom::Start(0)).map_err(|_| Trouble::Damaged)?;
    found
}

fn in_archive(reader: &mut dyn ReadSeek) -> Result<Nature, Trouble> {
    let mut archive = Archive::open(reader)?;
    if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        return Ok(Nature::OpenDocument);
    }
    if !archive.has("[Content_Types].xml") {
        return Ok(Nature::Other);
    }
    let main = office::main_part(&mut archive)?.unwrap_or_default();
    Ok(match main.split('/').next().unwrap_or_default() {
        "ppt" => Nature::Pptx,
        "word" => Nature::Docx,
        "xl" => Nature::Xlsx,
        _ if archive.has("ppt/presentation.xml") => Nature::Pptx,
        _ if archive.has("word/document.xml") => Nature::Docx,
        _ if archive.has("xl/workbook.xml") => Nature::Xlsx,
        _ => Nature::Other,
    })
}

fn is_picture(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"\x89PNG\r\n\x1a\n")
        || head.starts_with(b"GIF8")
        || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"))
        || (head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]))
}

/// Some programs save a web page under the name of a document or a workbook.
fn is_html(head: &[u8]) -> bool {
    let text = decode(head).map(|decoded| decoded.text).unwrap_or_else(|| String::from_utf8_lossy(head).into_owned());
    let start = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    start.starts_with("<html")
        || start.starts_with("<!doctype html")
        || (start.starts_with('<') && start.contains("<html"))
}
