//! What styles and lists of a document mean: which are headings, which are numbered.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{Trouble, child, elements, parse, value};

/// The styles and lists of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// The kind of the list of a number: for each depth, whether it counts.
    lists: BTreeMap<String, BTreeMap<u8, bool>>,
}

#[derive(Debug, Default, Clone)]
struct Style {
    heading: Option<u8>,
    list: Option<(String, u8)>,
    based_on: Option<String>,
}

/// A paragraph's place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InList {
    /// How deep, from zero.
    pub level: u8,
    /// Whether items are numbered.
    pub is_numbered: bool,
}

impl Styles {
    /// Reads `styles.xml` and `numbering.xml`.
    pub fn read(styles: Option<&str>, numbering: Option<&str>) -> Result<Self, Trouble> {
        let mut found = Self::default();
        if let Some(text) = styles {
            let tree = parse(text)?;
            for node in elements(tree.root_element(), "style").filter(|node| value(*node, "type") == "paragraph") {
                found.styles.insert(value(node, "styleId").to_owned(), style(node));
            }
        }
        if let Some(text) = numbering {
            found.lists = lists(text)?;
        }
        Ok(found)
    }

    /// The level of the heading that a paragraph is; zero is the title of the document.
    pub fn heading(&self, properties: Option<Node<'_, '_>>) -> Option<u8> {
        let own = properties.and_then(|node| child(node, "outlineLvl")).and_then(|node| outline(node));
        own.or_else(|| self.inherited(properties, |style| style.heading))
    }

    /// Where a paragraph stands in a list.
    pub fn list(&self, properties: Option<Node<'_, '_>>) -> Option<InList> {
        let own = properties.and_then(|node| child(node, "numPr")).map(|node| number(node));
        let (list, level) = own.or_else(|| self.inherited(properties, |style| style.list.clone()))?;
        let levels = self.lists.get(&list)?;
        let is_numbered = *levels.get(&level)?;
        Some(InList { level, is_numbered })
    }

    /// What the style of a paragraph, or one that it is based on, says.
    fn inherited<T>(&self, properties: Option<Node<'_, '_>>, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut name = value(child(properties?, "pStyle")?, "val");
        for _ in 0..20 {
            let style = self.styles.get(name)?;
            if let Some(found) = get(style) {
                return Some(found);
            }
            name = style.based_on.as_deref()?;
        }
        None
    }
}

fn style(node: Node<'_, '_>) -> Style {
    let properties = child(node, "pPr");
    let name = child(node, "name").map_or("", |name| value(name, "val"));
    let outlined = properties.and_then(|node| child(node, "outlineLvl")).and_then(|node| outline(node));
    Style {
        heading: named_heading(name).or(outlined),
        list: properties.and_then(|node| child(node, "numPr")).map(|node| number(node)),
        based_on: child(node, "basedOn").map(|node| value(node, "val").to_owned()),
    }
}

/// `heading 1`, 标题 1, and `Title`, which is level zero.
fn named_heading(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if name == "title" {
        return Some(0);
    }
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?.trim();
    if rest.is_empty() && name == "标题" {
        return Some(0);
    }
    rest.parse().ok().filter(|level| (1..=9).contains(level))
}

/// An outline level from zero to eight; nine is plain text.
fn outline(node: Node<'_, '_>) -> Option<u8> {
    value(node, "val").parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 1)
}

/// The list that a paragraph is numbered by, and how deep.
fn number(node: Node<'_, '_>) -> (String, u8) {
    let list = child(node, "numId").map_or("", |node| value(node, "val")).to_owned();
    let level = child(node, "ilvl").and_then(|node| value(node, "val").parse().ok()).unwrap_or(0);
    (list, level)
}

fn lists(text: &str) -> Result<BTreeMap<String, BTreeMap<u8, bool>>, Trouble> {
    let tree = parse(text)?;
    let mut kinds: BTreeMap<&str, BTreeMap<u8, bool>> = BTreeMap::new();
    for list in elements(tree.root_element(), "abstractNum") {
        let levels = elements(list, "lvl").filter_map(|level| {
            let depth: u8 = value(level, "ilvl").parse().ok()?;
            let format = child(level, "numFmt").map_or("", |node| value(node, "val"));
            (format != "none").then_some((depth, format != "bullet"))
        });
        kinds.insert(value(list, "abstractNumId"), levels.collect());
    }
    let mut found = BTreeMap::new();
    for list in elements(tree.root_element(), "num") {
        let kind = child(list, "abstractNumId").map_or("", |node| value(node, "val"));
        if let Some(levels) = kinds.get(kind) {
            found.insert(value(list, "numId").to_owned(), levels.clone());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_through_the_styles_that_they_are_based_on() {
        let styles = r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="a"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>
            <w:style w:type="paragraph" w:styleId="b"><w:name w:val="环"/><w:basedOn w:val="b"/></w:style>
            <w:style w:type="paragraph" w:styleId="t"><w:name w:val="标题"/></w:style></w:styles>"#;
        let styles = Styles::read(Some(styles), None).expect("styles");
        let heading = |style: &str| {
            let text = format!(r#"<w:pPr xmlns:w="w"><w:pStyle w:val="{style}"/></w:pPr>"#);
            let tree = parse(&text).expect("properties");
            styles.heading(Some(tree.root_element()))
        };
        assert_eq!([heading("1"), heading("a"), heading("b"), heading("t")], [Some(1), Some(1), None, Some(0)]);
    }
}
