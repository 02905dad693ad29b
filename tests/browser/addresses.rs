//! Addresses that are no longer, and those that never were.

use crate::Result;
use crate::chromium::Browser;
use crate::page::quoted;
use crate::site::{ALL_SORTS_PAGE, Site};

/// The earlier addresses of the lesson with everything.
const OLD: [&str; 2] = ["lao/yang-yang.html", "units/chengdong/2025/yang-yang-jiu.html"];

pub fn old_ones_lead_on(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    for place in [&site.top, &site.below, &site.folder] {
        for old in OLD {
            page.go(&format!("{place}{old}"))?;
            let there = quoted(&format!("{place}{ALL_SORTS_PAGE}"));
            page.wait_for(&format!("location.href === {there} && document.readyState === 'complete'"), old)?;
        }
    }
    page.without_scripts()?;
    page.go(&format!("{}{}", site.top, OLD[0]))?;
    page.wait_for(&format!("location.pathname === {}", quoted(&format!("/{ALL_SORTS_PAGE}"))), "without scripts")
}

/// Also deep down, where the way to the top is another one.
pub fn an_unknown_one_says_so(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    for unknown in ["mei-you.html", "units/mei-you/2025/mei-you.html"] {
        page.go(&format!("{}{unknown}", site.top))?;
        if page.status() != 404 {
            return Err(format!("{unknown} is answered with {}", page.status()).into());
        }
        page.expect("document.body.classList.contains('page-404')", "the page of the site says so")?;
        let works =
            "document.documentElement.classList.contains('js') && document.styleSheets[0].cssRules.length > 100";
        page.expect(works, &format!("script and style are found from {unknown}"))?;
    }
    page.follow("main a[href$='lessons/index.html']")?;
    page.expect("document.body.classList.contains('page-lessons')", "it leads on")
}
