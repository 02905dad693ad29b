//! The site as people meet it: in a browser.
//!
//! One Chromium is started for all cases and spoken to over the Chrome DevTools
//! protocol; each case has a browsing context of its own, so that no case sees what
//! another has stored. The site is built from `content/` and one lesson more
//! (`tests/browser/样样都有.md`, which has everything that a lesson can have), and is
//! looked at over HTTP, in a folder below the top of a server, and from `file://`.
//!
//! | variable | means |
//! |-|-|
//! | `JIANGTAI_BROWSER=required` | fail where there is no Chromium or no axe-core, instead of skipping |
//! | `JIANGTAI_CHROMIUM` | the browser to start |
//! | `JIANGTAI_AXE` | axe.min.js, else `target/axe/package/axe.min.js` |
//! | `JIANGTAI_BROWSER_ONLY` | run only cases whose name has this word |

#[path = "browser/access.rs"]
mod access;
#[path = "browser/addresses.rs"]
mod addresses;
#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/complaints.rs"]
mod complaints;
#[path = "browser/desk.rs"]
mod desk;
#[path = "browser/devtools.rs"]
mod devtools;
#[path = "browser/finder.rs"]
mod finder;
#[path = "browser/forms.rs"]
mod forms;
#[path = "browser/hostile.rs"]
mod hostile;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/layout.rs"]
mod layout;
#[path = "browser/loading.rs"]
mod loading;
#[path = "browser/marks.rs"]
mod marks;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/paper.rs"]
mod paper;
#[path = "browser/preview.rs"]
mod preview;
#[path = "browser/queries.rs"]
mod queries;
#[path = "browser/scriptless.rs"]
mod scriptless;
#[path = "browser/searching.rs"]
mod searching;
#[path = "browser/service.rs"]
mod service;
#[path = "browser/site.rs"]
mod site;
#[path = "browser/slides.rs"]
mod slides;
#[path = "browser/themes.rs"]
mod themes;

use std::io::Write as _;
use std::time::{Duration, Instant};

use chromium::Browser;
use site::Site;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Long enough for the slowest machine; nothing waits for it when all is well.
const LONG: Duration = Duration::from_secs(60);

/// What is tried in the browser.
type Case = fn(&mut Browser, &Site) -> Result;

const CASES: &[(&str, Case)] = &[
    ("pages load without complaint over http", loading::over_http),
    ("pages load without complaint below the top of a server", loading::below_the_top),
    ("pages load without complaint from a folder", loading::from_a_folder),
    ("nothing is wider than the window", layout::nothing_is_wider_than_the_window),
    ("large type fits a phone", layout::large_type_fits_a_phone),
    ("the narrowest, the widest and the largest fit", layout::extremes_fit),
    ("colours of the system keep what is meant", layout::forced_colours_keep_meaning),
    ("fingers hit every control", layout::fingers_hit_every_control),
    ("search fits every window", layout::search_fits),
    ("without scripts links lead everywhere and answers open", scriptless::everything_is_within_reach),
    ("display settings change the page and stay", desk::settings_stay),
    ("display settings stay when the site is opened from a folder", desk::settings_stay_in_a_folder),
    ("a quiz answers", desk::a_quiz_answers),
    ("the gallery filters", desk::the_gallery_filters),
    ("the keyboard reaches everything", desk::the_keyboard_reaches_everything),
    ("keys alone lead through the menu and the settings", keyboard::menu_and_settings),
    ("keys alone fill a form and save it", keyboard::a_form),
    ("keys alone show slides and come back", keyboard::slides),
    ("nothing moves where motion is not wanted", keyboard::nothing_moves),
    ("a form on screen saves a selection", forms::a_selection),
    ("a form on screen saves applications", forms::applications),
    ("a form on screen saves ballots that name nobody", forms::ballots),
    ("a form on screen says what to do without scripts", forms::without_scripts),
    ("slides are walked by keys, clicker, finger and mouse", slides::keys_walk),
    ("slides are not cut on any screen", slides::nothing_is_cut),
    ("slides keep a presenter window in step", slides::the_presenter_window_is_in_step),
    ("slides are a document without scripts", slides::without_scripts_a_document),
    ("search finds from everywhere", finder::from_everywhere),
    ("search has everything in the address", finder::the_address_says_everything),
    ("search goes on where the address is fixed", finder::where_the_address_is_fixed),
    ("search works by keyboard alone", finder::by_keyboard_alone),
    ("search suggests names that lead on", finder::suggestions_lead_on),
    ("search helps where nothing is found", finder::nothing_found_is_helped),
    ("search remembers on this device", finder::recent_searches_stay_on_the_device),
    ("search saves its results as a table", finder::results_are_saved_as_a_table),
    ("search finds its own examples", finder::examples_are_found),
    ("search marks words on the page that it opens", marks::words_are_marked_and_stepped_through),
    ("search marks only text", marks::only_text_is_marked),
    ("search takes bad queries for text", queries::bad_queries_stay_text),
    ("search says what its index lacks", queries::a_broken_index_says_so),
    ("search takes a new index at once", queries::a_new_index_is_taken),
    ("search asks a server where one is set", service::is_asked),
    ("search goes on without its server", service::goes_on_without),
    ("paper is A4 and shows what is folded", paper::is_a4_and_unfolded),
    ("paper cuts nothing and parts no heading from its text", paper::cuts_nothing),
    ("paper forms have room for what is written", paper::forms_have_room),
    ("paper has a lesson, a handout and a volume", paper::lesson_handout_volume),
    ("old addresses lead on", addresses::old_ones_lead_on),
    ("an unknown address says so", addresses::an_unknown_one_says_so),
    ("the preview shows what was saved", preview::shows_what_was_saved),
    ("the preview keeps the page when a template is wrong", preview::keeps_the_page),
    ("hostile texts run nowhere", hostile::texts_run_nowhere),
    ("hostile texts are alive", hostile::texts_are_alive),
    ("the small theme is whole", themes::the_small_one_is_whole),
    ("axe finds nothing", access::axe_finds_nothing),
];

#[test]
fn the_site_in_a_browser() -> Result {
    let Some(program) = chromium::find() else {
        return missing("找不到 Chromium（可用 JIANGTAI_CHROMIUM 指明）");
    };
    let site = Site::build()?;
    let mut browser = Browser::start(&program)?;
    let only = std::env::var("JIANGTAI_BROWSER_ONLY").unwrap_or_default();
    let mut failed = Vec::new();
    for (name, case) in CASES.iter().filter(|(name, _)| name.contains(&only)) {
        let begun = Instant::now();
        let outcome = case(&mut browser, &site);
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{name} ... {word} ({:.1} s)", begun.elapsed().as_secs_f64());
        if let Err(error) = outcome {
            failed.push(format!("{name}:\n{error}"));
        }
    }
    browser.close();
    if failed.is_empty() { Ok(()) } else { Err(Failures(failed.join("\n\n")).into()) }
}

/// Skips with a notice, or fails where the browser is required.
fn missing(what: &str) -> Result {
    if std::env::var("JIANGTAI_BROWSER").is_ok_and(|value| value == "required") {
        return Err(what.into());
    }
    // Past the harness, which shows nothing of what a test that passes prints.
    Ok(writeln!(std::io::stderr(), "跳过浏览器测试：{what}")?)
}

/// An error for each thing found, or none.
fn verdict(found: &[String]) -> Result {
    if found.is_empty() { Ok(()) } else { Err(found.join("\n").into()) }
}

/// Shown as text, line by line, where a test returns it.
struct Failures(String);

impl std::fmt::Debug for Failures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "\n{}", self.0)
    }
}

impl std::fmt::Display for Failures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failures {}
