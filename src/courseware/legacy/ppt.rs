//! Presentations of PowerPoint 97 to 2003 and of WPS: records within records. What was
//! changed is appended at every save, so that the slides that count are found through
//! the last table of their places.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use encoding_rs::WINDOWS_1252;

use super::{Compound, Numbers, wide};
use crate::courseware::limits::{self, Trouble};
use crate::courseware::office::tidy;
use crate::courseware::paper::{Block, Run, Slide};

const DOCUMENT: u16 = 0x03e8;
const PLACE_OF_SLIDE: u16 = 0x03f3;
const LIST_WITH_TEXT: u16 = 0x0ff0;
const EDIT: u16 = 0x0ff5;
const TEXT_KIND: u16 = 0x0f9f;
const WIDE_TEXT: u16 = 0x0fa0;
const NARROW_TEXT: u16 = 0x0fa8;
const NOTES: u16 = 0x03f0;
const PLACES: u16 = 0x1772;
const CRYPT: u16 = 0x2f14;

/// A record without its head.
struct Record<'a> {
    instance: u16,
    kind: u16,
    is_container: bool,
    body: &'a [u8],
}

/// Reads the slides in the order in which they are shown.
pub fn read<R: Read + Seek>(file: &mut Compound<R>) -> Result<Vec<Slide>, Trouble> {
    let stream = file.stream("/PowerPoint Document")?.ok_or(Trouble::Damaged)?;
    let user = file.stream("/Current User")?.ok_or(Trouble::Damaged)?;
    let last = user.place_at(16).ok_or(Trouble::Damaged)?;
    let (places, document) = places(&stream, last)?;
    let at = |number: u32| places.get(&number).and_then(|at| record(&stream, *at)).map(|(record, _)| record);
    let document = at(document).filter(|record| record.kind == DOCUMENT).ok_or(Trouble::Damaged)?;
    let mut slides: Vec<Slide> = Vec::new();
    let mut notes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for list in records(document.body).filter(|record| record.kind == LIST_WITH_TEXT) {
        let mut listed = Vec::new();
        for record in records(list.body) {
            match record.kind {
                PLACE_OF_SLIDE => listed.push((record.body.u32_at(0), record.body.u32_at(12), Vec::new())),
                _ => {
                    if let Some(((_, _, texts), text)) = listed.last_mut().zip(text(&record)) {
                        texts.push(text);
                    }
                }
            }
        }
        for (place, id, outline) in listed.into_iter().take(limits::PARTS) {
            let body = place.and_then(at);
            match list.instance {
                0 => slides.push(slide(outline, body.as_ref())),
                2 => {
                    if let Some(body) = body.filter(|record| record.kind == NOTES) {
                        let owner = records(body.body).find(|record| record.kind == 0x03f1);
                        let owner = owner.and_then(|record| record.body.u32_at(0)).or(id).unwrap_or(0);
                        let mut texts = Vec::new();
                        texts_in(&body, 0, &mut texts);
                        notes.entry(owner).or_default().extend(texts.into_iter().map(|(_, text)| text));
                    }
                }
                _ => {}
            }
        }
    }
    give_notes(&mut slides, &document, notes);
    Ok(slides)
}

/// The places of all parts, and the number of the document: tables are chained from the
/// last edit back to the first, and the last word counts.
fn places(stream: &[u8], last: usize) -> Result<(BTreeMap<u32, usize>, u32), Trouble> {
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    let mut document = None;
    let mut edit = last;
    for _ in 0..10_000 {
        let (record, _) = record(stream, edit).filter(|(record, _)| record.kind == EDIT).ok_or(Trouble::Damaged)?;
        if record.body.len() >= 32 {
            return Err(Trouble::Locked);
        }
        document = document.or(record.body.u32_at(16));
        let table = record.body.place_at(12).ok_or(Trouble::Damaged)?;
        let (table, _) =
            self::record(stream, table).filter(|(table, _)| table.kind == PLACES).ok_or(Trouble::Damaged)?;
        read_places(table.body, &mut found);
        match record.body.place_at(8) {
            Some(before) if before != 0 && before < edit => edit = before,
            _ => break,
        }
    }
    let is_crypt = |at: &usize| self::record(stream, *at).is_some_and(|(record, _)| record.kind == CRYPT);
    if found.values().any(is_crypt) {
        return Err(Trouble::Locked);
    }
    Ok((found, document.ok_or(Trouble::Damaged)?))
}

/// Runs of places: the number of the first part and how many follow.
fn read_places(table: &[u8], found: &mut BTreeMap<u32, usize>) {
    let mut at = 0;
    while let Some(head) = table.u32_at(at) {
        let (first, count) = (head & 0x000f_ffff, head >> 20);
        at += 4;
        for number in first..first.saturating_add(count) {
            if let Some(place) = table.place_at(at) {
                found.entry(number).or_insert(place);
            }
            at += 4;
        }
    }
}

/// The record at a place, and where the next one begins.
fn record(stream: &[u8], at: usize) -> Option<(Record<'_>, usize)> {
    let head = stream.u16_at(at)?;
    let length = stream.place_at(at.checked_add(4)?)?;
    let body = stream.get(at + 8..(at + 8).checked_add(length)?)?;
    let record = Record { instance: head >> 4, kind: stream.u16_at(at + 2)?, is_container: head & 0xf == 0xf, body };
    Some((record, at + 8 + length))
}

fn records(body: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (record, next) = record(body, at)?;
        at = next;
        Some(record)
    })
}

/// The text of a record that is one, with a sign in front when it is a title.
fn text(record: &Record<'_>) -> Option<(bool, String)> {
    let text = match record.kind {
        WIDE_TEXT => wide(record.body),
        NARROW_TEXT => WINDOWS_1252.decode_without_bom_handling(record.body).0.into_owned(),
        TEXT_KIND => return record.body.u32_at(0).map(|kind| (matches!(kind, 0 | 6), String::new())),
        _ => return None,
    };
    Some((false, text))
}

/// A slide out of its outline and of what stands in its drawing.
fn slide(outline: Vec<(bool, String)>, body: Option<&Record<'_>>) -> Slide {
    let mut slide = Slide::default();
    let mut texts = outline;
    if let Some(body) = body {
        texts_in(body, 0, &mut texts);
    }
    let mut is_title = false;
    for (title, text) in texts {
        if text.is_empty() {
            is_title = title;
            continue;
        }
        if std::mem::take(&mut is_title) && slide.title.is_empty() {
            slide.title = tidy(&text);
            continue;
        }
        let lines = text.split(['\r', '\u{b}']).map(tidy).filter(|line| !line.is_empty());
        slide.blocks.extend(lines.map(|line| Block::Paragraph(vec![Run::plain(line)])));
    }
    slide
}

/// The texts in a drawing, in order, each behind a mark that says whether it is a title.
fn texts_in(record: &Record<'_>, depth: usize, found: &mut Vec<(bool, String)>) {
    for inner in records(record.body) {
        match text(&inner) {
            Some((_, text)) if text.trim() == "*" => {}
            Some(text) => found.push(text),
            None if inner.is_container && depth < 40 => texts_in(&inner, depth + 1, found),
            None => {}
        }
    }
}

/// Notes know the number of their slide; slides are listed with their numbers.
fn give_notes(slides: &mut [Slide], document: &Record<'_>, notes: BTreeMap<u32, Vec<String>>) {
    let lists = records(document.body).filter(|record| record.kind == LIST_WITH_TEXT && record.instance == 0);
    let numbers = lists.flat_map(|list| {
        records(list.body)
            .filter(|record| record.kind == PLACE_OF_SLIDE)
            .map(|record| record.body.u32_at(12))
            .collect::<Vec<_>>()
    });
    for (slide, number) in slides.iter_mut().zip(numbers) {
        let lines = number.and_then(|number| notes.get(&number)).into_iter().flatten();
        slide.notes =
            lines.flat_map(|text| text.split(['\r', '\u{b}'])).map(tidy).filter(|line| !line.is_empty()).collect();
    }
}
