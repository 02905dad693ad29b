//! What releases are like when nothing goes wrong.

use std::fs;
use std::io;

use jiangtai::publish::{PublishError, Standing, state};

use crate::support::day;
use crate::workbench::{KEEP, Quick, Refusing, Target, site};

#[test]
fn current_is_a_link_where_links_can_be_had() {
    let target = Target::with(true, &site("一"));
    let link = fs::read_link(target.path.join("current")).expect("a link");
    assert_eq!(link, std::path::Path::new("releases/0001-20260108"), "relative, so that the target may be moved");
    target.publish(&site("二")).expect("published");
    assert_eq!(target.served(), site("二"));
    target.expect_tidy();
}

#[test]
fn current_is_a_folder_where_they_cannot() {
    let target = Target::new(true);
    let disk = Refusing::new("point", io::ErrorKind::PermissionDenied, 0);
    for name in ["一", "二", "三"] {
        target.publish_on(&disk, &site(name)).expect("published");
        assert_eq!(target.served(), site(name));
        assert!(target.path.join("current").symlink_metadata().expect("current").is_dir());
        target.expect_tidy();
    }
    let back = target.rollback_on(&disk, Some("1")).expect("back");
    assert_eq!((back.before.map(|id| id.number()), target.served()), (Some(3), site("一")));
    // What a server has been set to stays what it is, even if links can be had later.
    target.publish(&site("四")).expect("published");
    assert!(target.path.join("current").symlink_metadata().expect("current").is_dir());
    target.expect_tidy();
}

#[test]
fn a_link_becomes_a_folder_when_the_settings_say_so() {
    let mut target = Target::with(true, &site("一"));
    target.links = false;
    target.publish(&site("二")).expect("published");
    assert!(target.path.join("current").symlink_metadata().expect("current").is_dir());
    assert_eq!(target.served(), site("二"));
    target.rollback(None).expect("back");
    assert_eq!(target.served(), site("一"));
    target.expect_tidy();
}

#[test]
fn what_is_the_same_is_one_file_on_the_disk() {
    let target = Target::with(true, &site("一"));
    target.publish(&site("二")).expect("published");
    let about =
        |release: &str| fs::metadata(target.path.join("releases").join(release).join("about.html")).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(about("0001-20260108").ino(), about("0002-20260108").ino());
        assert_eq!(about("0001-20260108").nlink(), 2);
    }
    assert!(about("0002-20260108").is_file());
}

#[test]
fn a_disk_without_hard_links_gets_copies() {
    let target = Target::with(true, &site("一"));
    for kind in [io::ErrorKind::CrossesDevices, io::ErrorKind::Unsupported, io::ErrorKind::TooManyLinks] {
        target.publish_on(&Refusing::new("link", kind, 0), &site("二")).expect("published");
        assert_eq!(target.served(), site("二"));
        target.publish_on(&Refusing::new("link", kind, 1), &site("三")).expect("published");
        assert_eq!(target.served(), site("三"));
    }
    target.expect_tidy();
}

#[test]
fn only_the_newest_are_kept_and_the_current_one() {
    let target = Target::new(true);
    for number in 1..=6 {
        target.publish(&site(&number.to_string())).expect("published");
    }
    let numbers = |target: &Target| -> Vec<u32> {
        state(&target.path).expect("a target").releases.iter().map(|release| release.id.number()).collect()
    };
    assert_eq!(numbers(&target), [6, 5, 4]);
    target.rollback(Some("4")).expect("back");
    target.publish(&site("7")).expect("published");
    assert_eq!(numbers(&target), [7, 6, 5]);
    target.rollback(Some("5")).expect("back");
    target.open(&Quick).expect("a target").prune(1).expect("pruned");
    assert_eq!(numbers(&target), [7, 5], "the current one stays, however old");
    assert_eq!(KEEP, 3);
}

#[test]
fn a_release_with_somebodys_file_is_not_removed() {
    let target = Target::with(true, &site("1"));
    fs::write(target.path.join("current/units/年终总结.docx"), "心血").expect("written");
    for number in 2..=5 {
        target.publish(&site(&number.to_string())).expect("published");
    }
    assert!(target.path.join("releases/0001-20260108/units/年终总结.docx").exists());
    assert!(!target.path.join("releases/0002-20260108").exists());
    let pruned = target.open(&Quick).expect("a target").prune(1).expect("pruned");
    assert_eq!(pruned.kept.len(), 1);
    assert_eq!(pruned.kept[0].1, "units/年终总结.docx");
}

#[test]
fn going_back_goes_one_back_and_names_what_there_is() {
    let target = Target::new(true);
    assert!(matches!(target.rollback(None), Err(PublishError::NothingBefore(None))));
    for name in ["一", "二", "三"] {
        target.publish(&site(name)).expect("published");
    }
    target.rollback(None).expect("back");
    assert_eq!(target.served(), site("二"));
    target.rollback(None).expect("back");
    assert_eq!(target.served(), site("一"));
    assert!(matches!(target.rollback(None), Err(PublishError::NothingBefore(Some(_)))));
    assert!(matches!(target.rollback(Some("1")), Err(PublishError::AlreadyCurrent(_))));
    let unknown = target.rollback(Some("9")).expect_err("there is none").to_string();
    assert!(unknown.contains("0003-20260108、0002-20260108、0001-20260108"), "{unknown}");
    target.rollback(Some("0003-20260108")).expect("forward");
    assert_eq!(target.served(), site("三"));
    target.expect_tidy();
}

/// Numbers order releases; a clock that was set back changes nothing.
#[test]
fn a_clock_that_was_set_back_changes_nothing() {
    let target = Target::new(true);
    for (name, date) in [("一", "2026-01-08"), ("二", "2019-01-01"), ("三", "1980-01-01"), ("四", "2025-06-01")] {
        target.publish_at(&Quick, &site(name), day(date)).expect("published");
    }
    let state = state(&target.path).expect("a target");
    let ids: Vec<String> = state.releases.iter().map(|release| release.id.to_string()).collect();
    assert_eq!(ids, ["0004-20250601", "0003-19800101", "0002-20190101"], "the oldest by number went");
    target.rollback(None).expect("back");
    assert_eq!(target.served(), site("三"));
}

#[test]
fn the_target_may_be_moved() {
    let target = Target::with(true, &site("一"));
    target.publish(&site("二")).expect("published");
    let moved = Target::at(target.path.with_file_name("moved"));
    fs::rename(&target.path, &moved.path).expect("moved");
    assert_eq!(moved.served(), site("二"));
    moved.rollback(None).expect("back");
    assert_eq!(moved.served(), site("一"));
}

#[cfg(unix)]
#[test]
fn those_may_read_the_site_who_may_read_the_target() {
    use std::os::unix::fs::PermissionsExt;
    let target = Target::new(true);
    fs::create_dir(&target.path).expect("a folder");
    for mode in [0o755, 0o750, 0o700] {
        fs::set_permissions(&target.path, fs::Permissions::from_mode(mode)).expect("set");
        target.publish(&site(&format!("{mode:o}"))).expect("published");
        let of = |name: &str| {
            fs::metadata(target.path.join("current").join(name)).expect("there").permissions().mode() & 0o777
        };
        let own = format!("units/{mode:o}");
        assert_eq!((of(""), of(&own), of("index.html")), (mode, mode, mode & 0o666), "{mode:o}");
    }
}

#[test]
fn what_is_not_ours_is_not_touched() {
    let mut places = vec![];
    let folder = Target::new(true);
    fs::create_dir_all(folder.path.join("current")).expect("a folder");
    fs::write(folder.path.join("current/index.html"), "别人的网站").expect("written");
    places.push(folder);
    let file = Target::new(true);
    fs::create_dir_all(&file.path).expect("a folder");
    fs::write(file.path.join("current"), "x").expect("written");
    places.push(file);
    #[cfg(unix)]
    {
        let link = Target::new(true);
        fs::create_dir_all(&link.path).expect("a folder");
        std::os::unix::fs::symlink("/", link.path.join("current")).expect("a link");
        places.push(link);
    }
    for target in places {
        let refused = target.publish(&site("一")).expect_err("it is somebody's");
        assert!(matches!(refused, PublishError::NotOurs { .. }) && !refused.is_of_the_disk(), "{refused}");
        assert!(matches!(state(&target.path).expect("looked at").standing, Standing::Foreign(_)));
        assert!(!target.path.join("releases").exists());
    }
    let beside = Target::new(true);
    fs::create_dir_all(beside.path.join("releases/我的资料")).expect("a folder");
    fs::write(beside.path.join("index.html"), "别人的").expect("written");
    for name in ["一", "二", "三", "四", "五"] {
        beside.publish(&site(name)).expect("published");
    }
    assert!(beside.path.join("releases/我的资料").exists() && beside.path.join("index.html").exists());
}

/// A share that is not mounted is not taken for an empty place.
#[test]
fn a_folder_above_that_is_missing_is_not_made() {
    let above = Target::new(true);
    let target = Target::at(above.path.join("教材库"));
    let refused = target.publish(&site("一")).expect_err("there is no such place");
    assert!(matches!(refused, PublishError::NoParent(_)), "{refused}");
    assert!(!target.path.exists());
}
