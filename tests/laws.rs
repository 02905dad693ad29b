//! What holds for every library, whatever is in it: the same bytes whatever the number
//! of threads and the encoding of the files, one page a lesson, no dead link, no panic.

mod support;
#[path = "laws/trials.rs"]
mod trials;

use jiangtai::base::{Findings, SourcePath};
use jiangtai::config::Flags;
use jiangtai::records::{self, ALL};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{File, Site, build, html};
use trials::{encoded, gbk, gbk_with_crlf, library, unfit_addresses, utf16, with_mark};

/// Signs that mean something to YAML, CSV, Markdown or HTML, and their wide twins.
const NASTY: &str = r##"[ ：:，,、；;\t"'\[\]{}#&*!|>%@\-—…？?~`\\/<=$＄＃１２３0-9a-z标题小教员是否草稿年月日《》（）“”·𠮷\u{feff}\u{200b}é]"##;

/// A piece of text with them.
fn nasty(length: usize) -> impl Strategy<Value = String> {
    vec(NASTY, 0..=length).prop_map(|pieces| pieces.concat())
}

/// Lines as somebody in an office might type them, and some as nobody would.
fn front_matter() -> impl Strategy<Value = String> {
    let keys: Vec<&'static str> = records::LESSON.fields.iter().flat_map(|field| [field.name, field.key]).collect();
    let key = prop_oneof![3 => proptest::sample::select(keys), 1 => Just("随便"), 1 => Just("")];
    let colon = prop_oneof![Just(": "), Just("："), Just(":"), Just(" : "), Just("")];
    let value = prop_oneof![
        nasty(12),
        Just("2025年3月5日".to_owned()),
        Just("[甲、乙]".to_owned()),
        Just("\n  - 甲\n\t- 乙".to_owned()),
        Just("|\n  两行\n  文字".to_owned())
    ];
    vec((key, colon, value), 0..6)
        .prop_map(|lines| lines.into_iter().map(|(key, colon, value)| format!("{key}{colon}{value}\n")).collect())
}

fn lesson(name: &str, text: impl AsRef<str>) -> File {
    (format!("content/units/城东分局/2025/lessons/{name}.md"), text.as_ref().as_bytes().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_takes_any_front_matter(text in nasty(120), lines in front_matter()) {
        for text in [text.clone(), format!("---\n{text}\n---\n{text}"), format!("---\n{lines}---\n正文")] {
            for entity in ALL {
                let mut findings = Findings::default();
                records::document(&text, &SourcePath::new("content/甲.md"), entity, &mut findings);
                records::settings(&text, &SourcePath::new("content/甲.yaml"), entity, &mut findings);
                let lines = text.split('\n').count() as u32;
                for finding in findings.iter() {
                    prop_assert!(finding.place.line <= lines, "{:?} in {text:?}", finding);
                }
            }
        }
    }

    #[test]
    fn reading_takes_any_table(text in nasty(160), rows in vec(vec(nasty(6), 0..8), 0..6)) {
        let table: String = rows.iter().map(|cells| format!("{}\r\n", cells.join(","))).collect();
        for text in [text, format!("姓名,单位,编号\n{table}"), format!("月份，课题，小教员\n{table}")] {
            for entity in ALL {
                records::table(&text, &SourcePath::new("content/甲.csv"), entity, &mut Findings::default());
            }
        }
    }

    #[test]
    fn repairing_twice_is_repairing_once(lines in front_matter(), body in nasty(30)) {
        let path = SourcePath::new("content/甲.md");
        let once = records::repair(&format!("---\n{lines}---\n{body}"), &path);
        prop_assert_eq!(records::repair(&once, &path), once);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_lesson_has_exactly_one_page(fronts in vec((front_matter(), nasty(40)), 1..5)) {
        // What keeps a lesson back on purpose is another matter.
        let kept = |front: &str| !["草稿", "draft", "公开范围", "visibility", "状态", "status"].iter().any(|key| front.contains(key));
        let fronts: Vec<_> = fronts.into_iter().filter(|(front, _)| kept(front)).collect();
        let files: Vec<File> = fronts.iter().enumerate().map(|(at, (front, body))| lesson(&format!("第{at}课"), format!("---\n{front}---\n{body}"))).collect();
        let site = build(&files, "2025-12-31");
        prop_assert_eq!(site.lessons().len(), files.len(), "{:#?}", fronts);
        let links = html::broken_links(&site.files);
        prop_assert!(links.is_empty(), "{:?} {:#?}", links, fronts);
    }

    #[test]
    fn a_title_is_shown_as_it_was_written(title in "[\u{21}-\u{7e}一-龥：，。；？！“”‘’《》（）、·…—￥ ]{0,28}[\u{21}-\u{7e}一-龥]", quoted in proptest::bool::ANY) {
        // In quotes as `new` writes them, or as people write: no quotes at all. A title
        // that is itself in quotes or brackets, or a comment, is read as YAML says.
        let bare = title.trim();
        let is_plain = !bare.starts_with(['"', '\'', '|', '>', '[', '{', '&', '*', '!', '#']) && !bare.contains(" #");
        let written = if quoted || !is_plain { format!("\"{}\"", bare.replace('\\', "\\\\").replace('"', "\\\"")) } else { title.clone() };
        let site = build(&[lesson("甲", format!("---\n标题: {written}\n---\n正文"))], "2025-12-31");
        let shown: Vec<String> = site.lessons().into_iter().map(|(_, title)| title).collect();
        prop_assert_eq!(shown, [bare], "{}", written);
    }

    /// Of common characters: bytes full of rare ones are taken for a broken file (E101).
    #[test]
    fn encodings_make_no_difference(texts in vec("[ -~的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经，。：？“”《》\n]{1,80}", 1..4), title in "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经]{2,10}") {
        let files: Vec<(String, String)> = texts.iter().enumerate().map(|(at, text)| {
            let (path, _) = lesson(&format!("第{at}课"), "");
            (path, format!("---\n标题: {title}{at}\n---\n\n{text}\n"))
        }).collect();
        let plain = build(&encoded(&files, |text| text.as_bytes().to_vec()), "2025-12-31");
        for change in [gbk, gbk_with_crlf, with_mark, utf16] {
            let other = build(&encoded(&files, change), "2025-12-31");
            prop_assert!(plain.files == other.files, "{:?}", differing(&plain, &other));
        }
    }

    #[test]
    fn links_lead_somewhere(library in library(), as_of in 2024i32..2027) {
        let site = build(&encoded(&library, |text| text.as_bytes().to_vec()), &format!("{as_of}-06-30"));
        let broken = html::broken_links(&site.files);
        prop_assert!(broken.is_empty(), "{:#?}", broken);
        let unfit = unfit_addresses(&site);
        prop_assert!(unfit.is_empty(), "{:#?}", unfit);
    }

    #[test]
    fn addresses_can_be_written_on_any_disk(names in vec("[一-龥a-zA-Z0-9 ._~()（），！·-]{1,40}", 1..5), alias in prop_oneof![nasty(30), "[a-z一-龥 ./-]{1,60}"], slug in nasty(30), domain in nasty(30), long in 1usize..9) {
        let files: Vec<File> = names.iter().map(|name| {
            let [alias, slug, domain] = [&alias, &slug, &domain].map(|text| text.repeat(long).replace('\\', "\\\\").replace('"', "\\\""));
            let text = format!("---\n标题: 甲\n旧网址: \"{alias}\"\n网址名: \"{slug}\"\n领域: \"{domain}\"\n小教员: \"{domain}\"\n---\n");
            (format!("content/units/{name}/2025/lessons/{}.md", name.repeat(long)), text.into_bytes())
        }).collect();
        let site = build(&files, "2025-12-31");
        let unfit = unfit_addresses(&site);
        prop_assert!(unfit.is_empty(), "{:#?}", unfit);
        let broken = html::broken_links(&site.files);
        prop_assert!(broken.is_empty(), "{:#?}", broken);
    }
}

#[test]
fn the_sample_has_no_dead_link() {
    let site = sample();
    let broken = html::broken_links(&site.files);
    assert!(broken.is_empty(), "{broken:#?}");
    let links: usize = site.texts().map(|(_, text)| html::links(text).len()).sum();
    assert!(links > 5000, "{links}");
}

/// Nothing on a page asks another host: what is loaded lies in the site.
#[test]
fn the_sample_loads_nothing_from_elsewhere() {
    for (page, text) in sample().texts().filter(|(page, _)| page.ends_with(".html")) {
        let loaded = html::tags(text)
            .into_iter()
            .filter(|tag| ["link ", "script", "img "].iter().any(|kind| tag.starts_with(kind)));
        for tag in loaded {
            assert!(!tag.contains("//"), "{page}: <{tag}>");
        }
        let scripts = html::tags(text).into_iter().filter(|tag| tag.starts_with("script") && !tag.contains(" src="));
        assert_eq!(scripts.count(), 0, "{page} has an inline script");
        assert!(
            text.contains("http-equiv=\"Content-Security-Policy\"") || text.contains("http-equiv=\"refresh\""),
            "{page}"
        );
    }
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let [one, four] = [1, 4].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(sample)
    });
    let diagnostics = |site: &Site| site.diagnostics.iter().map(support::said).collect::<Vec<_>>();
    assert!(one.files == four.files, "{:?}", differing(&one, &four));
    assert_eq!(diagnostics(&one), diagnostics(&four));
    assert!(one.files == sample().files);
}

/// The order in which files are found does not matter either.
#[test]
fn the_order_of_the_files_makes_no_difference() {
    let mut files: Vec<File> = ["夜巡", "夜循", "叶寻", "index"]
        .map(|name| lesson(name, format!("---\n标题: {name}\n---\n见[[夜循]]")))
        .into();
    files.push(("content/人员名册.csv".to_owned(), "姓名,单位\n张三,城东分局\n".into()));
    let forward = build(&files, "2025-12-31");
    files.reverse();
    let backward = build(&files, "2025-12-31");
    assert!(forward.files == backward.files, "{:?}", differing(&forward, &backward));
}

fn sample() -> Site {
    support::build_folder(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), &Flags::default())
}

fn differing(one: &Site, other: &Site) -> Vec<String> {
    let names = one.files.keys().chain(other.files.keys());
    names.filter(|name| one.files.get(*name) != other.files.get(*name)).cloned().collect()
}
