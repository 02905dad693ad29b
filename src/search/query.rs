//! What somebody asks for, taken apart.

use unicode_normalization::UnicodeNormalization;

use super::normalize::{GAP, units};

/// How many characters of a query count.
const LONGEST: usize = 200;
/// How many characters of what was typed are looked at: marks that combine make one out
/// of several.
const READ: usize = 4000;
/// How many parts of a query count.
const PARTS: usize = 8;
/// What follows the number of an article and the like.
const ORDINALS: &str = "条款项章节编目次期批";

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As it was typed, cut where it is longer than anybody means.
    pub text: String,
    /// Its units, and the same with article numbers written the other way.
    pub variants: Vec<Vec<u16>>,
    /// Its words, if there are several.
    pub parts: Vec<Vec<u16>>,
}

impl Query {
    /// Takes a query apart.
    pub fn new(typed: &str) -> Self {
        let text: String = typed.chars().take(READ).nfc().take(LONGEST).collect();
        let whole = units(&text);
        let mut query = Query { variants: Vec::new(), parts: parts(&text), text };
        if !whole.is_empty() {
            let shown = String::from_utf16_lossy(&whole);
            query.variants.push(whole);
            for other in [ordinals(&shown, to_digits), ordinals(&shown, to_numerals)] {
                let other: Vec<u16> = other.encode_utf16().collect();
                if !query.variants.contains(&other) {
                    query.variants.push(other);
                }
            }
        }
        query
    }

    /// The units of the whole query.
    pub fn whole(&self) -> &[u16] {
        self.variants.first().map_or(&[], Vec::as_slice)
    }
}

/// The words of a query: what spaces and punctuation part, and within that letters and
/// Han. A single word is no part.
fn parts(text: &str) -> Vec<Vec<u16>> {
    let mut parts: Vec<Vec<u16>> = Vec::new();
    for piece in text.split_whitespace() {
        let piece = units(piece);
        for run in piece.split(|unit| *unit == GAP) {
            for part in
                run.chunk_by(|one, other| !(is_latin(*one) && is_han(*other) || is_han(*one) && is_latin(*other)))
            {
                if !part.is_empty() && parts.iter().all(|known| known != part) {
                    parts.push(part.to_vec());
                }
            }
        }
    }
    parts.truncate(PARTS);
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// Whether a unit is one of the letters a to z.
pub fn is_latin(unit: u16) -> bool {
    (0x61..=0x7a).contains(&unit)
}

/// Whether a unit is Han, kana or the like.
pub fn is_han(unit: u16) -> bool {
    unit >= 0x2e80
}

/// The text with the number in each 第…条 and the like written otherwise.
fn ordinals(text: &str, other: fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('第') {
        let number = at + '第'.len_utf8();
        out.push_str(&rest[..number]);
        rest = &rest[number..];
        let end = rest.find(|c| ORDINALS.contains(c)).unwrap_or(0);
        if let Some(written) = other(&rest[..end]) {
            out.push_str(&written);
            rest = &rest[end..];
        }
    }
    out + rest
}

/// A Chinese numeral below ten thousand in digits.
fn to_digits(numeral: &str) -> Option<String> {
    if numeral.is_empty() {
        return None;
    }
    let (mut sum, mut digit) = (0u32, None);
    for c in numeral.chars() {
        if let Some(value) = "零一二三四五六七八九".chars().position(|one| one == c) {
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = Some(value as u32);
            continue;
        }
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '〇' => {
                digit = Some(0);
                continue;
            }
            '两' => {
                digit = Some(2);
                continue;
            }
            _ => return None,
        };
        sum += unit * digit.filter(|digit| *digit != 0).unwrap_or(1);
        digit = None;
    }
    Some((sum + digit.unwrap_or(0)).to_string())
}

/// Digits below ten thousand as a Chinese numeral.
fn to_numerals(digits: &str) -> Option<String> {
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: usize = digits.parse().ok().filter(|number| is_number && *number > 0)?;
    let names: Vec<char> = "零一二三四五六七八九".chars().collect();
    let mut out = String::new();
    let mut has_zero = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            has_zero = !out.is_empty();
            continue;
        }
        if has_zero {
            out.push('零');
        }
        has_zero = false;
        // 十二, not 一十二, where nothing stands before it.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push(names[digit]);
        }
        out.push_str(name);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_numbers_are_looked_for_in_both_scripts() {
        let both = |typed: &str| {
            Query::new(typed).variants.iter().map(|units| String::from_utf16_lossy(units)).collect::<Vec<_>>()
        };
        assert_eq!(both("第三十三条"), ["第三十三条", "第33条"]);
        assert_eq!(both("第33条"), ["第33条", "第三十三条"]);
        assert_eq!(both("第十二条"), ["第十二条", "第12条"]);
        assert_eq!(both("第105条"), ["第105条", "第一百零五条"]);
        assert_eq!(both("第110条第2款"), ["第110条第2款", "第一百一十条第二款"]);
        assert_eq!(both("三十三"), ["三十三"]);
    }

    #[test]
    fn numerals_go_to_digits_and_back() {
        for number in 1..10_000u32 {
            let numeral = to_numerals(&number.to_string()).expect("a numeral");
            assert_eq!(to_digits(&numeral), Some(number.to_string()), "{numeral}");
        }
        assert_eq!(to_digits("三五"), None);
    }

    #[test]
    fn words_are_parted_by_spaces_punctuation_and_script() {
        let parts = |typed: &str| {
            Query::new(typed).parts.iter().map(|units| String::from_utf16_lossy(units)).collect::<Vec<_>>()
        };
        assert_eq!(parts("网格 巡查"), ["网格", "巡查"]);
        assert_eq!(parts("网格xc"), ["网格", "xc"]);
        assert_eq!(parts("安装，安装、Excel 12"), ["安装", "excel", "12"]);
        assert!(parts("退一赔三").is_empty() && parts("").is_empty());
    }
}
