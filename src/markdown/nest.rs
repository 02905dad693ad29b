//! Puts a rendered body into a page that holds several: its anchors get a prefix, so
//! that none stands there twice, and its headings go down one level.

use super::elements::{Token, attributes, tokens};

/// Attributes that name an anchor of the same body.
const NAMES: [&str; 4] = ["id", "aria-labelledby", "aria-describedby", "headers"];

/// The body with `prefix` before each of its anchors, its headings one level lower.
pub fn nest(html: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 32);
    for token in tokens(html) {
        match token {
            Token::Open { name, tag, .. } => {
                out.push('<');
                out.push_str(lower(name));
                rename(&mut out, &tag[1 + name.len()..], prefix);
            }
            Token::Close { name, .. } => {
                out.push_str("</");
                out.push_str(lower(name));
                out.push('>');
            }
            Token::Text(text) => out.push_str(text),
        }
    }
    out
}

fn lower(name: &str) -> &str {
    match name {
        "h2" => "h3",
        "h3" => "h4",
        "h4" => "h5",
        "h5" => "h6",
        other => other,
    }
}

/// Writes the rest of a tag, its anchors and the links to them with the prefix.
fn rename(out: &mut String, rest: &str, prefix: &str) {
    let mut done = 0;
    for (name, value) in attributes(rest) {
        let at = value.as_ptr() as usize - rest.as_ptr() as usize;
        let at = match value.strip_prefix('#') {
            Some(anchor) if name == "href" && !anchor.is_empty() => at + 1,
            None if NAMES.contains(&name) => at,
            _ => continue,
        };
        out.push_str(&rest[done..at]);
        out.push_str(prefix);
        done = at;
    }
    out.push_str(&rest[done..]);
}

#[cfg(test)]
mod tests {
    use super::nest;

    #[test]
    fn anchors_get_a_prefix_and_headings_go_down() {
        let html =
            "<h2 id=\"甲\">甲</h2>\n<p>见<a href=\"#甲\" id=\"x\">上</a>和<a href=\"a.html#甲\">别处</a><br></p>";
        let wanted = "<h3 id=\"l14-甲\">甲</h3>\n<p>见<a href=\"#l14-甲\" id=\"l14-x\">上</a>和<a href=\"a.html#甲\">别处</a><br></p>";
        assert_eq!(nest(html, "l14-"), wanted);
        assert_eq!(nest("<h6>a</h6><img alt=\"#b\">&lt;", "p-"), "<h6>a</h6><img alt=\"#b\">&lt;");
    }
}
