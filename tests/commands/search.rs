//! `search`: the shape that scripts rely on, filters, and what is remembered.

use crate::support::command::{Root, keys};

fn library() -> Root {
    let lesson = |title: &str, body: &str| format!("---\n标题: {title}\n小教员: 张三\n---\n\n{body}\n");
    let root = Root::new(&[]);
    let write = |path: &str, text: String| root.write(path, text.as_bytes());
    write("content/units/城东分局/2025/lessons/夜巡.md", lesson("夜间巡查", "先看灯，再看门。"));
    write("content/units/城西分局/2024/lessons/门锁.md", lesson("门锁检查", "夜间也要看门。"));
    root
}

#[test]
fn results_have_the_promised_shape() {
    let root = library();
    let json = root.run(&["search", "看门", "--kind", "lesson", "--format", "json"]).expect(0).json();
    let top = ["schema_version", "command", "query", "total", "exact", "results", "facets"];
    assert_eq!(keys(&json), top);
    assert_eq!((&json["query"], &json["total"]), (&"看门".into(), &2.into()));
    let result = &json["results"][0];
    assert_eq!(keys(result)[..7], ["url", "title", "kind", "score", "excerpt", "unit", "year"]);
    assert_eq!(
        (&result["title"], &result["kind"], &result["year"]),
        (&"夜间巡查".into(), &"lesson".into(), &2025.into())
    );
    assert!(result["excerpt"].as_str().is_some_and(|text| text.contains("再看门")), "{result}");
    let human = root.run(&["search", "看门", "--kind", "教案"]).expect(0);
    assert!(human.out.contains("1. 夜间巡查（教案，城东分局，2025 年）"), "{}", human.out);
    assert_eq!(human.last(), "共 2 条");
}

#[test]
fn filters_and_limits_are_kept_and_slips_are_asked_about() {
    let root = library();
    let titles = |arguments: &[&str]| {
        let json = root.run(&[&["search", "夜间", "--format", "json"], arguments].concat()).expect(0).json();
        let results = json["results"].as_array().cloned().unwrap_or_default();
        results.iter().map(|result| result["title"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&["--unit", "城西分局"])[0], "门锁检查");
    assert_eq!(titles(&["--year", "2025", "--kind", "教案"]), ["夜间巡查"]);
    assert_eq!(titles(&["--limit", "1"]), ["夜间巡查"]);
    let slip = root.run(&["search", "夜间", "--unit", "城西分据"]).expect(2);
    assert!(slip.err.contains("是不是“城西分局”？"), "{}", slip.err);
    let kind = root.run(&["search", "夜间", "--kind", "书"]).expect(2);
    assert!(kind.err.contains("lesson（教案）"), "{}", kind.err);
    assert!(root.run(&["search", "鑫淼犇骉"]).expect(0).err.contains("没有找到"));
}

#[test]
fn a_change_is_seen_at_once() {
    let root = library();
    assert!(root.run(&["search", "路灯"]).expect(0).out.is_empty());
    assert!(root.path(".jiangtai/cache/search/shelf.json").exists());
    root.write("content/units/城东分局/2025/lessons/灯.md", "---\n标题: 路灯报修\n---\n\n打电话。\n".as_bytes());
    assert!(root.run(&["search", "路灯"]).expect(0).out.contains("路灯报修"));
}
