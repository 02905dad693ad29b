//! What the browser's engine offers while somebody types and where nothing was found,
//! and what it does with an index that is not whole.

use std::collections::BTreeSet;

use jiangtai::search::normalize::{simplified_pairs, units};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::collection::{paragraphs, sample};
use crate::scripts::Scripts;
use crate::support;

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[test]
fn names_are_completed_from_any_part_and_by_sound() {
    let scripts = sample().scripts();
    for typed in ["退一赔三", "赔三与", "tuiyip", "typs"] {
        let offers = scripts.call("complete", &json!([typed, 8]));
        let lesson =
            offers.as_array().expect("a list").iter().find(|offer| offer["text"] == "退一赔三与退一赔十怎么分");
        let lesson = lesson.unwrap_or_else(|| panic!("{typed}: {offers}"));
        assert_eq!(
            (&lesson["kind"], &lesson["url"]),
            (&json!("lesson"), &json!("units/chengdong/2025/tui-yi-pei-san.html"))
        );
    }
    let offers = scripts.call("complete", &json!(["weibai", 8]));
    assert!(
        offers.as_array().expect("a list").iter().any(|offer| offer["kind"] == "person" && offer["text"] == "卫白露")
    );
    assert_eq!(scripts.call("complete", &json!(["法", 3])).as_array().map(Vec::len), Some(3));
    assert_eq!(scripts.call("complete", &json!(["，。", 8])), json!([]));
}

/// What is offered instead finds something, and nothing is put in silently.
#[test]
fn words_that_sound_the_same_are_offered() {
    let scripts = sample().scripts();
    for (typed, meant) in [("挺证", "听证"), ("旺格循查", "网格巡查"), ("退依赔三", "退一赔三"), ("预付咖", "预付卡")]
    {
        let help = scripts.call("help", &json!([typed]));
        assert!(texts(&help["homophones"]).contains(&meant), "{typed}: {help}");
        let asked = scripts.call("ask", &json!([typed, {}]));
        assert_eq!(asked["exact"], json!(0), "{typed} is not in the library");
    }
}

#[test]
fn shorter_questions_are_offered_and_find_something() {
    let scripts = sample().scripts();
    for typed in ["退一赔三呀", "听证 麒麟", "食品麟货架"] {
        let help = scripts.call("help", &json!([typed]));
        let offers = texts(&help["neighbours"]);
        assert!(!offers.is_empty(), "{typed}: {help}");
        for offer in offers {
            let total = scripts.call("ask", &json!([offer, {}]))["total"].as_u64();
            assert!(total > Some(0), "{typed}: {offer} finds nothing");
        }
    }
    let none = scripts.call("help", &json!(["。。。"]));
    assert_eq!(none, json!({"homophones": [], "neighbours": []}));
}

/// Files that are missing or cut are named, what can be shown is shown, and no promise
/// but that of `start` is broken.
#[test]
fn an_index_that_is_not_whole_says_what_is_missing() {
    let whole = sample().files();
    let scripts = Scripts::new(support::theme(), whole.clone());
    let calls = [
        ("ask", json!(["听证", {}])),
        ("help", json!(["挺证"])),
        ("facts", json!([[0, 1]])),
        ("complete", json!(["听", 5])),
    ];
    calls.iter().for_each(|(call, given)| drop(scripts.call(call, given)));
    let asked: BTreeSet<String> = scripts.asked().into_iter().map(|(name, _)| name).collect();
    assert!(asked.len() > 10, "{asked:?}");
    for name in asked {
        let bytes = &whole[&name];
        for broken in [None, Some(bytes[..bytes.len() / 2].to_vec()), Some(vec![0xff; 9])] {
            let mut files = whole.clone();
            match &broken {
                None => drop(files.remove(&name)),
                Some(bytes) => drop(files.insert(name.clone(), bytes.clone())),
            }
            let scripts = Scripts::new(support::theme(), files);
            let answer = scripts.call("ask", &json!(["听证", {}]));
            let needed = scripts.asked().iter().any(|(asked, _)| *asked == name);
            assert_eq!(texts(&answer["missing"]).contains(&name.as_str()), needed, "{name} {broken:?}: {answer}");
            calls.iter().for_each(|(call, given)| drop(scripts.call(call, given)));
        }
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    let scripts = sample().scripts();
    let long = "很长的查询".repeat(2000);
    for typed in
        [long.as_str(), "\u{301}\u{302}", "(a+)+$ [\\w", "' OR 1=1 --", "<script>", "__proto__", "\0", "😀", "第条"]
    {
        scripts.call("ask", &json!([typed, {}]));
        scripts.call("help", &json!([typed]));
        scripts.call("complete", &json!([typed, 5]));
    }
}

/// A query costs few files and bytes over a thousand pages (SEARCH.md: index bytes of a
/// further query 25 KB on average, 55 KB at nine of ten).
#[test]
fn a_further_query_costs_few_bytes() {
    let (shelf, questions) = paragraphs();
    let mut costs: Vec<usize> = Vec::new();
    for question in questions.iter().step_by(25) {
        let scripts = Scripts::new(support::theme(), shelf.files().clone());
        scripts.call("start", &json!([]));
        scripts.asked();
        let short: String = question.text.chars().take(4).collect();
        scripts.call("ask", &json!([short, {}]));
        costs.push(scripts.asked().iter().map(|(_, bytes)| bytes).sum());
    }
    costs.sort_unstable();
    let mean = costs.iter().sum::<usize>() / costs.len();
    assert!(mean <= 25 * 1024, "{mean} bytes on average: {costs:?}");
    assert!(costs[costs.len() * 9 / 10] <= 55 * 1024, "{costs:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn text_is_compared_alike(text in "\\PC{0,24}") {
        let scripts = sample().scripts();
        let ours = String::from_utf16_lossy(&units(&text));
        let table: Vec<_> = simplified_pairs().collect();
        let theirs = scripts.value("search.units(given[0], new Map(given[1]))", &json!([text, table]));
        prop_assert_eq!(theirs, json!(ours));
    }
}
