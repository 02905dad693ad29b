//! `check` and `check --fix`.

use encoding_rs::GB18030;

use crate::support::command::{LESSON, Ran, Root};

const CHENGXI: &str = "content/units/chengxi/2025/lessons/夜巡.md";

/// Two units, each with an error of its own.
fn two_units() -> Root {
    let root = Root::new(&[
        (LESSON, "---\n标题: 夜巡\n授课日期: 上个月\n---\n正文\n"),
        (CHENGXI, "---\n标题: 夜巡二\n授课日期: 2025-02-30\n---\n正文\n"),
        ("content/units/chengxi/unit.yaml", "名称: 城西分局\n简称: 城西\n"),
    ]);
    root.write("content/docs/说明.md", b"---\ndate: 2025-13-01\n---\n");
    root
}

fn files(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let problems = json["diagnostics"].as_array().expect("a list");
    problems.iter().map(|problem| problem["file"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn everything_is_told_at_once() {
    let ran = two_units().run(&["check", "--format", "json"]).expect(1);
    assert_eq!(files(&ran), ["content/docs/说明.md", CHENGXI, LESSON]);
}

#[test]
fn a_path_a_folder_or_a_unit_may_be_asked_for() {
    let root = two_units();
    for (asked, found) in [
        (LESSON, LESSON),
        ("units/城东分局", LESSON),
        ("content/units/城东分局/", LESSON),
        ("./content/units/城东分局", LESSON),
        ("城东分局", LESSON),
        ("城西分局", CHENGXI),
        ("城西", CHENGXI),
        ("chengxi", CHENGXI),
        ("docs", "content/docs/说明.md"),
    ] {
        let ran = root.run(&["check", asked, "--format", "json"]).expect(1);
        assert_eq!(files(&ran), [found], "{asked}");
    }
    let both = root.run(&["check", "城东分局", "chengxi", "--format", "json"]).expect(1);
    assert_eq!(files(&both).len(), 2);
    root.write("content/units/zhuce/2025/lessons/好.md", "---\n标题: 好\n---\n正文\n".as_bytes());
    root.run(&["check", "zhuce"]).expect(0);
}

#[test]
fn what_is_asked_for_but_not_there_is_said() {
    let ran = two_units().run(&["check", "城冬分局"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("城冬分局"), "{}", ran.err);
}

#[test]
fn hints_are_shown_on_request() {
    let root = Root::new(&[(LESSON, "正文\n")]);
    let quiet = root.run(&["check", "--format", "json"]).expect(0).json();
    assert_eq!((quiet["hints"].as_u64(), quiet["diagnostics"].as_array().map(Vec::len)), (Some(1), Some(0)));
    let all = root.run(&["check", "--all", "--format", "json"]).expect(0).json();
    assert_eq!((&all["diagnostics"][0]["code"], &all["diagnostics"][0]["severity"]), (&"W109".into(), &"hint".into()));
    assert!(root.run(&["check"]).err.contains("--all"));
    assert!(root.run(&["check", "--all"]).err.contains("W109"));
}

#[test]
fn fix_mends_encoding_colons_and_tabs_and_keeps_the_file_as_it_was() {
    let root = Root::new(&[]);
    let written = "---\r\n标题：夜间巡查小窍门\r\n教学目标：\r\n\t- 会看灯\r\n---\r\n\r\n注意：先看灯\t再看门。\r\n";
    let bytes = GB18030.encode(written).0.into_owned();
    root.write(LESSON, &bytes);
    root.write("content/people.csv", &GB18030.encode("姓名,单位\r\n张三,城东分局\r\n").0);
    let ran = root.run(&["check", "--fix"]).expect(0);
    assert!(ran.err.contains("已改好") && ran.err.contains(".bak"), "{}", ran.err);
    let mended = root.read(LESSON);
    assert!(mended.contains("标题: 夜间巡查小窍门\r\n") && mended.contains("  - 会看灯\r\n"), "{mended:?}");
    assert!(mended.contains("注意：先看灯\t再看门。\r\n"), "the body is the writer's: {mended:?}");
    assert_eq!(root.tree("content/units/城东分局/2025/lessons").get("夜间巡查小窍门.md.bak"), Some(&bytes));
    assert!(
        root.read("content/people.csv").starts_with("\u{feff}姓名,单位\r\n张三"),
        "a table keeps the mark that Excel wants"
    );
    let again = root.run(&["check", "--fix", "--format", "json"]).expect(0).json();
    assert_eq!((&again["warnings"], again.get("fixed")), (&0.into(), None), "{again}");
}

#[test]
fn fix_says_in_json_what_it_mended() {
    let root = Root::new(&[(LESSON, "---\n标题：夜巡\n---\n正文\n")]);
    let fixed = root.run(&["check", "--fix", "--format", "json"]).expect(0).json();
    assert_eq!(fixed["fixed"], serde_json::json!([LESSON]));
}

#[test]
fn fix_never_writes_over_an_older_backup() {
    let root = Root::new(&[(LESSON, "---\n标题：夜巡\n---\n")]);
    let backup = format!("{LESSON}.bak");
    root.write(&backup, "最早的样子".as_bytes());
    root.run(&["check", "--fix"]).expect(0);
    assert_eq!(root.read(&backup), "最早的样子");
    let folder = root.tree("content/units/城东分局/2025/lessons");
    let kept = folder.values().filter(|bytes| bytes.as_slice() == "---\n标题：夜巡\n---\n".as_bytes()).count();
    assert_eq!(kept, 1, "{:?}", folder.keys());
}

#[test]
fn fix_changes_neither_meaning_nor_good_files() {
    let good = "---\n标题: \"广告法：九不准\"\n摘要: |\n  第一条：看\n  第二条：问\n---\n\n正文：有冒号\n";
    let root = Root::new(&[(LESSON, good)]);
    root.run(&["check", "--fix"]).expect(0);
    assert_eq!(root.read(LESSON), good);
    assert_eq!(root.tree("content").len(), 1);
    let odd = Root::new(&[(LESSON, "---\n标题：一：二\n小教员：张三、李四\n随便：什么\n---\n正文\n")]);
    odd.run(&["build", "-o", "before"]).expect(0);
    odd.run(&["check", "--fix"]).expect(0);
    odd.run(&["build", "-o", "after"]).expect(0);
    assert!(odd.tree("before") == odd.tree("after"), "{}", odd.read(LESSON));
}

#[test]
fn fix_keeps_to_what_was_asked_for() {
    let root = two_units();
    let wide = "---\n标题：夜巡\n---\n";
    root.write(LESSON, wide.as_bytes());
    root.write(CHENGXI, wide.as_bytes());
    root.run(&["check", "--fix", "城西分局"]).expect(0);
    assert_eq!(root.read(LESSON), wide);
    assert_eq!(root.read(CHENGXI), "---\n标题: 夜巡\n---\n");
}

#[test]
fn what_cannot_be_read_is_said_and_left_alone() {
    let root = Root::with_lesson();
    let noise = b"\xff\xff\xfe\x00\x01\x80";
    root.write(CHENGXI, noise);
    let ran = root.run(&["check", "--fix", "--format", "json"]).expect(1);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "E101");
    assert_eq!(
        root.tree("content/units/chengxi/2025/lessons").get("夜巡.md").map(Vec::as_slice),
        Some(noise.as_slice())
    );
}

#[test]
fn numbers_of_people_are_masked_in_what_is_printed() {
    let root = Root::new(&[(LESSON, "---\n标题: 夜巡\n---\n\n联系张某 13800138000，证号 11010519491231002X。\n")]);
    for format in ["human", "json"] {
        let ran = root.run(&["check", "--format", format]);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("W602") && said.contains("W603"), "{said}");
        assert!(!said.contains("13800138000") && !said.contains("19491231"), "{said}");
    }
}

#[test]
fn a_wrong_filter_never_says_that_all_is_well() {
    let root = two_units();
    root.write("content/units/chengxi/2025/plan.csv", "月份,课题\n3,夜巡\n".as_bytes());
    root.write("别处/甲.md", b"");
    for (asked, near) in [
        ("城西分居", "“城西分局”"),
        ("units/城西分居", "“城西分局”"),
        ("no/such/path", "找不到"),
        ("plam.csv", "units/chengxi/2025/plan.csv”"),
        ("别处", "找不到"),
    ] {
        for more in [&[][..], &["--strict"], &["--format", "json"]] {
            let ran = root.run(&[&["check", asked], more].concat());
            assert_eq!(ran.code, 2, "{asked}: {}", ran.err);
            assert!(ran.err.contains(near), "{asked}: {}", ran.err);
        }
    }
}
