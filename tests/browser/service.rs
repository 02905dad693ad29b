//! A site whose search page asks a server first (检索服务), and a small server to ask.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::json;
use tempfile::TempDir;

use crate::chromium::Browser;
use crate::page::Page;
use crate::site::{Site, library, make, show_finished};
use crate::{Result, verdict};

const COUNT: &str = "document.querySelector('[data-count]').textContent";
const PROBLEM: &str = "document.querySelector('[data-problem]').textContent";
/// 退一赔三.
const QUERY: &str = "q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89";

/// What the server says, and what it was asked.
#[derive(Default)]
struct Desk {
    body: String,
    asked: Vec<String>,
}

/// The site with its server.
struct Asking {
    _root: TempDir,
    top: String,
    folder: String,
    desk: Arc<Mutex<Desk>>,
}

impl Asking {
    fn build() -> Result<Self> {
        let desk = Arc::new(Mutex::new(Desk::default()));
        let address = serve(Arc::clone(&desk))?;
        let root = library()?;
        let settings = root.path().join("content/site.yaml");
        let written = fs::read_to_string(&settings)?;
        fs::write(&settings, format!("{written}\nsearch:\n  backend: http\n  url: {address}search?index=jiangtai\n"))?;
        let folder = root.path().join("public");
        make(root.path(), &folder)?;
        let top = show_finished(&folder)?;
        Ok(Self { top, folder: format!("file://{}/", folder.display()), desk, _root: root })
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the server says from now on.
    fn say(&self, body: &str) {
        *self.desk() = Desk { body: body.to_owned(), asked: Vec::new() };
    }
}

/// Answers every request with what lies on the desk, and without a body not at all.
fn serve(desk: Arc<Mutex<Desk>>) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            drop(answer(&stream, &desk));
        }
    });
    Ok(address)
}

fn answer(mut stream: &TcpStream, desk: &Mutex<Desk>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
    desk.asked.push(first);
    if desk.body.is_empty() {
        return Ok(());
    }
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{}",
        desk.body.len(),
        desk.body
    )
}

/// Pages under a server and in a folder show what it says, as text.
pub fn is_asked(browser: &mut Browser, _: &Site) -> Result {
    let site = Asking::build()?;
    let body = json!({
        "schema_version": 1, "total": 3, "exact": 2,
        "results": [
            {"url": "units/chengdong/2025/tui-yi-pei-san.html", "title": "服务器说的退一赔三<img src=x onerror=pwned=1>",
             "kind": "lesson", "unit": "城东分局", "year": 2025, "instructors": ["卫白露"], "honours": [],
             "excerpt": "先讲<script>pwned=1</script>退一赔三", "tier": "title", "anchor": "x\" onclick=\"pwned=1", "place": ""},
            {"url": "javascript:pwned=1", "title": "脚本地址", "tier": "body"},
            {"url": "people/index.html", "title": "词不相连的一条", "tier": "parts"},
        ],
        "facets": [{"key": "unit", "values": [{"label": "<i>城东</i>", "count": 1}]}, {"key": "year", "values": [{"label": "2025", "count": 1}]}],
    });
    for place in [&site.top, &site.folder] {
        site.say(&body.to_string());
        let mut page = browser.page()?;
        page.go(&format!("{place}search.html?{QUERY}&year=2025"))?;
        page.wait_for(&format!("{COUNT}.includes('共3条')"), "an answer")?;
        page.wait_for("document.querySelectorAll('.result').length === 2", "what can be shown")?;
        page.expect(
            "document.querySelector('.result-title').textContent === '服务器说的退一赔三<img src=x onerror=pwned=1>'",
            "its title",
        )?;
        page.expect("document.querySelector('.result-title mark').textContent === '退一赔三'", "marked")?;
        page.wait_for(
            "document.querySelector('.result-text').textContent === '先讲<script>pwned=1</script>退一赔三'",
            "its excerpt",
        )?;
        page.expect(&format!("/有1条结果的资料没有取到/.test({PROBLEM})"), "one that is not of the site is told")?;
        page.expect("/<i>城东/.test(document.querySelector('[data-facets]').textContent)", "its filters")?;
        page.expect(
            "typeof pwned === 'undefined' && document.querySelectorAll('main img, main script, main i, [onerror], [onclick], a[href^=\"javascript:\"]').length === 0",
            "text stays text",
        )?;
        let asked = site.desk().asked.clone();
        let wanted = format!("GET /search?index=jiangtai&{QUERY}&limit=50&offset=0&year=2025 HTTP/1.1");
        if asked != [wanted.as_str()] {
            return Err(format!("{place} asked {asked:?}").into());
        }
        page.follow(".result-title a")?;
        page.wait_for("document.querySelectorAll('mark.hit').length > 0", "the page is marked")?;
        quiet(&mut page, place)?;
    }
    Ok(())
}

/// Nothing, and nothing that can be read: the site's own search answers and says so.
pub fn goes_on_without(browser: &mut Browser, _: &Site) -> Result {
    let site = Asking::build()?;
    for (place, body) in [(&site.top, ""), (&site.top, "<h1>502</h1>"), (&site.top, "{\"total\":"), (&site.folder, "")]
    {
        site.say(body);
        let mut page = browser.page()?;
        page.go(&format!("{place}search.html?{QUERY}"))?;
        page.wait_for(&format!("/共\\d+条/.test({COUNT})"), "an answer")?;
        page.expect(
            &format!(
                "/检索服务没有应答/.test({PROBLEM}) && document.querySelector('[data-problem]').checkVisibility()"
            ),
            "it says so",
        )?;
        page.expect("document.querySelector('.result-title').textContent.includes('退一赔三')", "and finds")?;
        // A server that failed is left alone for a while.
        let before = site.desk().asked.len();
        page.wait_for("document.querySelector('[data-facets]').getAttribute('aria-busy') === 'false'", "filters")?;
        page.click("[data-value='kind lesson']")?;
        page.wait_for("document.querySelectorAll('.chip').length === 1", "filters work")?;
        if before == 0 || site.desk().asked.len() != before {
            return Err(format!("asked {before} times, then again").into());
        }
        quiet(&mut page, place)?;
    }
    Ok(())
}

/// The browser itself tells of requests without an answer.
fn quiet(page: &mut Page<'_>, place: &str) -> Result {
    let told = page.complaints().into_iter().filter(|complaint| !complaint.contains("net::ERR_EMPTY_RESPONSE"));
    verdict(&told.map(|complaint| format!("{place}: {complaint}")).collect::<Vec<_>>())
}
