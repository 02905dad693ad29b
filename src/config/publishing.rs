//! Where and how the site is published.

use crate::base::Findings;
use crate::records::{self, Record};

/// How many releases are kept when nobody says otherwise.
const KEPT: usize = 5;

/// The settings of `publish`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// 发布位置, as written.
    pub target: Option<String>,
    /// 保留发布数.
    pub keep: usize,
    /// 发布用链接: whether what is served may be a symbolic link.
    pub links: bool,
}

impl Publishing {
    pub(super) fn read(record: &Record, findings: &mut Findings) -> Self {
        let keep = records::integer(record.get("publish_keep"), findings);
        Self {
            target: records::text(record.get("publish_target")).map(|written| written.value),
            keep: keep.and_then(|keep| usize::try_from(keep).ok()).filter(|keep| *keep > 0).unwrap_or(KEPT),
            links: records::boolean(record.get("publish_links"), findings).unwrap_or(true),
        }
    }
}
