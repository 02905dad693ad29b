//! Writing text and addresses into HTML.

/// Appends text between tags.
pub(super) fn text(html: &mut String, text: &str) {
    escape(html, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends the value of an attribute that stands in double quotes.
pub(super) fn attribute(html: &mut String, text: &str) {
    escape(html, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends an address: Han characters stay readable, what could end an address or
/// hide its scheme is percent-encoded.
pub(super) fn address(html: &mut String, text: &str) {
    escape(html, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("%3C"),
        b'>' => Some("%3E"),
        b'"' => Some("%22"),
        b'`' => Some("%60"),
        b'\\' => Some("%5C"),
        b' ' => Some("%20"),
        0..=31 | 127 => Some(""),
        _ => None,
    });
}

fn escape(html: &mut String, text: &str, replacement: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(safe) = replacement(byte) {
            html.push_str(&text[done..at]);
            html.push_str(safe);
            done = at + 1;
        }
    }
    html.push_str(&text[done..]);
}

/// What kind of address this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Without a scheme, or with one that no browser knows as such.
    Relative,
    /// `http`, `https` or `//host`.
    Web,
    /// `mailto`, `tel` or `ftp`.
    Harmless,
    /// A file of the writer's own machine.
    Local,
    /// Anything else, above all `javascript:` and `data:`.
    Unsafe,
}

/// Classifies an address the way a browser would, which ignores spaces and control
/// characters before and inside the scheme.
pub(super) fn scheme(address: &str) -> Scheme {
    let trimmed = address.trim_start_matches(|c: char| c <= ' ');
    if trimmed.starts_with("\\\\") {
        return Scheme::Local;
    }
    if trimmed.starts_with("//") {
        return Scheme::Web;
    }
    let Some(colon) = trimmed.find([':', '/', '?', '#', '\\']).filter(|at| trimmed.as_bytes()[*at] == b':') else {
        return Scheme::Relative;
    };
    let name: String = trimmed[..colon].chars().filter(|c| *c > ' ').map(|c| c.to_ascii_lowercase()).collect();
    match name.as_str() {
        "http" | "https" => Scheme::Web,
        "mailto" | "tel" | "ftp" => Scheme::Harmless,
        "file" => Scheme::Local,
        name if name.len() == 1 && trimmed[colon + 1..].starts_with(['/', '\\']) => Scheme::Local,
        name if is_scheme(name) => Scheme::Unsafe,
        _ => Scheme::Relative,
    }
}

fn is_scheme(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::{Scheme, scheme};

    #[test]
    fn schemes_are_seen_through() {
        assert_eq!(scheme("图 1.png"), Scheme::Relative);
        assert_eq!(scheme("第1讲:概论.md"), Scheme::Relative);
        assert_eq!(scheme("a/b:c"), Scheme::Relative);
        assert_eq!(scheme("HTTPS://x"), Scheme::Web);
        assert_eq!(scheme("C:\\图\\1.png"), Scheme::Local);
        assert_eq!(scheme("file:///C:/1.png"), Scheme::Local);
        assert_eq!(scheme("\\\\server\\图.png"), Scheme::Local);
        assert_eq!(scheme(" java\tscript:alert(1)"), Scheme::Unsafe);
        assert_eq!(scheme("data:text/html,x"), Scheme::Unsafe);
    }
}
