//! 单位: a branch office or an organ's party branch.

use serde::{Deserialize, Serialize};

use super::vocabulary;
use crate::base::slug::file_slug;
use crate::base::text::fold;
use crate::base::{Findings, Month, Place};
use crate::records::{self, Record};

/// A unit's number in [`super::Library::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitId(pub usize);

/// What kind of unit it is (directive S28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum UnitKind {
    /// 分局, at the grass roots.
    Branch,
    /// 机关支部.
    PartyBranch,
    /// 其他.
    Other,
}

impl UnitKind {
    /// The key in strings files.
    pub fn key(self) -> &'static str {
        match self {
            UnitKind::Branch => "branch",
            UnitKind::PartyBranch => "party-branch",
            UnitKind::Other => "other",
        }
    }

    /// DOMAIN.md 3.3: a name that ends in 分局 or 所 is a branch office's, one that
    /// ends in 支部, 科 or 处 a party branch's.
    fn guess(name: &str) -> Self {
        if name.ends_with("分局") || name.ends_with('所') {
            UnitKind::Branch
        } else if ["支部", "科", "处"].iter().any(|end| name.ends_with(end)) {
            UnitKind::PartyBranch
        } else {
            UnitKind::Other
        }
    }
}

/// A unit.
#[derive(Debug, Clone, Serialize)]
pub struct Unit {
    /// The folder's name.
    pub folder: String,
    /// The name in addresses.
    pub slug: String,
    /// 名称.
    pub name: String,
    /// 简称.
    pub short: Option<String>,
    /// 类别.
    pub kind: UnitKind,
    /// 负责人.
    pub leader: Option<String>,
    /// 内勤.
    pub clerk: Option<String>,
    /// 内勤邮箱.
    pub clerk_email: Option<String>,
    /// Whether the unit was a pilot (directive S84).
    pub pilot: bool,
    /// 启动月份: indicators count from here.
    pub start: Option<Month>,
    /// 排序.
    pub order: Option<u32>,
    /// 简介, in Markdown.
    pub intro: Option<String>,
    /// Where it is described.
    pub place: Place,
}

impl Unit {
    /// Reads `unit.yaml`; without one everything follows from the folder's name.
    pub(super) fn read(folder: &str, record: &Record, findings: &mut Findings) -> Self {
        let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
        let name = text("name").unwrap_or_else(|| folder.to_owned());
        let kind = vocabulary::choice(record.get("kind"), "unit_kind", findings);
        let written_slug = text("slug").map(|slug| file_slug(&slug)).filter(|slug| !slug.is_empty());
        Unit {
            slug: written_slug
                .or_else(|| Some(file_slug(folder)).filter(|slug| !slug.is_empty()))
                .unwrap_or_else(|| "unit".to_owned()),
            kind: match kind.as_ref().map(|word| word.key.as_str()) {
                Some("branch") => UnitKind::Branch,
                Some("party-branch") => UnitKind::PartyBranch,
                Some(_) => UnitKind::Other,
                None => UnitKind::guess(&name),
            },
            folder: folder.to_owned(),
            name,
            short: text("short"),
            leader: text("leader"),
            clerk: text("clerk"),
            clerk_email: text("clerk_email"),
            pilot: records::boolean(record.get("pilot"), findings).unwrap_or(false),
            start: records::month(record.get("start"), None, "E112", findings),
            order: records::integer(record.get("order"), findings),
            intro: text("intro"),
            place: record.place.clone(),
        }
    }

    /// Whether a written name means this unit.
    pub fn is_called(&self, written: &str) -> bool {
        if self.name == written || self.folder == written {
            return true;
        }
        let wanted = fold(written);
        [Some(&self.name), Some(&self.folder), Some(&self.slug), self.short.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| fold(name) == wanted)
    }
}
