//! `collect`: what colleagues sent in, merged into the unit's tables. A dry run unless
//! told to write.

use serde_json::{Value, json};

use super::args::{CollectOptions, Global};
use super::print::Printer;
use super::workspace::{Root, shown};
use super::{Exit, Failure};
use crate::base::text::nearest;
use crate::collect::folder::{Folder, FolderError};
use crate::collect::{self, Outcome, Repeated, Setting, Tally};
use crate::ledger;
use crate::model::{Library, PersonId, UnitId};
use crate::pipeline;

/// How many topics of the choices are printed.
const TOPICS: usize = 10;

pub(super) fn run(global: &Global, options: &CollectOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let workspace = root.read()?;
    let library = pipeline::library(super::build::job(&workspace));
    let unit = find_unit(&library, &options.unit)?;
    let content = root.content_folder();
    let units = ["units", "单位"].map(|name| content.join(name).join(&library.unit(unit).folder));
    let unit_folder = units.iter().find(|folder| folder.is_dir()).unwrap_or(&units[0]);
    let Some(path) = Folder::find(unit_folder, options.year).map_err(failed)? else {
        let name = &library.unit(unit).name;
        let year = options.year;
        let message = format!("{name}还没有 {year} 年的文件夹。请先运行 jiangtai new year {year} --unit {name}。");
        return Err(Failure::new(Exit::Usage, message));
    };
    let mut folder = Folder::read(&path).map_err(failed)?;
    let is_interrupted = folder.is_interrupted();
    if options.write {
        for (table, copy) in folder.recover().map_err(failed)? {
            printer.say(&format!("“{table}”在上次归并中断后又改过，改过的那份另存为 {copy}，请核对。"));
        }
    }
    let expected = expected(&library, &workspace.config, unit, options.year);
    let setting = Setting { library: &library, unit, year: options.year, expected: &expected };
    let outcome = collect::merge(&folder.inbox_files, &folder.earlier, &folder.tables, &setting);
    if options.write {
        folder.commit(&outcome).map_err(failed)?;
    }
    let report = Report { folder: &folder, outcome: &outcome, written: options.write, is_interrupted };
    let name = &library.unit(unit).name;
    if printer.json {
        printer.object(&report.json(name, options.year));
    } else {
        report.lines().iter().for_each(|line| printer.say(line));
        printer.say(&format!("{}（{}）", report.summary(name, options.year), shown(&path)));
    }
    Ok(if outcome.broken_tables.is_empty() { Exit::Done } else { Exit::Content })
}

fn find_unit(library: &Library, written: &str) -> Result<UnitId, Failure> {
    if let Some((id, _)) = library.unit_ids().find(|(_, unit)| unit.is_called(written)) {
        return Ok(id);
    }
    let near = nearest(written, library.units.iter().map(|unit| unit.name.as_str()));
    let near = near.map_or_else(String::new, |near| format!("是不是“{near}”？"));
    Err(Failure::new(Exit::Usage, format!("没有“{written}”这个单位。{near}运行 jiangtai list units 查看全部单位。")))
}

/// Who should have applied in the year and has not (directive S29).
fn expected(library: &Library, config: &crate::config::Config, unit: UnitId, year: i32) -> Vec<PersonId> {
    let ledger = ledger::compute(library, config);
    let coverage = ledger.unit_year(unit, year).map(|account| &account.coverage);
    coverage.map_or_else(Vec::new, |coverage| {
        coverage.expected.iter().filter(|person| !coverage.declared.contains(person)).copied().collect()
    })
}

fn failed(error: FolderError) -> Failure {
    let exit = match error {
        FolderError::Disk(..) => Exit::Environment,
        FolderError::Twins(..) | FolderError::Unreadable(..) => Exit::Content,
    };
    Failure::new(exit, format!("{error}。"))
}

/// What is told of a run.
struct Report<'a> {
    folder: &'a Folder,
    outcome: &'a Outcome,
    written: bool,
    is_interrupted: bool,
}

impl Report<'_> {
    fn lines(&self) -> Vec<String> {
        let outcome = self.outcome;
        let mut lines = Vec::new();
        if self.is_interrupted {
            lines.push(if self.written {
                "上次归并没有做完，已先收尾。".to_owned()
            } else {
                "上次归并没有做完：下面的数以收尾后为准，加 --write 会先收尾。".to_owned()
            });
        }
        lines.extend(tally("选学单", "份", &outcome.choices));
        lines.extend(self.topics());
        lines.extend(tally("申报表", "份", &outcome.applications));
        lines.extend(self.ballots());
        for table in &outcome.broken_tables {
            lines.push(format!(
                "“{}”看不出表头，没有动它，相关文件留在原处。请核对第一行的栏目名。",
                self.folder.name(*table)
            ));
        }
        if !outcome.damaged.is_empty() {
            lines.push(format!("有问题的 {} 份，留在原处：", outcome.damaged.len()));
            lines.extend(outcome.damaged.iter().map(|(file, trouble)| format!("  {file}：{trouble}。")));
        }
        lines
    }

    fn topics(&self) -> Vec<String> {
        if self.outcome.choices.received == 0 {
            return Vec::new();
        }
        let topics = &self.outcome.topics;
        let mut lines =
            vec![format!("  选学汇总（第一、二、三位各计 3、2、1 分，未排序计 1 分），共 {} 个课题：", topics.len())];
        let line = |(at, topic): (usize, &collect::TopicCount)| {
            format!("    {}. {}：{} 人，{} 分", at + 1, topic.topic, topic.people, topic.weight)
        };
        lines.extend(topics.iter().take(TOPICS).enumerate().map(line));
        if self.outcome.has_totals {
            lines.push("  注意：表里另有按“人数”汇总的行，请核对有没有把同一个人算两遍。".to_owned());
        }
        lines
    }

    fn ballots(&self) -> Vec<String> {
        let outcome = self.outcome;
        if outcome.ballots == 0 {
            return Vec::new();
        }
        let repeated = &outcome.repeated_ballots;
        let mut lines = vec![format!("测评票：收到 {} 张，重复 {} 张。", outcome.ballots, repeated.len())];
        let session =
            |counted: &collect::Counted| format!("  {}“{}”：计入 {} 张", counted.held, counted.topic, counted.ballots);
        lines.extend(outcome.counted.iter().map(session));
        lines.extend(
            repeated.iter().map(|ballot| format!("  {}：随机码 {} 已经计过，不重复计。", ballot.file, ballot.who)),
        );
        lines
    }

    fn summary(&self, unit: &str, year: i32) -> String {
        let outcome = self.outcome;
        let tables: Vec<&str> = outcome.changes.iter().map(|(table, _)| self.folder.name(*table)).collect();
        let changed = if tables.is_empty() {
            "汇总表没有变化".to_owned()
        } else {
            format!("更新 {}", tables.join("、"))
        };
        let done = outcome.done.len();
        match (self.written, self.folder.inbox_files.is_empty()) {
            (_, true) => format!("{unit} {year} 年没有要收的文件，收到的表格请放进 {}", self.folder.inbox()),
            (true, _) => format!("完成：{changed}，{done} 份移到 {}", self.folder.collected()),
            (false, _) => {
                format!("试运行，没有改动任何文件。加 --write 后：{changed}，{done} 份移到 {}", self.folder.collected())
            }
        }
    }

    fn json(&self, unit: &str, year: i32) -> Value {
        let outcome = self.outcome;
        let counted = outcome
            .counted
            .iter()
            .map(|counted| json!({"held": counted.held, "topic": counted.topic, "ballots": counted.ballots}));
        let topics = outcome
            .topics
            .iter()
            .map(|topic| json!({"topic": topic.topic, "people": topic.people, "weight": topic.weight}));
        let damaged =
            outcome.damaged.iter().map(|(file, trouble)| json!({"file": file, "reason": trouble.to_string()}));
        json!({
            "schema_version": 1,
            "command": "collect",
            "unit": unit,
            "year": year,
            "written": self.written,
            "interrupted": self.is_interrupted,
            "choices": tally_json(&outcome.choices),
            "topics": topics.collect::<Vec<_>>(),
            "applications": tally_json(&outcome.applications),
            "ballots": {
                "received": outcome.ballots,
                "counted": counted.collect::<Vec<_>>(),
                "repeated": repeated_json(&outcome.repeated_ballots),
            },
            "damaged": damaged.collect::<Vec<_>>(),
            "broken_tables": outcome.broken_tables.iter().map(|table| self.folder.name(*table)).collect::<Vec<_>>(),
            "changed": outcome.changes.iter().map(|(table, _)| self.folder.name(*table)).collect::<Vec<_>>(),
            "collected": outcome.done,
        })
    }
}

fn tally(name: &str, measure: &str, tally: &Tally) -> Vec<String> {
    if tally.received == 0 {
        return Vec::new();
    }
    let repeated: Vec<&str> = tally.repeated.iter().map(|form| form.who.as_str()).collect();
    let repeated = match repeated.len() {
        0 => String::new(),
        count => format!("，重复 {count} {measure}（{}，以最新的为准）", repeated.join("、")),
    };
    let missing = match tally.missing.len() {
        0 => String::new(),
        count => format!("，缺 {count} 人"),
    };
    let mut lines = vec![format!("{name}：收到 {} {measure}{repeated}{missing}。", tally.received)];
    let mut listed = |what: &str, names: &[String]| {
        if !names.is_empty() {
            lines.push(format!("  {what}：{}", names.join("、")));
        }
    };
    listed("新增", &tally.added);
    listed("更新", &tally.updated);
    listed("还没交（只供内勤催收，不要公布）", &tally.missing);
    listed("人员名册里没有，请核对姓名", &tally.unknown);
    let other = tally.repeated.iter().filter_map(|form| Some((form, form.topic.as_ref()?)));
    lines.extend(other.map(|(form, topic)| format!("  {}：{}先前报的“{topic}”没有计入。", form.file, form.who)));
    lines
}

fn tally_json(tally: &Tally) -> Value {
    json!({
        "received": tally.received,
        "added": tally.added,
        "updated": tally.updated,
        "repeated": repeated_json(&tally.repeated),
        "unknown": tally.unknown,
        "missing": tally.missing,
    })
}

fn repeated_json(repeated: &[Repeated]) -> Value {
    repeated.iter().map(|form| json!({"file": form.file, "who": form.who, "topic": form.topic})).collect()
}
