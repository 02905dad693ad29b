//! 草稿, 公开范围, 状态: whether a text is part of the site.
//!
//! Privacy fails closed (DOMAIN.md 3.7): a value that nobody can read, or a name that
//! looks as if it said so, holds the text back, and the message says that it does.

use super::lesson::Publication;
use super::vocabulary::{Word, vocabulary};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Located};
use crate::records::{Entry, HELD_BACK, Record, may_hold_back, yes_or_no};

/// What a record says of its publication; the strictest of all that it says counts.
pub(super) fn read(record: &Record, findings: &mut Findings) -> Publication {
    let mut found = Publication::Published;
    for entry in record.all("visibility") {
        found = stricter(found, visibility(entry, findings));
    }
    for entry in record.all("draft") {
        found = stricter(found, draft(entry, findings));
    }
    for entry in record.all("status") {
        found = stricter(found, of_status(entry));
    }
    for (name, node) in record.unknown().iter().filter(|(name, _)| may_hold_back(&name.value)) {
        let permits = ["公开", "发布"].iter().any(|word| fold(&name.value).contains(word)) && !denies(&name.value);
        if yes_or_no(&node.shown()) != Some(permits) {
            found = stricter(found, Publication::Withheld);
        }
    }
    found
}

/// 状态 as a word; one that nobody knows is told (E116), with what follows from it.
pub(super) fn status(record: &Record, findings: &mut Findings) -> Option<Word> {
    let list = vocabulary("lesson_status");
    for entry in record.all("status") {
        let item = Located::new(entry.node.shown(), entry.node.place.clone());
        match list.find(&item.value) {
            Some(term) => return Some(Word::from(term)),
            None if vocabulary("visibility").find(&item.value).is_some() => {}
            None => findings.push(list.refusal(entry, &item).with("后果", HELD_BACK)),
        }
    }
    None
}

fn of_status(entry: &Entry) -> Publication {
    let written = entry.node.shown();
    match vocabulary("lesson_status").find(&written).map(|term| term.key) {
        Some("draft") => Publication::Draft,
        Some(_) => Publication::Published,
        None if vocabulary("visibility").find(&written).is_some_and(|term| term.key == "published") => {
            Publication::Published
        }
        None => Publication::Withheld,
    }
}

fn draft(entry: &Entry, findings: &mut Findings) -> Publication {
    let written = entry.node.shown();
    let is_draft = vocabulary("lesson_status").find(&written).map(|term| term.key == "draft");
    match yes_or_no(&written).or(is_draft) {
        Some(true) => Publication::Draft,
        Some(false) => Publication::Published,
        None => {
            let finding = Finding::new("E116", entry.node.place.clone()).with("键", &entry.name.value);
            findings.push(finding.with("值", written).with("列表", "是、否").with("后果", HELD_BACK));
            Publication::Draft
        }
    }
}

fn visibility(entry: &Entry, findings: &mut Findings) -> Publication {
    let list = vocabulary("visibility");
    let written = entry.node.shown();
    let permits = match (yes_or_no(&written), list.find(&written)) {
        (Some(yes), _) => Some(yes != denies(&entry.name.value)),
        (None, Some(term)) => Some(term.key == "published" && !denies(&entry.name.value)),
        (None, None) => None,
    };
    if permits.is_none() {
        let item = Located::new(written, entry.node.place.clone());
        findings.push(list.refusal(entry, &item).with("后果", HELD_BACK));
    }
    if permits == Some(true) { Publication::Published } else { Publication::Withheld }
}

/// Whether a name itself says no: 不发布: 是.
fn denies(name: &str) -> bool {
    fold(name).contains(['不', '未'])
}

fn stricter(one: Publication, other: Publication) -> Publication {
    let weight = |publication| match publication {
        Publication::Published => 0,
        Publication::Draft => 1,
        Publication::Withheld => 2,
    };
    if weight(other) > weight(one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::records::{self, LESSON};

    fn publication(front: &str) -> (Publication, usize) {
        let mut findings = Findings::default();
        let text = format!("---\n标题: 甲\n{front}\n---\n正文\n");
        let document = records::document(&text, &SourcePath::new("a.md"), &LESSON, &mut findings);
        status(&document.record, &mut findings);
        (read(&document.record, &mut findings), findings.len())
    }

    #[test]
    fn what_is_clear_is_read_without_a_word() {
        for (front, expected) in [
            ("草稿: 是（待审）", Publication::Draft),
            ("草稿: 未完成", Publication::Draft),
            ("草搞: 是", Publication::Draft),
            ("状态: 草稿（待审）", Publication::Draft),
            ("状态: 待审", Publication::Draft),
            ("公开范围: 暂不发布", Publication::Withheld),
            ("公开范围: 不发布（涉及个案）", Publication::Withheld),
            ("公开范围: 仅本单位", Publication::Withheld),
            ("公开: 否", Publication::Withheld),
            ("不发布: 是", Publication::Withheld),
            ("不发布: 否", Publication::Published),
            ("是否公开: 是", Publication::Published),
            ("公开范围: 发布", Publication::Published),
            ("状态: 已授课", Publication::Published),
            ("草稿: 否", Publication::Published),
        ] {
            assert_eq!(publication(front), (expected, 0), "{front}");
        }
    }

    #[test]
    fn what_is_not_clear_is_held_back_and_told() {
        for front in [
            "公开范围: 不发步",
            "草稿: 也许",
            "状态: 随便",
            "内部资料: 是",
            "密级: 一般",
            "草稿: \"是",
            "公开么: 不好说",
        ] {
            let (found, told) = publication(front);
            assert!(found != Publication::Published && told > 0, "{front}");
        }
    }

    #[test]
    fn the_strictest_of_two_counts() {
        assert_eq!(publication("公开范围: 发布\n公开范围: 不发布").0, Publication::Withheld);
        assert_eq!(publication("草稿: 否\n草稿: 是").0, Publication::Draft);
    }

    #[test]
    fn names_that_only_sound_alike_do_no_harm() {
        for front in ["发布单位: 人教科", "发布日期: 2025-03-14", "公开人: 张三"] {
            assert_eq!(publication(front).0, Publication::Published, "{front}");
        }
    }
}
