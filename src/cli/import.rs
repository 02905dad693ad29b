//! `import`: lessons out of what colleagues send in. A dry run unless told to write.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Global, ImportOptions};
use super::homes::Homes;
use super::init::write_new;
use super::new::file_name;
use super::print::Printer;
use super::workspace::{Root, shown};
use super::{Exit, Failure};
use crate::import::{self, Draft};

/// What is to be done with one file.
struct Plan {
    source: PathBuf,
    draft: Draft,
    /// The lesson.
    text: PathBuf,
    /// Where the original goes; nothing when it lies with the lessons already.
    original: Option<PathBuf>,
}

pub(super) fn run(global: &Global, options: &ImportOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let folder = Homes::read(&root)?.lessons(options.unit.as_deref(), options.year)?;
    let mut taken = BTreeSet::new();
    let mut outcomes: Vec<(PathBuf, Result<Plan, String>)> = Vec::new();
    for source in &options.files {
        let mut plan = plan(source, &folder).and_then(|plan| refuse_double(plan, &mut taken));
        if let Ok(plan) = &mut plan {
            plan.draft.notes.extend(other_year(&plan.draft, options.year));
        }
        outcomes.push((source.clone(), plan));
    }
    if options.write {
        for plan in outcomes.iter().filter_map(|(_, plan)| plan.as_ref().ok()) {
            write(plan)?;
        }
    }
    let failed = outcomes.iter().filter(|(_, plan)| plan.is_err()).count();
    if printer.json {
        let files: Vec<Value> = outcomes.iter().map(|(source, plan)| object(source, plan)).collect();
        printer.object(&json!({"schema_version": 1, "command": "import", "written": options.write, "files": files}));
    } else {
        outcomes.iter().flat_map(|(source, plan)| told(source, plan)).for_each(|line| printer.say(&line));
        printer.say(&summary(outcomes.len() - failed, failed, options.write));
    }
    Ok(if failed == 0 { Exit::Done } else { Exit::Content })
}

/// Decides what would be written, and refuses what would overwrite something.
fn plan(source: &Path, folder: &Path) -> Result<Plan, String> {
    let name = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(source).map_err(|error| format!("读不了：{error}"))?;
    let draft = import::lesson(&name, bytes).map_err(|refusal| refusal.in_words().to_owned())?;
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let stem = Some(file_name(stem)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| file_name(&draft.title));
    let is_there = is_within(source, folder);
    let is_text = matches!(extension.to_lowercase().as_str(), "md" | "markdown" | "txt");
    let bundle = folder.join(&stem);
    let home = if draft.pictures.is_empty() { folder.to_owned() } else { bundle.clone() };
    let text = if draft.pictures.is_empty() { folder.join(format!("{stem}.md")) } else { bundle.join("index.md") };
    let original = (!is_there && !is_text).then(|| home.join(format!("{stem}.{extension}")));
    if is_there && is_text {
        return Err("已经在 lessons 文件夹里了，本来就是一篇教案，不用导入".to_owned());
    }
    for path in [folder.join(format!("{stem}.md")), bundle].iter().chain(&original) {
        if path.exists() {
            return Err(format!("已经有 {}，没有动它。请先改名，或改导入文件的名字", shown(path)));
        }
    }
    Ok(Plan { source: source.to_owned(), draft, text, original })
}

/// A day of another year than that of the folder would be left out by the next check.
fn other_year(draft: &Draft, year: i32) -> Option<String> {
    let (name, values) = draft.fields.iter().find(|(name, _)| name == "授课日期")?;
    let day = values.first().filter(|day| !day.starts_with(&format!("{year}-")))?;
    Some(format!("{name}是 {day}，和 --year {year} 不是同一年，请核对"))
}

/// Two files of one name would become one lesson.
fn refuse_double(plan: Plan, taken: &mut BTreeSet<PathBuf>) -> Result<Plan, String> {
    let stem = plan.text.with_extension("");
    let stem = if stem.ends_with("index") { stem.parent().map_or(stem.clone(), Path::to_owned) } else { stem };
    if taken.insert(stem) {
        Ok(plan)
    } else {
        Err("与前面的文件同名，没有导入。请改名后再导入".to_owned())
    }
}

fn is_within(file: &Path, folder: &Path) -> bool {
    match (file.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        _ => false,
    }
}

fn write(plan: &Plan) -> Result<(), Failure> {
    let home = plan.text.parent().map(Path::to_owned).unwrap_or_default();
    for (name, bytes) in &plan.draft.pictures {
        write_new(&home.join(name), bytes)?;
    }
    if let Some(original) = &plan.original {
        let bytes = fs::read(&plan.source)
            .map_err(|error| Failure::new(Exit::Environment, format!("读不了 {}：{error}。", shown(&plan.source))))?;
        write_new(original, &bytes)?;
    }
    write_new(&plan.text, text_of(plan).as_bytes())
}

/// The lesson; an original that lies outside of its folder is named in it.
fn text_of(plan: &Plan) -> String {
    let name = plan.source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_apart = plan.original.is_none() && !plan.draft.pictures.is_empty();
    match plan.draft.text.strip_prefix("---\n").filter(|_| is_apart) {
        Some(rest) => format!("---\n附件: \"../{name}\"\n{rest}"),
        None => plan.draft.text.clone(),
    }
}

fn told(source: &Path, plan: &Result<Plan, String>) -> Vec<String> {
    let plan = match plan {
        Ok(plan) => plan,
        Err(why) => return vec![format!("{}：{why}。", shown(source))],
    };
    let draft = &plan.draft;
    let mut lines = vec![format!("{} → {}", shown(source), shown(&plan.text))];
    for (name, values) in &draft.fields {
        lines.push(match values.as_slice() {
            [value] => format!("  {name}：{value}"),
            values => format!("  {name}：{} 条，例如“{}”", values.len(), values[0]),
        });
    }
    let counts = draft.counts;
    let parts = [
        (counts.headings, "个小标题"),
        (counts.items, "条列表项"),
        (counts.tables, "张表"),
        (draft.pictures.len(), "张图片"),
        (counts.notes, "条脚注"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    let has = if parts.is_empty() { String::new() } else { format!("，{}", parts.join("、")) };
    lines.push(format!("  正文：{} 字{has}", counts.characters));
    if let Some(original) = &plan.original {
        lines.push(format!("  原件：一起放进 {}，作附件", shown(original)));
    }
    lines.extend(draft.notes.iter().map(|note| format!("  注意：{note}。")));
    lines
}

fn summary(done: usize, failed: usize, written: bool) -> String {
    let left = if failed == 0 { String::new() } else { format!("，{failed} 个没有导入") };
    match (done, written) {
        (0, _) => format!("没有可以导入的文件{left}。"),
        (done, true) => format!("已导入 {done} 篇教案{left}。请打开看一遍，再运行 jiangtai check。"),
        (done, false) => format!("可以导入 {done} 篇教案{left}。这只是预演，没有写任何文件；确认无误后加 --write。"),
    }
}

fn object(source: &Path, plan: &Result<Plan, String>) -> Value {
    match plan {
        Err(why) => json!({"file": shown(source), "error": why}),
        Ok(plan) => {
            let draft = &plan.draft;
            let fields: serde_json::Map<String, Value> =
                draft.fields.iter().map(|(name, values)| (name.clone(), json!(values))).collect();
            json!({
                "file": shown(source),
                "lesson": shown(&plan.text),
                "title": draft.title,
                "fields": fields,
                "pictures": draft.pictures.len(),
                "headings": draft.counts.headings,
                "tables": draft.counts.tables,
                "footnotes": draft.counts.notes,
                "characters": draft.counts.characters,
                "notes": draft.notes,
            })
        }
    }
}
