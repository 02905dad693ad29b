//! Names of people as they are typed: with 同志 behind them, in quotes, with what they
//! did in brackets, two of them in one cell.

use crate::base::text::is_han;

/// What stands in brackets behind a name and is no unit.
const PARTS: &[&str] =
    &["主讲", "主讲人", "授课", "授课人", "主持", "主持人", "助教", "副讲", "代课", "代", "讲解", "第一作者", "执笔"];

/// A name without quotes, courtesy and what the person did.
pub(super) fn bare(written: &str) -> String {
    let quotes = ['“', '”', '"', '\'', '‘', '’', '「', '」', '。', '.', '；', ';', ' ', '\u{3000}'];
    let mut name = written.trim().trim_matches(quotes).trim();
    if let Some((before, inside)) = name.split_once(['（', '(']) {
        let inside = inside.trim_end_matches(['）', ')', ' ']);
        if PARTS.contains(&inside.trim()) {
            name = before.trim();
        }
    }
    let without = name.strip_suffix("同志").or_else(|| name.strip_suffix("老师")).map(str::trim);
    without.filter(|rest| rest.chars().count() > 1).unwrap_or(name).trim_matches(quotes).to_owned()
}

/// The ways to take a text apart into several names, the likeliest first. Each part
/// looks like a Chinese name of two or three signs (four with a double surname).
pub(super) fn splits(written: &str) -> Vec<Vec<&str>> {
    let by = |separators: &[char]| -> Vec<&str> {
        written.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let ways = [
        by(&['/', '／', '|', '｜', '&', '＆', '+', '＋', '\\']),
        by(&[' ', '\u{3000}', '\t', '\u{a0}']),
        by(&['和', '与', '及']),
    ];
    ways.into_iter().filter(|parts| parts.len() > 1 && parts.iter().all(|part| looks_like_name(part))).collect()
}

fn looks_like_name(part: &str) -> bool {
    let name = bare(part);
    let name = name.split(['（', '(']).next().unwrap_or_default();
    let length = name.chars().count();
    name.chars().all(is_han) && (2..=4).contains(&length) && !SURNAMES.contains(&name)
}

/// Surnames of two signs, which a blank may part from the given name.
const SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "夏侯", "宇文",
    "长孙", "轩辕", "钟离", "闻人", "南宫", "西门",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesy_quotes_and_parts_are_taken_off() {
        for written in [
            "张三",
            "张三同志",
            "“张三”",
            "张三。",
            "张三（主讲）",
            "张三（主讲）同志",
            "\"张三\"",
            "张三老师",
            " 张三 ",
        ] {
            assert_eq!(bare(written).trim_end_matches("（主讲）"), "张三", "{written}");
        }
        assert_eq!(bare("张小雪（港区分局）"), "张小雪（港区分局）");
        assert_eq!(bare("同志"), "同志");
    }

    #[test]
    fn two_names_are_told_from_one() {
        for written in ["张三 李四", "张三/李四", "张三和李四", "张三　李四"] {
            assert_eq!(splits(written), [["张三", "李四"]], "{written}");
        }
        assert_eq!(splits("张三 李四 王小五"), [["张三", "李四", "王小五"]]);
        for written in ["张三", "张 三", "张和平", "欧阳 娜娜", "人事科与办公室组织的培训"] {
            assert!(splits(written).is_empty(), "{written}");
        }
    }
}
