//! Scripts: of the theme, of the preview, and as a site carries them.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiangtai::config::Flags;
use rquickjs::{CatchResultExt, Context, Function, Runtime};

use crate::names::newer;
use crate::support::build_folder;
use crate::{Text, line, shipped, verdict, without_comments};

/// What a site must do without although Chromium 80 has it: it is also opened from a
/// folder, and says in its pages that nothing runs but its own files.
const FOREIGN: [&str; 12] = [
    "fetch",
    "eval",
    "Function",
    "Worker",
    "SharedWorker",
    "serviceWorker",
    "WebAssembly",
    "importScripts",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "Segmenter",
];

/// Reads a script as of an edition; gives what is wrong with it.
const READ: &str = "(function (text) { try { acorn.parse(text, { ecmaVersion: 2020, sourceType: 'script' }); return ''; } \
    catch (error) { return String(error.message); } })";

/// What a site is made of: the scripts that its pages load, and the files of its index.
fn carried() -> (Vec<Text>, Vec<Text>) {
    let site = build_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &Flags::default());
    let (mut scripts, mut index) = (Vec::new(), Vec::new());
    for (path, bytes) in site.files.into_iter().filter(|(path, _)| path.ends_with(".js")) {
        if path.starts_with("search/") {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let told = units.strip_prefix(&[0xfeff]).expect("a mark that says UTF-16");
            index.push((path, String::from_utf16(told).expect("whole characters")));
        } else {
            scripts.push((path, String::from_utf8(bytes).expect("UTF-8")));
        }
    }
    (scripts, index)
}

#[test]
fn scripts_are_of_ecmascript_2020() {
    let Some(acorn) = acorn() else { return };
    let acorn = std::fs::read_to_string(acorn).expect("acorn can be read");
    let runtime = Runtime::new().expect("a JavaScript engine");
    let context = Context::full(&runtime).expect("a place for scripts");
    let (scripts, index) = carried();
    context.with(|ctx| {
        ctx.eval::<(), _>(acorn).catch(&ctx).expect("acorn runs");
        let read: Function = ctx.eval(READ).expect("a function");
        let problem = |text: &str| read.call::<_, String>((text,)).expect("it answers");
        for newer in ["a ||= 1", "class A { #b() {} }", "a = 1_000", "class A { static {} }", "await 1"] {
            assert_ne!(problem(newer), "", "{newer}");
        }
        assert_eq!(problem("const b = a?.c ?? async function () { await 1; };"), "");
        let texts = shipped("js").into_iter().chain(scripts).chain(index);
        let found = texts.filter_map(|(path, text)| match problem(&text) {
            problem if problem.is_empty() => None,
            problem => Some(format!("{path}: {problem}")),
        });
        verdict(&found.collect::<Vec<_>>());
    });
}

/// Without a quote, a backslash or a line end between the quotes, nothing ends a string early.
#[test]
fn files_of_the_index_are_one_call_with_one_string() {
    let (_, index) = carried();
    assert!(index.len() > 50, "{} files", index.len());
    for (path, text) in index {
        let name = path.trim_start_matches("search/").trim_end_matches(".js");
        let payload =
            text.strip_prefix(&format!("jt(\"{name}\",\"")).and_then(|rest| rest.trim_end().strip_suffix("\");"));
        let payload = payload.unwrap_or_else(|| panic!("{path} is another script"));
        assert!(payload.chars().all(|c| ('\u{3000}'..='\u{afff}').contains(&c)), "{path}");
    }
}

#[test]
fn scripts_use_nothing_that_came_later() {
    let (scripts, _) = carried();
    let found: Vec<String> = shipped("js").iter().chain(&scripts).flat_map(|(path, text)| later(path, text)).collect();
    verdict(&found);
}

#[test]
fn what_came_later_is_found() {
    let text = "/* a.at(1) */ deck.at = 1; b.replaceAll('a');\nObject.hasOwn(a); new WeakRef(a); structuredClone(a);\n\
        list.at(-1); fetch('x'); var fetched = e.innerHTML; // x.at(1)\n";
    let found = later("x.js", text);
    let names: Vec<&str> = found.iter().filter_map(|told| told.rsplit(' ').next()).collect();
    assert_eq!(names, ["replaceAll", "hasOwn", "WeakRef", "structuredClone", "at", "fetch", "innerHTML"], "{found:?}");
    assert!(found[1].starts_with("x.js:2:"), "{found:?}");
}

/// Names that are newer than the floor, or that a site must do without, with their lines.
fn later(path: &str, text: &str) -> Vec<String> {
    let text = without_comments(text);
    let text: String =
        text.lines().map(|line| line.split(" // ").next().unwrap_or_default().to_owned() + "\n").collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_alphabetic()).map(|start| at + start) {
        let end = text[start..].find(|c: char| !is_part(c)).map_or(text.len(), |end| start + end);
        let (name, is_member, is_call) =
            (&text[start..end], text[..start].ends_with('.'), text[end..].starts_with('('));
        let is_whole = !text[..start].ends_with(is_part);
        let is_class = name.starts_with(|c: char| c.is_ascii_uppercase());
        // Our own names are those of older things as well: only what is called counts
        // where a name is a common word.
        let is_common = name.chars().all(|c| c.is_ascii_lowercase());
        let is_newer = newer("members").contains(name)
            && (is_class || if is_member { is_call || !is_common } else { is_call && !is_common });
        let is_foreign =
            FOREIGN.contains(&name) && (is_call || name.ends_with("HTML") || is_class && name != "Function");
        if is_whole && (is_newer || is_foreign) {
            found.push(format!("{path}:{}: {name}", line(&text, start)));
        }
        at = end;
    }
    found
}

/// Where acorn is; without it the case is passed over, unless everything is required.
fn acorn() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/acorn/package/dist/acorn.js");
    let place = std::env::var_os("JIANGTAI_ACORN").map_or(default, PathBuf::from);
    if place.is_file() {
        return Some(place);
    }
    let is_required = std::env::var("JIANGTAI_BROWSER").is_ok_and(|value| value == "required");
    assert!(!is_required, "找不到 acorn.js（可用 JIANGTAI_ACORN 指明）");
    // Past the harness, which shows nothing of what a test that passes prints.
    writeln!(std::io::stderr(), "跳过语法检查：找不到 acorn.js（可用 JIANGTAI_ACORN 指明）").expect("it can be said");
    None
}
