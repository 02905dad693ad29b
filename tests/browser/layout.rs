//! Nothing makes a page scroll sideways, on a phone, a tablet or a desk, with type of
//! twice the size, and in the colours of a system with high contrast.

use serde_json::json;

use crate::chromium::Browser;
use crate::page::Page;
use crate::site::Site;
use crate::{Result, searching, verdict};

const WIDTHS: [u32; 3] = [360, 768, 1280];
/// The narrowest that WCAG 1.4.10 asks for, and a wide desk.
const EXTREMES: [u32; 2] = [320, 1920];

/// What is wider than the window and does not scroll in a box of its own.
const WIDE: &str = "(function () {
  var room = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  function boxed(e) {
    for (e = e.parentElement; e && e !== document.body; e = e.parentElement)
      if (getComputedStyle(e).overflowX !== 'visible') return true;
    return false;
  }
  var wide = Array.from(document.body.querySelectorAll('*')).filter(function (e) {
    return e.getBoundingClientRect().right > room + 0.5 && !boxed(e);
  }).map(function (e) {
    return e.tagName.toLowerCase() + (e.getAttribute('class') ? '.' + e.getAttribute('class').trim().split(/\\s+/).join('.') : '')
      + ' to ' + Math.round(e.getBoundingClientRect().right);
  });
  return ['scrolls to ' + document.scrollingElement.scrollWidth].concat(wide.slice(0, 4));
})()";

pub fn nothing_is_wider_than_the_window(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let mut found = Vec::new();
    for made in site.samples() {
        page.go(&format!("{}{}", site.top, made.path))?;
        for width in WIDTHS {
            measure(&mut page, width, &made.path, &mut found)?;
        }
    }
    verdict(&found)
}

pub fn large_type_fits_a_phone(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.go(&site.top)?;
    page.ask::<()>("localStorage.setItem('jiangtai.size', 'large')")?;
    let mut found = Vec::new();
    for made in site.samples() {
        page.go(&format!("{}{}", site.top, made.path))?;
        measure(&mut page, WIDTHS[0], &made.path, &mut found)?;
    }
    verdict(&found)
}

/// The narrowest and the widest window, and type of twice the size (WCAG 1.4.4).
pub fn extremes_fit(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let mut found = Vec::new();
    for path in site.longest_of_each() {
        page.go(&format!("{}{path}", site.top))?;
        for width in EXTREMES {
            measure(&mut page, width, path, &mut found)?;
        }
        page.ask::<()>("document.documentElement.style.fontSize = '200%'; undefined")?;
        for width in [WIDTHS[1], WIDTHS[2]] {
            measure(&mut page, width, &format!("{path} in type of twice the size"), &mut found)?;
        }
    }
    verdict(&found)
}

/// With the colours of the system, what is drawn in a chart is seen on its ground, what
/// is chosen differs from what is not, and every control has an edge.
pub fn forced_colours_keep_meaning(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let mut found = Vec::new();
    for scheme in ["light", "dark"] {
        let features = json!([
            { "name": "forced-colors", "value": "active" },
            { "name": "prefers-color-scheme", "value": scheme },
        ]);
        page.call("Emulation.setEmulatedMedia", json!({ "media": "screen", "features": features }))?;
        for kind in ["statistics", "home", "unit-year", "lesson", "choose"] {
            let path = site.longest(kind)?;
            page.go(&format!("{}{path}", site.top))?;
            let lost: Vec<String> = page.ask(LOST)?;
            found.extend(lost.into_iter().map(|lost| format!("{path} {scheme}: {lost}")));
        }
    }
    verdict(&found)
}

const LOST: &str = "(function () {
  var found = [], ground = getComputedStyle(document.body).backgroundColor;
  if (!matchMedia('(forced-colors: active)').matches) found.push('the colours are not forced');
  document.querySelectorAll('.bar, .point, .chart text').forEach(function (e) {
    if (getComputedStyle(e).fill === ground) found.push(e.outerHTML.slice(0, 60) + ' has the colour of the ground');
  });
  document.querySelectorAll('.site-nav a[aria-current], .years a[aria-current]').forEach(function (e) {
    if (getComputedStyle(e).outlineStyle === 'none') found.push(e.textContent + ' does not look chosen');
  });
  document.querySelectorAll('main .button, main input, main select').forEach(function (e) {
    var style = getComputedStyle(e), drawnBySystem = /^(checkbox|radio|hidden)$/.test(e.type);
    if (!drawnBySystem && e.checkVisibility() && (style.borderTopStyle === 'none' || style.borderTopColor === ground)) found.push(e.outerHTML.slice(0, 60) + ' has no edge');
  });
  return found;
})()";

/// Controls that stand by themselves, not in a line of text, are 44 pixels high.
const SMALL: &str = "Array.from(document.querySelectorAll('.site-nav a, .footer-links a, .facet-list a, .pager a, .jumps a, .years a, .button, summary, .search-box input, .suggestions li, .chip, .facet-values label, .link-button'))
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 80) + ' is ' + Math.round(e.getBoundingClientRect().height) + ' high')";

/// The search page and what comes out of the box, at every width.
pub fn search_fits(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let mut found = Vec::new();
    for state in searching::STATES {
        for width in WIDTHS {
            page.size(width, 900)?;
            searching::reach(&mut page, &site.top, state)?;
            let at = format!("search {state:?} at {width}");
            let wide: Vec<String> = page.ask(WIDE)?;
            found.extend(wide.into_iter().map(|wide| format!("{at}: {wide}")));
            let small: Vec<String> = page.ask(SMALL)?;
            found.extend(small.into_iter().filter(|_| width == WIDTHS[0]).map(|control| format!("{at}: {control}")));
        }
    }
    verdict(&found)
}

pub fn fingers_hit_every_control(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    page.size(WIDTHS[0], 900)?;
    let mut found = Vec::new();
    for path in site.longest_of_each().into_iter().chain([site.lesson_with_quizzes()?]) {
        page.go(&format!("{}{path}", site.top))?;
        let small: Vec<String> = page.ask(SMALL)?;
        found.extend(small.into_iter().map(|control| format!("{path}: {control}")));
    }
    verdict(&found)
}

pub fn measure(page: &mut Page<'_>, width: u32, path: &str, found: &mut Vec<String>) -> Result {
    page.size(width, 900)?;
    page.ask::<()>("document.querySelectorAll('main details').forEach(e => { e.open = true; }); undefined")?;
    let wide: Vec<String> = page.ask(WIDE)?;
    if !wide.is_empty() {
        found.push(format!("{path} at {width}: {}", wide.join(", ")));
    }
    Ok(())
}
