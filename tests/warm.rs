//! A build with a memory makes the same site as one without, whatever happened since.

mod support;

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use jiangtai::base::{Discard, Findings};
use jiangtai::config::{self, Config, Flags};
use jiangtai::output::Memory;
use jiangtai::pipeline::{self, Job};
use jiangtai::source::Sources;
use proptest::prelude::*;
use support::command::Root;

/// What happens between two builds. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    /// A word more in a lesson's text.
    Body(usize),
    /// A new first paragraph, which lists show.
    Opening(usize),
    /// Another title, which other pages show.
    Title(usize),
    /// A line of front matter.
    Fact(usize, &'static str),
    /// A lesson gets another file name, and thereby another address.
    Rename(usize),
    /// A lesson goes.
    Delete(usize),
    /// A lesson comes.
    Add(usize),
    /// A row of a table.
    Row(&'static str, &'static str),
    /// A setting.
    Setting(&'static str),
    /// A template of the library's own; nothing takes it away again.
    Template(&'static str),
    /// Somebody changes a page of the site by hand.
    Tamper(usize),
    /// Somebody deletes a file of the site.
    Lose(usize),
    /// A bit of the memory turns.
    Damage(usize),
    /// The attachment of a lesson says something else.
    Attachment(usize),
    /// Nothing.
    Nothing,
}

const UNIT: &str = "content/units/城东分局/2025";

fn step() -> impl Strategy<Value = Step> {
    let fact = proptest::sample::select(vec![
        "领域: 消费维权",
        "能力: 会维权",
        "草稿: 是",
        "标签: [夜间]",
        "依据: 《食品安全法》第五十条",
    ]);
    let row = proptest::sample::select(vec![
        ("content/people.csv", "3,王五,城东分局\n"),
        ("content/units/城东分局/2025/plan.csv", "6,夜巡怎么讲,王五,第1课,2025-06-05\n"),
        ("content/basis.csv", "广告法,2015-09-01\n"),
    ]);
    let setting = proptest::sample::select(vec!["名称: 另一个教材库", "语言: en", "名称: 教材库\n主题: default"]);
    let template = proptest::sample::select(vec!["<p>甲</p>", "<p>乙</p>"]);
    prop_oneof![
        6 => any::<usize>().prop_map(Step::Body),
        2 => any::<usize>().prop_map(Step::Opening),
        2 => any::<usize>().prop_map(Step::Title),
        2 => (any::<usize>(), fact).prop_map(|(at, line)| Step::Fact(at, line)),
        1 => any::<usize>().prop_map(Step::Rename),
        1 => any::<usize>().prop_map(Step::Delete),
        2 => any::<usize>().prop_map(Step::Add),
        2 => row.prop_map(|(file, row)| Step::Row(file, row)),
        1 => setting.prop_map(Step::Setting),
        1 => template.prop_map(Step::Template),
        1 => any::<usize>().prop_map(Step::Tamper),
        1 => any::<usize>().prop_map(Step::Lose),
        1 => any::<usize>().prop_map(Step::Damage),
        1 => any::<usize>().prop_map(Step::Attachment),
        1 => Just(Step::Nothing),
    ]
}

/// A small library of everything that makes pages depend on each other.
fn library() -> Root {
    let root = Root::new(&[
        ("content/site.yaml", "名称: 教材库\n"),
        ("content/people.csv", "编号,姓名,单位\n1,张三,城东分局\n2,李四,城东分局\n"),
        ("content/basis.csv", "名称,施行日期\n食品安全法,2009-06-01\n"),
        ("content/docs/说明.md", "见[[第1课]]。繁體的說明。"),
        (
            &format!("{UNIT}/plan.csv"),
            "月份,课题,小教员,教案,完成日期\n3,夜巡怎么讲,张三,第1课,2025-03-05\n4,别的,李四,,\n",
        ),
    ]);
    (1..6).for_each(|number| add(&root, number));
    attach(&root, 1);
    root
}

fn add(root: &Root, number: usize) {
    let text = format!(
        "---\n标题: 第{number}个窍门\n小教员: 张三\n领域: 执法办案\n---\n\n第{number}段开头，见[[第1课]]。\n\n## 怎么做\n\n先看{number}盏灯，再看门。\n\n见[附件](附件.txt)。\n"
    );
    root.write(&format!("{UNIT}/lessons/第{number}课.md"), text.as_bytes());
}

fn attach(root: &Root, number: usize) {
    root.write(&format!("{UNIT}/lessons/附件.txt"), format!("附件的第{number}版。\n").as_bytes());
}

/// The names of the files in a folder that end so, in order.
fn names(root: &Root, folder: &str, end: &str) -> Vec<String> {
    let mut names: Vec<String> = root.tree(folder).into_keys().filter(|name| name.ends_with(end)).collect();
    names.sort();
    names.iter().map(|name| format!("{folder}/{name}")).collect()
}

fn change(root: &Root, file: Option<String>, change: impl Fn(&str) -> String) {
    if let Some(file) = file {
        let text = change(&root.read(&file));
        root.write(&file, text.as_bytes());
    }
}

fn happen(root: &Root, step: &Step) {
    let lessons = names(root, &format!("{UNIT}/lessons"), ".md");
    let pages = names(root, "public", ".html");
    let one = |files: &[String], at: usize| (!files.is_empty()).then(|| files[at % files.len()].clone());
    match step {
        Step::Body(at) => change(root, one(&lessons, *at), |text| format!("{text}又加了{at}句。\n")),
        Step::Opening(at) => change(root, one(&lessons, *at), |text| text.replacen("段开头", "段新的开头", 1)),
        Step::Title(at) => change(root, one(&lessons, *at), |text| text.replacen("个窍门", "个好窍门", 1)),
        Step::Fact(at, line) => {
            change(root, one(&lessons, *at), |text| text.replacen("---\n", &format!("---\n{line}\n"), 1))
        }
        Step::Rename(at) => {
            if let Some(file) = one(&lessons, *at) {
                fs::rename(root.path(&file), root.path(&file.replace(".md", "又.md"))).expect("a file can be renamed");
            }
        }
        Step::Delete(at) => {
            one(&lessons, *at).into_iter().for_each(|file| fs::remove_file(root.path(&file)).expect("a file can go"));
        }
        Step::Add(number) => add(root, number % 90 + 10),
        Step::Row(file, row) => change(root, Some((*file).to_owned()), |text| format!("{text}{row}")),
        Step::Setting(text) => root.write("content/site.yaml", format!("{text}\n").as_bytes()),
        Step::Template(text) => root.write("templates/pages/notices.html", text.as_bytes()),
        Step::Tamper(at) => change(root, one(&pages, *at), |text| format!("{text}<!-- 手改 -->")),
        Step::Lose(at) => {
            one(&pages, *at).into_iter().for_each(|file| fs::remove_file(root.path(&file)).expect("a file can go"));
        }
        Step::Damage(at) => {
            for file in names(root, ".jiangtai/cache", "") {
                let mut bytes = fs::read(root.path(&file)).expect("a file can be read");
                let place = at % bytes.len().max(1);
                bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= 4);
                fs::write(root.path(&file), bytes).expect("a file can be written");
            }
        }
        Step::Attachment(number) => attach(root, *number),
        Step::Nothing => {}
    }
}

/// Makes what was written since the last build look as if it had been written long ago, each
/// time at another moment: what the disk says of a file is believed only after a while.
fn rest(root: &Root, count: usize) {
    let long_ago = UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let moment = long_ago + Duration::new(count as u64, 123);
    for name in root.tree("content").into_keys() {
        let file = fs::File::options().write(true).open(root.path(&format!("content/{name}"))).expect("a file");
        let written = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
        if written > long_ago + Duration::from_secs(1_000_000) {
            file.set_modified(moment).expect("a time can be set");
        }
    }
}

/// The lines that tell of problems; the last one tells how long it took.
fn told(err: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = err.lines().collect();
    lines.pop();
    lines
}

/// A library out of memory in which one lesson says this.
fn sources(lesson: &str) -> Sources {
    let root = library();
    let mut files: Vec<(String, Vec<u8>)> = root.tree("content").into_iter().collect();
    for (name, bytes) in &mut files {
        if name.ends_with("第3课.md") {
            *bytes = lesson.as_bytes().to_vec();
        }
        *name = format!("content/{name}");
    }
    Sources::from_memory(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn job<'a>(sources: &'a Sources, config: &'a Config) -> Job<'a> {
    Job { sources, settings: Findings::default(), config, theme: support::theme() }
}

#[test]
fn a_lesson_that_is_shown_early_is_as_it_will_be() {
    let text = "---\n标题: 第3个窍门\n小教员: 张三\n领域: 执法办案\n---\n\n第3段开头，见[[第1课]]。\n\n## 怎么做\n\n先看灯。\n";
    let config = config::load(&sources(text), &Flags::default(), support::day("2025-12-31"), &mut Findings::default());
    let edits = [
        ("先看灯。", "先看灯，再看门。", true),
        ("第3段开头", "第3段新的开头", true),
        ("第3个窍门", "第3个好窍门", true),
        ("领域: 执法办案", "领域: 消费维权", false),
        ("先看灯。", "见[附件](附件.txt)。", true),
        ("---\n标题", "---\n标签: [夜间]\n标题", false),
        ("张三", "李四", false),
        ("---\n标题", "---\n草稿: 是\n标题", false),
        ("---\n标题", "---\n授课日期: 2025-03-05\n标题", false),
        ("先看灯。", "机密★1年", false),
    ];
    for (old, new, is_early) in edits {
        let (before, after) = (sources(text), sources(&text.replacen(old, new, 1)));
        let mut standing = pipeline::build(job(&before, &config), &|_, _| {}, &Discard);
        let (early, whole) = (Memory::default(), Memory::default());
        let file = after.files.iter().find(|file| file.path.as_str().ends_with("第3课.md")).unwrap();
        assert_eq!(standing.retouch(&job(&before, &config), file, &early), is_early, "{new}");
        pipeline::build(job(&after, &config), &|_, _| {}, &whole);
        let (early, whole) = (early.close().unwrap(), whole.close().unwrap());
        assert_eq!(early.is_empty(), !is_early, "{new}");
        early.iter().for_each(|(path, bytes)| assert!(whole.get(path) == Some(bytes), "{path} after {new}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_build_that_remembers_makes_what_a_first_build_makes(steps in proptest::collection::vec(step(), 4..9)) {
        let warm = library();
        let build = |root: &Root| root.run(&["build", "--as-of", "2025-12-31"]).expect(0);
        rest(&warm, 0);
        build(&warm);
        for (count, step) in steps.iter().enumerate() {
            happen(&warm, step);
            rest(&warm, count + 1);
            let remembered = build(&warm);
            let cold = Root::new(&[]);
            for folder in ["content", "templates"] {
                for (name, bytes) in warm.tree(folder) {
                    cold.write(&format!("{folder}/{name}"), &bytes);
                }
            }
            let fresh = build(&cold);
            let (warm_files, cold_files) = (warm.tree("public"), cold.tree("public"));
            let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
            prop_assert_eq!(names(&warm_files), names(&cold_files), "after step {} of {:?}", count, steps);
            let other: Vec<&String> =
                warm_files.iter().filter(|(name, bytes)| cold_files.get(*name) != Some(*bytes)).map(|(name, _)| name).collect();
            prop_assert!(other.is_empty(), "{:?} differ after step {} of {:?}", other, count, steps);
            prop_assert_eq!(told(&remembered.err), told(&fresh.err), "after step {} of {:?}", count, steps);
        }
    }
}
