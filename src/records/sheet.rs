//! A table that is changed and written back: every row and column of it is kept,
//! known or not.

use super::fields::{Entity, Field};
use super::table::{Cells, HEADER_WITHIN, cells, is_total};
use crate::base::text::never_formula;

/// A table as a grid of cells.
#[derive(Debug, Clone)]
pub struct Sheet {
    entity: Entity,
    rows: Vec<Vec<String>>,
    header: usize,
}

impl Sheet {
    /// A table out of a file; `None` when it has no header that is known.
    pub fn read(text: &str, entity: &Entity) -> Option<Self> {
        let rows: Vec<Vec<String>> = cells(text).into_iter().map(|row| row.cells).collect();
        let score = |row: &Vec<String>| row.iter().filter(|cell| entity.find(cell).is_some()).count();
        let filled = rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
        let header = filled
            .take(HEADER_WITHIN)
            .max_by_key(|(at, row)| (score(row), std::cmp::Reverse(*at)))
            .map(|(at, _)| at)?;
        if score(&rows[header]) == 0 {
            return None;
        }
        Some(Self { entity: *entity, rows, header })
    }

    /// A table with nothing but a header of these fields.
    pub fn blank(entity: &Entity, keys: &[&str]) -> Self {
        let named =
            |key: &&str| entity.fields.iter().find(|field| field.key == *key).map(|field| field.name.to_owned());
        Self { entity: *entity, rows: vec![keys.iter().filter_map(named).collect()], header: 0 }
    }

    /// Whether the other table says the same in the same cells.
    pub fn is_same_as(&self, other: &Sheet) -> bool {
        self.rows == other.rows
    }

    /// The rows of data, by their numbers.
    pub fn data(&self) -> Vec<usize> {
        (self.header + 1..self.rows.len()).filter(|at| !self.is_for_people(*at)).collect()
    }

    /// The line of a row in the file as it is written, from one.
    pub fn line(&self, row: usize) -> usize {
        row + 1
    }

    /// What stands in a cell, without the blanks around it.
    pub fn cell(&self, row: usize, key: &str) -> &str {
        let cell = self.column(key).and_then(|column| self.rows.get(row)?.get(column));
        cell.map_or("", |cell| cell.trim())
    }

    /// Writes a cell; the column is added when the table does not have it and
    /// there is something to write.
    pub fn set(&mut self, row: usize, key: &str, value: &str) {
        if self.cell(row, key) == value {
            return;
        }
        let Some(column) = self.column(key).or_else(|| self.add_column(key)) else { return };
        let Some(cells) = self.rows.get_mut(row) else { return };
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        // What somebody sent in must not become a formula of the clerk's spreadsheet.
        cells[column] = never_formula(value).into_owned();
    }

    /// Adds a row below the data, above totals and remarks, and says its number.
    pub fn append(&mut self) -> usize {
        let last = (self.header..self.rows.len()).rev().find(|at| *at == self.header || !self.is_for_people(*at));
        // The example row of a blank table stays above what is filled in.
        let example = (self.header + 1..self.rows.len()).rev().find(|at| first(&self.rows[*at]).starts_with("示例"));
        let at = last.max(example).unwrap_or(self.header) + 1;
        let width = self.rows[self.header].len();
        self.rows.insert(at, vec![String::new(); width]);
        at
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: usize) {
        if row > self.header && row < self.rows.len() {
            self.rows.remove(row);
        }
    }

    /// The file: UTF-8 with the mark that spreadsheets need, lines as they write them.
    pub fn bytes(&self) -> Vec<u8> {
        let width = self.rows[self.header].len();
        let mut writer =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in &self.rows {
            let missing = width.saturating_sub(row.len());
            // Writing to memory cannot fail.
            let _ = writer.write_record(row.iter().map(String::as_str).chain(std::iter::repeat_n("", missing)));
        }
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        bytes.extend(writer.into_inner().unwrap_or_default());
        bytes
    }

    fn column(&self, key: &str) -> Option<usize> {
        self.rows[self.header].iter().position(|cell| self.named(cell).is_some_and(|field| field.key == key))
    }

    fn named(&self, cell: &str) -> Option<&'static Field> {
        self.entity.find(cell.trim().trim_end_matches(['*', '＊', ':', '：']))
    }

    fn add_column(&mut self, key: &str) -> Option<usize> {
        let name = self.entity.fields.iter().find(|field| field.key == key)?.name;
        let header = &mut self.rows[self.header];
        header.push(name.to_owned());
        Some(header.len() - 1)
    }

    /// Blank rows, totals, remarks and examples.
    fn is_for_people(&self, row: usize) -> bool {
        let cells = &self.rows[row];
        let whole = Cells { line: 0, delimiter: ',', cells: cells.clone() };
        cells.iter().all(|cell| cell.trim().is_empty()) || is_total(&whole)
    }
}

fn first(row: &[String]) -> &str {
    row.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::fields::CHOICE;
    use super::*;

    fn text(sheet: &Sheet) -> String {
        String::from_utf8(sheet.bytes()).expect("UTF-8")
    }

    #[test]
    fn titles_totals_and_unknown_columns_are_kept() {
        let mut sheet = Sheet::read("选学汇总表,,\n课题,姓名,电话\n夜巡,张三,1\n合计,,\n", &CHOICE).expect("a table");
        assert_eq!(sheet.data(), [2]);
        let row = sheet.append();
        sheet.set(row, "topic", "=1+1");
        sheet.set(row, "rank", "2");
        sheet.set(row, "other", "");
        assert_eq!(
            text(&sheet),
            "\u{feff}选学汇总表,,,\r\n课题,姓名,电话,排序\r\n夜巡,张三,1,\r\n'=1+1,,,2\r\n合计,,,\r\n"
        );
    }

    #[test]
    fn the_example_row_of_a_blank_table_stays_on_top() {
        let mut sheet = Sheet::read("课题,姓名\n示例：夜巡,张三\n", &CHOICE).expect("a table");
        let row = sheet.append();
        sheet.set(row, "topic", "夜巡");
        assert_eq!(text(&sheet), "\u{feff}课题,姓名\r\n示例：夜巡,张三\r\n夜巡,\r\n");
        assert_eq!(sheet.data(), [2]);
    }

    #[test]
    fn a_text_without_a_known_column_is_no_table() {
        assert!(Sheet::read("甲,乙\n1,2\n", &CHOICE).is_none() && Sheet::read("", &CHOICE).is_none());
    }
}
