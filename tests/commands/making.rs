//! `init` and `new`: nothing is ever overwritten, and what they make is good.

use crate::support::command::{LESSON, Root, keys};

#[test]
fn init_makes_a_root_that_builds() {
    let root = Root::new(&[]);
    let ran = root.run(&["init", "材料库"]).expect(0);
    assert!(ran.err.contains("材料库") && ran.out.is_empty(), "{}", ran.err);
    assert!(root.path("材料库/content/site.yaml").exists() && root.path("材料库/content/units").is_dir());
    assert!(root.read("材料库/content/人员名册.csv").starts_with("\u{feff}编号,姓名,单位"));
    let checked = root.run(&["check", "-r", "材料库", "--format", "json"]).json();
    let codes: Vec<&str> =
        checked["diagnostics"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["E702"], "only that there is no lesson yet");
    root.run(&["build", "-r", "材料库"]).expect(0);
}

#[test]
fn init_never_overwrites() {
    let root = Root::new(&[("content/site.yaml", "站名: 我们的\n"), (".gitignore", "mine\n")]);
    root.run(&["init"]).expect(0);
    root.run(&["init", "--sample"]).expect(0);
    assert_eq!(root.read("content/site.yaml"), "站名: 我们的\n");
    assert_eq!(root.read(".gitignore"), "mine\n");
    let before = root.tree(".");
    let again = root.run(&["init", "--sample"]).expect(0);
    assert!(again.err.contains("新建 0 个文件"), "{}", again.err);
    assert_eq!(root.tree("."), before);
}

#[test]
fn the_sample_comes_out_of_the_binary_and_builds() {
    let root = Root::new(&[]);
    root.run(&["init", "库", "--sample"]).expect(0);
    let built = root.run(&["build", "-r", "库", "--format", "json"]).expect(0).json();
    assert_eq!((&built["errors"], &built["lessons"]), (&0.into(), &49.into()));
    root.run(&["check", "-r", "库"]).expect(0);
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/site.yaml");
    assert_eq!(root.read("库/content/site.yaml"), std::fs::read_to_string(repository).expect("the sample"));
}

#[test]
fn a_new_lesson_is_good_as_it_is() {
    for kind in ["lesson", "教案"] {
        let root = Root::new(&[]);
        root.write("content/site.yaml", b"as_of: 2025-12-31\n");
        let title = "广告法: \"九不准\" # 与 [案例]";
        root.run(&["new", kind, title, "--unit", "城东分局", "--year", "2025", "--instructor", "卫白露"]).expect(0);
        let path = "content/units/城东分局/2025/lessons/广告法 九不准 # 与 [案例].md";
        let text = root.read(path);
        assert!(text.contains("小教员: 卫白露") && text.contains("# 摘要:"), "{text}");
        let checked = root.run(&["check", "--all", "--format", "json"]).expect(0).json();
        assert_eq!((&checked["errors"], &checked["warnings"]), (&0.into(), &0.into()), "{checked}");
        let listed = root.run(&["list", "lessons", "--format", "json"]).expect(0).json();
        assert_eq!(
            (&listed["items"][0]["title"], &listed["items"][0]["instructor"]),
            (&title.into(), &"卫白露".into())
        );
        root.write(path, b"mine");
        root.run(&["new", kind, title, "--unit", "城东分局", "--year", "2025"]).expect(2);
        assert_eq!(root.read(path), "mine");
    }
}

#[test]
fn a_lesson_goes_to_the_only_unit_and_into_its_folder() {
    let root = Root::new(&[("content/units/chengdong/unit.yaml", "名称: 城东分局\n简称: 城东\n")]);
    root.run(&["new", "lesson", "夜巡", "--year", "2025"]).expect(0);
    root.run(&["new", "lesson", "晨巡", "--year", "2025", "--unit", "城东"]).expect(0);
    assert_eq!(root.tree("content/units/chengdong/2025/lessons").len(), 2);
    let ran = root.run(&["new", "lesson", "午巡", "--unit", "城冬分局"]).expect(2);
    assert!(ran.err.contains("是不是“城东分局”"), "{}", ran.err);
    root.write("content/units/zhuce/unit.yaml", "名称: 注册许可支部\n".as_bytes());
    let ran = root.run(&["new", "lesson", "午巡"]).expect(2);
    assert!(ran.err.contains("--unit") && ran.err.contains("注册许可支部"), "{}", ran.err);
}

#[test]
fn the_other_kinds_have_chinese_names_too() {
    for (kind, title, path) in [
        ("unit", "城西分局", "content/units/城西分局/unit.yaml"),
        ("单位", "城西分局", "content/units/城西分局/unit.yaml"),
        ("notice", "放假通知", "content/notices/放假通知.md"),
        ("通知", "放假通知", "content/notices/放假通知.md"),
        ("page", "联系我们", "content/联系我们.md"),
        ("页面", "联系我们", "content/联系我们.md"),
    ] {
        let root = Root::with_lesson();
        let made = root.run(&["new", kind, title, "--format", "json"]).expect(0);
        assert_eq!(keys(&made.json()), ["schema_version", "command", "files"], "{}", made.out);
        assert!(root.read(path).contains(title), "{}", root.read(path));
        let checked = root.run(&["check", "--all", "--format", "json"]).expect(0).json();
        assert_eq!((&checked["errors"], &checked["warnings"]), (&0.into(), &0.into()), "{checked}");
        root.run(&["build"]).expect(0);
        let home: String =
            root.tree("public").into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
        assert!(home.contains(title), "{title} is on no page");
        root.run(&["new", kind, title]).expect(2);
    }
}

#[test]
fn the_tables_of_a_year_are_readable_and_their_examples_count_for_nothing() {
    for kind in ["year", "年度"] {
        let root = Root::with_lesson();
        root.write("content/site.yaml", b"as_of: 2025-12-31\n");
        root.write("content/people.csv", "姓名,单位,出生年月\n王五,城东分局,1980-01\n".as_bytes());
        let figures = |root: &Root| {
            let checked = root.run(&["check", "--all", "--format", "json"]).expect(0).json();
            let units = root.run(&["list", "units", "--format", "json"]).expect(0).json();
            (checked["errors"].clone(), units["items"].clone())
        };
        let before = figures(&root);
        root.run(&["new", kind, "2025", "--unit", "城东分局"]).expect(0);
        let folder = "content/units/城东分局/2025/";
        for table in ["选学菜单", "选学汇总", "申报汇总", "教学计划", "满意度测评"] {
            let text = root.read(&format!("{folder}{table}.csv"));
            let rows: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
            assert!(text.starts_with('\u{feff}') && rows.len() == 3 && rows[1].contains("示例"), "{text:?}");
            assert_eq!(rows[0].split(',').count(), rows[1].split(',').count(), "{text}");
        }
        assert_eq!(figures(&root), before);
        root.run(&["build"]).expect(0);
        let pages: String = root
            .tree("public")
            .into_iter()
            .filter(|(name, _)| name.starts_with("units/") || name.starts_with("plans/"))
            .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        assert!(!pages.contains("张三") && !pages.contains("退一赔三与退一赔十怎么分"), "an example is on a page");
        root.write(&format!("{folder}教学计划.csv"), b"mine");
        let again = root.run(&["new", kind, "2025", "--unit", "城东分局"]).expect(2);
        assert!(again.err.contains("已经有了"), "{}", again.err);
        assert_eq!(root.read(&format!("{folder}教学计划.csv")), "mine");
    }
}

#[test]
fn a_row_typed_under_the_example_counts() {
    let root = Root::with_lesson();
    root.write("content/site.yaml", b"as_of: 2025-12-31\n");
    root.run(&["new", "year", "2025", "--unit", "城东分局"]).expect(0);
    let path = "content/units/城东分局/2025/教学计划.csv";
    let table = root.read(path);
    let columns: Vec<&str> =
        table.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().split(',').collect();
    let cell = |column: &&str| match *column {
        "月份" => "5",
        "课题" => "夜间巡查小窍门",
        "完成日期" => "2025-05-09",
        "小教员" => "王五",
        _ => "",
    };
    let row = columns.iter().map(cell).collect::<Vec<_>>().join(",");
    root.write(path, format!("{table}{row}\r\n").as_bytes());
    let units = root.run(&["list", "units", "--format", "json"]).expect(0).json();
    assert_eq!(units["items"][0]["sessions"], "1");
    assert!(root.path(LESSON).exists());
}

#[test]
fn a_year_that_the_reader_would_pass_over_is_refused() {
    let root = Root::with_lesson();
    for arguments in [["new", "year", "99999"], ["new", "lesson", "夜巡"]] {
        let ran = root.run(&[&arguments[..], &["--unit", "城东分局", "--year", "12"]].concat()).expect(2);
        assert!(ran.err.contains("四位数"), "{}", ran.err);
    }
    assert_eq!(root.tree("content").len(), 1);
}

#[test]
fn a_title_longer_than_a_file_name_may_be_is_kept_in_the_file() {
    let root = Root::with_lesson();
    let title = "长".repeat(120);
    root.run(&["new", "lesson", &title, "--unit", "城东分局", "--year", "2025"]).expect(0);
    let listed = root.run(&["list", "lessons"]).expect(0).out;
    assert!(listed.contains(&title), "{listed}");
    root.run(&["build"]).expect(0);
}

#[test]
fn init_says_in_json_what_it_made() {
    let root = Root::new(&[]);
    let made = root.run(&["init", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&made), ["schema_version", "command", "folder", "written", "kept"]);
    assert_eq!((&made["written"], &made["kept"]), (&3.into(), &0.into()));
}

#[test]
fn a_table_that_is_there_under_its_english_name_is_not_made_again() {
    let root = Root::new(&[]);
    let folder = "content/units/城东分局/2025年/";
    root.write(&format!("{folder}plan.csv"), "月份,课题\n3,夜巡\n".as_bytes());
    root.run(&["new", "year", "2025", "--unit", "城东分局"]).expect(0);
    let checked = root.run(&["check", "--all", "--format", "json"]).json();
    let codes: Vec<&str> =
        checked["diagnostics"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
    assert!(!codes.contains(&"E118"), "{codes:?}");
    assert!(!root.tree("content/units/城东分局").keys().any(|name| name.ends_with("教学计划.csv")));
}

#[test]
fn a_unit_is_made_once_whatever_its_folder_is_called() {
    let root = Root::new(&[("content/units/chengdong/unit.yaml", "名称: 城东分局\n简称: 城东\n")]);
    let before = root.tree("content");
    for name in ["城东分局", "城东", "chengdong", "../x", "甲/乙"] {
        let ran = root.run(&["new", "unit", name]).expect(2);
        assert!(ran.err.contains("城东分局") || ran.err.contains("名称"), "{name}: {}", ran.err);
    }
    for name in ["城东分局网格", "东分局", "../x", "a\\b", "城东分居"] {
        let ran = root.run(&["new", "lesson", "夜巡", "--year", "2025", "--unit", name]).expect(2);
        assert!(ran.err.contains("“城东分局”") || ran.err.contains("名称"), "{name}: {}", ran.err);
    }
    assert_eq!(root.tree("content"), before);
}

#[test]
fn years_are_written_as_people_write_them() {
    let root = Root::with_lesson();
    for year in ["2026年", "２０２６", "2026年度"] {
        root.run(&["new", "lesson", &format!("夜巡{year}"), "--unit", "城东分局", "--year", year]).expect(0);
    }
    assert_eq!(root.tree("content/units/城东分局/2026/lessons").len(), 3);
    for year in ["26", "1925", "明年", "25年"] {
        let lesson = root.run(&["new", "lesson", "甲", "--unit", "城东分局", "--year", year]).expect(2);
        let table = root.run(&["new", "year", year, "--unit", "城东分局"]).expect(2);
        for ran in [lesson, table] {
            assert!(ran.err.contains("四位数") && !ran.err.contains("invalid"), "{}", ran.err);
        }
    }
}

#[test]
fn a_page_of_a_unit_lies_with_the_unit() {
    let root = Root::with_lesson();
    root.run(&["new", "page", "能力标准", "--unit", "城东分局"]).expect(0);
    assert!(root.path("content/units/城东分局/能力标准.md").exists());
}

#[test]
fn a_hint_of_a_template_is_never_a_value() {
    let root = Root::with_lesson();
    root.run(&["new", "lesson", "夜巡", "--unit", "城东分局", "--year", "2025"]).expect(0);
    let path = "content/units/城东分局/2025/lessons/夜巡.md";
    let text = root.read(path);
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_start_matches("# ").to_owned()).collect();
    let at = lines.iter().position(|line| line.starts_with("教学目标:")).expect("the key is there");
    lines.insert(at + 1, "- 目标一".to_owned());
    lines.retain(|line| !line.starts_with("下面各栏"));
    root.write(path, lines.join("\n").as_bytes());
    let checked = root.run(&["check", "--all", "--format", "json"]).expect(0).json();
    let said = checked["diagnostics"].as_array().into_iter().flatten();
    assert_eq!(said.filter(|one| one["file"] == path).count(), 0, "{checked}");
}
