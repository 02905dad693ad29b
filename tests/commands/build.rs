//! `build`: what is written, left, removed and refused.

use std::fs;
use std::time::SystemTime;

use crate::support::command::{LESSON, PAGE, Root};

#[test]
fn a_second_build_writes_nothing() {
    let root = Root::with_lesson();
    let first = root.run(&["build", "--format", "json"]).expect(0).json();
    let (tree, times) = (root.tree("public"), times(&root));
    let second = root.run(&["build", "--format", "json"]).expect(0).json();
    assert_eq!(first["unchanged"], 0);
    assert_eq!((&second["written"], &second["removed"]), (&0.into(), &0.into()));
    assert_eq!(second["unchanged"], first["written"]);
    assert_eq!(root.tree("public"), tree);
    assert_eq!(self::times(&root), times);
}

#[test]
fn only_pages_that_differ_are_written() {
    let root = Root::with_lesson();
    root.run(&["build"]).expect(0);
    let before = times(&root);
    root.write(LESSON, "---\n标题: 夜间巡查小窍门\n---\n\n先看灯，再看门，最后看锁。\n".as_bytes());
    let built = root.run(&["build", "--format", "json"]).expect(0).json();
    assert!(built["written"].as_u64() > Some(0) && built["unchanged"].as_u64() > Some(10), "{built}");
    assert!(root.read(PAGE).contains("最后看锁"));
    let same =
        times(&root).iter().filter(|(name, time)| before.iter().any(|old| (&old.0, &old.1) == (name, time))).count();
    assert_eq!(same as u64, built["unchanged"].as_u64().unwrap_or(0), "the others keep their times");
}

#[test]
fn pages_whose_lesson_is_gone_are_removed_and_nothing_else() {
    let root = Root::with_lesson();
    root.write("content/units/城东分局/2025/lessons/第二课.md", "第二课的正文\n".as_bytes());
    root.run(&["build"]).expect(0);
    let second = "public/units/cheng-dong-fen-ju/2025/di-er-ke.html";
    assert!(root.path(second).exists());
    fs::remove_file(root.path("content/units/城东分局/2025/lessons/第二课.md")).expect("removed");
    let built = root.run(&["build", "--format", "json"]).expect(0).json();
    assert!(built["removed"].as_u64() > Some(0), "{built}");
    assert!(!root.path(second).exists() && root.path(PAGE).exists());
}

#[test]
fn strict_leaves_the_output_as_it_was() {
    let root = Root::with_lesson();
    root.run(&["build"]).expect(0);
    let before = root.tree("public");
    root.write(LESSON, "---\n标题: 改过的标题\n授课日期: 上个月\n---\n".as_bytes());
    let ran = root.run(&["build", "--strict"]).expect(1);
    assert!(ran.err.contains("E112") && ran.err.contains("保持原样"), "{}", ran.err);
    assert_eq!(root.tree("public"), before);
    let fresh = Root::new(&[(LESSON, "---\n授课日期: 上个月\n---\n")]);
    fresh.run(&["build", "--strict"]).expect(1);
    assert!(!fresh.path("public").exists());
}

#[test]
fn strict_without_a_problem_builds() {
    let root = Root::with_lesson();
    root.run(&["build", "--strict"]).expect(0);
    assert!(root.path(PAGE).exists());
}

#[test]
fn a_folder_with_somebodys_files_is_refused() {
    let root = Root::with_lesson();
    root.write("public/年终总结.docx", b"mine");
    let ran = root.run(&["build"]).expect(4);
    assert!(ran.err.contains("E701") && ran.err.contains("年终总结.docx"), "{}", ran.err);
    assert_eq!(root.tree("public").len(), 1, "nothing was written");
    root.run(&["build", "--force"]).expect(0);
    assert!(root.path(PAGE).exists());
    assert_eq!(root.read("public/年终总结.docx"), "mine");
    root.run(&["build", "--force", "--clean"]).expect(0);
    assert_eq!(root.read("public/年终总结.docx"), "mine");
}

#[test]
fn clean_writes_everything_anew() {
    let root = Root::with_lesson();
    let first = root.run(&["build", "--format", "json"]).expect(0).json();
    let tree = root.tree("public");
    let again = root.run(&["build", "--clean", "--format", "json"]).expect(0).json();
    assert_eq!((&again["written"], &again["unchanged"]), (&first["written"], &0.into()));
    assert_eq!(root.tree("public"), tree);
}

#[test]
fn a_page_that_somebody_changed_is_made_right() {
    let root = Root::with_lesson();
    root.run(&["build"]).expect(0);
    let right = root.read(PAGE);
    root.write(PAGE, b"torn");
    root.run(&["build"]).expect(0);
    assert_eq!(root.read(PAGE), right);
}

#[test]
fn the_output_may_lie_elsewhere() {
    let root = Root::with_lesson();
    root.run(&["build", "-o", "网站/内网"]).expect(0);
    assert!(root.path("网站/内网/index.html").exists() && !root.path("public").exists());
}

#[test]
fn a_site_within_the_content_would_become_content() {
    let root = Root::with_lesson();
    for folder in ["content", "content/site", "./content/units/城东分局/2025/lessons/site"] {
        let ran = root.run(&["build", "-o", folder]).expect(2);
        assert!(ran.err.contains("内容文件夹"), "{}", ran.err);
    }
    assert_eq!(root.tree("content").len(), 1);
    root.run(&["build", "-o", "content-site"]).expect(0);
}

#[test]
fn earlier_addresses_that_cannot_be_never_stop_a_build() {
    let root = Root::new(&[(
        LESSON,
        &format!(
            "---\n标题: 甲\naliases: [/index.html/, /a.html, /a.html/b, /{}, /feed.xml/x]\n---\n",
            "长".repeat(100)
        ),
    )]);
    root.run(&["build"]).expect(0);
    assert!(root.path("public/a.html").is_file() && root.path("public/index.html").is_file());
}

#[test]
fn another_root_and_content_folder_may_be_named() {
    let root = Root::new(&[("库/材料/units/城东分局/2025/lessons/夜巡.md", "夜巡的正文\n")]);
    root.run(&["build", "-r", "库", "--content", "材料"]).expect(0);
    assert!(root.path("库/public/units/cheng-dong-fen-ju/2025/ye-xun.html").exists());
    let checked = root.run(&["check", "-r", "库", "--content", "材料", "--all", "--format", "json"]).expect(0).json();
    assert_eq!(checked["diagnostics"][0]["file"], "材料/units/城东分局/2025/lessons/夜巡.md");
}

#[test]
fn the_day_of_the_statistics_is_a_flag_before_a_setting_before_the_clock() {
    let root = Root::with_lesson();
    root.write("content/site.yaml", "as_of: 2024-05-06\n".as_bytes());
    root.run(&["build"]).expect(0);
    assert!(root.read("public/index.html").contains("2024年5月6日"));
    root.run(&["build", "--as-of", "2023-01-02"]).expect(0);
    assert!(root.read("public/index.html").contains("2023年1月2日"));
}

#[test]
fn drafts_are_shown_when_asked_for_and_vanish_again() {
    let root = Root::with_lesson();
    root.write("content/units/城东分局/2025/lessons/草稿课.md", "---\n标题: 还没写完的课\n草稿: 是\n---\n".as_bytes());
    let page = "public/units/cheng-dong-fen-ju/2025/cao-gao-ke.html";
    root.run(&["build"]).expect(0);
    assert!(!root.path(page).exists());
    root.run(&["build", "-D"]).expect(0);
    assert!(root.read(page).contains("还没写完的课"));
    root.run(&["build"]).expect(0);
    let left =
        root.tree("public").into_iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("还没写完的课"));
    assert_eq!(left.map(|(name, _)| name), None);
}

#[test]
fn the_sites_address_stands_only_where_it_must() {
    let root = Root::with_lesson();
    root.run(&["build"]).expect(0);
    assert!(!root.path("public/sitemap.xml").exists());
    let plain = root.tree("public");
    root.run(&["build", "-u", "http://jiaocai.example.invalid/ku"]).expect(0);
    let page = "http://jiaocai.example.invalid/ku/units/cheng-dong-fen-ju/2025/ye-jian-xun-cha-xiao-qiao-men.html";
    for file in ["public/sitemap.xml", "public/feed.xml"] {
        assert!(root.read(file).contains(page), "{file}: {}", root.read(file));
    }
    for (name, bytes) in
        root.tree("public").into_iter().filter(|(name, _)| name.ends_with(".html") && name != "404.html")
    {
        // What is printed says in a square where it comes from, and nothing else does.
        let (plain, bytes) = (plain.get(&name).map(|bytes| squareless(bytes)), squareless(&bytes));
        assert!(plain.as_ref() == Some(&bytes), "{name} knows the address");
    }
    let lesson = page.trim_start_matches("http://jiaocai.example.invalid/ku/");
    for printed in [lesson, "units/cheng-dong-fen-ju/2025/volume.html"] {
        let html = root.read(&format!("public/{printed}"));
        assert!(html.contains(&format!("aria-label=\"{page}\"")), "{printed}");
    }
    assert!(root.read("public/404.html").contains("href=\"/ku/index.html\""), "{}", root.read("public/404.html"));
}

/// A page without the drawings of its QR codes and what is said of them.
fn squareless(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let mut parts = page.split("<svg class=\"qr-code\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("</div>").map_or(part, |(_, rest)| rest))
}

#[test]
fn the_interface_speaks_english_on_request() {
    let root = Root::with_lesson();
    root.run(&["build", "--lang", "en"]).expect(0);
    let home = root.read("public/index.html");
    assert!(
        home.contains("<html lang=\"en\"") && home.contains("Lessons") && home.contains("夜间巡查小窍门"),
        "{home}"
    );
    assert!(!home.contains("教案</a>"), "{home}");
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let root = Root::with_lesson();
    root.run(&["build", "-j", "1", "-o", "one"]).expect(0);
    root.run(&["build", "-j", "3", "-o", "three"]).expect(0);
    assert_eq!(root.tree("one"), root.tree("three"));
}

#[test]
fn a_broken_template_leaves_the_old_site_and_names_its_line() {
    let root = Root::with_lesson();
    root.run(&["build"]).expect(0);
    let before = root.tree("public");
    for (template, line) in
        [("<h1>好</h1>\n{{ view.title\n", 0), ("{% if %}\n", 1), ("<p>\n{{ view.there_is_no_such_thing.at_all }}\n", 2)]
    {
        root.write("templates/pages/lesson.html", template.as_bytes());
        let ran = root.run(&["build"]).expect(3);
        let at = if line == 0 { "lesson.html:".to_owned() } else { format!("lesson.html:{line}") };
        assert!(ran.err.contains(&at), "{template}: {}", ran.err);
        assert!(root.tree("public") == before, "{template}");
    }
    fs::remove_file(root.path("templates/pages/lesson.html")).expect("removed");
    root.run(&["build"]).expect(0);
}

#[test]
fn a_template_of_the_root_goes_before_that_of_the_theme() {
    let root = Root::with_lesson();
    root.write("templates/pages/about.html", "<p>这是我们自己的关于页</p>".as_bytes());
    root.run(&["build"]).expect(0);
    assert!(root.read("public/about.html").contains("这是我们自己的关于页"));
    root.write("themes/own/templates/pages/about.html", "<p>主题的关于页</p>".as_bytes());
    root.run(&["build", "--theme", "own"]).expect(0);
    assert!(root.read("public/about.html").contains("这是我们自己的关于页"));
    fs::remove_file(root.path("templates/pages/about.html")).expect("removed");
    root.run(&["build", "--theme", "own"]).expect(0);
    assert!(root.read("public/about.html").contains("主题的关于页"));
}

#[test]
fn an_unknown_theme_is_named() {
    let root = Root::with_lesson();
    root.write("content/site.yaml", "主题: 节日版\n".as_bytes());
    let ran = root.run(&["build"]).expect(3);
    assert!(ran.err.contains("节日版") && !root.path("public").exists(), "{}", ran.err);
}

fn times(root: &Root) -> Vec<(String, SystemTime)> {
    let names = root.tree("public").into_keys().filter(|name| !name.starts_with('.'));
    let time =
        |name: &str| fs::metadata(root.path("public").join(name)).and_then(|data| data.modified()).expect("a time");
    names.map(|name| (name.clone(), time(&name))).collect()
}
