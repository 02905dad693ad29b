//! Searching as a reader does: in the box, by the keyboard, by facets, from a server
//! and from a folder.

use std::{fs, thread, time};

use serde_json::json;

use crate::chromium::Browser;
use crate::page::{DOWN, ENTER, ESCAPE, Page, SLASH, UP, quoted};
use crate::site::Site;
use crate::{LONG, Result};

/// What the sample says about it stands on pages of several kinds and units.
const WORDS: &str = "调解";
const BOX: &str = "document.querySelector('[data-search-box]')";
const COUNT: &str = "document.querySelector('[data-count]')";
const TITLES: &str = "Array.from(document.querySelectorAll('.result-title')).map(e => e.textContent)";
const SELECTED: &str = "document.querySelector('.suggestions [aria-selected=true]')";

/// Opens the search page with a query as the address has it.
pub fn results(page: &mut Page<'_>, place: &str, query: &str) -> Result {
    page.go(&format!("{place}search.html?{query}"))?;
    counted(page)
}

/// Waits until the page has said how many results there are, and they are there.
pub fn counted(page: &mut Page<'_>) -> Result {
    page.wait_for(&format!("/^共\\d/.test({COUNT}.textContent) && {TITLES}.length > 0"), "results")
}

/// The filters are counted after the titles stand, and may move then.
const FILTERS: &str = "document.querySelector('[data-facets]').getAttribute('aria-busy') === 'false'";

fn total(page: &mut Page<'_>) -> Result<u32> {
    Ok(page.ask::<String>(&format!("(/共(\\d+)条/.exec({COUNT}.textContent) || ['', '0'])[1]"))?.parse()?)
}

fn quiet(page: &mut Page<'_>, at: &str) -> Result {
    let complaints = page.complaints();
    if complaints.is_empty() { Ok(()) } else { Err(format!("{at}: {complaints:?}").into()) }
}

pub fn from_everywhere(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.below, &site.folder] {
        let mut page = browser.page()?;
        ask_and_open(&mut page, place).map_err(|error| format!("{place}: {error}"))?;
        quiet(&mut page, place)?;
    }
    Ok(())
}

/// From the box of a lesson to the results, narrowed, back, and on to a page.
fn ask_and_open(page: &mut Page<'_>, place: &str) -> Result {
    page.go(&format!("{place}units/chengdong/index.html"))?;
    page.click("[data-search-box]")?;
    page.write(WORDS)?;
    page.press(&ENTER)?;
    page.wait_for("document.body.classList.contains('page-search') && document.readyState === 'complete'", "a page")?;
    counted(page)?;
    page.expect(&format!("new URL(location.href).searchParams.get('q') === {}", quoted(WORDS)), "the address says it")?;
    let (all, titles): (u32, Vec<String>) = (total(page)?, page.ask(TITLES)?);
    if !titles[0].contains(WORDS) {
        return Err(format!("first of all stands {}", titles[0]).into());
    }
    page.expect("document.querySelector('.result-title mark').textContent === '调解'", "the words are marked")?;
    page.wait_for(FILTERS, "filters")?;
    page.click("[data-value='kind lesson']")?;
    page.wait_for("document.querySelectorAll('.chip').length === 1", "the filter stands above the results")?;
    page.expect("new URL(location.href).searchParams.getAll('kind').join() === 'lesson'", "and in the address")?;
    page.expect(
        "Array.from(document.querySelectorAll('.result .badge')).every(e => e.textContent === '教案')",
        "nothing else is shown",
    )?;
    page.wait_for(FILTERS, "filters again")?;
    page.click("[data-value='kind year']")?;
    let both = "document.querySelectorAll('.chip').length === 2 && document.querySelector('.result') !== null";
    page.wait_for(both, "two values of one kind")?;
    let kinds: Vec<String> =
        page.ask("Array.from(document.querySelectorAll('.result .badge')).map(e => e.textContent)")?;
    if !kinds.iter().any(|kind| kind == "年度") || total(page)? >= all {
        return Err(format!("either value, and no other: {kinds:?}").into());
    }
    page.ask::<()>("history.back()")?;
    page.wait_for("document.querySelectorAll('.chip').length === 1", "back to one filter")?;
    page.click(".chip")?;
    page.wait_for(
        &format!("document.querySelectorAll('.chip').length === 0 && {COUNT}.textContent.includes('共{all}条')"),
        "none",
    )?;
    page.follow(".result-title a")?;
    page.wait_for("document.querySelectorAll('mark.hit').length > 0", "the page is marked")?;
    page.ask::<()>("history.back()")?;
    counted(page)?;
    page.wait_for("document.activeElement.matches('.result-title a')", "the result that was opened is found again")
}

pub fn the_address_says_everything(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    results(&mut page, &site.top, "q=%E8%B0%83%E8%A7%A3")?;
    let all = total(&mut page)?;
    page.expect(&format!("{TITLES}.length === 10"), "ten to begin with")?;
    page.click("[data-more]")?;
    page.wait_for(&format!("{TITLES}.length === 20"), "ten more")?;
    page.expect("new URL(location.href).searchParams.get('n') === '20'", "the address knows")?;
    page.reload()?;
    page.wait_for(&format!("{TITLES}.length === 20"), "as many again")?;
    results(&mut page, &site.top, "q=%E8%B0%83%E8%A7%A3&year=2025&kind=lesson&n=9999999")?;
    let checked: Vec<String> =
        page.ask("Array.from(document.querySelectorAll('[data-value]:checked')).map(e => e.dataset.value)")?;
    if checked != ["year 2025", "kind lesson"] || total(&mut page)? >= all {
        return Err(format!("filters of the address: {checked:?}").into());
    }
    // Each count is what the value would give beside the filters of the other kinds.
    let other: u32 = page
        .ask::<String>(
            "document.querySelector('[data-value=\"year 2024\"]').parentNode.querySelector('.count').textContent",
        )?
        .parse()?;
    results(&mut page, &site.top, "q=%E8%B0%83%E8%A7%A3&year=2024&kind=lesson")?;
    if total(&mut page)? != other || other == 0 {
        return Err(format!("2024 promises {other} and gives {}", total(&mut page)?).into());
    }
    quiet(&mut page, "address")
}

/// A browser that lets no page from a folder change its address.
pub fn where_the_address_is_fixed(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let refuse =
        "history.pushState = history.replaceState = function () { throw new DOMException('no', 'SecurityError'); };";
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": refuse }))?;
    results(&mut page, &site.folder, "q=%E8%B0%83%E8%A7%A3")?;
    page.wait_for(FILTERS, "filters")?;
    page.click("[data-value='kind lesson']")?;
    page.wait_for("/kind=lesson/.test(location.hash) && document.querySelectorAll('.chip').length === 1", "the hash")?;
    page.reload()?;
    page.wait_for("document.querySelectorAll('.chip').length === 1", "the filter after a reload")?;
    page.ask::<()>("history.back()")?;
    page.wait_for("document.querySelectorAll('.chip').length === 0", "and back")?;
    page.wait_for("document.querySelector('[data-more]').checkVisibility()", "a button for more")?;
    // Excerpts still come and move the button away from under a mouse.
    page.ask::<()>("document.querySelector('[data-more]').click()")?;
    page.wait_for(&format!("{TITLES}.length === 20"), "more results")?;
    quiet(&mut page, "refused")
}

pub fn by_keyboard_alone(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.go(&format!("{}units/index.html", site.top))?;
    page.press(&SLASH)?;
    page.expect(&format!("document.activeElement === {BOX} && {BOX}.value === ''"), "the slash leads to the box")?;
    page.write("网格")?;
    page.wait_for(&format!("{BOX}.getAttribute('aria-expanded') === 'true'"), "suggestions")?;
    page.press(&DOWN)?;
    let active: String = page.ask(&format!("{BOX}.getAttribute('aria-activedescendant')"))?;
    page.expect(&format!("{SELECTED}.id === {}", quoted(&active)), "the option that is told is the one that is shown")?;
    page.press(&UP)?;
    page.expect(
        &format!("{SELECTED} === null && !{BOX}.hasAttribute('aria-activedescendant')"),
        "above the first, none",
    )?;
    page.press(&ESCAPE)?;
    page.expect("document.querySelector('.suggestions').hidden", "Esc folds them away")?;
    page.expect(&format!("{BOX}.value === '网格'"), "and keeps what was typed")?;
    page.press(&ENTER)?;
    page.wait_for("document.body.classList.contains('page-search') && document.readyState === 'complete'", "results")?;
    counted(&mut page)?;
    page.press(&SLASH)?;
    page.press(&DOWN)?;
    page.press(&DOWN)?;
    page.press(&UP)?;
    let first = "document.querySelector('.result-title a')";
    page.expect(&format!("document.activeElement === {first}"), "arrows go through the results")?;
    page.press(&ESCAPE)?;
    page.expect(&format!("document.activeElement === {BOX}"), "Esc returns to the box")?;
    page.press(&DOWN)?;
    page.press(&UP)?;
    page.expect(&format!("document.activeElement === {BOX}"), "so does the arrow above the first")?;
    page.press(&DOWN)?;
    let there: String = page.ask(&format!("{first}.pathname"))?;
    page.press(&ENTER)?;
    page.wait_for(&format!("location.pathname === {}", quoted(&there)), "Enter opens")?;
    quiet(&mut page, "keyboard")
}

/// A suggestion that is a name leads to its page.
pub fn suggestions_lead_on(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        let mut page = browser.page()?;
        page.go(&format!("{place}index.html"))?;
        page.click("[data-search-box]")?;
        page.write("shenjingzhe")?;
        page.wait_for("/沈惊蛰/.test(document.querySelector('.suggestions').textContent)", "a name by its sound")?;
        page.expect("document.querySelector('.suggestions').checkVisibility()", "the list is seen")?;
        let at: usize = page.ask("Array.from(document.querySelectorAll('.suggestions li')).findIndex(e => /沈惊蛰.*小教员/.test(e.textContent)) + 1")?;
        page.click(&format!(".suggestions li:nth-child({at})"))?;
        page.wait_for("document.body.classList.contains('page-person')", "the person's page")?;
        page.expect("document.querySelector('h1').textContent.includes('沈惊蛰')", "of that person")?;
        quiet(&mut page, place)?;
    }
    Ok(())
}

pub fn nothing_found_is_helped(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    // 按装 sounds like 安装.
    page.go(&format!("{}search.html?q=%E6%8C%89%E8%A3%85&unit=%E6%96%B0%E9%95%87%E5%88%86%E5%B1%80", site.top))?;
    page.wait_for("/安装/.test(document.querySelector('[data-advice]').textContent)", "what sounds alike")?;
    page.expect("document.querySelector('[data-lists]').checkVisibility()", "the lists are offered")?;
    page.follow("[data-advice] a")?;
    counted(&mut page)?;
    // Found elsewhere: taking the filter away is offered with what it would give.
    page.go(&format!("{}search.html?q=%E9%80%80%E4%B8%80%E8%B5%94%E4%B8%89&kind=basis&year=2023", site.top))?;
    page.wait_for("document.querySelectorAll('[data-advice] button').length > 0", "fewer filters")?;
    let offer: String = page.text("[data-advice] button:last-child")?;
    page.click("[data-advice] button:last-child")?;
    counted(&mut page)?;
    let given = total(&mut page)?;
    if !offer.contains(&format!("有{given}条")) {
        return Err(format!("{offer:?} gives {given}").into());
    }
    page.go(&format!("{}search.html?q=%EF%BC%81%EF%BC%9F%E3%80%82", site.top))?;
    page.wait_for("/只有标点/.test(document.querySelector('[data-count]').textContent)", "punctuation is no query")?;
    quiet(&mut page, "help")
}

pub fn recent_searches_stay_on_the_device(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        let mut page = browser.page()?;
        let recent = "Array.from(document.querySelectorAll('[data-recent] li')).map(e => e.textContent).join()";
        for query in ["q=%E8%B0%83%E8%A7%A3", "q=%E7%BD%91%E6%A0%BC", "q=%E8%B0%83%E8%A7%A3"] {
            results(&mut page, place, query)?;
        }
        page.go(&format!("{place}search.html"))?;
        page.expect(&format!("{recent} === '调解,网格'"), "each once, the last one first")?;
        page.click("[data-search-box]")?;
        page.wait_for("document.querySelectorAll('.suggestions li').length === 2", "they are suggested as well")?;
        page.press(&ESCAPE)?;
        page.click("[data-forget]")?;
        page.expect(&format!("{recent} === '' && localStorage.length === 0"), "and can be cleared")?;
        page.reload()?;
        page.expect("document.querySelector('[data-recent]').hidden", "for good")?;
    }
    let mut page = browser.page()?;
    let close = "Object.defineProperty(window, 'localStorage', { get: function () { throw new DOMException('no', 'SecurityError'); } });";
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": close }))?;
    results(&mut page, &site.top, "q=%E8%B0%83%E8%A7%A3")?;
    page.go(&format!("{}search.html", site.top))?;
    page.expect("document.querySelector('[data-recent]').hidden", "nothing is kept where storage is closed")?;
    quiet(&mut page, "storage")
}

/// The table has all results, and nothing in it is a formula.
pub fn results_are_saved_as_a_table(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        let inbox = tempfile::tempdir()?;
        let mut page = browser.page()?;
        page.save_into(inbox.path())?;
        results(&mut page, place, "q=%E5%A4%A7%E9%9B%81%E5%A1%94%E5%85%AC%E5%BC%8F")?;
        page.click("[data-save]")?;
        page.wait_for("/已保存/.test(document.querySelector('[data-saved]').textContent)", "it says so")?;
        let file = inbox.path().join("检索结果_大雁塔公式.csv");
        let begun = time::Instant::now();
        while !file.exists() && begun.elapsed() < LONG {
            thread::sleep(time::Duration::from_millis(20));
        }
        let text = String::from_utf8(fs::read(&file)?)?;
        let lines: Vec<&str> = text.split("\r\n").collect();
        let url = if place.starts_with("file:") { String::new() } else { place.to_string() };
        let wanted = [
            "\u{feff}序号,标题,类型,单位,年度,小教员,荣誉,摘要,网址".to_owned(),
            format!(
                "1,'=1+2 开头像公式的标题,教案,城东分局,2025,卫白露,,\"'-3 开头的摘要，里面有“引号”和, 逗号\",{url}units/chengdong/2025/gong-shi.html"
            ),
            String::new(),
        ];
        if lines != wanted {
            return Err(format!("{lines:?}\ninstead of\n{wanted:?}").into());
        }
    }
    Ok(())
}

/// What the start page and the home page propose is found.
pub fn examples_are_found(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.go(&format!("{}index.html", site.top))?;
    let links: Vec<String> = page.ask("Array.from(document.querySelectorAll('.examples a')).map(e => e.href)")?;
    if links.len() < 4 {
        return Err(format!("only {links:?} to try").into());
    }
    for link in links {
        page.go(&link)?;
        counted(&mut page).map_err(|error| format!("{link}: {error}"))?;
    }
    quiet(&mut page, "examples")
}
