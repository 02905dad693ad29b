//! Forms that are filled on screen: they say what is missing, keep what was typed, and
//! save the file that the clerk collects, from a server and from a folder.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::chromium::Browser;
use crate::page::{Page, quoted};
use crate::site::Site;
use crate::{LONG, Result};

pub const SELECTION: &str = "units/chengdong/2026/choose.html";
const COURSE: &str = "forms/course-application.html";
const TOPIC: &str = "forms/topic-application.html";
const BALLOT: &str = "units/chengdong/2025/forms/ballot.html";
pub const SAVE: &str = "form[data-fill] button[type=submit]";
/// What tables begin with, so that spreadsheets read Chinese.
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

pub fn a_selection(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        selection(&mut browser.page()?, place)?;
    }
    Ok(())
}

fn selection(page: &mut Page<'_>, place: &str) -> Result {
    let inbox = tempfile::tempdir()?;
    page.save_into(inbox.path())?;
    page.go(&format!("{place}{SELECTION}"))?;
    page.click(SAVE)?;
    fails(page, &["name", "rows"], "name")?;
    page.click("#name")?;
    page.write("卫白露")?;
    fails(page, &["rows"], "name")?;
    for (at, rank) in [(1, "1"), (3, "1")] {
        page.click(&format!("label[for=pick-{at}]"))?;
        choose(page, &format!("#rank-{at}"), rank)?;
    }
    page.click(SAVE)?;
    fails(page, &["rank-3"], "rank-3")?;
    choose(page, "#rank-3", "2")?;
    choose(page, "#rank-2", "3")?;
    page.expect("document.querySelector('#pick-2').checked", "a topic with a rank is chosen")?;
    page.click("#other")?;
    page.write("写“公文”, 还有\"统计\"\n做表")?;
    page.reload()?;
    is_said(page, "restored")?;
    page.expect(
        "document.querySelector('#name').value === '卫白露' && document.querySelector('#rank-2').value === '3'",
        "the draft is there again",
    )?;
    let topics: Vec<String> = page.ask("[1, 2, 3].map(at => document.querySelector('#pick-' + at).value)")?;
    let (name, bytes) = saved(page, inbox.path())?;
    same(&name, "选学_城东分局_卫白露_2026.csv")?;
    let text = std::str::from_utf8(bytes.strip_prefix(MARK).ok_or("the table has no mark")?)?;
    let rows: Vec<&str> = text.split("\r\n").collect();
    let other = "\"写“公文”, 还有\"\"统计\"\"\n做表\"";
    same(rows[0], "单位,年度,姓名,课题,排序,其他想学,填写时间")?;
    begins(rows[1], &format!("城东分局,2026,卫白露,{},1,{other},20", topics[0]))?;
    begins(rows[2], &format!("城东分局,2026,卫白露,{},3,,20", topics[1]))?;
    begins(rows[3], &format!("城东分局,2026,卫白露,{},2,,20", topics[2]))?;
    same(&rows[4..].join("|"), "")?;
    page.click("[data-fill-clear]")?;
    page.reload()?;
    page.expect(
        "document.querySelector('#name').value === '' && !document.querySelector('#pick-1').checked",
        "what was cleared stays away",
    )
}

pub fn applications(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        application(&mut browser.page()?, place, COURSE, &["unit", "applicant", "topic", "summary"])?;
        application(&mut browser.page()?, place, TOPIC, &["unit", "applicant", "topic", "origin", "summary"])?;
    }
    Ok(())
}

fn application(page: &mut Page<'_>, place: &str, path: &str, asked: &[&str]) -> Result {
    let inbox = tempfile::tempdir()?;
    let is_adhoc = path == TOPIC;
    page.save_into(inbox.path())?;
    page.go(&format!("{place}{path}"))?;
    page.click(SAVE)?;
    fails(page, asked, "unit")?;
    choose(page, "#unit", "城东分局")?;
    let typed = [("applicant", "卫白露"), ("topic", "七日无理由: 怎么退"), ("summary", "讲“例外”\n也讲\"流程\" #1")];
    for (id, text) in typed {
        page.click(&format!("#{id}"))?;
        page.write(text)?;
    }
    if is_adhoc {
        choose(page, "#origin", "上级新政")?;
    }
    page.ask::<()>("document.querySelector('#year').select()")?;
    page.click("#year")?;
    page.ask::<()>("document.querySelector('#year').select()")?;
    page.write("26")?;
    page.click(SAVE)?;
    fails(page, &["year"], "year")?;
    page.ask::<()>("document.querySelector('#year').select()")?;
    page.write("2026")?;
    choose(page, "#month", "5")?;
    page.reload()?;
    is_said(page, "restored")?;
    let (name, bytes) = saved(page, inbox.path())?;
    same(
        &name,
        if is_adhoc {
            "课题申报_城东分局_卫白露_2026.md"
        } else {
            "课程申报_城东分局_卫白露_2026.md"
        },
    )?;
    let text = String::from_utf8(bytes)?;
    let kind = if is_adhoc { "机动" } else { "常规" };
    let origin = if is_adhoc { "来源: \"上级新政\"\n" } else { "" };
    begins(
        &text,
        &format!(
            "---\n类型: \"{kind}\"\n单位: \"城东分局\"\n年度: \"2026\"\n申报人: \"卫白露\"\n课题: \"七日无理由: 怎么退\"\n\
             内容简介: \"讲“例外”\\n也讲\\\"流程\\\" #1\"\n{origin}拟授课月份: \"5\"\n申报日期: \"20"
        ),
    )?;
    if text.ends_with("\"\n---\n") { Ok(()) } else { Err(format!("the head does not end: {text}").into()) }
}

pub fn ballots(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        ballot(&mut browser.page()?, place)?;
    }
    Ok(())
}

fn ballot(page: &mut Page<'_>, place: &str) -> Result {
    let inbox = tempfile::tempdir()?;
    page.save_into(inbox.path())?;
    page.go(&format!("{place}{BALLOT}"))?;
    page.click(SAVE)?;
    fails(page, &["session", "rating"], "session")?;
    let first = vote(page, inbox.path(), "满意", "")?;
    page.expect("document.querySelector('#session').disabled", "a ballot that was saved is locked")?;
    page.expect("localStorage.length === 0", "nothing of it stays on the device")?;
    page.click("[data-fill-again]")?;
    let second = vote(page, inbox.path(), "不满意", "再慢一点")?;
    if first == second { Err("two ballots have one code".into()) } else { Ok(()) }
}

/// Fills and saves a ballot; what it holds is in the file, and nobody's name. Gives its code.
fn vote(page: &mut Page<'_>, inbox: &Path, level: &str, comment: &str) -> Result<String> {
    choose(page, "#session", "1")?;
    page.click(&format!("label:has(input[value={}])", quoted(level)))?;
    page.click("#comment")?;
    page.write(comment)?;
    let session = "document.querySelector('#session').selectedOptions[0].dataset";
    let (topic, day): (String, String) = page.ask(&format!("[{session}.valueA, {session}.valueB]"))?;
    let (name, bytes) = saved(page, inbox)?;
    let code = name.strip_prefix(&format!("测评_{topic}_")).and_then(|rest| rest.strip_suffix(".csv"));
    let code =
        code.filter(|code| code.len() == 12 && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    let code = code.ok_or_else(|| format!("the file is called {name}"))?;
    let text = std::str::from_utf8(bytes.strip_prefix(MARK).ok_or("the table has no mark")?)?;
    same(
        text,
        &format!(
            "单位,年度,完成日期,课题,评价,意见,随机码\r\n城东分局,2025,{day},{topic},{level},{comment},{code}\r\n"
        ),
    )?;
    Ok(code.to_owned())
}

/// A form that cannot be saved says so, and what must be filled by hand is there.
pub fn without_scripts(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.without_scripts()?;
    for path in [SELECTION, COURSE, TOPIC, BALLOT] {
        page.go(&format!("{}{path}", site.top))?;
        page.expect("document.querySelector('noscript p').checkVisibility()", "it says what to do instead")?;
        page.expect(
            &format!("!document.querySelector({}).checkVisibility()", quoted(SAVE)),
            "nothing is offered in vain",
        )?;
    }
    Ok(())
}

/// Exactly these fields have a message, each its own, and the focus is where it should be.
fn fails(page: &mut Page<'_>, fields: &[&str], focus: &str) -> Result {
    let shown: Vec<String> = page.ask(
        "Array.from(document.querySelectorAll('.field-error')).filter(e => e.checkVisibility() && e.textContent.trim())
           .map(e => e.id.replace(/-error$/, ''))",
    )?;
    let mut wanted: Vec<&str> = fields.to_vec();
    let mut shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    shown.sort_unstable();
    if shown != wanted {
        return Err(format!("messages at {shown:?} instead of {wanted:?}").into());
    }
    page.expect(&format!("document.activeElement.id === {}", quoted(focus)), "the focus is at the first mistake")
}

/// Takes an entry of a list, as a reader does.
fn choose(page: &mut Page<'_>, selector: &str, value: &str) -> Result {
    let (selector, value) = (quoted(selector), quoted(value));
    page.ask(&format!(
        "(function (e) {{ e.focus(); e.value = {value}; ['input', 'change'].forEach(function (kind) {{
           e.dispatchEvent(new Event(kind, {{ bubbles: true }})); }}); return e.value === {value}; }})
         (document.querySelector({selector}))"
    ))
    .and_then(|taken: bool| if taken { Ok(()) } else { Err(format!("{selector} has no {value}").into()) })
}

/// Saves the form and reads the file.
fn saved(page: &mut Page<'_>, inbox: &Path) -> Result<(String, Vec<u8>)> {
    page.click(SAVE)?;
    file(page, inbox)
}

/// The file that was saved; the page names it.
pub fn file(page: &mut Page<'_>, inbox: &Path) -> Result<(String, Vec<u8>)> {
    let name: String = page.ask(
        "(function (form) { var said = form.querySelector('[data-status]').textContent.trim();
           var around = form.dataset.saved.split('{file}');
           return said.startsWith(around[0]) && said.endsWith(around[1]) ? said.slice(around[0].length, said.length - around[1].length) : said;
         })(document.querySelector('form[data-fill]'))",
    )?;
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        if let Ok(bytes) = fs::read(inbox.join(&name))
            && !bytes.is_empty()
        {
            return Ok((name, bytes));
        }
        thread::sleep(Duration::from_millis(20));
    }
    let there: Vec<_> = fs::read_dir(inbox)?.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    Err(format!("no file {name} but {there:?}").into())
}

fn is_said(page: &mut Page<'_>, word: &str) -> Result {
    let wanted: String = page.ask(&format!("document.querySelector('form[data-fill]').dataset.{word}"))?;
    same(&page.text("[data-status]")?, &wanted)
}

fn same(is: &str, wanted: &str) -> Result {
    if is == wanted { Ok(()) } else { Err(format!("{is:?} instead of {wanted:?}").into()) }
}

fn begins(is: &str, wanted: &str) -> Result {
    if is.starts_with(wanted) { Ok(()) } else { Err(format!("{is:?} does not begin with {wanted:?}").into()) }
}
