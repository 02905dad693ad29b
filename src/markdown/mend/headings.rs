//! `＃标题` and `#标题`, which were meant as headings.

use super::Scan;
use crate::base::text::is_cjk;
use crate::markdown::api::ProblemKind;

/// The level that a line without its indent was meant to have and where its text
/// begins, when it is not yet a heading for Markdown.
fn meant(line: &str) -> Option<(usize, usize)> {
    let text = line.trim_start_matches(['#', '＃']);
    let signs = &line[..line.len() - text.len()];
    let level = signs.chars().count();
    let full_width = signs.contains('＃');
    let first = text.chars().next()?;
    let body = text.trim_start();
    let start = line.len() - body.len();
    let is_tag = level == 1 && body.trim_end().ends_with(['#', '＃']);
    if level > 6 || body.is_empty() || is_tag || (!full_width && matches!(first, ' ' | '\t')) {
        return None;
    }
    let looks_like_title = level > 1 || first == '\u{3000}' || is_cjk(first) || (full_width && !first.is_ascii_digit());
    looks_like_title.then_some((level, start))
}

impl Scan<'_, '_> {
    /// Mends a line that begins with `#` or `＃`.
    pub(super) fn heading_line(&mut self, index: usize) {
        let line = self.range(index);
        let trimmed = self.text(index).trim_start_matches(' ');
        let Some((level, text)) = meant(trimmed) else { return };
        if self.is_verbatim(index) {
            return;
        }
        let start = line.end - trimmed.len();
        self.problems.add_in_source(ProblemKind::FullWidthHeading, start..line.end, trimmed.trim_end());
        self.replace(start..start + text, format!("{} ", "#".repeat(level)));
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn headings_are_told_from_tags_and_numbers() {
        assert_eq!(meant("＃标题"), Some((1, 3)));
        assert_eq!(meant("＃＃ 标题"), Some((2, 7)));
        assert_eq!(meant("#标题"), Some((1, 1)));
        assert_eq!(meant("##1. 概述"), Some((2, 2)));
        assert_eq!(meant("#\u{3000}标题"), Some((1, 4)));
        assert_eq!(meant("# 标题"), None);
        assert_eq!(meant("#1 窗口"), None);
        assert_eq!(meant("#消费维权#"), None);
        assert_eq!(meant("#include <a>"), None);
    }
}
