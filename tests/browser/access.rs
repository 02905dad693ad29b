//! axe-core finds nothing of level A or AA.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::json;

use crate::chromium::Browser;
use crate::page::Page;
use crate::site::{ALL_SORTS_PAGE, Site, repository};
use crate::{Result, missing, searching, verdict};

const KINDS: [&str; 26] = [
    "apply",
    "assessment",
    "ballot",
    "basis",
    "certificates",
    "choose",
    "courseware",
    "documents",
    "fields",
    "forms",
    "home",
    "honors",
    "honors-kind",
    "honors-year",
    "lessons",
    "people",
    "person",
    "plans",
    "publicity",
    "sheet",
    "slides",
    "statistics",
    "unit",
    "unit-year",
    "units",
    "volume",
];

/// What is folded is looked at as well.
const UNFOLD: &str = "document.querySelectorAll('main details').forEach(e => { e.open = true; }); undefined";

/// What is wrong, a line for each rule: rule, level, and where.
pub const RUN: &str = "axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations']
}).then(result => result.violations.map(v => v.id + ' (' + v.impact + ', ' + v.nodes.length + '): ' + v.nodes.slice(0, 3)
  .map(n => n.target.join(' ') + ' ' + (n.any.concat(n.all, n.none)[0] || {}).message).join(' | ')))";

pub fn axe_finds_nothing(browser: &mut Browser, site: &Site) -> Result {
    let Some(axe) = script()? else { return missing("找不到 axe.min.js（可用 JIANGTAI_AXE 指明）") };
    let mut paths = vec![site.lesson_with_quizzes()?, ALL_SORTS_PAGE];
    for kind in KINDS {
        paths.push(site.longest(kind)?);
    }
    let mut page = browser.page()?;
    page.call("Page.setBypassCSP", json!({ "enabled": true }))?;
    let mut found = Vec::new();
    for scheme in ["light", "dark"] {
        page.media("screen", scheme)?;
        for path in &paths {
            page.go(&format!("{}{path}", site.top))?;
            page.ask::<()>(&format!("{axe};undefined"))?;
            page.ask::<()>(UNFOLD)?;
            for width in [1280, 360] {
                page.size(width, 900)?;
                let wrong: Vec<String> = page.ask(RUN)?;
                found.extend(wrong.into_iter().map(|wrong| format!("{path} {scheme} {width}: {wrong}")));
            }
        }
        in_use(&mut page, site, &axe, scheme, &mut found)?;
        searched(&mut page, site, &axe, scheme, &mut found)?;
    }
    verdict(&found)
}

/// What is shown only after a click: settings, list of keys, answered quiz.
fn in_use(page: &mut Page<'_>, site: &Site, axe: &str, scheme: &str, found: &mut Vec<String>) -> Result {
    page.go(&format!("{}{}", site.top, site.lesson_with_quizzes()?))?;
    page.ask::<()>(&format!("{axe};undefined"))?;
    let steps = [
        (
            "answered",
            "document.querySelectorAll('.quiz-options li:first-child input').forEach(e => e.click());
                      document.querySelectorAll('.quiz-bar button').forEach(e => e.click())",
        ),
        ("settings", "document.querySelector('[data-settings]').open = true"),
        ("contrast", "document.querySelector('input[name=set-contrast][value=more]').click()"),
        ("keys", "document.querySelector('[data-open-help]').click()"),
    ];
    for (name, step) in steps {
        page.ask::<()>(&format!("{step};undefined"))?;
        let wrong: Vec<String> = page.ask(RUN)?;
        found.extend(wrong.into_iter().map(|wrong| format!("{name} {scheme}: {wrong}")));
    }
    Ok(())
}

/// The search: results, none, suggestions, marks.
fn searched(page: &mut Page<'_>, site: &Site, axe: &str, scheme: &str, found: &mut Vec<String>) -> Result {
    for state in searching::STATES {
        for width in [1280, 360] {
            page.size(width, 900)?;
            searching::reach(page, &site.top, state)?;
            page.ask::<()>(&format!("{axe};undefined"))?;
            let wrong: Vec<String> = page.ask(RUN)?;
            found.extend(wrong.into_iter().map(|wrong| format!("search {state:?} {scheme} {width}: {wrong}")));
        }
    }
    Ok(())
}

/// What axe-core is, if it is here.
pub fn script() -> Result<Option<String>> {
    let path = match env::var_os("JIANGTAI_AXE") {
        Some(named) => PathBuf::from(named),
        None => repository().join("target/axe/package/axe.min.js"),
    };
    Ok(if path.is_file() { Some(fs::read_to_string(path)?) } else { None })
}
