//! Deals blocks out to slides.

use super::Slide;
use super::divide::divide;
use super::inside_of_notes;
use super::measure::height;
use crate::markdown::elements::{Element, elements};

/// How tall a slide is below its title, when its type is a little smaller than usual.
const MOST: usize = 140;
/// A line or two more than the fair share do not make a slide of their own.
const FEW: usize = 24;

/// The slides of some blocks. A line `---` begins a new one, and so does a smaller
/// heading once a slide is well filled; no slide ends with a heading, or with a sentence
/// that announces what comes next.
pub(super) fn deal(blocks: &[Element<'_>]) -> Vec<Slide> {
    let whole: usize = blocks.iter().filter(|block| !block.has_class("teacher")).map(height).sum();
    let mut dealer = Dealer { fair: fair_share(whole), ..Dealer::default() };
    for block in blocks {
        if block.has_class("teacher") {
            dealer.notes.push_str(&inside_of_notes(block));
        } else if block.name == "hr" {
            dealer.close();
        } else {
            divide(block, MOST).into_iter().for_each(|part| dealer.take(part));
        }
    }
    dealer.close();
    dealer.slides
}

/// How tall each slide is when all of them are equally full; what fits on one slide is
/// not dealt out.
fn fair_share(whole: usize) -> usize {
    if whole <= MOST { usize::MAX } else { whole.div_ceil(whole.div_ceil(MOST)) }
}

#[derive(Default)]
struct Dealer {
    slides: Vec<Slide>,
    /// The blocks of the slide that is being filled.
    open: Vec<String>,
    /// How tall they are.
    sum: usize,
    fair: usize,
    /// Notes for the slide that is being filled.
    notes: String,
}

impl Dealer {
    fn take(&mut self, html: String) {
        let Some(block) = elements(&html).into_iter().next() else { return };
        let tall = height(&block);
        let is_filled = is_heading(block.name) && self.sum >= self.fair / 2;
        let is_full = self.sum + tall > MOST || (self.sum >= self.fair && tall > FEW);
        // Headings and sentences that end with a colon go with what they announce.
        let keep = self.open.iter().rposition(|html| !announces(html)).map_or(0, |last| last + 1);
        if keep > 0 && (is_full || is_filled) {
            let announcing = self.open.split_off(keep);
            self.close();
            self.sum = announcing.iter().map(|html| tall_of(html)).sum();
            self.open = announcing;
        }
        self.sum += tall;
        self.open.push(html);
    }

    fn close(&mut self) {
        self.sum = 0;
        let body_html = std::mem::take(&mut self.open).concat();
        let notes_html = std::mem::take(&mut self.notes);
        if body_html.is_empty() && notes_html.is_empty() {
            return;
        }
        match self.slides.last_mut() {
            // Notes behind a line that begins a new slide belong to the one before it.
            Some(last) if body_html.is_empty() => last.notes_html.push_str(&notes_html),
            _ => self.slides.push(Slide { body_html, notes_html, ..Slide::default() }),
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h3" | "h4" | "h5" | "h6")
}

fn tall_of(html: &str) -> usize {
    elements(html).iter().map(height).sum()
}

fn announces(html: &str) -> bool {
    elements(html).first().is_some_and(|block| {
        is_heading(block.name) || (block.name == "p" && block.inner.trim_end().ends_with(['：', ':']))
    })
}
