//! Names by pinyin, numbers of articles, traditional characters, and queries that
//! nobody means.

use std::time::{Duration, Instant};

use jiangtai::search::{Query, Tier, search};

use crate::collection::{Shelf, paragraphs, sample};

fn urls(shelf: &Shelf, typed: &str) -> Vec<(String, Tier)> {
    let hits = search(&shelf.engine, &Query::new(typed));
    hits.iter().map(|hit| (shelf.url(hit.document).to_owned(), hit.tier)).collect()
}

#[test]
fn titles_and_people_are_found_by_pinyin() {
    let lesson = "units/chengdong/2025/tui-yi-pei-san.html";
    for typed in ["tuiyipeisan", "tui yi pei san", "TUIYI", "typs", "tuiyips", "tui'yi'pei'san", "peisan"] {
        let found = urls(sample(), typed);
        assert!(found.contains(&(lesson.to_owned(), Tier::Sound)), "{typed}: {found:?}");
    }
    for typed in ["weibailu", "wbl", "wei bai lu", "bailu"] {
        let found = urls(sample(), typed);
        assert!(found.iter().any(|(url, _)| url == "people/wei-bai-lu.html"), "{typed}: {found:?}");
    }
}

#[test]
fn numbers_of_articles_are_one_in_both_scripts() {
    let exact = |typed: &str| {
        let found = urls(sample(), typed).into_iter().filter(|(_, tier)| tier.is_exact());
        found.map(|(url, _)| url).collect::<std::collections::BTreeSet<_>>()
    };
    let chinese = exact("第三十三条");
    assert!(!chinese.is_empty());
    assert_eq!(chinese, exact("第33条"));
}

#[test]
fn width_case_script_and_spaces_do_not_matter() {
    let plain = urls(sample(), "退一赔三");
    assert!(plain.len() > 2);
    for typed in ["退一賠三", " 退一赔三 ", "退 一 赔 三", "退\u{200b}一赔三"] {
        assert_eq!(urls(sample(), typed), plain, "{typed}");
    }
    assert_eq!(urls(sample(), "１２３１５"), urls(sample(), "12315"));
    assert_eq!(urls(sample(), "PPT"), urls(sample(), "ppt"));
}

#[test]
fn words_apart_come_after_the_phrase() {
    let found = urls(sample(), "退一赔三 城东");
    assert!(found.iter().any(|(url, tier)| url.ends_with("tui-yi-pei-san.html") && *tier == Tier::Parts), "{found:?}");
}

#[test]
fn queries_that_nobody_means_are_answered_soon() {
    let long = "的".repeat(10_000);
    let mixed = "退一赔三".repeat(2500);
    for typed in [
        "",
        "   ",
        "，。！？",
        "\u{301}\u{302}\u{303}",
        "((((((((((.*)+)+)+)+",
        "' OR 1=1; DROP TABLE lessons; --",
        "<script>alert(1)</script>",
        "\u{0}\u{1}\u{fffd}",
        "𠮷𠮷𠮷",
        "👨‍👩‍👧‍👦",
        &long,
        &mixed,
    ] {
        let begun = Instant::now();
        search(&paragraphs().0.engine, &Query::new(typed));
        // Not a measure of speed: an answer that never comes would hang the test.
        assert!(begun.elapsed() < Duration::from_secs(60), "{typed:?}");
    }
}
