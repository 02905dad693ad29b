//! Files that look like what the library reads, but lie in the wrong place or have a
//! name that nobody asked for (W130): passed over in silence they would be missed at
//! the end of the year.

use std::collections::BTreeSet;

use super::classify::{folder_key, year_of};
use super::{FileKind, SourceFile};
use crate::base::text::{fold, nearest};
use crate::base::{Finding, Findings};

/// The tables of a year, and those of the bureau.
const OF_YEAR: &[(&str, &str)] = &[
    ("教学计划", "plan"),
    ("选学菜单", "menu"),
    ("选学汇总", "choices"),
    ("申报汇总", "applications"),
    ("满意度测评", "evaluations"),
    ("学员情况", "trainees"),
];
const OF_BUREAU: &[(&str, &str)] = &[("人员名册", "people"), ("法规依据", "basis")];

/// Reports what looks like something else than it is.
pub(super) fn report(files: &[SourceFile], content: &str, findings: &mut Findings) {
    let mut folders = BTreeSet::new();
    for file in files {
        let parts = super::walk::below(&file.path, content);
        let found = match (parts.as_slice(), file.kind) {
            ([units, unit, folder, _, ..], _) if is_units(units) && file.slot.year.is_none() => {
                in_unit_folder(file, unit, folder, &mut folders)
            }
            ([units, ..], FileKind::Asset) if is_units(units) => table(file, OF_YEAR),
            ([units, unit, _], FileKind::Document) | ([units, unit, _, _], FileKind::Page) if is_units(units) => {
                lesson(file, unit)
            }
            ([_], FileKind::Asset) => table(file, OF_BUREAU),
            _ => None,
        };
        if let Some(finding) = found {
            findings.push(finding);
        }
    }
}

fn is_units(folder: &str) -> bool {
    folder_key(folder) == "units"
}

fn finding(file: &SourceFile, what: &str, why: &str, remedy: impl Into<String>) -> Option<Finding> {
    let finding = Finding::file("W130", &file.path).with("表名", what).with("原因", why);
    Some(finding.with("改法", remedy.into()))
}

/// What lies in a folder of a unit that is no year: lessons without a year, and years
/// that cannot be read, each folder told once.
fn in_unit_folder<'f>(
    file: &'f SourceFile,
    unit: &str,
    folder: &'f str,
    told: &mut BTreeSet<(String, &'f str)>,
) -> Option<Finding> {
    if folder_key(folder) == "lessons" {
        return finding(
            file,
            "教案",
            "但上面没有年份文件夹",
            format!("请移到 {unit}/年份/lessons 里，例如 {unit}/2025/lessons"),
        );
    }
    let digits: String = folder.chars().take_while(char::is_ascii_digit).collect();
    let rest = &folder[digits.len()..];
    let year = match digits.len() {
        2 if rest.is_empty() || rest.starts_with('年') => format!("20{digits}"),
        4 if year_of(&digits).is_some() => digits,
        _ => return None,
    };
    let is_first = told.insert((unit.to_owned(), folder));
    let why = format!("但文件夹“{folder}”看不出是哪一年");
    is_first.then(|| finding(file, "年度材料", &why, format!("请把文件夹改名为“{year}”"))).flatten()
}

/// A table under another name, as a workbook, or without a year above it.
fn table(file: &SourceFile, tables: &[(&'static str, &'static str)]) -> Option<Finding> {
    let extension = file.path.extension();
    let is_workbook = matches!(extension.as_str(), "xlsx" | "xls" | "et" | "xlsm" | "ods");
    if !is_workbook && extension != "csv" {
        return None;
    }
    let stem = fold(file.path.stem());
    let (chinese, english) = *tables.iter().find(|(chinese, english)| {
        let bare = stem.split(['(', '-', '_']).next().unwrap_or_default();
        stem.contains(chinese) || bare == *english || nearest(bare, [*chinese]).is_some()
    })?;
    let name = format!("{chinese}.csv");
    if is_workbook {
        let remedy = format!("请在 Excel 里打开，另存为“CSV UTF-8”格式，文件名用“{name}”");
        return finding(file, chinese, "但它是 Excel 工作簿", remedy);
    }
    if stem == fold(chinese) || stem == english {
        return finding(file, chinese, "但它没有放在年份文件夹里", "请移到单位下面的年份文件夹，例如 2025");
    }
    finding(file, chinese, "但程序不认这个文件名", format!("请改名为“{name}”"))
}

/// A document of a unit whose front matter speaks of a lesson.
fn lesson(file: &SourceFile, unit: &str) -> Option<Finding> {
    const KEYS: &[&str] = &["小教员", "授课人", "授课日期", "教学目标", "讨论题"];
    let text = file.text()?;
    let starts =
        |line: &str| KEYS.iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.starts_with([':', '：'])));
    let speaks = text.lines().take(20).any(starts);
    let remedy = format!("请移到 {unit}/年份/lessons 里，例如 {unit}/2025/lessons");
    speaks.then(|| finding(file, "教案", "但它没有放在 lessons 文件夹里", remedy)).flatten()
}
