//! From the body of a document to HTML.

mod api;
mod words;

pub use api::{Links, Options, Problem, ProblemKind, Rendered, Target, TocEntry};
pub use words::Lang;

/// Renders one body.
pub fn render(source: &str, context: &dyn Links, options: &Options) -> Rendered {
    let _ = (context, options.lang.words());
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(source, pulldown_cmark::Options::all()));
    Rendered { html, plain: source.to_owned(), ..Rendered::default() }
}
