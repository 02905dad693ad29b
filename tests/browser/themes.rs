//! The small theme in the browser: no wider than the window and without barriers.

use std::fs;

use serde_json::json;

use crate::chromium::Browser;
use crate::site::{Site, library, make, pages, show};
use crate::{Result, access, layout, missing, verdict};

/// The kinds whose look it changes most.
const KINDS: [&str; 5] = ["home", "lesson", "unit-year", "honors-year", "search"];

pub fn the_small_one_is_whole(browser: &mut Browser, _: &Site) -> Result {
    let Some(axe) = access::script()? else { return missing("找不到 axe.min.js（可用 JIANGTAI_AXE 指明）") };
    let root = library()?;
    let settings = root.path().join("content/site.yaml");
    fs::write(&settings, format!("{}\n主题: plain\n", fs::read_to_string(&settings)?))?;
    let folder = root.path().join("site");
    make(root.path(), &folder)?;
    let (top, made) = (show(&folder)?, pages(&folder)?);
    let mut page = browser.page()?;
    page.call("Page.setBypassCSP", json!({ "enabled": true }))?;
    let mut found = Vec::new();
    for kind in KINDS {
        let longest = made.iter().filter(|page| page.kind == kind).max_by_key(|page| page.html.len());
        let path = &longest.ok_or_else(|| format!("no page of kind {kind}"))?.path;
        for scheme in ["light", "dark"] {
            page.media("screen", scheme)?;
            page.go(&format!("{top}{path}"))?;
            page.ask::<()>(&format!("{axe};undefined"))?;
            for width in [1280, 360] {
                layout::measure(&mut page, width, path, &mut found)?;
                let wrong: Vec<String> = page.ask(access::RUN)?;
                found.extend(wrong.into_iter().map(|wrong| format!("{path} {scheme} {width}: {wrong}")));
            }
        }
    }
    verdict(&found)
}
