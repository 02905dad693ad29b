//! Workbooks of Excel and WPS, new and old.

use std::io::{Read, Seek};

use calamine::{Data, Reader, Xls, Xlsx, XlsxError};

use super::tidy;
use crate::courseware::archive::Archive;
use crate::courseware::limits::{self, Trouble};
use crate::source::{Line, Part, Spot};

/// Reads the sheets of a workbook of 2007 or later. The archive is gone through once
/// before, because the reader of workbooks knows no limits; cells are read one by one,
/// because two cells in opposite corners would make it ask for all between them.
pub fn read<R: Read + Seek>(mut reader: R) -> Result<Vec<Part>, Trouble> {
    Archive::open(&mut reader)?.probe(|name| name.ends_with(".xml") || name.ends_with(".rels"))?;
    let mut book = Xlsx::new(reader).map_err(|error| match error {
        XlsxError::Password => Trouble::Locked,
        _ => Trouble::Damaged,
    })?;
    let mut left = limits::CELLS;
    let mut parts = Vec::new();
    for name in book.sheet_names().into_iter().take(limits::PARTS) {
        let mut found = Cells::new();
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
            parts.push(Part::new(Spot::Sheet(name)));
            continue;
        };
        while let Some(cell) = cells.next_cell().map_err(|_| Trouble::Damaged)? {
            let text = shown(&Data::from(cell.get_value().clone()));
            if left == 0 {
                break;
            }
            if !text.is_empty() {
                left -= 1;
                let (row, column) = cell.get_position();
                found.push((row, column, text));
            }
        }
        parts.push(Part { lines: rows(found), ..Part::new(Spot::Sheet(name)) });
    }
    Ok(parts)
}

/// Reads the sheets of an older workbook, whose corners were looked at before.
pub fn read_old<R: Read + Seek>(reader: R) -> Result<Vec<Part>, Trouble> {
    let mut book = Xls::new(reader).map_err(|error| match error {
        calamine::XlsError::Password => Trouble::Locked,
        _ => Trouble::Damaged,
    })?;
    let mut left = limits::CELLS;
    let mut parts = Vec::new();
    for name in book.sheet_names().into_iter().take(limits::PARTS) {
        let mut found = Cells::new();
        if let Ok(range) = book.worksheet_range(&name) {
            for (row, column, cell) in range.used_cells() {
                let text = shown(cell);
                if left > 0 && !text.is_empty() {
                    left -= 1;
                    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
                    found.push((number(row), number(column), text));
                }
            }
        }
        parts.push(Part { lines: rows(found), ..Part::new(Spot::Sheet(name)) });
    }
    Ok(parts)
}

/// The cells of a sheet that say something: row, column, text.
type Cells = Vec<(u32, u32, String)>;

/// A cell farther to the right than this is put next to the others.
const WIDE: u32 = 60;

/// Cells put into rows, below each other as in the sheet.
fn rows(mut cells: Cells) -> Vec<Line> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let first = cells.iter().map(|(_, column, _)| *column).min().unwrap_or(0);
    let mut lines = Vec::new();
    let mut before = None;
    for (row, column, text) in cells {
        if before != Some(row) {
            lines.push(Line::Row(Vec::new()));
            before = Some(row);
        }
        let Some(Line::Row(line)) = lines.last_mut() else { continue };
        let place = usize::try_from(column - first).unwrap_or(0);
        if column - first <= WIDE && line.len() < place {
            line.resize(place, String::new());
        }
        line.push(text);
    }
    lines
}

/// A value as a reader of the sheet sees it, or nearly so.
fn shown(value: &Data) -> String {
    match value {
        Data::String(text) => tidy(text),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(date) if date.is_duration() => date.as_f64().to_string(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year}-{month:02}-{day:02}"),
                _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => tidy(text),
        _ => String::new(),
    }
}

/// Whether all cells of one sheet lie close enough to each other; the reader of older
/// workbooks asks for everything between the corners.
pub fn is_compact(corners: impl IntoIterator<Item = (u16, u16)>) -> bool {
    let (mut rows, mut columns) = (None, None);
    let widen = |range: &mut Option<(u16, u16)>, value: u16| {
        let (low, high) = range.unwrap_or((value, value));
        *range = Some((low.min(value), high.max(value)));
    };
    for (row, column) in corners {
        widen(&mut rows, row);
        widen(&mut columns, column);
    }
    let length = |range: Option<(u16, u16)>| range.map_or(0, |(low, high)| u64::from(high - low) + 1);
    length(rows) * length(columns) <= 4_000_000
}
