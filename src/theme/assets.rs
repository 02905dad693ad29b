//! Styles and scripts: many files in the theme, one file each on the site, named by
//! their content so that no browser shows an old one.

use std::collections::BTreeMap;

use super::scripts::tight;

/// A file of the theme that the site carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its address.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a theme brings to the site besides pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The address of the styles.
    pub css: String,
    /// The addresses of styles that only some pages need, by name: `css/sheets/*.css`.
    pub sheets: BTreeMap<String, String>,
    /// The address of the scripts that every page has.
    pub js: String,
    /// The addresses of scripts that are loaded where they are needed, by the name of
    /// their folder: `js/<name>/*.js`.
    pub scripts: BTreeMap<String, String>,
    /// The address of the icon, if there is one.
    pub icon: Option<String>,
    /// All files.
    pub files: Vec<Asset>,
}

/// The order of the styles; `parts/*` come between layout and print.
const FIRST: &[&str] = &["css/tokens.css", "css/base.css", "css/layout.css"];
const LAST: &[&str] = &["css/print.css"];

/// Styles here stay files of their own, which the pages that need them ask for.
const SHEETS: &str = "css/sheets/";

impl Bundle {
    /// Puts the files of `assets/` together.
    pub(super) fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut bundle = Bundle::default();
        let fixed = |name: &str| FIRST.contains(&name) || LAST.contains(&name) || name.starts_with(SHEETS);
        let middle = files.keys().map(String::as_str).filter(|name| name.starts_with("css/") && !fixed(name));
        let styles = FIRST.iter().copied().chain(middle).chain(LAST.iter().copied());
        bundle.css = bundle.join(files, styles, "site", "css");
        for name in files.keys().filter_map(|name| name.strip_prefix(SHEETS)?.strip_suffix(".css")) {
            let path = bundle.join(files, std::iter::once(format!("{SHEETS}{name}.css").as_str()), name, "css");
            bundle.sheets.insert(name.to_owned(), path);
        }
        let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in files.keys().filter(|name| name.ends_with(".js")) {
            let Some(inner) = name.strip_prefix("js/") else { continue };
            let folder = inner.split_once('/').map_or("site", |(folder, _)| folder);
            folders.entry(folder).or_default().push(name);
        }
        for (folder, names) in folders {
            let path = bundle.join(files, names.into_iter(), folder, "js");
            match folder {
                "site" => bundle.js = path,
                _ => drop(bundle.scripts.insert(folder.to_owned(), path)),
            }
        }
        for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("css/") && !name.starts_with("js/")) {
            let path = format!("assets/{name}");
            if name == "icons/icon.svg" {
                bundle.icon = Some(path.clone());
            }
            bundle.files.push(Asset { path, bytes: bytes.clone() });
        }
        bundle
    }

    fn join<'a>(
        &mut self,
        files: &BTreeMap<String, Vec<u8>>,
        names: impl Iterator<Item = &'a str>,
        stem: &str,
        extension: &str,
    ) -> String {
        let mut bytes = Vec::new();
        for content in names.filter_map(|name| files.get(name)) {
            match std::str::from_utf8(content) {
                Ok(text) if extension == "css" => bytes.extend_from_slice(without_comments(text).as_bytes()),
                Ok(text) => bytes.extend_from_slice(tight(text).as_bytes()),
                Err(_) => bytes.extend_from_slice(content),
            }
            if !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
        }
        let hash = blake3::hash(&bytes).to_hex();
        let path = format!("assets/{stem}-{}.{extension}", &hash[..10]);
        self.files.push(Asset { path: path.clone(), bytes });
        path
    }
}

/// Styles without comments and needless blanks: what is written for those who keep the
/// theme need not travel to every reader. What stands in a quoted string is left alone.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c.is_ascii_whitespace() => {
                if !out.is_empty() && !out.ends_with(TIGHT_AFTER) && !rest.trim_start().starts_with(TIGHT_BEFORE) {
                    out.push(' ');
                }
                rest = rest.trim_start();
                continue;
            }
            None if c == '}' && out.ends_with(';') => {
                out.pop();
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// After these marks no blank means anything. A blank before a colon does: `a :hover`.
const TIGHT_AFTER: [char; 7] = ['{', '}', ';', ':', ',', '>', ' '];
/// Before these marks no blank means anything.
const TIGHT_BEFORE: [char; 4] = ['{', '}', ';', '>'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_their_strings() {
        let styles = "/* a */\na::before {\n  content: \"/* b */\";\n}\n";
        assert_eq!(without_comments(styles), "a::before{content:\"/* b */\"}");
        let styles = "a :hover , b > i {\n  margin: 0 calc(1px + 2px);\n}\n\n@media (min-width: 1em) { c { d: e; } }";
        let tight = "a :hover ,b>i{margin:0 calc(1px + 2px)}@media (min-width:1em){c{d:e}}";
        assert_eq!(without_comments(styles), tight);
    }

    #[test]
    fn the_print_styles_come_last() {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let files = BTreeMap::from([
            file("css/print.css", "p{}"),
            file("css/tokens.css", "t{}"),
            file("css/parts/a.css", "a{}"),
            file("icons/icon.svg", "<svg/>"),
        ]);
        let bundle = Bundle::new(&files);
        let css = bundle.files.iter().find(|asset| asset.path == bundle.css).map(|asset| asset.bytes.clone());
        assert_eq!(css.as_deref(), Some("t{}\na{}\np{}\n".as_bytes()));
        assert_eq!(bundle.icon.as_deref(), Some("assets/icons/icon.svg"));
    }

    #[test]
    fn scripts_of_some_pages_stay_out_of_the_one_for_all() {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let files =
            BTreeMap::from([file("js/10-a.js", "a()"), file("js/two/10.js", "two()"), file("js/two/20.js", "three()")]);
        let bundle = Bundle::new(&files);
        let text = |path: &str| bundle.files.iter().find(|asset| asset.path == path).map(|asset| asset.bytes.clone());
        assert_eq!(text(&bundle.js).as_deref(), Some("a()\n".as_bytes()));
        assert_eq!(text(&bundle.scripts["two"]).as_deref(), Some("two()\nthree()\n".as_bytes()));
        assert!(bundle.scripts["two"].starts_with("assets/two-"));
    }
}
