//! `publish`, `releases`, `rollback` and `verify`: exit codes, guards, shapes, and what
//! gets out.

use std::fs;

use crate::support::command::{LESSON, Root, keys};
use crate::support::html;

const OTHER: &str = "content/units/城东分局/2025/lessons/第二课.md";
const WRONG: &str = "---\n标题: 第二课\n授课日期: 上个月\n---\n正文\n";

/// A root whose settings name the target.
fn root() -> Root {
    let root = Root::with_lesson();
    root.write("content/site.yaml", "as_of: 2025-12-31\n发布位置: target\n".as_bytes());
    root
}

#[test]
fn a_target_is_an_argument_before_a_setting() {
    let root = Root::with_lesson();
    let ran = root.run(&["publish"]).expect(2);
    assert!(ran.err.contains("发布到哪里") && ran.err.contains("发布位置"), "{}", ran.err);
    root.write("content/site.yaml", "发布位置: 甲\n".as_bytes());
    root.run(&["publish"]).expect(0);
    assert!(root.path("甲/current/index.html").exists());
    root.run(&["publish", "乙"]).expect(0);
    assert!(root.path("乙/current/index.html").exists());
    for inside in ["content/x", "public/x", "public"] {
        root.run(&["publish", inside]).expect(2);
    }
}

#[test]
fn a_setting_says_how_many_releases_are_kept() {
    let root = Root::with_lesson();
    for name in ["甲站", "乙站", "丙站"] {
        let settings = format!("站名: {name}\nas_of: 2025-12-31\n发布位置: target\n保留发布数: 2\n");
        root.write("content/site.yaml", settings.as_bytes());
        root.run(&["publish"]).expect(0);
    }
    let releases = std::fs::read_dir(root.path("target/releases")).expect("the releases");
    let names = releases.map(|entry| entry.expect("a release").file_name().to_string_lossy().into_owned());
    assert_eq!(names.filter(|name| !name.starts_with('.')).count(), 2);
}

#[test]
fn errors_stop_a_publishing_unless_they_are_allowed() {
    let root = root();
    root.run(&["publish"]).expect(0);
    let before = root.tree("target/current");
    root.write(OTHER, WRONG.as_bytes());
    let ran = root.run(&["publish"]).expect(5);
    assert!(ran.err.contains("E112") && ran.err.contains("[E703] 还有 1 处错误没有改，未发布。"), "{}", ran.err);
    assert_eq!(root.tree("target/current"), before);
    assert_eq!(root.tree("target/releases").len(), before.len() + 1, "nothing is left of it but the lock");
    let json = root.run(&["publish", "--format", "json"]).expect(5).json();
    assert!(json["error"].as_str().is_some_and(|error| error.contains("E703")), "{json}");
    root.run(&["publish", "--allow-errors"]).expect(0);
    let reports = root.tree("reports");
    let (name, page) = reports.iter().next().expect("a list of problems");
    assert!(name.starts_with("问题清单-0002-") && String::from_utf8_lossy(page).contains("E112"), "{name}");
    assert!(html::text(&root.read("target/current/changes.html")).contains("发布时还有 1 处问题没有改"));
}

#[test]
fn a_dry_run_touches_nothing() {
    let root = root();
    let ran = root.run(&["publish", "--dry-run"]).expect(0);
    assert!(ran.last().starts_with("试运行，没有改动任何文件。新增 "), "{}", ran.err);
    assert!(!root.path("target").exists());
    root.run(&["publish"]).expect(0);
    root.write(LESSON, "---\n标题: 夜间巡查小窍门\n---\n\n换了正文。\n".as_bytes());
    root.write(OTHER, WRONG.as_bytes());
    let before = root.tree("target");
    let ran = root.run(&["publish", "--dry-run"]).expect(0);
    for part in
        ["新增 3 页", "di-er-ke.html", "di-er-ke-slides.html", "ye-jian-xun-cha-xiao-qiao-men.html", "会被拒绝", "E703"]
    {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let json = root.run(&["publish", "--dry-run", "--format", "json"]).expect(0).json();
    assert_eq!((&json["dry_run"], &json["published"]), (&true.into(), &false.into()));
    assert!(json["refusal"].as_str().is_some_and(|refusal| refusal.contains("E703")), "{json}");
    assert_eq!(root.tree("target"), before);
    let published = root.run(&["publish", "--allow-errors", "--format", "json"]).expect(0).json();
    for list in ["new", "changed", "removed"] {
        assert_eq!(json[list], published[list], "a dry run says what then happens");
    }
}

#[test]
fn too_many_pages_do_not_vanish_unasked() {
    let root = root();
    for number in 0..60 {
        root.write(&format!("content/units/城东分局/2025/lessons/课{number}.md"), "正文\n".as_bytes());
    }
    root.run(&["publish"]).expect(0);
    let before = root.tree("target/current");
    for number in 0..60 {
        fs::remove_file(root.path(&format!("content/units/城东分局/2025/lessons/课{number}.md"))).expect("removed");
    }
    let ran = root.run(&["publish"]).expect(5);
    assert!(ran.err.contains("超过允许的 50 页") && ran.err.contains("--max-deletes"), "{}", ran.err);
    assert_eq!(root.tree("target/current"), before);
    root.run(&["publish", "--max-deletes", "3"]).expect(5);
    root.run(&["publish", "--max-deletes", "200"]).expect(0);
    assert!(root.tree("target/current").len() < before.len());
}

#[test]
fn the_same_site_is_not_published_twice() {
    let root = root();
    root.run(&["publish"]).expect(0);
    let before = root.tree("target");
    let ran = root.run(&["publish"]).expect(0);
    assert!(ran.last().contains("不用发布"), "{}", ran.err);
    assert_eq!(root.tree("target"), before);
    let json = root.run(&["publish", "--format", "json"]).expect(0).json();
    assert_eq!(json["published"], false);
}

#[test]
fn releases_and_rollback_say_where_one_is() {
    let root = root();
    assert_eq!(root.run(&["releases"]).expect(0).out, "");
    root.run(&["rollback"]).expect(4);
    fs::create_dir(root.path("target")).expect("made");
    let ran = root.run(&["rollback"]).expect(5);
    assert!(ran.err.contains("还没有发布过"), "{}", ran.err);
    assert_eq!(root.tree("target").len(), 0);
    assert!(!root.path("target/releases").exists(), "asking leaves nothing behind");
    root.run(&["publish"]).expect(0);
    root.run(&["rollback"]).expect(5);
    root.write(OTHER, "第二课的正文\n".as_bytes());
    root.run(&["publish"]).expect(0);
    let listed = root.run(&["releases"]).expect(0);
    let lines: Vec<&str> = listed.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", listed.out);
    assert!(lines[1].starts_with("当前  0002-") && lines[2].trim_start().starts_with("0001-"), "{}", listed.out);
    let ran = root.run(&["rollback"]).expect(0);
    assert!(ran.err.contains("完成：从 0002-"), "{}", ran.err);
    assert!(!root.path("target/current/units/cheng-dong-fen-ju/2025/di-er-ke.html").exists());
    root.run(&["rollback", "--to", "2"]).expect(0);
    assert!(root.path("target/current/units/cheng-dong-fen-ju/2025/di-er-ke.html").exists());
    assert!(root.run(&["rollback", "--to", "7"]).expect(5).err.contains("没有“7”这一版"));
    // Going back must work when the library does not.
    fs::remove_dir_all(root.path("content")).expect("removed");
    root.run(&["rollback", "target", "--to", "1"]).expect(0);
    root.run(&["releases", "target"]).expect(0);
}

#[test]
fn objects_have_the_keys_of_the_contract() {
    let root = root();
    let published = root.run(&["publish", "--format", "json"]).expect(0);
    assert!(published.err.is_empty() && published.out.lines().count() == 1, "{}", published.err);
    let published = published.json();
    let common = [
        "schema_version",
        "command",
        "target",
        "dry_run",
        "published",
        "release",
        "previous",
        "new",
        "changed",
        "removed",
        "pages",
        "lessons",
        "errors",
        "warnings",
        "seconds",
    ];
    let more = ["written", "written_bytes", "linked", "linked_bytes", "switch_ms", "check_code", "problems", "found"];
    assert_eq!(keys(&published), [common.as_slice(), &more].concat());
    let dry = root.run(&["publish", "--dry-run", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&dry), [common.as_slice(), &["refusal"]].concat());
    let listed = root.run(&["releases", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&listed), ["schema_version", "command", "target", "current", "at_work", "found", "releases"]);
    let release = &listed["releases"][0];
    assert_eq!(
        keys(release),
        ["release", "number", "current", "published", "as_of", "lessons", "pages", "files", "errors"]
    );
    assert_eq!(
        (&release["current"], &release["lessons"], &release["as_of"]),
        (&true.into(), &1.into(), &"2025-12-31".into())
    );
    let verified = root.run(&["verify", "--format", "json"]).expect(0).json();
    assert_eq!(
        keys(&verified),
        [
            "schema_version",
            "command",
            "place",
            "whole",
            "files",
            "missing",
            "altered",
            "extra",
            "list",
            "check_code",
            "release"
        ]
    );
    assert_eq!(verified["check_code"], published["check_code"]);
    root.write(LESSON, "---\n标题: 改过\n---\n".as_bytes());
    root.run(&["publish"]).expect(0);
    let back = root.run(&["rollback", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&back), ["schema_version", "command", "target", "release", "previous", "switch_ms", "found"]);
}

/// Neither drafts nor what was refused, no mail, no reports, no source: only the site.
#[test]
fn only_the_site_gets_out() {
    let root = root();
    root.write("content/units/城东分局/2025/inbox/选学单.csv", "QQ密QQ".as_bytes());
    root.write("content/units/城东分局/2025/lessons/草稿.md", "---\n标题: QQ密QQ\n草稿: 是\n---\nQQ密QQ\n".as_bytes());
    root.write("content/units/城东分局/2025/lessons/内部.md", "---\n标题: QQ密QQ\n公开范围: 不发布\n---\n".as_bytes());
    root.write("reports/内部.html", "QQ密QQ".as_bytes());
    root.write("public/旧.html", "QQ密QQ".as_bytes());
    root.write(OTHER, "---\n标题: QQ密QQ\n公开范围: 不发布\n授课日期: 上个月\n---\n".as_bytes());
    root.run(&["publish", "--allow-errors"]).expect(0);
    root.run(&["build", "-o", "site"]).expect(0);
    let published = root.tree("target/current");
    let secret = "QQ密QQ".as_bytes();
    for (name, bytes) in &published {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{name}");
        assert!(!name.contains("问题清单"), "{name}");
    }
    let site = root.tree("site");
    let own = ["SHA256SUMS", "release.json"];
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| {
        tree.keys()
            .filter(|name| !own.contains(&name.as_str()) && !name.starts_with(".jiangtai"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&published), names(&site));
    let differ: Vec<&String> = site
        .iter()
        .filter(|(name, bytes)| published.get(*name).is_some_and(|other| other != *bytes))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(differ, ["changes.html"], "all pages but the log are those of a build");
}

#[test]
fn the_log_tells_what_became_of_the_lessons() {
    let root = root();
    root.write(OTHER, "---\n标题: 要撤下的一课\n---\n".as_bytes());
    let log = || html::text(&root.read("target/current/changes.html"));
    root.run(&["publish"]).expect(0);
    assert!(log().contains("首次发布。共 2 份教案"), "{}", log());
    root.write("content/units/城东分局/2025/lessons/第三课.md", "---\n标题: 第三课的标题\n---\n".as_bytes());
    root.write(LESSON, "---\n标题: 夜间巡查小窍门\n---\n\n改过的正文。\n".as_bytes());
    root.run(&["publish"]).expect(0);
    let page = root.read("target/current/changes.html");
    assert!(log().contains("新增 1 份") && log().contains("修改 1 份"), "{}", log());
    assert!(page.contains(">第三课的标题</a>") && page.contains(">夜间巡查小窍门</a>"), "{page}");
    root.write(OTHER, "---\n标题: 要撤下的一课\n---\n改一改\n".as_bytes());
    root.run(&["publish"]).expect(0);
    assert!(root.read("target/current/changes.html").contains("要撤下的一课"));
    // Taken back: it is counted, and named nowhere any more.
    fs::remove_file(root.path(OTHER)).expect("removed");
    root.run(&["publish"]).expect(0);
    assert!(log().contains("撤下 1 份。") && log().contains("后来撤下了"), "{}", log());
    let files = root.tree("target/current");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("要撤下的一课") && !text.contains("di-er-ke"), "{name}");
    }
    assert_eq!(html::broken_links(&files), Vec::<String>::new());
    // The log follows what readers saw: a release that was gone back from is not in it.
    root.run(&["rollback", "--to", "2"]).expect(0);
    root.run(&["publish"]).expect(0);
    let log = log();
    assert!(log.contains("第 5 版") && log.contains("第 2 版") && !log.contains("第 3 版"), "{log}");
}

#[test]
fn a_lesson_whose_attachment_differs_has_changed() {
    let root = root();
    let attachment = LESSON.replace(".md", ".mp4");
    root.write(&attachment, b"one");
    root.write(OTHER, "第二课的正文\n".as_bytes());
    root.run(&["publish"]).expect(0);
    root.write(&attachment, b"two");
    root.run(&["publish"]).expect(0);
    let page = root.read("target/current/changes.html");
    let log = html::text(&page);
    assert!(log.contains("修改 1 份") && page.contains(">夜间巡查小窍门</a>") && !log.contains("第二课"), "{log}");
}
