//! What a command found of one that was interrupted, and what it did about it.

use std::fmt;

use super::{Holder, ReleaseId};

/// Something that was set right or is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The lock of a command that ended without giving it back.
    Stale(Holder),
    /// The lock of a command that ended before it had written who it is.
    Nameless,
    /// A release of which only a part was written.
    Unwritten(String),
    /// A whole release that was never switched to.
    Undone {
        /// The release.
        release: ReleaseId,
        /// What is served.
        current: Option<ReleaseId>,
    },
    /// A switch that was made, but not noted down.
    Finished(ReleaseId),
    /// A switch of which the second half was missing: it was made.
    Completed(ReleaseId),
    /// A switch of which the first half was taken back.
    Restored,
    /// Nothing was served, and the release in question is lost.
    Lost(ReleaseId),
    /// A journal that nobody can read.
    Unreadable,
    /// `current` leads to a release that is not there.
    Dangling(ReleaseId),
    /// Removals that were not finished.
    Trash,
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale(holder) => write!(formatter, "{holder}没有正常结束，已接着处理。"),
            Self::Nameless => formatter.write_str("上一个命令刚开始就中断，没有正常结束，已接着处理。"),
            Self::Unwritten(id) => write!(formatter, "上次发布的 {id} 没有写完，已清理；网站没有受影响。"),
            Self::Undone { release, current: Some(current) } => {
                write!(formatter, "上次发布的 {release} 还没有切换就中断了，已撤销；网站仍是 {current}。")
            }
            Self::Undone { release, current: None } => {
                write!(formatter, "上次发布的 {release} 还没有切换就中断了，已撤销；网站还没有发布过。")
            }
            Self::Finished(release) => write!(formatter, "上次已经切换到 {release}，只差收尾，已补做。"),
            Self::Completed(release) => {
                write!(formatter, "上次切换做到一半就中断了，已接着切换到 {release}。")
            }
            Self::Restored => formatter.write_str("上次切换做到一半就中断了，已恢复到切换以前的网站。"),
            Self::Lost(release) => {
                write!(
                    formatter,
                    "上次切换到 {release} 时中断，这一版已经不在了，网站打不开；请重新发布，或用 rollback --to 选一版。"
                )
            }
            Self::Unreadable => formatter.write_str("上次切换的记录读不出来，已移走；网站以 current 现在的样子为准。"),
            Self::Dangling(release) => {
                write!(
                    formatter,
                    "current 指向的 {release} 不在了，网站打不开；请重新发布，或用 rollback --to 选一版。"
                )
            }
            Self::Trash => formatter.write_str("上次没有删完的旧版，已删完。"),
        }
    }
}
