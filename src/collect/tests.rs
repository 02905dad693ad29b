//! What merging promises, on values alone.

use super::*;
use crate::base::{Day, Findings};
use crate::config::{self, Flags};
use crate::model;
use crate::source::Sources;

const ROSTER: &str = "姓名,单位\n甲,城东分局\n乙,城东分局\n丙,城东分局\n丁,城南分局\n";
const PLAN: &str =
    "月份,课题,小教员,完成日期\n3,夜巡,甲,2026-03-06\n4,夜巡,甲,2026-04-10\n5,听证,乙,2026-05-08\n6,秤,丙,\n";

fn library() -> Library {
    let files: [(&str, &[u8]); 4] = [
        ("content/人员名册.csv", ROSTER.as_bytes()),
        ("content/units/城东分局/2026/plan.csv", PLAN.as_bytes()),
        ("content/units/城东分局/unit.yaml", "简称: 城东\n".as_bytes()),
        ("content/units/城南分局/unit.yaml", b""),
    ];
    let sources = Sources::from_memory(files);
    let mut findings = Findings::default();
    let day = Day::new(2026, 12, 31).expect("a day");
    let config = config::load(&sources, &Flags::default(), day, &mut findings);
    model::load(&sources, &config, &mut findings)
}

fn file(name: &str, text: &str, modified: u64) -> Received {
    Received { name: name.to_owned(), bytes: Some(text.as_bytes().to_vec()), modified }
}

fn run(inbox: &[Received], earlier: &[Received], tables: &Tables) -> Outcome {
    let library = library();
    let unit = library.units.iter().position(|unit| unit.name == "城东分局").map(UnitId).expect("the unit");
    let expected: Vec<PersonId> = (0..3).map(PersonId).collect();
    merge(inbox, earlier, tables, &Setting { library: &library, unit, year: 2026, expected: &expected })
}

fn changed(outcome: &Outcome, table: Table) -> String {
    let found = outcome.changes.iter().find(|(other, _)| *other == table);
    let bytes = found.map(|(_, bytes)| bytes.clone()).unwrap_or_default();
    String::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

fn selection(name: &str, when: &str, rows: &[(&str, &str)]) -> Received {
    let rows: String =
        rows.iter().map(|(topic, rank)| format!("城东分局,2026,{name},{topic},{rank},,{when}\r\n")).collect();
    let text = format!("\u{feff}单位,年度,姓名,课题,排序,其他想学,填写时间\r\n{rows}");
    file(&format!("选学_城东分局_{name}_2026{}.csv", when.len()), &text, 5)
}

#[test]
fn the_newest_selection_of_a_person_counts() {
    let inbox = [
        selection("甲", "2026-01-05 10:00:00", &[("夜巡", "1"), ("秤", "")]),
        file("选学 旧.csv", "姓名,课题,排序,填写时间\n甲,听证,1,2026-01-05 09:00:00\n", 99),
        selection("乙", "2026-01-06 10:00:00", &[("夜巡", "2")]),
    ];
    let outcome = run(&inbox, &[], &Tables::default());
    assert!(outcome.damaged.is_empty(), "{:?}", outcome.damaged);
    assert_eq!(changed(&outcome, Table::Choices), "课题,姓名,人数,排序,其他想学\n夜巡,甲,,1,\n秤,甲,,,\n夜巡,乙,,2,\n");
    assert_eq!(outcome.choices.repeated[0].file, "选学 旧.csv");
    assert_eq!(outcome.choices.missing, ["丙"]);
    assert_eq!(outcome.done.len(), 3);
    let topic = &outcome.topics[0];
    assert_eq!((topic.topic.as_str(), topic.people, topic.weight), ("夜巡", 2, 5));
}

#[test]
fn a_form_that_comes_again_changes_nothing() {
    let first = selection("甲", "2026-01-05 10:00:00", &[("夜巡", "1")]);
    let once = run(std::slice::from_ref(&first), &[], &Tables::default());
    let tables = Tables { choices: Some(changed(&once, Table::Choices)), ..Tables::default() };
    let again = run(std::slice::from_ref(&first), std::slice::from_ref(&first), &tables);
    assert!(again.changes.is_empty() && again.choices.added.is_empty(), "{again:?}");
    assert_eq!(again.done.len(), 1, "it is put away all the same");
    let older = selection("甲", "2026-01-01 10:00:00", &[("秤", "1")]);
    let late = run(&[older], &[first], &tables);
    assert!(late.changes.is_empty() && late.choices.repeated.len() == 1, "{late:?}");
}

#[test]
fn what_the_clerk_keeps_in_the_table_stays() {
    let choices = "选学汇总,,\n课题,人数,说明\n听证,4,口头\n合计,4,\n".to_owned();
    let tables = Tables { choices: Some(choices), ..Tables::default() };
    let outcome = run(&[selection("甲", "", &[("夜巡", "1")])], &[], &tables);
    assert!(outcome.has_totals);
    assert_eq!(
        changed(&outcome, Table::Choices),
        "选学汇总,,,,\n课题,人数,说明,姓名,排序\n听证,4,口头,,\n夜巡,,,甲,1\n合计,4,,,\n"
    );
}

#[test]
fn a_table_filled_by_hand_is_understood() {
    let by_hand = "单位：城东分局,,,\n序号,课题,选,排序\n1,夜巡,√,1\n2,听证,,\n3,秤,,2\n";
    let outcome = run(&[file("选学_城东_甲_2026 (1).csv", by_hand, 1)], &[], &Tables::default());
    assert_eq!(
        changed(&outcome, Table::Choices),
        "课题,姓名,人数,排序,其他想学\n夜巡,甲,,1,\n秤,甲,,2,\n",
        "{outcome:?}"
    );
}

#[test]
fn what_cannot_be_taken_stays_and_is_named() {
    let inbox = [
        file("1.xlsx", "PK\u{3}\u{4}\0", 1),
        file("2.csv", "  \n", 1),
        file("3.csv", "甲,乙\n1,2\n", 1),
        file("选学_城南分局_丁_2026.csv", "课题\n夜巡\n", 1),
        file("选学_城东分局_甲_2025.csv", "课题\n夜巡\n", 1),
        file("6.csv", "姓名,课题,排序\n甲,夜巡,1\n甲,秤,1\n", 1),
        file("7.md", "---\n类型: 机动\n申报人: 甲\n课题: 秤\n---\n", 1),
        file("8.csv", "课题,评价,随机码\n夜巡,满意,a1\n", 1),
        file("9.csv", "课题,评价,随机码\n秤,满意,a2\n", 1),
        file("10.csv", "课题,评价,随机码\n夜训,满意,a3\n", 1),
        file("11.csv", "课题,评价,随机码\n听证,满意,\n", 1),
        file("12.csv", "课题,评价,随机码\n听证,好,a4\n", 1),
    ];
    let outcome = run(&inbox, &[], &Tables::default());
    assert!(outcome.changes.is_empty() && outcome.done.is_empty(), "{outcome:?}");
    let troubles: Vec<&Trouble> = outcome.damaged.iter().map(|(_, trouble)| trouble).collect();
    let topic = |name: &str| name.to_owned();
    assert_eq!(
        troubles,
        [
            &Trouble::Workbook,
            &Trouble::Empty,
            &Trouble::Unknown,
            &Trouble::OtherUnit("城南分局".to_owned()),
            &Trouble::OtherYear("2025".to_owned()),
            &Trouble::RankTwice("甲".to_owned()),
            &Trouble::NoOrigin,
            &Trouble::ManySessions(topic("夜巡")),
            &Trouble::NotHeld(topic("秤")),
            &Trouble::NoSession(topic("夜训")),
            &Trouble::Missing("随机码"),
            &Trouble::NotAllowed("评价", "好".to_owned(), "很满意、满意、基本满意、不满意".to_owned()),
        ]
    );
}

fn application(name: &str, topic: &str, more: &str) -> Received {
    let text = format!("---\n类型: 常规\n单位: 城东\n年度: 2026\n申报人: {name}\n课题: \"{topic}\"\n{more}---\n");
    file(&format!("课程申报_城东分局_{name}_2026{}.md", topic.len()), &text, 5)
}

#[test]
fn applications_become_rows_and_decisions_stay() {
    let table = "类型,申报人,课题,研究结果,经办\n常规,甲,旧课,采纳,丙\n常规,乙,未定,待研究,丙\n".to_owned();
    let tables = Tables { applications: Some(table), ..Tables::default() };
    let inbox = [
        application("甲", "新课", "拟授课月份: 3\n"),
        application("乙", "定了", "申报理由: |\n  常有人问\n  说不清\n"),
    ];
    let outcome = run(&inbox, &[], &tables);
    assert!(outcome.damaged.is_empty(), "{:?}", outcome.damaged);
    assert_eq!(
        changed(&outcome, Table::Applications),
        "类型,申报人,课题,研究结果,经办,拟授课月份,申报理由\n常规,甲,旧课,采纳,丙,,\n常规,乙,定了,待研究,丙,,常有人问 说不清\n常规,甲,新课,,,3,\n"
    );
    assert_eq!(outcome.applications.missing, ["丙"]);
    assert_eq!((outcome.applications.added.len(), outcome.applications.updated.len()), (1, 1));
}

#[test]
fn a_person_has_one_regular_application_and_any_number_of_others() {
    let adhoc = |topic: &str| {
        let text = format!("---\n申报人: 甲\n课题: {topic}\n来源: 履职实践\n---\n");
        file(&format!("课题申报_城东分局_甲_2026 {topic}.md"), &text, 5)
    };
    let inbox = [
        application("甲", "第一门", "填写时间: 2026-01-02 08:00:00\n"),
        application("甲", "另外一门", "填写时间: 2026-01-03 08:00:00\n"),
        adhoc("弹窗"),
        adhoc("直播"),
    ];
    let outcome = run(&inbox, &[], &Tables::default());
    let table = changed(&outcome, Table::Applications);
    assert_eq!(table.lines().count(), 4, "{table}{:?}", outcome.damaged);
    assert!(
        table.contains("常规,甲,另外一门") && table.contains("机动,甲,弹窗") && !table.contains("第一门"),
        "{table}"
    );
    assert_eq!(outcome.applications.repeated[0].topic.as_deref(), Some("第一门"));
}

fn ballot(code: &str, rating: &str, comment: &str) -> Received {
    let text =
        format!("单位,年度,完成日期,课题,评价,意见,随机码\n城东分局,2026,2026/3/6,夜巡,{rating},{comment},{code}\n");
    file(&format!("测评_夜巡_{code}.csv"), &text, 1)
}

#[test]
fn ballots_are_added_once_by_their_codes() {
    let table = "完成日期,课题,有效票,很满意,满意,基本满意,不满意\n2026-03-06,夜巡,3,1,1,1,0\n".to_owned();
    let tables = Tables { evaluations: Some(table), ..Tables::default() };
    let inbox = [
        ballot("aa11", "很满意", "多举例"),
        ballot("BB22", "不满意", ""),
        ballot("bb22", "不满意", ""),
        ballot("cc33", "满意", ""),
    ];
    let outcome = run(&inbox, &[ballot("cc33", "满意", "")], &tables);
    assert_eq!(
        changed(&outcome, Table::Evaluations),
        "完成日期,课题,有效票,很满意,满意,基本满意,不满意,意见摘要\n2026-03-06,夜巡,5,2,1,1,1,多举例\n"
    );
    assert_eq!((outcome.ballots, outcome.repeated_ballots.len(), outcome.counted[0].ballots), (4, 2, 2));
    assert_eq!(outcome.done.len(), 4);
}

#[test]
fn a_table_that_cannot_be_read_keeps_its_files_waiting() {
    let tables = Tables { choices: Some("随手记\n甲选了夜巡\n".to_owned()), ..Tables::default() };
    let inbox = [selection("甲", "", &[("夜巡", "1")]), application("甲", "新课", "")];
    let outcome = run(&inbox, &[], &tables);
    assert_eq!(outcome.broken_tables, [Table::Choices]);
    assert_eq!(outcome.done, ["课程申报_城东分局_甲_20266.md"]);
}

#[test]
fn who_wants_to_learn_something_else_is_heard() {
    let inbox = [
        file("选学_城东分局_甲_2026.csv", "姓名,课题,排序,其他想学\n甲,,,\"直播\n 外卖\"\n", 5),
        file("选学_城东分局_乙_2026.csv", "姓名,课题,排序,其他想学\n乙,夜巡,1,直播\n", 5),
    ];
    let outcome = run(&inbox, &[], &Tables::default());
    assert!(outcome.damaged.is_empty(), "{:?}", outcome.damaged);
    let table = "课题,姓名,人数,排序,其他想学\n,甲,,,直播；外卖\n夜巡,乙,,1,直播\n";
    assert_eq!(changed(&outcome, Table::Choices), table);
}

#[test]
fn a_form_that_is_not_whole_stays_where_it_is() {
    let trouble = |name: &str, text: &str| {
        let outcome = run(&[file(name, text, 5)], &[], &Tables::default());
        assert!(outcome.changes.is_empty() && outcome.done.is_empty(), "{name}: {outcome:?}");
        outcome.damaged.into_iter().map(|(_, trouble)| trouble).next()
    };
    let header = "单位,年度,姓名,课题,排序,其他想学,填写时间\n";
    let selection = |rows: &str| trouble("选学_城东分局_甲_2026.csv", &format!("{header}{rows}"));
    assert_eq!(selection(""), Some(Trouble::Empty));
    assert_eq!(selection("城东分局,2026,甲,夜巡,1,,\n城东分局,2026,甲"), Some(Trouble::Cut(3)));
    assert_eq!(selection("城东分局,2026,甲,夜巡,1,,,,直播\n"), Some(Trouble::Cut(2)));
    assert_eq!(trouble("选学单.xlsx", "PK"), Some(Trouble::Workbook));
    assert_eq!(trouble("课程申报.docx", "PK"), Some(Trouble::Paper));
    assert_eq!(trouble("签名.pdf", "%PDF"), Some(Trouble::Paper));
    assert_eq!(trouble("选学.csv", "PK\u{3}\u{4}"), Some(Trouble::Unreadable));
}
