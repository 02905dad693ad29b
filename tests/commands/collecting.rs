//! `collect`: a dry run first, nothing counted twice, nothing lost (DOMAIN.md 8, check 20).

use std::collections::BTreeMap;

use crate::support::command::Root;

const YEAR: &str = "content/units/城东分局/2026";
const NAMES: [&str; 10] = ["赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八", "冯九", "陈十"];
const TOPICS: [&str; 4] = ["退一赔三怎么算", "直播带货取证", "信用修复, 怎么指导", "公平秤"];

/// A unit with a roster, a menu, and ten selections that the page saved.
fn root() -> Root {
    let roster: String = NAMES.iter().chain(&["褚末"]).map(|name| format!("{name},城东分局\n")).collect();
    let root = Root::new(&[
        ("content/人员名册.csv", &format!("姓名,单位\n{roster}")),
        (&format!("{YEAR}/plan.csv"), "月份,课题,小教员,完成日期,实到\n3,公平秤,赵一,2026-03-06,20\n"),
    ]);
    for (at, name) in NAMES.iter().enumerate() {
        let file = format!("{YEAR}/inbox/选学_城东分局_{name}_2026.csv");
        root.write(&file, exported(name, at, "2026-01-05 09:00:00").as_bytes());
    }
    root
}

/// What the page 选学 saves: person `at` puts topic `at % 4` first, the next one second,
/// and every third person marks one more without a rank.
fn exported(name: &str, at: usize, when: &str) -> String {
    let row = |topic: usize, rank: &str| format!("城东分局,2026,{name},\"{}\",{rank},,{when}\r\n", TOPICS[topic % 4]);
    let third = if at.is_multiple_of(3) { row(at + 2, "") } else { String::new() };
    format!("\u{feff}单位,年度,姓名,课题,排序,其他想学,填写时间\r\n{}{}{third}", row(at, "1"), row(at + 1, "2"))
}

/// The same counted by hand, straight from the rule above.
fn by_hand() -> BTreeMap<String, (u64, u64)> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for at in 0..10usize {
        let mut votes = vec![(at, 3), (at + 1, 2)];
        votes.extend(at.is_multiple_of(3).then_some((at + 2, 1)));
        for (topic, weight) in votes {
            let count = counts.entry(TOPICS[topic % 4].to_owned()).or_default();
            *count = (count.0 + 1, count.1 + weight);
        }
    }
    counts
}

fn topics(json: &serde_json::Value) -> BTreeMap<String, (u64, u64)> {
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    let topics = json["topics"].as_array().expect("topics");
    topics
        .iter()
        .map(|topic| {
            (topic["topic"].as_str().expect("text").to_owned(), (number(&topic["people"]), number(&topic["weight"])))
        })
        .collect()
}

#[test]
fn ten_exported_selections_give_the_totals_of_counting_by_hand() {
    let root = root();
    // One of them comes twice, and another once more in an older version.
    root.write(
        &format!("{YEAR}/inbox/选学_城东分局_赵一_2026 (1).csv"),
        exported(NAMES[0], 0, "2026-01-05 09:00:00").as_bytes(),
    );
    root.write(&format!("{YEAR}/inbox/旧的.csv"), exported(NAMES[1], 3, "2026-01-04 09:00:00").as_bytes());
    let before = root.tree("content");
    let dry = root.run(&["collect", "城东分局", "2026", "--format", "json"]).expect(0).json();
    assert_eq!(root.tree("content"), before, "a dry run changes nothing");
    assert_eq!((&dry["choices"]["received"], &dry["written"]), (&12.into(), &false.into()));
    assert_eq!(dry["choices"]["repeated"].as_array().map(Vec::len), Some(2), "{dry}");
    assert_eq!(dry["choices"]["missing"], serde_json::json!(["褚末"]));
    assert_eq!(topics(&dry), by_hand());
    let wet = root.run(&["collect", "城东分局", "2026年", "--write"]).expect(0);
    assert!(
        wet.err.contains("收到 12 份，重复 2 份") && wet.err.contains("缺 1 人") && wet.out.is_empty(),
        "{}",
        wet.err
    );
    let table = root.read(&format!("{YEAR}/选学汇总.csv"));
    assert!(table.starts_with("\u{feff}课题,姓名,人数,排序,其他想学\r\n"), "{table}");
    assert_eq!(table.lines().count(), 1 + 10 * 2 + 4);
    let after = root.tree(&format!("{YEAR}/inbox"));
    assert_eq!(after.keys().filter(|name| name.starts_with("collected/")).count(), 12, "{:?}", after.keys());
    // Again, and once more with a file that somebody sends a second time.
    let before = root.tree("content");
    root.run(&["collect", "城东分局", "2026", "--write"]).expect(0);
    assert_eq!(root.tree("content"), before, "running twice changes nothing");
    root.write(&format!("{YEAR}/inbox/又一次.csv"), exported(NAMES[4], 4, "2026-01-05 09:00:00").as_bytes());
    let again = root.run(&["collect", "城东分局", "2026", "--write", "--format", "json"]).expect(0).json();
    assert_eq!(topics(&again), by_hand());
    assert_eq!(again["changed"], serde_json::json!([]));
    assert_eq!(root.read(&format!("{YEAR}/选学汇总.csv")), table);
}

#[test]
fn ballots_and_applications_go_into_the_tables_that_there_are() {
    let root = root();
    root.write(
        &format!("{YEAR}/evaluations.csv"),
        "完成日期,课题,很满意,满意,基本满意,不满意,记票人\n2026-03-06,公平秤,5,3,1,0,褚末\n".as_bytes(),
    );
    for (code, rating) in [("k3f9a2b1", "很满意"), ("k3f9a2b1", "很满意"), ("z8", "不满意")] {
        let name = format!(
            "{YEAR}/inbox/测评_公平秤_{code}{}.csv",
            if root.path(&format!("{YEAR}/inbox/测评_公平秤_{code}.csv")).exists() { " (1)" } else { "" }
        );
        root.write(&name, format!("\u{feff}单位,年度,完成日期,课题,评价,意见,随机码\r\n城东分局,2026,2026-03-06,公平秤,{rating},,{code}\r\n").as_bytes());
    }
    root.write(&format!("{YEAR}/inbox/课题申报_城东分局_赵一_2026.md"), "---\n类型: \"机动\"\n单位: \"城东分局\"\n年度: 2026\n申报人: \"赵一\"\n课题: \"新规: 四十天速读\"\n来源: \"上级新政\"\n---\n".as_bytes());
    root.write(&format!("{YEAR}/inbox/坏的.csv"), &[0xff, 0xff, 0xfe, 0]);
    let ran = root.run(&["collect", "城东分局", "2026", "--write", "--format", "json"]).expect(0).json();
    assert_eq!(ran["damaged"][0]["file"], "坏的.csv");
    assert_eq!(ran["ballots"]["repeated"].as_array().map(Vec::len), Some(1));
    assert!(root.path(&format!("{YEAR}/inbox/坏的.csv")).exists(), "it is left where it was");
    let table = root.read(&format!("{YEAR}/evaluations.csv"));
    assert_eq!(table, "\u{feff}完成日期,课题,很满意,满意,基本满意,不满意,记票人\r\n2026-03-06,公平秤,6,3,1,1,褚末\r\n");
    assert!(root.read(&format!("{YEAR}/inbox/collected/evaluations.csv.bak")).contains(",5,3,1,0,"));
    assert!(root.read(&format!("{YEAR}/申报汇总.csv")).contains("机动,赵一,新规: 四十天速读,,,上级新政"));
    let checked = root.run(&["check", "--format", "json"]).json();
    let errors: Vec<_> = checked["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one["severity"] == "error" && one["code"] != "E702")
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_unit_or_a_year_that_there_is_not_is_told() {
    let root = root();
    let ran = root.run(&["collect", "城东分居", "2026"]).expect(2);
    assert!(ran.err.contains("是不是“城东分局”"), "{}", ran.err);
    let ran = root.run(&["collect", "城东分局", "2027"]).expect(2);
    assert!(ran.err.contains("new year 2027"), "{}", ran.err);
    root.run(&["collect", "城东分局", "明年"]).expect(2);
}

#[test]
fn a_table_without_a_header_ends_with_a_content_error_and_is_left_alone() {
    let root = root();
    root.write(&format!("{YEAR}/choices.csv"), "随手记\n".as_bytes());
    let before = root.tree("content");
    let ran = root.run(&["collect", "城东分局", "2026", "--write"]).expect(1);
    assert!(ran.err.contains("choices.csv"), "{}", ran.err);
    assert_eq!(root.tree("content"), before);
}
