//! Disks that are full or locked, others at work, hands that change files.

use std::fs;
use std::io::Write;
use std::process::Command;

use jiangtai::publish::{PublishError, RealDisk, state, verify};
use tempfile::TempDir;

use crate::support::command::{LESSON, Root};
use crate::workbench::{Quick, Site, Target, holder, site};

/// A disk of its own in memory, or nothing where one cannot be had.
struct Mounted(TempDir);

impl Mounted {
    fn new(size: &str) -> Option<Self> {
        let folder = TempDir::new().expect("a temporary folder");
        let option = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &option, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: this needs the right to mount a disk");
        None
    }

    fn again(&self, option: &str) -> bool {
        let options = format!("remount,{option}");
        Command::new("mount").args(["-o", &options]).arg(self.0.path()).status().is_ok_and(|status| status.success())
    }

    fn target(&self) -> Target {
        Target::at(self.0.path().join("target"))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// A site of some size that shares nothing with others.
fn large(name: &str) -> Site {
    (0..60).map(|number| (format!("{name}/{number}.html"), name.repeat(4_000))).collect()
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(disk) = Mounted::new("2m") else { return };
    let target = disk.target();
    target.publish_on(&RealDisk, &large("a")).expect("it fits");
    let mut failures = 0;
    for name in ["bb", "cc", "dddd"] {
        if let Err(error) = target.publish_on(&RealDisk, &large(name)) {
            assert!(error.is_of_the_disk() && error.to_string().contains("磁盘已满"), "{error}");
            failures += 1;
        }
        target.served();
        target.expect_tidy();
    }
    assert!(failures > 0);
    // To the last byte, which leaves no room for a link or a note either.
    let before = target.served();
    let filler = disk.0.path().join("filler");
    let mut file = fs::File::create(&filler).expect("a file");
    while file.write_all(&[1; 512]).is_ok() {}
    let error = target.publish_on(&RealDisk, &site("新")).expect_err("there is no room");
    assert!(error.is_of_the_disk(), "{error}");
    assert_eq!(target.served(), before);
    drop(file);
    fs::remove_file(&filler).expect("removed");
    target.publish_on(&RealDisk, &site("新")).expect("there is room again");
    assert_eq!(target.served(), site("新"));
}

#[test]
fn a_disk_that_is_read_only_says_so() {
    let Some(disk) = Mounted::new("4m") else { return };
    let target = disk.target();
    target.publish_on(&RealDisk, &site("一")).expect("published");
    target.publish_on(&RealDisk, &site("二")).expect("published");
    if !disk.again("ro") {
        eprintln!("skipped: the disk cannot be made read-only");
        return;
    }
    for result in [target.publish_on(&RealDisk, &site("三")), target.rollback_on(&RealDisk, None)] {
        let error = result.expect_err("nothing can be written");
        assert!(error.is_of_the_disk() && error.to_string().contains("只读"), "{error}");
    }
    assert_eq!(target.served(), site("二"));
    assert_eq!(state(&target.path).expect("looking needs no writing").releases.len(), 2);
    assert!(disk.again("rw"));
    target.publish_on(&RealDisk, &site("三")).expect("published");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let target = Target::with(true, &site("一"));
    let releases = target.path.join("releases");
    let set = |mode| fs::set_permissions(&releases, fs::Permissions::from_mode(mode)).expect("set");
    set(0o555);
    let is_root = fs::write(releases.join("probe"), "").is_ok();
    if is_root {
        eprintln!("skipped: nothing is forbidden to this user");
    } else {
        let error = target.publish(&site("二")).expect_err("it may not");
        assert!(error.is_of_the_disk() && error.to_string().contains("没有权限"), "{error}");
        assert_eq!(target.served(), site("一"));
    }
    set(0o755);
}

/// The library is on one disk, the target on another, its releases on a third.
#[test]
fn a_target_on_another_disk_works() {
    let (Some(one), Some(other)) = (Mounted::new("8m"), Mounted::new("8m")) else { return };
    let root = Root::with_lesson();
    let target = one.0.path().join("target");
    fs::create_dir(&target).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(other.0.path(), target.join("releases")).expect("a link");
    let path = target.display().to_string();
    root.run(&["publish", &path]).expect(0);
    root.write(LESSON, "---\n标题: 改过的一课\n---\n".as_bytes());
    let second = root.run(&["publish", &path, "--format", "json"]).expect(0).json();
    assert!(second["linked"].as_u64() > Some(10), "{second}");
    assert!(verify(&target).expect("a target").is_whole());
    root.run(&["rollback", &path]).expect(0);
    assert!(verify(&target).expect("a target").is_whole());
}

#[test]
fn a_file_changed_by_hand_is_never_passed_on() {
    for links in [true, false] {
        let target = Target::with(links, &site("一"));
        target.publish(&site("二")).expect("published");
        // In place: the same file of the release before has other bytes as well now.
        fs::write(target.path.join("current/about.html"), "被人改过").expect("written");
        let verdict = verify(&target.path).expect("a release");
        assert_eq!((verdict.altered.len(), verdict.altered[0].path.as_str()), (1, "about.html"));
        let refused = target.rollback(None).expect_err("the one before shares the file");
        assert!(matches!(refused, PublishError::Damaged { .. }), "{refused}");
        assert!(target.path.join("current/index.html").exists());
        target.publish(&site("三")).expect("published");
        assert_eq!(target.served(), site("三"));
    }
}

#[test]
fn the_program_says_what_was_changed_by_hand_and_mends_it() {
    let root = Root::with_lesson();
    root.run(&["publish", "target"]).expect(0);
    fs::write(root.path("target/current/index.html"), "被人改过").expect("written");
    fs::write(root.path("target/current/别人的.txt"), "x").expect("written");
    fs::remove_file(root.path("target/current/about.html")).expect("removed");
    let verified = root.run(&["verify", "target"]).expect(5);
    for part in ["缺少 1 个", "about.html", "index.html（内容不同）", "别人的.txt", "不完好"] {
        assert!(verified.err.contains(part), "{part}: {}", verified.err);
    }
    let json = root.run(&["verify", "target", "--format", "json"]).expect(5).json();
    assert_eq!(json["missing"], serde_json::json!(["about.html"]));
    assert_eq!(json["altered"], serde_json::json!([{"file": "index.html", "reason": "内容不同"}]));
    assert_eq!(json["extra"], serde_json::json!(["别人的.txt"]));
    let ran = root.run(&["publish", "target"]).expect(0);
    assert!(ran.err.contains("可能被人直接改过") && ran.err.contains("about.html"), "{}", ran.err);
    root.run(&["verify", "target"]).expect(0);
    let third = root.run(&["publish", "target"]).expect(0);
    assert!(third.err.contains("不用发布"), "{}", third.err);
}

#[test]
fn of_two_at_once_one_is_refused() {
    let root = Root::with_lesson();
    root.run(&["publish", "target"]).expect(0);
    let target = Target::at(root.path("target"));
    let session = target.open(&Quick).expect("the lock");
    for arguments in [vec!["publish", "target"], vec!["rollback", "target"]] {
        let ran = root.run(&arguments).expect(5);
        assert!(ran.err.contains("主机 测试机") && ran.err.contains("请等它做完再试"), "{}", ran.err);
    }
    let listed = root.run(&["releases", "target", "--format", "json"]).expect(0).json();
    assert!(listed["at_work"].as_str().is_some_and(|holder| holder.contains("测试机")), "{listed}");
    root.run(&["publish", "target", "--dry-run"]).expect(0);
    drop(session);
    root.write(LESSON, "---\n标题: 改过的一课\n---\n".as_bytes());
    root.run(&["publish", "target"]).expect(0);
}

/// Many real programs at once: each publishes or is refused, and nothing is torn.
#[test]
fn many_at_once_tear_nothing() {
    let root = Root::with_lesson();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiangtai"));
        command.args(["publish", "target"]).current_dir(root.path("")).stderr(std::process::Stdio::null());
        command.spawn().expect("the program starts")
    };
    for round in 0..3 {
        root.write(LESSON, format!("---\n标题: 第{round}次\n---\n").as_bytes());
        let children: Vec<_> = (0..4).map(|_| start()).collect();
        let codes: Vec<_> = children.into_iter().map(|mut child| child.wait().expect("it ends").code()).collect();
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 5))) && codes.contains(&Some(0)), "{codes:?}");
        assert!(verify(&root.path("target")).expect("a target").is_whole());
    }
}

#[test]
fn a_lock_of_the_dead_is_told_of_and_taken() {
    let target = Target::with(true, &site("一"));
    let text = serde_json::to_vec(&holder("publish")).expect("JSON");
    fs::write(target.path.join("releases/.lock").with_extension("holder"), &text).expect("written");
    let found = target.recover();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].to_string().contains("publish（主机 测试机"), "{}", found[0]);
    assert!(target.recover().is_empty());
}

#[test]
fn a_journal_that_nobody_can_read_is_kept_and_told_of() {
    for text in [
        "",
        "{",
        "{\"is_new\":true,\"to\":\"../x\",\"away\":null}",
        "{\"is_new\":false,\"to\":\"0001-20260108\",\"away\":\"../../etc\"}",
    ] {
        let target = Target::with(true, &site("一"));
        fs::write(target.path.join("releases/.journal"), text).expect("written");
        let told: Vec<String> = target.recover().iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|one| one.contains("读不出来")), "{told:?}");
        assert_eq!(target.served(), site("一"));
        target.publish(&site("二")).expect("published");
    }
}

#[test]
fn a_current_that_leads_nowhere_is_told_of_and_mended() {
    let target = Target::with(true, &site("一"));
    target.publish(&site("二")).expect("published");
    fs::remove_dir_all(target.path.join("releases/0002-20260108")).expect("removed");
    let told: Vec<String> = target.recover().iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|one| one.contains("0002-20260108 不在了")), "{told:?}");
    target.rollback(None).expect("back");
    assert_eq!(target.served(), site("一"));
    fs::remove_file(target.path.join("current")).expect("removed");
    target.rollback(Some("1")).expect("back");
    assert_eq!(target.served(), site("一"));
    assert_eq!(target.publish(&site("三")).expect("published").release.number(), 2);
}
