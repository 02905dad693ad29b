//! `draft`: a beginning, never an ending.

use std::collections::BTreeSet;

use crate::support::command::Root;
use crate::{bytes, column, rows, sample};

#[test]
fn a_plan_begins_with_what_was_accepted_in_its_months() {
    let root = sample();
    let read = rows(&bytes(&root, &["draft", "plan", "城东分局", "2026", "-q"]));
    let (topics, months) = (column(&read, "课题"), column(&read, "月份"));
    let month = |topic: &str| {
        let at = topics.iter().position(|one| one == topic).unwrap_or_else(|| panic!("{topic} in {topics:?}"));
        months[at].clone()
    };
    for (topic, expected) in [
        ("工单和台账怎么对上号", "1"),
        ("调解协议怎么写才能兑现", "3"),
        ("新《投诉举报处理办法》四十天速读", "3"),
        ("窗口退件怎么说得清", "4"),
        ("餐饮网格巡查怎么排路线", "5"),
        ("询问笔录常见的五个缺口", "6"),
    ] {
        assert_eq!(month(topic), expected, "{topic}");
    }
    let kinds = column(&read, "类型");
    assert_eq!(kinds.iter().filter(|kind| *kind == "机动").count(), 1);
    let wanted = ["新投诉举报处理办法怎么用", "直播带货取证", "信用修复怎么指导"];
    assert_eq!(topics.len(), 6 + wanted.len());
    let notes = column(&read, "起草说明");
    assert!(column(&read, "备注").iter().all(String::is_empty), "备注 is published");
    for (topic, votes) in wanted.iter().zip(["18", "15", "11"]) {
        let at = topics.iter().position(|one| one == topic).expect("a topic that colleagues want");
        assert!(notes[at].contains(&format!("{votes} 票")), "{}", notes[at]);
    }
    let adjusted = topics.iter().position(|one| one == "窗口退件怎么说得清").expect("the adjusted one");
    assert!(notes[adjusted].contains("调整") && notes[adjusted].contains("申报 2 月，定在 4 月"));
}

/// Without a plan, topics without a month are spread one per month, and the file that
/// comes out is read without a complaint.
#[test]
fn a_plan_is_spread_and_written_only_where_there_is_none() {
    let root = sample();
    let file = "content/units/chengdong/2026/plan.csv";
    let mine = root.read(file);
    let refused = root.run(&["draft", "plan", "城东分局", "2026", "--write"]).expect(2);
    assert!(refused.err.contains("已经有了"), "{}", refused.err);
    assert_eq!(root.read(file), mine);
    std::fs::remove_file(root.path(file)).expect("a file can be removed");
    root.run(&["draft", "plan", "城东分局", "2026", "--write"]).expect(0);
    let read = rows(root.read("content/units/chengdong/2026/教学计划.csv").as_bytes());
    let basic = column(&read, "月份").into_iter().zip(column(&read, "类型")).filter(|(_, kind)| kind == "基础");
    let months: Vec<u32> = basic.map(|(month, _)| month.parse().expect("a month")).collect();
    assert_eq!(months, (1..=10).collect::<Vec<u32>>(), "ten topics of the menu, five of them applied for");
    let checked = root.run(&["check", "content/units/chengdong/2026", "--format", "json"]).expect(0).json();
    assert_eq!(checked["errors"], 0, "{checked}");
    let again = root.run(&["draft", "plan", "城东分局", "2026", "--write"]).expect(2);
    assert!(again.err.contains("已经有了"));
}

/// The blank table of `new year` gives way as long as nobody has typed into it.
#[test]
fn a_blank_table_gives_way_until_somebody_types() {
    let root = sample();
    root.run(&["new", "year", "2027", "--unit", "城东分局"]).expect(0);
    let folder = "content/units/chengdong/2027";
    let mut applications = root.read(&format!("{folder}/申报汇总.csv"));
    applications.push_str("常规,卫白露,预付卡退费怎么算,,,,,,,采纳,,2027-01-05,\r\n");
    root.write(&format!("{folder}/申报汇总.csv"), applications.as_bytes());
    root.run(&["draft", "plan", "城东分局", "2027", "--write"]).expect(0);
    let plan = format!("{folder}/教学计划.csv");
    assert!(root.read(&plan).contains("预付卡退费怎么算"));
    let typed = root.read(&plan);
    root.run(&["draft", "plan", "城东分局", "2027", "--write"]).expect(2);
    assert_eq!(root.read(&plan), typed);
}

#[test]
fn honours_are_drafted_for_exactly_those_who_may_stand() {
    let root = sample();
    let text = String::from_utf8(bytes(&root, &["draft", "awards", "2025", "-q"])).expect("UTF-8");
    let (_, rest) = text.split_once("\n优秀教员:").expect("the list");
    let (list, rest) = rest.split_once("\n优秀课件:").expect("the next list");
    let names = |part: &str| -> BTreeSet<(String, String)> {
        let lines: Vec<&str> = part.lines().collect();
        let pairs = lines.windows(2).filter_map(|pair| {
            let name = pair[0].split_once("姓名: ")?.1;
            Some((name.to_owned(), pair[1].split_once("单位: ")?.1.to_owned()))
        });
        pairs.collect()
    };
    root.run(&["report"]).expect(0);
    let report = rows(root.read("reports/2025/内部-教员满意率和资格.csv").as_bytes());
    let states = column(&report, "资格");
    let people: Vec<_> = column(&report, "姓名").into_iter().zip(column(&report, "单位")).collect();
    let eligible = people.iter().zip(&states).filter(|(_, state)| *state == "有资格").map(|(who, _)| who.clone());
    let eligible: BTreeSet<(String, String)> = eligible.collect();
    assert_eq!(names(list), eligible);
    for (name, unit) in [("朱立夏", "临江分局"), ("张小雪", "港区分局"), ("张小雪", "执法稽查支部")]
    {
        assert!(eligible.contains(&(name.to_owned(), unit.to_owned())), "{name}");
    }
    for name in ["杨芒种", "秦寒露", "吕秋分", "曹立秋"] {
        assert!(!names(list).iter().any(|(one, _)| one == name), "{name}");
    }
    let (courseware, rest) = rest.split_once("\n模范教员:").expect("the models");
    for number in ["L12", "L23", "L24", "L40"] {
        assert!(courseware.contains(&format!("教案: {number}\n")), "{number}");
    }
    let (models, pacesetters) = rest.split_once("\n岗位履职标兵:").expect("the pacesetters");
    let only = |part: &str| names(part).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(only(models), ["施霜降", "沈惊蛰"]);
    assert_eq!(only(pacesetters), ["孔大暑", "尤春分", "曹立秋", "魏夏至"]);
    assert!(!text.contains("92.76") && !text.contains("95.05"), "no marks in the content folder");
}

/// Every line that is not a comment is a list that the library reads, and so is the
/// whole file once its marks are taken away.
#[test]
fn a_drafted_list_is_read_without_a_complaint() {
    let root = sample();
    let mine = root.read("content/awards/2025.yaml");
    root.run(&["draft", "awards", "2025", "--write"]).expect(2);
    assert_eq!(root.read("content/awards/2025.yaml"), mine);
    std::fs::remove_file(root.path("content/awards/2025.yaml")).expect("a file can be removed");
    root.run(&["draft", "awards", "2025", "--write"]).expect(0);
    let drafted = root.read("content/awards/2025.yaml");
    let problems = |root: &crate::support::command::Root| {
        let checked = root.run(&["check", "content/awards/2025.yaml", "--format", "json"]).expect(0).json();
        checked["errors"].as_u64().expect("a number")
    };
    assert_eq!(problems(&root), 0);
    let chosen: Vec<&str> = drafted
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| rest.starts_with("  ")).unwrap_or(line))
        .collect();
    let people = chosen.iter().filter(|line| line.trim_start().starts_with("- 姓名")).count();
    assert!(people > 70, "{people}");
    root.write("content/awards/2025.yaml", chosen.join("\n").replace("名额 6 名", "").as_bytes());
    let site = root.read("content/site.yaml").replace("  优秀教员: 6\n  岗位履职标兵: 3\n", "  模范教员: 9\n");
    root.write("content/site.yaml", site.as_bytes());
    assert_eq!(problems(&root), 0);
    let read = rows(&bytes(&root, &["export", "awards", "--year", "2025", "-q"]));
    let listed = column(&read, "姓名").iter().filter(|name| *name == "朱立夏").count();
    assert!(listed >= 1, "the list is read as a list");
}

/// An ad-hoc topic is wanted soon, what was declined is said, and months that stay
/// empty are told.
#[test]
fn a_draft_says_what_is_left_to_do() {
    let folder = "content/units/城东分局/2025";
    let root = Root::new(&[
        (&format!("{folder}/menu.csv"), "课题,拟授课人\n夜巡,张三\n"),
        (
            &format!("{folder}/applications.csv"),
            "类型,申报人,课题,来源,拟授课月份,研究结果,研究意见,研究日期\n\
             常规,张三,夜巡,,3,不同意,与上级课程重复,2025-05-02\n\
             机动,李四,新规速读,上级新政,,同意,,2025-05-02\n常规,王五,听证,,12,采纳,,2025-05-02\n",
        ),
    ]);
    let done = root.run(&["draft", "plan", "城东分局", "2025", "--as-of", "2025-05-06"]).expect(0);
    assert!(done.err.contains("6、7、8、9、10、11 月还没有课"), "{}", done.err);
    let read = rows(done.out.as_bytes());
    let of = |name: &str| column(&read, name);
    assert_eq!((of("课题"), of("月份")), (texts(["夜巡", "新规速读", "听证"]), texts(["5", "5", "12"])));
    assert!(of("起草说明")[0].contains("张三申报过这一课，研究未采纳：与上级课程重复"), "{read:?}");
}

#[test]
fn a_draft_says_why_nobody_can_be_a_pacesetter_yet() {
    let root = sample();
    std::fs::remove_file(root.path("content/exams/2025.csv")).expect("the exams");
    let drafted = root.run(&["draft", "awards", "2025"]).expect(0).out;
    assert!(drafted.contains("还没有录入 2025 年月考成绩（exams/2025.csv）"), "{drafted}");
    let drafted = root.run(&["draft", "awards", "2024"]).expect(0).out;
    assert!(drafted.contains("各单位 2024 年的学员情况表里还没有人"), "{drafted}");
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}
