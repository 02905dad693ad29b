//! `import`: shown first, written when told to, and nothing is ever overwritten.

use crate::support::command::Root;

const HOME: &str = "content/units/城东分局/2025/lessons";

/// A root with a unit, and files beside it as they came by mail.
fn mailed(files: &[(&str, &str)]) -> Root {
    let root = Root::new(&[]);
    root.write("content/units/城东分局/unit.yaml", "名称: 城东分局\n".as_bytes());
    root.write("content/人员名册.csv", "姓名,单位,出生年月\n张某,城东分局,1990-01\n".as_bytes());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courseware/files");
    for (name, original) in files {
        root.write(name, &std::fs::read(folder.join(original)).expect("a file"));
    }
    root
}

const PLAN: (&str, &str) = ("来信/送达回证.docx", "plan-in-a-table-by-python-docx.docx");

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let root = mailed(&[PLAN]);
    let before = root.tree("content");
    let ran = root.run(&["import", PLAN.0, "--unit", "城东分局", "--year", "2025"]).expect(0);
    for text in ["送达回证/index.md", "小教员：张某", "教学目标：2 条", "1 张图片", "加 --write"] {
        assert!(ran.err.contains(text), "{text}: {}", ran.err);
    }
    assert!(ran.out.is_empty());
    assert_eq!(root.tree("content"), before);
}

#[test]
fn what_is_written_is_a_good_lesson_with_its_original() {
    let root = mailed(&[PLAN]);
    root.run(&["import", PLAN.0, "--unit", "城东分局", "--year", "2025", "--write"]).expect(0);
    let text = root.read(&format!("{HOME}/送达回证/index.md"));
    assert!(text.starts_with("---\n标题: 送达回证怎么填\n小教员: 张某\n"), "{text}");
    assert!(root.path(&format!("{HOME}/送达回证/图1.png")).exists());
    let original = std::fs::read(root.path(PLAN.0)).expect("the original");
    assert_eq!(std::fs::read(root.path(&format!("{HOME}/送达回证/送达回证.docx"))).expect("a copy"), original);
    let checked = root.run(&["check", "--format", "json", "--as-of", "2025-03-01"]).expect(0).json();
    assert_eq!(checked["errors"], 0, "{checked}");
    let listed = root.run(&["list", "lessons", "--format", "json"]).expect(0).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "the original is no lesson of its own");
}

#[test]
fn nothing_is_overwritten() {
    let root = mailed(&[PLAN]);
    let import = ["import", PLAN.0, "--unit", "城东分局", "--year", "2025", "--write"];
    root.run(&import).expect(0);
    let before = root.tree("content");
    let again = root.run(&import).expect(1);
    assert!(again.err.contains("已经有") && again.err.contains("没有动它"), "{}", again.err);
    assert_eq!(root.tree("content"), before);
}

#[test]
fn a_lone_file_of_the_library_stays_where_it_is() {
    let lone = format!("{HOME}/送达回证.docx");
    let root = mailed(&[(&lone, PLAN.1)]);
    root.run(&["import", &lone, "--year", "2025", "--write"]).expect(0);
    assert!(root.read(&format!("{HOME}/送达回证/index.md")).contains("附件: \"../送达回证.docx\""));
    let listed = root.run(&["list", "lessons", "--format", "json"]).expect(0).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    let plain = format!("{HOME}/先行登记.docx");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courseware/files");
    root.write(&plain, &std::fs::read(folder.join("paper-by-libreoffice.docx")).expect("a file"));
    root.run(&["import", &plain, "--year", "2025", "--write"]).expect(0);
    assert!(root.read(&format!("{HOME}/先行登记.md")).contains("[^1]: 见《行政处罚法》第五十六条。"));
}

#[test]
fn one_bad_file_does_not_hold_up_the_others() {
    let files = [PLAN, ("来信/旧.pdf", "pages-by-reportlab.pdf"), ("来信/锁.docx", "locked-paper-by-msoffcrypto.docx")];
    let root = mailed(&files);
    let names = files.map(|(name, _)| name);
    let arguments =
        [&["import"], &names[..], &["来信/没有.docx", "--year", "2025", "--write", "--format", "json"]].concat();
    let ran = root.run(&arguments).expect(1).json();
    let files = ran["files"].as_array().expect("files");
    assert_eq!((ran["schema_version"].as_i64(), ran["command"].as_str(), files.len()), (Some(1), Some("import"), 4));
    assert_eq!(files[0]["title"], "送达回证怎么填");
    for (at, reason) in [(1, "PDF"), (2, "密码"), (3, "读不了")] {
        assert!(files[at]["error"].as_str().is_some_and(|error| error.contains(reason)), "{}", files[at]);
    }
    assert!(root.path(&format!("{HOME}/送达回证/index.md")).exists());
}

#[test]
fn a_day_of_another_year_is_told() {
    let root = mailed(&[PLAN]);
    let ran = root.run(&["import", PLAN.0, "--year", "2024"]).expect(0);
    assert!(ran.err.contains("授课日期是 2025-03-14，和 --year 2024 不是同一年"), "{}", ran.err);
}
