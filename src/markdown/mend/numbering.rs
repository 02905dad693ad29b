//! Lines such as `1、第一`, which Markdown would run together into one paragraph.

use super::Scan;
use crate::base::text::is_han;
use crate::markdown::api::ProblemKind;

/// The numbered lines seen so far.
#[derive(Default)]
pub(super) struct Numbers {
    last: Option<Numbered>,
}

#[derive(Clone, Copy)]
struct Numbered {
    number: u32,
    line: usize,
    reported: bool,
}

/// Numbered lines further apart than this do not make one list.
const FARTHEST: usize = 12;

/// What a line begins with.
#[derive(Debug, PartialEq)]
enum Sign {
    /// A number in the Chinese way, meant as a list.
    Number(u32),
    /// Anything else that begins a line of its own: `（一）`, `一、`, `①`, `●`.
    Other,
}

fn sign(line: &str) -> Option<Sign> {
    let first = line.chars().next()?;
    if first.is_ascii_digit() {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: u32 = line[..line.len() - rest.len()].parse().ok().filter(|number| *number < 1000)?;
        let mut rest = rest.chars();
        let (point, next) = (rest.next()?, rest.next()?);
        let glued = !next.is_whitespace() && !next.is_ascii_digit();
        let meant =
            point == '、' || (matches!(point, '.' | ')') && glued && is_han(next)) || matches!(point, '．' | '）');
        return meant.then_some(Sign::Number(number));
    }
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let other = match first {
        '①'..='⑳' | '●' | '○' | '•' | '◆' | '◇' | '■' | '□' | '▪' | '☐' | '☑' => true,
        '（' | '(' => {
            let inner = line.trim_start_matches(['（', '(']);
            let rest = inner.trim_start_matches(|c: char| numeral(c) || c.is_ascii_digit());
            let length = inner.len() - rest.len();
            (1..=9).contains(&length) && rest.starts_with(['）', ')'])
        }
        c if numeral(c) => line.trim_start_matches(numeral).starts_with('、'),
        _ => false,
    };
    other.then_some(Sign::Other)
}

impl Scan<'_, '_> {
    /// Lets a line with such a sign begin a line of its own.
    pub(super) fn numbered_line(&mut self, index: usize, trimmed: &str) {
        let Some(sign) = sign(trimmed) else { return };
        if self.is_verbatim(index) {
            return;
        }
        if index > 0 && !self.is_blank(index - 1) && !self.text(index - 1).ends_with(['\\', '|']) {
            let before = self.range(index - 1).end;
            if self.edits.last().is_none_or(|edit| edit.at.end <= before) && !self.is_verbatim(index - 1) {
                self.replace(before..before, "  ");
            }
        }
        if let Sign::Number(number) = sign {
            self.count(index, number);
        }
    }

    /// Reports the first line of a list once its second is seen.
    fn count(&mut self, index: usize, number: u32) {
        let mut seen = Numbered { number, line: index, reported: false };
        if let Some(last) = self.numbers.last
            && number == last.number + 1
            && index - last.line <= FARTHEST
        {
            if !last.reported {
                let text = self.text(last.line).trim();
                let at = self.range(last.line);
                let start = at.end - self.text(last.line).trim_start().len();
                self.problems.add_in_source(ProblemKind::NumberedListMark, start..start + text.len(), text);
            }
            seen.reported = true;
        }
        self.numbers.last = Some(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::{Sign, sign};

    #[test]
    fn signs_are_told_from_numbers() {
        assert_eq!(sign("1、先登记"), Some(Sign::Number(1)));
        assert_eq!(sign("12．核对"), Some(Sign::Number(12)));
        assert_eq!(sign("2.核对"), Some(Sign::Number(2)));
        assert_eq!(sign("（三）核对"), Some(Sign::Other));
        assert_eq!(sign("一、总体要求"), Some(Sign::Other));
        assert_eq!(sign("①核对"), Some(Sign::Other));
        assert_eq!(sign("2. 核对"), None);
        assert_eq!(sign("1.5倍"), None);
        assert_eq!(sign("12315热线"), None);
        assert_eq!(sign("一般来说"), None);
    }
}
