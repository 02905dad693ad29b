//! What holds for the figures of any library: streaks, scores, ranks and rates, checked
//! against a second way of reckoning.

use std::collections::{BTreeMap, BTreeSet};

use jiangtai::base::{Day, Findings};
use jiangtai::config::{self, Flags};
use jiangtai::ledger::{self, Honours, Ledger, Ratio};
use jiangtai::model::{self, Library, PersonId};
use jiangtai::source::Sources;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

/// Lists of excellent instructors by year: few people, few years, some of them missing.
fn lists() -> impl Strategy<Value = BTreeMap<i32, BTreeSet<PersonId>>> {
    btree_map(2015i32..2026, btree_set((0usize..4).prop_map(PersonId), 0..4), 0..11)
}

fn honours(excellent: BTreeMap<i32, BTreeSet<PersonId>>) -> Honours {
    Honours { excellent, ..Honours::default() }
}

/// A session of a random plan: month planned, month held (or not), attendance, ballots.
#[derive(Debug, Clone)]
struct Row {
    planned: u32,
    held: Option<u32>,
    adhoc: bool,
    has_lesson: bool,
    attended: u32,
    ballots: Option<[u32; 4]>,
}

fn row() -> impl Strategy<Value = Row> {
    let ballots = proptest::option::of([0u32..12, 0u32..12, 0u32..12, 0u32..12]);
    let fields = (1u32..13, proptest::option::of(1u32..13), any::<bool>(), any::<bool>(), 0u32..40, ballots);
    fields.prop_map(|(planned, held, adhoc, has_lesson, attended, ballots)| Row {
        planned,
        held,
        adhoc,
        has_lesson,
        attended,
        ballots,
    })
}

/// One to four units with plans, ballots and some lessons; weights of the assessment.
fn bureau() -> impl Strategy<Value = (Vec<Vec<Row>>, [u32; 5])> {
    (vec(vec(row(), 0..10), 1..5), [0u32..50, 0u32..50, 0u32..50, 0u32..50, 0u32..50])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_listing_never_shortens_a_streak(lists in lists(), year in 2015i32..2026, who in 0usize..4) {
        let before = honours(lists.clone());
        let mut lists = lists;
        lists.entry(year).or_default().insert(PersonId(who));
        let after = honours(lists);
        for at in 2015..2026 {
            let (old, new) = (before.streak(PersonId(who), at).years, after.streak(PersonId(who), at).years);
            prop_assert!(new >= old, "{at}: {old} became {new}");
        }
        prop_assert!(after.streak(PersonId(who), year).years >= 1);
    }

    #[test]
    fn a_streak_is_the_years_up_to_the_first_that_is_not_listed(lists in lists(), year in 2015i32..2026, who in 0usize..4) {
        let person = PersonId(who);
        let honours = honours(lists.clone());
        let streak = honours.streak(person, year);
        let listed = |at: i32| lists.get(&at).is_some_and(|list| list.contains(&person));
        let length = i32::try_from(streak.years).expect("few years");
        prop_assert!((year - length + 1..=year).all(listed));
        prop_assert!(!listed(year - length));
        let missing = !lists.contains_key(&(year - length)) && lists.keys().any(|one| *one < year - length);
        prop_assert_eq!(streak.unknown.is_some(), missing && length > 0);
        prop_assert_eq!(honours.years_of(person).len(), lists.values().filter(|list| list.contains(&person)).count());
    }

    #[test]
    fn a_transfer_changes_nothing(good in vec(any::<bool>(), 5), moved in 0usize..6) {
        let stayed = career(&good, good.len());
        let moved = career(&good, moved);
        prop_assert_eq!(&stayed.excellent, &moved.excellent);
        prop_assert_eq!(&stayed.models, &moved.models);
        for year in 2021..2026 {
            prop_assert_eq!(stayed.streak(PersonId(0), year), moved.streak(PersonId(0), year));
        }
        let run = good.split(|good| !good).map(<[bool]>::len).max().unwrap_or(0);
        prop_assert_eq!(stayed.models.contains_key(&PersonId(0)), run >= 3);
    }

    #[test]
    fn the_parts_of_an_assessment_are_its_score_and_ties_share_a_rank((units, weights) in bureau()) {
        // A twin of the first unit ties with it.
        let units: Vec<Vec<Row>> = units.iter().chain(units.first()).cloned().collect();
        let (library, ledger) = reckon(&files_of(&units, weights));
        let all = ledger.assessments.get(&2025).map(Vec::as_slice).unwrap_or_default();
        prop_assert_eq!(all.len(), units.iter().filter(|rows| !rows.is_empty()).count());
        for one in all {
            prop_assert_eq!(one.points.iter().sum::<u32>(), one.score);
            for (at, part) in one.parts.iter().enumerate() {
                prop_assert!(part.part <= part.whole, "{part}");
                prop_assert_eq!(u64::from(one.points[at]), exact(u64::from(part.part) * u64::from(weights[at]) * 10_000, u64::from(part.whole)));
            }
            let better = all.iter().filter(|other| other.rank.is_some() && other.score > one.score).count();
            let rank = u32::try_from(better + 1).expect("few units");
            prop_assert_eq!(one.rank, (one.parts[1].whole > 0).then_some(rank));
        }
        let rank_of = |at: usize| all.iter().find(|one| library.unit(one.unit).name == unit_name(at)).map(|one| one.rank);
        prop_assert_eq!(rank_of(0), rank_of(units.len() - 1));
    }

    #[test]
    fn plans_and_rates_are_what_counting_by_hand_gives((units, weights) in bureau()) {
        let (library, ledger) = reckon(&files_of(&units, weights));
        for (at, rows) in units.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            let (id, _) = library.unit_ids().find(|(_, unit)| unit.name == unit_name(at)).expect("the unit");
            let account = ledger.unit_year(id, 2025).expect("the year");
            let count = |test: &dyn Fn(&Row) -> bool| u32::try_from(rows.iter().filter(|row| test(row)).count()).expect("few");
            prop_assert_eq!(account.plan.basic_due, count(&|row| !row.adhoc));
            prop_assert_eq!(account.plan.basic_held, count(&|row| !row.adhoc && row.held.is_some()));
            prop_assert_eq!(account.plan.basic_on_time, count(&|row| !row.adhoc && row.held.is_some_and(|month| month <= row.planned)));
            prop_assert_eq!(account.plan.with_material, count(&|row| row.has_lesson && row.held.is_some()));
            let counted: Vec<[u32; 4]> = rows.iter().filter_map(countable).collect();
            let (satisfied, valid) = counted.iter().fold((0, 0), |(satisfied, valid), levels| {
                (satisfied + levels[0] + levels[1], valid + levels.iter().sum::<u32>())
            });
            prop_assert_eq!((account.satisfaction.part, account.satisfaction.whole), (satisfied, valid));
        }
    }

    #[test]
    fn rates_agree_with_long_division(part in 0u32.., whole in 1u32.., line in 0u32..101) {
        let (part, whole) = (part.min(whole), part.max(whole).max(1));
        let ratio = Ratio::new(part, whole);
        let (percent, decimals) = long_division(part, whole);
        let reaches = percent >= line;
        prop_assert_eq!(ratio.reaches(line), reaches);
        let shown = ratio.percent().expect("something of something");
        prop_assert_eq!(&shown, &rounded(percent, &decimals));
        let against = ratio.percent_against(line).expect("something of something");
        if reaches {
            prop_assert_eq!(&against, &shown);
        } else {
            let printed: f64 = against.trim_end_matches('%').parse().expect("a number");
            prop_assert!(printed < f64::from(line), "{against} of a line of {line}");
        }
    }

    #[test]
    fn near_the_line_only_whole_numbers_decide(whole in 1u32..2000, line in 1u32..101, off in -2i64..3) {
        let least = (u64::from(line) * u64::from(whole)).div_ceil(100);
        let part = i64::try_from(least).expect("small") + off;
        prop_assume!(part >= 0);
        let ratio = Ratio::new(u32::try_from(part).expect("small"), whole);
        prop_assert_eq!(ratio.reaches(line), off >= 0);
    }

    #[test]
    fn shares_compare_as_their_decimals_do(a in (0u32..500, 1u32..500), b in (0u32..500, 1u32..500)) {
        let (one, other) = (Ratio::new(a.0, a.1), Ratio::new(b.0, b.1));
        let exact = |ratio: Ratio| u128::from(ratio.part) * 1_000_000_000_000 / u128::from(ratio.whole);
        prop_assert_eq!(one.compare(other), exact(one).cmp(&exact(other)));
    }
}

/// The quotient, rounded half up; nothing of nothing.
fn exact(part: u64, whole: u64) -> u64 {
    let rounds_up = |whole| u64::from(2 * (part % whole) >= whole);
    part.checked_div(whole).map_or(0, |quotient| quotient + rounds_up(whole))
}

/// A share in percent, digit by digit as on paper: the whole percents and twelve decimals.
fn long_division(part: u32, whole: u32) -> (u32, Vec<u8>) {
    let (mut rest, whole) = (u64::from(part) * 100, u64::from(whole));
    let percent = u32::try_from(rest / whole).expect("at most a hundred");
    rest %= whole;
    let digit = |_| {
        rest *= 10;
        let digit = u8::try_from(rest / whole).expect("a digit");
        rest %= whole;
        digit
    };
    (percent, (0..12).map(digit).collect())
}

/// With one decimal, half up.
fn rounded(percent: u32, decimals: &[u8]) -> String {
    let tenths = percent * 10 + u32::from(decimals[0]) + u32::from(decimals[1] >= 5);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The ballots of a row that count: held, at least one, not more than attended.
fn countable(row: &Row) -> Option<[u32; 4]> {
    let levels = row.ballots.filter(|_| row.held.is_some())?;
    let valid = levels.iter().sum::<u32>();
    (valid > 0 && valid <= row.attended).then_some(levels)
}

fn unit_name(at: usize) -> String {
    format!("单位{at}")
}

/// The files of a bureau.
fn files_of(units: &[Vec<Row>], weights: [u32; 5]) -> Vec<(String, String)> {
    let mut files = vec![("content/site.yaml".to_owned(), format!("单位考核权重: {weights:?}\n"))];
    for (at, rows) in units.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        let folder = format!("content/units/{}/2025", unit_name(at));
        let mut plan = "月份,课题,小教员,类型,完成日期,实到\n".to_owned();
        let mut ballots = "完成日期,课题,很满意,满意,基本满意,不满意\n".to_owned();
        for (number, row) in rows.iter().enumerate() {
            let kind = if row.adhoc { "机动" } else { "基础" };
            let held = row.held.map(|month| format!("2025-{month:02}-15")).unwrap_or_default();
            plan += &format!("{},课题{number},甲,{kind},{held},{}\n", row.planned, row.attended);
            if let (Some([very, satisfied, fair, dissatisfied]), Some(_)) = (row.ballots, row.held) {
                ballots += &format!("{held},课题{number},{very},{satisfied},{fair},{dissatisfied}\n");
            }
            if row.has_lesson {
                files.push((format!("{folder}/lessons/课题{number}.md"), "正文\n".to_owned()));
            }
        }
        files.push((format!("{folder}/plan.csv"), plan));
        files.push((format!("{folder}/evaluations.csv"), ballots));
    }
    files
}

/// The honours of one person from 2021 on, who is good in some years, always listed, and
/// goes to another unit after some of them.
fn career(good: &[bool], moved: usize) -> Honours {
    let moves = 2021 + i32::try_from(moved).expect("few years");
    let mut roster = "编号,姓名,单位,起始,截止\n".to_owned();
    roster += &format!("A01,卫白露,甲分局,,{}-12\nA01,卫白露,乙分局,{moves}-01,\n", moves - 1);
    let unit = |year: i32| if year < moves { "甲分局" } else { "乙分局" };
    let mut files = vec![("content/people.csv".to_owned(), roster)];
    for name in ["甲分局", "乙分局"] {
        files.push((format!("content/units/{name}/unit.yaml"), format!("名称: {name}\n")));
    }
    for (year, good) in (2021..).zip(good) {
        let folder = format!("content/units/{}/{year}", unit(year));
        let ballots = if *good { "16,4,0,0" } else { "5,5,5,5" };
        let row = format!("月份,课题,小教员,完成日期,实到\n3,夜巡,卫白露,{year}-03-14,20\n");
        files.push((format!("{folder}/plan.csv"), row));
        let row = format!("完成日期,课题,很满意,满意,基本满意,不满意\n{year}-03-14,夜巡,{ballots}\n");
        files.push((format!("{folder}/evaluations.csv"), row));
        let list = format!("优秀教员:\n  - 姓名: 卫白露\n    单位: {}\n", unit(year));
        files.push((format!("content/awards/{year}.yaml"), list));
    }
    reckon(&files).1.honours
}

fn reckon(files: &[(String, String)]) -> (Library, Ledger) {
    let sources = Sources::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    let mut findings = Findings::default();
    let today = Day::new(2025, 12, 31).expect("a day");
    let config = config::load(&sources, &Flags::default(), today, &mut findings);
    let library = model::load(&sources, &config, &mut findings);
    let ledger = ledger::compute(&library, &config);
    (library, ledger)
}
