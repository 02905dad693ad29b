//! A table as an Excel workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::sheet::{Cell, Sheet};
use crate::base::Day;
use crate::base::text::display_width;

/// The widest a column gets, in half-width characters.
const WIDEST: usize = 50;

/// The bytes of a workbook with one sheet. The day of the statistics stands for its
/// time of making, so that the same content gives the same bytes.
///
/// # Errors
/// When the writer of workbooks refuses, in its own words.
pub fn xlsx(sheet: &Sheet, as_of: Day) -> Result<Vec<u8>, String> {
    write(sheet, as_of).map_err(|error| error.to_string())
}

fn write(sheet: &Sheet, as_of: Day) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(as_of.year()).unwrap_or(1900);
    let made = ExcelDateTime::from_ymd(year, part(as_of.month().month), part(as_of.day()))?;
    workbook.set_properties(&DocProperties::new().set_title(&sheet.name).set_creation_datetime(&made));
    let head = Format::new().set_bold();
    let page = workbook.add_worksheet();
    page.set_name(&sheet.name)?;
    page.set_freeze_panes(1, 0)?;
    for (at, column) in (0u16..).zip(&sheet.columns) {
        page.write_string_with_format(0, at, column.head, &head)?;
        page.set_column_width(at, width(sheet, usize::from(at)))?;
    }
    for (line, row) in (1u32..).zip(&sheet.rows) {
        for (at, cell) in (0u16..).zip(row) {
            match cell {
                Cell::Text(text) => page.write_string(line, at, text)?,
                Cell::Number(number) => page.write_number(line, at, *number)?,
                Cell::Empty => continue,
            };
        }
    }
    workbook.save_to_buffer()
}

/// A column as wide as its widest cell, within reason.
fn width(sheet: &Sheet, at: usize) -> f64 {
    let cells = sheet.rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(&cell.shown()));
    let widest = cells.chain([display_width(sheet.columns[at].head)]).max().unwrap_or(0);
    let width = u32::try_from(widest.min(WIDEST) + 2).unwrap_or(10);
    f64::from(width)
}
