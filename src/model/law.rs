//! 依据: the register of laws, and how lessons cite them.

use serde::{Deserialize, Serialize};

use super::lesson::Lesson;
use crate::base::text::fold;
use crate::base::{Day, Findings, Located, Place, SourcePath};
use crate::records::{self, BASIS};

/// A law's number in [`super::Library::laws`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LawId(pub usize);

/// A version of a law, a row of the register.
#[derive(Debug, Clone, Serialize)]
pub struct Law {
    /// 名称, without 《》.
    pub name: String,
    /// 版本.
    pub version: Option<String>,
    /// 施行日期.
    pub in_force: Option<Day>,
    /// 失效日期: the first day on which it is no longer in force.
    pub ends: Option<Day>,
    /// 替代为.
    pub replaced_by: Option<String>,
    /// 复核提示.
    pub note: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Law {
    /// Whether the version is no longer in force on a day.
    pub fn is_over(&self, day: Day) -> bool {
        self.ends.is_some_and(|ends| ends <= day)
    }
}

/// A law as a lesson cites it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Citation {
    /// The whole text as written.
    pub text: String,
    /// The name without 《》.
    pub name: String,
    /// The version in brackets.
    pub version: Option<String>,
    /// What follows: 第五十五条.
    pub article: Option<String>,
    /// The row of the register that is meant.
    pub law: Option<LawId>,
    /// Where it is cited.
    pub place: Place,
}

/// Reads the register.
pub(super) fn read_laws(text: &str, file: &SourcePath, findings: &mut Findings) -> Vec<Law> {
    let table = records::table(text, file, &BASIS, findings);
    let rows = table.rows.iter().filter_map(|row| {
        let text = |key: &str| records::text(row.record.get(key)).map(|located| located.value);
        Some(Law {
            name: bare_name(&text("name")?),
            version: text("version"),
            in_force: records::date(row.record.get("in_force"), findings),
            ends: records::date(row.record.get("ends"), findings),
            replaced_by: text("replaced_by").map(|name| plain_title(&name)),
            note: text("note"),
            place: row.record.place.clone(),
        })
    });
    rows.collect()
}

/// 《反不正当竞争法》（2025 修订） as it stands within marks that pages put around it:
/// the version goes inside.
fn plain_title(written: &str) -> String {
    let citation = read_citation(written.trim(), &Place::file(&SourcePath::new("")));
    match (written.trim().starts_with('《'), &citation.version) {
        (true, Some(version)) => format!("{}（{version}）", citation.name),
        (true, None) => citation.name,
        _ => written.trim().trim_matches(['《', '》']).to_owned(),
    }
}

/// A law's name without marks and without the country's name before it.
fn bare_name(written: &str) -> String {
    let name = written.trim().trim_start_matches('《').trim_end_matches('》');
    name.strip_prefix("中华人民共和国").unwrap_or(name).to_owned()
}

/// Reads citations such as `《公司法》（2023 修订）第四十七条`. A part that names no law
/// (`第六十条`) belongs to the law before it.
pub(super) fn read_citations(written: &[Located<String>]) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    for item in written.iter().filter(|item| !is_nothing(&item.value)) {
        for part in parts(&item.value) {
            let citation = read_citation(part, &item.place);
            match citations.last() {
                Some(last) if !part.contains('《') && part.starts_with('第') => {
                    let (name, version) = (last.name.clone(), last.version.clone());
                    citations.push(Citation { name, version, article: Some(part.to_owned()), ..citation });
                }
                _ => citations.push(citation),
            }
        }
    }
    citations
}

/// 无 and the like, where somebody thought that a cell must not stay empty.
pub(super) fn is_nothing(written: &str) -> bool {
    let plain = fold(written);
    let plain = plain.trim_matches(['。', '.', '-', '—', '/', '、']);
    matches!(plain, "" | "无" | "暂无" | "没有" | "待定" | "待补" | "未定" | "无。" | "none" | "n/a")
}

/// One part a law: `；` separates always, `、` and `，` only before another 《 .
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for piece in text.split(['；', ';']) {
        let mut start = 0;
        for (at, c) in piece.char_indices() {
            let rest = &piece[at + c.len_utf8()..];
            if matches!(c, '、' | '，' | ',' | '和' | '及') && rest.trim_start().starts_with('《') {
                parts.push(&piece[start..at]);
                start = at + c.len_utf8();
            }
        }
        parts.push(&piece[start..]);
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn read_citation(part: &str, place: &Place) -> Citation {
    let whole = |name: &str| Citation {
        text: part.to_owned(),
        name: bare_name(name),
        version: None,
        article: None,
        law: None,
        place: place.clone(),
    };
    let Some(open) = part.find('《') else { return whole(part) };
    let inner = &part[open + '《'.len_utf8()..];
    let Some(close) = outer_close(inner) else { return whole(inner) };
    let rest = inner[close + '》'.len_utf8()..].trim();
    let bracket = rest.starts_with(['（', '(']).then(|| rest.find(['）', ')'])).flatten();
    let (version, article) = match bracket {
        Some(end) => (
            Some(rest[rest.chars().next().map_or(0, char::len_utf8)..end].trim().to_owned()),
            rest[end..].trim_start_matches(['）', ')']).trim(),
        ),
        None => (None, rest),
    };
    let article = (!article.is_empty()).then(|| article.to_owned());
    Citation { version: version.filter(|version| !version.is_empty()), article, ..whole(&inner[..close]) }
}

/// The 》 that closes the name; names may hold 〈〉 or another 《》.
fn outer_close(inner: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '《' => depth += 1,
            '》' if depth == 0 => return Some(at),
            '》' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Finds the row that a citation means: the version that is named, else the one in
/// force when the lesson was given, else the first.
pub(super) fn connect(lesson: &mut Lesson, laws: &[Law]) {
    let day = lesson.date.or_else(|| Day::new(lesson.year?, 12, 31));
    for citation in &mut lesson.basis {
        find_unmarked(citation, laws);
        let rows: Vec<usize> = (0..laws.len()).filter(|at| fold(&laws[*at].name) == fold(&citation.name)).collect();
        let named = citation.version.as_ref().and_then(|version| {
            rows.iter().find(|at| laws[**at].version.as_ref().is_some_and(|other| shares_year(other, version)))
        });
        let at_the_time =
            day.and_then(|day| rows.iter().rev().find(|at| laws[**at].in_force.is_none_or(|from| from <= day)));
        citation.law = named.or(at_the_time).or(rows.first()).copied().map(LawId);
    }
}

/// A citation without 《》 begins with the name of a law of the register: the longest
/// such name is taken off, what follows is version and article.
fn find_unmarked(citation: &mut Citation, laws: &[Law]) {
    if citation.text.contains('《') || laws.iter().any(|law| fold(&law.name) == fold(&citation.name)) {
        return;
    }
    let begins = |law: &&Law| !law.name.is_empty() && citation.name.starts_with(law.name.as_str());
    let Some(law) = laws.iter().filter(begins).max_by_key(|law| law.name.len()) else { return };
    let rest = citation.name[law.name.len()..].trim();
    if !rest.is_empty() && !rest.starts_with(['第', '（', '(']) {
        return;
    }
    let marked = read_citation(&format!("《{}》{rest}", law.name), &citation.place);
    *citation = Citation { text: citation.text.clone(), ..marked };
}

/// `2019` means `2019 修正`.
fn shares_year(one: &str, other: &str) -> bool {
    let year = |text: &str| fold(text).chars().filter(char::is_ascii_digit).take(4).collect::<String>();
    fold(one) == fold(other) || (year(one).len() == 4 && year(one) == year(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let place = Place::file(&SourcePath::new("a.md"));
        let citations = read_citations(&[Located::new(text.to_owned(), place)]);
        citations.into_iter().map(|citation| (citation.name, citation.version, citation.article)).collect()
    }

    #[test]
    fn citations_are_taken_apart() {
        let one = |name: &str, version: Option<&str>, article: Option<&str>| {
            (name.to_owned(), version.map(str::to_owned), article.map(str::to_owned))
        };
        assert_eq!(read("《公司法》（2023 修订）第四十七条"), [one("公司法", Some("2023 修订"), Some("第四十七条"))]);
        assert_eq!(
            read("《中华人民共和国广告法》第九条、第五十七条"),
            [one("广告法", None, Some("第九条、第五十七条"))]
        );
        assert_eq!(
            read("《消法》第五十五条；《食品安全法》第一百四十八条"),
            [one("消法", None, Some("第五十五条")), one("食品安全法", None, Some("第一百四十八条"))]
        );
        assert_eq!(read("《关于实施《公司法》的规定》第二条"), [one("关于实施《公司法》的规定", None, Some("第二条"))]);
        assert_eq!(read("《行政处罚法》第六十三条；第六十四条").len(), 2);
        assert_eq!(read("工作方法"), [one("工作方法", None, None)]);
        for nothing in ["无", "暂无", "无。", "待定", "—"] {
            assert_eq!(read(nothing), [], "{nothing}");
        }
    }

    #[test]
    fn a_law_without_marks_is_found_by_the_beginning_of_its_name() {
        let law = |name: &str| Law {
            name: name.to_owned(),
            version: None,
            in_force: None,
            ends: None,
            replaced_by: None,
            note: None,
            place: Place::file(&SourcePath::new("basis.csv")),
        };
        let laws = [law("消费者权益保护法"), law("消费者权益保护法实施条例"), law("反不正当竞争法")];
        let read = |text: &str| {
            let mut citation = read_citation(text, &Place::file(&SourcePath::new("a.md")));
            find_unmarked(&mut citation, &laws);
            (citation.name, citation.version, citation.article)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("消费者权益保护法第55条"), ("消费者权益保护法".to_owned(), None, some("第55条")));
        assert_eq!(
            read("中华人民共和国反不正当竞争法（2019）第八条"),
            ("反不正当竞争法".to_owned(), some("2019"), some("第八条"))
        );
        assert_eq!(read("消费者权益保护法实施条例第三条").0, "消费者权益保护法实施条例");
        assert_eq!(read("反不正当竞争法学习体会").0, "反不正当竞争法学习体会");
    }

    #[test]
    fn what_replaces_a_law_may_stand_in_marks() {
        assert_eq!(plain_title("《反不正当竞争法》（2025 修订）"), "反不正当竞争法（2025 修订）");
        assert_eq!(plain_title("《新办法》"), "新办法");
        assert_eq!(plain_title("新办法"), "新办法");
    }
}
