//! Hostile material in the content folder: the site is made, whole, and nothing of what
//! the material is after is in it.

use std::fmt::Write as _;

use crate::Result;
use crate::command::Root;

const LESSONS: &str = "content/units/danwei/2025/lessons";

/// A library with one good lesson, to which harm is added.
fn library() -> Root {
    let root = Root::new(&[("secret.txt", "机密内容")]);
    root.write(&format!("{LESSONS}/hao.md"), "---\n标题: 好教案\n---\n\n正文在这里。\n".as_bytes());
    root
}

/// Builds, and fails unless the good lesson is there and nothing private is.
fn build(root: &Root) -> String {
    let ran = root.run(&["build"]).expect(0);
    assert!(root.read("public/units/danwei/2025/hao.html").contains("正文在这里"), "{}", ran.err);
    for (path, bytes) in root.tree("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("机密内容"), "{path}");
    }
    ran.err
}

#[cfg(unix)]
#[test]
fn links_out_of_the_content_folder_are_not_followed() -> Result {
    use std::os::unix::fs::symlink;
    let root = library();
    std::fs::create_dir(root.path("outside"))?;
    root.write("outside/lei.md", "---\n标题: 机密内容\n---\n机密内容\n".as_bytes());
    for (target, link) in [
        ("secret.txt", "a.txt"),
        ("secret.txt", "a.md"),
        ("secret.txt", "a.docx"),
        ("outside", "folder"),
        ("outside/lei.md", "b.md"),
    ] {
        symlink(root.path(target), root.path(&format!("{LESSONS}/{link}")))?;
    }
    symlink(root.path("outside"), root.path("content/units/wai"))?;
    symlink(root.path("secret.txt"), root.path("content/人员名册.csv"))?;
    symlink(root.path("secret.txt"), root.path("content/site.yaml"))?;
    symlink("loop", root.path(&format!("{LESSONS}/loop")))?;
    let said = build(&root);
    let check = root.run(&["check", "--all", "--format", "json"]).json();
    let told = check["diagnostics"].as_array().ok_or("no list")?;
    let told = told.iter().filter(|one| one["code"] == "W137").count();
    assert!(told >= 8, "{told} links were told of\n{said}");
    Ok(())
}

#[test]
fn pages_scripts_and_programs_are_not_published() {
    let root = library();
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
    for (name, text) in [
        ("a.html", "<script>alert(1)</script>".to_owned()),
        ("b.js", "alert(1)".to_owned()),
        ("c.php", "<?php system('id'); ?>".to_owned()),
        ("d.php.docx", "<?php system('id'); ?>".to_owned()),
        ("web.config", "<configuration/>".to_owned()),
        ("e.svg", svg("<script>alert(1)</script>")),
        ("f.svg", svg("<g onload = \"alert(1)\"/>")),
        ("g.svg", svg("<a href=\"&#106;avascript:alert(1)\"/>")),
        ("h.aspx", "<% x %>".to_owned()),
        ("好.svg", svg("<path d=\"M0 0h9\"/>")),
    ] {
        root.write(&format!("{LESSONS}/{name}"), text.as_bytes());
        root.write(&format!("content/docs/{name}"), text.as_bytes());
    }
    root.write(
        &format!("{LESSONS}/hao.md"),
        "---\n标题: 好教案\n附件: [a.html, c.php, 好.svg]\n---\n\n正文在这里。![图](e.svg) ![好](好.svg) [页](a.html)\n".as_bytes(),
    );
    build(&root);
    let names: Vec<String> = root.tree("public").into_keys().collect();
    let kinds = [".php", ".php.docx", ".config", ".aspx", "/b.js"];
    let bad: Vec<&String> = names.iter().filter(|name| kinds.iter().any(|kind| name.ends_with(kind))).collect();
    assert!(bad.is_empty(), "{bad:?}");
    for (path, bytes) in root.tree("public") {
        let own = path.starts_with("assets/") || path.starts_with("search/");
        assert!(own || !String::from_utf8_lossy(&bytes).contains("alert(1)"), "{path}");
    }
    let drawings = names.iter().filter(|name| name.ends_with(".svg") && !name.starts_with("assets/")).count();
    assert!(drawings >= 1, "the harmless drawing is there: {names:?}");
}

/// What a record says of addresses and files leads nowhere but into the site.
#[test]
fn fields_and_links_lead_nowhere_else() {
    let root = library();
    let outside =
        ["../../../../../secret.txt", "/etc/passwd", "..\\..\\secret.txt", "%2e%2e/%2e%2e/secret.txt", "C:/secret.txt"];
    for (at, path) in outside.iter().enumerate() {
        let text = format!(
            "---\n标题: \"课{at}\"\nslug: \"{0}x\"\n旧网址: [\"{0}\", \"{0}.html\"]\n附件: [\"{0}\"]\n参考教案: [\"{0}\"]\n---\n\n\
             ![图]({0}) [文]({0}) [[{0}]] <img src=\"{0}\">\n",
            path.replace('\\', "\\\\")
        );
        root.write(&format!("{LESSONS}/k{at}.md"), text.as_bytes());
    }
    let before = root.tree(".").len();
    build(&root);
    let after: Vec<String> = root.tree(".").into_keys().collect();
    let made: Vec<&String> =
        after.iter().filter(|path| path.starts_with("public/") || path.starts_with(".jiangtai/")).collect();
    assert_eq!(after.len() - made.len(), before, "nothing was written elsewhere");
}

#[test]
fn odd_names_have_plain_addresses() {
    let root = library();
    let names = [
        "\u{202e}fdp.exe",
        "a\u{200b}b",
        "con",
        "nul.md",
        "  前后空格  ",
        "点.",
        "'引号\"<b>&amp;",
        "$(id)`id`;id",
        "-rf",
        "%2e%2e%2f",
        "..。..",
        "🀄️",
        "é́́́́",
    ];
    for name in names {
        root.write(&format!("{LESSONS}/{name}.md"), b"# \xe8\xaf\xbe\n");
        root.write(&format!("{LESSONS}/{name} 件.docx"), b"x");
    }
    let long = "长".repeat(80);
    root.write(&format!("{LESSONS}/{long}.md"), b"# x\n");
    #[cfg(unix)]
    {
        root.write(&format!("{LESSONS}/换\n行.md"), b"# x\n");
        root.write(&format!("{LESSONS}/\u{1b}[31m红.md"), b"# x\n");
        root.write(&format!("{LESSONS}/反\\斜.md"), b"# x\n");
    }
    let said = build(&root);
    assert!(!said.contains('\u{1b}'), "no name speaks to the terminal: {said:?}");
    for name in root.tree("public").into_keys().filter(|name| name.ends_with(".html")) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c);
        assert!(name.chars().all(plain) && !name.contains("..") && !name.contains("/-"), "{name:?}");
    }
}

/// Front matter that grows, nests, or asks to run something.
#[test]
fn front_matter_cannot_explode() -> Result {
    let root = library();
    let mut bomb = "---\n标签: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..12 {
        let (name, below) = (char::from(b'a' + at), char::from(b'a' + at - 1));
        writeln!(bomb, "附件: &{name} [{}]", vec![format!("*{below}"); 9].join(","))?;
    }
    let nested = format!("---\n标签: {}{}\n---\n", "[".repeat(50_000), "]".repeat(50_000));
    let steps: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (name, text) in [
        ("bomb", format!("{bomb}---\n课\n")),
        ("nested", nested),
        ("steps", format!("---\n{steps}---\n课\n")),
        ("itself", "---\n标题: &a [*a]\n---\n课\n".to_owned()),
        ("python", "---\n标题: !!python/object/apply:os.system [\"touch ran\"]\n---\n课\n".to_owned()),
        ("include", "---\n标题: !include /etc/passwd\n小教员: !!binary aGk=\n---\n课\n".to_owned()),
        ("number", "---\n时长: 99999999999999999999999999\n授课日期: 99999-99-99\n---\n课\n".to_owned()),
        ("merge", "---\n<<: {标题: 甲}\n? [a, b]\n: c\n---\n课\n".to_owned()),
        ("endless", format!("---\n标题: {}\n", "长".repeat(100_000))),
    ] {
        root.write(&format!("{LESSONS}/{name}.md"), text.as_bytes());
    }
    for name in ["plan", "menu", "evaluations", "applications"] {
        let wide = format!("课题{}\n\"{}\n", ",x".repeat(1_000), "未收尾".repeat(1_000));
        root.write(&format!("content/units/danwei/2025/{name}.csv"), wide.as_bytes());
    }
    build(&root);
    assert!(!root.path("ran").exists());
    let secret = std::fs::read_to_string("/etc/passwd").unwrap_or_else(|_| "no such file".to_owned());
    let secret = secret.lines().next().unwrap_or_default();
    let leak = root.tree("public").into_iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(secret));
    assert!(leak.is_none(), "{:?}", leak.map(|(path, _)| path));
    Ok(())
}

/// Markdown and HTML that nest deeper than any stack, or that ask for every pair of
/// brackets to be compared with every other.
#[test]
fn markup_cannot_explode() {
    let root = library();
    let many = 20_000;
    for (name, text) in [
        ("quotes", format!("{} a", ">".repeat(many))),
        ("lists", (0..800).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("brackets", format!("{}a{}", "[".repeat(many), "]".repeat(many))),
        ("images", format!("{}a{}", "![".repeat(many), "](b)".repeat(many))),
        ("links", "[a](".repeat(many)),
        ("wiki", "[[".repeat(many)),
        ("stars", "*a ".repeat(many)),
        ("bolds", format!("{}a{}", "**".repeat(many), "**".repeat(many))),
        ("ticks", (1..500).map(|count| "`".repeat(count) + " ").collect()),
        ("tags", "<b>".repeat(many)),
        ("blocks", "<div>".repeat(many)),
        ("details", "<details><summary>".repeat(many)),
        ("open", "<a href=\"".repeat(many)),
        ("comments", "<!--".repeat(many)),
        ("notes", "::: 教员提示\n".repeat(3_000)),
        ("footnotes", (0..2_000).map(|at| format!("[^{at}]: [^{}]\n\n", at + 1)).collect()),
        ("tables", format!("|{}\n|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000), "b|".repeat(3_000))),
        ("entities", "&amp;".repeat(many)),
        ("bytes", "\u{0}\u{1}\u{7f}\u{85}\u{2028}\u{feff}\u{fffd}".repeat(500)),
    ] {
        root.write(&format!("{LESSONS}/{name}.md"), format!("# {name}\n\n{text}\n").as_bytes());
    }
    build(&root);
}
