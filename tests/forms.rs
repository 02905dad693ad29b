//! The forms: what the pages save is what `collect` reads, every form has its paper,
//! and what the data fill holds nothing that is not public.

mod support;

use std::path::Path;

use jiangtai::config::Flags;
use jiangtai::records::{BALLOT, COURSE_APPLICATION, Exchange, SELECTION, TOPIC_APPLICATION};
use support::{Site, build, html};

fn sample() -> Site {
    support::build_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &Flags::default())
}

fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_form_on_screen_asks_for_every_column_that_it_saves() {
    let site = sample();
    let forms: [(&str, Exchange, &[&str]); 5] = [
        ("units/chengdong/2026/choose.html", SELECTION, &[]),
        ("forms/course-application.html", COURSE_APPLICATION, &["来源"]),
        ("forms/topic-application.html", TOPIC_APPLICATION, &[]),
        ("forms/ballot.html", BALLOT, &[]),
        ("units/chengdong/2025/forms/ballot.html", BALLOT, &[]),
    ];
    for (path, exchange, left_out) in forms {
        let page = site.page(path);
        assert_eq!(values(page, "data-columns"), [exchange.columns.join(",")], "{path}");
        assert_eq!(values(page, "data-file"), [exchange.file_pattern()], "{path}");
        let mut asked = values(page, "data-column");
        asked.extend(values(page, "data-radio"));
        for column in exchange.columns.iter().filter(|column| !left_out.contains(column)) {
            assert!(asked.contains(column), "{path} does not ask for {column}");
        }
        for column in asked {
            assert!(exchange.columns.contains(&column), "{path} asks for {column} and drops it");
        }
        assert!(page.contains("<noscript>"), "{path} says what to do without scripts");
        for id in values(page, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(page.contains(&format!("id=\"{id}\"")), "{path}: {id} describes a field and is not there");
        }
    }
    assert!(!site.files.contains_key("units/chengdong/2025/choose.html"), "that year has no menu");
}

#[test]
fn every_form_is_reached_and_has_its_paper() {
    let site = sample();
    let index = site.page("forms/index.html");
    for form in [
        "menu",
        "selection",
        "course-application",
        "topic-application",
        "plan",
        "satisfaction",
        "ballot-summary",
        "sign-in",
        "lesson",
        "pacesetter",
        "unit-summary",
    ] {
        let path = format!("forms/{form}.html");
        assert!(site.files.contains_key(&path) && index.contains(&format!("../{path}\"")), "{path}");
        assert!(site.page(&path).contains("data-print"), "{path}");
    }
    assert_eq!(site.page("forms/satisfaction.html").matches("class=\"slip\"").count(), 8);
    let year = site.page("units/chengdong/2026/index.html");
    assert!(year.contains("units/chengdong/2026/choose.html\"") && year.contains("2026/forms/ballot.html\""));
    let broken = html::broken_links(&site.files);
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_plan_on_paper_has_its_columns_and_rows() {
    let site = sample();
    let page = site.page("units/chengdong/2025/forms/plan.html");
    let heads: Vec<&str> =
        page.split("<th scope=\"col\"").skip(1).filter_map(|rest| rest.split('>').nth(1)?.split('<').next()).collect();
    assert_eq!(
        heads,
        ["序号", "月份", "课题", "小教员", "类型", "形式", "地点", "授课对象", "完成日期", "满意率", "教案", "备注"]
    );
    assert!(page.contains("<td>先行登记保存七日怎么走</td>") && page.contains("<td>2025-02-21</td>"), "{page}");
    assert!(site.page("units/chengdong/2025/forms/sign-in.html").contains("<td>卫白露</td>"));
}

#[test]
fn few_ballots_are_not_told() {
    let library = |votes: &str| {
        let plan = "月份,课题,小教员,完成日期,实到\n3,夜巡,甲,2025-03-06,9\n";
        let ballots = format!("完成日期,课题,很满意,满意,基本满意,不满意\n2025-03-06,夜巡,{votes}\n");
        let file = |name: &str, text: &str| (format!("content/units/城东分局/2025/{name}"), text.as_bytes().to_vec());
        build(&[file("plan.csv", plan), file("evaluations.csv", &ballots)], "2025-12-31")
    };
    let folder = "units/cheng-dong-fen-ju/2025/forms";
    for form in ["plan", "ballot-summary", "unit-summary"] {
        let path = format!("{folder}/{form}.html");
        assert!(library("5,0,0,0").page(&path).contains("100.0%"), "{path}");
    }
    let few = library("4,0,0,0");
    for form in ["plan", "ballot-summary"] {
        assert!(!few.page(&format!("{folder}/{form}.html")).contains("100.0%"), "{form}");
    }
    assert!(!few.page(&format!("{folder}/unit-summary.html")).contains("（4/4）"));
    let below = library("7,0,2,0");
    assert!(
        !below.page(&format!("{folder}/plan.html")).contains("77.8%"),
        "whose lesson is below the line is not told"
    );
}
