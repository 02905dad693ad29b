//! Puts the values of a finding into the sentences of its rule.

use std::collections::BTreeSet;

use super::{Rule, find, masked};
use crate::base::{Diagnostic, Finding, Findings, Fix, Severity};

/// Values that may be empty and still be worth showing: what was written.
const MAY_BE_EMPTY: &[&str] = &["值", "原文", "处"];

/// A finding in words. A code that no rule has, which only a slip in this program
/// can bring about, is shown with its bare values.
pub fn phrase(finding: &Finding) -> Diagnostic {
    let (severity, message, remedy) = match find(finding.code.as_str()) {
        Some(rule) => (rule.severity, message(rule, finding), fill(rule.remedy, finding)),
        None => (weight(finding.code.as_str()), unknown(finding), String::new()),
    };
    Diagnostic {
        code: finding.code,
        severity,
        place: finding.place.clone(),
        message,
        remedy,
        fix: finding.rewrite.clone().map(|replacement| Fix { replacement }),
    }
}

/// All findings in words, by file, line, column and code, and else in the order in
/// which they were found; what is said twice about one place is said once.
pub fn phrase_all(findings: Findings) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = findings.iter().map(phrase).collect();
    let mut said = BTreeSet::new();
    diagnostics.retain(|one| said.insert((one.place.clone(), one.code, one.message.clone(), one.remedy.clone())));
    diagnostics.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    diagnostics
}

/// What is wrong; when a value is missing so that no sentence is left, the title.
fn message(rule: &Rule, finding: &Finding) -> String {
    let message = fill(rule.message, finding);
    if message.is_empty() { format!("{}：{}。", finding.place.file, rule.title) } else { message }
}

/// Fills a template, sentence by sentence.
fn fill(template: &str, finding: &Finding) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let whole_file = finding.place.line == 0;
    // A file that is no text has pages or slides instead of lines, or nothing of either.
    let line = if finding.word("处").is_some_and(|spot| !spot.is_empty()) { " {处}" } else { " " };
    for sentence in sentences(template) {
        let sentence = if whole_file { sentence.replace(" 第 {行} 行", line) } else { sentence.to_owned() };
        let filled = fill_sentence(&sentence, finding).or_else(|| fill_sentence(&without_example(&sentence)?, finding));
        out.push_str(&filled.unwrap_or_default());
    }
    out
}

/// The sentences of a template, each with the sign that ends it.
fn sentences(template: &str) -> impl Iterator<Item = &str> {
    template.split_inclusive(['。', '？', '！'])
}

/// The sentence without its example: …，例如 … is of no use without a value.
fn without_example(sentence: &str) -> Option<String> {
    sentence.find("，例如").map(|at| format!("{}。", &sentence[..at]))
}

/// One pass over a sentence, so that a value that looks like a placeholder stays
/// what it is; `None` when a value is missing.
fn fill_sentence(sentence: &str, finding: &Finding) -> Option<String> {
    let mut out = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let close = open + rest[open..].find('}')?;
        out.push_str(&value(&rest[open + 1..close], finding)?);
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// The value of a placeholder, with identity and telephone numbers masked.
fn value(name: &str, finding: &Finding) -> Option<String> {
    match (finding.word(name), name) {
        (Some(""), name) if !MAY_BE_EMPTY.contains(&name) => None,
        // A cell may hold a line break; a sentence may not.
        (Some(word), _) if word.contains('\n') => Some(masked(&word.split_whitespace().collect::<Vec<_>>().join(" "))),
        (Some(word), _) => Some(masked(word)),
        (None, "文件") => Some(finding.place.file.to_string()),
        (None, "行") => Some(finding.place.line.to_string()),
        (None, _) => None,
    }
}

fn weight(code: &str) -> Severity {
    match code.as_bytes().first() {
        Some(b'E') => Severity::Error,
        Some(b'W') => Severity::Warning,
        _ => Severity::Hint,
    }
}

fn unknown(finding: &Finding) -> String {
    let words: Vec<String> = finding.words.iter().map(|(name, value)| format!("{name}: {}", masked(value))).collect();
    let end = if words.is_empty() { String::new() } else { format!("（{}）", words.join("，")) };
    format!("{} 有一处问题 {}{end}。", finding.place.file, finding.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Place, SourcePath};

    fn at(line: u32) -> Place {
        Place { file: SourcePath::new("content/a.md"), line, column: 0, length: 0 }
    }

    #[test]
    fn a_sentence_without_its_value_is_left_out() {
        let finding = Finding::new("W107", at(3)).with("键", "标提");
        assert_eq!(phrase(&finding).remedy, "全部栏目见“填写说明”。");
        assert_eq!(phrase(&finding.with("近似", "标题")).remedy, "是不是想写“标题”？全部栏目见“填写说明”。");
    }

    #[test]
    fn an_example_without_its_value_is_cut_off() {
        let finding = Finding::new("E122", at(3)).with("目标", "下一课").with("例", "");
        assert_eq!(phrase(&finding).remedy, "请核对文件名，或写教案的标题。");
    }

    #[test]
    fn a_whole_file_has_no_line() {
        let finding = Finding::new("E601", at(0)).with("词", "机密");
        assert_eq!(phrase(&finding).message, "content/a.md 出现“机密”字样，疑似涉密。");
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_stays_what_it_is() {
        let finding = Finding::new("E113", at(2)).with("值", "{行}。{键}");
        assert_eq!(phrase(&finding).message, "content/a.md 第 2 行的“{行}。{键}”这一天不存在。");
    }

    #[test]
    fn an_unknown_code_and_missing_values_do_no_harm() {
        assert_eq!(phrase(&Finding::new("E999", at(1))).message, "content/a.md 有一处问题 E999。");
        assert_eq!(phrase(&Finding::new("E115", at(1))).message, "content/a.md：不是数字。");
    }

    #[test]
    fn numbers_of_people_are_masked() {
        let finding = Finding::new("E115", at(1)).with("键", "应到").with("值", "13800138000");
        assert!(phrase(&finding).message.contains("138****8000"));
    }

    #[test]
    fn diagnostics_are_sorted_and_said_once() {
        let mut findings = Findings::default();
        for line in [3, 1, 3] {
            findings.push(Finding::new("E105", at(line)));
        }
        let lines: Vec<u32> = phrase_all(findings).iter().map(|diagnostic| diagnostic.place.line).collect();
        assert_eq!(lines, [1, 3]);
    }
}
