//! `archive`: a unit's year as one file.

use std::collections::BTreeSet;
use std::fs;

use crate::{column, holds_none, private, rows, sample, unzipped};

#[test]
fn an_archive_holds_the_year_and_its_links_lead_somewhere() {
    let root = sample();
    root.run(&["archive", "开发区分局", "2025", "-o", "a.zip"]).expect(0);
    let files = unzipped(&fs::read(root.path("a.zip")).expect("the archive"));
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let top = "开发区分局-2025/";
    assert!(names.iter().all(|name| name.starts_with(top)), "{names:?}");
    for name in ["index.html", "年度总结.html", "教学计划.csv", "满意度测评.csv", "荣誉.csv"] {
        assert!(names.contains(format!("{top}{name}").as_str()), "{name} in {names:?}");
    }
    let written = fs::read_dir(root.path("content/units/kaifaqu/2025/lessons")).expect("lessons").count();
    assert_eq!(names.iter().filter(|name| name.starts_with(&format!("{top}原文/lessons/"))).count(), written);
    for (page, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        assert!(!text.contains("<script") && !text.contains("<link"), "{page} stands by itself");
        for href in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let local = !href.starts_with('#') && !href.starts_with("http") && !href.starts_with("mailto");
            if local {
                let target = resolved(page, href.split('#').next().unwrap_or(href));
                assert!(names.contains(target.as_str()), "{page} links to {target}");
            }
        }
    }
}

fn resolved(page: &str, href: &str) -> String {
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    parts.pop();
    let href = percent_encoding::percent_decode_str(href).decode_utf8_lossy();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part.to_owned()),
        }
    }
    parts.join("/")
}

#[test]
fn the_evaluation_is_in_numbers_and_nothing_private_is_packed() {
    let root = sample();
    let private = private(&root);
    for unit in ["chengxi", "shangguang", "kaifaqu", "hubin"] {
        let file = format!("{unit}.zip");
        root.run(&["archive", unit, "2025", "-o", &file]).expect(0);
        let files = unzipped(&fs::read(root.path(&file)).expect("the archive"));
        let tables: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".csv")).collect();
        assert_eq!(tables.len(), 3);
        for (name, text) in tables {
            holds_none(name, &rows(text.as_bytes())[0].join(","), &private);
        }
        let births: Vec<String> = private.iter().filter(|piece| piece.contains('-')).cloned().collect();
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let cell = |birth: &String| text.contains(&format!("<td>{birth}</td>"));
            assert!(!births.iter().any(cell), "{name}");
        }
        assert!(!files.iter().any(|(name, _)| name.contains("trainees") || name.contains("学员")), "{unit}");
        let evaluation = files.iter().find(|(name, _)| name.ends_with("满意度测评.csv")).expect("the evaluation");
        let read = rows(evaluation.1.as_bytes());
        assert!(!read[0].iter().any(|head| head.contains("意见") || head.contains("小教员")), "{:?}", read[0]);
        assert!(column(&read, "有效票").iter().any(|count| !count.is_empty()));
    }
}

#[test]
fn an_archive_is_the_same_each_time_and_never_replaces_a_file() {
    let root = sample();
    root.run(&["archive", "城东分局", "2025"]).expect(0);
    root.run(&["archive", "城东分局", "2025", "-o", "again.zip", "--as-of", "2025-12-31"]).expect(0);
    let first = fs::read(root.path("城东分局-2025.zip")).expect("the archive");
    assert_eq!(first, fs::read(root.path("again.zip")).expect("the archive"));
    let refused = root.run(&["archive", "城东分局", "2025"]).expect(2);
    assert!(refused.err.contains("已经有了"), "{}", refused.err);
    assert_eq!(first, fs::read(root.path("城东分局-2025.zip")).expect("the archive"));
    let none = root.run(&["archive", "城东分局", "2019"]).expect(2);
    assert!(none.err.contains("没有 2019 年的材料"), "{}", none.err);
}

/// A draft and what is not to be published stay at home.
#[test]
fn what_is_kept_back_is_not_packed() {
    let root = sample();
    let folder = "content/units/chengdong/2025/lessons";
    root.write(
        &format!("{folder}/内部讨论稿.md"),
        "---\n标题: 内部讨论稿\n公开范围: 不发布\n---\n\n正文。\n".as_bytes(),
    );
    root.write(&format!("{folder}/半成品.md"), "---\n标题: 半成品\n草稿: 是\n---\n\n正文。\n".as_bytes());
    root.run(&["archive", "城东分局", "2025", "-o", "a.zip"]).expect(0);
    let files = unzipped(&fs::read(root.path("a.zip")).expect("the archive"));
    let told = |word: &str| files.iter().any(|(name, text)| name.contains(word) || text.contains(word));
    assert!(!told("内部讨论稿") && !told("半成品") && told("退一赔三"));
}
