//! What a web server says about the files of a finished site: what a browser may do
//! with them and how long it may keep them. `serve --release` says it, and so do the
//! samples for other web servers, which are filled from here.

/// What pages may load: themselves, and nothing of anybody else. The pages say the
/// same, except who may frame them, which only a server can say.
pub const PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// The same where a page may also speak with the server that answers its searches.
pub fn pages(origin: Option<&str>) -> String {
    match origin {
        Some(origin) => PAGES.replacen(SPEAK, &format!("{SPEAK} {origin}"), 1),
        None => PAGES.to_owned(),
    }
}

/// The part that says with whom a page may speak.
const SPEAK: &str = "connect-src 'self'";

/// With whom a page itself says that it may speak besides its own server.
pub fn origin(page: &str) -> Option<&str> {
    let (_, told) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    let (own, _) = told.split_once('"')?;
    let (_, origin) = own.split(';').find_map(|part| part.split_once("connect-src 'self' "))?;
    Some(origin).filter(|origin| !origin.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// As much of it as may stand on files of every kind, where a server cannot tell them
/// apart.
pub const ANYTHING: &str = "frame-ancestors 'self'";

/// What a drawing or a feed may do that is opened by itself: be looked at.
pub const DRAWINGS: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// Headers of every answer.
pub const ALWAYS: [(&str, &str); 2] = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")];

/// For files whose address changes with their content.
pub const LASTING: &str = "public, max-age=31536000, immutable";

/// For all others: kept, but asked after.
pub const FRESH: &str = "no-cache";

/// Whether the address of a file, from the top of the site on, changes with what the
/// file holds: the name says its hash, or, in the search index, the question mark.
pub fn is_lasting(path: &str, query: Option<&str>) -> bool {
    match path.split_once('/') {
        Some(("assets", name)) => has_hash(name),
        Some(("search", _)) => query.is_some_and(|query| !query.is_empty()),
        _ => false,
    }
}

/// Whether a name ends in a hyphen, ten digits of a hash, and its kind.
fn has_hash(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 10 && hash.chars().all(is_digit))
}

/// What the browser is told it may do with a file of this kind; `origin` answers searches.
pub fn of(kind: &str, origin: Option<&str>) -> Option<String> {
    match kind.split(';').next().unwrap_or_default() {
        "text/html" => Some(pages(origin)),
        "image/svg+xml" | "application/xml" => Some(DRAWINGS.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGES, is_lasting, origin, pages};

    #[test]
    fn pages_may_speak_with_the_server_that_they_name() {
        let page = |may: &str| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{may}\"><p>'\"");
        let (plain, told) = (page(PAGES), page(&pages(Some("http://js.example:9200"))));
        assert_eq!((origin(&plain), origin(&told)), (None, Some("http://js.example:9200")));
        assert_eq!(origin(&page("connect-src 'self' http://a http://b; x")), None);
        assert_eq!((origin(""), pages(None)), (None, PAGES.to_owned()));
    }

    #[test]
    fn what_may_be_kept_for_long() {
        for (path, query) in [("assets/site-98a72610d6.css", None), ("search/d/0.js", Some("1f"))] {
            assert!(is_lasting(path, query), "{path}");
        }
        for (path, query) in [
            ("index.html", None),
            ("index.html", Some("q=1")),
            ("assets/icons/icon.svg", None),
            ("assets/site-98a72610d.css", None),
            ("search/d/0.js", None),
            ("search/d/0.js", Some("")),
            ("units/site-98a72610d6.css", None),
        ] {
            assert!(!is_lasting(path, query), "{path}");
        }
    }
}
