//! Every kind of page loads and runs without a word from the browser, wherever the
//! site lies.

use crate::chromium::Browser;
use crate::site::Site;
use crate::{Result, verdict};

pub fn over_http(browser: &mut Browser, site: &Site) -> Result {
    load(browser, site, &site.top, &[&site.top])
}

/// A link or a file named from the top of the server would lead outside the site.
pub fn below_the_top(browser: &mut Browser, site: &Site) -> Result {
    let own = format!("{}__jiangtai/", site.server);
    load(browser, site, &site.below, &[&site.below, &own])
}

pub fn from_a_folder(browser: &mut Browser, site: &Site) -> Result {
    load(browser, site, &site.folder, &[&site.folder])
}

fn load(browser: &mut Browser, site: &Site, place: &str, within: &[&str]) -> Result {
    let mut page = browser.page()?;
    page.stay_within(within);
    let mut found = Vec::new();
    // The page for unknown addresses is shown at any depth, so it is the one that names
    // everything from the top of the server.
    let is_at_home = |kind: &str| kind != "404" || place == site.top;
    for made in site.samples().into_iter().filter(|made| is_at_home(&made.kind)) {
        page.go(&format!("{place}{}", made.path))?;
        found.extend(page.complaints().into_iter().map(|complaint| format!("{}: {complaint}", made.path)));
        let works: bool = page.ask(
            "document.documentElement.classList.contains('js') && document.styleSheets.length > 0
             && document.querySelectorAll('h1').length === 1 && document.title !== ''",
        )?;
        if !works {
            found.push(format!("{}: without script, style, title or its one heading", made.path));
        }
        let outside: Vec<String> = page.ask(&OUTSIDE.replace("PLACE", &crate::page::quoted(place)))?;
        found.extend(outside.into_iter().map(|link| format!("{}: leads outside to {link}", made.path)));
    }
    verdict(&found)
}

/// Links out of the site; those to people's own mail are meant.
const OUTSIDE: &str = "Array.from(document.querySelectorAll('a[href], area[href], form[action]'))
    .map(e => e.href || e.action).filter(href => !href.startsWith(PLACE) && !href.startsWith('mailto:'))";
