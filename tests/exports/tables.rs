//! `export` in each of its formats.

use crate::{bytes, column, holds_none, private, rows, sample, support, unzipped};

const KINDS: [&str; 4] = ["plan", "sessions", "awards", "lessons"];

#[test]
fn a_plan_as_csv_has_every_row_of_the_clerks_table() {
    let root = sample();
    let read = rows(&bytes(&root, &["export", "plan", "--unit", "城东分局", "--year", "2025", "-q"]));
    let written = rows(root.read("content/units/chengdong/2025/plan.csv").as_bytes());
    for head in ["月份", "课题", "小教员", "类型", "完成日期", "应到", "实到"] {
        let (mut found, mut expected) = (column(&read, head), column(&written, head));
        // A guest is written with the unit, and shown without.
        for name in &mut expected {
            *name = name.split('（').next().unwrap_or_default().to_owned();
        }
        for name in &mut found {
            *name = name.split('（').next().unwrap_or_default().to_owned();
        }
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{head}");
    }
    assert!(column(&read, "满意率").contains(&"95.7%".to_owned()), "{:?}", column(&read, "满意率"));
}

#[test]
fn a_selection_takes_its_unit_and_year_and_no_more() {
    let root = sample();
    let read = rows(&bytes(&root, &["export", "sessions", "--unit", "食品流通支部", "--year", "2025", "-q"]));
    assert_eq!(column(&read, "主办单位").iter().collect::<std::collections::BTreeSet<_>>().len(), 1);
    assert!(column(&read, "授课日期").iter().all(|day| day.starts_with("2025-")));
    let at = column(&read, "小教员").iter().position(|name| name == "吕秋分").expect("吕秋分 taught");
    assert_eq!(column(&read, "满意率")[at], "", "held and not evaluated is not a rate of nothing");
    let failed = root.run(&["export", "plan", "--unit", "城东分居"]).expect(2);
    assert!(failed.err.contains("是不是“城东分局”"), "{}", failed.err);
}

#[test]
fn honours_are_those_that_count() {
    let root = sample();
    let read = rows(&bytes(&root, &["export", "awards", "--year", "2025", "--format", "csv", "-q"]));
    let honours = column(&read, "奖项");
    let count = |honour: &str| honours.iter().filter(|one| *one == honour).count();
    assert_eq!((count("年度优秀教员"), count("模范教员"), count("岗位履职标兵")), (6, 2, 3));
    assert_eq!(honours.len(), 15);
    let names = column(&read, "姓名");
    assert!(!names.contains(&"褚冬至".to_owned()) && !names.contains(&"秦寒露".to_owned()));
}

/// Somebody who is listed and may not be listed is in no export.
#[test]
fn a_listing_below_the_line_is_left_out() {
    let root = sample();
    let list = root.read("content/awards/2025.yaml");
    let wrong = list.replace("优秀教员:\n", "优秀教员:\n  - 姓名: 秦寒露\n    单位: 湖滨分局\n");
    assert_ne!(list, wrong);
    root.write("content/awards/2025.yaml", wrong.as_bytes());
    let read = rows(&bytes(&root, &["export", "awards", "--year", "2025", "-q"]));
    assert!(!column(&read, "姓名").contains(&"秦寒露".to_owned()));
    assert_eq!(read.len(), 1 + 15);
}

#[test]
fn json_is_one_object_with_its_version() {
    let root = sample();
    for what in KINDS {
        let ran = root.run(&["export", what, "--format", "json"]).expect(0);
        let object = ran.json();
        assert_eq!(object["schema_version"], 1);
        assert_eq!((object["command"].as_str(), object["what"].as_str()), (Some("export"), Some(what)));
        let items = object["items"].as_array().expect("a list");
        assert_eq!(object["total"], items.len());
        assert!(!items.is_empty() && ran.err.is_empty());
    }
    let ran = root.run(&["export", "lessons", "--format", "json", "-o", "out.json"]).expect(0);
    assert_eq!(ran.json()["file"], "out.json");
    assert!(root.read("out.json").contains("\"what\":\"lessons\""));
}

#[test]
fn a_workbook_has_the_cells_of_the_table() {
    let root = sample();
    let arguments = ["export", "plan", "--unit", "chengdong", "--year", "2025", "--format", "xlsx", "-q"];
    let files = unzipped(&bytes(&root, &arguments));
    let text = |name: &str| &files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name}")).1;
    assert!(text("xl/workbook.xml").contains("name=\"教学计划\""));
    let words = text("xl/sharedStrings.xml");
    assert!(words.contains("先行登记保存七日怎么走") && words.contains("完成日期"));
    let sheet = text("xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 1 + 13);
    assert!(sheet.contains("<c r=\"A2\"><v>2025</v></c>"), "numbers are numbers");
    assert!(text("docProps/core.xml").contains("2025-12-31T"), "the day of the statistics, not the clock");
}

#[test]
fn a_calendar_is_folded_by_octets_and_knows_no_clock() {
    let root = sample();
    let text = String::from_utf8(bytes(&root, &["export", "plan", "--format", "ics", "-q"])).expect("UTF-8");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains('\n'));
    }
    let whole = text.replace("\r\n ", "");
    let events: Vec<&str> = whole.split("BEGIN:VEVENT").skip(1).collect();
    assert_eq!(events.len(), 236, "223 of the past and 13 to come");
    let values = |key: &str| -> Vec<String> {
        whole.lines().filter_map(|line| line.strip_prefix(key)).map(str::to_owned).collect()
    };
    assert!(values("DTSTAMP:").iter().all(|stamp| stamp == "20251231T000000Z"));
    let names = values("UID:");
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), events.len());
    let planned = events.iter().find(|event| event.contains("SUMMARY:询问笔录常见的五个缺口")).expect("a planned one");
    assert!(planned.contains("DTSTART;VALUE=DATE:20260605"), "the first Friday of June: {planned}");
    assert!(planned.contains("STATUS:TENTATIVE"));
    let held =
        events.iter().find(|event| event.contains("SUMMARY:先行登记保存七日怎么走") && event.contains("城东分局"));
    assert!(held.expect("a held one").contains("DTSTART;VALUE=DATE:20250221"));
    let escaped = String::from_utf8(bytes(&root, &["export", "sessions", "--format", "ics", "-q"])).expect("UTF-8");
    assert!(!escaped.contains("STATUS:TENTATIVE"), "records are of what was held");
    let plan = "content/units/chengdong/2026/plan.csv";
    root.write(plan, root.read(plan).replacen("计划中,,,", "取消,,,停电", 1).as_bytes());
    let fewer = String::from_utf8(bytes(&root, &["export", "plan", "--format", "ics", "-q"])).expect("UTF-8");
    assert_eq!(fewer.matches("BEGIN:VEVENT").count(), 235, "what is cancelled does not take place");
    root.write(plan, root.read(plan).replacen("促销海报上的价格怎么看", "\"价格, 海报; 怎么看\"", 1).as_bytes());
    let escaped = String::from_utf8(bytes(&root, &["export", "plan", "--format", "ics", "-q"])).expect("UTF-8");
    assert!(escaped.contains("SUMMARY:价格\\, 海报\\; 怎么看\r\n"), "signs that part values are escaped");
}

/// When a planned session has been held, its entry moves: the name stays.
#[test]
fn a_session_keeps_its_name_in_calendars_when_it_is_held() {
    let root = sample();
    let uid = |root: &support::command::Root| {
        let text = String::from_utf8(bytes(root, &["export", "plan", "--year", "2026", "--format", "ics", "-q"]));
        let text = text.expect("UTF-8").replace("\r\n ", "");
        let event = text.split("BEGIN:VEVENT").find(|event| event.contains("工单和台账怎么对上号")).expect("the event");
        let line = |key: &str| event.lines().find(|line| line.starts_with(key)).expect("a line").to_owned();
        (line("UID:"), line("DTSTART"))
    };
    let before = uid(&root);
    let plan = "content/units/chengdong/2026/plan.csv";
    let held = root.read(plan).replacen("机房,,,计划中,,,", "机房,,2026-01-20,已完成,18,17,", 1);
    root.write(plan, held.as_bytes());
    let site = root.read("content/site.yaml").replace("as_of: 2025-12-31", "as_of: 2026-02-01");
    root.write("content/site.yaml", site.as_bytes());
    let after = uid(&root);
    assert_eq!(before.0, after.0);
    assert_eq!((before.1.as_str(), after.1.as_str()), ("DTSTART;VALUE=DATE:20260102", "DTSTART;VALUE=DATE:20260120"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let root = sample();
    for what in KINDS {
        for format in ["csv", "xlsx", "json", "ics"] {
            if format == "ics" && !matches!(what, "plan" | "sessions") {
                let refused = root.run(&["export", what, "--format", "ics"]).expect(2);
                assert!(refused.err.contains("plan"), "{}", refused.err);
                continue;
            }
            let once = bytes(&root, &["export", what, "--format", format, "-q"]);
            assert_eq!(once, bytes(&root, &["export", what, "--format", format, "-q"]), "{what} {format}");
        }
    }
}

#[test]
fn nothing_private_is_in_any_export() {
    let root = sample();
    let private = private(&root);
    for what in KINDS {
        let text = String::from_utf8(bytes(&root, &["export", what, "-q"])).expect("UTF-8");
        let header = rows(text.as_bytes())[0].join(",");
        holds_none(&format!("{what}, its header"), &header, &private);
        // Topics may speak of anything; births are numbers that stand nowhere else.
        let births: Vec<String> = private.iter().filter(|piece| piece.contains('-')).cloned().collect();
        let cells: Vec<String> = rows(text.as_bytes()).into_iter().flatten().collect();
        assert!(cells.iter().all(|cell| !births.contains(cell)), "{what}");
    }
}

/// With few ballots somebody could tell who voted how.
#[test]
fn a_rate_of_few_ballots_is_not_told() {
    let root = sample();
    let line = "公布成绩: 否";
    let site = root.read("content/site.yaml");
    root.write("content/site.yaml", site.replace(line, &format!("{line}\n公开最少票数: 24")).as_bytes());
    let read = rows(&bytes(&root, &["export", "sessions", "--unit", "城东分局", "--year", "2025", "-q"]));
    for (ballots, rate) in column(&read, "有效票").iter().zip(column(&read, "满意率")) {
        let many = ballots.parse::<u32>().is_ok_and(|count| count >= 24);
        assert_eq!(many, !rate.is_empty(), "{ballots} {rate}");
    }
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let root = sample();
    let plan = root.read("content/units/chengdong/2025/plan.csv");
    let file = "content/units/chengdong/2025/plan.csv";
    let refused = root.run(&["export", "plan", "-o", file]).expect(2);
    assert!(refused.err.contains("已经有了"), "{}", refused.err);
    assert_eq!(root.read(file), plan);
}

/// `--format` is one flag: kinds of files belong to `export` alone, wherever it stands.
#[test]
fn kinds_of_files_are_for_export_only() {
    let root = sample();
    for format in ["csv", "xlsx", "ics"] {
        let refused = root.run(&["list", "units", "--format", format]).expect(2);
        assert!(refused.err.contains("只用于 export") && refused.out.is_empty(), "{}", refused.err);
    }
    let before = bytes(&root, &["--format", "csv", "export", "awards", "-q"]);
    assert_eq!(before, bytes(&root, &["export", "awards", "--format", "csv", "-q"]));
    assert_eq!(before, bytes(&root, &["export", "awards", "-q"]));
    let unknown = root.run(&["export", "plan", "--format", "xml"]).expect(2);
    assert!(unknown.err.contains("csv、xlsx、ics"), "{}", unknown.err);
}
