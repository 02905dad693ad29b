//! Tables: CSV files as spreadsheets write them.
//!
//! A title row above the header, blank rows and columns, rows of totals, commas or
//! tabs: all are understood; every cell keeps its place.

use super::fields::{APPLICATION, EVALUATION, Entity, Field};
use super::node::{Node, Value};
use super::record::{Entry, Record, unknown_name};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Located, Place, SourcePath};

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The names in the header with their places, known or not.
    pub header: Vec<Located<String>>,
    /// The fields that the header has columns for.
    known: Vec<&'static str>,
    /// The rows below it.
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether the header has a column for a field.
    pub fn has(&self, key: &str) -> bool {
        self.known.contains(&key)
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its line in the file, from one.
    pub line: u32,
    /// Its values.
    pub record: Record,
}

/// How far down the header may stand.
pub(super) const HEADER_WITHIN: usize = 5;

/// Reads a table.
pub fn table(text: &str, file: &SourcePath, entity: &Entity, findings: &mut Findings) -> Table {
    let lines = split_lines(text);
    let rows = cells(text);
    let filled: Vec<_> = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    let score = |row: &Cells| row.cells.iter().filter(|cell| entity.find(cell).is_some()).count();
    let header_at = filled
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .max_by_key(|(at, row)| (score(row), std::cmp::Reverse(*at)))
        .map(|(at, _)| at);
    let Some((header_at, header)) =
        header_at.and_then(|at| filled.get(at).map(|row| (at, row))).filter(|(_, row)| score(row) > 0)
    else {
        // An empty table is told of once: any column would be the first to be missing.
        let (told, line) = if filled.is_empty() { (1, 0) } else { (usize::MAX, 1) };
        let required = entity.fields.iter().filter(|field| field.required).take(told);
        report_missing(required, file, line, entity, findings);
        return Table::default();
    };
    let scene = Scene { lines: &lines, file };
    let columns = scene.columns(header, entity, findings);
    let absent = entity.fields.iter().filter(|field| {
        field.required && !columns.iter().any(|column| column.is_some_and(|found| found.key == field.key))
    });
    report_missing(absent, file, header.line, entity, findings);
    let width = header.cells.len();
    let known = columns.iter().flatten().map(|field| field.key).collect();
    let mut table = Table { header: scene.names(header), known, rows: Vec::new() };
    for row in &filled[header_at + 1..] {
        let record = scene.record(row, &columns, header, findings);
        if record.is_empty() || is_total(row) {
            continue;
        }
        if scene.report_length(row, width, findings) || scene.report_blank(&record, &columns, entity, findings) {
            continue;
        }
        table.rows.push(Row { line: row.line, record });
    }
    table
}

fn report_missing<'f>(
    fields: impl Iterator<Item = &'f Field>,
    file: &SourcePath,
    line: u32,
    entity: &Entity,
    findings: &mut Findings,
) {
    let header: Vec<&str> = entity.fields.iter().map(|field| field.name).collect();
    for field in fields {
        let finding =
            Finding::new("E120", Place::line(file, line)).with("列", field.name).with("表头", header.join("、"));
        findings.push(finding);
    }
}

/// Rows of totals and remarks below the data, and the example row of a blank table,
/// are for people.
pub(super) fn is_total(row: &Cells) -> bool {
    let first = row.cells.iter().map(|cell| fold(cell)).find(|cell| !cell.is_empty()).unwrap_or_default();
    ["示例", "合计", "总计", "小计", "备注:", "说明:", "注:", "填表人", "填表说明"]
        .iter()
        .any(|word| first.starts_with(word))
        || first == "备注"
}

struct Scene<'a> {
    lines: &'a [&'a str],
    file: &'a SourcePath,
}

impl Scene<'_> {
    fn names(&self, header: &Cells) -> Vec<Located<String>> {
        header
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| Located::new(cell.trim().to_owned(), self.place(header, at)))
            .collect()
    }

    /// The field of each column; reports unknown (W107) and double (E108) ones.
    fn columns(&self, header: &Cells, entity: &Entity, findings: &mut Findings) -> Vec<Option<&'static Field>> {
        let mut columns: Vec<Option<&'static Field>> = Vec::new();
        for (at, name) in self.names(header).into_iter().enumerate() {
            let field = entity.find(name.value.trim_end_matches(['*', '＊', ':', '：']));
            let earlier = field
                .and_then(|field| columns.iter().position(|column| column.is_some_and(|other| other.key == field.key)));
            if let Some(first) = earlier {
                let finding = Finding::new("E108", name.place.clone())
                    .with("键", &name.value)
                    .with("键1", header.cells[first].trim())
                    .with("行1", header.line);
                findings.push(finding);
            } else if field.is_none() && !name.value.is_empty() {
                findings.push(unknown_name(&self.name_at(header, at), entity));
            }
            columns.push(if earlier.is_some() { None } else { field });
        }
        columns
    }

    fn name_at(&self, header: &Cells, at: usize) -> Located<String> {
        Located::new(header.cells[at].trim().to_owned(), self.place(header, at))
    }

    fn record(
        &self,
        row: &Cells,
        columns: &[Option<&'static Field>],
        header: &Cells,
        findings: &mut Findings,
    ) -> Record {
        let mut record = Record::empty(Place::line(self.file, row.line));
        for (at, cell) in row.cells.iter().enumerate() {
            if let Some(Some(field)) = columns.get(at)
                && !cell.trim().is_empty()
            {
                let node = Node { value: Value::Text(cell.trim().to_owned()), place: self.place(row, at) };
                record.add(Entry { field, name: self.name_at(header, at), node }, findings);
            }
        }
        record
    }

    /// E132: a row without the name or the topic that it is about. Rows that hold
    /// nothing but their number are blank ones of a form. Who wants to learn something
    /// else needs no topic. Applications and ballots have rules of their own (E301, E407).
    fn report_blank(
        &self,
        record: &Record,
        columns: &[Option<&'static Field>],
        entity: &Entity,
        findings: &mut Findings,
    ) -> bool {
        let has_column = |key: &str| columns.iter().flatten().any(|column| column.key == key);
        let names_it = |field: &&Field| field.required && matches!(field.key, "topic" | "name" | "applicant");
        let missing = entity
            .fields
            .iter()
            .filter(|_| entity.key != EVALUATION.key && entity.key != APPLICATION.key)
            .find(|field| names_it(field) && has_column(field.key) && record.get(field.key).is_none());
        let Some(missing) = missing.filter(|_| record.get("other").is_none()) else { return false };
        if record.entries().any(|entry| entry.field.key != "order" && !entry.node.is_empty()) {
            let example = if missing.key == "topic" { "夜间巡查小窍门" } else { "张三" };
            let finding = Finding::new("E132", record.place.clone()).with("列", missing.name).with("例", example);
            findings.push(finding);
        }
        true
    }

    /// E121: a row with more cells than the header, the extra ones not blank. Nobody
    /// knows which cell belongs to which column, so that the row is left out.
    fn report_length(&self, row: &Cells, width: usize, findings: &mut Findings) -> bool {
        let used = row.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
        if used > width {
            let finding =
                Finding::new("E121", Place::line(self.file, row.line)).with("n", row.cells.len()).with("m", width);
            findings.push(finding);
        }
        used > width
    }

    /// The stretch of a cell in its line, quotes and all.
    fn place(&self, row: &Cells, at: usize) -> Place {
        let raw = usize::try_from(row.line)
            .ok()
            .and_then(|line| self.lines.get(line.saturating_sub(1)))
            .copied()
            .unwrap_or("");
        let (start, end) = cell_range(raw, row.delimiter, at);
        let column = u32::try_from(raw[..start].chars().count() + 1).unwrap_or(1);
        Place::at(self.file, row.line, column, u32::try_from(raw[start..end].chars().count().max(1)).unwrap_or(1))
    }
}

fn cell_range(line: &str, delimiter: char, wanted: usize) -> (usize, usize) {
    let mut start = 0;
    let mut number = 0;
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if c == delimiter && !quoted => {
                if number == wanted {
                    return (start, at);
                }
                number += 1;
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    if number == wanted { (start, line.len()) } else { (0, line.len()) }
}

/// The cells of a row.
pub(super) struct Cells {
    pub line: u32,
    pub delimiter: char,
    pub cells: Vec<String>,
}

pub(super) fn cells(text: &str) -> Vec<Cells> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    // The text is valid UTF-8 in memory, so that reading it cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Cells {
            line: u32::try_from(line).unwrap_or(0),
            delimiter,
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    rows
}

/// Comma, tab or semicolon, whichever the first lines use most.
fn delimiter(text: &str) -> char {
    let count =
        |delimiter: char| text.lines().take(HEADER_WITHIN).map(|line| line.matches(delimiter).count()).sum::<usize>();
    [',', '\t', ';'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == ',')).unwrap_or(',')
}

fn split_lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}
