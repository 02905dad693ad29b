//! The real program, killed for real, at many moments.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use jiangtai::publish::verify;

use crate::support::command::Root;
use crate::workbench::{Site, read};

/// A library whose pages all say which of two it is.
fn write(root: &Root, name: &str) {
    let settings = format!("站名: {name}\nas_of: 2025-12-31\n发布位置: target\n");
    root.write("content/site.yaml", settings.as_bytes());
    for number in 1..=3 {
        let path = format!("content/units/城东分局/2025/lessons/第{number}课.md");
        root.write(&path, format!("---\n标题: 第{number}课\n---\n\n{name}的正文。\n").as_bytes());
    }
}

fn root(links: bool) -> Root {
    let root = Root::new(&[]);
    write(&root, "旧站");
    if !links {
        publish_without_links(&root, "旧站");
    }
    root.run(&["publish"]).expect(0);
    root
}

/// From the first release on, `current` is a folder, and stays one.
fn publish_without_links(root: &Root, name: &str) {
    let settings = format!("站名: {name}\nas_of: 2025-12-31\n发布位置: target\n发布用链接: 否\n");
    root.write("content/site.yaml", settings.as_bytes());
    root.run(&["publish"]).expect(0);
    assert!(root.path("target/current").symlink_metadata().expect("current").is_dir());
    write(root, name);
}

fn start(root: &Root, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiangtai"));
    command.args(arguments).current_dir(root.path("")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

/// The name of the site that is served, which must be whole and all of one kind.
fn served(root: &Root) -> String {
    let current = root.path("target/current");
    let verdict = verify(&current).expect("a site is served");
    assert!(verdict.is_whole(), "{verdict:?}");
    let pages: Site = read(&current).into_iter().filter(|(name, _)| name.ends_with(".html")).collect();
    let names: Vec<&str> = ["旧站", "新站"].into_iter().filter(|name| pages["index.html"].contains(name)).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let other = if names[0] == "旧站" { "新站" } else { "旧站" };
    let mixed: Vec<&String> = pages.iter().filter(|(_, text)| text.contains(other)).map(|(name, _)| name).collect();
    assert!(mixed.is_empty(), "{mixed:?}");
    names[0].to_owned()
}

/// What the next command says, and that all is well after it.
fn next_command(root: &Root, was_killed: bool) {
    let ran = root.run(&["publish"]).expect(0);
    let told = ran.err.contains("没有正常结束");
    assert!(!was_killed || told, "{}", ran.err);
    for release in fs::read_dir(root.path("target/releases")).expect("releases") {
        let release = release.expect("an entry");
        let name = release.file_name().to_string_lossy().into_owned();
        assert!(!name.starts_with(".staging") && !name.starts_with(".trash") && name != ".journal", "{name}");
        if !name.starts_with('.') {
            assert!(verify(&release.path()).expect("a release").is_whole(), "{name}");
        }
    }
}

/// Kills publishing after ever longer times, and then goes on as if nothing had been.
fn killed_by_the_clock(links: bool) {
    let root = root(links);
    write(&root, "新站");
    let begun = Instant::now();
    assert!(start(&root, &["publish"]).wait().expect("it ends").success());
    let whole = begun.elapsed();
    let mut now = "新站";
    let mut killed = 0;
    const MOMENTS: u32 = 16;
    for moment in 1..=MOMENTS {
        let before = now;
        now = if before == "新站" { "旧站" } else { "新站" };
        write(&root, now);
        let mut child = start(&root, &["publish"]);
        sleep(whole * moment / MOMENTS);
        child.kill().expect("killed, or over already");
        let was_killed = !child.wait().expect("it ends").success();
        let is_held = root.path("target/releases/.lock").with_extension("holder").exists();
        killed += u32::from(was_killed);
        if links || root.path("target/current").exists() {
            let served = served(&root);
            assert!(served == before || served == now, "{served}");
        }
        next_command(&root, was_killed && is_held);
        assert_eq!(served(&root), now);
    }
    assert!(killed >= MOMENTS / 4, "only {killed} of {MOMENTS} were killed before they were done");
}

#[test]
fn killed_at_any_time_it_serves_a_whole_site() {
    killed_by_the_clock(true);
}

#[test]
fn killed_at_any_time_it_serves_a_whole_site_without_links() {
    killed_by_the_clock(false);
}

/// Kills publishing as soon as something is seen in the target: the moments that count
/// are short, and a clock hardly ever hits them.
#[test]
fn killed_at_the_moments_that_count() {
    for links in [true, false] {
        let root = root(links);
        let mut now = "旧站";
        for sign in [".staging", ".journal", ".trash"] {
            let mut seen = 0;
            for _ in 0..5 {
                let before = now;
                now = if before == "新站" { "旧站" } else { "新站" };
                write(&root, now);
                let mut child = start(&root, &["publish", "--keep", "2"]);
                seen += u32::from(wait_for(&root.path("target/releases").join(sign), &mut child));
                child.kill().expect("killed, or over already");
                child.wait().expect("it ends");
                if links || root.path("target/current").exists() {
                    let served = served(&root);
                    assert!(served == before || served == now, "{served}");
                }
                next_command(&root, false);
                assert_eq!(served(&root), now);
            }
            assert!(seen > 0 || sign == ".trash", "{sign} was never seen");
        }
    }
}

/// Waits until something is there; false when the program ended before.
fn wait_for(path: &Path, child: &mut Child) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if path.symlink_metadata().is_ok() {
            return true;
        }
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
    }
    panic!("{} did not appear", path.display());
}

#[test]
fn going_back_may_be_killed_at_any_time() {
    let root = root(true);
    write(&root, "新站");
    root.run(&["publish"]).expect(0);
    for moment in 0..20 {
        let to = if moment % 2 == 0 { "1" } else { "2" };
        let mut child = start(&root, &["rollback", "--to", to]);
        sleep(Duration::from_millis(5 * moment));
        child.kill().expect("killed, or over already");
        child.wait().expect("it ends");
        served(&root);
        let listed = root.run(&["releases", "--format", "json"]).expect(0).json();
        assert_eq!(listed["releases"].as_array().map(Vec::len), Some(2), "{listed}");
    }
    root.run(&["rollback", "--to", "1"]);
    assert_eq!(served(&root), "旧站");
}
