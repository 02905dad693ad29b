//! Why publishing was refused or failed.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{Holder, ReleaseId, Verdict};
use crate::output::OutputError;

/// A refusal or a failure, worded for people.
#[derive(Debug)]
pub enum PublishError {
    /// Something of somebody else stands where ours would go.
    NotOurs {
        /// What it is about.
        path: PathBuf,
        /// What is the matter with it.
        why: &'static str,
    },
    /// The folder above the target is not there.
    NoParent(PathBuf),
    /// Another command is at work.
    Busy {
        /// Who, if it can be told.
        holder: Option<Holder>,
        /// The lock.
        lock: PathBuf,
        /// Whether it may be dead, which cannot be told from here.
        is_doubtful: bool,
    },
    /// More pages would vanish than is allowed.
    TooManyRemoved {
        /// How many would.
        removed: usize,
        /// How many there are now.
        pages: usize,
        /// How many may.
        limit: usize,
    },
    /// What was written or is there is not what it should be.
    Damaged {
        /// Which release.
        release: ReleaseId,
        /// What is wrong with it.
        verdict: Box<Verdict>,
    },
    /// There is nothing to go back to.
    NothingBefore(Option<ReleaseId>),
    /// No release is called so.
    NoSuchRelease {
        /// What was asked for.
        written: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// It is current already.
    AlreadyCurrent(ReleaseId),
    /// The disk or the system refused.
    Disk(OutputError),
}

impl PublishError {
    pub(super) fn disk(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Disk(OutputError::io(action, path, source))
    }

    /// Whether the disk or the system is to blame, not what was asked for.
    pub fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::Disk(_))
    }
}

impl From<OutputError> for PublishError {
    fn from(error: OutputError) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { path, why } => write!(formatter, "{} {why}，没有动它", path.display()),
            Self::NoParent(folder) => write!(
                formatter,
                "上一级文件夹 {} 不存在，没有发布。请核对发布位置；共享盘或 U 盘请先接好，要用新位置请先建好这个文件夹",
                folder.display()
            ),
            Self::Busy { holder, lock, is_doubtful } => busy(formatter, holder.as_ref(), lock, *is_doubtful),
            Self::TooManyRemoved { removed, pages, limit } => write!(
                formatter,
                "这次发布会删掉 {removed} 页（现有 {pages} 页），超过允许的 {limit} 页，没有发布。\
                 请先核对内容文件夹是否完整；确实要删，加 --max-deletes {removed}"
            ),
            Self::Damaged { release, verdict } => {
                write!(formatter, "{release} 和校验表不符（{}），没有切换，网站保持原样", verdict.in_short())
            }
            Self::NothingBefore(Some(current)) => write!(
                formatter,
                "当前的 {current} 之前没有留着更早的版，退不回去。运行 jiangtai releases 查看有哪些版，用 --to 指定一版"
            ),
            Self::NothingBefore(None) => formatter.write_str("这里还没有发布过，没有可退回的"),
            Self::NoSuchRelease { written, known } if known.is_empty() => {
                write!(formatter, "没有“{written}”这一版；这里还没有发布过")
            }
            Self::NoSuchRelease { written, known } => {
                write!(formatter, "没有“{written}”这一版。可以写：{}", known.join("、"))
            }
            Self::AlreadyCurrent(release) => write!(formatter, "网站现在就是 {release}，不用切换"),
            Self::Disk(error) => error.fmt(formatter),
        }
    }
}

fn busy(formatter: &mut fmt::Formatter<'_>, holder: Option<&Holder>, lock: &Path, is_doubtful: bool) -> fmt::Result {
    let who = holder.map_or_else(|| "另一个命令".to_owned(), ToString::to_string);
    match is_doubtful {
        false => write!(formatter, "{who}正在使用这个发布位置，没有发布。请等它做完再试"),
        true => write!(
            formatter,
            "{who}可能还在使用这个发布位置，没有发布。如果确定那边已经停了，请删除 {} 再试",
            lock.display()
        ),
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            _ => None,
        }
    }
}
