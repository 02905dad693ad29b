//! `serve`: what is saved is seen in the open page.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use crate::Result;
use crate::chromium::Browser;
use crate::page::{Page, quoted};
use crate::site::{self, Site};

const LESSON: &str = "content/units/chengdong/2025/lessons/样样都有.md";
const PANEL: &str = "document.querySelector('[data-jiangtai-preview]').shadowRoot.querySelector('.failure')";

/// The program, serving a library of its own, which ends with this value.
struct Preview {
    root: TempDir,
    child: Child,
    address: String,
}

impl Preview {
    fn start() -> Result<Self> {
        let root = site::library()?;
        site::copy(&site::repository().join("themes"), &root.path().join("themes"))?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_jiangtai"))
            .args(["serve", "--port", "0", "-r"])
            .arg(root.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let told = child.stderr.take().ok_or("no pipe")?;
        let mut preview = Self { root, child, address: String::new() };
        let mut lines = BufReader::new(told).lines();
        while let Some(line) = lines.next().transpose()? {
            if let Some((_, rest)) = line.split_once("http://") {
                let end = rest.find(|letter: char| !letter.is_ascii_graphic()).unwrap_or(rest.len());
                preview.address = format!("http://{}/", rest[..end].trim_end_matches('/'));
                break;
            }
        }
        // The rest is read as well, or the program would wait for room in the pipe.
        thread::spawn(move || lines.for_each(drop));
        if preview.address.is_empty() { Err("the preview never said where it is".into()) } else { Ok(preview) }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Saves a file in one step, as editors do.
    fn save(&self, path: &str, text: &str) -> Result {
        let aside = self.path(path).with_extension("swp");
        fs::write(&aside, text)?;
        Ok(fs::rename(&aside, self.path(path))?)
    }

    fn open(&self, page: &mut Page<'_>) -> Result {
        page.go(&format!("{}{}", self.address, site::ALL_SORTS_PAGE))?;
        page.wait_for("document.querySelector('[data-jiangtai-preview]') !== null", "the page listens")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn shows_what_was_saved(browser: &mut Browser, _: &Site) -> Result {
    let preview = Preview::start()?;
    let mut page = browser.page()?;
    preview.open(&mut page)?;
    let text = fs::read_to_string(preview.path(LESSON))?;
    let mut times = Vec::new();
    for round in 1..=5 {
        let fresh = format!("第{round}次改过的一句话。");
        let saved = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0;
        preview.save(LESSON, &format!("{text}\n{fresh}\n"))?;
        page.wait_for(&format!("document.querySelector('main').textContent.includes({})", quoted(&fresh)), &fresh)?;
        page.wait_for("document.querySelector('[data-jiangtai-preview]') !== null", "the page listens again")?;
        times.push(page.ask::<f64>(SHOWN_AT)? - saved);
    }
    let list: Vec<String> = times.iter().map(|time| format!("{time:.0}")).collect();
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!("from save to the changed page: {} ms ({profile} build)", list.join(", "));
    page.complaints();
    Ok(())
}

/// When the whole text was in the page, on the clock of the system.
const SHOWN_AT: &str = "performance.timeOrigin + performance.getEntriesByType('navigation')[0].domInteractive";

pub fn keeps_the_page(browser: &mut Browser, _: &Site) -> Result {
    let preview = Preview::start()?;
    let mut page = browser.page()?;
    preview.open(&mut page)?;
    let title = page.text("h1")?;
    let template = "themes/default/templates/pages/lesson.html";
    let right = fs::read_to_string(preview.path(template))?;
    preview.save(template, &format!("{right}{{% if %}}"))?;
    page.wait_for(
        &format!("!{PANEL}.hidden && {PANEL}.textContent.includes('lesson.html')"),
        "the panel names the file",
    )?;
    page.expect(&format!("{PANEL}.checkVisibility()"), "the panel is seen")?;
    page.expect(&format!("document.querySelector('h1').textContent.trim() === {}", quoted(&title)), "the page stays")?;
    page.reload()?;
    page.wait_for(&format!("!{PANEL}.hidden"), "the panel is there after a reload")?;
    page.expect(
        &format!("document.querySelector('h1').textContent.trim() === {}", quoted(&title)),
        "the last good page",
    )?;
    preview.save(template, &right.replace("<h1>", "<h1>好·"))?;
    page.wait_for("document.querySelector('h1').textContent.includes('好·')", "the mended template is used")?;
    page.wait_for(&format!("{PANEL}.hidden"), "the panel goes away")
}
