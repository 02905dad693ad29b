//! From strings on a page to paragraphs, so that no word is cut where a line ends.

use super::page::Piece;
use crate::base::text::{is_cjk, narrow};
use crate::courseware::office::tidy;

/// A line of strings.
struct Row {
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    text: String,
}

impl Row {
    /// Whether a string goes on in the line: on the same ground behind what stands there,
    /// or raised or lowered and small, as the number of a note is.
    fn holds(&self, piece: &Piece, size: f32) -> bool {
        let raised = (piece.base - self.base).abs();
        let is_near = (piece.left - self.right).abs() < self.size;
        let is_level = raised < size.min(self.size) * 0.4 && piece.left > self.right - size * 1.5;
        is_level || (is_near && size < self.size * 0.8 && raised < self.size * 0.7)
    }
}

/// Puts strings into lines and lines into paragraphs.
pub fn paragraphs(pieces: Vec<Piece>) -> Vec<String> {
    let rows = rows(pieces);
    let edge = rows.iter().map(|row| row.right).fold(f32::MIN, f32::max);
    let mut found: Vec<String> = Vec::new();
    let mut before: Option<&Row> = None;
    for row in &rows {
        match (before.filter(|before| goes_on(before, row, edge)), found.last_mut()) {
            (Some(_), Some(text)) => join(text, &row.text),
            _ => found.push(row.text.clone()),
        }
        before = Some(row);
    }
    found.iter().map(|text| tidy(&mended(text))).filter(|text| !text.is_empty()).collect()
}

/// Text as it was written: browsers give some characters the codes of the radicals that
/// look like them.
fn mended(text: &str) -> String {
    const LIKE: &str = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";
    let mend = |c: char| match c {
        '\u{2e80}'..='\u{2eff}' => LIKE.chars().skip_while(|one| *one != c).nth(1).unwrap_or(c),
        '\u{2f00}'..='\u{2fdf}' => narrow(&c.to_string()).chars().next().unwrap_or(c),
        '\u{fffd}' => ' ',
        c => c,
    };
    text.chars().map(mend).collect()
}

fn rows(pieces: Vec<Piece>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        // Strings of no size are there to be found, not to be seen.
        let size = piece.size.max(0.1);
        match rows.last_mut().filter(|row| row.holds(&piece, size)) {
            Some(row) => {
                let gap = piece.left - row.right;
                let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
                let between = is_word(row.text.chars().next_back()) && is_word(piece.text.chars().next());
                if gap > size * 0.8 || (gap > size * 0.15 && between) {
                    row.text.push(' ');
                }
                row.text.push_str(&piece.text);
                row.right = row.right.max(piece.right);
                row.size = row.size.max(size);
            }
            _ => rows.push(Row { left: piece.left, right: piece.right, base: piece.base, size, text: piece.text }),
        }
    }
    rows.retain(|row| !row.text.trim().is_empty());
    rows
}

/// Whether a line goes on with the one before: close below it, in the same size, and the
/// one before reaches the edge without an end of a sentence.
fn goes_on(before: &Row, row: &Row, edge: f32) -> bool {
    let gap = before.base - row.base;
    let same = (before.size - row.size).abs() < before.size * 0.12;
    let close = gap > 0.0 && gap < before.size * 2.2;
    let full = before.right > edge - before.size * 2.5;
    let ended = before.text.trim_end().ends_with(['。', '！', '？', '：', '；']);
    let indented = row.left > before.left + row.size * 1.2;
    same && close && full && !indented && !ended
}

/// Puts a line behind another; between Latin words stands a blank.
fn join(text: &mut String, line: &str) {
    let line = line.trim_start();
    text.truncate(text.trim_end().len());
    let is_tight = |c: Option<char>| c.is_none_or(is_cjk);
    if !is_tight(text.chars().next_back()) && !is_tight(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(left: f32, right: f32, base: f32, text: &str) -> Piece {
        Piece { left, right, base, size: 10.0, text: text.to_owned() }
    }

    #[test]
    fn radicals_and_symbols_are_mended() {
        assert_eq!(tidy(&mended("⾸⻚公⽰\u{f0b7}⼆")), "首页公示 二");
    }

    #[test]
    fn lines_are_put_together_where_a_sentence_goes_on() {
        let pieces = vec![
            piece(20.0, 120.0, 100.0, "送达回证由受送达"),
            piece(20.0, 60.0, 88.0, "人签名。"),
            piece(20.0, 70.0, 70.0, "第二段"),
            piece(20.0, 45.0, 50.0, "Chrome"),
            piece(48.0, 70.0, 50.0, "prints"),
        ];
        assert_eq!(paragraphs(pieces), ["送达回证由受送达人签名。", "第二段", "Chrome prints"]);
    }
}
