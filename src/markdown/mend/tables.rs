//! Tables drawn with the full-width `｜`.

use super::Scan;
use crate::markdown::api::ProblemKind;

const BARS: [char; 2] = ['|', '｜'];

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() > 1 && line.starts_with(BARS) && line.ends_with(BARS)
}

fn is_delimiter(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '－' | '—' | '─' | '–');
    is_row(line)
        && line.contains(dash)
        && line.chars().all(|c| BARS.contains(&c) || dash(c) || matches!(c, ':' | '：') || c.is_whitespace())
}

impl Scan<'_, '_> {
    /// Reads the lines that begin with a bar, from this one on.
    pub(super) fn table_lines(&mut self, first: usize) -> usize {
        let mut end = first;
        while end < self.lines.len() && self.text(end).trim_start().starts_with(BARS) {
            end += 1;
        }
        let rows = first..end;
        let drawn = rows.clone().any(|row| is_drawn(self.text(row).trim()));
        let is_table = rows.clone().all(|row| is_row(self.text(row))) && is_delimiter(self.text(first + 1));
        if drawn && is_table && !self.is_verbatim(first) {
            let text = self.text(first).trim();
            self.problems.add_in_source(ProblemKind::FullWidthTable, self.range(first), text);
            rows.for_each(|row| self.redraw(row, row == first + 1));
            return end;
        }
        rows.for_each(|row| self.shield_wiki_links(row));
        end
    }

    fn redraw(&mut self, row: usize, is_delimiter: bool) {
        let start = self.range(row).start;
        let mut in_link = false;
        let text = self.text(row);
        for (at, c) in text.char_indices() {
            in_link = link_state(in_link, &text[at..]);
            let with = match c {
                '|' if in_link => "｜",
                '｜' if !in_link => "|",
                '－' | '—' | '─' | '–' if is_delimiter => "-",
                '：' if is_delimiter => ":",
                _ => continue,
            };
            self.replace(start + at..start + at + c.len_utf8(), with);
        }
    }

    /// The bar of `[[编号|文字]]` would part two cells.
    fn shield_wiki_links(&mut self, row: usize) {
        let text = self.text(row);
        if !text.contains("[[") || self.is_verbatim(row) {
            return;
        }
        let start = self.range(row).start;
        let mut in_link = false;
        for (at, c) in text.char_indices() {
            in_link = link_state(in_link, &text[at..]);
            if in_link && c == '|' && !text[..at].ends_with('\\') {
                self.replace(start + at..start + at + 1, "｜");
            }
        }
    }
}

fn is_drawn(row: &str) -> bool {
    row.starts_with('｜') || row.ends_with('｜')
}

fn link_state(in_link: bool, rest: &str) -> bool {
    if in_link {
        !(rest.starts_with("]]") || rest.starts_with("］］"))
    } else {
        rest.starts_with("[[") || rest.starts_with("［［")
    }
}
