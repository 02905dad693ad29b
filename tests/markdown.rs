//! Every file in `tests/markdown` is a case: what an author writes, what becomes of
//! it, and what is reported. A new case is a new file; `BLESS=1 cargo test --test
//! markdown` fills in or rewrites the results, to be read before they are kept. Files in
//! `tests/slides` are cases of what a body is as slides.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use jiangtai::markdown::{Lang, Links, Options, Rendered, Slide, Target, TocEntry, answers, nest, render, slides};
use proptest::prelude::*;

/// A library with two pictures, a file, a page and a lesson.
struct Library;

impl Links for Library {
    fn destination(&self, written: &str, _is_image: bool) -> Target {
        let outside = ["http://", "https://", "//", "mailto:", "tel:", "#"];
        if outside.iter().any(|start| written.starts_with(start)) {
            return Target::AsWritten;
        }
        let decoded = written.replace("%20", " ").replace("%E5%9B%BE", "图");
        let (path, anchor) = decoded.split_at(decoded.find('#').unwrap_or(decoded.len()));
        match path {
            "图 1.png" | "图.png" | "文件 名.pdf" | "通知 (1).pdf" => {
                Target::Found { href: format!("files/{path}"), title: None }
            }
            "../a.md" => Target::Found { href: format!("../a.html{anchor}"), title: Some("甲".into()) },
            _ => Target::Missing,
        }
    }

    fn wiki(&self, name: &str) -> Target {
        match name {
            "L22" | "例外清单" => {
                Target::Found { href: "l22.html".into(), title: Some("七日无理由退货的例外清单".into()) }
            }
            "注" => Target::AsWritten,
            _ => Target::Missing,
        }
    }
}

fn rendered(source: &str) -> Rendered {
    render(source, &Library, &Options::default())
}

/// The fenced block under a heading of a case file.
fn block<'a>(case: &'a str, heading: &str) -> Option<&'a str> {
    let (_, after) = case.split_once(&format!("## {heading}\n"))?;
    let (_, fenced) = after.split_once("~~~~")?;
    let (_, inside) = fenced.split_once('\n')?;
    Some(&inside[..inside.find("~~~~")?])
}

fn problems(rendered: &Rendered) -> String {
    rendered.problems.iter().fold(String::new(), |mut list, problem| {
        let _ = writeln!(list, "- {:?} {}:{} {}", problem.kind, problem.line, problem.column, problem.text);
        list
    })
}

fn bless(path: &Path, case: &str, actual: &Rendered) {
    let keep = case.find("## 结果").unwrap_or(case.len());
    let mut text = format!("{}\n\n## 结果\n\n~~~~html\n{}~~~~\n", case[..keep].trim_end(), actual.html);
    if !actual.problems.is_empty() {
        let _ = write!(text, "\n## 问题\n\n{}", problems(actual));
    }
    std::fs::write(path, text).unwrap();
}

#[test]
fn every_case_gives_its_result() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut failures = String::new();
    for path in &paths {
        let case = std::fs::read_to_string(path).unwrap();
        let source = block(&case, "写法").unwrap_or_else(|| panic!("{} has no 写法", path.display()));
        let actual = rendered(source);
        if std::env::var_os("BLESS").is_some() {
            bless(path, &case, &actual);
            continue;
        }
        let wanted = block(&case, "结果").unwrap_or("");
        let reported = case.split_once("## 问题\n").map_or("", |(_, list)| list.trim());
        if actual.html != wanted || problems(&actual).trim() != reported {
            let _ = writeln!(failures, "{}\n--- wanted\n{wanted}{reported}\n--- got", path.display());
            let _ = writeln!(failures, "{}{}", actual.html, problems(&actual));
        }
        balance(&actual.html).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    }
    assert!(paths.len() >= 40, "only {} cases", paths.len());
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_case_gives_its_slides() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slides");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut failures = String::new();
    for path in &paths {
        let case = std::fs::read_to_string(path).unwrap();
        let source = block(&case, "写法").unwrap_or_else(|| panic!("{} has no 写法", path.display()));
        let deck = slides(&rendered(source).html);
        let mut actual: String = deck.slides.iter().map(shown).collect();
        if !deck.notes_html.is_empty() {
            let _ = writeln!(actual, "整课备注\n{}", deck.notes_html.trim());
        }
        if std::env::var_os("BLESS").is_some() {
            let keep = case.find("## 结果").unwrap_or(case.len());
            let text = format!("{}\n\n## 结果\n\n~~~~html\n{actual}~~~~\n", case[..keep].trim_end());
            std::fs::write(path, text).unwrap();
        } else if block(&case, "结果") != Some(&actual) {
            let _ = writeln!(failures, "{}\n--- got\n{actual}", path.display());
        }
    }
    assert!(paths.len() >= 10, "only {} cases", paths.len());
    assert!(failures.is_empty(), "{failures}");
}

/// A slide as the cases show it.
fn shown(slide: &Slide) -> String {
    let Slide { id, title_html, part, parts, is_quiz, body_html, notes_html } = slide;
    let mut text = format!("=== {}{title_html}", if *is_quiz { "？" } else { "" });
    if *parts > 1 {
        let _ = write!(text, " {part}/{parts}");
    }
    if !id.is_empty() {
        let _ = write!(text, " #{id}");
    }
    let _ = writeln!(text, "\n{}", body_html.trim());
    if !notes_html.is_empty() {
        let _ = writeln!(text, "备注\n{}", notes_html.trim());
    }
    text
}

/// Checks that every tag is closed in turn and that none of them can do harm.
fn balance(html: &str) -> Result<(), String> {
    let void = ["br", "hr", "img", "input", "wbr", "col"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let inside = &rest[at + 1..];
        let end = tag_end(inside).ok_or_else(|| format!("open tag: {}", &rest[at..]))?;
        let (tag, after) = (&inside[..end], &inside[end + 1..]);
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or("");
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else {
            harmless(name, tag)?;
            if !void.contains(&name) {
                open.push(name);
            }
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn tag_end(inside: &str) -> Option<usize> {
    let mut quoted = false;
    inside.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '>' && !quoted).then_some(at)
    })
}

fn harmless(name: &str, tag: &str) -> Result<(), String> {
    let bad_name = ["script", "style", "iframe", "form", "svg", "object", "embed", "math"].contains(&name);
    // Outside quotes only names and signs of attributes remain.
    let names: String = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let handler = names.split_whitespace().skip(1).any(|name| name.starts_with("on") || name.starts_with("style"));
    let address = ["href=\"", "src=\""].iter().filter_map(|start| tag.split_once(start)).any(|(_, value)| {
        let scheme: String = value.chars().filter(|c| *c > ' ').take_while(|c| *c != ':').collect();
        ["javascript", "vbscript", "data", "file"].contains(&scheme.to_lowercase().as_str())
    });
    if bad_name || handler || address { Err(format!("harmful: <{tag}>")) } else { Ok(()) }
}

/// How many of two characters stand between the tags.
fn seen(html: &str) -> usize {
    let after_tag = |piece: &str| tag_end(piece).map_or(0, |end| piece[end..].matches(['汉', '字']).count());
    format!("<>{html}").split('<').map(after_tag).sum()
}

/// Words and signs that writers, and attackers, put together.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "[[",
        "]]",
        "［［",
        "］］",
        "!",
        "<",
        ">",
        "|",
        "｜",
        ":",
        "：",
        ":::",
        "#",
        "＃",
        "\n",
        "\n\n",
        " ",
        "    ",
        "-",
        "- ",
        "1. ",
        "1、",
        "> ",
        "> [!提示]",
        "- [x] ",
        "[^1]",
        "[^1]: ",
        "汉",
        "字",
        "。",
        "，",
        "“",
        "”",
        "a",
        "b c",
        "\\",
        "&",
        "&lt;",
        "&#106;",
        ":::练习\n",
        ":::教师\n",
        "单选：",
        "答案：",
        "解析：",
        "A. ",
        "\n:::\n",
        "javascript:",
        "](javascript:x)",
        "](a b.pdf)",
        "http://",
        "https://a.cn",
        "www.a.b",
        "<script>",
        "</script>",
        "<b onclick=x>",
        "</b>",
        "<img src=x onerror=y>",
        "<img src=图.png>",
        "<details>",
        "</details>",
        "<table>",
        "<td>",
        "</p>",
        "<a href=javascript:x>",
        "<!--",
        "-->",
        "<svg/onload=x>",
        "｜-｜",
        "|-|",
        "{#x}",
        "\"",
        "'",
        "=",
        "\t",
        "\u{3000}",
        "\r\n",
        "---",
        "$",
        "🎉",
        "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_the_page_stays_whole_and_harmless(source in nasty()) {
        let page = rendered(&source);
        prop_assert!(balance(&page.html).is_ok(), "{:?}\n{}", balance(&page.html), page.html);
        let lines = source.matches('\n').count() as u32 + 1;
        for problem in &page.problems {
            prop_assert!((1..=lines).contains(&problem.line) && problem.column > 0, "{problem:?}");
        }
    }

    #[test]
    fn cut_into_slides_nothing_breaks_and_nothing_is_lost(source in nasty()) {
        let html = rendered(&source).html;
        let deck = slides(&html);
        let texts = deck.slides.iter().flat_map(|slide| [&slide.title_html, &slide.body_html, &slide.notes_html]);
        let mut count = 0;
        for text in texts.chain([&deck.notes_html]) {
            prop_assert!(balance(text).is_ok(), "{:?}\n{html}\n{deck:#?}", balance(text));
            count += seen(text);
        }
        prop_assert!(count >= seen(&html), "{html}\n{deck:#?}");
    }

    #[test]
    fn put_into_another_page_a_body_stays_whole(source in nasty()) {
        let html = rendered(&source).html;
        let nested = nest(&html, "l1-");
        prop_assert!(balance(&nested).is_ok(), "{html}\n{nested}");
        prop_assert_eq!(nested.matches("id=\"l1-").count(), html.matches(" id=\"").count(), "{}\n{}", html, nested);
        for answer in answers(&html).iter().flat_map(|one| &one.items_html) {
            prop_assert!(balance(answer).is_ok(), "{html}\n{answer}");
        }
    }

    #[test]
    fn any_text_at_all_is_taken(source in "\\PC{0,200}") {
        let page = rendered(&source);
        prop_assert!(balance(&page.html).is_ok(), "{:?}\n{}", balance(&page.html), page.html);
    }

    #[test]
    fn no_han_character_is_lost(source in nasty()) {
        let source = source.replace(['|', '｜', '[', '~', '`', '<'], "");
        let written = source.matches('汉').count();
        let page = rendered(&source);
        let shown = page.html.matches('汉').count() + page.first_heading.iter().map(|title| title.matches('汉').count()).sum::<usize>();
        prop_assert!(shown >= written, "{written} > {shown}\n{}", page.html);
    }
}

#[test]
fn a_hundred_kilobytes_of_signs_take_no_time() {
    for sign in [
        "*",
        "[",
        ">",
        "[[",
        "](",
        "![",
        "~~",
        "`",
        "<",
        "<b>",
        "- ",
        ":::教师\n",
        "1、\n",
        "＃\n",
        "_*",
        "［［",
        "**汉。",
        "(",
        "[a](",
        "h",
        "https://a",
        "｜",
        "# 汉\n",
        "<!--",
        "[^1]",
        "\\",
        "&",
        "> [!提示]\n",
        ":::练习\n问？\n",
        "| a |\n",
        "[a](b c.d",
        "a*",
        "汉*",
        "**a",
        "+ - ",
        "1. ",
        "> > ",
        "<div>\n",
        "<!--a-->",
        "&amp;",
        "a|",
        "- [x] a\n",
        "#a\n",
        "**a** ",
        "[a]: b\n",
        "<a href=\"",
        "［！提示］",
        "- a\n\n  ",
        "<table>",
        "<details>\n\n",
        "http://)",
        "\\*",
    ] {
        let source = sign.repeat(100_000 / sign.len()) + "*[[x]](y z.pdf)<b>";
        let started = Instant::now();
        let page = rendered(&source);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(2), "{sign:?} took {took:?} for {} bytes", page.html.len());
        if std::env::var_os("TIMES").is_some() {
            println!("{sign:?} {took:?}");
        }
    }
}

fn outline(toc: &[TocEntry]) -> String {
    toc.iter()
        .map(|entry| format!("{}{}#{}({})", entry.level, entry.text, entry.id, outline(&entry.children)))
        .collect()
}

#[test]
fn headings_make_a_tree() {
    let page = rendered("## 案例\n\n### 起因\n\n## 步骤 **一**\n\n#### 深\n\n> ## 引文里的不算\n");
    assert_eq!(outline(&page.toc), "2案例#案例(3起因#起因())2步骤 一#步骤-一(4深#深())");
    assert_eq!(page.first_heading, None);
}

#[test]
fn a_single_first_heading_is_the_title() {
    let page = rendered("# 退一赔三怎么分\n\n正文。\n\n## 步骤\n");
    assert_eq!(page.first_heading.as_deref(), Some("退一赔三怎么分"));
    assert_eq!(page.html, "<p>正文。</p>\n<h2 id=\"步骤\">步骤</h2>\n");
}

#[test]
fn several_first_headings_are_sections() {
    let page = rendered("# 一\n\n## 甲\n\n# 二\n");
    assert_eq!(outline(&page.toc), "2一#一(3甲#甲())2二#二()");
    assert_eq!(page.first_heading.as_deref(), Some("一"));
}

#[test]
fn the_plain_text_has_a_line_for_each_block() {
    let page = rendered("## 案例\n\n某超市\n被**投诉**，[见表](../a.md)。\n\n- 一\n- 二\n\n|甲|乙|\n|-|-|\n|1|2|\n");
    assert_eq!(page.plain, "案例\n某超市被投诉，见表。\n一\n二\n甲 乙\n1 2");
    assert_eq!(page.first_paragraph.as_deref(), Some("某超市被投诉，见表。"));
    assert_eq!(page.characters, 18);
}

#[test]
fn problems_stand_where_they_were_written() {
    let page = rendered(":::教师\n一\n:::\n\n＃标题\n\n看[这里](没有.md)。\r\n再看[[无]]\n");
    let places: Vec<_> = page.problems.iter().map(|p| (p.line, p.column, p.length)).collect();
    assert_eq!(places, [(5, 1, 3), (7, 2, 11), (8, 3, 5)]);
}

#[test]
fn fixed_words_are_not_part_of_the_text() {
    let source = ":::教师\n备注。\n:::\n\n:::练习\n判断：三日。\n答案：错\n解析：七日。\n:::\n\n> [!提示]\n> 先问。\n";
    assert_eq!(rendered(source).plain, "备注。\n三日。\n七日。\n先问。");
    assert_eq!(rendered(source).first_paragraph, None);
}

#[test]
fn the_fixed_words_speak_english_too() {
    let source = ":::teacher\nx\n:::\n\n:::quiz\ntrue or false: 1 = 1\nanswer: true\n:::\n\n> [!NOTE]\n> y\n";
    let page = render(source, &Library, &Options { lang: Lang::En });
    for words in ["Instructor's notes", "Self-check", "Show the answer", "Answer: True", "<li>False", "Note</p>"] {
        assert!(page.html.contains(words), "{words}\n{}", page.html);
    }
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(rendered(""), Rendered::default());
    assert_eq!(rendered("\n\n  \n"), Rendered::default());
}

/// `cargo test --release --test markdown -- --ignored --nocapture` says how long a
/// body of 10 KB takes.
#[test]
#[ignore = "measures"]
fn speed_of_a_body() {
    let lesson = "## 案例\n\n某超市把**过期食品**摆在货架上，被消费者投诉。**注意：**请先看《食品安全法》第一百四十八条，\n再看[[L22]]和[说明](../a.md)。\n\n- [x] 核对票据\n- [ ] 通知当事人\n\n|时间|事项|\n|-|-|\n|第一日|受理|\n\n> [!提示] 小窍门\n> 先问后查。\n\n1. 登记\n2. 调解\n\n";
    let source = lesson.repeat(10_240 / lesson.len());
    let rounds = 400;
    let started = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(rendered(&source));
    }
    println!("{} bytes: {:?} a body", source.len(), started.elapsed() / rounds);
}
