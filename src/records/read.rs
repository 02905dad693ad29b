//! Values out of texts: dates, months, numbers, 是/否, lists.
//!
//! Each reader gives the value or leaves a finding that says how to write it.

use super::node::{Node, Value};
use super::record::Entry;
use super::wrapped::item;
use crate::base::text::{fold, narrow, split_list};
use crate::base::{Day, Finding, Findings, Located, Month};

/// The text of a field; a list is put on one line.
pub fn text(entry: Option<&Entry>) -> Option<Located<String>> {
    let entry = entry?;
    let text = match &entry.node.value {
        Value::Text(text) => text.trim().to_owned(),
        _ => entry.node.shown(),
    };
    (!text.is_empty()).then(|| Located::new(text, entry.node.place.clone()))
}

/// The items of a field. A text is split on 、，； (or, for texts that are
/// sentences, only on line ends); list items stay whole.
pub fn list(entry: Option<&Entry>, sentences: bool) -> Vec<Located<String>> {
    let Some(entry) = entry else { return Vec::new() };
    let mut items = Vec::new();
    gather(&entry.node, sentences, &mut items);
    items
}

fn gather(node: &Node, sentences: bool, items: &mut Vec<Located<String>>) {
    match &node.value {
        Value::Empty => {}
        Value::Text(text) if sentences => {
            let lines = text
                .lines()
                .map(|line| item(line.trim()).unwrap_or_else(|| line.trim()))
                .filter(|line| !line.is_empty());
            items.extend(lines.map(|line| Located::new(line.to_owned(), node.place.clone())));
        }
        Value::Text(text) => {
            items.extend(split_list(text).into_iter().map(|part| Located::new(part.to_owned(), node.place.clone())));
        }
        Value::List(nodes) => {
            for inner in nodes {
                match &inner.value {
                    Value::Text(text) if !text.trim().is_empty() => {
                        items.push(Located::new(text.trim().to_owned(), inner.place.clone()));
                    }
                    Value::Text(_) | Value::Empty => {}
                    _ => items.push(Located::new(inner.shown(), inner.place.clone())),
                }
            }
        }
        Value::Map(_) => items.push(Located::new(node.shown(), node.place.clone())),
    }
}

/// 是/否, true/false, √, 有/无; anything else is E116.
pub fn boolean(entry: Option<&Entry>, findings: &mut Findings) -> Option<bool> {
    either(entry, "是、否", findings)
}

/// 合格 or 不合格, and whatever else [`boolean`] understands.
pub fn verdict(entry: Option<&Entry>, findings: &mut Findings) -> Option<bool> {
    either(entry, "合格、不合格", findings)
}

fn either(entry: Option<&Entry>, listed: &str, findings: &mut Findings) -> Option<bool> {
    let entry = entry?;
    let written = entry.node.shown();
    let found = yes_or_no(&written);
    if found.is_none() {
        let finding = Finding::new("E116", entry.node.place.clone())
            .with("键", &entry.name.value)
            .with("值", written)
            .with("列表", listed);
        findings.push(finding);
    }
    found
}

/// What a written 是 or 否 means; what stands in brackets behind it does not count.
pub fn yes_or_no(written: &str) -> Option<bool> {
    match fold(without_bracket(written)).trim_end_matches(['。', '.', '!', '！']) {
        "是" | "是的" | "合格" | "true" | "yes" | "y" | "√" | "✓" | "✔" | "有" | "1" | "对" => Some(true),
        "否" | "不是" | "不合格" | "false" | "no" | "n" | "×" | "x" | "无" | "0" | "不" | "没有" => {
            Some(false)
        }
        _ => None,
    }
}

/// The text before a bracket: 是（待审） is 是. A text that begins with a bracket stays
/// whole.
pub fn without_bracket(written: &str) -> &str {
    match written.find(['（', '(', '【', '[', '［']) {
        Some(open) if !written[..open].trim().is_empty() => written[..open].trim(),
        _ => written.trim(),
    }
}

/// Units that may stand behind a number.
const UNITS: &[&str] =
    &["分钟", "人次", "周岁", "人", "票", "张", "分", "个", "次", "名", "份", "岁", "mb", "%", "％", "min"];

/// A whole number; `45分钟`, `18人`, `１课时` are understood (one 课时 is 45 minutes).
pub fn integer(entry: Option<&Entry>, findings: &mut Findings) -> Option<u32> {
    let entry = entry?;
    let folded = fold(&entry.node.shown()).replace(',', "");
    let folded = folded.trim_start_matches('约');
    let folded = without_bracket(folded);
    let times = |end: &str, minutes: f64| Some(parse_number(folded.strip_suffix(end)?)? * minutes);
    let value = times("课时", 45.0)
        .or_else(|| times("小时", 60.0))
        .or_else(|| (folded == "半小时").then_some(30.0))
        .or_else(|| parse_number(UNITS.iter().find_map(|unit| folded.strip_suffix(unit)).unwrap_or(folded)));
    match value.map(|value| if folded.ends_with("时") { value.round() } else { value }) {
        Some(value) if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) => Some(value as u32),
        _ => {
            findings.push(not_a_number(entry));
            None
        }
    }
}

/// A number, also a mark such as `95.5分`.
pub fn number(entry: Option<&Entry>, findings: &mut Findings) -> Option<f64> {
    let entry = entry?;
    let folded = fold(&entry.node.shown());
    let plain = UNITS.iter().find_map(|unit| folded.strip_suffix(unit)).unwrap_or(&folded);
    let value = parse_number(plain);
    if value.is_none() {
        findings.push(not_a_number(entry));
    }
    value
}

fn not_a_number(entry: &Entry) -> Finding {
    Finding::new("E115", entry.node.place.clone()).with("键", &entry.name.value).with("值", entry.node.shown())
}

fn parse_number(text: &str) -> Option<f64> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if plain { text.parse().ok() } else { chinese_number(text).map(f64::from) }
}

/// 一 to 九十九.
fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u32::try_from(at).ok());
    let text = text.replace('两', "二").replace('〇', "零");
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens, digit)? };
            let ones = if ones.is_empty() { 0 } else { single(ones, digit)? };
            Some(tens * 10 + ones)
        }
        None => single(&text, digit),
    }
}

fn single(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    let mut chars = text.chars();
    let value = digit(chars.next()?)?;
    chars.next().is_none().then_some(value)
}

/// A day in any of the ways people write one: 2025-03-14, 2025/3/14, 2025.3.14,
/// 2025年3月14日, 20250314, or the serial number of a spreadsheet.
pub fn date(entry: Option<&Entry>, findings: &mut Findings) -> Option<Day> {
    day_of(entry, None, findings)
}

/// A day of a table that has a year of its own: 11月14日, as spreadsheets save what was
/// typed as 11/14, belongs to the year that `year` gives for its month, and is told.
pub fn date_in(entry: Option<&Entry>, year: impl Fn(u32) -> i32, findings: &mut Findings) -> Option<Day> {
    day_of(entry, Some(&year), findings)
}

fn day_of(entry: Option<&Entry>, year: Option<&dyn Fn(u32) -> i32>, findings: &mut Findings) -> Option<Day> {
    let entry = entry?;
    let written = entry.node.shown();
    let place = entry.node.place.clone();
    let Some((year, month, day)) = date_parts(&written) else {
        if let Some(day) = year.and_then(|year| without_year(&written, year)) {
            findings
                .push(Finding::new("H133", place).with("键", &entry.name.value).with("值", &written).with("日", day));
            return Some(day);
        }
        if let Some(day) = serial_day(&written) {
            findings
                .push(Finding::new("H125", place).with("键", &entry.name.value).with("值", &written).with("日", day));
            return Some(day);
        }
        let finding = Finding::new("E112", place).with("键", &entry.name.value).with("值", written);
        findings.push(finding.with("例", "2025-03-14 或 2025年3月14日"));
        return None;
    };
    let found = Day::new(year, month, day);
    if found.is_none() {
        findings.push(Finding::new("E113", place).with("值", written));
    }
    found
}

/// The day that a text means, as [`date_in`] reads it, without a word about others. A
/// day without its year is one only where a year is known.
pub fn day(written: &str, year: Option<i32>) -> Option<Day> {
    match date_parts(written) {
        Some((year, month, day)) => Day::new(year, month, day),
        None => year.and_then(|year| without_year(written, &|_| year)).or_else(|| serial_day(written)),
    }
}

/// 11月14日, 11/14, 11-14, 11.14, 14-Nov.
fn without_year(written: &str, year: &dyn Fn(u32) -> i32) -> Option<Day> {
    let text = fold(without_time(&narrow(written)));
    let text = text.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = text.split(['月', '/', '-', '.']).map(str::trim).collect();
    let [first, second] = parts.as_slice() else { return None };
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (month, day) = match (is_number(first), is_number(second)) {
        (true, true) => (first.parse().ok()?, second.parse().ok()?),
        (true, false) => (english_month(second)?, first.parse().ok()?),
        _ => return None,
    };
    Day::new(year(month), month, day)
}

/// The day of a spreadsheet's serial number; the hours behind its point do not matter.
fn serial_day(written: &str) -> Option<Day> {
    let folded = fold(written);
    let days = match folded.split_once('.') {
        Some((days, hours)) if hours.chars().all(|c| c.is_ascii_digit()) => days,
        _ => &folded,
    };
    days.parse().ok().filter(|serial| (25_569..=80_000).contains(serial)).and_then(Day::from_serial)
}

/// A date without the time of day that spreadsheets put behind it: `2025/1/7 0:00`.
fn without_time(written: &str) -> &str {
    let end = written.trim_end().trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || matches!(c, ':' | '.' | ' ' | 'A' | 'P' | 'M' | 'Z' | '上' | '下' | '午' | '时' | '分' | '秒')
    });
    let time = &written[end.len()..];
    let starts = time.find([':', '时']).map(|at| {
        let hour = time[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        end.len() + hour.trim_end_matches(['上', '下', '午', ' ']).len()
    });
    starts.map_or(written, |at| written[..at].trim_end())
}

/// `7-Mar-25` and `7-Mar-2025`, into which spreadsheets turn what somebody types.
fn english_parts(text: &str) -> Option<(i32, Option<u32>, u32)> {
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let month = english_month;
    let year = |text: &str| -> Option<i32> {
        let number: i32 = text.parse().ok()?;
        match text.len() {
            // Spreadsheets read 00 to 29 as this century.
            2 => Some(if number < 30 { 2000 + number } else { 1900 + number }),
            4 => Some(number),
            _ => None,
        }
    };
    match parts.as_slice() {
        [name, y] if lower.is_ascii() => Some((year(y)?, None, month(name)?)),
        [day, name, y] if lower.is_ascii() => Some((year(y)?, Some(day.parse().ok()?), month(name)?)),
        _ => None,
    }
}

/// The month of an English name in small letters, whole or cut.
fn english_month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = NAMES.iter().position(|known| name.len() >= 3 && name.starts_with(known))?;
    u32::try_from(at + 1).ok()
}

/// Year, month and day of a written date, whether or not there is such a day.
fn date_parts(written: &str) -> Option<(i32, u32, u32)> {
    let narrowed = narrow(written);
    if let Some((year, Some(day), month)) = english_parts(without_time(&narrowed)) {
        return Some((year, month, day));
    }
    let written = without_time(&narrowed);
    let text =
        written.split(['T', '星', '周', '(', ' ']).next().filter(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let joined = if text.len() < written.len() && !text.contains(['日', '号']) {
        written_without_spaces(written)
    } else {
        text.to_owned()
    };
    let numbers: Vec<&str> = joined.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [year, month, day, ..] if year.len() == 4 => Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)),
        [all] if all.len() == 8 && joined.len() == 8 => {
            Some((all[..4].parse().ok()?, all[4..6].parse().ok()?, all[6..].parse().ok()?))
        }
        _ => None,
    }
}

fn written_without_spaces(written: &str) -> String {
    narrow(written).chars().filter(|c| !c.is_whitespace()).take_while(|c| !matches!(c, 'T' | '星' | '(')).collect()
}

/// A month: `3`, `3月`, `2025-03`, `2025年3月`, `202503`. `year` is the year that a
/// bare number belongs to. The finding of a failure is of the rule `code`.
pub fn month(entry: Option<&Entry>, year: Option<i32>, code: &'static str, findings: &mut Findings) -> Option<Month> {
    let entry = entry?;
    let written = entry.node.shown();
    let found = month_of(&written, year);
    if found.is_none() {
        let finding = Finding::new(code, entry.node.place.clone()).with("键", &entry.name.value).with("值", written);
        findings.push(finding.with("例", "2025-03 或 2025年3月"));
    }
    found
}

fn month_of(written: &str, year: Option<i32>) -> Option<Month> {
    if let Some((year, _, month)) = english_parts(without_time(&narrow(written))) {
        return Month::new(year, month);
    }
    let text = fold(without_time(&narrow(written)));
    if let Some(day) = written.contains('.').then(|| serial_day(written)).flatten() {
        return Some(day.month());
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let known =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '-' | '/' | '.' | '份'));
    match numbers.as_slice() {
        _ if !known => {
            let name = text.trim_end_matches('份').strip_suffix('月')?;
            Month::new(year?, chinese_number(if name == "正" { "一" } else { name })?)
        }
        [all] if all.len() == 6 => Month::new(all[..4].parse().ok()?, all[4..].parse().ok()?),
        [all] if all.len() == 5 => Day::from_serial(all.parse().ok()?).map(Day::month),
        [all] if all.len() == 8 => Month::new(all[..4].parse().ok()?, all[4..6].parse().ok()?),
        [month] if month.len() <= 2 => Month::new(year?, month.parse().ok()?),
        [year, month, ..] if year.len() == 4 => Month::new(year.parse().ok()?, month.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for written in [
            "2025-03-05",
            "2025/3/5",
            "2025.3.5",
            "2025年3月5日",
            "20250305",
            "２０２５年３月５日",
            "2025 年 3 月 5 日",
            "2025-03-05T09:00",
            "2025年3月5日（周三）",
            "2025/3/5 0:00",
            "2025/3/5 0:00:00",
            "2025-03-05 09:30",
            "2025/3/5 上午 9:30",
            "2025/3/5 9:30 AM",
            "2025年3月5日 9时30分",
            "2025年3月5日上午9时",
            "5-Mar-25",
            "5-Mar-2025",
        ] {
            assert_eq!(date_parts(written), Some((2025, 3, 5)), "{written}");
        }
        for written in ["三月五日", "3-5", "2025-03", "下周五"] {
            assert_eq!(date_parts(written), None, "{written}");
        }
    }

    #[test]
    fn a_day_without_a_year_belongs_to_the_year_at_hand() {
        for written in ["11月14日", "11/14", "11-14", "11.14", "１１月１４号", "14-Nov", "11/14 0:00"] {
            assert_eq!(day(written, Some(2025)).map(|day| day.to_string()).as_deref(), Some("2025-11-14"), "{written}");
        }
        for written in ["11", "13/14", "11月", "十一月", "45723", "Nov-14", "2月30日"] {
            let found = without_year(written, &|_| 2025);
            assert_eq!(found, None, "{written}");
        }
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        for written in [
            "3",
            "3月",
            "三月",
            "2025-03",
            "2025年3月",
            "202503",
            "2025/3/1",
            "03",
            "Mar-25",
            "5-Mar-25",
            "2025/3/1 0:00",
            "45723.5",
        ] {
            assert_eq!(month_of(written, Some(2025)), Month::new(2025, 3), "{written}");
        }
        assert_eq!(month_of("13", Some(2025)), None);
        assert_eq!(month_of("春天", Some(2025)), None);
        assert_eq!(month_of("十二月", Some(2025)), Month::new(2025, 12));
    }

    #[test]
    fn times_are_minutes() {
        let minutes = |written: &str| {
            let mut findings = Findings::default();
            let text = format!("---\n时长: {written}\n---\n");
            let file = crate::base::SourcePath::new("a.md");
            let document = crate::records::document(&text, &file, &crate::records::LESSON, &mut findings);
            integer(document.record.get("minutes"), &mut findings)
        };
        for (written, expected) in [
            ("45分钟", 45),
            ("1课时", 45),
            ("1.5课时", 68),
            ("一小时", 60),
            ("1.5小时", 90),
            ("90分钟（2课时）", 90),
            ("半小时", 30),
            ("约30分钟", 30),
        ] {
            assert_eq!(minutes(written), Some(expected), "{written}");
        }
        assert_eq!(minutes("2.5"), None);
    }

    #[test]
    fn serial_numbers_are_days() {
        for written in ["45723", "45723.5", "４５７２３"] {
            assert_eq!(serial_day(written).map(|day| day.to_string()).as_deref(), Some("2025-03-07"), "{written}");
        }
        assert_eq!(serial_day("45723.5.1"), None);
    }

    #[test]
    fn months_that_spreadsheets_made_english_are_read() {
        assert_eq!(month_of("Jan-25", None), Month::new(2025, 1));
        assert_eq!(month_of("Jun-85", None), Month::new(1985, 6));
        assert_eq!(month_of("Foo-85", None), None);
    }
}
