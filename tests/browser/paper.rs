//! Print: A4, nothing folded, nothing of the screen only.

use std::collections::HashMap;

use serde_json::json;

use crate::chromium::Browser;
use crate::page::Page;
use crate::site::{ALL_SORTS_PAGE, Site};
use crate::{Result, verdict};

/// A4 in points, and how far a page may be from it.
const A4: [f64; 2] = [595.28, 841.89];
const NEAR: f64 = 1.5;

/// Words that stand folded on the screen and must be on paper, and what must not. The
/// filters of the search are controls and have no place on paper. Answers stand at the
/// end instead, and what instructors say to slides on theirs alone.
const FOLDED: &str = "Array.from(document.querySelectorAll('main details')).filter(d => !d.closest('[data-aside]')).filter(function (d) {
  if (d.matches('.slide-notes') || (d.matches('.quiz-answer') && Array.from(document.querySelectorAll('.answers')).some(e => e.checkVisibility()))) return false;
  return !d.checkVisibility() || !Array.from(d.children).every(function (e) {
    return e.tagName === 'SUMMARY' || (e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 0);
  });
}).map(d => 'folded on paper: ' + d.className)";
const SCREEN_ONLY: &str = "Array.from(document.querySelectorAll('.site-nav, .site-footer, .skip, .crumbs, .actions > :not(.qr), .qr summary, [data-settings], [data-aside], button'))
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
    let lies: bool = page.ask("document.body.classList.contains('page-certificates')")?;
    if sheets.is_empty() || sheets.iter().any(|size| !is_a4(size, lies)) {
        found.push(format!("{path}: sheets of {sheets:?}"));
    }
    let certificates: usize = page.ask("document.querySelectorAll('.certificate').length")?;
    if lies && sheets.len() != certificates {
        found.push(format!("{path}: {certificates} certificates on {} sheets", sheets.len()));
    }
    if page.ask::<Vec<bool>>(folds)? != before {
        found.push(format!("{path}: what print opened stays open"));
    }
    Ok(())
}

/// What is wider than a sheet of A4 between its margins (174 mm).
const WIDE: &str = "Array.from(document.querySelectorAll('main *')).filter(function (e) {
  return e.checkVisibility() && !e.closest('svg, .sr') && e.getBoundingClientRect().right > 658.5;
}).slice(0, 3).map(e => 'is cut at the side: ' + e.tagName + '.' + e.className)";
/// What may be a line by itself, in its order: headings, and what stands in lists and
/// tables, where a title may stand once more without being a heading.
const LINES: &str = "(function () {
  var bare = e => e.textContent.replace(/\\s+/g, ''), heads = 'h2, h3, h4, .quiz-title, .note-title';
  return Array.from(document.querySelectorAll('main h2, main h3, main h4, main .quiz-title, main .note-title, main li, main td, main li a, main td a'))
    .filter(e => e.checkVisibility() && (e.matches(heads) || !e.closest(heads)))
    .filter(e => e.matches(heads) || !Array.from(e.children).some(inner => bare(inner) === bare(e)))
    .map(e => [bare(e), e.matches(heads)]);
})()";

/// Kinds that have sheets of their own, landscape or with narrower margins.
const OTHER_SHEETS: [&str; 2] = ["class=\"page-certificates", "class=\"page-sheet"];

pub fn cuts_nothing(browser: &mut Browser, site: &Site) -> Result {
    let mut found = Vec::new();
    let mut page = browser.page()?;
    let handout = ALL_SORTS_PAGE.replace(".html", "-slides.html");
    let volume = ALL_SORTS_PAGE.replace("yang-yang-dou-you", "volume");
    for path in site.longest_of_each().into_iter().chain([ALL_SORTS_PAGE, handout.as_str(), volume.as_str()]) {
        page.go(&format!("{}{path}", site.top))?;
        let body: String = page.ask("document.body.outerHTML.slice(0, 60)")?;
        if !OTHER_SHEETS.iter().any(|kind| body.contains(kind)) {
            page.size(658, 900)?;
            page.media("print", "light")?;
            let wide: Vec<String> = page.ask(WIDE)?;
            found.extend(wide.into_iter().map(|wide| format!("{path}: {wide}")));
        }
        page.media("print", "light")?;
        let lines: Vec<(String, bool)> = page.ask(LINES)?;
        page.media("screen", "light")?;
        page.size(1280, 900)?;
        found.extend(parted(&read(&mut page)?, &lines).into_iter().map(|parted| format!("{path}: {parted}")));
    }
    verdict(&found)
}

/// Columns of forms on paper that are too narrow: a topic has forty millimetres at least, a
/// name of three characters stands in one line, and nothing is narrower than two characters.
const NARROW: &str =
    "Array.from(document.querySelectorAll('.sheet-table thead th, .choose thead th')).filter(function (head) {
  var name = head.textContent.trim(), size = parseFloat(getComputedStyle(head).fontSize);
  var least = name === '课题' ? 151 : /小教员|拟授课人|姓名/.test(name) ? 3 * size : 2 * size;
  return head.getBoundingClientRect().width < least;
}).map(head => head.textContent.trim() + ' is ' + Math.round(head.getBoundingClientRect().width) + ' px wide')";
/// The forms that are tables, filled and blank, and whether they lie on their sides.
const FORMS: &[(&str, bool)] = &[
    ("forms/plan.html", true),
    ("units/chengdong/2025/forms/plan.html", true),
    ("forms/ballot-summary.html", true),
    ("units/chengdong/2025/forms/ballot-summary.html", true),
    ("forms/sign-in.html", false),
    ("forms/menu.html", false),
    ("forms/selection.html", false),
    ("units/chengdong/2026/choose.html", false),
    ("forms/unit-summary.html", false),
];

pub fn forms_have_room(browser: &mut Browser, site: &Site) -> Result {
    let mut found = Vec::new();
    let mut page = browser.page()?;
    page.media("print", "light")?;
    for (path, lies) in FORMS {
        page.go(&format!("{}{path}", site.top))?;
        // A4 between its margins, upright or on its side.
        page.size(if *lies { 1016 } else { 658 }, 900)?;
        let heads: usize = page.ask("document.querySelectorAll('.sheet-table thead th, .choose thead th').length")?;
        let narrow: Vec<String> = page.ask(NARROW)?;
        found.extend((heads < 3).then(|| format!("{path} has {heads} columns")));
        found.extend(narrow.into_iter().map(|narrow| format!("{path}: {narrow}")));
    }
    verdict(&found)
}

/// The headings that stand last on their sheets. A line that stands on paper for the
/// n-th time is what stands on the page for the n-th time.
fn parted(sheets: &[Vec<String>], known: &[(String, bool)]) -> Vec<String> {
    let mut found = Vec::new();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (number, sheet) in sheets.iter().enumerate() {
        // The page number stands below the last line.
        let lines: Vec<&str> = sheet.iter().map(String::as_str).filter(|line| !is_page_number(line)).collect();
        lines.iter().for_each(|line| *times.entry(line).or_default() += 1);
        let Some(last) = lines.last().filter(|_| lines.len() > 3) else { continue };
        let same: Vec<bool> =
            known.iter().filter(|(text, _)| text == last).map(|(_, is_heading)| *is_heading).collect();
        if same.get(times[last] - 1).or(same.last()) == Some(&true) {
            found.push(format!("sheet {} ends with the heading {last}", number + 1));
        }
    }
    found
}

fn is_page_number(line: &str) -> bool {
    line.split_once('/').is_some_and(|(one, all)| [one, all].iter().all(|part| part.parse::<u32>().is_ok()))
}

pub fn lesson_handout_volume(browser: &mut Browser, site: &Site) -> Result {
    let mut page = browser.page()?;
    let lesson = site.lesson_with_quizzes()?;
    page.go(&format!("{}{lesson}", site.top))?;
    let title = page.text("h1")?;
    let sheets = read(&mut page)?;
    for word in ["互动式岗位教学教案", "课题", "教学目标", "小教员（签字）", "单位负责人（签字）", "自测答案"]
    {
        says(&sheets, word)?;
    }
    has_running_head(&sheets, 1, "互动式岗位教学法教材库")?;
    page.go(&format!("{}{}", site.top, lesson.replace(".html", "-slides.html")))?;
    let slides: usize = page.ask("document.querySelectorAll('.slide').length")?;
    let handout = read(&mut page)?;
    if handout.len() < slides.div_ceil(5) || handout.len() > slides.div_ceil(2) {
        return Err(format!("{slides} slides on {} sheets", handout.len()).into());
    }
    says(&handout, &title.replace(char::is_whitespace, ""))?;
    let volume = format!("{}/volume.html", lesson.rsplit_once('/').ok_or("no folder")?.0);
    page.go(&format!("{}{volume}", site.top))?;
    let lessons: usize = page.ask("document.querySelectorAll('.volume-lesson').length")?;
    let bound = read(&mut page)?;
    let cover = bound.first().ok_or("no cover")?.concat();
    let contents = bound.get(1).ok_or("no contents")?.concat();
    if !cover.contains("教案合订本") || !contents.contains("目录") || bound.len() < 2 + lessons {
        return Err(format!("{lessons} lessons on {} sheets: {cover} {contents}", bound.len()).into());
    }
    has_running_head(&bound, 1, "年教案合订本")
}

/// The script tells what stands above each sheet but the first ones.
fn has_running_head(sheets: &[Vec<String>], first: usize, head: &str) -> Result {
    let without: Vec<usize> =
        (first..sheets.len()).filter(|at| !sheets[*at].iter().any(|line| line.contains(head))).collect();
    if sheets.len() > first && without.is_empty() { Ok(()) } else { Err(format!("no head on {without:?}").into()) }
}

fn says(sheets: &[Vec<String>], word: &str) -> Result {
    let found = sheets.iter().any(|lines| lines.concat().contains(word));
    if found { Ok(()) } else { Err(format!("{word} is not on paper: {sheets:?}").into()) }
}

/// The lines of each sheet, without blanks, as our own reader of PDF finds them.
fn read(page: &mut Page<'_>) -> Result<Vec<Vec<String>>> {
    let bytes = print(page)?;
    let size = bytes.len() as u64;
    let inside = jiangtai::courseware::extract(&mut std::io::Cursor::new(bytes), "pdf", size, 0);
    let bare = |text: &str| text.replace(char::is_whitespace, "");
    Ok(inside.parts.iter().map(|part| part.texts().map(bare).filter(|text| !text.is_empty()).collect()).collect())
}

/// Prints as a reader would: a medium that is still emulated would rule on paper as well.
fn print(page: &mut Page<'_>) -> Result<Vec<u8>> {
    page.media("", "light")?;
    let answer = page.call("Page.printToPDF", json!({ "preferCSSPageSize": true }))?;
    Ok(decode(answer["data"].as_str().ok_or("no document")?))
}

/// The sizes of the pages of the printed document.
fn sheets(page: &mut Page<'_>) -> Result<Vec<Vec<f64>>> {
    let bytes = print(page)?;
    let text = String::from_utf8_lossy(&bytes);
    let boxes = text.split("/MediaBox").skip(1).filter_map(|rest| rest.split_once('[')?.1.split_once(']'));
    Ok(boxes
        .map(|(numbers, _)| numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect())
        .collect())
}

/// Whether a sheet is A4, upright or on its side.
fn is_a4(size: &[f64], lies: bool) -> bool {
    let want = |at: usize| A4[if lies { 1 - at } else { at }];
    size.len() == 4 && (0..2).all(|at| (size[at + 2] - size[at] - want(at)).abs() < NEAR)
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
