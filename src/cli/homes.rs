//! Where new files go: the unit's folder under whatever name it has, the year's, and
//! the file that is there already under its other name.

use std::path::{Path, PathBuf};

use super::new::file_name;
use super::workspace::{Root, Workspace};
use super::{Exit, Failure};
use crate::base::SourcePath;
use crate::base::text::{fold, nearest};
use crate::model::{Library, Unit};
use crate::pipeline;
use crate::source::{FileKind, SourceFile, twin_key};

/// The folders of a library.
pub(super) struct Homes {
    root: Root,
    /// What is there; nothing in a root without a content folder.
    found: Option<(Workspace, Library)>,
}

impl Homes {
    /// Reads what is there.
    pub(super) fn read(root: &Root) -> Result<Self, Failure> {
        if !root.content_folder().is_dir() {
            return Ok(Self { root: root.clone(), found: None });
        }
        let workspace = root.read()?;
        let library = pipeline::library(super::build::job(&workspace));
        Ok(Self { root: root.clone(), found: Some((workspace, library)) })
    }

    /// The folder of all units: 单位, if that is what it is called.
    pub(super) fn units(&self) -> PathBuf {
        let chinese = self.root.content_folder().join("单位");
        if chinese.is_dir() { chinese } else { self.root.content_folder().join("units") }
    }

    /// A unit that bears the name already, under whatever folder, is refused.
    pub(super) fn refuse_double(&self, name: &str) -> Result<(), Failure> {
        refuse_separators(name)?;
        match self.known().iter().find(|unit| unit.is_called(name)) {
            Some(unit) => Err(Failure::new(
                Exit::Usage,
                format!("已经有“{}”这个单位了，文件夹是 {}，什么也没有改。", unit.name, unit.folder),
            )),
            None => Ok(()),
        }
    }

    /// The folder of a unit: the one that is named, or the only one there is. A name
    /// that is nearly, or part of, a known one is a slip.
    pub(super) fn unit(&self, written: Option<&str>) -> Result<PathBuf, Failure> {
        let Some(written) = written else { return self.only_unit() };
        refuse_separators(written)?;
        if let Some(unit) = self.known().iter().find(|unit| unit.is_called(written)) {
            return Ok(self.units().join(&unit.folder));
        }
        let near = nearest(written, self.known().iter().map(|unit| unit.name.as_str()));
        match near.or_else(|| self.part_of(written)) {
            Some(near) => Err(Failure::new(
                Exit::Usage,
                format!("没有“{written}”这个单位，是不是“{near}”？确实是新单位请先运行 jiangtai new unit {written}。"),
            )),
            None => Ok(self.units().join(file_name(written))),
        }
    }

    /// The folder of a unit's year, which may be called 2025年.
    pub(super) fn year(&self, unit: Option<&str>, year: i32) -> Result<PathBuf, Failure> {
        Ok(self.year_in(self.unit(unit)?, year))
    }

    /// The names of units and the folders of their year: of the named unit, or of all.
    pub(super) fn years(&self, unit: Option<&str>, year: i32) -> Result<Vec<(String, PathBuf)>, Failure> {
        if unit.is_some() || self.known().is_empty() {
            let folder = self.unit(unit)?;
            let known = self.known().iter().find(|unit| folder.ends_with(&unit.folder));
            let name = known.map_or_else(|| unit.unwrap_or_default().to_owned(), |unit| unit.name.clone());
            return Ok(vec![(name, self.year_in(folder, year))]);
        }
        let folder = |unit: &Unit| self.year_in(self.units().join(&unit.folder), year);
        Ok(self.known().iter().map(|unit| (unit.name.clone(), folder(unit))).collect())
    }

    /// The folder of marks: 月考成绩, if that is what it is called.
    pub(super) fn exams(&self) -> PathBuf {
        let chinese = self.root.content_folder().join("月考成绩");
        if chinese.is_dir() { chinese } else { self.root.content_folder().join("exams") }
    }

    fn year_in(&self, unit: PathBuf, year: i32) -> PathBuf {
        let name = unit.file_name().map(|name| name.to_string_lossy().into_owned());
        let is_there = |file: &&SourceFile| file.slot.unit == name && file.slot.year == Some(year);
        let depth = self.root.content.split('/').filter(|part| !part.is_empty() && *part != ".").count() + 2;
        let folder = self.files().iter().find(is_there).and_then(|file| file.path.as_str().split('/').nth(depth));
        unit.join(folder.map_or_else(|| year.to_string(), str::to_owned))
    }

    /// The folder of the lessons of a year: lessons or 教案.
    pub(super) fn lessons(&self, unit: Option<&str>, year: i32) -> Result<PathBuf, Failure> {
        let year = self.year(unit, year)?;
        let chinese = year.join("教案");
        Ok(if chinese.is_dir() { chinese } else { year.join("lessons") })
    }

    /// The file that means the same under its other name, if it is there.
    pub(super) fn twin_of(&self, path: &Path) -> PathBuf {
        let key = |path: &Path| path.file_name().map(|name| twin_key(&name.to_string_lossy()));
        let disk = |file: &SourceFile| self.root.root.join(file.path.as_str());
        let twin =
            self.files().iter().map(disk).find(|there| there.parent() == path.parent() && key(there) == key(path));
        twin.unwrap_or_else(|| path.to_owned())
    }

    fn known(&self) -> &[Unit] {
        self.found.as_ref().map_or(&[], |(_, library)| &library.units)
    }

    fn files(&self) -> &[SourceFile] {
        self.found.as_ref().map_or(&[], |(workspace, _)| &workspace.sources.files)
    }

    /// 城东 for 城东分局.
    fn part_of(&self, written: &str) -> Option<&str> {
        let wanted = fold(written);
        let holds = |unit: &&Unit| fold(&unit.name).contains(&wanted) || wanted.contains(&fold(&unit.name));
        self.known().iter().find(holds).map(|unit| unit.name.as_str()).filter(|_| wanted.chars().count() > 1)
    }

    fn only_unit(&self) -> Result<PathBuf, Failure> {
        match self.known() {
            [only] => Ok(self.units().join(&only.folder)),
            many => {
                let names: Vec<&str> = many.iter().map(|unit| unit.name.as_str()).collect();
                let listed = if names.is_empty() { "例如 --unit 城东分局".to_owned() } else { names.join("、") };
                Err(Failure::new(Exit::Usage, format!("请用 --unit 写明单位：{listed}。")))
            }
        }
    }
}

fn refuse_separators(name: &str) -> Result<(), Failure> {
    if name.contains(['/', '\\']) || name.trim_matches(['.', ' ']).is_empty() {
        return Err(Failure::new(Exit::Usage, format!("“{name}”不能作单位名称：请只写名称，不要写路径。")));
    }
    Ok(())
}

/// What a filter of `check` was probably meant to be: a unit, a file or a folder.
pub(super) fn nearest_place<'a>(
    asked: &str,
    units: &'a [Unit],
    files: impl Iterator<Item = &'a SourceFile>,
) -> Option<String> {
    let last = asked.replace('\\', "/");
    let last = last.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(near) = nearest(&last, units.iter().map(|unit| unit.name.as_str())) {
        return Some(near.to_owned());
    }
    let of_text = |file: &&SourceFile| !matches!(file.kind, FileKind::Asset | FileKind::Attachment);
    let paths: Vec<&SourcePath> = files.filter(of_text).map(|file| &file.path).collect();
    let name = nearest(&last, paths.iter().map(|path| path.name()))?;
    paths.iter().find(|path| path.name() == name).map(ToString::to_string)
}
