//! With scripts switched off the site is whole.

use crate::chromium::Browser;
use crate::page::{ENTER, Page, quoted};
use crate::site::Site;
use crate::{Result, verdict};

pub fn everything_is_within_reach(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.without_scripts()?;
    page.go(&format!("{}index.html", site.top))?;
    page.expect("!document.documentElement.classList.contains('js')", "no script has run")?;
    page.expect(&unseen("[data-settings], [data-needs-script]"), "what needs scripts is not shown")?;
    let found = walk_the_navigation(&mut page, site)?;
    filter_and_read(&mut page, site)?;
    open_answers(&mut page, site)?;
    search(&mut page, site)?;
    verdict(&found)
}

/// Every entry of the navigation leads to a page that marks it as the current one.
fn walk_the_navigation(page: &mut Page<'_>, site: &Site) -> Result<Vec<String>> {
    let count: usize = page.ask("document.querySelectorAll('.site-nav a').length")?;
    let mut found = Vec::new();
    for at in 1..=count {
        page.go(&format!("{}index.html", site.top))?;
        let path = page.follow(&format!(".site-nav li:nth-child({at}) a"))?;
        page.wait_for("document.querySelector('h1') !== null", "a heading")?;
        let is_marked: bool = page.ask(&format!(
            "document.querySelectorAll('.site-nav [aria-current]').length === 1
             && document.querySelector('.site-nav li:nth-child({at}) a').hasAttribute('aria-current')"
        ))?;
        if !is_marked || page.status() != 200 {
            found.push(format!("entry {at} of the navigation leads to {path}, status {}", page.status()));
        }
    }
    if count < 5 {
        found.push(format!("only {count} entries in the navigation"));
    }
    Ok(found)
}

/// The list of lessons, narrowed by a link, leads to a lesson.
fn filter_and_read(page: &mut Page<'_>, site: &Site) -> Result {
    page.go(&format!("{}lessons/index.html", site.top))?;
    for group in ["unit-", "year-", "domain-", "ability-", "letter-"] {
        page.expect(&format!("document.querySelector('main a[href*={}]') !== null", quoted(group)), "a filter")?;
    }
    page.follow("main a[href*='unit-chengdong']")?;
    page.follow("main a[href*='units/chengdong/2025/']")?;
    page.expect("document.body.classList.contains('page-lesson')", "a lesson is shown")
}

fn open_answers(page: &mut Page<'_>, site: &Site) -> Result {
    page.go(&format!("{}{}", site.top, site.lesson_with_quizzes()?))?;
    page.expect(&unseen(".quiz-answer p"), "answers are folded")?;
    page.click(".quiz-answer summary")?;
    page.wait_for("document.querySelector('.quiz-answer').open", "the answer opens")?;
    page.expect("document.querySelector('.quiz-answer p').checkVisibility()", "the answer is seen")
}

/// The box leads to a page that says why it shows nothing, and to the lists.
fn search(page: &mut Page<'_>, site: &Site) -> Result {
    page.go(&format!("{}units/index.html", site.top))?;
    page.click("[data-search-box]")?;
    page.write("调解")?;
    page.press(&ENTER)?;
    page.wait_for("document.body.classList.contains('page-search')", "the search page")?;
    page.expect("document.querySelector('main noscript').checkVisibility()", "it says why")?;
    page.expect(&unseen("[data-results], [data-recent], [data-groups]"), "no empty results")?;
    for group in ["unit-", "year-", "domain-", "ability-", "letter-"] {
        page.expect(&format!("document.querySelector('main a[href*={}]') !== null", quoted(group)), "a list")?;
    }
    page.follow("[data-lists] a[href*='unit-chengdong']")?;
    page.expect("document.body.classList.contains('page-lessons')", "lists of lessons")
}

/// Whether none of these can be seen.
fn unseen(selector: &str) -> String {
    format!("Array.from(document.querySelectorAll({})).every(e => !e.checkVisibility())", quoted(selector))
}
