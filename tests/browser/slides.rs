//! 放映: one slide at a time by keys, clicker, finger and mouse, nothing cut on any
//! screen, and a presenter window that stays in step, from a server and from a folder.

use serde_json::json;

use crate::chromium::Browser;
use crate::page::{ENTER, ESCAPE, Key, Page};
use crate::site::{ALL_SORTS_PAGE, Site};
use crate::{Result, verdict};

const NEXT: Key = Key("PageDown", "PageDown", 34, "");
const BACK: Key = Key("PageUp", "PageUp", 33, "");
const RIGHT: Key = Key("ArrowRight", "ArrowRight", 39, "");
const LEFT: Key = Key("ArrowLeft", "ArrowLeft", 37, "");
const SPACE: Key = Key(" ", "Space", 32, " ");
const HOME: Key = Key("Home", "Home", 36, "");
const END: Key = Key("End", "End", 35, "");

/// A key with a letter or a digit on it.
fn letter(name: &'static str) -> Key {
    Key(name, name, u32::from(name.as_bytes()[0].to_ascii_uppercase()), name)
}

/// The slides of a lesson.
fn slides_of(lesson: &str) -> String {
    lesson.replace(".html", "-slides.html")
}

/// The windows of projectors, desks and phones.
const SCREENS: [(u32, u32); 6] = [(1920, 1080), (1280, 800), (1024, 768), (800, 600), (768, 1024), (360, 740)];

/// What is cut, too small, or outside of the window, on the slide that is shown.
const CUT: &str = "(function () {
  var slide = document.querySelector('.slide.is-now'), body = slide.querySelector('.slide-body');
  var canvas = slide.firstElementChild, r = slide.getBoundingClientRect(), found = [];
  if (body.classList.contains('is-long')) found.push('is too long');
  if (body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1) found.push('is cut in its body');
  if (canvas.scrollHeight > canvas.clientHeight + 1 || canvas.scrollWidth > canvas.clientWidth + 1) found.push('is cut');
  if (r.left < -1 || r.top < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1) found.push('is outside of the window');
  if (Array.from(document.querySelectorAll('.slide')).filter(e => e.checkVisibility()).length !== 1) found.push('is not alone');
  return found;
})()";

pub fn nothing_is_cut(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let mut found = Vec::new();
    for path in [slides_of(ALL_SORTS_PAGE), site.longest("slides")?.to_owned(), slides_of(site.lesson_with_quizzes()?)]
    {
        page.go(&format!("{}{path}", site.top))?;
        let count = count(&mut page)?;
        for (width, height) in SCREENS {
            page.size(width, height)?;
            page.press(&HOME)?;
            for at in 1..=count {
                is_at(&mut page, at)?;
                let cut: Vec<String> = page.ask(CUT)?;
                found.extend(cut.into_iter().map(|cut| format!("{path} {at} at {width} x {height}: {cut}")));
                step(&mut page, at, count)?;
            }
        }
    }
    verdict(&found)
}

/// On to the next slide, past an answer that is still to come.
fn step(page: &mut Page<'_>, at: usize, count: usize) -> Result {
    while at < count && page.ask::<usize>(AT)? == at {
        page.press(&NEXT)?;
    }
    Ok(())
}

/// The number of the slide that is shown, from 1.
const AT: &str = "Array.from(document.querySelectorAll('.slide')).findIndex(e => e.classList.contains('is-now')) + 1";

fn count(page: &mut Page<'_>) -> Result<usize> {
    page.ask("document.querySelectorAll('.slide').length")
}

fn is_at(page: &mut Page<'_>, number: usize) -> Result {
    let at: usize = page.ask(AT)?;
    if at == number { Ok(()) } else { Err(format!("slide {at} is shown instead of {number}").into()) }
}

pub fn keys_walk(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        walk(&mut browser.page()?, place, site.lesson_with_quizzes()?)?;
    }
    Ok(())
}

fn walk(page: &mut Page<'_>, place: &str, lesson: &str) -> Result {
    page.go(&format!("{place}{lesson}"))?;
    page.press(&letter("s"))?;
    page.wait_for(
        "location.pathname.endsWith('-slides.html') && document.readyState === 'complete'",
        "s shows slides",
    )?;
    let last = count(page)?;
    for (key, number) in [(&NEXT, 2), (&RIGHT, 3), (&BACK, 2), (&LEFT, 1), (&SPACE, 2), (&END, last), (&HOME, 1)] {
        page.press(key)?;
        is_at(page, number)?;
    }
    page.press(&letter("3"))?;
    page.press(&ENTER)?;
    is_at(page, 3)?;
    page.expect("location.hash === '#slide-3' && document.querySelector('[data-progress]').value === 3", "it is told")?;
    page.expect("document.querySelector('[data-say]').textContent !== ''", "readers of the screen hear it")?;
    page.reload()?;
    is_at(page, 3)?;
    answers(page)?;
    blank(page)?;
    overview(page)?;
    by_hand(page)?;
    page.ask::<()>("document.documentElement.setAttribute('data-keys', 'off'); undefined")?;
    page.press(&HOME)?;
    page.press(&letter("n"))?;
    page.press(&letter("b"))?;
    is_at(page, 1)?;
    page.press(&NEXT)?;
    is_at(page, 2)
}

/// A question first shows its answer, then the next slide.
fn answers(page: &mut Page<'_>) -> Result {
    let first: usize = page
        .ask("Array.from(document.querySelectorAll('.slide')).findIndex(e => e.querySelector('.quiz-answer')) + 1")?;
    page.ask::<()>(&format!("location.hash = '#slide-{first}'; undefined"))?;
    page.wait_for(&format!("{AT} === {first}"), "the address leads to a slide")?;
    let open = "document.querySelector('.slide.is-now .quiz-answer').open";
    page.expect(&format!("!{open}"), "the answer waits")?;
    page.press(&NEXT)?;
    is_at(page, first)?;
    page.expect(open, "the answer comes first")?;
    page.press(&letter("a"))?;
    page.expect(&format!("!{open}"), "a folds it again")?;
    page.click(".slide.is-now .quiz-answer summary")?;
    page.wait_for(
        &format!("document.querySelector('.slide.is-now').classList.contains('is-revealed') && {open}"),
        "a click",
    )?;
    page.press(&NEXT)?;
    is_at(page, first + 1)
}

fn blank(page: &mut Page<'_>) -> Result {
    let at: usize = page.ask(AT)?;
    for (key, is_white) in [("b", false), ("w", true), (".", false)] {
        page.press(&letter(key))?;
        let seen = "document.querySelector('[data-blank]').checkVisibility()";
        let white = "document.querySelector('[data-blank]').classList.contains('is-white')";
        page.expect(&format!("{seen} && {white} === {is_white}"), "the screen is blank")?;
        page.press(if is_white { &ESCAPE } else { &NEXT })?;
        page.expect(&format!("!{seen}"), "it is back")?;
        is_at(page, at)?;
    }
    Ok(())
}

fn overview(page: &mut Page<'_>) -> Result {
    page.press(&HOME)?;
    page.press(&letter("o"))?;
    page.expect("Array.from(document.querySelectorAll('.slide')).every(e => e.checkVisibility())", "all are seen")?;
    page.press(&RIGHT)?;
    page.expect("document.activeElement.matches('.slide:nth-child(2) .slide-pick')", "arrows walk over them")?;
    page.press(&ENTER)?;
    page.expect("!document.documentElement.classList.contains('is-overview')", "Enter shows one")?;
    is_at(page, 2)?;
    page.press(&letter("o"))?;
    page.press(&ESCAPE)?;
    page.expect("!document.documentElement.classList.contains('is-overview')", "Escape leaves it")?;
    is_at(page, 2)
}

/// The mouse, the buttons, and a finger that strokes to the left and to the right.
fn by_hand(page: &mut Page<'_>) -> Result {
    page.press(&HOME)?;
    page.click(".slide.is-now .slide-lede")?;
    is_at(page, 2)?;
    page.click("[data-do=previous]")?;
    is_at(page, 1)?;
    page.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }))?;
    for (from, to, number) in [(900, 500, 2), (500, 900, 1), (900, 880, 1)] {
        for (kind, points) in [
            ("touchStart", json!([{ "x": from, "y": 300 }])),
            ("touchMove", json!([{ "x": to, "y": 300 }])),
            ("touchEnd", json!([])),
        ] {
            page.call("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }))?;
        }
        page.wait_for(&format!("{AT} === {number}"), "a finger strokes")?;
    }
    page.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": false })).map(drop)
}

pub fn the_presenter_window_is_in_step(browser: &mut Browser, site: &Site) -> Result {
    for place in [&site.top, &site.folder] {
        present(&mut browser.page()?, place)?;
    }
    Ok(())
}

fn present(page: &mut Page<'_>, place: &str) -> Result {
    page.go(&format!("{place}{}", slides_of(ALL_SORTS_PAGE)))?;
    let quiz: usize = page
        .ask("Array.from(document.querySelectorAll('.slide')).findIndex(e => e.querySelector('.quiz-answer')) + 1")?;
    page.press(&letter("s"))?;
    let (screen, presenter) = page.opened()?;
    page.wait_for(&format!("document.querySelector('[data-presenter]').checkVisibility() && {AT} === 1"), "it opens")?;
    page.expect(
        "document.querySelector('[data-notes]').textContent.includes('备课的话')",
        "notes on the whole lesson",
    )?;
    page.expect("document.querySelector('.slide.is-next').checkVisibility()", "the next slide is seen")?;
    page.expect("/^\\d\\d:\\d\\d$/.test(document.querySelector('[data-clock]').textContent)", "the clock")?;
    page.expect("document.querySelector('[data-plan]').textContent.includes('35')", "the planned time")?;
    // From the presenter to the screen, and back.
    page.press(&NEXT)?;
    page.turn_to(&screen);
    page.wait_for(&format!("{AT} === 2"), "the screen follows the presenter")?;
    page.press(&END)?;
    page.press(&letter("b"))?;
    page.turn_to(&presenter);
    let last = count(page)?;
    page.wait_for(&format!("{AT} === {last}"), "the presenter follows the screen")?;
    page.wait_for(
        "document.querySelector('[data-do=blank]').getAttribute('aria-pressed') === 'true'",
        "black is told",
    )?;
    page.expect("!document.querySelector('[data-blank]').checkVisibility()", "and the presenter goes on reading")?;
    page.ask::<()>(&format!("location.hash = '#slide-{quiz}'; undefined"))?;
    page.wait_for(&format!("{AT} === {quiz}"), "a question")?;
    page.press(&letter("b"))?;
    page.press(&NEXT)?;
    page.turn_to(&screen);
    page.wait_for(
        &format!("{AT} === {quiz} && document.querySelector('.slide.is-now .quiz-answer').open"),
        "answers too",
    )?;
    page.expect("!document.querySelector('[data-blank]').checkVisibility()", "the screen is back")?;
    // Loaded again, the screen finds the presenter, and the presenter it.
    page.reload()?;
    page.turn_to(&presenter);
    page.wait_for("document.querySelector('.slide.is-now .quiz-answer').open === false", "the screen has begun anew")?;
    page.press(&HOME)?;
    page.turn_to(&screen);
    page.wait_for(&format!("{AT} === 1"), "the screen follows again")
}

pub fn without_scripts_a_document(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.without_scripts()?;
    page.go(&format!("{}{}", site.top, slides_of(site.lesson_with_quizzes()?)))?;
    page.expect(
        "Array.from(document.querySelectorAll('.slide')).every(e => e.checkVisibility())",
        "all slides are seen",
    )?;
    page.expect("!document.querySelector('.deck-bar').checkVisibility()", "nothing is offered in vain")?;
    page.expect("!document.querySelector('.quiz-answer p').checkVisibility()", "answers are folded")?;
    page.click(".quiz-answer summary")?;
    page.wait_for("document.querySelector('.quiz-answer p').checkVisibility()", "an answer opens")?;
    page.follow(".deck-head a")?;
    page.expect("document.body.classList.contains('page-lesson')", "the way back leads to the lesson")
}
