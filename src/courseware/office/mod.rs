//! Files of the office programs of 2007 and later: archives of XML, tied together by
//! relations.

pub mod docx;
pub mod opendocument;
pub mod pptx;
mod styles;
pub mod xlsx;

use std::io::{Read, Seek};

use roxmltree::{Document, Node, ParsingOptions};

use super::archive::Archive;
use super::limits::{self, Trouble};
use crate::source::Properties;

/// What a part of a package points at.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name within the part.
    pub id: String,
    /// The last word of its kind: `slide`, `image`, `footnotes`.
    pub kind: String,
    /// The entry, or the address when it is outside.
    pub target: String,
    /// Whether it leads out of the file.
    pub is_outside: bool,
}

/// Reads a document of XML. One with a document type is refused: office programs write
/// none, and entities can be made to unfold without end.
pub fn parse(text: &str) -> Result<Document<'_>, Trouble> {
    let options = ParsingOptions { nodes_limit: limits::NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected | roxmltree::Error::NodesLimitReached => Trouble::Beyond,
        _ => Trouble::Damaged,
    })
}

/// The relations of a part; of the package itself when the name is empty.
pub fn relations<R: Read + Seek>(archive: &mut Archive<R>, part: &str) -> Result<Vec<Relation>, Trouble> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(text) = archive.text(&path)? else { return Ok(Vec::new()) };
    let tree = parse(&text)?;
    let found = elements(tree.root_element(), "Relationship").map(|node| {
        let is_outside = value(node, "TargetMode") == "External";
        let target = value(node, "Target");
        Relation {
            id: value(node, "Id").to_owned(),
            kind: value(node, "Type").rsplit('/').next().unwrap_or_default().to_owned(),
            target: if is_outside { target.to_owned() } else { join(folder, target) },
            is_outside,
        }
    });
    Ok(found.collect())
}

/// The entry that a relation names, seen from a folder.
fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// The entry with which a package begins.
pub fn main_part<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Option<String>, Trouble> {
    let relations = relations(archive, "")?;
    Ok(relations.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target))
}

/// The elements of a name below a node, itself included.
pub fn elements<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The first child of a name.
pub fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|node| node.is_element() && node.tag_name().name() == name)
}

/// The value of an attribute by its local name, or nothing.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}

/// The text of a node and of all nodes in it, put together.
pub fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Whether a switch such as `<w:b/>` is on: it is, unless it says otherwise.
pub fn is_on(node: Node<'_, '_>) -> bool {
    !matches!(value(node, "val"), "0" | "false" | "off" | "none")
}

/// What the document says of itself, and how many pages or slides it counts.
pub fn properties<R: Read + Seek>(archive: &mut Archive<R>) -> Result<(Properties, Counts), Trouble> {
    let mut found = Properties::default();
    let mut counts = Counts::default();
    for entry in ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"] {
        let Some(text) = archive.text(entry)? else { continue };
        let Ok(tree) = parse(&text) else { continue };
        for node in tree.root_element().children().filter(Node::is_element) {
            let text = text_of(node).trim().to_owned();
            let number = text.parse::<u32>().ok();
            match (node.tag_name().name(), number) {
                (_, _) if text.is_empty() => {}
                ("Pages", number) => counts.pages = number,
                ("Slides", number) => counts.slides = number,
                ("Characters", number) => counts.characters = number,
                ("title", _) => found.title = Some(text.clone()),
                ("creator", _) => found.author = Some(text.clone()),
                _ => {}
            }
            if let Some(name) = shown_name(node) {
                found.all.push((name, text));
            }
        }
    }
    found.all.retain(|(_, value)| !value.is_empty());
    Ok((found, counts))
}

/// What a document says of its length.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Pages, as of the last time that an office program saved it.
    pub pages: Option<u32>,
    /// Slides, as of the same time.
    pub slides: Option<u32>,
    /// Characters, as of the same time.
    pub characters: Option<u32>,
}

/// What office programs call a property that somebody may have written.
fn shown_name(node: Node<'_, '_>) -> Option<String> {
    let name = match node.tag_name().name() {
        "title" => "标题",
        "subject" => "主题",
        "creator" => "作者",
        "lastModifiedBy" => "最后修改者",
        "description" => "备注",
        "keywords" => "标记",
        "category" => "类别",
        "contentStatus" => "状态",
        "Company" => "公司",
        "Manager" => "经理",
        "property" => value(node, "name"),
        _ => return None,
    };
    Some(name.to_owned())
}

/// Spaces and line ends in a row as one space, none at the ends, no control signs and
/// none of the codes that fonts of symbols use for bullets.
pub fn tidy(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{feff}');
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_resolved_from_their_folder() {
        assert_eq!(join("ppt/slides", "../media/a.png"), "ppt/media/a.png");
        assert_eq!(join("ppt/slides", "/ppt/media/a.png"), "ppt/media/a.png");
        assert_eq!(join("ppt", "slides/slide1.xml"), "ppt/slides/slide1.xml");
        assert_eq!(join("", "../../word/document.xml"), "word/document.xml");
    }

    #[test]
    fn a_document_type_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(parse(bomb).map(|_| ()), Err(Trouble::Beyond));
        assert_eq!(parse("<a><b></a>").map(|_| ()), Err(Trouble::Damaged));
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let deep = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
        assert!(parse(&deep).is_ok());
    }
}
