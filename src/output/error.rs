//! Why a folder could not be made equal to the result.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure to write the site, worded for people.
#[derive(Debug)]
pub enum OutputError {
    /// The folder holds files that no build wrote (E701).
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// A few of the files, relative to it.
        examples: Vec<String>,
    },
    /// Another build has been writing to the folder for very long.
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The disk or the system refused.
    Io {
        /// What it was about.
        path: PathBuf,
        /// What was being done, as a Chinese verb such as `写入`.
        action: &'static str,
        /// The cause.
        source: io::Error,
    },
}

impl OutputError {
    /// What the disk refused while something was done.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_path_buf(), action, source }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { path, examples } => {
                let (folder, examples) = (path.display(), examples.join("、"));
                write!(formatter, "输出文件夹 {folder} 里有不是讲台生成的文件（如 {examples}），为免误删，没有写入")
            }
            Self::Busy { path } => {
                let folder = path.display();
                write!(formatter, "另一个讲台正在往 {folder} 里写，等了一分钟还没写完；请等它结束再试，或先关掉它")
            }
            Self::Io { path, action, source } => {
                write!(formatter, "{action} {} 失败：{}", path.display(), reason(source))
            }
        }
    }
}

impl Error for OutputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotOurs { .. } | Self::Busy { .. } => None,
            Self::Io { source, .. } => Some(source),
        }
    }
}

/// The cause in Chinese; what has no wording of ours is given as the system says it.
fn reason(source: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let known = match source.kind() {
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "超出了磁盘配额",
        Kind::PermissionDenied => "没有权限，或文件正被别的程序占用",
        Kind::ReadOnlyFilesystem => "磁盘是只读的",
        Kind::NotFound => "文件或文件夹不存在",
        Kind::AlreadyExists => "已经有同名的文件",
        Kind::NotADirectory => "路径中有一段不是文件夹",
        Kind::IsADirectory => "这里是一个文件夹",
        Kind::DirectoryNotEmpty => "文件夹里还有别的文件",
        Kind::InvalidFilename => "文件名太长，或含有系统不允许的字符",
        Kind::FileTooLarge => "文件太大",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "文件正被占用",
        Kind::StaleNetworkFileHandle | Kind::NetworkDown | Kind::NetworkUnreachable | Kind::HostUnreachable => {
            "网络磁盘已断开"
        }
        Kind::OutOfMemory => "内存不足",
        _ => return source.to_string(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_name_the_path_and_the_cause() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = OutputError::io("写入", Path::new("public/index.html"), full);
        assert_eq!(error.to_string(), "写入 public/index.html 失败：磁盘已满");
        assert!(error.source().is_some());
    }
}
