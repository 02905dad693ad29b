//! What a text must not hold, found by its looks: identity numbers and mobile
//! numbers. Marks of secrecy are found in `source`, which keeps their files apart.

use rayon::prelude::*;

use super::{Subject, attachments};
use crate::base::{Day, Finding, Findings, Place, SourcePath};
use crate::source::{Facts, SourceFile, Stretch, may_hold_numbers};

/// Looks at every line of every text, also of those in attachments, and leaves a finding for each stretch.
/// `may` says of what is told of a text, and `may_hold` of each bare line, whether there
/// can be any, so that most of them cost little.
pub(super) fn report(
    subject: &Subject<'_>,
    findings: &mut Findings,
    may: fn(Facts) -> bool,
    may_hold: fn(&str) -> bool,
    find: fn(&[char]) -> Vec<Stretch>,
    finding: fn(Place, &[char]) -> Finding,
) {
    let in_file = |file: &SourceFile| {
        let mut found = Findings::default();
        for (spot, line) in
            file.inside().iter().flat_map(|inside| inside.everything()).filter(|(_, line)| may_hold(line))
        {
            let chars: Vec<char> = line.chars().collect();
            for stretch in find(&chars) {
                let written = &chars[stretch.start..stretch.start + stretch.length];
                found.push(finding(Place::file(&file.path), written).with("处", attachments::spot(&spot)));
            }
        }
        if !file.facts().is_some_and(may) {
            return found;
        }
        for (at, line) in file.text().unwrap_or("").lines().enumerate().filter(|(_, line)| may_hold(line)) {
            let chars: Vec<char> = line.chars().collect();
            for stretch in find(&chars) {
                let written = &chars[stretch.start..stretch.start + stretch.length];
                found.push(finding(place(&file.path, at, stretch), written));
            }
        }
        found
    };
    let found: Vec<Findings> = subject.sources.files.par_iter().map(in_file).collect();
    for found in found {
        findings.append(found);
    }
}

fn place(file: &SourcePath, line: usize, stretch: Stretch) -> Place {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Place::at(file, number(line + 1), number(stretch.start + 1), number(stretch.length))
}

/// The value of a digit, narrow or full-width.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

fn is_digit(c: Option<&char>) -> bool {
    c.is_some_and(|c| digit(*c).is_some())
}

fn is_latin(c: Option<&char>) -> bool {
    c.is_some_and(char::is_ascii_alphabetic)
}

fn before(chars: &[char], at: usize) -> Option<&char> {
    at.checked_sub(1).and_then(|at| chars.get(at))
}

/// Identity numbers: eighteen signs, of which the first six name a region, the next
/// eight a day, and the last is the check of ISO 7064.
pub(super) fn identity_numbers(chars: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| digit(**c).is_some()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let ends_in_x = run == 17 && chars.get(at + run).is_some_and(|c| matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ'));
        let length = run + usize::from(ends_in_x);
        let after = chars.get(at + length);
        let joined = is_latin(before(chars, at)) || is_latin(after) || is_digit(after);
        if let Some(length) = grouped_identity(chars, at, run) {
            found.push(Stretch { start: at, length });
            at += length;
            continue;
        }
        if length == 18 && !joined && is_identity_number(&chars[at..at + length]) {
            found.push(Stretch { start: at, length });
        }
        at += length;
    }
    found
}

/// 110105 19491231 002X: region, day and the rest set apart by blanks or hyphens.
fn grouped_identity(chars: &[char], at: usize, run: usize) -> Option<usize> {
    let is_sign = |at: usize| chars.get(at).is_some_and(|c| matches!(c, ' ' | '-' | '－' | '\u{3000}' | '\u{a0}'));
    if run != 6 || !is_sign(at + 6) || !is_sign(at + 15) || is_digit(before(chars, at)) || is_latin(before(chars, at)) {
        return None;
    }
    let parts = [at..at + 6, at + 7..at + 15, at + 16..at + 20];
    let number: Vec<char> = parts.into_iter().flat_map(|part| chars.get(part).unwrap_or_default().to_vec()).collect();
    let (last, digits) = number.split_last()?;
    let is_whole = number.len() == 18
        && digits.iter().all(|c| digit(*c).is_some())
        && (digit(*last).is_some() || matches!(last, 'x' | 'X' | 'ｘ' | 'Ｘ'));
    let ends = !is_digit(chars.get(at + 20)) && !is_latin(chars.get(at + 20));
    (is_whole && ends && is_identity_number(&number)).then_some(20)
}

/// The weights of the first seventeen digits (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

fn is_identity_number(chars: &[char]) -> bool {
    let digits: Vec<u32> = chars.iter().map_while(|c| digit(*c)).collect();
    if digits.len() < WEIGHTS.len() {
        return false;
    }
    let part = |from: usize, to: usize| digits[from..to].iter().fold(0, |sum, digit| sum * 10 + digit);
    let year = i32::try_from(part(6, 10)).unwrap_or(0);
    let born = (1900..2100).contains(&year) && Day::new(year, part(10, 12), part(12, 14)).is_some();
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    // The check sign makes the weighted sum one modulo eleven; ten is written X.
    let check = (12 - sum % 11) % 11;
    (11..=82).contains(&part(0, 2)) && born && check == digits.get(17).copied().unwrap_or(10)
}

/// Mobile numbers: eleven digits that begin with 13 to 19, in one run or as
/// 138-0000-0000. Numbers in addresses of pages and letters are left alone.
pub(super) fn mobile_numbers(chars: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some(length) = mobile_length(chars, at).filter(|length| !is_in_address(chars, at, *length)) else {
            // A run of digits is one number: nothing begins in its middle.
            at += chars[at..].iter().take_while(|c| digit(**c).is_some()).count().max(1);
            continue;
        };
        found.push(Stretch { start: at, length });
        at += length;
    }
    found
}

/// How long the mobile number is that begins here.
fn mobile_length(chars: &[char], at: usize) -> Option<usize> {
    let run = chars[at..].iter().take_while(|c| digit(**c).is_some()).count();
    let starts_well = |at: usize| {
        chars.get(at).copied().and_then(digit) == Some(1) && chars.get(at + 1).copied().and_then(digit) >= Some(3)
    };
    // +8613800138000
    if run == 13 && before(chars, at) == Some(&'+') && starts_well(at + 2) {
        return Some(13);
    }
    if !starts_well(at) || !stands_alone_before(chars, at) {
        return None;
    }
    let length = match run {
        11 => 11,
        3 => grouped(chars, at)?,
        _ => return None,
    };
    stands_alone_after(chars, at + length).then_some(length)
}

/// 138 0000 0000, 138-0000-0000 and 138-00000000.
fn grouped(chars: &[char], at: usize) -> Option<usize> {
    let sign = *chars.get(at + 3).filter(|c| matches!(c, ' ' | '-' | '－' | '\u{3000}' | '\u{a0}'))?;
    let four = |from: usize| (from..from + 4).all(|at| is_digit(chars.get(at)));
    if four(at + 4) && four(at + 8) && !is_digit(chars.get(at + 12)) {
        return Some(12);
    }
    let fits = four(at + 4) && chars.get(at + 8) == Some(&sign) && four(at + 9) && !is_digit(chars.get(at + 13));
    fits.then_some(13)
}

fn stands_alone_before(chars: &[char], at: usize) -> bool {
    let joined =
        before(chars, at).is_some_and(|c| matches!(c, '-' | '.' | '_')) && at >= 2 && is_digit(chars.get(at - 2));
    !joined && !is_digit(before(chars, at)) && !is_latin(before(chars, at))
}

/// A longer number, a decimal or an amount of money is no telephone number.
fn stands_alone_after(chars: &[char], end: usize) -> bool {
    let next = chars.get(end);
    let joined = next.is_some_and(|c| matches!(c, '-' | '.' | '_')) && is_digit(chars.get(end + 1));
    let amount = next.is_some_and(|c| matches!(c, '元' | '万' | '亿' | '%' | '％'));
    !joined && !amount && !is_digit(next) && !is_latin(next)
}

/// Whether a stretch is part of the address of a page or a letter.
fn is_in_address(chars: &[char], at: usize, length: usize) -> bool {
    let of_letters = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let of_pages =
        |c: &&char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '(' | ')' | '[' | ']' | '|' | '`');
    let after = chars[at + length..].iter().find(|c| !of_letters(c));
    let ahead = chars[..at].iter().rev().find(|c| !of_letters(c));
    let token: String = chars[..at].iter().rev().take_while(of_pages).collect::<Vec<_>>().into_iter().rev().collect();
    after == Some(&'@') || ahead == Some(&'@') || token.contains("://") || token.contains("www.")
}

/// A text with the numbers of people masked: of an identity number the first three
/// signs stay, of a mobile number the first three and the last four. The text keeps
/// its length and its width, so that columns stay right.
pub fn masked(text: &str) -> String {
    if !may_hold_numbers(text) {
        return text.to_owned();
    }
    let mut chars: Vec<char> = text.chars().collect();
    let identities = identity_numbers(&chars);
    let mobiles = mobile_numbers(&chars);
    for stretch in identities {
        cover(&mut chars, stretch.start + 3, stretch.start + stretch.length);
    }
    for stretch in mobiles {
        let last = stretch.start + stretch.length - 4;
        let middle = if is_digit(chars.get(last - 1)) { last - 4 } else { last - 5 };
        cover(&mut chars, middle, last);
    }
    chars.into_iter().collect()
}

fn cover(chars: &mut [char], start: usize, end: usize) {
    for c in &mut chars[start..end] {
        *c = match *c {
            sign @ (' ' | '-' | '－' | '\u{3000}' | '\u{a0}') => sign,
            wide if !wide.is_ascii() => '＊',
            _ => '*',
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(find: fn(&[char]) -> Vec<Stretch>, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        find(&chars)
            .iter()
            .map(|stretch| chars[stretch.start..stretch.start + stretch.length].iter().collect())
            .collect()
    }

    #[test]
    fn numbers_in_groups_are_found_and_masked() {
        for text in ["110105 19491231 002X", "110105-19491231-002x", "１１０１０５　１９４９１２３１　００２Ｘ"]
        {
            assert_eq!(found(identity_numbers, &format!("号码 {text}。")), [text], "{text}");
        }
        assert!(found(identity_numbers, "110105 19491331 002X").is_empty());
        assert!(found(identity_numbers, "订单 110105 19491231 0021").is_empty());
        assert_eq!(found(mobile_numbers, "电话 139-12345678。"), ["139-12345678"]);
        assert_eq!(found(mobile_numbers, "电话 139 12345678 张某"), ["139 12345678"]);
        assert!(found(mobile_numbers, "139-123456789").is_empty());
        assert_eq!(masked("139-12345678"), "139-****5678");
        assert_eq!(masked("110105 19491231 002X"), "110*** ******** ****");
    }

    #[test]
    fn identity_numbers_are_found_by_their_check() {
        for text in
            ["11010519491231002X", "１１０１０５１９４９１２３１００２Ｘ", "440524188001010014", "11010519491231002x"]
        {
            let expected = if text.starts_with("4405") { vec![] } else { vec![text.to_owned()] };
            assert_eq!(found(identity_numbers, &format!("号码：{text}。")), expected, "{text}");
        }
        for text in [
            "110105194912310021",
            "110105194913310021",
            "2110105194912310029",
            "11010519491231002X1",
            "000000000000000000",
        ] {
            assert_eq!(found(identity_numbers, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn mobile_numbers_are_found_however_they_are_grouped() {
        for text in ["13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００"] {
            assert_eq!(found(mobile_numbers, &format!("电话{text}，")), [text], "{text}");
        }
        assert_eq!(found(mobile_numbers, "+8613800138000"), ["8613800138000"]);
        assert_eq!(found(mobile_numbers, "甲13800138000乙13900139000").len(), 2);
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "138****8000",
            "12345678901",
            "138001380001",
            "0138001380",
            "AB13800138000",
            "13800138000元",
            "1.13800138000",
            "2025-13800138000",
            "https://example.cn/a/13800138000.html",
            "13800138000@163.com",
            "a@13800138000.cn",
            "138 0013",
            "1380-0138-000",
        ] {
            assert_eq!(found(mobile_numbers, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn numbers_are_masked_in_place() {
        assert_eq!(masked("电话 138-0013-8000"), "电话 138-****-8000");
        assert_eq!(masked("１３８００１３８０００"), "１３８＊＊＊＊８０００");
        assert_eq!(masked("11010519491231002X 张某"), "110*************** 张某");
        assert_eq!(masked("2025-03-14 至 2025-03-20"), "2025-03-14 至 2025-03-20");
    }

    proptest! {
        #[test]
        fn scanning_takes_any_text(text in "\\PC*") {
            let chars: Vec<char> = text.chars().collect();
            for find in [identity_numbers, mobile_numbers] {
                for stretch in find(&chars) {
                    prop_assert!(stretch.length > 0 && stretch.start + stretch.length <= chars.len());
                }
            }
            prop_assert_eq!(masked(&text).chars().count(), chars.len());
        }

        #[test]
        fn scanning_takes_any_digits(text in "[0-9０-９ xX.@/绝密★-]{0,60}") {
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(masked(&text).chars().count(), chars.len());
            prop_assert!(mobile_numbers(&masked(&text).chars().collect::<Vec<_>>()).is_empty());
        }
    }
}
