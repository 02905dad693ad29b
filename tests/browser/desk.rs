//! What scripts add: display settings, quizzes and keys.

use crate::Result;
use crate::chromium::Browser;
use crate::page::{ENTER, ESCAPE, P, Page, QUESTION, TAB, quoted};
use crate::site::Site;

/// What the settings change: size of type, ground, and the colour of quiet text.
const LOOK: &str = "(function () {
  var style = getComputedStyle(document.body), root = getComputedStyle(document.documentElement);
  return [parseFloat(getComputedStyle(document.querySelector('main p, main a')).fontSize), style.backgroundColor,
    root.getPropertyValue('--ink-2') + root.getPropertyValue('--line')];
})()";

type Look = (f64, String, String);

pub fn settings_stay(browser: &mut Browser, site: &Site) -> Result {
    settings(&mut browser.page()?, &site.top)
}

pub fn settings_stay_in_a_folder(browser: &mut Browser, site: &Site) -> Result {
    settings(&mut browser.page()?, &site.folder)
}

fn settings(page: &mut Page<'_>, place: &str) -> Result {
    page.go(&format!("{place}index.html"))?;
    let usual: Look = page.ask(LOOK)?;
    page.click("[data-settings] summary")?;
    for choice in ["size][value=large", "theme][value=dark", "contrast][value=more"] {
        page.click(&format!("input[name=set-{choice}]"))?;
    }
    let chosen: Look = page.ask(LOOK)?;
    if chosen.0 <= usual.0 || chosen.1 == usual.1 || chosen.2 == usual.2 {
        return Err(format!("settings change {usual:?} to {chosen:?}").into());
    }
    page.reload()?;
    same(page, &chosen, "after a reload")?;
    page.expect("document.querySelector('input[name=set-theme][value=dark]').checked", "the choice is marked")?;
    page.go(&format!("{place}lessons/index.html"))?;
    let (size, ground, _): Look = page.ask(LOOK)?;
    if ground != chosen.1 || size <= 0.0 {
        return Err(format!("another page has the ground {ground}").into());
    }
    page.go(&format!("{place}index.html"))?;
    page.click("[data-settings] summary")?;
    for choice in ["size][value=normal", "theme][value=auto", "contrast][value=normal"] {
        page.click(&format!("input[name=set-{choice}]"))?;
    }
    same(page, &usual, "when all is taken back")
}

fn same(page: &mut Page<'_>, wanted: &Look, when: &str) -> Result {
    let now: Look = page.ask(LOOK)?;
    if now == *wanted { Ok(()) } else { Err(format!("{when}: {now:?} instead of {wanted:?}").into()) }
}

pub fn a_quiz_answers(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.go(&format!("{}{}", site.top, site.lesson_with_quizzes()?))?;
    let count: usize = page.ask("document.querySelectorAll('.quiz-item').length")?;
    for at in 1..=count {
        let item = format!(".quiz-item:nth-child({at})");
        if page.ask(&format!("document.querySelector('{item} .quiz-bar') !== null"))? {
            nothing_chosen(&mut page, &item)?;
            answer(&mut page, &item, false)?;
            answer(&mut page, &item, true)?;
        }
    }
    page.expect("document.querySelector('.quiz-total').textContent.trim() !== ''", "the score is told at the end")
}

/// The gallery shows what was chosen, from a server and from a folder; the choice stays in
/// the address, and a link into a folded preview opens it.
pub fn the_gallery_filters(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    for place in [&site.top, &site.folder] {
        page.go(&format!("{place}courseware/index.html"))?;
        let shown = "Array.from(document.querySelectorAll('.laureate-lesson')).filter(e => e.checkVisibility())";
        let all: usize = page.ask(&format!("{shown}.length"))?;
        page.ask::<()>(
            "var unit = document.querySelector('[data-filter=unit]'); unit.value = '消费维权支部';
             unit.dispatchEvent(new Event('change', { bubbles: true })); undefined",
        )?;
        let some: usize = page.ask(&format!("{shown}.length"))?;
        page.expect(
            &format!("{shown}.every(e => e.dataset.unit === '消费维权支部')"),
            "only what was chosen is shown",
        )?;
        page.expect(&format!("document.querySelector('[data-count]').textContent.includes('{some}')"), "the count")?;
        if some == 0 || some >= all {
            return Err(format!("{place}: {some} of {all} are shown").into());
        }
        page.reload()?;
        page.expect(&format!("{shown}.length === {some}"), "the choice stays in the address")?;
        page.go(&format!("{place}units/chengdong/2025/tui-yi-pei-san.html#file-1-3"))?;
        page.wait_for("document.querySelector('#file-1 details').open", "the preview opens for a hit in it")?;
    }
    Ok(())
}

fn nothing_chosen(page: &mut Page<'_>, item: &str) -> Result {
    page.click(&format!("{item} .quiz-bar button"))?;
    said(page, item, "choose")?;
    page.expect(&format!("!document.querySelector('{item} .quiz-answer').open"), "the answer stays folded")
}

/// Chooses rightly or wrongly, checks, and reads what is said. Ends with the button
/// for another try, and begins with it when the question was answered before.
fn answer(page: &mut Page<'_>, item: &str, rightly: bool) -> Result {
    if page.ask(&format!("document.querySelector('{item} input').disabled"))? {
        page.click(&format!("{item} .quiz-bar button"))?;
        page.expect(&format!("!document.querySelector('{item} .is-right, {item} .is-wrong')"), "a new try")?;
    }
    let wanted = if rightly { "[data-right]" } else { ":not([data-right])" };
    let multiple: bool = page.ask(&format!("document.querySelector('{item}').dataset.kind === 'multiple'"))?;
    let options = format!("{item} .quiz-options > li");
    let count: usize = page.ask(&format!("document.querySelectorAll('{options}').length"))?;
    for at in 1..=count {
        let option = format!("{options}:nth-child({at}){wanted}");
        if page.ask(&format!("document.querySelector('{option}') !== null"))? {
            page.click(&format!("{option} label"))?;
            if !multiple {
                break;
            }
        }
    }
    page.click(&format!("{item} .quiz-bar button"))?;
    said(page, item, if rightly { "right" } else { "wrong" })?;
    page.expect(&format!("document.querySelector('{item} .quiz-answer').open"), "the answer opens")?;
    page.expect(
        &format!("document.querySelector('{item} .is-right .quiz-mark').textContent !== ''"),
        "a mark in words",
    )?;
    let wrong: bool = page.ask(&format!("document.querySelector('{item} .is-wrong') !== null"))?;
    if wrong == rightly { Err(format!("{item}: what is wrong is marked {wrong}").into()) } else { Ok(()) }
}

fn said(page: &mut Page<'_>, item: &str, word: &str) -> Result {
    let wanted: String = page.ask(&format!("document.querySelector('[data-quizzes]').dataset.{word}"))?;
    let said = page.text(&format!("{item} .quiz-result"))?;
    if said == wanted { Ok(()) } else { Err(format!("{item} says {said} instead of {wanted}").into()) }
}

pub fn the_keyboard_reaches_everything(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.go(&format!("{}{}", site.top, site.lesson_with_quizzes()?))?;
    page.press(&TAB)?;
    page.expect("document.activeElement.matches('.skip')", "the first stop is the way to the text")?;
    page.expect(&in_sight(".skip"), "the way to the text is seen when it is reached")?;
    page.press(&ENTER)?;
    page.wait_for("location.hash === '#main' && document.activeElement.id === 'main'", "the text is reached")?;
    focus_is_seen(&mut page)?;
    page.press(&QUESTION)?;
    page.wait_for("document.querySelector('[data-help]').open", "? opens the list of keys")?;
    page.expect(&in_sight("[data-help]"), "the list of keys is seen")?;
    page.press(&ESCAPE)?;
    page.wait_for("!document.querySelector('[data-help]').open", "Escape closes it")?;
    page.ask::<()>("window.print = function () { window.printed = true; }; undefined")?;
    page.press(&P)?;
    page.wait_for("window.printed === true", "p prints")?;
    page.click("[data-settings] summary")?;
    page.wait_for("document.querySelector('[data-settings]').open", "the settings open")?;
    page.press(&ESCAPE)?;
    page.wait_for("!document.querySelector('[data-settings]').open", "Escape closes the settings")?;
    page.expect("document.activeElement.matches('[data-settings] summary')", "the focus goes back")
}

/// From the top of the page, every stop of the Tab key shows where it is.
fn focus_is_seen(page: &mut Page<'_>) -> Result {
    page.reload()?;
    page.ask::<()>("window.scrollTo(0, 0); document.activeElement.blur(); undefined")?;
    for _ in 0..25 {
        page.press(&TAB)?;
        stop_is_seen(page)?;
    }
    Ok(())
}

/// The stop where the Tab key is shows it.
pub fn stop_is_seen(page: &mut Page<'_>) -> Result {
    let unseen: Option<String> = page.ask(
        "(function (e) { var s = getComputedStyle(e), r = e.getBoundingClientRect();
           var drawn = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
           var near = r.width > 0 && r.bottom > 0 && r.top < innerHeight;
           return e !== document.body && !(drawn && near) ? e.outerHTML.slice(0, 120) : null; })(document.activeElement)",
    )?;
    unseen.map_or(Ok(()), |element| Err(format!("the focus is not seen on {element}").into()))
}

fn in_sight(selector: &str) -> String {
    format!(
        "(function (e) {{ var r = e.getBoundingClientRect();
           return e.checkVisibility() && r.width > 20 && r.height > 10 && r.top >= 0 && r.bottom <= innerHeight; }})
         (document.querySelector({}))",
        quoted(selector)
    )
}
