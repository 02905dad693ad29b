//! Stopped before every single step: publishing and going back, with links and without.

use std::io;

use crate::workbench::{Dying, Recording, Refusing, Target, site};

/// More steps than anything here takes.
const ENOUGH: usize = 100_000;

/// How many steps something takes on a disk that does not fail.
fn steps(what: impl FnOnce(&Dying)) -> usize {
    let disk = Dying::after(ENOUGH);
    what(&disk);
    ENOUGH - disk.left()
}

/// Stops a command before each of its steps in turn. What is served then, and after the
/// next command has set things right, is whole; the next publishing works.
fn stopped_everywhere(links: bool, begin: &dyn Fn() -> Target, command: &dyn Fn(&Target, &Dying) -> bool) {
    let all = steps(|disk| assert!(command(&begin(), disk), "the command works when nothing stops it"));
    assert!(all > 10, "{all} steps");
    let mut outcomes = [0, 0];
    for stop in 0..all {
        let target = begin();
        let (old, disk) = (target.served(), Dying::after(stop));
        command(&target, &disk);
        assert_eq!(disk.left(), 0, "step {stop} of {all}");
        if links {
            let served = target.served();
            assert!(served == old || served == site("新"), "after {stop} steps: {served:?}");
        }
        let found = target.recover();
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        target.expect_tidy();
        let served = target.served();
        assert!(served == old || served == site("新"), "after {stop} steps: {served:?}");
        outcomes[usize::from(served != old)] += 1;
        // Before the lock there is nothing to tell of.
        let has_begun = stop >= 2;
        assert!(!has_begun || told.iter().any(|one| one.contains("没有正常结束")), "after {stop} steps: {told:?}");
        assert!(target.recover().is_empty(), "what was set right once is right");
        target.publish(&site("再")).expect("published");
        assert_eq!(target.served(), site("再"));
        target.expect_tidy();
    }
    assert!(outcomes.iter().all(|count| *count > 0), "both sites are seen: {outcomes:?}");
}

/// Four releases were there, so that an old one is removed as well.
fn long_served(links: bool) -> Target {
    let target = Target::with(links, &site("一"));
    for name in ["二", "三", "旧"] {
        target.publish(&site(name)).expect("published");
    }
    target
}

#[test]
fn publishing_may_stop_before_any_step() {
    for links in [true, false] {
        let publish = |target: &Target, disk: &Dying| target.publish_on(disk, &site("新")).is_ok();
        stopped_everywhere(links, &|| long_served(links), &publish);
    }
}

#[test]
fn going_back_may_stop_before_any_step() {
    for links in [true, false] {
        let begin = || {
            let target = Target::with(links, &site("新"));
            target.publish(&site("旧")).expect("published");
            target
        };
        let rollback = |target: &Target, disk: &Dying| target.rollback_on(disk, None).is_ok();
        stopped_everywhere(links, &begin, &rollback);
    }
}

#[test]
fn a_first_publishing_may_stop_before_any_step() {
    for links in [true, false] {
        let all = steps(|disk| drop(Target::new(links).publish_on(disk, &site("新")).expect("published")));
        for stop in 0..all {
            let target = Target::new(links);
            let disk = Dying::after(stop);
            let _ = target.publish_on(&disk, &site("新"));
            if target.serves() {
                assert_eq!(target.served(), site("新"), "after {stop} steps");
            }
            target.recover();
            target.expect_tidy();
            target.publish(&site("再")).expect("published");
            assert_eq!(target.served(), site("再"));
        }
    }
}

/// The next command may be stopped as well, and so may the one after it.
#[test]
fn setting_right_may_stop_before_any_step() {
    for links in [true, false] {
        let publish = |target: &Target, disk: &Dying| drop(target.publish_on(disk, &site("新")));
        let all = steps(|disk| publish(&long_served(links), disk));
        for stop in (0..all).step_by(3) {
            for second in 0..12 {
                let target = long_served(links);
                publish(&target, &Dying::after(stop));
                drop(target.open(&Dying::after(second)));
                target.recover();
                target.expect_tidy();
                let served = target.served();
                assert!(served == site("旧") || served == site("新"), "{stop} {second}: {served:?}");
            }
        }
    }
}

/// Everything is safe from a loss of power before the one step that shows it.
#[test]
fn all_is_flushed_before_the_switch() {
    for links in [true, false] {
        let target = long_served(links);
        let disk = Recording::default();
        target.publish_on(&disk, &site("新")).expect("published");
        let steps = disk.steps.into_inner().expect("no panic");
        let current = format!("rename {}", target.path.join("current").display());
        let at =
            |step: &str| steps.iter().position(|other| other == step).unwrap_or_else(|| panic!("{step}: {steps:#?}"));
        let switch = at(&current);
        let staged = |step: &&String| step.contains("/.staging/");
        let written = steps.iter().filter(staged).filter_map(|step| step.strip_prefix("write "));
        let folders = steps.iter().filter(staged).filter_map(|step| step.strip_prefix("folder "));
        let mut count = 0;
        for path in written.chain(folders) {
            let path = path.trim_end_matches('/');
            let (made, flushed) = (
                steps.iter().position(|step| step.trim_end_matches('/').ends_with(path)),
                at(&format!("flush {path}")),
            );
            assert!(made < Some(flushed) && flushed < switch, "{path}");
            count += 1;
        }
        assert!(count >= 6, "{steps:#?}");
        assert_eq!(steps.iter().filter(|step| step.starts_with("link ")).count(), 3, "what is the same is linked to");
        let after: Vec<&String> = steps[switch + 1..].iter().collect();
        assert!(after.iter().any(|step| **step == format!("flush {}", target.path.display())), "{after:#?}");
    }
}

/// A step that fails, in a program that lives on, leaves nothing behind.
#[test]
fn a_step_that_fails_leaves_the_old_site() {
    for (step, kinds) in [
        ("write", vec![io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied]),
        ("flush", vec![io::ErrorKind::Other]),
        ("rename", vec![io::ErrorKind::PermissionDenied]),
        ("point", vec![io::ErrorKind::PermissionDenied]),
    ] {
        for (kind, links) in kinds.into_iter().flat_map(|kind| [(kind, true), (kind, false)]) {
            for after in 0..40 {
                let target = long_served(links);
                let disk = Refusing::new(step, kind, after);
                let result = target.publish_on(&disk, &site("新"));
                // Where no step failed there were no more of its kind; a failure when
                // all was done already, such as in removing an old release, is none.
                let served = target.served_after_one_more_look();
                match result {
                    Ok(_) => assert_eq!(served, site("新"), "{step} {after}"),
                    Err(error) => {
                        assert!(error.is_of_the_disk(), "{error}");
                        assert!(served == site("旧") || served == site("新"), "{step} {after}: {error}");
                    }
                }
                target.expect_tidy();
            }
        }
    }
}

impl Target {
    /// What is served, at once if it is a link; a folder may need the next command.
    fn served_after_one_more_look(&self) -> crate::workbench::Site {
        if self.links {
            drop(self.served());
        }
        self.recover();
        self.served()
    }
}
