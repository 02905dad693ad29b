//! Folding, measuring and comparing text, with Chinese in mind.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthStr;

/// A word as it is compared: width folded (NFKC), lower case, without any space.
/// Never shown (DOMAIN.md 7: fold in search, keys and names, keep what is displayed).
pub fn fold(text: &str) -> String {
    // The tables of Unicode are slow, and hardly any text needs them.
    if !text.chars().all(folds_alone) {
        return folded_by_tables(text);
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(|c| narrow(c).to_ascii_lowercase()).collect()
}

/// Whether a character folds by itself into one character or none: Han, ASCII, its
/// full-width forms, and common signs.
fn folds_alone(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' | '\u{3000}')
        || "·《》、。“”—".contains(c)
}

fn folded_by_tables(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{feff}').flat_map(char::to_lowercase).collect()
}

/// The same text with full-width letters, digits and signs in their narrow form.
pub fn narrow(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfkc().collect() }
}

/// Columns on a terminal: two for a Han character.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Whether the character is written without spaces around it: Han, kana and
/// Chinese punctuation.
pub fn is_cjk(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Whether the character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

/// Whether the character is Chinese punctuation.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// What Chinese word processors call 字数: every Han character and every sign
/// counts one, a run of Latin letters or digits counts one.
pub fn count_characters(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        if c.is_whitespace() {
            in_word = false;
        } else if !is_cjk(c) && (c.is_alphanumeric() || (in_word && matches!(c, '.' | '-' | '_' | '\'' | '/' | '%'))) {
            count += usize::from(!in_word);
            in_word = true;
        } else {
            count += 1;
            in_word = false;
        }
    }
    count
}

/// The first `limit` characters, with an ellipsis when something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

/// A text that a terminal shows and never obeys: names of files and what many hands wrote
/// may hold orders for it, or turn the direction of a line. Line ends and tabs stay.
pub fn never_order(text: &str) -> Cow<'_, str> {
    let is_order = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || is_turn(c);
    if !text.contains(is_order) {
        return Cow::Borrowed(text);
    }
    // Every control of ASCII has a picture of its own.
    let shown = |c: char| match u32::from(c) {
        code @ 0..=31 => char::from_u32(0x2400 + code),
        127 => Some('\u{2421}'),
        _ => None,
    };
    Cow::Owned(text.chars().map(|c| if is_order(c) { shown(c).unwrap_or('\u{fffd}') } else { c }).collect())
}

fn is_turn(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text that a spreadsheet shows as it is: what it would take for a formula begins
/// with an apostrophe, for tables are made of what many hands wrote. Numbers stay.
pub fn never_formula(text: &str) -> Cow<'_, str> {
    let looks = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,%".contains(c));
    if !looks || text == "-" || text.strip_prefix('-').is_some_and(is_number) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{text}"))
}

/// The candidate that `word` was probably meant to be: at most a third of its
/// characters (and at least one) may differ.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(word);
    let length = wanted.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < length.max(candidate.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn distance(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// Splits a written list on 、，；and their narrow forms, but not inside quotes,
/// book-title marks or brackets.
pub fn split_list(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '《' | '（' | '(' | '“' | '「' | '【' | '[' => depth += 1,
            '》' | '）' | ')' | '”' | '」' | '】' | ']' => depth = (depth - 1).max(0),
            '、' | '，' | ',' | '；' | ';' | '\n' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_ignores_width_case_and_space() {
        assert_eq!(fold("张 三"), "张三");
        assert_eq!(fold("ＡＢｃ１２"), "abc12");
    }

    proptest! {
        #[test]
        fn every_text_folds_as_the_tables_say(text in "([一-龥豈々〇ぁ가 -~！-～　·《》、。“”—…①Å\u{301}\u{feff}ﬁΣ]|\\PC){0,12}") {
            assert_eq!(fold(&text), folded_by_tables(&text));
        }
    }

    #[test]
    fn a_terminal_gets_pictures_of_orders() {
        assert_eq!(never_order("甲\t乙\n丙"), "甲\t乙\n丙");
        assert_eq!(never_order("\u{1b}[2J\r\u{7f}\u{9b}甲\u{202e}"), "␛[2J␍␡\u{fffd}甲\u{fffd}");
    }

    #[test]
    fn nearest_finds_a_slip_of_one_character() {
        assert_eq!(nearest("开发区分居", ["城东分局", "开发区分局"]), Some("开发区分局"));
        assert_eq!(nearest("海关", ["城东分局", "开发区分局"]), None);
        assert_eq!(nearest("小叫员", ["小教员", "标题"]), Some("小教员"));
    }

    #[test]
    fn lists_split_outside_brackets() {
        assert_eq!(split_list("会监管、会办案，会服务;  热点"), ["会监管", "会办案", "会服务", "热点"]);
        assert_eq!(
            split_list("《公司法》（2023、修订）第一条；《广告法》"),
            ["《公司法》（2023、修订）第一条", "《广告法》"]
        );
    }

    #[test]
    fn what_a_spreadsheet_would_reckon_begins_with_an_apostrophe() {
        for formula in ["=1+1", "+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1+1", "-A1"] {
            assert_eq!(never_formula(formula), format!("'{formula}"));
        }
        for plain in ["", "-", "-5", "-1,234.5%", "5-3", "课题=案例", "——", "'=1"] {
            assert_eq!(never_formula(plain), plain);
        }
    }

    #[test]
    fn characters_count_like_a_word_processor() {
        assert_eq!(count_characters("办案 90 日，用 Excel 算。"), 9);
        assert_eq!(count_characters(""), 0);
    }
}
