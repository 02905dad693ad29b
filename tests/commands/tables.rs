//! `explain`, `list`, `schema`, `completions`: data on standard output.

use crate::support::command::{LESSON, Root, keys};

#[test]
fn explain_tells_what_why_and_how() {
    let root = Root::new(&[]);
    for asked in ["E112", "e112"] {
        let ran = root.run(&["explain", asked]).expect(0);
        for part in ["# E112", "## 为什么", "## 错误写法", "## 正确写法"] {
            assert!(ran.out.contains(part), "{asked} lacks {part}: {}", ran.out);
        }
        assert!(ran.err.is_empty(), "{}", ran.err);
    }
    let json = root.run(&["explain", "E112", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&json), ["schema_version", "command", "code", "severity", "title", "message", "hint", "manual"]);
    let near = root.run(&["explain", "E12"]).expect(2);
    assert!(near.err.contains("是不是想查"), "{}", near.err);
}

#[test]
fn every_code_that_can_be_listed_can_be_explained() {
    let root = Root::new(&[]);
    let all = root.run(&["explain", "--format", "json"]).expect(0).json();
    let codes: Vec<&str> =
        all["rules"].as_array().into_iter().flatten().filter_map(|rule| rule["code"].as_str()).collect();
    assert!(codes.len() > 40, "{codes:?}");
    for code in codes {
        assert!(root.run(&["explain", code]).expect(0).out.starts_with(&format!("# {code} ")));
    }
}

/// A library with one of everything that is listed.
fn library() -> Root {
    let root = Root::with_lesson();
    root.write("content/site.yaml", b"as_of: 2025-12-31\n");
    root.write("content/units/城东分局/2025/lessons/草稿.md", "---\n标题: 没写完\n草稿: 是\n---\n".as_bytes());
    root.write(
        "content/units/城东分局/2025/lessons/旧法.md",
        "---\n标题: 旧法怎么讲\n依据: 《旧办法》第一条\n---\n".as_bytes(),
    );
    root.write("content/basis.csv", "名称,施行日期,失效日期,替代为\n旧办法,2020-01-01,2025-06-01,新办法\n".as_bytes());
    root.write("content/people.csv", "编号,姓名,单位,出生年月,岗位\nP1,张三,城东分局,1985-06,内勤\n".as_bytes());
    root
}

#[test]
fn lists_are_tables_for_people_and_objects_for_programs() {
    let root = library();
    for (what, chinese, total, expected, part) in [
        ("lessons", "教案", 2, vec!["id", "year", "unit", "instructor", "state", "title", "file"], "夜间巡查小窍门"),
        ("drafts", "草稿", 1, vec!["id", "year", "unit", "instructor", "state", "title", "file"], "没写完"),
        ("stale", "待复核", 1, vec!["id", "year", "unit", "instructor", "state", "title", "file"], "旧法怎么讲"),
        ("units", "单位", 1, vec!["folder", "name", "start", "lessons", "sessions"], "城东分局"),
        ("people", "人员", 1, vec!["id", "name", "unit", "post", "role"], "张三"),
    ] {
        let json = root.run(&["list", what, "--format", "json"]).expect(0).json();
        assert_eq!(keys(&json), ["schema_version", "command", "total", "items"], "{what}");
        assert_eq!((&json["total"], keys(&json["items"][0])), (&total.into(), expected), "{what}");
        let human = root.run(&["list", what]).expect(0);
        assert!(human.out.contains(part) && human.out.lines().count() == total + 1, "{what}: {}", human.out);
        assert!(human.err.contains(&format!("共 {total} 条")), "{what}: {}", human.err);
        assert_eq!(root.run(&["list", chinese]).expect(0).out, human.out, "{chinese}");
    }
}

#[test]
fn a_list_of_people_keeps_birth_months_to_itself() {
    let root = library();
    for format in ["human", "json"] {
        let ran = root.run(&["list", "people", "--format", format]).expect(0);
        assert!(!ran.out.contains("1985"), "{}", ran.out);
    }
}

#[test]
fn a_list_knows_the_day() {
    let root = library();
    let stale =
        |day: &str| root.run(&["list", "stale", "--as-of", day, "--format", "json"]).expect(0).json()["total"].clone();
    assert_eq!((stale("2025-05-31"), stale("2025-06-01")), (0.into(), 1.into()));
}

#[test]
fn schemas_are_json_that_editors_can_use() {
    let root = Root::new(&[]);
    let all = root.run(&["schema"]).expect(0).json();
    assert_eq!(all["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let lesson = root.run(&["schema", "lesson"]).expect(0).json();
    for key in ["标题", "title", "小教员", "草稿"] {
        assert!(lesson["properties"].get(key).is_some(), "{key}");
        assert!(all["$defs"]["lesson"]["properties"].get(key).is_some(), "{key}");
    }
    let form = &lesson["properties"]["教学形式"];
    assert!(form.to_string().contains("案例讲解"), "{form}");
    assert!(all["$defs"]["site"]["properties"].get("统计日").is_some());
    assert_eq!(root.run(&["schema", "教案"]).expect(0).json(), lesson);
}

#[test]
fn completions_know_the_commands() {
    let root = Root::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = root.run(&["completions", shell]).expect(0);
        for word in ["build", "check", "explain", "serve"] {
            assert!(ran.out.contains(word), "{shell} lacks {word}");
        }
        assert!(ran.err.is_empty(), "{}", ran.err);
    }
    root.run(&["completions", "tcsh"]).expect(2);
}

#[test]
fn timings_are_for_those_who_ask() {
    let root = Root::new(&[(LESSON, "正文\n")]);
    assert!(!root.run(&["build"]).expect(0).err.contains("毫秒"));
    assert!(root.run(&["build", "--timings"]).expect(0).err.contains("毫秒"));
}
