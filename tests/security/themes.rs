//! A theme is trusted to say how pages look, and with nothing more: it reads no file,
//! asks nothing of the machine, ends, and writes what it is given as text.

use crate::command::Root;

const LESSON: &str = "content/units/danwei/2025/lessons/a.md";
const TITLE: &str = "<script>alert(1)</script>";

fn library(template: &str) -> Root {
    let root = Root::new(&[(LESSON, &format!("---\n标题: \"{TITLE}\"\n---\n课\n"))]);
    root.write("templates/pages/lesson.html", template.as_bytes());
    root
}

#[test]
fn what_a_template_puts_in_is_text_until_it_says_otherwise() {
    let root = library("<h1>{{ page.title }}</h1><a title=\"{{ page.title }}\">{{ view }}</a>");
    root.run(&["build"]).expect(0);
    let page = root.read("public/units/danwei/2025/a.html");
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"), "{page}");
}

#[test]
fn a_template_cannot_read_or_run_or_go_on_for_ever() {
    for (template, why) in [
        ("{% include \"/etc/passwd\" %}", "passwd"),
        ("{% include \"../../../../etc/passwd\" %}", "passwd"),
        ("{% include \"pages/lesson.html\" %}", "Circular"),
        ("{% extends \"pages/lesson.html\" %}", "Circular"),
        ("{% for i in range(end=100000000000) %}x{% endfor %}", "range"),
        ("{{ get_env(name=\"HOME\") }}", "get_env"),
        ("{{ load_data(path=\"/etc/passwd\") }}", "load_data"),
        ("{{ now() }}", "now"),
    ] {
        let ran = library(template).run(&["build"]).expect(3);
        assert!(
            ran.err.contains("E801") && ran.err.contains(why) && ran.err.contains("lesson.html"),
            "{template}: {}",
            ran.err
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_theme_reads_nothing_from_elsewhere() {
    let root = library("x");
    root.write("secret.css", b"/* secret */");
    root.write("themes/own/assets/css/own.css", b"p{}");
    std::os::unix::fs::symlink(root.path("secret.css"), root.path("themes/own/assets/css/link.css")).expect("a link");
    root.run(&["build", "--theme", "own"]).expect(0);
    for (path, bytes) in root.tree("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("/* secret */"), "{path}");
    }
}
