//! Themes: the small one that the program carries, what its README teaches, and one of
//! the reader's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::command::{PAGE, Root};
use crate::support::html;

/// A folder of the repository.
fn themes(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name)
}

/// The pages among the files of a site.
fn pages(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, &str> {
    let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn the_small_theme_changes_every_page_and_breaks_none() {
    let root = Root::new(&[]);
    root.run(&["init", "--sample"]).expect(0);
    root.run(&["build", "-o", "default"]).expect(0);
    let settings = root.read("content/site.yaml");
    root.write("content/site.yaml", format!("{settings}\n主题: plain\n").as_bytes());
    root.run(&["build", "-o", "plain"]).expect(0);
    let (default, plain) = (root.tree("default"), root.tree("plain"));
    let (old, new) = (pages(&default), pages(&plain));
    assert!(old.keys().eq(new.keys()) && new.len() > 300, "{} and {} pages", old.len(), new.len());
    let same: Vec<&&str> = new.iter().filter(|(name, page)| old[**name] == **page).map(|(name, _)| name).collect();
    // A page that only leads on has no styles.
    let unmoved: Vec<_> = same.iter().filter(|name| !new[**name].contains("http-equiv=\"refresh\"")).collect();
    assert!(unmoved.is_empty(), "{unmoved:?}");
    let broken = html::broken_links(&plain);
    assert!(broken.is_empty(), "{broken:#?}");
    let home = new["index.html"];
    assert!(home.contains("class=\"front\"") && home.contains("今天讲什么") && !home.contains("class=\"hero\""));
    // Its own words stand among all the others.
    assert!(home.contains("跳到正文") && home.contains("最新教案"));
}

#[test]
fn its_readme_names_every_file_and_says_rightly_what_it_does() {
    let readme = fs::read_to_string(themes("plain").join("README.md")).expect("a README");
    let mut named = BTreeSet::new();
    for row in readme.lines().filter(|line| line.starts_with("| `")) {
        let does = row.split('|').nth(2).expect("two columns").trim();
        for file in row.split('|').nth(1).expect("two columns").split('`').skip(1).step_by(2) {
            let is_new = !themes("default").join(file).exists();
            assert_eq!(does.starts_with("is new"), is_new, "{row}");
            named.insert(file.to_owned());
        }
    }
    let mut there = BTreeSet::new();
    collect(&themes("plain"), &themes("plain"), &mut there);
    there.remove("README.md");
    assert_eq!(named, there);
    assert!(readme.contains("Eight files") && readme.contains("八个文件") && there.len() == 8);
}

fn collect(top: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(top, &entry, found);
        } else {
            let name = entry.strip_prefix(top).expect("below").to_string_lossy().replace('\\', "/");
            found.insert(name);
        }
    }
}

/// A token that the small theme forgot would leave a part without colour.
#[test]
fn it_gives_every_token_in_every_mode() {
    let tokens = |theme: &str| {
        let text = fs::read_to_string(themes(theme).join("assets/css/tokens.css")).expect("tokens");
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (name, _) in names {
            *count.entry(name.to_owned()).or_default() += 1;
        }
        count
    };
    let mut plain = tokens("plain");
    assert_eq!(plain.remove("heading"), Some(1));
    assert_eq!(plain, tokens("default"));
}

#[test]
fn one_of_ones_own_is_made_as_its_readme_says() {
    let root = Root::with_lesson();
    let tokens = fs::read_to_string(themes("default").join("assets/css/tokens.css")).expect("tokens");
    root.write(
        "themes/ours/assets/css/tokens.css",
        tokens.replace("--accent: #163f86", "--accent: #7a1f5c").as_bytes(),
    );
    root.write("content/site.yaml", "主题: ours\n".as_bytes());
    root.run(&["build"]).expect(0);
    let styles: String = root
        .tree("public/assets")
        .iter()
        .filter(|(name, _)| name.starts_with("site-") && name.ends_with(".css"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(styles.contains("--accent:#7a1f5c") && !styles.contains("--accent:#163f86") && styles.contains(".card"));

    root.write("themes/ours/strings/zh-Hans.yaml", "frame:\n  skip: 直接看正文\n".as_bytes());
    root.run(&["build"]).expect(0);
    assert!(root.read(PAGE).contains("直接看正文") && root.read(PAGE).contains("显示设置"));

    root.write("themes/ours/strings/zh-Hans.yaml", "frame: 直接看正文\n".as_bytes());
    let ran = root.run(&["build"]).expect(3);
    assert!(ran.err.contains("“frame”下面是一组用语") && ran.err.contains("zh-Hans.yaml"), "{}", ran.err);

    root.write("themes/ours/strings/zh-Hans.yaml", b"# nothing\n");
    root.write("templates/parts/footer.html", b"<footer>{{ site.organ }}\n{% if %}</footer>\n");
    let ran = root.run(&["build"]).expect(3);
    assert!(ran.err.contains("parts/footer.html:2"), "{}", ran.err);
    root.write("templates/parts/footer.html", "<footer>自己的页脚</footer>\n".as_bytes());
    root.run(&["build", "--theme", "plain"]).expect(0);
    assert!(root.read(PAGE).contains("自己的页脚"));

    let ran = root.run(&["build", "--theme", "our"]).expect(3);
    assert!(ran.err.contains("default、ours、plain"), "{}", ran.err);
}

/// All words by the path of their keys.
fn words(tree: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    match tree {
        Value::Object(group) => group.iter().for_each(|(key, value)| words(value, &format!("{place}.{key}"), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| words(value, &format!("{place}.{at}"), found))
        }
        Value::String(text) => drop(found.insert(place.to_owned(), text.clone())),
        other => drop(found.insert(place.to_owned(), other.to_string())),
    }
}

/// Names in braces, which are filled in.
fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn is_han(c: char) -> bool {
    ('\u{3000}'..='\u{303f}').contains(&c)
        || ('\u{4e00}'..='\u{9fff}').contains(&c)
        || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// What has to be written in Chinese is shown in Chinese.
const AS_WRITTEN: [&str; 3] = [".fields.rule_list.1", ".fields.rule_list.2", ".fields.rule_list.3"];
/// What is called so in Chinese as well: keys, files, formats, standards.
const LATIN: &str = "ctrl f csv md sha pdf ppt word excel wps yaml utf gbk gb t wcag web a aa pagedown pageup home end esc \
    units lessons menu choices applications plan evaluations trainees ics xlsx json n s o b w p";
/// Not for readers: how wide a column or a cell of a form is.
const CODES: [&str; 2] = [".width", ".size"];

#[test]
fn both_languages_say_the_same_and_each_in_its_own_words() {
    let nowhere = Path::new("nowhere");
    let strings = jiangtai::theme::load("default", nowhere, nowhere).expect("the theme in the binary").strings;
    let [mut chinese, mut english] = [BTreeMap::new(), BTreeMap::new()];
    words(&strings["zh-Hans"], "", &mut chinese);
    words(&strings["en"], "", &mut english);
    assert!(chinese.len() > 900, "{} words", chinese.len());
    assert_eq!(chinese.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for ((place, here), there) in chinese.iter().zip(english.values()) {
        if holes(here) != holes(there) {
            wrong.push(format!("{place}: {here} / {there} are filled with different things"));
        }
        if there.contains(is_han) && !AS_WRITTEN.contains(&place.as_str()) {
            wrong.push(format!("{place}: {there} is not English"));
        }
        let without_holes: String =
            here.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let lower = without_holes.to_lowercase();
        let foreign = lower.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        let foreign: Vec<&str> = foreign.filter(|word| !LATIN.split_whitespace().any(|known| known == *word)).collect();
        if !foreign.is_empty() && !CODES.iter().any(|code| place.ends_with(code)) {
            wrong.push(format!("{place}: {here} has {foreign:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Values that forms save and tables hold, which are data and have one name, and the
/// names of blank tables.
const DATA: &str = "很满意 满意 基本满意 不满意 案例讲解 讲授 现场教学 讨论 情景模拟 上机实操 上级新政 履职实践 \
    选学菜单 选学汇总 申报汇总 教学计划 满意度测评 学员情况";

/// In a library that has nothing but Latin letters, every page in English is English,
/// but for data and for the page that explains the fields.
#[test]
fn a_site_in_english_has_no_chinese_of_its_own() {
    let root = Root::new(&[
        ("content/site.yaml", "lang: en\ntitle: Library\norgan: Bureau\nas_of: 2025-12-31\n"),
        ("content/people.csv", "name,unit\nZhang San,East\n"),
        ("content/units/east/unit.yaml", "name: East\nstart: 2025-01\n"),
        (
            "content/units/east/2025/lessons/patrol.md",
            "---\ntitle: Patrol\ninstructor: Zhang San\nminutes: 30\n---\n\n## Case\n\nText.\n",
        ),
        (
            "content/units/east/2025/plan.csv",
            "number,month,topic,instructor,held,expected,attended\n1,3,Patrol,Zhang San,2025-03-14,20,18\n",
        ),
        (
            "content/units/east/2025/evaluations.csv",
            "held,topic,valid,very_satisfied,satisfied,basic,unsatisfied\n2025-03-14,Patrol,18,10,8,0,0\n",
        ),
    ]);
    root.run(&["build"]).expect(0);
    let site = root.tree("public");
    let mut wrong = Vec::new();
    for (name, page) in pages(&site).into_iter().filter(|(name, _)| *name != "fields.html") {
        let body = page.split_once("<main").map_or(page, |(_, rest)| rest);
        let text = html::text(body);
        let foreign = text.split(|c: char| !is_han(c)).filter(|word| !word.is_empty());
        let foreign = foreign.filter(|word| !DATA.split_whitespace().any(|known| known == *word));
        wrong.extend(foreign.map(|word| format!("{name}: {word}")));
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(40)]);
}
