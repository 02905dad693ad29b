//! Workbooks of Excel 97 to 2003: looked at before they are read, because their reader
//! asks for room for all cells between the corners that a file states.

use std::io::{Read, Seek};

use super::{Compound, Numbers};
use crate::courseware::limits::{self, Trouble};
use crate::courseware::office::xlsx::is_compact;

const SHEET: u16 = 0x0085;
const BOUNDS: u16 = 0x0200;
const END: u16 = 0x000a;
const LOCKED: u16 = 0x002f;

/// Whether the reader may have the workbook.
pub fn look<R: Read + Seek>(file: &mut Compound<R>) -> Result<(), Trouble> {
    let stream = match file.stream("/Workbook")? {
        Some(stream) => stream,
        None => file.stream("/Book")?.ok_or(Trouble::Damaged)?,
    };
    let mut sheets = Vec::new();
    for (kind, body) in records(&stream, 0).take_while(|(kind, _)| *kind != END) {
        match kind {
            LOCKED => return Err(Trouble::Locked),
            SHEET => sheets.extend(body.place_at(0)),
            _ => {}
        }
    }
    let mut cells = 0;
    for start in &sheets {
        let mut corners = Vec::new();
        for (kind, body) in records(&stream, *start) {
            match (kind, body.u16_at(0), body.u16_at(2)) {
                (BOUNDS, ..) if !is_small(body) => return Err(Trouble::Beyond),
                (0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006, Some(row), Some(column)) => {
                    corners.push((row, column));
                    cells += 1;
                }
                _ => {}
            }
            // A run of numbers states its last column at its end.
            if let (0x00bd, Some(row), Some(last)) = (kind, body.u16_at(0), body.u16_at(body.len().saturating_sub(2))) {
                corners.push((row, last));
                cells += body.len() / 6;
            }
        }
        if cells > limits::CELLS * 10 || sheets.len() > 1_000 || !is_compact(corners) {
            return Err(Trouble::Beyond);
        }
    }
    Ok(())
}

/// Whether what a sheet states of its size can be believed.
fn is_small(body: &[u8]) -> bool {
    let numbers = match body.len() {
        10 => [body.u16_at(0), body.u16_at(2), body.u16_at(4), body.u16_at(6)].map(|number| number.map(u32::from)),
        _ => [body.u32_at(0), body.u32_at(4), body.u16_at(8).map(u32::from), body.u16_at(10).map(u32::from)],
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = numbers else { return false };
    let (rows, columns) = (bottom.checked_sub(top), right.checked_sub(left));
    rows.zip(columns).is_some_and(|(rows, columns)| (u64::from(rows) + 1) * (u64::from(columns) + 1) <= 4_000_000)
}

/// The records from a place on, with their kinds.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let kind = stream.u16_at(at)?;
        let length = usize::from(stream.u16_at(at.checked_add(2)?)?);
        let body = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, body))
    })
}
