//! Whether anything changed since last time, told without reading any file.

use std::path::Path;
use std::time::SystemTime;

use super::walk::{Raw, Seen, look};
use crate::base::Key;

/// A name for what the disk says of all files below some folders. `None` when a file may
/// have changed without the disk telling so, or cannot be looked at: then it has to be
/// read.
pub fn stamp(folders: &[&Path], now: SystemTime) -> Option<Key> {
    let of_folder = |folder: &&Path| match folder.exists() {
        true => look(folder, Some(now)).ok()?.stamp(),
        false => Some(Key::of([&b"none"[..]])),
    };
    let all: Vec<Key> = folders.iter().map(of_folder).collect::<Option<_>>()?;
    Some(Key::of(all.iter().map(|key| key.0.as_slice())))
}

impl Seen {
    /// A name for what the disk says of all files, as [`stamp`].
    pub fn stamp(&self) -> Option<Key> {
        let mark = |(name, file): &(String, Raw)| Some(Key::of([name.as_bytes(), &file.mark?.bytes()]));
        let marks: Vec<Key> = self.files.iter().map(mark).collect::<Option<_>>()?;
        let outside = self.outside.iter().map(String::as_bytes);
        Some(Key::of(marks.iter().map(|mark| mark.0.as_slice()).chain(outside)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn every_change_that_the_disk_tells_has_another_name() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let (one, later) = (root.path().join("a.md"), SystemTime::now() + Duration::from_secs(60));
        let at = |seconds: u64| UNIX_EPOCH + Duration::new(1_700_000_000 + seconds, 123);
        let put = |text: &str, seconds| {
            fs::write(&one, text)?;
            fs::File::options().write(true).open(&one)?.set_modified(at(seconds))
        };
        let now = || stamp(&[root.path(), &root.path().join("themes")], later);
        put("一", 1)?;
        let first = now();
        assert!(first.is_some() && first == now());
        put("二", 2)?;
        assert_ne!(now(), first, "the time");
        put("一一", 1)?;
        assert_ne!(now(), first, "the length");
        put("一", 1)?;
        assert_eq!(now(), first);
        fs::rename(&one, root.path().join("b.md"))?;
        assert_ne!(now(), first, "the name");
        fs::write(root.path().join("c.md"), "")?;
        assert_eq!(stamp(&[root.path()], SystemTime::now()), None, "too young to tell");
        Ok(())
    }
}
