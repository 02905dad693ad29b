//! Texts that try to run a script, put wherever somebody can write something, and the
//! site made of them opened page by page. The browser is told to disregard the policy
//! that forbids scripts in pages, so that nothing but the cleaning is on trial.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiangtai::records::{ALL, Entity, Field, FieldKind};
use serde::Deserialize;
use serde_json::json;

use crate::chromium::Browser;
use crate::page::{Page, quoted};
use crate::site::{self, Site};
use crate::{Result, verdict};

const PUBLIC: &str = include_str!("../security/xss/dompurify.json");
const OURS: &str = include_str!("../security/xss/ours.json");

/// Notes in every document, before anything else runs, that a script ran: what the
/// texts call, and no page of ours does by itself.
const TRAP: &str = "
    window.ran = [];
    ['alert', 'confirm', 'prompt', 'open', 'eval', 'execScript', 'msgbox'].forEach(function (name) {
      window[name] = function (text) { window.ran.push(name + ' ' + text); };
    });
    ['write', 'writeln'].forEach(function (name) {
      document[name] = function (text) { window.ran.push(name + ' ' + text); };
    });";

/// What may stand in no page of ours, whether it does something in this browser or not.
const AUDIT: &str = "(function () {
    var found = window.ran.slice();
    var plain = /^(https?|mailto|tel|ftp|file):$/;
    var never = 'iframe frame frameset object embed applet base math style portal template marquee animate set'
      + ' foreignobject audio video source track xml isindex keygen layer ilayer bgsound xss';
    /* Our scripts measure slides and tell what stands above sheets of paper: this and no more. */
    function isOurs(element) {
      var sets = element === document.documentElement ? /^--running(-site)?$/
        : element.matches('.deck, .slide, .canvas, .slide-body') && /^(left|top|width|height|transform|font-size|--c[wh])$/;
      return sets && element.style.length > 0 && Array.from(element.style).every(function (property) { return sets.test(property); });
    }
    Array.prototype.forEach.call(document.querySelectorAll('*'), function (element) {
      var name = element.localName.toLowerCase();
      var here = element.outerHTML.slice(0, 200);
      /* The pattern of a result on the search page is ours. */
      if (name === 'template' && /search.html$/.test(location.pathname) && element.dataset.result === '') return;
      if (never.split(' ').indexOf(name) >= 0) found.push('element: ' + here);
      if (name === 'noscript' && element.closest('.prose')) found.push('element: ' + here);
      if (name === 'script' && (element.textContent || element.src.indexOf(HOME) !== 0)) found.push('script: ' + here);
      if (name === 'link' && element.href.indexOf(HOME) !== 0) found.push('link: ' + here);
      if (name === 'meta' && !/^(utf-8|Content-Security-Policy|viewport|description|generator|robots|refresh)$/.test(
        element.getAttribute('charset') || element.httpEquiv || element.name)) found.push('meta: ' + here);
      Array.prototype.forEach.call(element.attributes, function (attribute) {
        var key = attribute.name.toLowerCase();
        if (key === 'style' && isOurs(element)) return;
        if (key.indexOf('on') === 0 || key === 'style' || key === 'srcdoc' || key === 'srcset') {
          found.push('attribute: ' + here);
        }
        if (/^(href|src|action|formaction|xlink:href|data|poster|background|cite|longdesc|ping)$/.test(key)) {
          var leads;
          try { leads = new URL(attribute.value, location.href).protocol; } catch (error) { leads = 'no address'; }
          if (!plain.test(leads)) found.push('address: ' + here);
        }
      });
    });
    ['getElementById', 'createElement', 'querySelector', 'body', 'head', 'forms'].forEach(function (name) {
      if (Object.prototype.hasOwnProperty.call(document, name)) found.push('clobbered: ' + name);
    });
    return found;
  })()";

#[derive(Deserialize)]
struct Text {
    payload: String,
}

/// How many pages are looked at together.
const TOGETHER: usize = 24;

pub fn texts_run_nowhere(browser: &mut Browser, _: &Site) -> Result {
    let texts = texts()?;
    let root = tempfile::tempdir()?;
    library(root.path(), &texts)?;
    let folder = root.path().join("site");
    site::make(root.path(), &folder)?;
    let home = site::show_finished(&folder)?;
    let pages = site::pages(&folder)?;
    // A page for an old address leads on at once; what it leads to is looked at as well.
    let paths: Vec<&str> = pages.iter().filter(|made| made.kind != "redirect").map(|made| made.path.as_str()).collect();
    if paths.len() < texts.len() + 50 {
        return Err(format!("only {} pages", paths.len()).into());
    }
    let mut page = trapped(browser)?;
    page.stay_within(&[&home]);
    let audit = AUDIT.replace("HOME", &quoted(&home));
    let mut found = Vec::new();
    for group in paths.chunks(TOGETHER) {
        let frame = |path: &&str| format!("<iframe width=800 height=500 name=\"{path}\" src=\"{path}\"></iframe>\n");
        let frames: String = group.iter().map(frame).collect();
        fs::write(folder.join("together.html"), format!("<!DOCTYPE html><title>x</title><body>{frames}"))?;
        page.call("Page.navigate", json!({ "url": format!("{home}together.html") }))?;
        page.wait_for(&format!("frames.length === {} && Array.from(frames).every({THERE})", group.len()), group[0])?;
        let odd: Vec<String> = page.ask(&LOOK.replace("AUDIT", &quoted(&audit)))?;
        let grave = |complaint: &String| complaint.starts_with("outside") || complaint.starts_with("exception");
        let heard = page.complaints().into_iter().filter(grave);
        found.extend(odd.into_iter().chain(heard.map(|what| format!("{}…: {what}", group[0]))));
    }
    println!("  {} texts, {} pages", texts.len(), paths.len());
    verdict(&found)
}

/// Whether a frame has loaded what it was sent to, with all that belongs to it.
const THERE: &str = "frame => frame.document.readyState === 'complete' && frame.location.href !== 'about:blank'";

/// Audits every frame; one that is not where it was sent has been led away.
const LOOK: &str = "Array.from(frames).reduce(function (found, frame) {
    if (frame.location.href !== new URL(frame.name, location.href).href) found.push(frame.name + ': gone');
    var odd = frame.Function('return ' + AUDIT)();
    return found.concat(odd.map(function (what) { return frame.name + ': ' + what; }));
  }, [])";

/// The trap springs: the same texts, not cleaned, do run in this browser.
pub fn texts_are_alive(browser: &mut Browser, _: &Site) -> Result {
    let texts = texts()?;
    let root = tempfile::tempdir()?;
    let frame = |at: usize| format!("<iframe src=\"{at}.html\"></iframe>\n");
    let frames: String = (0..texts.len()).map(frame).collect();
    for (at, text) in texts.iter().enumerate() {
        let html = format!("<!DOCTYPE html><meta charset=utf-8><title>x</title><body>{}", text.payload);
        fs::write(root.path().join(format!("{at}.html")), html)?;
    }
    fs::write(root.path().join("index.html"), format!("<!DOCTYPE html><title>x</title><body>{frames}"))?;
    let home = site::show_finished(root.path())?;
    let mut page = trapped(browser)?;
    page.call("Page.navigate", json!({ "url": home }))?;
    let ran = "Array.from(frames).filter(f => { try { return f.ran.length > 0; } catch (e) { return false; } }).length";
    page.wait_for(&format!("{ran} >= {ALIVE}"), "texts that nobody cleaned run")
}

/// How many of the texts run in a present browser by themselves, at the least; the
/// others want an older one, or somebody who clicks.
const ALIVE: usize = 55;

fn trapped(browser: &mut Browser) -> Result<Page<'_>> {
    let mut page = browser.page()?;
    page.call("Page.setBypassCSP", json!({ "enabled": true }))?;
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": TRAP }))?;
    Ok(page)
}

fn texts() -> Result<Vec<Text>> {
    let mut texts: Vec<Text> = serde_json::from_str(PUBLIC)?;
    if texts.len() < 100 {
        return Err(format!("only {} public texts", texts.len()).into());
    }
    texts.extend(serde_json::from_str::<Vec<Text>>(OURS)?);
    Ok(texts)
}

/// A library in which every text stands in a body, in a title, in every field of a
/// lesson and of all tables, and in a file's name.
fn library(root: &Path, texts: &[Text]) -> Result {
    let unit = root.join("content/units/danwei");
    let year = unit.join("2025");
    fs::create_dir_all(year.join("lessons"))?;
    for folder in ["notices", "docs", "awards"] {
        fs::create_dir_all(root.join("content").join(folder))?;
    }
    for (at, text) in texts.iter().enumerate() {
        let payload = &text.payload;
        let lesson = format!("---\n{}---\n\n{}", front_matter("lesson", payload, at)?, body(payload));
        fs::write(year.join(format!("lessons/k{at}.md")), lesson)?;
        if at.is_multiple_of(5) {
            fs::write(year.join("lessons").join(file_name(payload, at)), "")?;
            continue;
        }
        if at % 5 > 1 {
            continue;
        }
        let article = format!("---\n{}---\n\n{payload}\n", front_matter("article", payload, at)?);
        let folder = if at.is_multiple_of(2) { "notices" } else { "docs" };
        fs::write(root.join(format!("content/{folder}/z{at}.md")), article)?;
    }
    let tables = ["plan", "menu", "choice", "application", "evaluation", "trainee"];
    for key in tables {
        let name = Path::new(entity(key)?.file).file_name().ok_or("no name")?;
        fs::write(year.join(name), table(key, texts)?)?;
    }
    fs::write(root.join("content/people.csv"), table("person", texts)?)?;
    fs::write(root.join("content/basis.csv"), table("basis", texts)?)?;
    let first = &texts[0].payload;
    fs::write(unit.join("unit.yaml"), front_matter("unit", first, 0)?)?;
    fs::write(unit.join("README.md"), body(first))?;
    fs::write(year.join("summary.md"), body(first))?;
    let site = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>";
    Ok(fs::write(root.join("content/site.yaml"), front_matter("site", site, 0)?)?)
}

/// The text where Markdown takes different ways.
fn body(payload: &str) -> String {
    let line = payload.replace(['\n', '\r'], " ");
    let cell = line.replace('|', "\\|");
    format!(
        "{payload}\n\n段落里 {line} 之后\n\n## 小节 {line}\n\n- 清单 {line}\n\n> [!案例] {line}\n> {line}\n\n\
         | 列 {cell} | 列 |\n|---|---|\n| {cell} | {line} |\n\n[{line}](a.html \"{line}\") ![{line}](b.png \"{line}\")\n\n\
         [点]({line}) <{line}> `{line}` **{line}**\n\n[[{line}]]\n\n```{line}\n{line}\n```\n\n\
         ::: 自测\n1. {line}\n   - [x] {line}\n   - [ ] {line}\n:::\n\n脚注[^a]\n\n[^a]: {line}\n"
    )
}

/// A name that a disk takes. Nothing else is left out.
fn file_name(payload: &str, at: usize) -> String {
    let plain: String = payload.chars().map(|c| if c == '/' || c.is_control() { '／' } else { c }).take(40).collect();
    format!("f{at} {plain}.docx")
}

fn entity(key: &str) -> Result<&'static Entity> {
    ALL.iter().find(|entity| entity.key == key).ok_or_else(|| format!("no entity {key}").into())
}

/// What stands in a field: the text wherever a text may stand, else something right.
/// Nothing keeps the record out of the site.
fn value(field: &Field, payload: &str, at: usize) -> Option<String> {
    if matches!(field.key, "visibility" | "draft" | "status" | "slug" | "id" | "theme" | "base_url" | "language") {
        return None;
    }
    // Each name has a page, and so has each domain.
    if !at.is_multiple_of(8) && matches!(field.kind, FieldKind::People | FieldKind::Choice("domain")) {
        return Some("张三".to_owned());
    }
    match field.kind {
        FieldKind::Date => Some(format!("2025-03-{:02}", at % 28 + 1)),
        FieldKind::Month => Some("2025-03".to_owned()),
        FieldKind::Integer | FieldKind::Number => Some("20".to_owned()),
        FieldKind::Boolean | FieldKind::Nested => None,
        _ => Some(payload.to_owned()),
    }
}

fn front_matter(key: &str, payload: &str, at: usize) -> Result<String> {
    let mut text = String::new();
    for field in entity(key)?.fields {
        if let Some(value) = value(field, payload, at) {
            writeln!(text, "{}: {}", field.name, quoted(&value))?;
        }
    }
    Ok(text)
}

fn table(key: &str, texts: &[Text]) -> Result<Vec<u8>> {
    let fields: Vec<&Field> = entity(key)?.fields.iter().filter(|field| value(field, "", 0).is_some()).collect();
    let head = fields.iter().map(|field| field.name.to_owned()).collect();
    let row = |(at, text): (usize, &Text)| {
        let cell = |field: &&Field| value(field, &text.payload, at).unwrap_or_default();
        fields.iter().map(cell).collect::<Vec<String>>()
    };
    Ok(jiangtai::records::table_bytes(std::iter::once(head).chain(texts.iter().enumerate().map(row))))
}
