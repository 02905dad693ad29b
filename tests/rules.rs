//! Every rule has a page in `tests/rules` that tells what it means, and every page
//! is a test: its wrong example gives the messages that it lists, at the lines that
//! it says, and its right example gives none of that code.
//!
//! `<CODE>.md` is the manual page of a rule; `<CODE>-<a-sentence>.md` is a further
//! case. A page with `词:` lines is of a rule that later stages raise: only its
//! words are tested here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiangtai::base::Discard;
use jiangtai::base::{Code, Day, Diagnostic, Finding, Findings, Place, Severity, SourcePath};
use jiangtai::config::{self, Flags};
use jiangtai::courseware;
use jiangtai::pipeline::{self, Job};
use jiangtai::rules::{self, RULES};
use jiangtai::source::Sources;
use jiangtai::theme::{self, Theme};
use proptest::prelude::*;

#[path = "support/office.rs"]
mod office;

/// A file of an example: its path and its bytes.
type File = (String, Vec<u8>);

/// A page taken apart.
struct Case {
    name: String,
    code: String,
    wrong: Example,
    right: Example,
    messages: Vec<String>,
    lines: Option<Vec<u32>>,
    /// The values that a later stage would give; `None` when the rule is raised by now.
    words: Option<Vec<(String, String)>>,
}

#[derive(Default)]
struct Example {
    as_of: Option<Day>,
    files: Vec<File>,
}

#[test]
fn wrong_examples_give_their_messages() {
    let mut failures = String::new();
    for case in cases() {
        let found = match &case.words {
            Some(words) => vec![rules::phrase(&raised(&case, words))],
            None => check(&case.wrong).into_iter().filter(|diagnostic| diagnostic.code.as_str() == case.code).collect(),
        };
        let said: Vec<String> =
            found.iter().map(|diagnostic| format!("{}{}", diagnostic.message, diagnostic.remedy)).collect();
        let at: Vec<u32> = found.iter().map(|diagnostic| diagnostic.place.line).collect();
        if sorted(said.clone()) != sorted(case.messages.clone()) {
            failures += &format!("{}: says {said:#?}, not {:#?}\n", case.name, case.messages);
        }
        if case.lines.as_ref().is_some_and(|lines| *lines != at) {
            failures += &format!("{}: at lines {at:?}, not {:?}\n", case.name, case.lines);
        }
        for diagnostic in found.iter().filter(|diagnostic| case.words.is_none() && !is_placed(diagnostic, &case.wrong))
        {
            failures += &format!("{}: {:?} is not in the file\n", case.name, diagnostic.place);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn right_examples_give_none() {
    for case in cases() {
        let left: Vec<Diagnostic> =
            check(&case.right).into_iter().filter(|diagnostic| diagnostic.code.as_str() == case.code).collect();
        assert!(left.is_empty(), "{}: {left:#?}", case.name);
    }
}

#[test]
fn messages_name_the_line_at_which_they_stand() {
    for case in cases().iter().filter(|case| case.words.is_none()) {
        for diagnostic in check(&case.wrong) {
            if let Some(line) = line_in(&diagnostic.message) {
                assert_eq!(diagnostic.place.line, line, "{}: {}", case.name, diagnostic.message);
            }
        }
    }
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let pages: BTreeSet<String> =
        cases().into_iter().filter(|case| case.name == case.code).map(|case| case.code).collect();
    let codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(pages, codes);
    for case in cases() {
        assert!(codes.contains(&case.code), "{}", case.name);
    }
}

#[test]
fn rules_stand_in_order_and_weigh_what_their_code_says() {
    let numbers: Vec<&str> = RULES.iter().map(|rule| &rule.code[1..]).collect();
    assert!(numbers.is_sorted());
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    for rule in RULES {
        let weight = match (rule.code, &rule.code[..1]) {
            ("W109", _) | (_, "H") => Severity::Hint,
            (_, "W") => Severity::Warning,
            _ => Severity::Error,
        };
        assert_eq!(rule.severity, weight, "{}", rule.code);
        assert!(rule.manual.starts_with(&format!("# {} {}\n", rule.code, rule.title)), "{}", rule.code);
        assert_eq!(rules::find(&rule.code.to_lowercase()).map(|found| found.code), Some(rule.code));
        assert!(
            !rule.page().contains("\n统计日:") && !rule.page().contains("\n词:") && !rule.page().contains("\n行:"),
            "{}",
            rule.code
        );
    }
    assert!(rules::find("E000").is_none());
}

#[test]
fn every_code_in_the_program_has_a_rule() {
    let mut unknown = BTreeMap::new();
    for file in files_below(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        let text = fs::read_to_string(&file).expect("a source file");
        let body = text.split("#[cfg(test)]").next().unwrap_or_default();
        for code in body.split('"').filter(|part| is_code(part)).filter(|code| rules::find(code).is_none()) {
            unknown.insert(code.to_owned(), file.display().to_string());
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_smallest_file_gives_nothing_louder_than_a_hint() {
    for text in [
        "---\n标题: 夜间巡查小窍门\n---\n",
        "先看灯，再看门，最后看地面。\n",
        "---\n标题: 夜巡\n小教员: 卫白露\n授课日期: 2025-03-14\n---\n正文\n",
    ] {
        let files = vec![("content/units/城东分局/2025/lessons/夜巡.md".to_owned(), text.as_bytes().to_vec())];
        let found = check(&Example { as_of: None, files });
        assert!(found.iter().all(|diagnostic| diagnostic.severity == Severity::Hint), "{found:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn phrasing_never_fails_and_fills_every_placeholder(
        rule in 0..RULES.len(),
        line in 0u32..50,
        given in proptest::collection::vec((proptest::sample::select(WORDS.split(' ').collect::<Vec<_>>()), "[^{}]{0,12}"), 0..12),
    ) {
        let rule = RULES[rule];
        let place = Place { file: SourcePath::new("content/a.md"), line, column: 0, length: 0 };
        let mut finding = Finding::new(rule.code, place);
        for (name, value) in given {
            finding = finding.with(name, value);
        }
        let diagnostic = rules::phrase(&finding);
        prop_assert!(!diagnostic.message.is_empty());
        prop_assert!(!diagnostic.message.contains(['{', '}']), "{}", diagnostic.message);
        prop_assert!(!diagnostic.remedy.contains(['{', '}']), "{}", diagnostic.remedy);
    }

    #[test]
    fn checking_takes_any_text(lesson in "\\PC{0,200}", plan in "[月份课题小教员完成日期状态,\n0-9★秘密-]{0,120}") {
        let files = vec![
            ("content/units/甲/2025/lessons/a.md".to_owned(), lesson.into_bytes()),
            ("content/units/甲/2025/plan.csv".to_owned(), format!("月份,课题,小教员,完成日期,状态\n{plan}").into_bytes()),
        ];
        check(&Example { as_of: None, files });
    }
}

/// The placeholders that findings fill.
const WORDS: &str = "键 值 键1 行1 近似 替代 n m 日 年 目录年 列表 名 目录 a b 文件A 文件B id 列 表头 目标 例 \
    上限 标题 内容 改法 单位们 单位1 单位 课题 月 统计日 小教员 次数 词 新 失效日 路径 bin 文件 补充 \
    网址 处 原因 原文 栏目 课题 结果 线 k a b c d 和 v x y p 单位 s 年们 从未 缺年 奖项 项 分 月们 后果 例子 表名";

/// What a whole build says of an example.
fn check(example: &Example) -> Vec<Diagnostic> {
    let mut sources = Sources::from_memory(example.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    courseware::open(&mut sources, &courseware::Memory::none(), 1600).expect("what lies in memory can be read");
    let mut settings = Findings::default();
    let as_of = example.as_of.or_else(|| Day::new(2025, 12, 31));
    let today = Day::new(2030, 1, 1).expect("a day");
    let config = config::load(&sources, &Flags { as_of, ..Flags::default() }, today, &mut settings);
    let job = Job { sources: &sources, settings, config: &config, theme: theme() };
    pipeline::build(job, &|_, _| {}, &Discard).diagnostics
}

/// The theme that the program carries.
fn theme() -> &'static Theme {
    static THEME: LazyLock<Theme> = LazyLock::new(|| {
        let nowhere = Path::new("/nonexistent");
        theme::load("default", nowhere, nowhere).expect("the default theme")
    });
    &THEME
}

/// What a later stage would leave.
fn raised(case: &Case, words: &[(String, String)]) -> Finding {
    let file = case.wrong.files.first().map_or("content", |(path, _)| path.as_str());
    let line = case.lines.as_ref().and_then(|lines| lines.first().copied()).unwrap_or(0);
    let code = rules::find(&case.code).map_or("E000", |rule| rule.code);
    let place = Place { file: SourcePath::new(file), line, column: 0, length: 0 };
    let words = words.iter().map(|(name, value)| {
        let name = WORDS.split(' ').find(|known| known == name).unwrap_or_else(|| panic!("{}: {name}", case.name));
        (name, value.clone())
    });
    Finding { code: Code(code), place, words: words.collect(), rewrite: None }
}

/// Whether the stretch that would be underlined is there.
fn is_placed(diagnostic: &Diagnostic, example: &Example) -> bool {
    let place = &diagnostic.place;
    let sources = Sources::from_memory(example.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    match sources.line(&place.file, place.line) {
        Some(line) => place.column == 0 || (place.column - 1 + place.length) as usize <= line.chars().count().max(1),
        None => place.line == 0,
    }
}

/// 第 3 行 in a message about a file.
fn line_in(message: &str) -> Option<u32> {
    let file_first = message.starts_with("content/") || message.starts_with("人员名册第");
    let rest = message.split_once("第 ").filter(|_| file_first)?.1;
    rest.split_once(" 行")?.0.parse().ok()
}

fn sorted(mut messages: Vec<String>) -> Vec<String> {
    messages.sort();
    messages
}

/// `E112`, but no word that merely looks like it.
fn is_code(text: &str) -> bool {
    let (letter, digits) = text.split_at_checked(1).unwrap_or_default();
    matches!(letter, "E" | "W" | "H") && digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the pages").map(|entry| entry.expect("a page").path()).collect();
    paths.sort();
    paths.iter().map(|path| read_case(path)).collect()
}

/// Which part of a page a line stands in.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Before,
    Wrong,
    Messages,
    Right,
}

fn read_case(path: &Path) -> Case {
    let text = fs::read_to_string(path).expect("a page");
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let code = name.split('-').next().unwrap_or_default().to_owned();
    let mut case = Case {
        name,
        code,
        wrong: Example::default(),
        right: Example::default(),
        messages: Vec::new(),
        lines: None,
        words: None,
    };
    let mut part = Part::Before;
    let mut file = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            part = match heading {
                "错误写法" => Part::Wrong,
                "信息" => Part::Messages,
                "正确写法" => Part::Right,
                _ => Part::Before,
            };
        } else if let Some(kind) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match (part, file.take()) {
                (Part::Messages, _) => case.messages = block.iter().map(|line| (*line).to_owned()).collect(),
                (Part::Wrong, Some(path)) => case.wrong.files.push((path, bytes(kind, &block))),
                (Part::Right, Some(path)) => case.right.files.push((path, bytes(kind, &block))),
                _ => {}
            }
        } else if line.starts_with("`content") && line.ends_with('`') {
            file = Some(line.trim_matches('`').to_owned());
        } else {
            read_setting(&mut case, part, line);
        }
    }
    assert!(!case.messages.is_empty(), "{}: no messages", case.name);
    case
}

fn read_setting(case: &mut Case, part: Part, line: &str) {
    if let Some(day) = line.strip_prefix("统计日: ") {
        let numbers: Vec<u32> = day.split('-').map(|number| number.parse().expect("a number")).collect();
        let day = Day::new(i32::try_from(numbers[0]).expect("a year"), numbers[1], numbers[2]);
        let example = if part == Part::Right { &mut case.right } else { &mut case.wrong };
        example.as_of = day;
    } else if let Some(numbers) = line.strip_prefix("行: ") {
        case.lines = Some(numbers.split('、').map(|number| number.trim().parse().expect("a line")).collect());
    } else if let Some(word) = line.strip_prefix("词:") {
        let words = case.words.get_or_insert_default();
        words.extend(word.split_once(" = ").map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())));
    }
}

/// The bytes of a block: text, `gbk` text, `hex` bytes, a `size` of a file whose content
/// does not matter, or a file of an office program with what the block says.
fn bytes(kind: &str, block: &[&str]) -> Vec<u8> {
    let text = if block.is_empty() { String::new() } else { format!("{}\n", block.join("\n")) };
    match kind {
        "gbk" => encoding_rs::GBK.encode(&text).0.into_owned(),
        "hex" => text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("a byte")).collect(),
        "docx" => office::docx(&text),
        "pptx" => office::pptx(&text),
        "cut" => office::cut(),
        "bomb" => office::bomb(),
        "locked" => office::written("locked-paper-by-msoffcrypto.docx"),
        "scan" => office::written("scan-by-reportlab.pdf"),
        "photo" => office::written("photograph-with-place-by-pillow.jpg"),
        "size" => vec![0; text.trim().trim_end_matches(" MB").parse::<usize>().expect("megabytes") * 1024 * 1024],
        _ => text.into_bytes(),
    }
}
