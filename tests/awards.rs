//! The sample library with one file changed: each change gives the message that it
//! should, and what the rules do not allow is not among the honours that count.

use std::fs;
use std::path::{Path, PathBuf};

use jiangtai::base::{Day, Severity};
use jiangtai::config::{self, Config, Flags};
use jiangtai::ledger::{self, Ledger, YearHonours};
use jiangtai::model::{self, Honour, Library, PersonId};
use jiangtai::rules::{self, Subject};
use jiangtai::source::Sources;

const AWARDS: &str = "content/awards/2025.yaml";
const SITE: &str = "content/site.yaml";

/// A library with what is said of it.
struct Told {
    library: Library,
    config: Config,
    ledger: Ledger,
    /// Errors and reminders as `CODE message`, those of the untouched sample left out.
    said: Vec<String>,
}

impl Told {
    fn year(&self, year: i32) -> &YearHonours {
        &self.ledger.honours.counted[&year]
    }

    fn names(&self, year: i32, honour: Honour) -> Vec<&str> {
        let name = |person: PersonId| self.library.person(person).name.as_str();
        self.year(year).of(honour).iter().map(|one| name(one.person)).collect()
    }

    fn courseware(&self, year: i32) -> Vec<&str> {
        let number = |one: &ledger::HonouredLesson| self.library.lesson(one.lesson).number.as_str();
        self.year(year).courseware.iter().map(number).collect()
    }
}

#[test]
fn the_sample_itself_honours_everybody_on_its_lists() {
    let told = told(&[]);
    assert_eq!(told.names(2023, Honour::ExcellentInstructor), ["沈惊蛰", "施霜降", "卫白露"]);
    assert_eq!(told.names(2024, Honour::ExcellentInstructor), ["沈惊蛰", "施霜降", "许小满", "何谷雨", "曹立秋"]);
    assert_eq!(
        told.names(2025, Honour::ExcellentInstructor),
        ["沈惊蛰", "施霜降", "卫白露", "许小满", "何谷雨", "魏夏至"]
    );
    assert_eq!(told.names(2025, Honour::ModelInstructor), ["沈惊蛰", "施霜降"]);
    assert_eq!(told.names(2025, Honour::PostPacesetter), ["尤春分", "魏夏至", "孔大暑"]);
    assert_eq!(told.courseware(2025), ["L12", "L23", "L24", "L40"]);
    assert_eq!(told.ledger.honours.counted.values().map(|year| year.refused.len()).sum::<usize>(), 0);
    assert!(told.ledger.honours.models_due.is_empty());
}

#[test]
fn those_below_the_line_are_told_and_left_out() {
    let told = told(&[(AWARDS, &|text| {
        text.replace(
            "优秀课件:",
            "  - 姓名: 杨芒种\n    单位: 城西分局\n  - 姓名: 秦寒露\n    单位: 湖滨分局\n优秀课件:",
        )
    })]);
    assert_eq!(
        told.said,
        [
            "E501 杨芒种（城西分局）2025年满意率 78.6%（33/42 票），未达到 80%，不能评“年度优秀教员”。请从名单中去掉，或先核对测评票数。",
            "E501 秦寒露（湖滨分局）2025年满意率 79.6%（39/49 票），未达到 80%，不能评“年度优秀教员”。请从名单中去掉，或先核对测评票数。",
        ]
    );
    let names = told.names(2025, Honour::ExcellentInstructor);
    assert_eq!(names.len(), 6);
    assert!(!names.contains(&"杨芒种") && !names.contains(&"秦寒露"));
    assert_eq!(told.year(2025).failed_check(), 2);
}

#[test]
fn who_was_not_evaluated_or_did_not_teach_is_left_out() {
    let told = told(&[(AWARDS, &|text| {
        text.replace("优秀课件:", "  - 姓名: 吕秋分\n    单位: 食品流通支部\n  - 曹立秋\n优秀课件:")
    })]);
    assert_eq!(
        told.said,
        [
            "E502 吕秋分（食品流通支部）2025年没有已完成并测评的授课，不能评“年度优秀教员”。请补录测评，或从名单中去掉。",
            "E502 曹立秋（港区分局）2025年没有已完成并测评的授课，不能评“年度优秀教员”。请补录测评，或从名单中去掉。",
        ]
    );
    assert_eq!(told.names(2025, Honour::ExcellentInstructor).len(), 6);
}

#[test]
fn courseware_of_others_is_left_out() {
    let told = told(&[(AWARDS, &|text| text.replace("  - 教案: L40", "  - 教案: L39"))]);
    assert_eq!(
        told.said,
        [
            "E503 优秀课件“划线价、原价与七日最低价”的作者 朱立夏 不在 2025年优秀教员名单里。优秀课件应从优秀教员的课件中评选，请核对名单。"
        ]
    );
    assert_eq!(told.courseware(2025), ["L12", "L23", "L24"]);
}

#[test]
fn a_model_instructor_needs_three_years_in_a_row() {
    let told = told(&[(AWARDS, &|text| text.replace("模范教员:", "模范教员:\n  - 姓名: 卫白露\n    单位: 城东分局"))]);
    assert_eq!(told.said, ["E504 卫白露 只在 2023年、2025年 被评为优秀教员，没有连续三年，不能列为“模范教员”。"]);
    assert_eq!(told.names(2025, Honour::ModelInstructor), ["沈惊蛰", "施霜降"]);
}

#[test]
fn a_model_instructor_who_is_due_is_asked_for_and_not_conferred() {
    let told = told(&[(AWARDS, &|text| without(text, "模范教员:\n", "岗位履职标兵:\n"))]);
    assert_eq!(
        told.said,
        [
            "W505 沈惊蛰 已连续三年（2023年、2024年、2025年）被评为优秀教员，符合“模范教员”条件，名单里还没有。请确认是否授予。",
            "W505 施霜降 已连续三年（2023年、2024年、2025年）被评为优秀教员，符合“模范教员”条件，名单里还没有。请确认是否授予。",
        ]
    );
    assert!(told.names(2025, Honour::ModelInstructor).is_empty());
}

#[test]
fn the_missing_list_of_a_year_confers_nothing() {
    let told = told_without("content/awards/2024.yaml");
    let sentence = "只在 2023年、2025年 被评为优秀教员，没有连续三年，不能列为“模范教员”。教材库里没有 2024年的名单，如果当年也被评上，请先补 awards/2024.yaml。";
    assert_eq!(told.said, [format!("E504 沈惊蛰 {sentence}"), format!("E504 施霜降 {sentence}")]);
    assert!(told.ledger.honours.models.is_empty());
    let shen = person(&told.library, "沈惊蛰", "开发区分局");
    let streak = told.ledger.honours.streak(shen, 2025);
    assert_eq!((streak.years, streak.unknown), (1, Some(2024)));
}

#[test]
fn an_empty_list_of_a_year_ends_the_row_for_good() {
    let told = told(&[("content/awards/2024.yaml", &|_| "优秀教员: []\n".to_owned())]);
    let shen = person(&told.library, "沈惊蛰", "开发区分局");
    let streak = told.ledger.honours.streak(shen, 2025);
    assert_eq!((streak.years, streak.unknown), (1, None));
    assert!(told.said.iter().all(|said| !said.contains("教材库里没有")), "{:#?}", told.said);
}

#[test]
fn quotas_are_a_setting_and_leave_nobody_out() {
    let told = told(&[(SITE, &|text| text.replace("优秀教员: 6", "优秀教员: 5"))]);
    assert_eq!(told.said, ["E506 2025年“年度优秀教员”名额 5 名，名单有 6 名。请减少人数，或修改站点设置里的名额。"]);
    assert_eq!(told.names(2025, Honour::ExcellentInstructor).len(), 6);
}

#[test]
fn publicity_counts_working_days() {
    let shorter = told(&[(AWARDS, &|text| text.replace("结束: 2025-12-26", "结束: 2025-12-25"))]);
    assert_eq!(
        shorter.said,
        ["W507 公示 2025-12-22 至 2025-12-25 只有 4 个工作日（不含周末），少于设定的 5 个。请核对日期。"]
    );
    let over_a_weekend = told(&[(AWARDS, &|text| text.replace("开始: 2025-12-22", "开始: 2025-12-19"))]);
    assert!(over_a_weekend.said.is_empty(), "{:#?}", over_a_weekend.said);
}

#[test]
fn pacesetters_below_the_floor_or_vetoed_are_left_out() {
    let told =
        told(&[(AWARDS, &|text| text.replace("岗位履职标兵:", "岗位履职标兵:\n  - 张小雪（港区分局）\n  - 褚冬至"))]);
    assert_eq!(
        told.said,
        [
            "E508 张小雪 的“月考成绩”为 75 分，低于 80 分，不能评“岗位履职标兵”。",
            "E510 褚冬至 的岗位作风为“不合格”，不能评“岗位履职标兵”。",
        ]
    );
    assert_eq!(told.names(2025, Honour::PostPacesetter), ["尤春分", "魏夏至", "孔大暑"]);
}

#[test]
fn weights_that_are_not_a_hundred_leave_the_default() {
    let told = told(&[(SITE, &|text| text.replace("标兵权重: [40, 30, 30]", "标兵权重: [40, 40, 30]"))]);
    assert_eq!(told.said, ["E509 站点设置里岗位履职标兵三项权重合计 110%，应当是 100%。请修改 标兵权重。"]);
    assert_eq!(told.config.policy.pacesetter_weights, [40, 30, 30]);
    assert_eq!(told.ledger.candidates[&2025][0].composite.shown(), "97.9");
}

#[test]
fn the_same_person_counts_once() {
    let told = told(&[(AWARDS, &|text| text.replace("优秀课件:", "  - 魏夏至\n优秀课件:\n  - 教案: L12"))]);
    assert_eq!(
        told.said,
        [
            "E512 年度优秀教员名单里“魏夏至”出现两次。请删掉一处。",
            "E512 年度优秀课件（教案）名单里“倒推排期表”出现两次。请删掉一处。",
        ]
        .map(|said| said.replace("倒推排期表", &title(&told.library, "L12")))
    );
    assert_eq!(told.names(2025, Honour::ExcellentInstructor).len(), 6);
    assert_eq!(told.courseware(2025), ["L12", "L23", "L24", "L40"]);
}

#[test]
fn a_bare_namesake_is_nobody() {
    let told = told(&[(AWARDS, &|text| text.replace("优秀课件:", "  - 张小雪\n优秀课件:"))]);
    assert_eq!(told.said.len(), 2, "{:#?}", told.said);
    assert!(told.said[0].starts_with("E203 人员名册里有 2 位“张小雪”（执法稽查支部、港区分局）"), "{}", told.said[0]);
    assert!(told.said[1].starts_with("E506 "), "the name takes a place of the quota: {}", told.said[1]);
    assert_eq!(told.names(2025, Honour::ExcellentInstructor).len(), 6);
    let (gangqu, fazhi) =
        (person(&told.library, "张小雪", "港区分局"), person(&told.library, "张小雪", "执法稽查支部"));
    assert_ne!(gangqu, fazhi);
}

#[test]
fn few_ballots_are_told_by_the_setting() {
    let told = told(&[(SITE, &|text| format!("{text}\n收回率提醒线: 100\n"))]);
    assert!(!told.said.is_empty());
    assert!(told.said.iter().all(|said| said.starts_with("W406 ")), "{:#?}", told.said);
}

#[test]
fn a_late_session_is_done_but_not_on_time() {
    let plan = "content/units/chengdong/2025/plan.csv";
    let ballots = "content/units/chengdong/2025/evaluations.csv";
    let before = told(&[]);
    let unit = |told: &Told| told.library.unit_ids().find(|(_, unit)| unit.name == "城东分局").map(|(id, _)| id);
    let account = |told: &Told| told.ledger.unit_year(unit(told).expect("the unit"), 2025).expect("the year").plan;
    let (first, _) = in_month(&before, "城东分局", 5);
    let late = told(&[
        (plan, &|text| text.replace(&first, "2025-06-02")),
        (ballots, &|text| text.replace(&first, "2025-06-02")),
    ]);
    assert_eq!(account(&late).basic_held, account(&before).basic_held);
    assert_eq!(account(&late).basic_on_time + 1, account(&before).basic_on_time);
}

#[test]
fn a_touring_session_is_the_hosts_in_the_plan_and_the_guests_in_the_rate() {
    let told = told(&[]);
    let shen = person(&told.library, "沈惊蛰", "开发区分局");
    let year = &told.ledger.instructors[&(shen, 2025)];
    let hosts: Vec<&str> =
        year.held.iter().map(|id| told.library.unit(told.library.sessions[id.0].unit).name.as_str()).collect();
    assert_eq!(hosts, ["开发区分局", "城东分局"]);
    assert_eq!((year.rate.part, year.rate.whole), (47, 49));
    let host = told.library.sessions[year.held[1].0].unit;
    let in_plan = told.ledger.unit_year(host, 2025).expect("the year").plan.sessions_held;
    assert_eq!(in_plan, 13, "twelve of its own people and the guest");
    assert!(!told.ledger.unit_year(host, 2025).expect("the year").coverage.declared.contains(&shen));
}

/// The day of the basic session held in a month of 2025, and its topic.
fn in_month(told: &Told, unit: &str, month: u32) -> (String, String) {
    let mut sessions = told.library.sessions.iter().filter(|one| told.library.unit(one.unit).name == unit);
    let session = sessions.find(|one| one.held.is_some_and(|day| (day.year(), day.month().month) == (2025, month)));
    let session = session.unwrap_or_else(|| panic!("{unit} {month}"));
    (session.held.map(|day| day.to_string()).unwrap_or_default(), session.topic.clone())
}

fn title(library: &Library, number: &str) -> String {
    let lesson = library.lessons.iter().find(|lesson| lesson.number == number);
    lesson.unwrap_or_else(|| panic!("{number}")).title.clone()
}

fn person(library: &Library, name: &str, unit: &str) -> PersonId {
    let served = |posting: &model::Posting| posting.unit.is_some_and(|id| library.unit(id).name == unit);
    let is = |at: &usize| library.people[*at].name == name && library.people[*at].postings.iter().any(served);
    PersonId((0..library.people.len()).find(is).unwrap_or_else(|| panic!("{name}（{unit}）")))
}

/// The text without what stands from one line up to another.
fn without(text: &str, from: &str, to: &str) -> String {
    let (start, end) = (text.find(from).expect(from), text.find(to).expect(to));
    format!("{}{}", &text[..start], &text[end..])
}

/// A file and what becomes of its text.
type Change<'a> = (&'a str, &'a dyn Fn(&str) -> String);

/// The sample with some files changed; a change that changes nothing is a slip.
fn told(changes: &[Change<'_>]) -> Told {
    let mut files = sample();
    for (path, change) in changes {
        let file = files.iter_mut().find(|(name, _)| name == path).unwrap_or_else(|| panic!("{path}"));
        let before = String::from_utf8(file.1.clone()).expect("UTF-8");
        let after = change(&before);
        assert_ne!(before, after, "{path} is as before");
        file.1 = after.into_bytes();
    }
    tell(&files)
}

fn told_without(path: &str) -> Told {
    let files: Vec<_> = sample().into_iter().filter(|(name, _)| name != path).collect();
    tell(&files)
}

fn tell(files: &[(String, Vec<u8>)]) -> Told {
    let sources = Sources::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let mut findings = sources.findings.clone();
    let today = Day::new(2030, 1, 1).expect("a day");
    let config = config::load(&sources, &Flags::default(), today, &mut findings);
    let library = model::load(&sources, &config, &mut findings);
    let ledger = ledger::compute(&library, &config);
    let subject = Subject { sources: &sources, library: &library, ledger: &ledger, config: &config };
    rules::check_all(&subject, &mut findings);
    let usual = ["W306", "W307", "W308", "W313", "W315", "W408", "W511", "W605"];
    let loud = rules::phrase_all(findings)
        .into_iter()
        .filter(|one| one.severity != Severity::Hint && !usual.contains(&one.code.as_str()));
    let said = loud.map(|one| format!("{} {}{}", one.code.as_str(), one.message, one.remedy)).collect();
    Told { library, config, ledger, said }
}

/// The files of the sample library.
fn sample() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(root, &root.join("content"), &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
}
