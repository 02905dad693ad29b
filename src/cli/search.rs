//! `search`: the same index and ranking as the site's search.

use std::io;

use serde_json::Value;

use super::args::{Global, SearchOptions};
use super::build::job;
use super::print::Printer;
use super::workspace::Root;
use super::{Exit, Failure};
use crate::base::text::nearest;
use crate::pipeline;
use crate::search::{Answer, Engine, Kind, Request, answer, object};

pub(super) fn run(global: &Global, options: &SearchOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let workspace = root.read()?;
    let stamp = pipeline::stamp(&job(&workspace));
    let folder = root.cache().join("search");
    let engine = Engine::open(&folder, &stamp, || pipeline::index(job(&workspace))).map_err(|error| refuse(&error))?;
    let mut filters = Vec::new();
    if let Some(unit) = &options.unit {
        filters.push(("unit".to_owned(), known_unit(&engine, unit)?));
    }
    filters.extend(options.year.map(|year| ("year".to_owned(), year.to_string())));
    filters.extend(options.kind.map(|kind| ("kind".to_owned(), kind.key().to_owned())));
    let request = Request { words: options.words.join(" "), filters, limit: options.limit, offset: 0 };
    let answer = answer(&engine, &request);
    if printer.json {
        printer.object(&object(&request, &answer));
    } else {
        printer.data(&answer.results.iter().zip(1..).map(|(result, at)| shown(result, at)).collect::<String>());
        printer.say(&summary(&answer));
    }
    Ok(Exit::Done)
}

/// A disk that does not take the index.
pub(super) fn refuse(error: &io::Error) -> Failure {
    Failure::new(Exit::Environment, format!("检索索引写不下来：{error}。请检查 .jiangtai/cache 的权限和磁盘空间。"))
}

/// A unit by its name or folder; a slip is asked about.
fn known_unit(engine: &Engine, written: &str) -> Result<String, Failure> {
    let units = engine.units();
    if let Some((_, name)) = units.iter().find(|(folder, name)| folder == written || name == written) {
        return Ok(name.clone());
    }
    let names = || units.iter().map(|(_, name)| name.as_str());
    let near = nearest(written, names()).map(|near| format!("是不是“{near}”？")).unwrap_or_default();
    let all = names().collect::<Vec<_>>().join("、");
    Err(Failure::new(Exit::Usage, format!("没有“{written}”这个单位。{near}现有：{all}。")))
}

fn shown(result: &Value, at: usize) -> String {
    let text = |key: &str| result[key].as_str().unwrap_or_default();
    let kind = Kind::ALL.into_iter().find(|kind| kind.key() == text("kind")).map_or("", Kind::name);
    let year = result["year"].as_i64().map(|year| format!("{year} 年"));
    let place = Some(text("place").to_owned()).filter(|place| !place.is_empty());
    let facts: Vec<String> = [Some(kind.to_owned()), result["unit"].as_str().map(str::to_owned), year, place]
        .into_iter()
        .flatten()
        .collect();
    let address = match text("anchor") {
        "" => text("url").to_owned(),
        anchor => format!("{}#{anchor}", text("url")),
    };
    format!("{at}. {}（{}）\n   {address}\n   {}\n", text("title"), facts.join("，"), text("excerpt"))
}

fn summary(answer: &Answer) -> String {
    match (answer.total, answer.results.len()) {
        (0, _) => "没有找到。可以换一个说法，或少写几个字。".to_owned(),
        (total, shown) if shown < total => format!("共 {total} 条，显示前 {shown} 条；加 --limit 看更多"),
        (total, _) => format!("共 {total} 条"),
    }
}
