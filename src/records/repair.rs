//! What `check --fix` may rewrite: only how a value is written, never what it says.

use super::fields::{LESSON, SITE};
use super::forgiving::{Lists, rewrite};
use super::yaml::is_fence;
use crate::base::{Findings, SourcePath};

/// The text with full-width colons and tabs of its front matter (or, for a
/// settings file, of the whole) mended; the same text when nothing is to be done.
pub fn repair(text: &str, file: &SourcePath) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_settings = file.extension() != "md";
    let (start, end) = if is_settings { (0, lines.len()) } else { front_matter(&lines) };
    let mut findings = Findings::default();
    let (entity, lists) = if is_settings { (&SITE, Lists::OfMaps) } else { (&LESSON, Lists::OfTexts) };
    rewrite(&lines[start..end], u32::try_from(start + 1).unwrap_or(1), file, entity, lists, &mut findings);
    let mut mended: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for finding in findings {
        let at = usize::try_from(finding.place.line).unwrap_or(1).saturating_sub(1);
        if let (Some(line), Some(rewritten)) = (mended.get_mut(at), finding.rewrite) {
            // Two corrections of one line: the tab is mended first, the colon in the mended line.
            *line = if finding.code.as_str() == "W104" {
                line.replacen('：', ": ", 1).replace(":  ", ": ").replace('\t', "  ")
            } else {
                rewritten
            };
        }
    }
    let mut out = mended.join("\n");
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn front_matter(lines: &[&str]) -> (usize, usize) {
    let Some(open) = lines.iter().position(|line| !line.trim().is_empty()).filter(|at| is_fence(lines[*at])) else {
        return (0, 0);
    };
    match lines[open + 1..].iter().position(|line| is_fence(line)) {
        Some(close) => (open + 1, open + 1 + close),
        None => (0, 0),
    }
}
