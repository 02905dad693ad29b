//! `releases` and `rollback`: what was published, and the way back.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use super::args::{Global, RollbackOptions, TargetOptions};
use super::list::Sheet;
use super::print::{Printer, seconds};
use super::target::{failed, holder, milliseconds, resolve, tell};
use super::workspace::{Root, shown};
use super::{Exit, Failure};
use crate::publish::{PublishError, RealDisk, Release, Session, Standing, State, state};

/// Lists the releases. Only looks, unless a switch was interrupted: then what is served
/// may be missing, and that is set right first.
pub(super) fn list(global: &Global, options: &TargetOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let config = root.config()?;
    let target = resolve(options, &root, &config)?;
    let mut state = state(&target).map_err(failed)?;
    let mut found = Vec::new();
    if state.is_interrupted {
        let session = Session::open(&target, &RealDisk, &holder("releases"), config.publishing.links);
        let session = session.map_err(failed)?;
        tell(&session.found, printer);
        found = session.found.iter().map(ToString::to_string).collect();
        state = session.state().map_err(failed)?;
    }
    if printer.json {
        printer.object(&as_json(&target, &state, &found));
        return Ok(Exit::Done);
    }
    tell_state(&state, printer);
    printer.data(&table(&state.releases));
    printer.say(&match state.standing.release() {
        Some(current) => format!("共 {} 版，当前 {current}（{}）", state.releases.len(), shown(&target)),
        None => format!("共 {} 版（{}）", state.releases.len(), shown(&target)),
    });
    Ok(Exit::Done)
}

/// Goes back to an earlier release.
pub(super) fn rollback(global: &Global, options: &RollbackOptions, printer: &Printer) -> Result<Exit, Failure> {
    let started = Instant::now();
    let root = Root::new(global, None);
    let config = root.config()?;
    let target = resolve(&options.place, &root, &config)?;
    if !target.is_dir() {
        let message = format!("找不到发布位置 {}。请核对路径；共享盘或 U 盘请先接好。", shown(&target));
        return Err(Failure::new(Exit::Environment, message));
    }
    let seen = state(&target).map_err(failed)?;
    if seen.releases.is_empty() && seen.standing == Standing::Nothing && !seen.is_interrupted {
        // Nothing was ever published here, so nothing is made here either.
        return Err(failed(PublishError::NothingBefore(None)));
    }
    let session = Session::open(&target, &RealDisk, &holder("rollback"), config.publishing.links).map_err(failed)?;
    tell(&session.found, printer);
    let published = session.rollback(options.to.as_deref()).map_err(failed)?;
    let before = published.before.as_ref().map(ToString::to_string);
    if printer.json {
        let found: Vec<String> = session.found.iter().map(ToString::to_string).collect();
        printer.object(&json!({
            "schema_version": 1,
            "command": "rollback",
            "target": target.display().to_string(),
            "release": published.release.to_string(),
            "previous": before,
            "switch_ms": milliseconds(published.switching),
            "found": found,
        }));
    }
    let from = before.map_or_else(String::new, |before| format!("从 {before} "));
    printer.say(&format!("完成：{from}换成 {}，用时 {} 秒", published.release, seconds(started.elapsed())));
    printer.say("教材库的内容没有动；改好以后请重新发布。");
    Ok(Exit::Done)
}

fn tell_state(state: &State, printer: &Printer) {
    if let Some(holder) = &state.at_work {
        printer.say(&format!("注意：{holder}正在使用这个发布位置。"));
    }
    match &state.standing {
        Standing::Foreign(why) => printer.say(&format!("注意：current {why}，不能发布到这里。")),
        Standing::Nothing if !state.releases.is_empty() => {
            printer.say("注意：current 不见了，网站打不开；请用 rollback --to 选一版，或重新发布。");
        }
        Standing::Link(id) if state.current().is_none() => {
            printer
                .say(&format!("注意：current 指向的 {id} 不在了，网站打不开；请用 rollback --to 选一版，或重新发布。"));
        }
        _ => {}
    }
}

fn table(releases: &[Release]) -> String {
    let row = |release: &Release| {
        let note = release.note.as_ref();
        let told = |text: Option<String>| text.unwrap_or_else(|| "？".to_owned());
        vec![
            if release.is_current { "当前" } else { "" }.to_owned(),
            release.id.to_string(),
            told(note.map(|note| note.published.clone())),
            told(note.map(|note| note.lessons.to_string())),
            told(note.map(|note| note.pages.to_string())),
            told(note.map(|note| note.errors.to_string())),
        ]
    };
    let sheet = Sheet {
        keys: &["current", "release", "published", "lessons", "pages", "errors"],
        heads: &["", "版", "发布时间", "教案", "页面", "错误"],
        rows: releases.iter().map(row).collect(),
    };
    if releases.is_empty() { String::new() } else { sheet.text() }
}

fn as_json(target: &Path, state: &State, found: &[String]) -> Value {
    let release = |release: &Release| {
        let note = release.note.as_ref();
        json!({
            "release": release.id.to_string(),
            "number": release.id.number(),
            "current": release.is_current,
            "published": note.map(|note| &note.published),
            "as_of": note.map(|note| &note.as_of),
            "lessons": note.map(|note| note.lessons),
            "pages": note.map(|note| note.pages),
            "files": note.map(|note| note.files),
            "errors": note.map(|note| note.errors),
        })
    };
    json!({
        "schema_version": 1,
        "command": "releases",
        "target": target.display().to_string(),
        "current": state.standing.release().map(ToString::to_string),
        "at_work": state.at_work.as_ref().map(ToString::to_string),
        "found": found,
        "releases": state.releases.iter().map(release).collect::<Vec<_>>(),
    })
}
