//! What is told of a text by looking at all of it. It is remembered by what the disk says
//! of the file, so that only files that changed are looked through again.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{SourceFile, secrecy};
use crate::base::{Key, Mark, SourcePath};
use crate::memo::{Kind, Memo};

/// What is told of a text by looking at all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// A name for the text.
    pub key: Key,
    /// Whether it carries a mark of secrecy.
    pub is_secret: bool,
    /// Whether [a line of it may hold a number of a person](may_hold_numbers).
    pub has_numbers: bool,
}

impl Facts {
    /// Looks through a text.
    pub(super) fn of(text: &str) -> Self {
        let is_secret = secrecy::is_marked(text);
        let has_numbers = may_hold_numbers(text) && text.lines().any(may_hold_numbers);
        Facts { key: Key::of_bytes(text.as_bytes()), is_secret, has_numbers }
    }
}

/// Whether a text has enough digits for a number of a person. Every text passes here, so
/// that bytes are looked at, not characters.
pub fn may_hold_numbers(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The full-width digits are EF BC 90 to EF BC 99. Without branches, many bytes are looked
    // at in one step.
    let is_wide = |three: &[u8]| (three[0] == 0xef) & (three[1] == 0xbc) & (three[2].wrapping_sub(0x90) < 10);
    let narrow = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    narrow >= 11 || bytes.windows(3).map(|three| usize::from(is_wide(three))).sum::<usize>() > 0
}

/// What was told of the texts of a folder before.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known(FxHashMap<SourcePath, (Mark, Facts)>);

impl Known {
    pub(super) fn recall(memo: &Memo, content: &str) -> Self {
        memo.recall(Kind::Texts, Self::place(content)).unwrap_or_default()
    }

    /// What is known of a file of which the disk says this.
    pub(super) fn of(&self, path: &SourcePath, mark: Option<Mark>) -> Option<Facts> {
        self.0.get(path).filter(|(known, _)| Some(*known) == mark).map(|(_, facts)| *facts)
    }

    /// Remembers what is known now.
    pub(super) fn keep(self, files: &[SourceFile], memo: &Memo, content: &str) {
        let known = |file: &SourceFile| Some((file.path.clone(), (file.mark?, file.facts?)));
        let now = Known(files.iter().filter_map(known).collect());
        if self != now {
            memo.keep(Kind::Texts, Self::place(content), &now);
        }
    }

    fn place(content: &str) -> Key {
        Key::of_bytes(content.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::*;
    use crate::source::{look, read_seen};

    type Result = std::result::Result<(), Box<dyn std::error::Error>>;

    fn put(folder: &Path, name: &str, text: &str, age: u64) -> Result {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(&path, text)?;
        let time = UNIX_EPOCH + Duration::new(1_700_000_000 - age, 123);
        Ok(fs::File::options().write(true).open(path)?.set_modified(time)?)
    }

    /// What is told of each file when the folder is read.
    fn told(
        folder: &Path,
        memo: &Memo,
    ) -> std::result::Result<Vec<(String, Option<Facts>, bool)>, super::super::ReadError> {
        let seen = look(folder, Some(SystemTime::now()))?;
        let sources = read_seen(seen, "content", memo)?;
        Ok(sources.files.iter().map(|file| (file.path.to_string(), file.facts(), file.is_secret())).collect())
    }

    #[test]
    fn what_is_remembered_is_what_is_told_by_looking() -> Result {
        let (root, cache) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let folder = root.path();
        let memo = Memo::open(cache.path(), "it");
        let lesson = |name: &str| format!("units/甲/2025/lessons/{name}.md");
        put(folder, &lesson("灯"), "标题: 看灯\n---\n先看灯。\n", 9)?;
        put(folder, &lesson("门"), "标题: 看门\n---\n电话 13800138000。\n", 9)?;
        put(folder, &lesson("秘"), "标题: 看看\n---\n秘密★一年\n", 9)?;
        let first = told(folder, &memo)?;
        assert_eq!(first, told(folder, &Memo::none())?);
        let of = |told: &[(String, Option<Facts>, bool)], name: &str| {
            told.iter().find(|(path, ..)| path.ends_with(name)).and_then(|(_, facts, _)| *facts)
        };
        assert_eq!(of(&first, "门.md").map(|facts| (facts.has_numbers, facts.is_secret)), Some((true, false)));
        assert_eq!(of(&first, "秘.md").map(|facts| (facts.has_numbers, facts.is_secret)), Some((false, true)));
        assert_eq!(told(folder, &memo)?, first);
        // One changes, one goes, one comes under the name of another.
        put(folder, &lesson("灯"), "标题: 看灯\n---\n秘密★一年\n", 8)?;
        fs::remove_file(folder.join(lesson("门")))?;
        fs::rename(folder.join(lesson("秘")), folder.join(lesson("门")))?;
        let second = told(folder, &memo)?;
        assert_eq!(second, told(folder, &Memo::none())?);
        assert_ne!(of(&second, "灯.md"), of(&first, "灯.md"));
        Ok(())
    }

    /// Out of an archive from Windows come names in GBK, which all look alike.
    #[cfg(target_os = "linux")]
    #[test]
    fn files_whose_names_look_alike_are_not_taken_for_each_other() -> Result {
        use std::os::unix::ffi::OsStrExt;
        let (root, cache) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let memo = Memo::open(cache.path(), "it");
        let lessons = root.path().join("units/甲/2025/lessons");
        fs::create_dir_all(&lessons)?;
        let texts = [(&b"\xb5\xc6.md"[..], "先看灯。\n", 9), (b"\xc3\xc5.md", "秘密★一年\n", 8)];
        for (name, text, age) in texts {
            put(&lessons, "one", text, age)?;
            fs::rename(lessons.join("one"), lessons.join(std::ffi::OsStr::from_bytes(name)))?;
        }
        let cold = told(root.path(), &Memo::none())?;
        assert_eq!(cold.iter().filter(|(.., is_secret)| *is_secret).count(), 1);
        for _ in 0..3 {
            assert_eq!(told(root.path(), &memo)?, cold);
        }
        Ok(())
    }

    #[test]
    fn what_the_disk_says_of_a_file_is_believed() -> Result {
        let (root, cache) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let memo = Memo::open(cache.path(), "it");
        put(root.path(), "about.md", "甲", 9)?;
        let first = told(root.path(), &memo)?;
        put(root.path(), "about.md", "乙", 9)?;
        assert_eq!(told(root.path(), &memo)?, first, "the same length and time: nobody looks");
        fs::write(root.path().join("about.md"), "丙")?;
        assert_ne!(told(root.path(), &memo)?, first, "too young to be believed");
        Ok(())
    }
}
