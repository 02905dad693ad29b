//! A server's search before that of the site: what it answers is shown as our own
//! results are, and whatever else it says, the site's own search answers.

use std::cell::RefCell;
use std::rc::Rc;

use jiangtai::search::{FACETS, Request, answer, object};
use serde_json::{Value, json};

use crate::collection::{Shelf, sample};
use crate::scripts::Scripts;
use crate::support::theme;

/// Takes a request as the browser makes it.
fn request(pairs: &str) -> Request {
    let pairs: Vec<(String, Value)> = serde_json::from_str(pairs).expect("names with values");
    let number = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted).and_then(|(_, value)| value.as_u64());
        usize::try_from(found.expect("it says how many, from where")).expect("a number")
    };
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let words = pairs.iter().find(|(name, _)| name == "q").map(|(_, value)| text(value)).expect("a query");
    let filters = pairs.iter().filter(|(name, _)| FACETS.contains(&name.as_str()));
    let filters = filters.map(|(name, value)| (name.clone(), text(value))).collect();
    Request { words, filters, limit: number("limit"), offset: number("offset") }
}

/// What `serve` and `search` answer.
fn told(shelf: &Shelf, pairs: &str) -> String {
    let request = request(pairs);
    object(&request, &answer(&shelf.engine, &request)).to_string()
}

fn browser(answer: impl Fn(&str) -> Option<String> + 'static) -> Scripts {
    let scripts = Scripts::new(theme(), sample().files().clone());
    scripts.ask_first(theme(), answer);
    scripts
}

#[test]
fn results_of_a_server_are_shown_like_our_own() {
    let shelf = sample();
    let server = browser(|pairs| Some(told(shelf, pairs)));
    let queries = [
        ("调解", json!({})),
        ("调解", json!({"kind": ["lesson", "year"], "year": ["2025"]})),
        ("退一赔三", json!({"unit": ["城东分局"]})),
        ("shenjingzhe", json!({})),
        ("赔偿 欺诈", json!({})),
        ("調解書", json!({})),
        ("第55条", json!({})),
        ("按装", json!({})),
        ("。，！", json!({})),
        ("<b>调解</b>", json!({})),
    ];
    for (words, filters) in queries {
        let ours = like(shelf.scripts().shown(words, &filters, 0, 40));
        assert_eq!(like(server.shown(words, &filters, 0, 40)), ours, "{words} {filters}");
    }
}

/// The summaries that stand where no words are to be marked are shorter in the index.
fn like(mut shown: Value) -> Value {
    for row in shown["rows"].as_array_mut().into_iter().flatten() {
        if row["marks"] == json!([]) {
            row["text"].take();
        }
    }
    shown
}

#[test]
fn more_results_are_asked_for_when_they_are_wanted() {
    let shelf = sample();
    let asked = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&asked);
    let server = browser(move |pairs| {
        heard.borrow_mut().push(request(pairs).offset);
        Some(told(shelf, pairs))
    });
    let ours = shelf.scripts().shown("的", &json!({}), 40, 120);
    let theirs = server.shown("的", &json!({}), 40, 120);
    assert!(ours["total"].as_u64().is_some_and(|total| total > 120), "{}", ours["total"]);
    assert_eq!(like(theirs)["rows"], like(ours)["rows"]);
    assert_eq!(*asked.borrow(), [0, 50, 100], "each block once");
}

/// Silence, damage and what is not as agreed.
#[test]
fn the_site_answers_where_the_server_does_not() {
    let ours = sample().scripts().shown("退一赔三", &json!({}), 0, 10);
    let bodies = [
        None,
        Some(""),
        Some("<html>502 Bad Gateway</html>"),
        Some("{\"total\": 3, \"results\": [{\"url\":"),
        Some("null"),
        Some("[]"),
        Some("\"退一赔三\""),
        Some("{}"),
        Some("{\"error\": {\"root_cause\": []}, \"status\": 500}"),
        Some("{\"total\": \"3\", \"results\": []}"),
        Some("{\"total\": -1, \"results\": []}"),
        Some("{\"total\": 1.5, \"results\": []}"),
        Some("{\"total\": 1, \"results\": {}}"),
        Some("{\"schema_version\": 2, \"total\": 0, \"results\": []}"),
    ];
    for body in bodies {
        let mut shown = browser(move |_| body.map(str::to_owned)).shown("退一赔三", &json!({}), 0, 10);
        assert_eq!(shown["fallen"], json!(true), "{body:?}");
        shown["fallen"] = json!(false);
        assert_eq!(shown, ours, "{body:?}");
    }
}

/// What a small adapter leaves out is not missed, and what does not belong to the site is
/// not shown.
#[test]
fn only_pages_of_the_site_are_shown() {
    let shown = |results: Value| {
        let body = json!({"total": 3, "results": results}).to_string();
        browser(move |_| Some(body.clone())).shown("退一赔三", &json!({}), 0, 10)
    };
    let few = shown(json!([{"url": "units/a/b.html", "title": "<b>题</b>", "excerpt": "讲退一赔三", "year": "去年"}]));
    let row = json!({
        "url": "units/a/b.html", "title": "<b>题</b>", "kind": "", "unit": "", "year": null, "instructors": [],
        "honours": [], "tier": "body", "text": "讲退一赔三", "marks": [[1, 5]], "anchor": "", "place": "",
    });
    assert_eq!((&few["rows"], &few["exact"], &few["facets"]), (&json!([row, null, null]), &Value::Null, &json!([])));
    for url in [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http://evil.example/",
        "../../etc/passwd",
        "units/%2E%2e/%2e./x.html",
        "a//b.html",
        "x.html?h=1",
        "x.html#a",
        "",
    ] {
        let rows = shown(json!([{"url": url, "title": "题"}, {"url": "a.html"}, 7]))["rows"].clone();
        assert_eq!(rows, json!([null, null, null]), "{url}");
    }
}

/// Nothing of what anybody types breaks the scripts or the request.
#[test]
fn odd_queries_go_to_a_server_as_they_are() {
    let long = "很长的查询".repeat(2000);
    let asked = Rc::new(RefCell::new(String::new()));
    let heard = Rc::clone(&asked);
    let server = browser(move |pairs| {
        *heard.borrow_mut() = request(pairs).words;
        Some("{\"total\": 0, \"results\": []}".to_owned())
    });
    for query in ["' OR 1=1; --", "(a+)+$ .*?", "<script>x</script>", "%00%zz&limit=9", long.as_str()] {
        let shown = server.shown(query, &json!({}), 0, 10);
        assert_eq!((&shown["total"], &shown["fallen"]), (&json!(0), &json!(false)));
        let wanted: String = query.chars().take(200).collect();
        assert_eq!(*asked.borrow(), wanted);
    }
}
