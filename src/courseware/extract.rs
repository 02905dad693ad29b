//! What is inside one file.

use std::io::{Read, Seek, SeekFrom};

use super::archive::Archive;
use super::legacy::{self, Compound};
use super::limits::{self, Trouble};
use super::office::{self, docx, opendocument, pptx, tidy, xlsx};
use super::{cover, nature, parts, pdf, picture};
use crate::source::{Inside, Line, Nature, Part, ReadSeek, Reading, Spot, Unit, decode, may_be_secret, secrecy_marks};

/// Looks into a file. Whatever the bytes are, something comes out: what cannot be read
/// is said to be so.
pub fn extract(reader: &mut dyn ReadSeek, extension: &str, size: u64, picture_width: u32) -> Inside {
    let expected = nature::expected(extension);
    let mut inside = Inside::default();
    let found = if size > limits::FILE && expected.is_some() {
        Err(Trouble::Beyond)
    } else {
        nature::of(reader, extension).and_then(|found| {
            inside.nature = found;
            read(reader, size, extension, picture_width, &mut inside)
        })
    };
    inside.reading = match found {
        Ok(reading) => reading,
        Err(Trouble::Locked) => Reading::Locked,
        Err(Trouble::Damaged) => Reading::Damaged,
        Err(Trouble::Beyond) => Reading::Beyond,
        Err(Trouble::Unsupported) => Reading::Unsupported,
    };
    // An archive that cannot be opened, or no document at all under a document's name.
    let is_document = expected.is_some_and(|nature| !matches!(nature, Nature::Text | Nature::Picture));
    if is_document && inside.nature == Nature::Other && inside.reading == Reading::Nothing {
        inside.reading = Reading::Damaged;
    }
    if inside.reading == Reading::Damaged && inside.nature == Nature::Other {
        inside.nature = expected.unwrap_or_default();
    }
    parts::cut(&mut inside);
    let is_secret = inside.everything().any(|(_, text)| is_marked(text));
    inside.is_secret = is_secret;
    inside
}

/// Whether a line carries a mark of secrecy.
fn is_marked(text: &str) -> bool {
    may_be_secret(text) && !secrecy_marks(&text.chars().collect::<Vec<_>>()).is_empty()
}

fn read(
    reader: &mut dyn ReadSeek,
    size: u64,
    extension: &str,
    picture_width: u32,
    inside: &mut Inside,
) -> Result<Reading, Trouble> {
    match inside.nature {
        Nature::Pptx => presentation(&mut Archive::open(reader)?, inside),
        Nature::Docx => document(&mut Archive::open(reader)?, inside),
        Nature::Xlsx => workbook(reader, inside),
        Nature::OpenDocument => open_document(&mut Archive::open(reader)?, inside),
        Nature::Doc | Nature::Ppt | Nature::Xls => old(reader, inside),
        Nature::Pdf => pages(&whole(reader, size)?, inside),
        Nature::Text => plain(&whole(reader, size)?, extension == "csv", inside),
        Nature::Picture => shown(&whole(reader, size)?, picture_width, inside),
        Nature::Locked => Err(Trouble::Locked),
        Nature::Rtf => {
            inside.parts = bare(parts::of_paper(&legacy::rtf::read(&whole(reader, size)?)?));
            Ok(Reading::Whole)
        }
        Nature::Html => Err(Trouble::Unsupported),
        Nature::Other => Ok(Reading::Nothing),
    }
}

/// The bytes of a file that must be read whole.
fn whole(reader: &mut dyn ReadSeek, size: u64) -> Result<Vec<u8>, Trouble> {
    if size > limits::WHOLE_FILE {
        return Err(Trouble::Beyond);
    }
    let mut bytes = Vec::new();
    reader.take(limits::WHOLE_FILE).read_to_end(&mut bytes).map_err(|_| Trouble::Damaged)?;
    Ok(bytes)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn presentation<R: Read + Seek>(archive: &mut Archive<R>, inside: &mut Inside) -> Result<Reading, Trouble> {
    let slides = pptx::read(archive)?;
    let count = number(slides.len());
    inside.count = Some((Unit::Slide, count));
    let (properties, counts) = office::properties(archive)?;
    inside.properties = properties;
    cover::take(archive, parts::of_slides(slides), counts.slides == Some(count), inside);
    Ok(Reading::Whole)
}

fn document<R: Read + Seek>(archive: &mut Archive<R>, inside: &mut Inside) -> Result<Reading, Trouble> {
    let paper = docx::read(archive)?;
    let parts = parts::of_paper(&paper);
    let says: usize = parts.iter().flat_map(|(part, _)| part.texts()).map(|text| text.chars().count()).sum();
    inside.hidden = parts::hidden(paper.hidden);
    let (properties, counts) = office::properties(archive)?;
    inside.properties = properties;
    // Programs that are no office copy the number of pages and the picture of their
    // template, whose number of characters then has nothing to do with the text.
    let is_counted = counts.characters.is_some_and(|counted| usize::try_from(counted).unwrap_or(0) * 4 >= says);
    inside.count = counts.pages.filter(|pages| *pages > 0 && is_counted).map(|pages| (Unit::Page, pages));
    cover::take(archive, parts, is_counted, inside);
    Ok(Reading::Whole)
}

fn workbook(reader: &mut dyn ReadSeek, inside: &mut Inside) -> Result<Reading, Trouble> {
    (inside.properties, _) = office::properties(&mut Archive::open(&mut *reader)?)?;
    rewind(reader)?;
    inside.parts = xlsx::read(reader)?;
    inside.count = Some((Unit::Sheet, number(inside.parts.len())));
    Ok(Reading::Whole)
}

fn open_document<R: Read + Seek>(archive: &mut Archive<R>, inside: &mut Inside) -> Result<Reading, Trouble> {
    let found = opendocument::read(archive)?;
    inside.hidden = parts::hidden(found.hidden);
    inside.count = found.count;
    inside.properties = found.properties;
    let parts = found.parts.into_iter().map(|part| (part, Vec::new())).collect();
    cover::take(archive, parts, true, inside);
    Ok(Reading::Whole)
}

fn old(reader: &mut dyn ReadSeek, inside: &mut Inside) -> Result<Reading, Trouble> {
    let mut file = Compound::open(&mut *reader)?;
    let (properties, pages) = legacy::properties(&mut file);
    inside.properties = properties;
    match inside.nature {
        Nature::Doc => {
            let paper = legacy::doc::read(&mut file)?;
            inside.parts = bare(parts::of_paper(&paper));
            inside.hidden = parts::hidden(paper.hidden);
            inside.count = pages.map(|pages| (Unit::Page, pages));
        }
        Nature::Ppt => {
            inside.parts = bare(parts::of_slides(legacy::ppt::read(&mut file)?));
            inside.count = Some((Unit::Slide, number(inside.parts.len())));
        }
        _ => {
            legacy::xls::look(&mut file)?;
            drop(file);
            rewind(reader)?;
            inside.parts = xlsx::read_old(reader)?;
            inside.count = Some((Unit::Sheet, number(inside.parts.len())));
        }
    }
    Ok(Reading::Whole)
}

fn bare(parts: Vec<parts::Illustrated>) -> Vec<Part> {
    parts.into_iter().map(|(part, _)| part).collect()
}

fn rewind(reader: &mut dyn ReadSeek) -> Result<(), Trouble> {
    reader.seek(SeekFrom::Start(0)).map(|_| ()).map_err(|_| Trouble::Damaged)
}

fn pages(bytes: &[u8], inside: &mut Inside) -> Result<Reading, Trouble> {
    let found = pdf::read(bytes)?;
    inside.count = Some((Unit::Page, found.count));
    inside.parts = found.parts;
    inside.properties = found.properties;
    Ok(match (found.is_unreadable, found.is_scan) {
        (true, _) => Reading::Unsupported,
        (_, true) => Reading::Scan,
        _ => Reading::Whole,
    })
}

/// Text, and tables of text.
fn plain(bytes: &[u8], is_table: bool, inside: &mut Inside) -> Result<Reading, Trouble> {
    let text = decode(bytes).ok_or(Trouble::Unsupported)?.text;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let line = |line: &str| if is_table { Line::Row(cells(line)) } else { Line::Text(tidy(line)) };
    inside.parts = vec![Part { lines: lines.map(line).collect(), ..Part::new(Spot::Whole) }];
    Ok(Reading::Whole)
}

/// The cells of a line, for people to look at: a comma in quotes parts nothing.
fn cells(line: &str) -> Vec<String> {
    let mut in_quotes = false;
    let parts = line.split(|c| {
        in_quotes ^= c == '"';
        !in_quotes && matches!(c, ',' | '\t')
    });
    parts.map(|cell| tidy(cell.trim().trim_matches('"'))).collect()
}

fn shown(bytes: &[u8], picture_width: u32, inside: &mut Inside) -> Result<Reading, Trouble> {
    let seen = picture::look(bytes)?;
    inside.has_location = seen.has_location;
    inside.size = Some((seen.width, seen.height));
    if let Some(made) = picture::stand_in(bytes, &seen, picture_width) {
        inside.size = Some((made.width, made.height));
        inside.stand_in = Some(made);
    }
    Ok(Reading::Nothing)
}
