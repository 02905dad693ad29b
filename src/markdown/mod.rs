//! From the body of a document to HTML.
//!
//! A body passes through four rooms. `mend` reads its lines and mends what the
//! writer plainly meant; `parse` lets pulldown-cmark read the result; `inline`
//! settles links and emphasis with Chinese punctuation in mind; [`write`] turns the
//! pieces into HTML and asks [`Links`] where each link leads. Every piece keeps its
//! place, so that every problem has a line and a column. Raw HTML is filtered while
//! writing and then read once more by ammonia (`guard`).
//!
//! A rendered body can be cut into [`slides`](slides()), put into a page of several
//! ([`nest`](nest())), and asked for the [`answers`](answers()) of its quizzes.

mod answers;
mod api;
mod elements;
mod escape;
mod guard;
mod headings;
mod inline;
mod mend;
mod nest;
mod notes;
mod parse;
mod problems;
mod raw;
mod slides;
mod words;
mod write;

pub use answers::{Answers, answers};
pub use api::{Links, Options, Problem, ProblemKind, Rendered, Target, TocEntry};
pub use nest::nest;
pub use slides::{Deck, Slide, slides};
pub use words::Lang;

use crate::base::text::count_characters;

/// Renders one body.
pub fn render(source: &str, context: &dyn Links, options: &Options) -> Rendered {
    let mut problems = problems::Problems::default();
    let mut mended = mend::mend(source, &mut problems);
    problems.follow(std::mem::take(&mut mended.anchors));
    let parsed = parse::parse(&mended, &mut problems);
    let written = write::write(parsed, context, &mut problems, options.lang);
    let plain = written.plain.trim_end().to_owned();
    Rendered {
        html: if written.has_raw_html { guard::clean(&written.html) } else { written.html },
        toc: headings::tree(written.toc),
        characters: count_characters(&plain),
        plain,
        first_paragraph: written.first_paragraph,
        first_heading: written.first_heading,
        has_raw_html: written.has_raw_html,
        problems: problems.finish(source),
    }
}
