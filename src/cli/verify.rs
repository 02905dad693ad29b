//! `verify`: whether a pack or a release is what its list of sums says.

use serde_json::{Value, json};

use super::args::{Global, TargetOptions, VerifyOptions};
use super::print::Printer;
use super::target::{failed, resolve};
use super::workspace::{Root, shown};
use super::{Exit, Failure};
use crate::publish::{Verdict, verify};

/// How many files of a kind are listed unless all are asked for.
const FEW: usize = 20;

pub(super) fn run(global: &Global, options: &VerifyOptions, printer: &Printer) -> Result<Exit, Failure> {
    let place = match &options.place {
        Some(place) => place.clone(),
        None => {
            let root = Root::new(global, None);
            resolve(&TargetOptions { target: None }, &root, &root.config()?)?
        }
    };
    let verdict = verify(&place).map_err(failed)?;
    if printer.json {
        printer.object(&as_json(&verdict));
    } else {
        tell(&verdict, printer);
    }
    Ok(if verdict.is_whole() { Exit::Done } else { Exit::Refused })
}

fn tell(verdict: &Verdict, printer: &Printer) {
    let most = if printer.is_verbose() { usize::MAX } else { FEW };
    let list = |what: &str, files: &[String]| {
        if files.is_empty() {
            return;
        }
        printer.say(&format!("{what} {} 个：", files.len()));
        files.iter().take(most).for_each(|file| printer.say(&format!("  {file}")));
        if files.len() > most {
            printer.say(&format!("  另有 {} 个，加 -v 列出全部", files.len() - most));
        }
    };
    list("缺少", &verdict.missing);
    let altered: Vec<String> = verdict.altered.iter().map(|one| format!("{}（{}）", one.path, one.why)).collect();
    list("被改动", &altered);
    list("多出", &verdict.extra);
    let place = shown(&verdict.place);
    if let Some(note) = &verdict.note {
        let id = note.id().map(|id| id.to_string()).unwrap_or_default();
        printer.say(&format!("{}，第 {id} 版，{} 发布，教案 {} 份", note.site, note.published, note.lessons));
    }
    printer.say(&match verdict.is_whole() {
        true => format!("完好：{place}，{} 个文件都和校验表一致，核对码 {}", verdict.files, verdict.check_code),
        false => format!("不完好：{place}，{}", verdict.in_short()),
    });
}

fn as_json(verdict: &Verdict) -> Value {
    let altered = verdict.altered.iter().map(|one| json!({"file": one.path, "reason": one.why}));
    json!({
        "schema_version": 1,
        "command": "verify",
        "place": verdict.place.display().to_string(),
        "whole": verdict.is_whole(),
        "files": verdict.files,
        "missing": verdict.missing,
        "altered": altered.collect::<Vec<_>>(),
        "extra": verdict.extra,
        "list": verdict.list,
        "check_code": verdict.check_code,
        "release": verdict.note.as_ref().and_then(|note| note.id()).map(|id| id.to_string()),
    })
}
