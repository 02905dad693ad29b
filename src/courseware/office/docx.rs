//! Documents of Word and WPS.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use roxmltree::Node;

use super::styles::Styles;
use super::{Relation, child, elements, is_on, main_part, parse, relations, text_of, tidy, value};
use crate::courseware::archive::Archive;
use crate::courseware::limits::{self, Trouble};
use crate::courseware::paper::{Block, Paper, Run};

/// Reads a document.
pub fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Paper, Trouble> {
    let main = main_part(archive)?.unwrap_or_else(|| "word/document.xml".to_owned());
    let text = archive.text(&main)?.ok_or(Trouble::Damaged)?;
    let relations = relations(archive, &main)?;
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|one| one.target.clone());
    let mut text_of_kind = |kind: &str| match of_kind(kind) {
        Some(target) => archive.text(&target),
        None => Ok(None),
    };
    let styles = Styles::read(text_of_kind("styles")?.as_deref(), text_of_kind("numbering")?.as_deref())?;
    let notes = [("footnote", text_of_kind("footnotes")?), ("endnote", text_of_kind("endnotes")?)];
    let comments = text_of_kind("comments")?;
    let mut reader = Reader::new(&styles, &relations);
    let tree = parse(&text)?;
    let mut blocks = reader.blocks(tree.root_element(), 0)?;
    if let Some(body) = child(tree.root_element(), "body") {
        blocks = reader.blocks(body, 0)?;
    }
    let mut paper = Paper { blocks, ..Paper::default() };
    for (kind, text) in notes {
        if let Some(text) = text {
            paper.notes.extend(reader.notes(&text, kind)?);
        }
    }
    if let Some(text) = comments {
        let tree = parse(&text)?;
        reader.hidden.extend(elements(tree.root_element(), "comment").map(|node| tidy(&text_of(node))));
    }
    let hidden = std::mem::take(&mut reader.hidden);
    paper.hidden = hidden.into_iter().filter(|text| !text.is_empty()).collect();
    paper.margins = margins(archive, &relations)?;
    Ok(paper)
}

/// Headers and footers, each text once; a number alone is that of a page.
fn margins<R: Read + Seek>(archive: &mut Archive<R>, relations: &[Relation]) -> Result<Vec<String>, Trouble> {
    let mut found: Vec<String> = Vec::new();
    for relation in relations.iter().filter(|relation| matches!(relation.kind.as_str(), "header" | "footer")) {
        let Some(text) = archive.text(&relation.target)? else { continue };
        let tree = parse(&text)?;
        for paragraph in elements(tree.root_element(), "p") {
            let text = tidy(&elements(paragraph, "t").map(text_of).collect::<String>());
            let says = text.chars().any(|c| c.is_alphabetic() && !"第页共".contains(c));
            if says && !found.contains(&text) {
                found.push(text);
            }
        }
    }
    Ok(found)
}

/// The style of a run and where it leads.
#[derive(Debug, Clone, Default)]
struct Manner {
    is_bold: bool,
    is_italic: bool,
    is_struck: bool,
    is_vanished: bool,
    link: Option<String>,
}

struct Reader<'a> {
    styles: &'a Styles,
    relations: BTreeMap<&'a str, &'a Relation>,
    hidden: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles, relations: &'a [Relation]) -> Self {
        let relations = relations.iter().map(|relation| (relation.id.as_str(), relation)).collect();
        Self { styles, relations, hidden: Vec::new() }
    }

    /// The blocks that stand in a node.
    fn blocks(&mut self, node: Node<'_, '_>, depth: usize) -> Result<Vec<Block>, Trouble> {
        if depth > limits::DEPTH {
            return Err(Trouble::Beyond);
        }
        let mut found = Vec::new();
        for node in node.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, depth, &mut found)?,
                "tbl" => found.push(self.table(node, depth)?),
                "sdt" if is_contents(node) => {}
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                    found.extend(self.blocks(node, depth + 1)?);
                }
                "AlternateContent" => found.extend(self.blocks(chosen(node), depth + 1)?),
                "del" | "moveFrom" => self.hidden.push(tidy(&text_of(node))),
                _ => {}
            }
        }
        Ok(found)
    }

    /// A paragraph, and behind it what stands in its text boxes.
    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize, found: &mut Vec<Block>) -> Result<(), Trouble> {
        let properties = child(node, "pPr");
        let (mut runs, mut boxes) = (Vec::new(), Vec::new());
        self.runs(node, &Manner::default(), depth, &mut runs, &mut boxes)?;
        if runs.iter().any(|run| !matches!(run, Run::Text { text, .. } if text.trim().is_empty()) && *run != Run::Break)
        {
            found.push(match (self.styles.heading(properties), self.styles.list(properties)) {
                (Some(level), _) => Block::Heading(level, runs),
                (None, Some(list)) => Block::Item { level: list.level, is_numbered: list.is_numbered, runs },
                (None, None) => Block::Paragraph(runs),
            });
        }
        found.append(&mut boxes);
        Ok(())
    }

    fn runs(
        &mut self,
        node: Node<'_, '_>,
        manner: &Manner,
        depth: usize,
        runs: &mut Vec<Run>,
        boxes: &mut Vec<Block>,
    ) -> Result<(), Trouble> {
        if depth > limits::DEPTH {
            return Err(Trouble::Beyond);
        }
        for node in node.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => {
                    let manner = manner.with(child(node, "rPr"));
                    self.runs(node, &manner, depth + 1, runs, boxes)?;
                }
                "hyperlink" => {
                    let link = self.relations.get(value(node, "id")).filter(|relation| relation.is_outside);
                    let manner = Manner { link: link.map(|relation| relation.target.clone()), ..manner.clone() };
                    self.runs(node, &manner, depth + 1, runs, boxes)?;
                }
                "del" | "moveFrom" => self.hidden.push(tidy(&text_of(node))),
                "t" | "oMath" | "oMathPara" => self.say(&text_of(node), manner, runs),
                "tab" | "ptab" => self.say(" ", manner, runs),
                "noBreakHyphen" => self.say("-", manner, runs),
                "sym" => self.say(symbol(value(node, "char")), manner, runs),
                "cr" => runs.push(Run::Break),
                "br" if value(node, "type").is_empty() => runs.push(Run::Break),
                "footnoteReference" => runs.push(Run::Note(format!("footnote-{}", value(node, "id")))),
                "endnoteReference" => runs.push(Run::Note(format!("endnote-{}", value(node, "id")))),
                "AlternateContent" => self.runs(chosen(node), manner, depth + 1, runs, boxes)?,
                "drawing" | "pict" | "object" => self.drawing(node, depth, runs, boxes)?,
                "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "dir" | "bdo" => {
                    self.runs(node, manner, depth + 1, runs, boxes)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn say(&mut self, text: &str, manner: &Manner, runs: &mut Vec<Run>) {
        if manner.is_vanished {
            self.hidden.push(tidy(text));
            return;
        }
        let is_bold = manner.is_bold;
        let is_italic = manner.is_italic;
        let is_struck = manner.is_struck;
        match runs.last_mut() {
            Some(Run::Text { text: last, is_bold: b, is_italic: i, is_struck: s, link })
                if (*b, *i, *s) == (is_bold, is_italic, is_struck) && *link == manner.link =>
            {
                last.push_str(text);
            }
            _ => {
                runs.push(Run::Text { text: text.to_owned(), is_bold, is_italic, is_struck, link: manner.link.clone() })
            }
        }
    }

    /// Pictures, and the text of boxes.
    fn drawing(
        &mut self,
        node: Node<'_, '_>,
        depth: usize,
        runs: &mut Vec<Run>,
        boxes: &mut Vec<Block>,
    ) -> Result<(), Trouble> {
        let shows = elements(node, "docPr").next().map_or("", |node| value(node, "descr"));
        let pictures = node.descendants().filter_map(|node| match node.tag_name().name() {
            "blip" => Some(value(node, "embed")),
            "imagedata" => Some(value(node, "id")),
            _ => None,
        });
        for id in pictures {
            if let Some(relation) = self.relations.get(id).filter(|relation| !relation.is_outside) {
                runs.push(Run::Picture(relation.target.clone(), tidy(shows)));
            }
        }
        for content in elements(node, "txbxContent") {
            // A box within a box is met again by its own content.
            let is_inner =
                content.ancestors().skip(1).take_while(|up| *up != node).any(|up| up.has_tag_name("txbxContent"));
            if !is_inner {
                boxes.extend(self.blocks(content, depth + 1)?);
            }
        }
        Ok(())
    }

    /// A table; a cell that is several columns wide is followed by empty ones, and one
    /// that goes on from above is empty.
    fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Result<Block, Trouble> {
        let mut rows = Vec::new();
        for row in inner(node, "tr") {
            let mut cells = Vec::new();
            for cell in inner(row, "tc") {
                let properties = child(cell, "tcPr");
                let of = |name: &str| properties.and_then(|node| child(node, name));
                let goes_on = of("vMerge").is_some_and(|node| value(node, "val") != "restart");
                cells.push(if goes_on { Vec::new() } else { self.blocks(cell, depth + 1)? });
                let wide = of("gridSpan").and_then(|node| value(node, "val").parse().ok()).unwrap_or(1usize);
                cells.extend(std::iter::repeat_n(Vec::new(), wide.clamp(1, 64) - 1));
            }
            rows.push(cells);
        }
        Ok(Block::Table(rows))
    }

    fn notes(&mut self, text: &str, kind: &'static str) -> Result<Vec<(String, Vec<Block>)>, Trouble> {
        let tree = parse(text)?;
        let mut found = Vec::new();
        for node in elements(tree.root_element(), kind) {
            // Separators are kept among the notes.
            if value(node, "type").is_empty() || value(node, "type") == "normal" {
                found.push((format!("{kind}-{}", value(node, "id")), self.blocks(node, 1)?));
            }
        }
        Ok(found)
    }
}

impl Manner {
    /// The same with what the properties of a run say.
    fn with(&self, properties: Option<Node<'_, '_>>) -> Self {
        let Some(properties) = properties else { return self.clone() };
        let on = |name: &str| child(properties, name).is_some_and(is_on);
        Self {
            is_bold: on("b"),
            is_italic: on("i"),
            is_struck: on("strike") || on("dstrike"),
            is_vanished: on("vanish"),
            link: self.link.clone(),
        }
    }
}

/// The children of a name, also those that a tracked change or a control wraps.
fn inner<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> Vec<Node<'a, 'input>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'a, 'input>> = node.children().collect();
    open.reverse();
    while let Some(node) = open.pop() {
        match node.tag_name().name() {
            one if one == name => found.push(node),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" => {
                let children: Vec<_> = node.children().collect();
                open.extend(children.into_iter().rev());
            }
            _ => {}
        }
    }
    found
}

/// Of two ways to say the same, the first that is there.
fn chosen<'a, 'input>(node: Node<'a, 'input>) -> Node<'a, 'input> {
    child(node, "Choice").or_else(|| child(node, "Fallback")).unwrap_or(node)
}

/// Whether a control is a table of contents, which says everything twice.
fn is_contents(node: Node<'_, '_>) -> bool {
    let gallery = child(node, "sdtPr").and_then(|node| elements(node, "docPartGallery").next());
    gallery.is_some_and(|node| value(node, "val") == "Table of Contents")
}

/// Boxes and ticks, which forms take from fonts of symbols.
fn symbol(code: &str) -> &'static str {
    match code.to_uppercase().as_str() {
        "F0A8" | "F06F" | "F0A3" | "F02A" => "□",
        "F0FE" | "F052" => "☑",
        "F0FC" => "√",
        "F0FD" | "F053" => "☒",
        "F0FB" => "×",
        "F0B7" | "F06C" => "•",
        _ => "",
    }
}
