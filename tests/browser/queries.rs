//! Queries that nobody means well, and an index that is not whole.

use std::fs;
use std::path::Path;

use crate::chromium::Browser;
use crate::finder::results;
use crate::page::{ENTER, Page, quoted};
use crate::site::{Site, copy, library, make, show_finished};
use crate::{Result, verdict};

/// What must never become more than text.
const QUERIES: [&str; 14] = [
    "<img src=x onerror=pwned=1>",
    "<script>pwned=1</script>",
    "\"><svg onload=pwned=1>",
    "javascript:pwned=1",
    "' OR 1=1; DROP TABLE lessons; --",
    "(a+)+$ [\\w]* .*?(?=x) \\",
    "%E4%B8 %00 %zz &q=1#kind=lesson",
    "。，、；：？！“”",
    "\u{301}\u{302}\u{303}\u{20d0}",
    "\u{200b}\u{feff}\u{202e}反",
    "😀👨‍👩‍👧‍👦",
    "\u{0}\u{1}\u{7f}",
    "{{ 7*7 }} ${7*7} {n}",
    "__proto__ constructor hasOwnProperty",
];

/// A page on which words are marked.
const LESSON: &str = "units/chengdong/2025/tui-yi-pei-san.html";

/// How many elements there are that a query could have brought in.
const FOREIGN: &str = "document.querySelectorAll('main img, main script, main iframe, main svg:not(.icon), [onerror], [onload], a[href^=\"javascript:\"]').length";

pub fn bad_queries_stay_text(browser: &mut Browser, site: &Site) -> Result {
    let long = "很长的查询".repeat(2000);
    let mut found = Vec::new();
    for place in [&site.top, &site.folder] {
        let mut page = browser.page()?;
        page.go(&format!("{place}{LESSON}"))?;
        let ours: usize = page.ask(FOREIGN)?;
        for query in QUERIES.iter().copied().chain([long.as_str()]) {
            let shown: String = query.chars().take(30).collect();
            try_it(&mut page, place, query).map_err(|error| format!("{shown}: {error}"))?;
            let foreign: usize = page.ask(FOREIGN)?;
            if foreign > ours || page.ask("typeof pwned !== 'undefined'")? {
                found.push(format!("{shown}: came in"));
            }
            found.extend(page.complaints().into_iter().map(|complaint| format!("{shown}: {complaint}")));
        }
    }
    verdict(&found)
}

/// In the address, and where it is short enough for the box, typed; then as words to
/// mark on a page.
fn try_it(page: &mut Page<'_>, place: &str, query: &str) -> Result {
    let encoded: String = page.ask(&format!("encodeURIComponent({})", quoted(query)))?;
    let answered = "/共\\d|没有找到|请输入/.test(document.querySelector('[data-count]').textContent)";
    // Servers and browsers may refuse longer addresses; behind the # there is room.
    let sign = if encoded.len() > 4000 { '#' } else { '?' };
    // From another page, so that what stands behind the # makes a new document.
    page.go(&format!("{place}about.html"))?;
    page.go(&format!("{place}search.html{sign}q={encoded}&kind={encoded}"))?;
    page.wait_for(answered, "an answer")?;
    page.go(&format!("{place}about.html"))?;
    page.click("[data-search-box]")?;
    page.write(query)?;
    page.press(&ENTER)?;
    page.wait_for(
        &format!("{answered} || !new URL(location.href).searchParams.get('q')"),
        "an answer to what was typed",
    )?;
    page.go(&format!("{place}{LESSON}{sign}h={encoded}"))
}

pub fn a_broken_index_says_so(browser: &mut Browser, site: &Site) -> Result {
    let whole = Path::new(site.folder.trim_start_matches("file://"));
    let copied = tempfile::tempdir()?;
    copy(whole, copied.path())?;
    let place = format!("file://{}/", copied.path().display());
    let search = copied.path().join("search");
    let mut page = browser.page()?;

    // Texts are gone: results stand, with their summaries.
    fs::remove_dir_all(search.join("t"))?;
    results(&mut page, &place, "q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89")?;
    page.expect("document.querySelector('.result-text').textContent !== ''", "summaries stand in")?;
    quiet(&mut page)?;

    // Some lists are cut short: what is missing is named, what can be shown is shown.
    for entry in fs::read_dir(search.join("d"))? {
        let path = entry?.path();
        let bytes = fs::read(&path)?;
        fs::write(&path, &bytes[..bytes.len() / 2])?;
    }
    page.go(&format!("{place}search.html?q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89"))?;
    page.wait_for(
        "/检索索引缺\\d+个文件（d\\//.test(document.querySelector('[data-problem]').textContent)",
        "what is missing",
    )?;
    quiet(&mut page)?;

    // Nothing is known of the documents any more.
    copy(&whole.join("search/d"), &search.join("d"))?;
    fs::remove_dir_all(search.join("m"))?;
    page.go(&format!("{place}search.html?q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89"))?;
    page.wait_for("/没有取到/.test(document.querySelector('[data-problem]').textContent)", "that facts are missing")?;
    quiet(&mut page)?;

    // Without its start there is no index, without the scripts no engine: the lists are.
    fs::remove_file(search.join("start.js"))?;
    without_engine(&mut page, &place)?;
    for name in ["search-", "words-"] {
        for entry in fs::read_dir(copied.path().join("assets"))? {
            let path = entry?.path();
            let is_script = path.extension().is_some_and(|extension| extension == "js");
            if is_script && path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)) {
                fs::remove_file(path)?;
            }
        }
        without_engine(&mut page, &place)?;
    }
    Ok(())
}

/// The site is published anew between two visits, and while a page is open: nothing of
/// the earlier index is shown, and nothing is mixed with it.
pub fn a_new_index_is_taken(browser: &mut Browser, _: &Site) -> Result {
    let root = library()?;
    let folder = root.path().join("public");
    make(root.path(), &folder)?;
    let top = show_finished(&folder)?;
    let publish = |name: &str, title: &str| -> Result {
        let lesson = root.path().join(format!("content/units/chengdong/2025/lessons/{name}.md"));
        fs::write(lesson, format!("---\n标题: {title}\n---\n\n{title}，只在这里讲。\n"))?;
        make(root.path(), &folder)
    };
    let titles = "Array.from(document.querySelectorAll('.result-title')).map(e => e.textContent).join()";
    let mut page = browser.page()?;
    page.go(&format!("{top}search.html?q=%E9%B2%B8%E9%B1%BC"))?;
    page.wait_for("/没有找到/.test(document.querySelector('[data-count]').textContent)", "there is no whale yet")?;
    publish("a", "鲸鱼一")?;
    page.reload()?;
    page.wait_for(&format!("{titles} === '鲸鱼一'"), "on the next visit")?;
    publish("b", "鲸鱼二")?;
    page.ask::<()>("var then = Date.now; Date.now = function () { return then() + 61000; }; undefined")?;
    for query in ["鲸", "鲸鱼"] {
        page.ask::<()>("document.querySelector('#search-box').select()")?;
        page.write(query)?;
        page.press(&ENTER)?;
        page.wait_for(&format!("{titles} === '鲸鱼一,鲸鱼二'"), "on a page that was open")?;
    }
    page.follow(".result-title a")?;
    quiet(&mut page)
}

fn without_engine(page: &mut Page<'_>, place: &str) -> Result {
    page.go(&format!("{place}search.html?q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89"))?;
    page.wait_for(
        "/检索索引打不开/.test(document.querySelector('[data-problem]').textContent)",
        "that it cannot search",
    )?;
    page.expect("document.querySelector('[data-lists] a').checkVisibility()", "the lists lead on")?;
    page.go(&format!("{place}index.html"))?;
    page.click("[data-search-box]")?;
    page.write("网格")?;
    page.go(&format!("{place}units/chengdong/2025/tui-yi-pei-san.html?h=%E7%9A%84"))?;
    quiet(page)
}

/// The browser tells of files that it did not find; the page itself has nothing to say.
fn quiet(page: &mut Page<'_>) -> Result {
    let told = |complaint: &String| !complaint.contains("ERR_FILE_NOT_FOUND");
    let complaints: Vec<String> = page.complaints().into_iter().filter(told).collect();
    verdict(&complaints)
}
