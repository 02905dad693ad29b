//! The first words of a body, for lists: a plain scan, because lists need it for
//! every lesson and a parse of every body would be dear.

use crate::base::text::shorten;
use crate::source::{Inside, Line};

/// How long a summary is that nobody wrote (DOMAIN.md 3.3).
const LENGTH: usize = 90;

/// The first paragraph of a Markdown text without its marks. What stands in a `:::`
/// block is for the instructor, a quiz or a note, and never the beginning of the text.
pub(super) fn first_paragraph(body: &str) -> Option<String> {
    let mut paragraph = String::new();
    let mut in_fence = false;
    let mut blocks = 0usize;
    for line in body.lines() {
        let line = line.trim();
        if let Some(name) = block_name(line).filter(|_| !in_fence) {
            blocks = if name.is_empty() { blocks.saturating_sub(1) } else { blocks + 1 };
            if paragraph.chars().count() >= 10 {
                break;
            }
            continue;
        }
        if line.starts_with("```") || line.starts_with("~~~") {
            in_fence = !in_fence;
            continue;
        }
        let is_text = !in_fence
            && blocks == 0
            && !line.is_empty()
            && !is_table_row(line)
            && !line.starts_with(['#', '＃', '|', '｜', '<', '!', ':', '：', '[', '>', '-', '*', '+', '=', '`']);
        if is_text {
            // A backslash at the end of a line is a break, one before a sign only frees it.
            paragraph.push_str(line.strip_suffix('\\').map_or(line, str::trim_end));
            paragraph.push_str(if line.ends_with('\\') { "　" } else { "" });
        } else if paragraph.chars().count() >= 10 {
            break;
        }
        if paragraph.len() > 4 * LENGTH {
            break;
        }
    }
    let plain = without_marks(&paragraph);
    (!plain.is_empty()).then(|| shorten(&plain, LENGTH))
}

/// The first sentence of a file that stands alone, or the titles of its slides.
pub(super) fn of_file(inside: &Inside) -> Option<String> {
    let first = inside.parts.iter().take(3).flat_map(|part| &part.lines).find_map(|line| match line {
        Line::Text(text) | Line::Item(text) if text.chars().count() >= 15 => Some(text.clone()),
        _ => None,
    });
    let titles = || inside.parts.iter().filter_map(|part| part.title.as_deref()).collect::<Vec<_>>().join("、");
    Some(shorten(&first.unwrap_or_else(titles), LENGTH)).filter(|text| !text.is_empty())
}

/// The name behind the colons of a `:::` line; empty in the line that closes a block.
fn block_name(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([':', '：']);
    let colons = line[..line.len() - rest.len()].chars().count();
    (colons >= 3).then(|| rest.trim_end_matches([':', '：']).trim())
}

/// A row of a table that is not fenced by bars: `甲 | 3`.
fn is_table_row(line: &str) -> bool {
    line.contains([' ', '\t']) && line.contains(['|', '｜'])
}

/// Drops emphasis and code marks, and keeps the text of links.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut skipping = false;
    while let Some(c) = chars.next() {
        match c {
            '*' | '`' | '~' | '[' => {}
            ']' => {
                if chars.peek() == Some(&'(') {
                    skipping = true;
                }
            }
            ')' if skipping => skipping = false,
            _ if skipping => {}
            '\\' => match chars.next_if(char::is_ascii_punctuation) {
                Some(sign) => out.push(sign),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out.trim().to_owned()
}

/// The text of the first level-one heading, if the body starts with one.
pub(super) fn first_heading(body: &str) -> Option<String> {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
    let text = line.strip_prefix('#').or_else(|| line.strip_prefix('＃'))?;
    let text = text.trim_start_matches([' ', '\t', '\u{3000}']).trim_end_matches(['#', ' ']);
    (!text.is_empty() && !text.starts_with(['#', '＃'])).then(|| without_marks(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_plain() {
        let body = "## 案例\n\n> 引用\n\n某超市把**原价**写成[划线价](a.md)，\n被举报。\n\n第二段。";
        assert_eq!(first_paragraph(body).as_deref(), Some("某超市把原价写成划线价，被举报。"));
        assert_eq!(first_paragraph("# 只有标题"), None);
    }

    #[test]
    fn a_backslash_is_not_read_aloud() {
        let of = |body: &str| first_paragraph(body).unwrap_or_default();
        assert_eq!(of("一、导入（5分钟）\\\n看一段案例，再讨论。"), "一、导入（5分钟）　看一段案例，再讨论。");
        assert_eq!(of(r"共有 3 \* 4 \[张\] \<表\>，见 C:\甲。"), r"共有 3 * 4 [张] <表>，见 C:\甲。");
    }

    #[test]
    fn blocks_quizzes_and_tables_are_no_beginning() {
        for body in [
            ":::教师\n给老师看的秘诀。\n:::\n\n正文从这里开始。",
            "：：：教师 备课\n给老师看的秘诀。\n\n- 还有\n:::\n正文从这里开始。",
            ":::练习\n判断：能不能？\n答案：B\n解析：不能。\n:::\n\n正文从这里开始。",
            ":::提示\n:::教师\n秘诀\n:::\n提示\n:::\n正文从这里开始。",
            "甲 | 乙\n--- | ---\n1 | 2\n\n正文从这里开始。",
        ] {
            assert_eq!(first_paragraph(body).as_deref(), Some("正文从这里开始。"), "{body}");
        }
        assert_eq!(first_paragraph(":::教师\n没有收尾的秘诀。"), None);
    }

    #[test]
    fn only_a_first_heading_is_a_title() {
        assert_eq!(first_heading("\n# 夜间巡查\n正文").as_deref(), Some("夜间巡查"));
        assert_eq!(first_heading("## 案例"), None);
        assert_eq!(first_heading("正文\n# 后面"), None);
    }
}
