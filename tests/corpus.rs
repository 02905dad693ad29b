//! Real input: many lessons as office desktops save them. No lesson is lost, and what
//! was written is what is shown.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::GB18030;
use jiangtai::config::Flags;
use support::{File, Site, build, html};

const SUBJECTS: &[&str] = &[
    "退一赔三",
    "十五日核查期限",
    "《广告法》第九条",
    "预付卡余额",
    "“七日无理由”退货",
    "电子秤铅封",
    "送达回证",
    "12315工单",
    "保健食品广告里的“治”字",
    "名称近似",
];
const VERBS: &[&str] = &[
    "怎么用：一线问答",
    "常见错处",
    "办案要点",
    "窗口提醒（一）",
    "案例拆解",
    "三步检查法",
    "易混条款对照、速查",
    "该查哪一条？",
];
const SENTENCES: &[&str] = &[
    "经营者提供商品或者服务有欺诈行为的，应当按照消费者的要求增加赔偿其受到的损失。",
    "收到投诉之日起七个工作日内作出受理或者不予受理的决定，并告知投诉人。",
    "执法人员不得少于两人，并应当主动向当事人或者有关人员出示执法证件。",
    "先看许可，再看执照，两样都不要的便民劳务另作一类。",
    "周五学习日讲过一遍，会后有同志问：价款三百元、赔偿不足五百元的，按五百元算吗？",
];

/// A lesson as it was written: where, how saved, its title and a sentence of it.
struct Written {
    path: String,
    bytes: Vec<u8>,
    title: String,
    sentence: &'static str,
}

#[test]
fn two_hundred_lessons_in_mixed_encodings_keep_their_titles_and_words() {
    let written = lessons(200);
    let files: Vec<File> = written.iter().map(|lesson| (lesson.path.clone(), lesson.bytes.clone())).collect();
    let site = build(&files, "2025-12-31");
    assert_eq!(site.library.lessons.len(), 200);
    for (at, lesson) in written.iter().enumerate() {
        let page = site.page(&address(&lesson.path));
        assert_eq!(html::heading(page), lesson.title, "lesson {at}");
        assert_eq!(html::title(page), format!("{} - 互动式岗位教学法教材库", lesson.title), "lesson {at}");
        assert!(html::text(page).contains(lesson.sentence), "lesson {at} lost {}", lesson.sentence);
    }
    no_mojibake(&site);
    let listed: String = site.texts().filter(|(name, _)| is_list(name)).map(|(_, text)| html::text(text)).collect();
    let unlisted: Vec<&String> =
        written.iter().map(|lesson| &lesson.title).filter(|title| !listed.contains(title.as_str())).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
    let in_gbk = written.iter().filter(|lesson| std::str::from_utf8(&lesson.bytes).is_err()).count();
    assert_eq!(site.problems().iter().filter(|problem| problem.starts_with("W102")).count(), in_gbk);
}

/// The library that `make_library.py OUT -n N --mixed-encodings` makes out of real law
/// texts, when there is one on this machine: JIANGTAI_CORPUS names OUT.
#[test]
fn a_library_of_real_texts_keeps_every_title() {
    let Some(root) = std::env::var_os("JIANGTAI_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: JIANGTAI_CORPUS names no library made by make_library.py");
        return;
    };
    let site = support::build_folder(&root, &Flags::default());
    let written = titles_below(&root.join("content/units"));
    assert!(!written.is_empty(), "{} has no lessons", root.display());
    assert_eq!(site.library.lessons.len(), written.len());
    let shown: BTreeMap<String, String> = site.lessons().into_iter().collect();
    let wrong: Vec<_> = written.iter().filter(|(page, title)| shown.get(*page) != Some(title)).take(5).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    no_mojibake(&site);
    eprintln!("{} lessons of {} have their titles", written.len(), root.display());
}

/// `lessons/index.html` and the pages behind it.
fn is_list(name: &str) -> bool {
    name.strip_prefix("lessons/").is_some_and(|name| name.starts_with("index") || name.starts_with("page"))
}

/// What a wrong guess at an encoding leaves behind.
fn no_mojibake(site: &Site) {
    for (page, text) in site.texts() {
        let sign = ["\u{fffd}", "锟斤拷", "\u{feff}", "鏍囬", "\r"].into_iter().find(|sign| text.contains(sign));
        assert_eq!(sign, None, "{page}");
    }
}

/// Lessons by turns in GBK with CRLF, in UTF-8 with a mark and CRLF, with CRLF, plain.
fn lessons(count: usize) -> Vec<Written> {
    let one = |at: usize| {
        let title = format!("{}{}（{at:03}）", SUBJECTS[at % SUBJECTS.len()], VERBS[at / 3 % VERBS.len()]);
        let sentence = SENTENCES[at % SENTENCES.len()];
        let key = ["标题", "title", "题目"][at % 3];
        let colon = if at % 4 == 1 { "：" } else { ": " };
        let text = format!(
            "---\n{key}{colon}{title}\n领域: 消费维权\n---\n\n## 案例\n\n{sentence}\n\n> [!提示]\n> {sentence}\n"
        );
        let crlf = text.replace('\n', "\r\n");
        let bytes = match at % 6 {
            0 | 1 => GB18030.encode(&crlf).0.into_owned(),
            2 => [b"\xef\xbb\xbf", crlf.as_bytes()].concat(),
            3 => crlf.into_bytes(),
            _ => text.into_bytes(),
        };
        let unit = ["kaifaqu", "chengdong", "zhuce"][at % 3];
        let path = format!("content/units/{unit}/{}/lessons/l{at:04}.md", 2021 + at % 5);
        Written { path, bytes, title, sentence }
    };
    (0..count).map(one).collect()
}

fn address(path: &str) -> String {
    path.trim_start_matches("content/").replace("/lessons/", "/").replace(".md", ".html")
}

/// Every lesson's address and title, read here on our own.
fn titles_below(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.to_string_lossy().replace('\\', "/");
            if entry.is_dir() {
                folders.push(entry);
            } else if name.ends_with(".md") && name.contains("/lessons/") {
                let bytes = std::fs::read(&entry).expect("a lesson");
                let below = name.split("content/").last().unwrap_or_default().to_owned();
                found.insert(address(&below), title_of(&bytes));
            }
        }
    }
    found
}

fn title_of(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| GB18030.decode(bytes).0.into_owned());
    let line = text.lines().find(|line| line.contains("title: ")).unwrap_or_default();
    let quoted = line.trim_start_matches('\u{feff}').trim_start_matches("title: ").trim_matches('"');
    quoted.replace("\\\"", "\"").replace("\\\\", "\\").trim().to_owned()
}
