//! Styles: a browser passes over what it does not know, so each newer word needs
//! something that stands in for it there, or must be a mere nicety.

use crate::names::newer;
use crate::{line, shipped, verdict, without_comments};

/// Properties without which a page is as good, and what stands in.
const NICETIES: [(&str, &str); 5] = [
    ("accent-color", "boxes have the browser's own colour"),
    ("color-scheme", "scroll bars and boxes are light; pages have their own colours"),
    ("page", "paper is upright throughout; nothing is cut"),
    ("text-decoration-thickness", "lines are of the usual thickness"),
    ("text-underline-offset", "lines stand at the usual height"),
];

/// Selectors whose whole rule may go: what they mark is as good without.
const NICE_SELECTORS: [(&str, &str); 3] = [
    ("marker", "numbers of lists have the colour of the text"),
    ("focus-visible", "the ring also stays after a click"),
    ("details-content", "in old kernels a script unfolds before printing"),
];

/// A rule with its declarations, or the head of a block of rules.
struct Rule {
    /// The heads around it, the outermost first.
    around: Vec<String>,
    head: String,
    declarations: Vec<(String, String)>,
    at: usize,
}

/// The rules of a style sheet without comments.
fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), _) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => {
                let around = open.iter().map(|rule| rules[*rule].head.clone()).collect();
                let head = text[start..at].trim().to_owned();
                open.push(rules.len());
                rules.push(Rule { around, head, declarations: Vec::new(), at });
                start = at + 1;
            }
            (None, ';' | '}') => {
                let declared = text[start..at].split_once(':');
                if let (Some((name, value)), Some(rule)) = (declared, open.last()) {
                    rules[*rule].declarations.push((name.trim().to_lowercase(), value.trim().to_lowercase()));
                }
                start = at + 1;
                if c == '}' {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    rules
}

/// What old kernels would miss, each with its line.
fn missed(path: &str, text: &str) -> Vec<String> {
    let text = without_comments(text);
    let mut found = Vec::new();
    for rule in rules(&text) {
        let is_guarded = rule.around.iter().chain([&rule.head]).any(|head| head.starts_with("@supports"));
        if is_guarded {
            continue;
        }
        // Where the whole rule goes, nothing of it can be missed.
        let goes = pseudos(&rule.head).any(|name| newer("selectors").contains(name));
        let declared = if goes { Vec::new() } else { declarations(&rule) };
        let told = heads(&rule).into_iter().chain(declared);
        found.extend(told.map(|what| format!("{path}:{}: {}: {what}", line(&text, rule.at), rule.head)));
    }
    found
}

fn heads(rule: &Rule) -> Vec<String> {
    let head = &rule.head;
    if let Some(name) = head.strip_prefix('@') {
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
        let is_range = name == "media" && head.contains(['<', '>']);
        return if newer("at-rules").contains(name) || is_range { vec![format!("@{name}")] } else { Vec::new() };
    }
    let mut found = Vec::new();
    if rule.around.iter().any(|around| !around.starts_with('@')) {
        found.push("nesting".to_owned());
    }
    if head.split(":not(").skip(1).any(|inside| inside.split(')').next().unwrap_or_default().contains([',', ' '])) {
        found.push(":not() of several".to_owned());
    }
    let is_nice = |name: &str| NICE_SELECTORS.iter().any(|(nice, _)| *nice == name);
    for name in pseudos(head).filter(|name| newer("selectors").contains(name)) {
        // One selector that is not known takes the rule from all others.
        let is_alone = head.split(',').all(|selector| pseudos(selector).any(|other| other == name));
        if !is_nice(name) || !is_alone {
            found.push(format!(":{name}"));
        }
    }
    found
}

fn pseudos(selector: &str) -> impl Iterator<Item = &str> {
    let parts = selector.split(':').skip(1);
    parts.filter_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next())
}

fn declarations(rule: &Rule) -> Vec<String> {
    let mut found = Vec::new();
    let display = rule.declarations.iter().rev().find(|(name, _)| name == "display").map(|(_, value)| value.as_str());
    let has_columns = rule.declarations.iter().any(|(name, _)| name.starts_with("column"));
    for (at, (name, value)) in rule.declarations.iter().enumerate() {
        let before = &rule.declarations[..at];
        let is_nice = NICETIES.iter().any(|(nice, _)| nice == name);
        let is_prefixed = before.iter().any(|(other, _)| *other == format!("-webkit-{name}"));
        if newer("properties").contains(name.as_str()) && !is_nice && !is_prefixed {
            found.push(name.clone());
        }
        if ["gap", "row-gap", "column-gap"].contains(&name.as_str()) {
            let is_between_columns = has_columns && rule.declarations.iter().any(|(other, _)| other == "columns");
            if !(display == Some("grid") || is_between_columns && name == "column-gap") {
                found.push(format!("{name} outside a grid"));
            }
        }
        let stands_in = !name.starts_with("--")
            && before.iter().any(|(other, value)| other == name && newer_words(value).next().is_none());
        if !stands_in {
            found.extend(newer_words(value).map(|word| format!("{name}: {word}")));
        }
    }
    found
}

/// Functions, units and words of a value that came later.
fn newer_words(value: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c.is_whitespace() || ",()/*+".contains(c);
    let mut rest = value;
    let words = std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_end);
        let end = rest.find(is_end).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then(|| (word, after.starts_with('(')))
    });
    words.filter_map(|(word, is_function)| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || ".-".contains(c));
        let is_number = unit.len() < word.len() && word.contains(|c: char| c.is_ascii_digit());
        let is_newer = if is_function {
            newer("functions").contains(word)
        } else {
            newer("words").contains(word) || is_number && newer("units").contains(unit)
        };
        is_newer.then_some(word)
    })
}

#[test]
fn styles_hold_in_old_kernels() {
    let sheets = shipped("css");
    assert!(sheets.len() > 20, "{} style sheets", sheets.len());
    let found: Vec<String> = sheets.iter().flat_map(|(path, text)| missed(path, text)).collect();
    verdict(&found);
}

#[test]
fn what_old_kernels_miss_is_found() {
    for (style, wanted) in [
        ("a { aspect-ratio: 1; }", "aspect-ratio"),
        ("a { inset: 0 }", "inset"),
        ("a { display: flex; gap: 1em; }", "gap outside a grid"),
        ("a { color: color-mix(in srgb, red, blue); }", "color: color-mix"),
        ("a { --c: red; --c: color-mix(in srgb, red, blue); }", "--c: color-mix"),
        ("a { height: calc(100dvh - 2rem); }", "height: 100dvh"),
        (":is(a, b) c { color: red }", ":is"),
        ("a:has(b), c { color: red }", ":has"),
        ("a, li::marker { color: red }", ":marker"),
        ("a:not(.b, .c) { color: red }", ":not() of several"),
        ("@layer x { a { color: red } }", "@layer"),
        ("@media (width >= 40em) { a { color: red } }", "@media"),
        ("a { color: red; &:hover { color: blue } }", "nesting"),
        ("a { appearance: none }", "appearance"),
    ] {
        let found = missed("x.css", style);
        assert!(found.len() == 1 && found[0].ends_with(&format!(": {wanted}")), "{style}: {found:?}");
    }
    for good in [
        "a { color: red; color: color-mix(in srgb, red, blue); }",
        "a { height: 100vh; height: 100dvh; }",
        "@supports (aspect-ratio: 1) { a { aspect-ratio: 1; } }",
        "a { display: grid; gap: 1em; grid-gap: 1em }",
        "a { columns: 2; column-gap: 1em }",
        "li::marker { color: red }",
        "a { -webkit-appearance: none; appearance: none }",
        "/* a { inset: 0 } */ a::before { content: \"{ inset: 0 }\" }",
    ] {
        assert_eq!(missed("x.css", good), Vec::<String>::new(), "{good}");
    }
}
