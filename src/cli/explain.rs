//! `explain`: what a code means, why, and how to write it right.

use serde_json::json;

use super::print::Printer;
use super::{Exit, Failure};
use crate::base::text::nearest;
use crate::rules::{RULES, find};

pub(super) fn run(code: &Option<String>, printer: &Printer) -> Result<Exit, Failure> {
    let Some(code) = code else { return list(printer) };
    let Some(rule) = find(code) else {
        let near = nearest(code, RULES.iter().map(|rule| rule.code))
            .map(|near| format!("是不是想查 {near}？"))
            .unwrap_or_default();
        return Err(Failure::new(Exit::Usage, format!("没有“{code}”这个编号。{near}不写编号会列出全部。")));
    };
    if printer.json {
        printer.object(&json!({
            "schema_version": 1,
            "command": "explain",
            "code": rule.code,
            "severity": rule.severity.as_str(),
            "title": rule.title,
            "message": rule.message,
            "hint": rule.remedy,
            "manual": rule.page(),
        }));
    } else {
        printer.data(&rule.page());
    }
    Ok(Exit::Done)
}

fn list(printer: &Printer) -> Result<Exit, Failure> {
    if printer.json {
        let rules = RULES
            .iter()
            .map(|rule| json!({"code": rule.code, "severity": rule.severity.as_str(), "title": rule.title}));
        printer.object(&json!({"schema_version": 1, "command": "explain", "rules": rules.collect::<Vec<_>>()}));
    } else {
        let lines = RULES.iter().map(|rule| format!("{}  {}\n", rule.code, rule.title));
        printer.data(&lines.collect::<String>());
    }
    Ok(Exit::Done)
}
