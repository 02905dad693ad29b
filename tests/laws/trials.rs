//! What the laws are tried on: libraries made at random, encodings, disks.

use std::collections::BTreeSet;

use encoding_rs::GB18030;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{File, Site};

/// A library of several units with everything that makes links.
pub fn library() -> impl Strategy<Value = Vec<(String, String)>> {
    let unit = proptest::sample::select(vec!["城东分局", "东城分局", "xinzhen", "A B", "注册许可支部"]);
    let name = prop_oneof![
        Just("夜巡"),
        Just("夜循"),
        Just("index"),
        Just("a b"),
        Just("第 1 课"),
        Just("plan"),
        Just("CON"),
        Just("夜巡(1)"),
        Just("…")
    ];
    let target = prop_oneof![
        Just("[[夜巡]]"),
        Just("[见](夜循.md)"),
        Just("[见](<第 1 课.md#小节>)"),
        Just("[见](../../2024/lessons/夜巡.md)"),
        Just("![图](没有.png)"),
        Just("[外](https://example.cn/a?b=c#d)"),
        Just("[节](#小节)"),
        Just("<a href=\"夜巡.md\">见</a>"),
        Just("[空]()"),
        Just("[全](/index.html)")
    ];
    let alias = prop_oneof![
        Just(""),
        Just("旧网址: /old/\n"),
        Just("旧网址: [a.html, /index.html, ../../x.html]\n"),
        Just("slug: ye\n"),
        Just(
            "旧网址: [/index.html/, /old.html, /old.html/a, /lessons, /units/a-b/2025/index.html/x, /assets/a, /feed.xml/]\n"
        ),
        Just("网址名: index\n")
    ];
    let facets = prop_oneof![
        Just(""),
        Just("领域: 消费维权\n能力: 会维权\n"),
        Just("领域: 自定的/领域?\n"),
        Just("依据: 《食品安全法》第五十条、《没有的法》\n"),
        Just("小教员: 张三、李四（城东分局）\n日期: 2025-03-05\n"),
        Just("参考教案: 夜巡\n标签: [夜间, 巡查]\n")
    ];
    let one = (unit, 2024i32..2027, name, vec(target, 0..5), alias, facets).prop_map(
        |(unit, year, name, lines, alias, facets)| {
            let text = format!("---\n标题: {name}怎么讲\n{alias}{facets}---\n\n## 小节\n\n{}\n", lines.join("\n\n"));
            (format!("content/units/{unit}/{year}/lessons/{name}.md"), text)
        },
    );
    vec(one, 0..12).prop_map(|mut files| {
        let fixed: [(&str, &str); 6] = [
            ("content/basis.csv", "名称,施行日期\n食品安全法,2009-06-01\n"),
            ("content/人员名册.csv", "编号,姓名,单位\n1,张三,城东分局\n2,李四,城东分局\n"),
            ("content/docs/说明.md", "见[[夜巡]]和[名册](../人员名册.csv)。"),
            ("content/notices/通知.md", "---\n日期: 2025-01-02\n---\n[说明](../docs/说明.md)"),
            (
                "content/units/城东分局/2025/plan.csv",
                "月份,课题,小教员,教案,完成日期\n3,夜巡怎么讲,张三,夜巡,2025-03-05\n4,别的,李四,,\n",
            ),
            ("content/units/城东分局/2025/menu.csv", "课题\n夜巡怎么讲\n"),
        ];
        files.extend(fixed.map(|(path, text)| (path.to_owned(), text.to_owned())));
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        files
    })
}

/// Addresses that some disk could not hold: a file where a folder must be, names that
/// differ in case only, names too long, and signs that Windows does not allow.
pub fn unfit_addresses(site: &Site) -> Vec<String> {
    let lower: Vec<String> = site.files.keys().map(|name| name.to_lowercase()).collect();
    let known: BTreeSet<&str> = lower.iter().map(String::as_str).collect();
    let fits = |part: &str| {
        let bad = |c: char| c.is_control() || "<>:\"\\|?*".contains(c);
        !part.is_empty()
            && part.len() <= 200
            && !part.contains(bad)
            && !part.ends_with([' ', '.'])
            && !part.starts_with([' ', '.'])
    };
    let is_fit =
        |name: &str| name.split('/').all(fits) && !name.match_indices('/').any(|(at, _)| known.contains(&name[..at]));
    let mut unfit: Vec<String> = lower.iter().filter(|name| !is_fit(name)).cloned().collect();
    unfit.extend((known.len() < lower.len()).then(|| "two names differ in case only".to_owned()));
    unfit
}

pub fn encoded(files: &[(String, String)], change: impl Fn(&str) -> Vec<u8>) -> Vec<File> {
    files.iter().map(|(path, text)| (path.clone(), change(text))).collect()
}

pub fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

pub fn gbk_with_crlf(text: &str) -> Vec<u8> {
    gbk(&text.replace('\n', "\r\n"))
}

pub fn with_mark(text: &str) -> Vec<u8> {
    [b"\xef\xbb\xbf", text.as_bytes()].concat()
}

pub fn utf16(text: &str) -> Vec<u8> {
    [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}
