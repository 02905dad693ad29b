//! Which files would run where they are opened: pages, scripts and drawings with
//! scripts in the browser, with the rights of the site itself; programs on a web server
//! that is set to run them. None of them is published (W138).

use crate::base::SourcePath;

/// What a browser runs, or shows as a page of the site's own.
const BY_BROWSERS: &str =
    "html htm xhtml xht shtml shtm stm mht mhtml js mjs hta htc xml xsl xslt rdf atom rss wml mathml mml swf svgz";

/// What a web server may be set to run or to take its settings from.
const BY_SERVERS: &str = "php php3 php4 php5 php7 php8 phps phtml pht phar asp aspx asa asax ashx asmx ascx cshtml \
    jsp jspx jspa jhtml cfm cgi fcgi pl py rb lua config htaccess htpasswd";

/// Elements of a drawing that run something, or hold what does.
const ELEMENTS: &str = "script foreignobject iframe frame object embed handler listener meta base link";

/// Elements of a drawing that fetch what they name.
const FETCHING: &str = "image feimage use tref mpath audio video source track";

/// Beginnings of addresses that run, or hold a document of their own.
const SCHEMES: [&str; 5] = ["javascript:", "vbscript:", "data:text", "data:application", "data:image/svg"];

/// Whether the file would run. `bytes` is given for drawings.
pub(super) fn is_active(path: &SourcePath, bytes: Option<&[u8]>) -> bool {
    let name = path.name().to_lowercase();
    // Some servers look at every part behind a dot, not only at the last.
    let mut parts = name.split('.').skip(1).map(str::trim);
    if parts.any(|part| among(BY_BROWSERS, part) || among(BY_SERVERS, part)) {
        return true;
    }
    name.ends_with(".svg") && bytes.is_none_or(|bytes| !is_harmless(bytes))
}

fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Whether a drawing is nothing but one. What cannot be read for certain is not.
fn is_harmless(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.to_lowercase();
    let marks = ["<!entity", "<?xml-stylesheet", "@import", "\u{1b}", "\0"];
    if marks.iter().any(|mark| text.contains(mark)) || !is_utf8_by_its_own_word(&text) || fetches_by_style(&text) {
        return false;
    }
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let spoken_of = SILENT.iter().find(|(start, _)| rest.starts_with(start));
        let end = match spoken_of {
            Some((start, end)) => rest[start.len()..].find(end).map(|at| start.len() + at + end.len()),
            None => end_of_tag(rest).filter(|end| is_harmless_tag(&rest[1..*end])),
        };
        let Some(end) = end else { return false };
        rest = &rest[end..];
    }
    true
}

/// What is no element: how it begins, and what ends it, wherever that stands.
const SILENT: [(&str, &str); 3] = [("<!--", "-->"), ("<![cdata[", "]]>"), ("<?", "?>")];

/// Another encoding could spell the same bytes as other signs.
fn is_utf8_by_its_own_word(text: &str) -> bool {
    let Some((declaration, _)) = text.split_once("?>") else { return true };
    let named = declaration.split_once("encoding").map(|(_, named)| named);
    named.is_none_or(|named| {
        named.trim_start_matches(|c: char| c.is_whitespace() || "=\"'".contains(c)).starts_with("utf-8")
    })
}

/// `url(…)` of another host.
fn fetches_by_style(text: &str) -> bool {
    text.match_indices("url(").any(|(at, mark)| {
        let address = text[at + mark.len()..].trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        leads_outside(&plain(address.get(..200).unwrap_or(address)))
    })
}

/// Where a tag ends; `>` does not count inside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return Some(at),
            None => {}
        }
    }
    None
}

/// Whether what stands between `<` and `>` does nothing.
fn is_harmless_tag(tag: &str) -> bool {
    if tag.contains('<') || (tag.starts_with('!') && tag.contains('[')) {
        return false;
    }
    let name = tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let name = local(name);
    let fetches = among(FETCHING, name);
    let harmless = |(key, value): (&str, &str)| {
        let value = plain(value);
        let runs = local(key).starts_with("on") || SCHEMES.iter().any(|scheme| value.contains(scheme));
        let leaves = fetches && matches!(local(key), "href" | "src") && leads_outside(&value);
        !runs && !leaves
    };
    !among(ELEMENTS, name) && attributes(tag).all(harmless)
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The names before every `=` in a tag, with what stands after it, which is the value
/// and whatever follows.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    tag.match_indices('=').map(|(at, _)| {
        let name = tag[..at].trim_end();
        let start = name.rfind(|c: char| c.is_whitespace() || "\"'/".contains(c)).map_or(0, |at| at + 1);
        let value = tag[at + 1..].trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        (name.get(start..).unwrap_or(name), value)
    })
}

fn leads_outside(address: &str) -> bool {
    ["http:", "https:", "ftp:", "//", "\\\\"].iter().any(|start| address.starts_with(start))
}

/// An address as a browser understands it: numbers of signs put in, blanks taken out.
fn plain(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let (sign, length) = reference(rest).unwrap_or((c, c.len_utf8()));
        if !sign.is_whitespace() && !sign.is_control() {
            plain.extend(sign.to_lowercase());
        }
        rest = &rest[length..];
    }
    plain
}

/// The sign that `&#106;` or `&#x6a;` at the start of a text means, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix("&#")?;
    let (number, base) = inside.strip_prefix('x').map_or((inside, 10), |number| (number, 16));
    let length = number.find(|c: char| !c.is_digit(base))?;
    let sign = u32::from_str_radix(&number[..length], base).ok().and_then(char::from_u32)?;
    let semicolon = usize::from(number[length..].starts_with(';'));
    Some((sign, text.len() - number.len() + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(name: &str, bytes: &[u8]) -> bool {
        is_active(&SourcePath::new(format!("content/units/a/2025/lessons/{name}")), Some(bytes))
    }

    fn drawing(inside: &str) -> bool {
        runs("图.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn drawings_that_only_draw_pass() {
        for inside in [
            "<path d=\"M0 0h9\" style=\"fill:url(#a)\"/>",
            "<text>电话 &#160; a &lt; b, one = 1, on='x' 与 javascript 的区别</text>",
            "<a href=\"https://www.gov.example/\"><text>链接</text></a>",
            "<image xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"data:image/png;base64,AAAA\"/>",
            "<!-- it's done --><use href=\"#a\"/>",
            "<style><![CDATA[ .a > b { fill: red } ]]></style>",
            "<title>一图看懂</title><metadata><font-face/></metadata>",
        ] {
            assert!(!drawing(inside), "{inside}");
        }
        let whole = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
             \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg/>";
        assert!(!runs("图.svg", whole.as_bytes()));
    }

    #[test]
    fn drawings_that_run_something_do_not() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<g onload=\"alert(1)\"/>",
            "<g onload = \"alert(1)\"/>",
            "<g\nonload\n=\n'alert(1)'/>",
            "<g id=\"a\"onload=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a xlink:href=\"java&#x0a;script:alert(1)\"/>",
            "<a href=\"&#106;avascript&#58;alert(1)\"/>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<animate attributeName=\"href\" values=\"#;javascript:alert(1)\"/>",
            "<foreignObject><body/></foreignObject>",
            "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"a\"/>",
            "<h:meta http-equiv=\"refresh\" content=\"0;url=a\"/>",
            "<use href=\"data:image/svg+xml,&lt;svg/>\"/>",
            "<image href=\"http://evil.example/a.png\"/>",
            "<style>@import 'http://evil.example/';</style>",
            "<g style=\"fill:url( 'http://evil.example/')\"/>",
            "<!-- ' --><script>alert(1)</script><!-- ' -->",
            "<g title=\"'\" onload='alert(1)'/>",
            "<g",
        ] {
            assert!(drawing(inside), "{inside}");
        }
    }

    #[test]
    fn drawings_in_another_writing_do_not_pass() {
        let script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        let wide: Vec<u8> = script.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(runs("图.svg", &wide));
        assert!(runs(
            "图.svg",
            b"<?xml version='1.0' encoding='iso-2022-jp'?><svg><scr\x1b(Bipt>alert(1)</scr\x1b(Bipt></svg>"
        ));
        assert!(runs("图.svg", b"<?xml version='1.0' encoding = 'gbk'?><svg/>"));
        assert!(runs("图.svg", b"<?xml-stylesheet type='text/xsl' href='a.xsl'?><svg/>"));
        assert!(runs("图.svg", b"<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>"));
    }

    #[test]
    fn pages_and_programs_are_known_by_any_part_of_their_name() {
        for name in ["a.html", "a.XHT", "a.php", "a.php.docx", "a.Phtml", "web.config", "a.html.zzz", "a.svgz", "a.js "]
        {
            assert!(runs(name, b""), "{name}");
        }
        for name in ["html.docx", "第1.2节.pptx", "a.txt", "年报.2025.pdf", "xml说明.docx", "a.png"] {
            assert!(!runs(name, b""), "{name}");
        }
    }
}
