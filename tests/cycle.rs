//! The sample library's outcomes, as DOMAIN.md 5.4 and 5.5 give them.

use std::path::Path;

use jiangtai::base::{Day, Findings};
use jiangtai::config::{self, Config, Flags};
use jiangtai::ledger::{self, Eligibility, Ledger};
use jiangtai::model::{self, Library, PersonId};
use jiangtai::source;

fn sample() -> (Library, Config, Ledger) {
    let sources = source::read(Path::new(env!("CARGO_MANIFEST_DIR")), "content").expect("the sample library");
    let mut findings = sources.findings.clone();
    let today = Day::new(2030, 1, 1).expect("a day");
    let config = config::load(&sources, &Flags::default(), today, &mut findings);
    let library = model::load(&sources, &config, &mut findings);
    let ledger = ledger::compute(&library, &config);
    let _: Findings = findings;
    (library, config, ledger)
}

fn person(library: &Library, name: &str, unit: &str) -> PersonId {
    let is = |at: &usize| {
        let person = &library.people[*at];
        let served = |posting: &model::Posting| posting.unit.is_some_and(|id| library.unit(id).name.starts_with(unit));
        person.name == name && person.postings.iter().any(served)
    };
    PersonId((0..library.people.len()).find(is).unwrap_or_else(|| panic!("{name}")))
}

#[test]
fn rates_come_out_as_the_directive_has_them() {
    let (library, config, ledger) = sample();
    // Name, unit, year, satisfied, valid, state, as printed against the line.
    let expected = [
        ("沈惊蛰", "开发区", 2023, 47, 49, Eligibility::Eligible, "95.9%"),
        ("沈惊蛰", "开发区", 2024, 48, 50, Eligibility::Eligible, "96.0%"),
        ("沈惊蛰", "开发区", 2025, 47, 49, Eligibility::Eligible, "95.9%"),
        ("施霜降", "新镇", 2023, 19, 20, Eligibility::Eligible, "95.0%"),
        ("施霜降", "新镇", 2024, 16, 17, Eligibility::Eligible, "94.1%"),
        ("施霜降", "新镇", 2025, 17, 18, Eligibility::Eligible, "94.4%"),
        ("卫白露", "城东", 2023, 21, 22, Eligibility::Eligible, "95.5%"),
        ("卫白露", "城东", 2024, 22, 25, Eligibility::Eligible, "88.0%"),
        ("卫白露", "城东", 2025, 23, 24, Eligibility::Eligible, "95.8%"),
        ("许小满", "消费维权", 2024, 14, 15, Eligibility::Eligible, "93.3%"),
        ("许小满", "消费维权", 2025, 15, 16, Eligibility::Eligible, "93.8%"),
        ("何谷雨", "注册许可", 2024, 25, 27, Eligibility::Eligible, "92.6%"),
        ("何谷雨", "注册许可", 2025, 13, 14, Eligibility::Eligible, "92.9%"),
        ("曹立秋", "港区", 2024, 18, 19, Eligibility::Eligible, "94.7%"),
        ("魏夏至", "综合保障", 2024, 15, 17, Eligibility::Eligible, "88.2%"),
        ("魏夏至", "综合保障", 2025, 17, 18, Eligibility::Eligible, "94.4%"),
        ("朱立夏", "临江", 2025, 16, 20, Eligibility::Eligible, "80.0%"),
        ("秦寒露", "湖滨", 2024, 19, 23, Eligibility::Eligible, "82.6%"),
        ("秦寒露", "湖滨", 2025, 39, 49, Eligibility::Below, "79.6%"),
        ("杨芒种", "城西", 2025, 33, 42, Eligibility::Below, "78.6%"),
        ("张小雪", "港区", 2025, 16, 18, Eligibility::Eligible, "88.9%"),
        ("张小雪", "执法稽查", 2025, 14, 15, Eligibility::Eligible, "93.3%"),
    ];
    for (name, unit, year, satisfied, valid, state, shown) in expected {
        let id = person(&library, name, unit);
        let found = ledger.instructors.get(&(id, year)).unwrap_or_else(|| panic!("{name} {year}"));
        assert_eq!((found.rate.part, found.rate.whole), (satisfied, valid), "{name} {year}");
        assert_eq!(found.state, state, "{name} {year}");
        assert_eq!(found.rate.percent_against(config.policy.pass_line).as_deref(), Some(shown), "{name} {year}");
    }
    let lv = person(&library, "吕秋分", "食品流通");
    assert_eq!(ledger.eligibility(lv, 2025), Eligibility::NotEvaluated);
    assert_eq!(ledger.eligibility(person(&library, "曹立秋", "港区"), 2025), Eligibility::NotTaught);
}

#[test]
fn streaks_survive_a_transfer_and_end_with_a_year_without() {
    let (library, _, ledger) = sample();
    let streak = |name: &str, unit: &str| ledger.honours.streak(person(&library, name, unit), 2025).years;
    assert_eq!(streak("沈惊蛰", "开发区"), 3);
    assert_eq!(streak("施霜降", "新镇"), 3);
    assert_eq!(streak("卫白露", "城东"), 1);
    assert_eq!(streak("许小满", "消费维权"), 2);
    assert_eq!(streak("何谷雨", "注册许可"), 2);
    assert_eq!(streak("曹立秋", "港区"), 0);
    assert_eq!(streak("魏夏至", "综合保障"), 1);
    let models: Vec<&str> = ledger.honours.models.keys().map(|id| library.person(*id).name.as_str()).collect();
    assert_eq!(models, ["沈惊蛰", "施霜降"]);
}

#[test]
fn pacesetters_come_out_with_floors_and_veto() {
    let (library, _, ledger) = sample();
    let found: Vec<(&str, String, bool)> = ledger.candidates[&2025]
        .iter()
        .map(|one| (library.person(one.person).name.as_str(), one.composite.shown(), one.passes))
        .collect();
    let expected = [
        ("褚冬至", "97.9", false),
        ("尤春分", "95.05", true),
        ("魏夏至", "92.76", true),
        ("孔大暑", "91.8", true),
        ("曹立秋", "88.01", true),
        ("张小雪", "85.8", false),
    ];
    let expected: Vec<(&str, String, bool)> =
        expected.into_iter().map(|(name, points, passes)| (name, points.to_owned(), passes)).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_assessment_of_2025_is_the_table() {
    let (library, _, ledger) = sample();
    // Unit, completion, months, coverage, satisfaction, material, score.
    let expected = [
        ("城东分局", "100.0%", "12/12", "4/4", "91.0%", "10/13", 952),
        ("临江分局", "100.0%", "12/12", "5/5", "91.5%", "9/12", 950),
        ("商广合同支部", "100.0%", "12/12", "5/5", "91.1%", "9/12", 949),
        ("注册许可支部", "100.0%", "12/12", "5/5", "89.0%", "9/12", 946),
        ("食品流通支部", "100.0%", "12/12", "5/5", "88.6%", "9/12", 945),
        ("执法稽查支部", "100.0%", "12/12", "5/5", "87.9%", "9/12", 944),
        ("开发区分局", "100.0%", "12/12", "5/5", "90.1%", "10/14", 942),
        ("消费维权支部", "100.0%", "12/12", "5/5", "88.9%", "9/13", 937),
        ("新镇分局", "100.0%", "11/12", "6/6", "90.7%", "8/11", 928),
        ("城南分局", "100.0%", "11/12", "4/4", "92.3%", "8/12", 922),
        ("综合保障支部", "91.7%", "11/12", "5/5", "90.7%", "8/11", 904),
        ("港区分局", "100.0%", "12/12", "4/5", "88.2%", "10/14", 899),
        ("湖滨分局", "100.0%", "12/12", "3/5", "89.7%", "9/12", 867),
        ("城西分局", "100.0%", "12/12", "3/5", "88.2%", "9/12", 865),
    ];
    let found: Vec<_> = ledger.assessments[&2025]
        .iter()
        .map(|one| {
            let [completion, months, coverage, satisfaction, material] = one.parts;
            (
                library.unit(one.unit).name.as_str(),
                completion.percent().unwrap_or_default(),
                months.to_string(),
                coverage.to_string(),
                satisfaction.percent().unwrap_or_default(),
                material.to_string(),
                one.tenths(),
            )
        })
        .collect();
    for (found, expected) in found.into_iter().zip(expected) {
        let (unit, completion, months, coverage, satisfaction, material, score) = expected;
        let expected = (
            unit,
            completion.to_owned(),
            months.to_owned(),
            coverage.to_owned(),
            satisfaction.to_owned(),
            material.to_owned(),
            score,
        );
        assert_eq!(found, expected);
    }
    for one in &ledger.assessments[&2025] {
        assert_eq!(one.points.iter().sum::<u32>(), one.score);
    }
}

#[test]
fn who_may_stand_is_one_of_four_states() {
    let (library, _, ledger) = sample();
    let state = |name: &str, unit: &str, year: i32| ledger.eligibility(person(&library, name, unit), year);
    assert_eq!(state("朱立夏", "临江", 2025), Eligibility::Eligible);
    assert_eq!(state("秦寒露", "湖滨", 2025), Eligibility::Below);
    assert_eq!(state("杨芒种", "城西", 2025), Eligibility::Below);
    assert_eq!(state("吕秋分", "食品流通", 2025), Eligibility::NotEvaluated);
    assert_eq!(state("曹立秋", "港区", 2025), Eligibility::NotTaught);
    let names = [Eligibility::Eligible, Eligibility::Below, Eligibility::NotEvaluated, Eligibility::NotTaught];
    assert_eq!(names.map(Eligibility::name), ["有资格", "未达线", "未测评", "未授课"]);
    for ((_, year), account) in &ledger.instructors {
        let reached = account.rate.part * 100 >= account.rate.whole * 80;
        let expected = match (account.evaluated.is_empty(), reached) {
            (true, _) => Eligibility::NotEvaluated,
            (false, true) => Eligibility::Eligible,
            (false, false) => Eligibility::Below,
        };
        assert!(!account.held.is_empty() && account.state == expected, "{year}: {account:?}");
    }
}

#[test]
fn coverage_counts_those_up_to_the_line() {
    let (library, _, ledger) = sample();
    let of = |name: &str| {
        let (id, _) = library.unit_ids().find(|(_, unit)| unit.name == name).expect(name);
        &ledger.unit_year(id, 2025).expect(name).coverage
    };
    assert_eq!((of("城西分局").ratio().to_string(), of("湖滨分局").ratio().to_string()), ("3/5".into(), "3/5".into()));
    assert_eq!((of("港区分局").ratio().to_string(), of("新镇分局").ratio().to_string()), ("4/5".into(), "6/6".into()));
    for coverage in ledger.years.values().map(|account| &account.coverage) {
        assert!(coverage.declared.iter().all(|person| coverage.expected.contains(person)));
        assert!(coverage.expected.iter().all(|person| coverage.everybody.contains(person)));
        assert!(coverage.participants.iter().all(|person| coverage.everybody.contains(person)));
        assert!(coverage.expected.iter().all(|person| library.person(*person).exempt.is_none()));
    }
}

#[test]
fn the_response_is_ballots_of_those_who_attended() {
    let (library, config, ledger) = sample();
    for ((unit, year), account) in &ledger.years {
        let of_plan = library.sessions.iter().filter(|session| (session.unit, session.year) == (*unit, *year));
        let evaluated = of_plan.filter(|session| session.is_held(config.as_of) && session.ballots.is_some());
        let (ballots, attended) = evaluated.fold((0, 0), |(ballots, attended), session| {
            let count = session.ballots.map_or(0, |ballots| ballots.count());
            (ballots + count, attended + session.attended.unwrap_or(0))
        });
        assert_eq!((account.response.part, account.response.whole), (ballots, attended), "{year}");
        assert!(ballots <= attended, "{year}");
        assert_eq!(account.satisfaction.whole, ballots, "{year}");
    }
}

#[test]
fn what_colleagues_want_and_nobody_plans() {
    let (library, _, _) = sample();
    let (unit, _) = library.unit_ids().find(|(_, unit)| unit.name == "城东分局").expect("the unit");
    let demand = ledger::demand(&library, unit, 2026);
    let open: Vec<(&str, u32)> =
        demand.iter().filter(|topic| !topic.planned).map(|topic| (topic.topic.as_str(), topic.votes)).collect();
    assert_eq!(open, [("新投诉举报处理办法怎么用", 18), ("直播带货取证", 15), ("信用修复怎么指导", 11)]);
    assert_eq!(demand.len(), 10);
    assert!(demand.is_sorted_by_key(|topic| std::cmp::Reverse(topic.votes)));
}
