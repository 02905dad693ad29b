//! Which names may be written, which are ours, and which are the same.

use std::borrow::Cow;
use std::io;

/// The list of what the last finished build wrote.
pub const MANIFEST: &str = ".jiangtai-manifest";
/// The list of what builds since then were about to make.
pub const JOURNAL: &str = ".jiangtai-journal";
/// How the names of files that are being written begin.
pub const ASIDE: &str = ".jiangtai-tmp-";
/// How every name begins that the output keeps for itself.
const RESERVED: &str = ".jiangtai-";

/// Files that systems leave behind by themselves, in any folder that is looked at, and
/// the one that tells IIS how to show it.
const LITTER: [&str; 4] = ["thumbs.db", ".ds_store", "desktop.ini", "web.config"];

/// Whether nobody meant this file to be there.
pub fn is_litter(name: &str) -> bool {
    LITTER.iter().any(|litter| litter.eq_ignore_ascii_case(name))
}

/// Refuses a path that could lead out of the folder, on any system, or that would
/// overwrite our own notes. Manifests are checked by the same rule as pages, because
/// a manifest is a file that anybody may have edited.
pub fn check(path: &str) -> io::Result<()> {
    let bad = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, format!("路径不合规则，{why}")));
    if path.is_empty() || path.starts_with('/') {
        return bad("必须是相对路径");
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return bad("不能含有反斜杠或控制字符");
    }
    if has_drive(path) || (cfg!(windows) && path.contains(':')) {
        return bad("不能带盘符");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return bad("不能含有空的一段、“.”或“..”");
    }
    if path.split('/').any(|part| part.starts_with(RESERVED)) {
        return bad("以“.jiangtai-”开头的名字是讲台自己用的");
    }
    Ok(())
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// How the file system of the folder tells names apart. Where `A.html` and `a.html`
/// are one file, a list of names may call stale what was just written under the
/// other case, so all names are compared by their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names {
    /// Whether upper and lower case are the same.
    pub any_case: bool,
}

impl Names {
    /// What a name is compared by.
    pub fn key<'a>(&self, path: &'a str) -> Cow<'a, str> {
        if self.any_case { Cow::Owned(path.to_lowercase()) } else { Cow::Borrowed(path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_refused() {
        for bad in ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "C:/a", "c:a", "a\0b", "a\nb"] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
        for own in [".jiangtai-manifest", "a/.jiangtai-tmp-1-1", ".jiangtai-journal/x"] {
            assert!(check(own).is_err(), "{own:?}");
        }
        for good in ["index.html", "units/城东/课件 1.pptx", ".nojekyll", "a..b/c...html"] {
            assert!(check(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn case_counts_only_where_the_disk_says_so() {
        assert_eq!(Names { any_case: true }.key("A/b.HTML"), "a/b.html");
        assert_eq!(Names { any_case: false }.key("A/b.HTML"), "A/b.HTML");
    }
}
