//! `report`: what only the office may read, and where it must not lie.

use crate::{column, rows, sample};

#[test]
fn a_report_has_what_pages_must_not_have() {
    let root = sample();
    root.run(&["report"]).expect(0);
    let table = |name: &str| rows(root.read(&format!("reports/2025/内部-{name}.csv")).as_bytes());
    let below = table("未达线教员");
    let names = column(&below, "姓名");
    assert!(names.contains(&"杨芒种".to_owned()) && names.contains(&"秦寒露".to_owned()), "{names:?}");
    let at = names.iter().position(|name| name == "秦寒露").expect("秦寒露");
    assert_eq!((column(&below, "满意票")[at].as_str(), column(&below, "有效票")[at].as_str()), ("39", "49"));
    assert_eq!(column(&below, "满意率")[at], "79.6%");
    let missing = table("未申报人员");
    assert_eq!(column(&missing, "单位").iter().filter(|unit| *unit == "湖滨分局").count(), 2);
    assert!(column(&missing, "出生年月").iter().all(|birth| birth.len() == 7), "{missing:?}");
    assert_eq!(column(&table("已授课未测评"), "小教员"), ["吕秋分"]);
    let pacesetters = table("岗位履职标兵");
    assert_eq!(column(&pacesetters, "姓名"), ["褚冬至", "尤春分", "魏夏至", "孔大暑", "曹立秋", "张小雪"]);
    assert_eq!(column(&pacesetters, "综合得分"), ["97.9", "95.05", "92.76", "91.8", "88.01", "85.8"]);
    assert_eq!(column(&pacesetters, "结论")[0], "作风不合格");
    assert_eq!(column(&pacesetters, "结论")[5], "月考成绩低于单项线");
}

#[test]
fn the_parts_of_the_assessment_sum_up_and_have_their_rows() {
    let root = sample();
    root.run(&["report"]).expect(0);
    let table = rows(root.read("reports/2025/内部-单位考核.csv").as_bytes());
    assert_eq!(table.len(), 1 + 14);
    let tenths = |text: &str| {
        let (whole, part) = text.split_once('.').expect("a point");
        whole.parse::<u32>().expect("a number") * 10_000 + format!("{part:0<4}").parse::<u32>().expect("a number")
    };
    for row in &table[1..] {
        let parts: u32 = [3, 5, 7, 9, 11].into_iter().map(|at| tenths(&row[at])).sum();
        assert_eq!(parts, tenths(&row[12]), "{row:?}");
    }
    let working = rows(root.read("reports/2025/内部-单位考核依据.csv").as_bytes());
    let of = |unit: &str, part: &str| {
        let found = working.iter().filter(|row| row[0] == unit && row[1] == part);
        let counts: Vec<bool> = found.map(|row| row[3] == "计入").collect();
        (counts.iter().filter(|counts| **counts).count(), counts.len())
    };
    assert_eq!(of("综合保障支部", "计划完成"), (11, 12));
    assert_eq!(of("新镇分局", "按月开课"), (11, 12));
    assert_eq!(of("湖滨分局", "申报覆盖"), (3, 5));
    assert_eq!(of("城东分局", "教案入库"), (10, 13));
    let sourced = |row: &Vec<String>| row[4].contains(".csv:") || row[4].ends_with(".md");
    // A month without a session has no row to show.
    assert!(working[1..].iter().all(|row| sourced(row) || (row[3] == "未计入" && row[1] == "按月开课")));
}

#[test]
fn what_waits_for_a_decision_stands_first_with_who_decided_the_others() {
    let root = sample();
    let path = "content/units/chengdong/2025/applications.csv";
    let head = "类型,申报人,课题,来源,申报日期,研究结果,研究日期,研究人\n";
    let rows = "常规,卫白露,甲课,,2025-01-10,采纳,2025-01-20,分局局务会\n机动,卫白露,乙课,上级新政,2025-06-01,,,\n";
    root.write(path, format!("{head}{rows}").as_bytes());
    root.run(&["report"]).expect(0);
    let table = crate::rows(root.read("reports/2025/内部-申报研究情况.csv").as_bytes());
    assert_eq!((column(&table, "课题")[0].as_str(), column(&table, "研究结果")[0].as_str()), ("乙课", "待研究"));
    assert!(column(&table, "研究人").contains(&"分局局务会".to_owned()), "{table:?}");
}

#[test]
fn the_whole_undertaking_is_summed_up_without_names() {
    let root = sample();
    root.run(&["report"]).expect(0);
    let table = rows(root.read("reports/内部-结题材料-历年情况.csv").as_bytes());
    assert_eq!(column(&table, "年度"), ["2023", "2024", "2025"]);
    assert_eq!(column(&table, "优秀教员"), ["3", "5", "6"]);
    assert_eq!(column(&table, "模范教员"), ["0", "0", "2"]);
    assert_eq!(column(&table, "计划完成率")[2], "99.4%");
    let steps = rows(root.read("reports/内部-结题材料-推行步骤.csv").as_bytes());
    assert_eq!(column(&steps, "启动月份"), ["2023-01", "2023-07", "2024-01"]);
    assert_eq!(column(&steps, "单位")[0], "开发区分局");
    let text = root.read("reports/内部-结题材料-历年情况.csv");
    assert!(["沈惊蛰", "施霜降", "秦寒露"].iter().all(|name| !text.contains(name)));
}

#[test]
fn every_page_says_that_it_is_internal() {
    let root = sample();
    root.run(&["report", "-o", "internal"]).expect(0);
    let files = root.tree("internal");
    let pages: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".html")).collect();
    assert_eq!(pages.len(), 4, "one of each year and the first");
    for (name, bytes) in pages {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("<p class=\"mark\">内部资料 不得外传</p>"), "{name}");
        assert!(!text.contains("http://") && !text.contains("<script"), "{name}");
    }
    assert!(files.keys().filter(|name| name.ends_with(".csv")).all(|name| name.contains("内部-")));
    root.run(&["report", "-o", "again"]).expect(0);
    let ours = |files: std::collections::BTreeMap<String, Vec<u8>>| {
        files.into_iter().filter(|(name, _)| !name.starts_with('.')).collect::<Vec<_>>()
    };
    assert_eq!(ours(files), ours(root.tree("again")), "two runs, the same bytes");
}

#[test]
fn a_report_does_not_go_where_a_site_is_made_or_read() {
    let root = sample();
    root.run(&["build", "-q"]).expect(0);
    root.run(&["build", "-q", "-o", "elsewhere"]).expect(0);
    let before = root.tree("");
    for folder in
        ["public", "public/reports", "content", "content/docs/reports", "elsewhere", "elsewhere/x", ".", "x/../public"]
    {
        let refused = root.run(&["report", "-o", folder]).expect(2);
        assert!(refused.err.contains("内部报表不能放在"), "{folder}: {}", refused.err);
    }
    assert_eq!(root.tree(""), before, "nothing was written");
    root.run(&["report"]).expect(0);
    root.run(&["build", "-q"]).expect(0);
    assert_eq!(root.tree("public"), before_public(&before), "a report changes nothing of the site");
}

fn before_public(all: &std::collections::BTreeMap<String, Vec<u8>>) -> std::collections::BTreeMap<String, Vec<u8>> {
    let below = all.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("public/")?.to_owned(), bytes.clone())));
    below.collect()
}

/// Somebody else's file in the folder stops the report, as it stops a build.
#[test]
fn a_folder_with_other_files_is_left_alone() {
    let root = sample();
    root.write("mine/notes.txt", b"mine");
    root.run(&["report", "-o", "mine"]).expect(4);
    assert_eq!(root.tree("mine").len(), 1);
}
