//! The last guard over bodies that hold raw HTML: what reaches the page has been
//! read and written again by ammonia.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

const TAGS: &str = "a aside b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure \
    h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s section small span strong sub summary sup \
    table tbody td tfoot th thead tr u ul var wbr";

const ATTRIBUTES: [(&str, &str); 16] = [
    ("a", "href title rel aria-label"),
    ("aside", "role"),
    ("col", "span"),
    ("colgroup", "span"),
    ("details", "open"),
    ("div", "tabindex"),
    ("img", "src alt title width height loading"),
    ("input", "type disabled checked aria-label"),
    ("li", "data-kind data-right"),
    ("ol", "start"),
    ("section", "aria-label"),
    ("table", ""),
    ("td", "colspan rowspan"),
    ("th", "colspan rowspan scope"),
    ("code", ""),
    ("span", ""),
];

static GUARD: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let words = |list: &'static str| list.split_ascii_whitespace().collect::<HashSet<_>>();
    let mut guard = Builder::empty();
    guard
        .tags(words(TAGS))
        .tag_attributes(ATTRIBUTES.into_iter().map(|(tag, list)| (tag, words(list))).collect::<HashMap<_, _>>())
        // Raw HTML has lost its classes and ids before it comes here; these are ours.
        .generic_attributes(words("id class"))
        .clean_content_tags(words("script style"))
        .url_schemes(words("http https mailto tel ftp"))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    guard
});

/// Reads the body as a browser would and writes only what is harmless.
pub(super) fn clean(html: &str) -> String {
    GUARD.clean(html).to_string()
}
