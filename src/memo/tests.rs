//! The memory through builds, kills, damage, other programs and neighbours.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::*;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn key(name: &str) -> Key {
    Key::of([name.as_bytes()])
}

/// One build that needs some names, and which of them it had to make.
fn build(folder: &Path, program: &str, names: &[&str]) -> Vec<String> {
    let memo = Memo::open(folder, program);
    let mut made = Vec::new();
    for name in names {
        let value: String = memo.remember(Kind::Lesson, key(name), || {
            made.push((*name).to_owned());
            format!("value of {name}")
        });
        assert_eq!(value, format!("value of {name}"));
    }
    memo.settle();
    made
}

#[test]
fn what_was_made_is_not_made_again() -> Result {
    let folder = tempfile::tempdir()?;
    assert_eq!(build(folder.path(), "1", &["a", "b"]), ["a", "b"]);
    assert_eq!(build(folder.path(), "1", &["a", "b", "c"]), ["c"]);
    assert!(build(folder.path(), "1", &["c", "b", "a"]).is_empty());
    let memo = Memo::open(folder.path(), "1");
    assert_eq!(memo.recall::<String>(Kind::Heard, key("a")), None, "kinds are apart");
    Ok(())
}

#[test]
fn another_program_begins_anew() -> Result {
    let folder = tempfile::tempdir()?;
    build(folder.path(), "1", &["a"]);
    assert_eq!(build(folder.path(), "2", &["a"]), ["a"]);
    assert!(build(folder.path(), "2", &["a"]).is_empty());
    let stores = fs::read_dir(folder.path())?.flatten().filter(|entry| entry.file_name() != "lock").count();
    assert_eq!(stores, 2, "one index and one store");
    Ok(())
}

#[test]
fn every_byte_may_be_damaged() -> Result {
    let folder = tempfile::tempdir()?;
    build(folder.path(), "1", &["a", "b"]);
    let files: Vec<_> = fs::read_dir(folder.path())?.flatten().map(|entry| entry.path()).collect();
    for file in files.iter().filter(|file| !file.ends_with("lock")) {
        let whole = fs::read(file)?;
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            fs::write(file, &damaged)?;
            let memo = Memo::open(folder.path(), "1");
            for name in ["a", "b"] {
                let value: Option<String> = memo.recall(Kind::Lesson, key(name));
                assert!(value.is_none_or(|value| value == format!("value of {name}")));
            }
            drop(memo);
            fs::write(file, &whole[..at])?;
            let memo = Memo::open(folder.path(), "1");
            let value: Option<String> = memo.recall(Kind::Lesson, key("a"));
            assert!(value.is_none_or(|value| value == "value of a"));
            drop(memo);
            fs::write(file, &whole)?;
        }
    }
    Ok(())
}

#[test]
fn a_build_that_dies_before_its_end_leaves_what_was_known() -> Result {
    let folder = tempfile::tempdir()?;
    build(folder.path(), "1", &["a"]);
    let memo = Memo::open(folder.path(), "1");
    memo.keep(Kind::Lesson, key("b"), &"value of b".repeat(300_000));
    drop(memo);
    assert_eq!(build(folder.path(), "1", &["a", "b"]), ["b"]);
    Ok(())
}

#[test]
fn a_second_build_at_the_same_time_reads_and_does_not_write() -> Result {
    let folder = tempfile::tempdir()?;
    build(folder.path(), "1", &["a"]);
    let first = Memo::open(folder.path(), "1");
    assert_eq!(build(folder.path(), "1", &["a", "b"]), ["b"]);
    assert_eq!(first.recall::<String>(Kind::Lesson, key("a")), Some("value of a".to_owned()));
    first.settle();
    drop(first);
    assert_eq!(build(folder.path(), "1", &["b"]), ["b"], "the second one kept nothing");
    Ok(())
}

#[test]
fn what_builds_do_without_goes_and_its_room_comes_back() -> Result {
    let folder = tempfile::tempdir()?;
    let large = |memo: &Memo, name: &str| memo.keep(Kind::Heard, key(name), &vec![7u8; 3 << 20]);
    for round in 0..20 {
        let memo = Memo::open(folder.path(), "1");
        large(&memo, &format!("of round {round}"));
        let always: String = memo.remember(Kind::Lesson, key("always"), || "needed".to_owned());
        assert_eq!(always, "needed");
        memo.settle();
    }
    let bytes: u64 =
        fs::read_dir(folder.path())?.flatten().filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum();
    assert!(bytes < (u64::from(PATIENCE) + 1) * 2 * (3 << 20) + 2 * SLACK, "{bytes}");
    let memo = Memo::open(folder.path(), "1");
    assert_eq!(memo.recall::<String>(Kind::Lesson, key("always")).as_deref(), Some("needed"));
    assert!(memo.recall::<Vec<u8>>(Kind::Heard, key("of round 0")).is_none());
    assert_eq!(memo.recall::<Vec<u8>>(Kind::Heard, key("of round 19")), Some(vec![7; 3 << 20]));
    Ok(())
}

#[test]
fn a_folder_that_cannot_be_had_costs_nothing_but_time() -> Result {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("file");
    fs::write(&file, "")?;
    assert_eq!(build(&file, "1", &["a"]), ["a"]);
    let none = Memo::none();
    assert_eq!(none.remember(Kind::Lesson, key("a"), || 3), 3);
    none.settle();
    Ok(())
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_neither_waited_for_nor_written_to() -> Result {
    for name in ["index", "lock", "values-1"] {
        let (folder, elsewhere) = (tempfile::tempdir()?, tempfile::tempdir()?);
        build(folder.path(), "it", &["a", "b"]);
        let path = folder.path().join(name);
        fs::remove_file(&path)?;
        assert!(std::process::Command::new("mkfifo").arg(&path).status()?.success());
        build(folder.path(), "it", &["a", "c"]);
        // Stores that nobody knows are cleared away.
        let _ = fs::remove_file(&path);
        let victim = elsewhere.path().join("victim");
        fs::write(&victim, "mine")?;
        std::os::unix::fs::symlink(&victim, &path)?;
        build(folder.path(), "it", &["a", "d"]);
        assert_eq!(fs::read_to_string(victim)?, "mine", "{name}");
    }
    Ok(())
}
