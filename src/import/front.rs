//! Front matter out of what stands in the head of a document.

use std::collections::BTreeMap;

use crate::base::text::{fold, split_list};
use crate::model::vocabulary;
use crate::records::{self, FieldKind, LESSON};

/// The values of a lesson's fields.
#[derive(Debug, Default)]
pub struct Front {
    values: BTreeMap<&'static str, Vec<String>>,
    /// What was said of a field and could not be read as its value.
    pub notes: Vec<String>,
}

/// What a label in the head of a document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A field of the front matter, by its key.
    Field(&'static str),
    /// The time: a day, or a length.
    Time,
    /// 重点难点 in one.
    Points,
    /// A part of the body.
    Section,
    /// What the folders say already.
    Known,
}

/// Labels that the table of fields does not have: colleagues write them in many ways.
const LABELS: &[(&str, Label)] = &[
    ("课程题目", Label::Field("title")),
    ("授课题目", Label::Field("title")),
    ("授课课题", Label::Field("title")),
    ("课题名称", Label::Field("title")),
    ("教案名称", Label::Field("title")),
    ("授课教师", Label::Field("instructor")),
    ("授课教员", Label::Field("instructor")),
    ("备课人", Label::Field("instructor")),
    ("执教人", Label::Field("instructor")),
    ("教师", Label::Field("instructor")),
    ("教学地点", Label::Field("venue")),
    ("上课地点", Label::Field("venue")),
    ("教学对象", Label::Field("audience")),
    ("参训对象", Label::Field("audience")),
    ("参训人员", Label::Field("audience")),
    ("教学目的", Label::Field("objectives")),
    ("教学要求", Label::Field("objectives")),
    ("目的要求", Label::Field("objectives")),
    ("教学目的与要求", Label::Field("objectives")),
    ("教学方法", Label::Field("form")),
    ("教学方式", Label::Field("form")),
    ("授课形式", Label::Field("form")),
    ("授课方式", Label::Field("form")),
    ("时间", Label::Time),
    ("授课时间", Label::Time),
    ("上课时间", Label::Time),
    ("教学时间", Label::Time),
    ("重点难点", Label::Points),
    ("重难点", Label::Points),
    ("教学重难点", Label::Points),
    ("教学重点难点", Label::Points),
    ("教学重点和难点", Label::Points),
    ("教学过程", Label::Section),
    ("过程", Label::Section),
    ("教学内容", Label::Section),
    ("授课内容", Label::Section),
    ("主要内容", Label::Section),
    ("教学步骤", Label::Section),
    ("教学环节", Label::Section),
    ("教学准备", Label::Section),
    ("教具", Label::Section),
    ("案例", Label::Section),
    ("板书设计", Label::Section),
    ("小结", Label::Section),
    ("课堂小结", Label::Section),
    ("课后小结", Label::Section),
    ("课后记录", Label::Section),
    ("教学反思", Label::Section),
    ("作业", Label::Section),
    ("课后作业", Label::Section),
    ("备注", Label::Section),
    ("单位", Label::Known),
    ("授课单位", Label::Known),
    ("部门", Label::Known),
    ("年度", Label::Known),
];

/// Fields that a head may fill.
const FIELDS: &[&str] = &[
    "title",
    "instructor",
    "summary",
    "domain",
    "skill",
    "content_kind",
    "form",
    "venue",
    "audience",
    "minutes",
    "objectives",
    "key_points",
    "difficult_points",
    "questions",
    "basis",
    "tags",
    "date",
    "adviser",
];

/// What a cell or the beginning of a line asks for; `None` when it is no label.
pub fn label(written: &str) -> Option<Label> {
    let bare = fold(written);
    let bare = bare.trim_end_matches(':');
    if bare.is_empty() || bare.chars().count() > 8 {
        return None;
    }
    if let Some((_, label)) = LABELS.iter().find(|(name, _)| *name == bare) {
        return Some(*label);
    }
    let field = LESSON.find(bare).filter(|field| FIELDS.contains(&field.key) && !bare.is_ascii())?;
    Some(if field.key == "date" { Label::Time } else { Label::Field(field.key) })
}

impl Front {
    /// The values of a field.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.values.get(key).map(Vec::as_slice)
    }

    /// Sets a field.
    pub fn set(&mut self, key: &'static str, values: Vec<String>) {
        if !values.is_empty() {
            self.values.insert(key, values);
        }
    }

    /// The title, which is said once.
    pub fn take_title(&mut self) -> Option<String> {
        self.values.remove("title").map(|values| values.join(" "))
    }

    /// Takes over what stands behind a label; gives it back when it is no value of the
    /// field, so that it can stand in the body.
    pub fn fill(&mut self, label: Label, lines: &[String]) -> bool {
        let lines: Vec<String> =
            lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return true;
        }
        match label {
            Label::Field(key) => self.field(key, &lines),
            Label::Time => self.time(&lines.join(" ")),
            Label::Points => self.points(&lines),
            Label::Known => true,
            Label::Section => false,
        }
    }

    fn field(&mut self, key: &'static str, lines: &[String]) -> bool {
        let kind = LESSON.fields.iter().find(|field| field.key == key).map(|field| field.kind);
        let line = lines.join(" ");
        let values = match kind {
            Some(FieldKind::Texts) => lines.iter().map(|line| without_number(line)).collect(),
            Some(FieldKind::People) => people(&line),
            Some(FieldKind::List) => split_list(&line).into_iter().map(str::to_owned).collect(),
            Some(FieldKind::Choice(list)) => match vocabulary::vocabulary(list).find(&line) {
                Some(term) => vec![term.name.to_owned()],
                None => return self.refuse(key, &line),
            },
            Some(FieldKind::Choices(list)) => {
                let list = vocabulary::vocabulary(list);
                let terms: Option<Vec<String>> =
                    split_list(&line).into_iter().map(|one| list.find(one).map(|term| term.name.to_owned())).collect();
                match terms {
                    Some(terms) => terms,
                    None => return self.refuse(key, &line),
                }
            }
            Some(FieldKind::Integer) => match minutes(&line) {
                Some(length) => vec![length],
                None => return self.refuse(key, &line),
            },
            _ => vec![line],
        };
        self.set(key, values);
        true
    }

    fn refuse(&mut self, key: &str, line: &str) -> bool {
        let name = LESSON.fields.iter().find(|field| field.key == key).map_or(key, |field| field.name);
        self.notes.push(format!("“{name}”写的是“{line}”，不在可选范围内，留在了正文里"));
        false
    }

    fn time(&mut self, line: &str) -> bool {
        if let Some(day) = day(line) {
            self.set("date", vec![day]);
            if let Some(length) = minutes(line) {
                self.set("minutes", vec![length]);
            }
            return true;
        }
        match minutes(line) {
            Some(length) => {
                self.set("minutes", vec![length]);
                true
            }
            None => {
                self.notes.push(format!("时间“{line}”看不出是哪一天，留在了正文里"));
                false
            }
        }
    }

    /// 重点：… and 难点：… in one cell.
    fn points(&mut self, lines: &[String]) -> bool {
        let mut key = "key_points";
        for line in lines {
            let mut rest = line.as_str();
            for (start, of) in [("重点", "key_points"), ("难点", "difficult_points")] {
                let named = without_number(line);
                let Some(after) = named.strip_prefix("教学").unwrap_or(&named).strip_prefix(start) else { continue };
                if after.is_empty() || after.starts_with(['：', ':']) {
                    key = of;
                    rest = line.split_once(['：', ':']).map_or("", |(_, rest)| rest);
                }
            }
            let value = without_number(rest);
            if !value.is_empty() {
                self.values.entry(key).or_default().push(value);
            }
        }
        true
    }

    /// The front matter as it is written, in the order of the fields.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        for field in LESSON.fields {
            let Some(values) = self.get(field.key) else { continue };
            match (field.kind, values) {
                (FieldKind::Texts, [_, _, ..]) => {
                    out.push_str(&format!("{}:\n", field.name));
                    values.iter().for_each(|value| out.push_str(&format!("  - {}\n", quoted(value))));
                }
                _ => out.push_str(&format!("{}: {}\n", field.name, quoted(&values.join("、")))),
            }
        }
        out
    }
}

/// A value, in quotes where a sign in it could mean something.
fn quoted(text: &str) -> String {
    let means = |c: char| {
        matches!(
            c,
            ':' | '#' | '"' | '\'' | '\\' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' | ','
        )
    };
    let starts = text.starts_with(['-', '?', ' ', '~', '=']) || text.ends_with(' ');
    let is_word = matches!(fold(text).as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "");
    if !text.contains(means) && !starts && !is_word {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A line without the number that counts it: 1. or （一） or ①.
fn without_number(line: &str) -> String {
    let line = line.trim();
    let inner = line.strip_prefix(['（', '(']).unwrap_or(line);
    let counts = |c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c);
    let rest = inner.trim_start_matches(counts);
    let ended = rest.strip_prefix(['、', '．', '.', '）', ')']).filter(|_| rest.len() < inner.len());
    let circled = line.strip_prefix(|c| matches!(c, '\u{2460}'..='\u{2473}' | '•' | '●' | '◆' | '·' | '-'));
    let text = match ended {
        // A decimal is no number that counts.
        Some(text) if !(rest.starts_with('.') && text.starts_with(|c: char| c.is_ascii_digit())) => text,
        _ => circled.unwrap_or(line),
    };
    text.trim().to_owned()
}

/// Names, without what stands behind them in brackets and without titles of address.
fn people(line: &str) -> Vec<String> {
    let names = split_list(line).into_iter().flat_map(|part| {
        // 张 三 is one person, 张三 李四 are two.
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.iter().all(|word| word.chars().count() == 1) {
            vec![words.concat()]
        } else {
            words.iter().map(|word| (*word).to_owned()).collect()
        }
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// The day in a text such as 2025年3月14日 下午2点.
fn day(line: &str) -> Option<String> {
    let written = line.trim();
    let whole = records::day(written, None);
    let cut = || {
        let end = written.find('日').map(|at| at + '日'.len_utf8()).or_else(|| written.find(char::is_whitespace))?;
        records::day(written.get(..end)?, None)
    };
    whole.or_else(cut).map(|day| day.to_string())
}

/// The length in a text such as 45分钟 or 1课时.
fn minutes(line: &str) -> Option<String> {
    let bare = fold(line);
    let unit = ["分钟", "课时", "min"].into_iter().find_map(|unit| bare.find(unit).map(|at| (unit, at)))?;
    let digits: String = bare[..unit.1].chars().rev().take_while(char::is_ascii_digit).collect();
    let digits: String = digits.chars().rev().collect();
    let number: u32 = digits.parse().ok().filter(|number| *number > 0)?;
    Some(if unit.0 == "课时" { format!("{number}课时") } else { format!("{number}分钟") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_however_they_are_spaced() {
        assert_eq!(label("课 题"), Some(Label::Field("title")));
        assert_eq!(label("授课人："), Some(Label::Field("instructor")));
        assert_eq!(label("教 学 目 标"), Some(Label::Field("objectives")));
        assert_eq!(label("教学过程"), Some(Label::Section));
        for text in ["夜间巡查小窍门", "满意", "title", "教学目标是让大家都学会"] {
            assert!(matches!(label(text), None | Some(Label::Known)), "{text}");
        }
    }

    #[test]
    fn values_lose_their_numbers_and_keep_their_decimals() {
        for (written, bare) in [
            ("1. 先看灯", "先看灯"),
            ("（一）先看门", "先看门"),
            ("①后看地面", "后看地面"),
            ("1.5 米以上", "1.5 米以上"),
            ("12315 热线", "12315 热线"),
        ] {
            assert_eq!(without_number(written), bare);
        }
    }

    #[test]
    fn times_are_days_or_lengths() {
        let mut front = Front::default();
        assert!(front.fill(Label::Time, &["2025年3月14日 下午2点，45分钟".to_owned()]));
        assert_eq!(
            (front.get("date"), front.get("minutes")),
            (Some(&["2025-03-14".to_owned()][..]), Some(&["45分钟".to_owned()][..]))
        );
        assert!(!Front::default().fill(Label::Time, &["周五下午".to_owned()]));
    }

    #[test]
    fn points_are_told_apart() {
        let mut front = Front::default();
        let lines = ["重点：先看许可", "难点：", "1. 分清无证与无照"].map(str::to_owned);
        assert!(front.fill(Label::Points, &lines));
        assert_eq!(front.get("key_points"), Some(&["先看许可".to_owned()][..]));
        assert_eq!(front.get("difficult_points"), Some(&["分清无证与无照".to_owned()][..]));
    }
}
