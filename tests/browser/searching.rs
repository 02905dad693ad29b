//! What a reader may see of the search, to be looked at by those who measure.

use crate::Result;
use crate::finder::counted;
use crate::page::{DOWN, Page};

#[derive(Debug, Clone, Copy)]
pub enum State {
    /// Nothing is asked for yet.
    Start,
    /// Results, filters chosen and all filters unfolded.
    Found,
    /// Only some of the words are found.
    Partly,
    /// Nothing is found, with what to try instead.
    Nothing,
    /// Suggestions under the box of a page, one of them meant.
    Suggestions,
    /// A page that was opened from a result, marked.
    Marked,
}

pub const STATES: [State; 6] =
    [State::Start, State::Found, State::Partly, State::Nothing, State::Suggestions, State::Marked];

/// Brings the page into a state.
pub fn reach(page: &mut Page<'_>, top: &str, state: State) -> Result {
    match state {
        State::Start => page.go(&format!("{top}search.html")),
        State::Found => {
            page.go(&format!("{top}search.html?q=%E8%B0%83%E8%A7%A3&kind=lesson&kind=year&year=2025&n=20"))?;
            counted(page)?;
            page.ask("document.querySelectorAll('.facets-fold, .facet').forEach(e => { e.open = true; }); undefined")
        }
        State::Partly => {
            page.go(&format!("{top}search.html?q=%E8%B5%94%E5%81%BF%20%E6%AC%BA%E8%AF%88"))?;
            counted(page)
        }
        State::Nothing => {
            page.go(&format!("{top}search.html?q=%E6%8C%89%E8%A3%85&year=2025"))?;
            page.wait_for("document.querySelector('[data-advice] a') !== null", "advice")
        }
        State::Suggestions => {
            page.go(&format!("{top}units/index.html"))?;
            page.click("[data-search-box]")?;
            page.write("网格")?;
            page.wait_for("document.querySelectorAll('.suggestions li').length > 1", "suggestions")?;
            page.press(&DOWN)
        }
        State::Marked => {
            page.go(&format!("{top}units/chengdong/2025/tui-yi-pei-san.html?h=%E8%B5%94%E5%81%BF"))?;
            page.wait_for("document.querySelector('.hits-bar') !== null", "marks")
        }
    }
}
