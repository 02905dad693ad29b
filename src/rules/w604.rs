//! W604 附件里有不需要的个人信息
//!
//! What: a table in an attachment that has a column for addresses, identity numbers and the like, filled in.
//!
//! Why: what is not there cannot leak: attachments are published as they are (in the spirit of E207).

use super::{Rule, Subject, attachments};
use crate::base::{Finding, Findings, Severity};
use crate::model::is_sensitive_column;
use crate::source::{Line, Part};

/// 附件里有不需要的个人信息.
pub const RULE: Rule = Rule {
    code: "W604",
    severity: Severity::Warning,
    title: "附件里有不需要的个人信息",
    message: "附件“{名}”{处}的表里有“{列}”这样的栏目，而且填了内容。",
    remedy: "教材库不需要这类个人信息，请删掉整列后另存。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W604.md"),
};

/// How many filled rows make a list of people, not a blank form.
const FILLED: usize = 2;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (file, inside) in attachments::all(subject) {
        for part in &inside.parts {
            let columns = columns(part);
            if !columns.is_empty() {
                let finding = Finding::file("W604", &file.path).with("名", file.path.name());
                let spot = attachments::spot(&part.spot);
                findings.push(finding.with("处", spot).with("列", columns.join("、")));
            }
        }
    }
}

/// The sensitive columns of a table whose rows are filled.
fn columns(part: &Part) -> Vec<&str> {
    let rows: Vec<&[String]> = part
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::Row(cells) => Some(cells.as_slice()),
            _ => None,
        })
        .collect();
    let is_head = |row: &&[String]| row.len() > 2 && row.iter().any(|cell| is_sensitive(cell));
    let Some(at) = rows.iter().take(5).position(is_head) else { return Vec::new() };
    let says = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let filled = rows[at + 1..].iter().filter(|row| says(row) + 1 >= says(rows[at])).count();
    let named = rows[at].iter().map(String::as_str).filter(|cell| is_sensitive(cell));
    if filled < FILLED { Vec::new() } else { named.collect() }
}

/// Whether a cell is the head of such a column: short, and no sentence.
fn is_sensitive(cell: &str) -> bool {
    cell.chars().count() <= 10 && is_sensitive_column(cell)
}
