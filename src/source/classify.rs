//! What a file is, by where it lies and what it is called (DOMAIN.md 3.1).

use serde::Serialize;

use crate::base::text::narrow;

/// What a file of the library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum FileKind {
    /// `site.yaml`, 站点设置.
    Site,
    /// `people.csv`, 人员名册.
    People,
    /// `basis.csv`, 法规依据台账.
    Basis,
    /// `exams/<year>.csv`, 全员法制网上月考.
    Exams,
    /// `awards/<year>.yaml`, 评选结果.
    Awards,
    /// A Markdown file under `docs/`, or beside `unit.yaml`.
    Document,
    /// A Markdown file under `notices/`.
    Notice,
    /// `unit.yaml`, 单位信息.
    UnitInfo,
    /// `README.md` of a unit: its introduction.
    UnitIntro,
    /// `menu.csv`, 年度选学菜单.
    Menu,
    /// `choices.csv`, 选学汇总.
    Choices,
    /// `applications.csv` or `applications/*.md`, 申报.
    Applications,
    /// `plan.csv`, 教学计划.
    Plan,
    /// `evaluations.csv`, 满意度测评.
    Evaluations,
    /// `trainees.csv`, 学员情况.
    Trainees,
    /// `summary.md`, 年度总结.
    Summary,
    /// A lesson: Markdown or plain text under a lessons folder.
    Lesson,
    /// Another file under a lessons folder: an attachment or a picture.
    Attachment,
    /// A Markdown file elsewhere.
    Page,
    /// Any other file elsewhere: a picture or a download of a page.
    Asset,
}

/// Where a file lies among units and years.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The unit's folder.
    pub unit: Option<String>,
    /// The year's folder, or the year in the file's name (exams, awards).
    pub year: Option<i32>,
    /// For files under a lessons folder: the folders between it and the file.
    pub bundle: Vec<String>,
}

/// File names with their Chinese twins; both are accepted anywhere they fit.
const NAMES: &[(&str, &str, FileKind)] = &[
    ("site.yaml", "站点设置.yaml", FileKind::Site),
    ("people.csv", "人员名册.csv", FileKind::People),
    ("basis.csv", "法规依据.csv", FileKind::Basis),
    ("unit.yaml", "单位信息.yaml", FileKind::UnitInfo),
    ("menu.csv", "选学菜单.csv", FileKind::Menu),
    ("choices.csv", "选学汇总.csv", FileKind::Choices),
    ("applications.csv", "申报汇总.csv", FileKind::Applications),
    ("plan.csv", "教学计划.csv", FileKind::Plan),
    ("evaluations.csv", "满意度测评.csv", FileKind::Evaluations),
    ("trainees.csv", "学员情况.csv", FileKind::Trainees),
    ("summary.md", "年度总结.md", FileKind::Summary),
];

/// Folder names with their Chinese twins.
pub(super) const FOLDERS: &[(&str, &str)] = &[
    ("units", "单位"),
    ("docs", "制度文件"),
    ("notices", "通知公告"),
    ("awards", "评选结果"),
    ("exams", "月考成绩"),
    ("lessons", "教案"),
    ("applications", "申报"),
    ("inbox", "收件箱"),
];

/// The English name of a folder that may be written in Chinese.
pub(super) fn folder_key(name: &str) -> &str {
    let lower = FOLDERS.iter().find(|(english, chinese)| name.eq_ignore_ascii_case(english) || name == *chinese);
    lower.map_or(name, |(english, _)| english)
}

/// The English name of a file that may be written in Chinese, with `.yml` read as `.yaml`.
pub(super) fn file_key(name: &str) -> String {
    let mut lower = name.to_lowercase();
    if let Some(stem) = lower.strip_suffix(".yml") {
        lower = format!("{stem}.yaml");
    }
    match NAMES.iter().find(|(_, chinese, _)| lower == *chinese) {
        Some((english, _, _)) => (*english).to_owned(),
        None if lower == "法规依据台账.csv" => "basis.csv".to_owned(),
        None => lower,
    }
}

/// The one name behind a file name and its Chinese twin: both `plan.csv` and
/// `教学计划.csv` give `plan.csv`.
pub fn twin_key(name: &str) -> String {
    file_key(name)
}

/// Says what the file at `parts` (below the content folder) is; `None` for a file
/// that is none of the library's business (hidden, locked, a mailbox).
pub fn classify(parts: &[&str]) -> Option<(FileKind, Slot)> {
    if parts.iter().any(|part| is_ignored(part)) {
        return None;
    }
    let (name, folders) = parts.split_last()?;
    let key = file_key(name);
    let folders: Vec<&str> = folders.iter().map(|folder| folder_key(folder)).collect();
    match folders.as_slice() {
        ["units", unit, rest @ ..] => in_unit(unit, rest, &key, parts),
        ["awards"] if key.ends_with(".yaml") => Some((FileKind::Awards, of_year(year_of(stem(&key))))),
        ["exams"] if key.ends_with(".csv") => Some((FileKind::Exams, of_year(year_of(stem(&key))))),
        ["docs", ..] if is_markdown(&key) => Some((FileKind::Document, Slot::default())),
        ["notices", ..] if is_markdown(&key) => Some((FileKind::Notice, Slot::default())),
        [] => Some((top_level(&key), Slot::default())),
        _ => Some((page_or_asset(&key), Slot::default())),
    }
}

fn top_level(key: &str) -> FileKind {
    let named = [FileKind::Site, FileKind::People, FileKind::Basis];
    named_kind(key).filter(|kind| named.contains(kind)).unwrap_or_else(|| page_or_asset(key))
}

fn in_unit(unit: &str, rest: &[&str], key: &str, parts: &[&str]) -> Option<(FileKind, Slot)> {
    let mut slot = Slot { unit: Some(unit.to_owned()), ..Slot::default() };
    let Some((year_folder, inner)) = rest.split_first() else {
        let kind = match key {
            "unit.yaml" => FileKind::UnitInfo,
            "readme.md" => FileKind::UnitIntro,
            _ if is_markdown(key) => FileKind::Document,
            _ => FileKind::Asset,
        };
        return Some((kind, slot));
    };
    slot.year = year_of(year_folder);
    if slot.year.is_none() {
        return (folder_key(year_folder) != "inbox").then(|| (page_or_asset(key), slot));
    }
    let kind = match inner {
        ["inbox", ..] => return None,
        ["lessons", ..] => {
            let written = &parts[..parts.len() - 1];
            slot.bundle = written[written.len() - (inner.len() - 1)..].iter().map(|part| (*part).to_owned()).collect();
            if is_markdown(key) || key.ends_with(".txt") { FileKind::Lesson } else { FileKind::Attachment }
        }
        ["applications"] if is_markdown(key) => FileKind::Applications,
        [] => year_table(key).unwrap_or_else(|| page_or_asset(key)),
        _ => page_or_asset(key),
    };
    Some((kind, slot))
}

fn year_table(key: &str) -> Option<FileKind> {
    named_kind(key)
        .filter(|kind| !matches!(kind, FileKind::Site | FileKind::People | FileKind::Basis | FileKind::UnitInfo))
}

fn named_kind(key: &str) -> Option<FileKind> {
    NAMES.iter().find(|(english, _, _)| key == *english).map(|(_, _, kind)| *kind)
}

fn page_or_asset(key: &str) -> FileKind {
    if is_markdown(key) { FileKind::Page } else { FileKind::Asset }
}

fn is_markdown(key: &str) -> bool {
    key.ends_with(".md") || key.ends_with(".markdown")
}

fn of_year(year: Option<i32>) -> Slot {
    Slot { year, ..Slot::default() }
}

fn stem(name: &str) -> &str {
    name.rfind('.').map_or(name, |dot| &name[..dot])
}

/// The year in a folder's name: `2025`, `2025年`, `２０２５`, `2025年度`.
pub(super) fn year_of(name: &str) -> Option<i32> {
    let plain = narrow(name);
    let digits = plain.trim().trim_end_matches('度').trim_end_matches('年');
    let year: i32 = digits.parse().ok()?;
    (1950..=2200).contains(&year).then_some(year)
}

/// Hidden files, files set aside with `_`, Office lock files and system litter.
fn is_ignored(name: &str) -> bool {
    let litter = ["thumbs.db", "desktop.ini", "__macosx"];
    name.starts_with(['.', '_', '~'])
        || name.ends_with('~')
        || name.to_lowercase().ends_with(".bak")
        || litter.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str) -> Option<FileKind> {
        classify(&path.split('/').collect::<Vec<_>>()).map(|(kind, _)| kind)
    }

    #[test]
    fn chinese_and_english_names_mean_the_same() {
        assert_eq!(kind("people.csv"), Some(FileKind::People));
        assert_eq!(kind("人员名册.csv"), Some(FileKind::People));
        assert_eq!(kind("units/城东分局/2025/教学计划.csv"), Some(FileKind::Plan));
        assert_eq!(kind("单位/城东分局/2025年/教案/夜巡.md"), Some(FileKind::Lesson));
        assert_eq!(kind("units/a/2025/lessons/x.pptx"), Some(FileKind::Attachment));
        assert_eq!(kind("units/a/unit.yml"), Some(FileKind::UnitInfo));
        assert_eq!(kind("评选结果/2025.yaml"), Some(FileKind::Awards));
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        assert_eq!(kind("units/a/2025/inbox/x.csv"), None);
        assert_eq!(kind("units/a/2025/lessons/~$x.docx"), None);
        assert_eq!(kind("units/a/2025/lessons/_草稿.md"), None);
        assert_eq!(kind(".git/config"), None);
    }

    #[test]
    fn strays_become_pages() {
        assert_eq!(kind("说明.md"), Some(FileKind::Page));
        assert_eq!(kind("units/a/2025/随笔.md"), Some(FileKind::Page));
        assert_eq!(kind("units/a/实施办法.md"), Some(FileKind::Document));
        assert_eq!(kind("杂项/图.png"), Some(FileKind::Asset));
    }

    #[test]
    fn a_bundle_remembers_its_folders() {
        let (_, slot) = classify(&["units", "a", "2025", "教案", "夜巡", "index.md"]).expect("classified");
        assert_eq!(slot.bundle, ["夜巡"]);
        assert_eq!(slot.year, Some(2025));
    }
}
