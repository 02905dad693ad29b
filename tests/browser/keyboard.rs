//! A reader without a mouse: the menu, the settings, a form and the slides by keys
//! alone. Every stop on the way shows where the focus is.

use crate::chromium::Browser;
use crate::desk::stop_is_seen;
use crate::forms::{SAVE, SELECTION, file};
use crate::page::{DOWN, ENTER, ESCAPE, Key, Page, TAB};
use crate::site::Site;
use crate::{Result, verdict};

const SPACE: Key = Key(" ", "Space", 32, " ");

/// More stops than any page has before the one that is looked for.
const PATIENCE: usize = 150;

/// Goes on by Tab until the focus is there.
fn tab_to(page: &mut Page<'_>, selector: &str) -> Result {
    for _ in 0..PATIENCE {
        page.press(&TAB)?;
        stop_is_seen(page)?;
        if page.ask(&format!("document.activeElement.matches(\"{selector}\")"))? {
            return Ok(());
        }
    }
    Err(format!("Tab does not lead to {selector}").into())
}

fn is_kind(page: &mut Page<'_>, kind: &str) -> Result {
    let there = format!("document.body.classList.contains('page-{kind}') && document.readyState === 'complete'");
    page.wait_for(&there, kind)
}

pub fn menu_and_settings(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.media("screen", "light")?;
    page.go(&format!("{}index.html", site.top))?;
    tab_to(&mut page, "[data-settings] > summary")?;
    page.press(&ENTER)?;
    page.wait_for("document.querySelector('[data-settings]').open", "Enter opens the settings")?;
    tab_to(&mut page, "input[name=set-size]")?;
    page.press(&DOWN)?;
    page.wait_for("document.documentElement.dataset.size === 'large'", "an arrow takes large type")?;
    tab_to(&mut page, "input[name=set-theme]")?;
    page.press(&DOWN)?;
    page.press(&DOWN)?;
    page.wait_for("document.documentElement.dataset.theme === 'dark'", "two arrows take the dark")?;
    page.press(&ESCAPE)?;
    page.expect("!document.querySelector('[data-settings]').open", "Escape closes them")?;
    tab_to(&mut page, ".site-nav a[href$='units/index.html']")?;
    page.press(&ENTER)?;
    is_kind(&mut page, "units")?;
    page.expect("document.documentElement.dataset.size === 'large'", "the settings hold on the next page")?;
    tab_to(&mut page, "main a[href$='chengdong/index.html']")?;
    page.press(&ENTER)?;
    is_kind(&mut page, "unit")?;
    tab_to(&mut page, "main details > summary")?;
    page.press(&SPACE)?;
    page.expect("document.activeElement.parentNode.open", "Space unfolds")
}

pub fn a_form(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        let mut page = browser.page()?;
        let inbox = tempfile::tempdir()?;
        page.media("screen", "light")?;
        page.save_into(inbox.path())?;
        page.go(&format!("{place}{SELECTION}"))?;
        tab_to(&mut page, "#name")?;
        page.press(&ENTER)?;
        page.expect("document.activeElement.getAttribute('aria-invalid') === 'true'", "Enter tells what is missing")?;
        page.write("卫白露")?;
        tab_to(&mut page, "#pick-1")?;
        page.press(&SPACE)?;
        tab_to(&mut page, "#rank-1")?;
        page.press(&DOWN)?;
        page.expect("document.querySelector('#rank-1').value === '1'", "an arrow takes the first rank")?;
        tab_to(&mut page, &SAVE.replace("form[data-fill] ", ""))?;
        page.press(&ENTER)?;
        let (name, bytes) = file(&mut page, inbox.path())?;
        if !name.ends_with(".csv") || !String::from_utf8_lossy(&bytes).contains("卫白露") {
            return Err(format!("{name} does not hold what was typed").into());
        }
    }
    Ok(())
}

/// The number of the slide that is shown, from 1.
const AT: &str = "Array.from(document.querySelectorAll('.slide')).findIndex(e => e.classList.contains('is-now')) + 1";

pub fn slides(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.media("screen", "light")?;
    page.go(&format!("{}{}", site.top, site.lesson_with_quizzes()?))?;
    tab_to(&mut page, "a[data-slides]")?;
    page.press(&ENTER)?;
    is_kind(&mut page, "slides")?;
    tab_to(&mut page, "[data-do=next]")?;
    page.press(&ENTER)?;
    page.wait_for(&format!("{AT} === 2"), "Enter on the button shows the next slide")?;
    page.press(&SPACE)?;
    page.wait_for(&format!("{AT} === 3"), "so does Space, once")?;
    tab_to(&mut page, "[data-open-help]")?;
    page.press(&ENTER)?;
    page.wait_for("document.querySelector('[data-help]').open", "the list of keys opens")?;
    page.press(&ESCAPE)?;
    page.wait_for("!document.querySelector('[data-help]').open", "and closes")?;
    page.expect("document.activeElement.matches('[data-open-help]')", "the focus goes back")?;
    tab_to(&mut page, ".deck-tools > a")?;
    page.press(&ENTER)?;
    is_kind(&mut page, "lesson")
}

/// For whom motion is not wanted, nothing glides, fades or turns.
pub fn nothing_moves(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.media("screen", "light")?;
    let mut found = Vec::new();
    for path in site.longest_of_each() {
        page.go(&format!("{}{path}", site.top))?;
        let moving: Vec<String> = page.ask(
            "Array.from(document.querySelectorAll('*')).filter(function (e) {
               var s = getComputedStyle(e);
               return s.scrollBehavior === 'smooth' || s.animationName !== 'none' || /[1-9]/.test(s.transitionDuration);
             }).map(e => e.outerHTML.slice(0, 60))",
        )?;
        found.extend(moving.into_iter().map(|element| format!("{path}: {element}")));
    }
    verdict(&found)
}
