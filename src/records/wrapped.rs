//! Values that go on over several lines, as people type them: lists with `1、`, `（一）`,
//! `①` or `*` before each item, lists without any mark, and texts that wrap.
//!
//! Each line stays a line: a list becomes a YAML list in brackets over the same lines,
//! a text stands whole on its first line, and places stay right.

use super::fields::{Entity, FieldKind};
use super::forgiving::{quoted, split_key, take_dash, without_comment};
use crate::base::text::{is_cjk, narrow};

/// How many lines the value of the key in the first line takes, that line included.
pub(super) fn length(lines: &[&str], entity: &Entity) -> usize {
    let ends = |line: &&str| is_key(line, entity);
    let end = lines[1..].iter().position(ends).map_or(lines.len(), |at| at + 1);
    let filled = lines[1..end].iter().rposition(|line| !line.trim().is_empty());
    filled.map_or(1, |at| at + 2)
}

/// Whether a line is a key of its own: not indented, and no item of a list.
fn is_key(line: &str, entity: &Entity) -> bool {
    !line.starts_with([' ', '\t', '\u{3000}'])
        && item(line).is_none()
        && !line.starts_with(['#', '＃'])
        && split_key(line, entity, false).is_some()
}

/// The lines behind a known key and its value as YAML; `None` when they are careful
/// YAML already, or too strange to touch.
pub(super) fn rewrite(lines: &[&str], value: &str, kind: FieldKind, entity: &Entity) -> Option<Vec<String>> {
    let text = without_comment(value);
    let is_open = text.starts_with(['[', '［', '{', '|', '>', '"', '\'']);
    let rest: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let filled = || rest.iter().filter(|line| !is_passed_over(line));
    let holds_key = filled().any(|line| {
        take_dash(0, line).rest == *line
            && split_key(line, entity, false).is_some_and(|pair| entity.find(pair.key).is_some())
    });
    let careful = text.is_empty() && filled().all(|line| line.starts_with("- ") || line.starts_with('-'));
    if is_open || holds_key || careful || filled().next().is_none() {
        return None;
    }
    let is_list = matches!(kind, FieldKind::Texts | FieldKind::List | FieldKind::Choices(_) | FieldKind::People);
    Some(if is_list { list(text, lines) } else { joined(text, &rest) })
}

fn is_passed_over(line: &str) -> bool {
    line.is_empty() || line.starts_with("# ") || line.starts_with('＃')
}

/// A list in brackets: the first line opens it, the last item closes it.
fn list(first: &str, lines: &[&str]) -> Vec<String> {
    let mut items: Vec<(usize, String)> = Vec::new();
    if !first.is_empty() && !is_hint(first) {
        items.push((0, first.to_owned()));
    }
    let mut marked_at = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_passed_over(line.trim())) {
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        match (item(line.trim()), items.last_mut()) {
            (Some(text), _) => {
                marked_at = Some(indent);
                items.push((at + 1, bare(text).to_owned()));
            }
            (None, Some((_, last))) if marked_at.is_some_and(|mark| indent > mark) => join(last, line.trim()),
            (None, _) => items.push((at + 1, bare(line.trim()).to_owned())),
        }
    }
    let mut out = vec![String::new(); lines.len() + 1];
    let last = items.len().saturating_sub(1);
    out[0].push('[');
    for (number, (at, text)) in items.iter().enumerate() {
        out[*at].push_str(&format!(" {}{}", quoted(text), if number == last { "]" } else { "," }));
    }
    if items.is_empty() {
        out[0].push(']');
    }
    out
}

/// A text that wraps, whole on its first line.
fn joined(first: &str, rest: &[&str]) -> Vec<String> {
    let mut text = first.to_owned();
    for line in rest.iter().filter(|line| !is_passed_over(line)) {
        join(&mut text, bare(line));
    }
    let mut out = vec![String::new(); rest.len() + 1];
    out[0] = quoted(&text);
    out
}

/// Adds a line to a text; between Han characters there is no space.
fn join(text: &mut String, line: &str) {
    let tight = text.chars().next_back().is_none_or(is_cjk) || line.chars().next().is_some_and(is_cjk);
    if !tight {
        text.push(' ');
    }
    text.push_str(line);
}

/// A line that somebody put in quotes as a whole.
fn bare(line: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\'')];
    let inner = pairs.iter().find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close));
    inner.filter(|inner| !inner.is_empty() && !inner.contains(['"', '\''])).unwrap_or(line)
}

/// The hint of a template that was left standing before the list.
fn is_hint(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// The text of an item behind its mark: `- `, `* `, `1、`, `（一）`, `①`.
pub(super) fn item(line: &str) -> Option<&str> {
    let dash = take_dash(0, line);
    if dash.dash {
        return Some(dash.rest);
    }
    let after_sign = ["*", "+", "●", "○", "◆", "■", "▪"].iter().find_map(|mark| line.strip_prefix(mark));
    if let Some(rest) =
        after_sign.filter(|rest| !rest.starts_with(['*', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
    {
        return Some(rest.trim_start());
    }
    numbered(line)
}

/// The text behind `1、`, `1.`, `（1）`, `一、`, `（一）` or `①`.
fn numbered(line: &str) -> Option<&str> {
    let mut chars = line.char_indices().peekable();
    let (_, first) = chars.next()?;
    if matches!(first, '①'..='⑳' | '⑴'..='⒇') {
        return Some(line[first.len_utf8()..].trim_start_matches(['、', '.', ' ', '\u{3000}']));
    }
    let in_bracket = matches!(first, '（' | '(');
    let from = if in_bracket { first.len_utf8() } else { 0 };
    let digits = line[from..].find(|c: char| !is_numeral(c)).unwrap_or(line.len() - from);
    let rest = &line[from + digits..];
    let sign = rest.chars().next()?;
    let number = &line[from..from + digits];
    let is_short = !number.is_empty() && number.chars().count() <= 3;
    let is_arabic = number.chars().all(|c| narrow(&c.to_string()).chars().all(|c| c.is_ascii_digit()));
    let after = rest[sign.len_utf8()..].trim_start_matches([' ', '\u{3000}', '、']);
    let ends = match sign {
        '）' | ')' => in_bracket || is_arabic,
        '、' | '．' => !in_bracket,
        '.' => !in_bracket && is_arabic && !after.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    (is_short && ends && !after.is_empty()).then_some(after)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Findings, SourcePath};
    use crate::records::{LESSON, document, list};

    fn read(front: &str, key: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let text = format!("---\n标题: 甲\n{front}\n小教员: 张三\n---\n正文\n");
        let document = document(&text, &SourcePath::new("a.md"), &LESSON, &mut findings);
        assert!(findings.is_empty(), "{front}: {findings:?}");
        assert_eq!(
            super::super::read::text(document.record.get("instructor")).map(|name| name.value).as_deref(),
            Some("张三")
        );
        list(document.record.get(key), true).into_iter().map(|item| item.value).collect()
    }

    #[test]
    fn lists_are_read_whatever_stands_before_their_items() {
        for front in [
            "讨论题:\n1、甲：一\n2、乙",
            "讨论题:\n  （1）甲：一\n  （2）乙",
            "讨论题:\n一、甲：一\n二、乙",
            "讨论题: \n1. 甲：一\n2. 乙",
            "讨论题:\n* 甲：一\n* 乙",
            "讨论题:\n① 甲：一\n② 乙",
            "讨论题:\n\n  甲：一\n\n  乙\n",
            "讨论题:\n  \"（1）甲：一\"\n  \"（2）乙\"",
            "讨论题: 甲：一\n- 乙",
            "讨论题:   （一题一行，行首加“- ”）\n- 甲：一\n- 乙",
            "讨论题:   # 一题一行，行首加“- ”\n- 甲：一\n- 乙",
            "讨论题: |\n  1、甲：一\n  2、乙",
            "讨论题:\n  - 甲：一\n  - 乙",
            "讨论题:\n- 甲：\n  一\n- 乙",
        ] {
            let read: Vec<String> =
                read(front, "questions").iter().map(|item| item.replace("（1）", "").replace("（2）", "")).collect();
            assert_eq!(read, ["甲：一", "乙"], "{front}");
        }
    }

    #[test]
    fn texts_that_wrap_are_one_text() {
        for front in [
            "摘要: 某超市把原价\n写成划线价，\n被举报。",
            "摘要: 某超市把原价\n  写成划线价，\n  被举报。",
            "摘要:\n  某超市把原价\n  写成划线价，被举报。",
        ] {
            assert_eq!(read(front, "summary"), ["某超市把原价写成划线价，被举报。"], "{front}");
        }
    }

    #[test]
    fn hints_of_templates_are_no_values() {
        assert!(read("业务领域:   # 例如：消费维权", "domain").is_empty());
        assert!(read("摘要:   # 120 字以内", "summary").is_empty());
        assert_eq!(read("摘要: 我写的 # 号   # 120 字以内", "summary"), ["我写的 # 号"]);
    }

    #[test]
    fn marks_of_items_are_taken_off() {
        for line in [
            "- 甲",
            "1、甲",
            "1. 甲",
            "1.甲",
            "１．甲",
            "（1）甲",
            "(1) 甲",
            "1）甲",
            "一、甲",
            "（一）甲",
            "①甲",
            "* 甲",
            "*甲",
            "+ 甲",
            "· 甲",
            "（1）、甲",
        ] {
            assert_eq!(item(line), Some("甲"), "{line}");
        }
        for line in ["甲", "1.5课时", "**甲**", "2025年", "3月", "（甲）乙", "一般", "十五日", "-5"] {
            assert_eq!(item(line), None, "{line}");
        }
    }
}
