//! What never leaves the office (DOMAIN.md 3.7), looked for in every file of the sample
//! site; and what the pages of honours do say: each honour with its evidence.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiangtai::config::Flags;
use jiangtai::ledger::{self, Eligibility, Ledger};
use jiangtai::model::Mark;
use support::{File, Site, build, build_folder, html};

#[test]
fn no_line_tells_a_month_of_birth_beside_a_name() {
    let births = site().library.people.iter().filter_map(|person| Some((person, person.birth?)));
    let mut checked = 0;
    for (person, birth) in births {
        let (year, month) = (birth.year, birth.month);
        let ways = [format!("{year}-{month:02}"), format!("{year}/{month}"), format!("{year}年{month}月")];
        for (page, line) in lines_naming(&person.name) {
            let told = ways.iter().find(|way| line.contains(way.as_str()));
            assert_eq!(told, None, "{page}: {line}");
        }
        checked += 1;
    }
    assert!(checked > 90, "{checked}");
}

#[test]
fn no_mark_and_no_composite_is_told() {
    let ledger = ledger();
    let candidates = &ledger.candidates[&2025];
    assert_eq!(candidates.len(), 6);
    for candidate in candidates {
        let name = &site().library.person(candidate.person).name;
        let points = [candidate.composite, candidate.exam, candidate.duty].map(ledger::Points::shown);
        for points in &points {
            assert_nowhere(&format!("{points}分"));
            assert_nowhere(&format!("{points} 分"));
            for (page, line) in lines_naming(name) {
                assert!(!figures(&line).contains(points), "{page}: {points} stands beside {name}: {line}");
            }
        }
        // What has two decimals can be nothing else.
        for points in
            points.iter().filter(|points| points.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2))
        {
            assert_nowhere(points);
        }
    }
    let exams = site().library.exams.iter().filter(|exam| exam.marks.iter().any(|mark| matches!(mark, Mark::Score(_))));
    assert!(exams.count() >= 6, "there are marks to be kept");
}

#[test]
fn no_verdict_on_conduct_stands_beside_a_name() {
    let failed: Vec<_> = site().library.trainees.iter().filter(|trainee| trainee.conduct_ok == Some(false)).collect();
    assert_eq!(failed.len(), 1);
    for trainee in failed {
        for (page, line) in lines_naming(&trainee.written_name.value) {
            for word in ["不合格", "作风", "否决", "标兵"] {
                assert!(!line.contains(word), "{page}: {line}");
            }
        }
    }
    for page in site().files.keys().filter(|page| page.starts_with("honors/") || page.starts_with("assessment/")) {
        assert!(!site().page(page).contains("不合格"), "{page}");
    }
}

#[test]
fn nobody_below_the_line_is_known_by_the_pages_of_honours() {
    let below = below(2025);
    assert_eq!(below.len(), 2);
    let public = ["honors/", "courseware/", "assessment/", "statistics/"];
    for (name, rate) in &below {
        assert_nowhere(rate);
        for (page, line) in lines_naming(name) {
            for word in ["未达线", "未达到", "不能评", "没有达到", "资格审核"] {
                assert!(!line.contains(word), "{page}: {line}");
            }
            assert!(!page.starts_with("honors/") && !page.starts_with("courseware/"), "{page} names {name}");
        }
    }
    let year = html::text(site().page("honors/2025.html"));
    assert!(year.contains("未达线2人"), "the number is told");
    assert!(public.iter().all(|folder| site().files.keys().any(|page| page.starts_with(folder))));
}

#[test]
fn a_name_that_does_not_pass_the_check_is_left_out_and_counted() {
    let mut files = sample_texts();
    let list = files.iter_mut().find(|(path, _)| path == "content/awards/2025.yaml").expect("the list of 2025");
    let text = String::from_utf8(list.1.clone()).expect("UTF-8");
    let more = "优秀教员:\n  - 姓名: 杨芒种\n    单位: 城西分局\n    理由: 推荐时写的理由。\n";
    list.1 = text.replacen("优秀教员:\n", more, 1).into_bytes();
    let site = build(&files, "2025-12-31");
    for page in site.files.keys().filter(|page| page.starts_with("honors/")) {
        let text = site.page(page);
        assert!(!text.contains("杨芒种") && !text.contains("推荐时写的理由"), "{page}");
    }
    let year = html::text(site.page("honors/2025.html"));
    assert!(year.contains("资格审核未通过1人"), "{year}");
    assert!(year.contains("满意率 95.9%（47/49 票）≥ 80%"), "the others keep their honours");
}

#[test]
fn honours_carry_their_evidence() {
    let year = html::text(site().page("honors/2025.html"));
    for text in [
        "满意率 95.9%（47/49 票）≥ 80%",
        "满意率 94.4%（17/18 票）≥ 80%",
        "满意率 95.8%（23/24 票）≥ 80%",
        "满意率 93.8%（15/16 票）≥ 80%",
        "满意率 92.9%（13/14 票）≥ 80%",
        "连续3年（2023、2024、2025）评为年度优秀教员",
        "作者沈惊蛰是2025年度优秀教员",
        "互动教学应到12次、实到12次，主讲2次",
        "content/units/chengdong/2025/evaluations.csv:",
        "content/awards/2023.yaml:",
    ] {
        assert!(year.contains(text), "{text}");
    }
    let earlier = html::text(site().page("honors/2023.html"));
    assert!(earlier.contains("满意率 95.0%（19/20 票）≥ 80%"), "施霜降 in the unit before the transfer");
    let models = html::text(site().page("honors/model-instructor.html"));
    assert!(models.contains("沈惊蛰") && models.contains("施霜降") && !models.contains("卫白露"));
}

#[test]
fn pages_of_people_tell_the_row_of_years() {
    let told = |name: &str| {
        let id = (0..site().library.people.len()).find(|at| site().library.people[*at].name == name).expect("a person");
        let person = format!("<h1>{}</h1>", site().library.people[id].name);
        let page = site().texts().find(|(page, text)| page.starts_with("people/") && text.contains(&person));
        html::text(page.expect("a page").1)
    };
    assert!(told("许小满").contains("再有一年即满三年"));
    assert!(told("沈惊蛰").contains("连续3年评为年度优秀教员"));
    assert!(told("卫白露").contains("2025年评为年度优秀教员，再有两年即满三年"));
    assert!(!told("曹立秋").contains("即满三年"), "the row of 2024 is over");
}

#[test]
fn the_assessment_prints_its_five_parts_and_their_sources() {
    let page = html::text(site().page("assessment/2025.html"));
    for text in ["13.65", "272/299", "11.54", "10/13", "95.2", "都在 content/units/chengdong/2025", "plan.csv:2"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!site().files.contains_key("assessment/2026.html"), "nothing of 2026 is due");
    let open = html::text(site().page("units/chengdong/2026/index.html"));
    for (topic, votes) in [("新投诉举报处理办法怎么用", "18票"), ("直播带货取证", "15票"), ("信用修复怎么指导", "11票")]
    {
        assert!(open.contains(topic) && open.contains(votes), "{topic}");
    }
}

/// The people below the line of a year, with their rate as it would be printed.
fn below(year: i32) -> Vec<(String, String)> {
    let of_year = ledger()
        .instructors
        .iter()
        .filter(|((_, other), account)| *other == year && account.state == Eligibility::Below);
    let told = of_year.map(|((person, _), account)| {
        (site().library.person(*person).name.clone(), format!("{}/{}", account.rate.part, account.rate.whole))
    });
    told.collect()
}

fn assert_nowhere(text: &str) {
    // The assessment scores units in points, and names no person.
    let is_asked = |page: &str| is_page(page) && !page.starts_with("assessment/");
    let page = site().texts().find(|(page, content)| is_asked(page) && html::text(content).contains(text));
    assert!(page.is_none(), "{} shows {text}", page.map_or("", |(page, _)| page));
}

/// The lines of all pages that name somebody.
fn lines_naming(name: &str) -> Vec<(String, String)> {
    let pages = site().texts().filter(|(_, text)| text.contains(name));
    pages
        .flat_map(|(page, text)| {
            text.lines()
                .filter(|line| line.contains(name))
                .map(|line| (page.to_owned(), line.to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The numbers of a line: 47/49 are two.
fn figures(line: &str) -> Vec<String> {
    let visible = html::text(line);
    let parts = visible.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '%');
    parts.filter(|part| part.contains('.')).map(str::to_owned).collect()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml")
}

fn ledger() -> &'static Ledger {
    static LEDGER: OnceLock<Ledger> = OnceLock::new();
    LEDGER.get_or_init(|| ledger::compute(&site().library, &site().config))
}

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| build_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &Flags::default()))
}

/// The texts of the sample library.
fn sample_texts() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("content")];
    let mut files: Vec<File> = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if is_text(&path) {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

fn is_text(path: &Path) -> bool {
    let extension = PathBuf::from(path).extension().map(|extension| extension.to_string_lossy().into_owned());
    extension.is_some_and(|extension| ["md", "csv", "yaml"].contains(&extension.as_str()))
}
