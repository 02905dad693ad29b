//! What a clerk types in a plan and in front matter, and what the site makes of it.

mod support;

use jiangtai::config::Flags;
use jiangtai::model::Instructor;
use support::{File, Site, build, build_folder, day};

const FOLDER: &str = "content/units/城东分局/2025";

fn file(name: &str, text: &str) -> File {
    (format!("{FOLDER}/{name}"), text.as_bytes().to_vec())
}

fn with_plan(rows: &str) -> Site {
    build(&[file("plan.csv", &format!("月份,课题,小教员,完成日期,应到\n{rows}"))], "2025-12-31")
}

#[test]
fn everybody_who_teaches_a_session_is_shown() {
    for written in ["\"张三、李四\"", "张三/李四", "张三 李四", "\"张三（主讲）,李四同志\""] {
        let site = with_plan(&format!("3,夜巡,{written},2025-03-14,18\n"));
        let page = site.page("units/cheng-dong-fen-ju/2025/index.html");
        assert!(page.contains("张三") && page.contains("李四"), "{written}");
        assert!(!page.contains("主讲") && !page.contains("同志"), "{written}");
        assert_eq!(site.library.people.len(), 2, "{written}");
    }
}

#[test]
fn dates_that_cannot_be_make_no_year_of_their_own() {
    let site = with_plan("1,甲课,张三,2026-01-08,18\n2,乙课,张三,2024-02-09,18\n3,丙课,张三,2025-03-14,18\n");
    let codes: Vec<String> = site.problems().into_iter().map(|problem| problem[..4].to_owned()).collect();
    assert!(codes.contains(&"E310".to_owned()) && codes.contains(&"E114".to_owned()), "{codes:?}");
    for year in ["2024", "2026"] {
        let made: Vec<&str> = site.texts().map(|(name, _)| name).filter(|name| name.contains(year)).collect();
        assert!(made.is_empty(), "{made:?}");
    }
}

#[test]
fn what_spreadsheets_make_of_dates_is_read() {
    for date in ["2025/3/14 0:00", "2025/3/14 0:00:00", "14-Mar-25", "45730", "45730.5", "2025年3月14日 9:30"] {
        for month in ["3", "Mar-25", "2025/3/1 0:00"] {
            let site = with_plan(&format!("{month},夜巡,张三,{date},18\n"));
            let session = &site.library.sessions[0];
            let read = (session.month.map(|month| month.to_string()), session.held.map(|day| day.to_string()));
            assert_eq!(read, (Some("2025-03".to_owned()), Some("2025-03-14".to_owned())), "{date} {month}");
        }
    }
}

#[test]
fn ballots_count_however_their_day_is_written() {
    for date in ["45730", "2025/3/14 0:00", "3月14日", "14-Mar", "2025.3.14"] {
        let evaluations = format!("完成日期,课题,有效票,很满意,满意,基本满意,不满意\n{date},夜巡,,6票,１,,0\n");
        let plan = "月份,课题,小教员,完成日期,实到\n3,夜巡,张三,3/14,9人\n";
        let site = build(&[file("plan.csv", plan), file("evaluations.csv", &evaluations)], "2025-12-31");
        let ballots = site.library.sessions[0].ballots.map(|ballots| (ballots.count(), ballots.very));
        assert_eq!(ballots, Some((7, 6)), "{date}: {:?}", site.problems());
    }
}

#[test]
fn what_colleagues_want_beside_the_menu_is_demand() {
    let choices = "课题,姓名,排序,其他想学\n夜巡,张三,1,直播取证\n,李四,,直播取证；外卖封签\n";
    let site = build(&[file("choices.csv", choices), file("menu.csv", "课题\n夜巡\n")], "2025-01-31");
    assert!(site.problems().iter().all(|problem| !problem.starts_with("E1")), "{:?}", site.problems());
    let page = site.page("units/cheng-dong-fen-ju/2025/index.html");
    for topic in ["夜巡", "直播取证", "外卖封签"] {
        assert!(page.contains(topic), "{topic}");
    }
    let (unit, _) = site.library.unit_ids().next().expect("the unit");
    let demand = jiangtai::ledger::demand(&site.library, unit, 2025);
    let votes: Vec<(&str, u32, bool)> = demand.iter().map(|one| (one.topic.as_str(), one.votes, one.on_menu)).collect();
    assert_eq!(votes, [("夜巡", 3, true), ("直播取证", 2, false), ("外卖封签", 1, false)]);
}

#[test]
fn what_a_draft_tells_the_clerk_is_on_no_page() {
    let plan = "月份,课题,小教员,备注,起草说明\n3,夜巡,张三,改到下午,请与本人商定\n";
    let site = build(&[file("plan.csv", plan)], "2025-01-31");
    assert!(site.problems().iter().all(|problem| !problem.starts_with("W107")), "{:?}", site.problems());
    assert!(site.texts().any(|(_, text)| text.contains("改到下午")));
    assert!(site.texts().all(|(name, text)| !text.contains("请与本人商定") || name.contains("fields")));
}

#[test]
fn courseware_that_was_mailed_is_by_who_taught_it() {
    let plan = "月份,课题,小教员,完成日期,实到\n3,夜巡,张三,3/14,9\n4,晨巡,李四,,\n5,听证,王五,5/9,9\n";
    let evaluations = "完成日期,课题,很满意,满意,基本满意,不满意\n3/14,夜巡,9,0,0,0\n";
    let roster = "姓名,单位\n张三,城东分局\n李四,城东分局\n";
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        ("units/城东分局/2025/plan.csv", plan),
        ("units/城东分局/2025/evaluations.csv", evaluations),
        ("units/城东分局/2025/lessons/夜巡.pptx", "a presentation"),
        ("units/城东分局/2025/lessons/晨巡.docx", "a document"),
        ("units/城东分局/2025/lessons/听证.md", "---\n标题: 听证\n小教员: 赵六\n---\n"),
        ("units/城东分局/2025/lessons/没人讲.pdf", "a document"),
        ("people.csv", roster),
        ("awards/2025.yaml", "优秀教员: [张三]\n优秀课件: [夜巡]\n"),
    ] {
        let path = root.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let site = build_folder(root.path(), &Flags { as_of: Some(day("2025-12-31")), ..Flags::default() });
    assert!(site.problems().iter().all(|problem| !problem.starts_with("E5")), "{:?}", site.problems());
    let authors = |title: &str| {
        let lesson = site.library.lessons.iter().find(|lesson| lesson.title == title).expect(title);
        let name = |author: &Instructor| match author {
            Instructor::Known(id) => site.library.person(*id).name.clone(),
            Instructor::Named(name) => name.clone(),
        };
        lesson.instructors.iter().map(name).collect::<String>()
    };
    assert_eq!(["夜巡", "晨巡", "听证", "没人讲"].map(authors), ["张三", "李四", "赵六", ""]);
    assert!(site.page("honors/2025.html").contains("夜巡"));
}
