//! A page that is opened from a result: marked, stepped through, and clean again.

use crate::Result;
use crate::chromium::Browser;
use crate::page::Page;
use crate::site::{ALL_SORTS_PAGE, Site};

const MARKS: &str = "document.querySelectorAll('mark.hit').length";
const COUNT: &str = "document.querySelector('.hits-bar [role=status]').textContent";

pub fn words_are_marked_and_stepped_through(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.below, &site.folder] {
        let mut page = browser.page()?;
        step_and_clear(&mut page, place)?;
        let complaints = page.complaints();
        if !complaints.is_empty() {
            return Err(format!("{place}: {complaints:?}").into());
        }
    }
    Ok(())
}

fn step_and_clear(page: &mut Page<'_>, place: &str) -> Result {
    let clean = "document.querySelector('main').innerHTML";
    page.go(&format!("{place}units/chengdong/2025/tui-yi-pei-san.html"))?;
    let before: String = page.ask(clean)?;
    // 赔偿, in the part that the result names.
    page.go(&format!(
        "{place}units/chengdong/2025/tui-yi-pei-san.html?h=%E8%B5%94%E5%81%BF#%E5%85%88%E9%97%AE%E4%B8%89%E5%8F%A5"
    ))?;
    page.wait_for(&format!("{MARKS} > 2"), "marks")?;
    let all: usize = page.ask(&format!("Number(/共(\\d+)处/.exec({COUNT})[1])"))?;
    page.expect("document.querySelectorAll('.hit.is-current').length > 0", "one of them is the current one")?;
    let behind =
        "document.getElementById('先问三句').compareDocumentPosition(document.querySelector('.hit.is-current')) & 4";
    page.expect(&format!("({behind}) !== 0"), "the first one of that part")?;
    let seen = "(function (r) { return r.top >= 0 && r.bottom <= innerHeight; })(document.querySelector('.hit.is-current').getBoundingClientRect())";
    page.expect(seen, "and in sight")?;
    for _ in 0..all {
        page.click(".hits-bar button:nth-of-type(2)")?;
        page.expect(seen, "each of them comes into sight")?;
    }
    let here: String = page.ask(COUNT)?;
    page.click(".hits-bar button:nth-of-type(1)")?;
    page.expect(&format!("{COUNT} !== {}", crate::page::quoted(&here)), "and back")?;
    page.media("print", "light")?;
    page.expect("!document.querySelector('.hits-bar').checkVisibility()", "paper has no bar")?;
    page.expect(
        "Array.from(document.querySelectorAll('.hit')).every(e => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)' && getComputedStyle(e).outlineStyle === 'none')",
        "and no marks",
    )?;
    page.media("screen", "light")?;
    page.click(".hits-bar button:nth-of-type(3)")?;
    page.expect(&format!("{MARKS} === 0 && !document.querySelector('.hits-bar')"), "all can be cleared")?;
    page.expect("!/[?&]h=/.test(location.href)", "also from the address")?;
    let after: String = page.ask(clean)?;
    if after == before { Ok(()) } else { Err("the page is not what it was".into()) }
}

/// On a page with everything: nothing but text is touched, and what is folded opens.
pub fn only_text_is_marked(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let shape = "JSON.stringify([Array.from(document.querySelectorAll('[id]')).map(e => e.id).sort(),
        document.querySelectorAll('main input, main select, main textarea, main button, main svg *, main script').length])";
    for path in [ALL_SORTS_PAGE, site.lesson_with_quizzes()?, "search.html", "forms/course-application.html"] {
        page.go(&format!("{}{path}", site.top))?;
        let before: String = page.ask(shape)?;
        // 的, which stands everywhere.
        page.go(&format!("{}{path}?h=%E7%9A%84", site.top))?;
        page.wait_for(&format!("{MARKS} > 0"), "marks")?;
        if page.ask::<String>(shape)? != before {
            return Err(format!("{path}: ids, fields or drawings have changed").into());
        }
        page.expect(
            "document.querySelector('svg .hit, textarea .hit, select .hit, button .hit, script .hit, nav .hit') === null",
            "only running text is marked",
        )?;
        let complaints = page.complaints();
        if !complaints.is_empty() {
            return Err(format!("{path}: {complaints:?}").into());
        }
    }
    Ok(())
}
