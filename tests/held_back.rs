//! What must stay away stays away from every file of the site: texts whose front
//! matter says so in any way, files with a mark of secrecy, and what is written for
//! instructors in a place that only lists show (DOMAIN.md 3.7).

#[path = "support/office.rs"]
mod office;
mod support;

use support::command::Root;
use support::{File, Site, build};

const SECRET: &str = "QQQ机器不该说出去的话QQQ";

fn lesson(name: &str, text: &str) -> File {
    (format!("content/units/城东分局/2025/lessons/{name}"), text.as_bytes().to_vec())
}

/// The files of a site in which a text stands, by name or by content.
fn holders(site: &Site, text: &str) -> Vec<String> {
    let holds = |name: &&String, bytes: &&Vec<u8>| {
        name.contains(text) || bytes.windows(text.len()).any(|part| part == text.as_bytes())
    };
    site.files.iter().filter(|(name, bytes)| holds(name, bytes)).map(|(name, _)| name.clone()).collect()
}

#[test]
fn a_lesson_that_may_not_be_published_is_nowhere() {
    for front in [
        "公开范围: 不发步",
        "公开范围: 暂不发布",
        "公开范围: 仅本单位",
        "公开范围：不发布（涉及个案）",
        "草稿: 是（待审）",
        "草稿: 未完成",
        "状态: 草稿（待审）",
        "草搞: 是",
        "不发布: 是",
        "公开: 否",
        "是否公开: 不",
        "内部资料: 是",
        "草稿: \"是",
        "公开范围: 发布\n公开范围: 不发布",
    ] {
        for text in [format!("---\n标题: 甲\n{front}\n---\n\n{SECRET}\n"), format!("标题: 甲\n{front}\n\n{SECRET}\n")]
        {
            let site = build(&[lesson("甲.md", &text), lesson("乙.md", "先看灯。\n")], "2025-12-31");
            assert_eq!(holders(&site, SECRET), Vec::<String>::new(), "{front}");
            assert_eq!(site.lessons().len(), 1, "{front}");
        }
    }
}

#[test]
fn a_notice_that_may_not_be_published_is_nowhere() {
    for front in ["草稿: 是", "公开范围: 不发布", "草稿: 不好说", "不公开: 是"] {
        let text = format!("---\n标题: 甲\n{front}\n---\n\n{SECRET}\n");
        let files = [("content/notices/甲.md".to_owned(), text.into_bytes()), lesson("乙.md", "先看灯。\n")];
        assert_eq!(holders(&build(&files, "2025-12-31"), SECRET), Vec::<String>::new(), "{front}");
    }
}

#[test]
fn a_file_with_a_mark_of_secrecy_is_nowhere() {
    let marked = format!("---\n标题: 甲\n---\n\n机密★一年 {SECRET}\n");
    let plain = format!("{SECRET}\n");
    for (name, text) in [
        ("甲.md", marked.as_str()),
        ("机密★方案.md", &plain),
        ("机密★方案.docx", &plain),
        ("【秘密】/通报.docx", &plain),
        ("甲.txt", &format!("绝密★\n{SECRET}\n")),
    ] {
        let with_name = text.replace(SECRET, &format!("{SECRET}{name}"));
        let site = build(&[lesson(name, &with_name), lesson("乙.md", "先看灯。\n")], "2025-12-31");
        assert!(site.problems().iter().any(|problem| problem.starts_with("E601")), "{name}");
        assert_eq!(holders(&site, SECRET), Vec::<String>::new(), "{name}");
        assert_eq!(holders(&site, "方案"), Vec::<String>::new(), "{name}");
        assert_eq!(site.lessons().len(), 1, "{name}");
    }
    for (path, text) in [
        ("content/units/城东分局/2025/plan.csv", format!("月份,课题,备注\n3,{SECRET},机密★\n")),
        ("content/docs/办法.md", format!("秘密★\n\n{SECRET}\n")),
        ("content/units/城东分局/README.md", format!("秘密★\n\n{SECRET}\n")),
    ] {
        let files = [(path.to_owned(), text.into_bytes()), lesson("乙.md", "先看灯。\n")];
        assert_eq!(holders(&build(&files, "2025-12-31"), SECRET), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn notes_for_instructors_are_in_no_list() {
    let text =
        format!("---\n标题: 甲\n---\n\n:::教师\n{SECRET}给老师看的秘诀。\n:::\n\n先看灯，再看门，最后看地面。\n");
    let site = build(&[lesson("甲.md", &text)], "2025-12-31");
    let pages: Vec<String> = site.lessons().into_iter().map(|(page, _)| page).collect();
    assert_eq!(pages.len(), 1);
    for holder in holders(&site, SECRET) {
        // They stand with the lesson, on its slides for whoever presents it, and where the
        // whole of it is bound.
        let lesson = holder.replace("-slides.html", ".html");
        assert!(pages.contains(&lesson) || holder.ends_with("/volume.html"), "{holder}");
        let head = site.page(&holder).split("<main").next().unwrap_or_default();
        assert!(!head.contains(SECRET), "{holder}");
    }
}

/// Whoever takes such a file away has taken all of it away.
#[test]
fn what_is_secret_is_not_remembered() {
    let folder = "content/units/城东分局/2025";
    let lesson = format!("---\n标题: {SECRET}\n摘要: {SECRET}\n时长: {SECRET}\n---\n\n机密★1年\n\n{SECRET}\n");
    let open = "---\n标题: 夜间巡查\n附件: [附件.docx, 另一件.docx]\n---\n\n先看灯，再看门。\n";
    // What is said of a wrong value quotes it.
    let trainees = format!("姓名,绩效得分,作风,推荐理由\n张三,{SECRET},合格,{SECRET}\n");
    let root = Root::new(&[
        (&format!("{folder}/lessons/甲.md"), &lesson),
        (&format!("{folder}/lessons/乙.md"), open),
        (&format!("{folder}/trainees.csv"), &trainees),
    ]);
    root.write(&format!("{folder}/lessons/【机密】通报.docx"), &office::docx(SECRET));
    root.write(&format!("{folder}/lessons/附件.docx"), &office::docx(&format!("秘密★一年\n{SECRET}")));
    root.write(&format!("{folder}/lessons/另一件.docx"), &office::docx("另一件里的话"));
    for _ in 0..2 {
        let told = root.run(&["build", "--as-of", "2025-12-31"]).expect(0);
        assert_eq!(told.err.matches("[E601]").count(), 3, "{}", told.err);
    }
    let remembered = root.tree(".jiangtai");
    let holders = |text: &str| {
        let holds = |bytes: &&Vec<u8>| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        remembered.values().filter(holds).count()
    };
    assert!(holders("夜间巡查") > 0 && holders("另一件里的话") > 0, "what is open is remembered");
    assert_eq!(holders(SECRET), 0);
}
