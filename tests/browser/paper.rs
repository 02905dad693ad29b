//! Print: A4, nothing folded, nothing of the screen only.

use serde_json::json;

use crate::chromium::Browser;
use crate::page::Page;
use crate::site::{ALL_SORTS_PAGE, Site};
use crate::{Result, verdict};

/// A4 in points, and how far a page may be from it.
const A4: [f64; 2] = [595.28, 841.89];
const NEAR: f64 = 1.5;

/// Words that stand folded on the screen and must be on paper, and what must not. The
/// filters of the search are controls and have no place on paper.
const FOLDED: &str = "Array.from(document.querySelectorAll('main details')).filter(d => !d.closest('[data-aside]')).filter(function (d) {
  return !d.checkVisibility() || !Array.from(d.children).every(function (e) {
    return e.tagName === 'SUMMARY' || (e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 0);
  });
}).map(d => 'folded on paper: ' + d.className)";
const SCREEN_ONLY: &str = "Array.from(document.querySelectorAll('.site-nav, .site-footer, .skip, .crumbs, .actions, [data-settings], [data-aside], button'))
  .filter(e => e.checkVisibility()).map(e => 'on paper: ' + e.outerHTML.slice(0, 80))";
const LOOSE: &str = "Array.from(document.querySelectorAll('main h2, main h3, thead')).filter(function (e) {
  var s = getComputedStyle(e);
  if (!e.checkVisibility()) return false;
  return e.tagName === 'THEAD' ? s.display !== 'table-header-group' : s.breakAfter !== 'avoid';
}).map(e => 'may be parted from what follows: ' + e.tagName + ' ' + e.textContent.trim().slice(0, 30))";

pub fn is_a4_and_unfolded(browser: &mut Browser, site: &Site) -> Result {
    let mut found = Vec::new();
    let mut page = browser.page()?;
    for path in site.longest_of_each().into_iter().chain([ALL_SORTS_PAGE]) {
        page.go(&format!("{}{path}", site.top))?;
        look(&mut page, path, &mut found)?;
    }
    page.without_scripts()?;
    page.go(&format!("{}{ALL_SORTS_PAGE}", site.top))?;
    look(&mut page, "without scripts", &mut found)?;
    verdict(&found)
}

fn look(page: &mut Page<'_>, path: &str, found: &mut Vec<String>) -> Result {
    let folds = "Array.from(document.querySelectorAll('main details')).map(d => d.open)";
    let before: Vec<bool> = page.ask(folds)?;
    page.media("print", "light")?;
    for question in [FOLDED, SCREEN_ONLY, LOOSE] {
        let answers: Vec<String> = page.ask(question)?;
        found.extend(answers.into_iter().map(|answer| format!("{path}: {answer}")));
    }
    page.media("screen", "light")?;
    let sheets = sheets(page)?;
    if sheets.is_empty() || sheets.iter().any(|size| !is_a4(size)) {
        found.push(format!("{path}: sheets of {sheets:?}"));
    }
    if page.ask::<Vec<bool>>(folds)? != before {
        found.push(format!("{path}: what print opened stays open"));
    }
    Ok(())
}

/// The sizes of the pages of the printed document.
fn sheets(page: &mut Page<'_>) -> Result<Vec<Vec<f64>>> {
    let answer = page.call("Page.printToPDF", json!({ "preferCSSPageSize": true }))?;
    let bytes = decode(answer["data"].as_str().ok_or("no document")?);
    let text = String::from_utf8_lossy(&bytes);
    let boxes = text.split("/MediaBox").skip(1).filter_map(|rest| rest.split_once('[')?.1.split_once(']'));
    Ok(boxes
        .map(|(numbers, _)| numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect())
        .collect())
}

fn is_a4(size: &[f64]) -> bool {
    size.len() == 4 && (0..2).all(|at| (size[at + 2] - size[at] - A4[at]).abs() < NEAR)
}

/// Base64, as the protocol sends bytes.
fn decode(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(value).map(u32::from).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for four in digits.chunks(4) {
        let whole = four.iter().fold(0, |sum, digit| sum << 6 | digit) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&whole.to_be_bytes()[1..four.len()]);
    }
    bytes
}
