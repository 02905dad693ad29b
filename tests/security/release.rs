//! `serve --release`: a finished site, as a web server shows it.

use std::fs;
use std::process::{Child, Command, Stdio};

use crate::Result;
use crate::command::Root;
use crate::http::{ask, free_port, get, wait_for};
use crate::servers::site;
use crate::shown::Shown;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn show(root: &Root, folder: &str, more: &[&str]) -> Result<(Running, u16)> {
    let port = free_port()?;
    let child = Command::new(env!("CARGO_BIN_EXE_jiangtai"))
        .args(["serve", "-q", "--release", folder, "--port", &port.to_string()])
        .args(more)
        .current_dir(root.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()?;
    let mut running = Running(child);
    wait_for(&mut running.0, port)?;
    Ok((running, port))
}

#[test]
fn a_finished_site_is_shown_as_it_should_be() -> Result {
    let root = site("http://localhost/")?;
    let (_running, port) = show(&root, "current", &[])?;
    Shown { folder: &root.path("current"), port, prefix: "/" }.is_as_it_should_be()
}

/// Not built, not watched, not changed, and nothing of the preview answers.
#[test]
fn nothing_of_the_preview_is_there() -> Result {
    let root = Root::new(&[("site/index.html", "<body>一</body>"), ("content/units/a/2025/lessons/b.md", "# 课\n")]);
    let (_running, port) = show(&root, "site", &[])?;
    let page = get(port, "/")?;
    assert_eq!(page.text(), "<body>一</body>");
    for path in ["/__jiangtai/events", "/__jiangtai/reload.js", "/__jiangtai/search?q=a"] {
        assert_eq!(get(port, path)?.status, 404, "{path}");
    }
    let names: Vec<_> = fs::read_dir(root.path("site"))?.map(|entry| entry.map(|entry| entry.file_name())).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(!root.path("public").exists() && !root.path(".jiangtai").exists());
    Ok(())
}

/// As after `publish` or `rollback`.
#[cfg(unix)]
#[test]
fn a_switched_link_shows_the_other_site_at_once() -> Result {
    use std::os::unix::fs::symlink;
    let root = Root::new(&[("releases/1/index.html", "一"), ("releases/2/index.html", "二")]);
    symlink("releases/1", root.path("current"))?;
    let (_running, port) = show(&root, "current", &[])?;
    assert_eq!(get(port, "/")?.text(), "一");
    symlink("releases/2", root.path("next"))?;
    fs::rename(root.path("next"), root.path("current"))?;
    assert_eq!(get(port, "/")?.text(), "二");
    Ok(())
}

/// A page of another site cannot have its own name point here. Whoever binds to more
/// than this machine wants to be reached by any name.
#[test]
fn only_this_machine_may_ask_unless_it_is_bound_to_more() -> Result {
    let root = Root::new(&[("site/index.html", "一")]);
    let (_local, port) = show(&root, "site", &[])?;
    assert_eq!(ask(port, "GET", "/", &["Host: evil.example"])?.status, 403);
    assert_eq!(ask(port, "GET", "/", &["Host: 127.0.0.1"])?.status, 200);
    let (_open, port) = show(&root, "site", &["--bind", "0.0.0.0"])?;
    assert_eq!(ask(port, "GET", "/", &["Host: jcw.example"])?.status, 200);
    Ok(())
}

#[test]
fn a_folder_without_a_site_is_refused_with_the_way_to_one() {
    let root = Root::new(&[("target/current/index.html", "一")]);
    let ran = root.run(&["serve", "--release", "target"]).expect(4);
    assert!(ran.err.contains("没有网站") && ran.err.contains("--release target/current"), "{}", ran.err);
    assert!(root.run(&["serve", "--release", "none"]).expect(4).err.contains("jiangtai build"));
    root.run(&["serve", "--release", "target/current", "-D"]).expect(2);
}
