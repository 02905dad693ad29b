//! Presentations of PowerPoint and WPS.

use std::io::{Read, Seek};

use roxmltree::Node;

use super::{Relation, child, elements, main_part, parse, relations, text_of, tidy, value};
use crate::courseware::archive::Archive;
use crate::courseware::limits::{self, Trouble};
use crate::courseware::paper::{Block, Run, Slide, text_of_runs};

/// Reads the slides in the order in which they are shown.
pub fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Vec<Slide>, Trouble> {
    let main = main_part(archive)?.unwrap_or_else(|| "ppt/presentation.xml".to_owned());
    let text = archive.text(&main)?.ok_or(Trouble::Damaged)?;
    let relations = relations(archive, &main)?;
    let tree = parse(&text)?;
    let ids: Vec<&str> = elements(tree.root_element(), "sldId").map(|node| relation_id(node)).collect();
    if ids.len() > limits::PARTS {
        return Err(Trouble::Beyond);
    }
    let target = |id: &str| relations.iter().find(|relation| relation.id == id).map(|relation| relation.target.clone());
    ids.into_iter().filter_map(target).map(|entry| slide(archive, &entry)).collect()
}

/// `r:id`, which stands beside an `id` without a prefix.
fn relation_id<'a>(node: Node<'a, '_>) -> &'a str {
    let prefixed = node.attributes().find(|attribute| attribute.name() == "id" && attribute.namespace().is_some());
    prefixed.map_or("", |attribute| attribute.value())
}

fn slide<R: Read + Seek>(archive: &mut Archive<R>, entry: &str) -> Result<Slide, Trouble> {
    let text = archive.text(entry)?.ok_or(Trouble::Damaged)?;
    let relations = relations(archive, entry)?;
    let tree = parse(&text)?;
    let mut reader = Reader { relations: &relations, slide: Slide::default(), graphics: Vec::new() };
    if let Some(shapes) = elements(tree.root_element(), "spTree").next() {
        reader.shapes(shapes, 0)?;
    }
    let Reader { mut slide, graphics, .. } = reader;
    for id in graphics {
        let Some(relation) = relations.iter().find(|relation| relation.id == id) else { continue };
        slide.blocks.extend(graphic(archive, &relation.target)?);
    }
    let notes = relations.iter().find(|relation| relation.kind == "notesSlide");
    if let Some(text) = notes.map_or(Ok(None), |relation| archive.text(&relation.target))? {
        slide.notes = notes_of(&text)?;
    }
    Ok(slide)
}

struct Reader<'a> {
    relations: &'a [Relation],
    slide: Slide,
    /// Charts and drawn lists, which stand in entries of their own.
    graphics: Vec<String>,
}

impl Reader<'_> {
    fn shapes(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Trouble> {
        if depth > limits::DEPTH {
            return Err(Trouble::Beyond);
        }
        for node in node.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "sp" | "cxnSp" => self.shape(node),
                "pic" => self.picture(node),
                "grpSp" => self.shapes(node, depth + 1)?,
                "graphicFrame" => self.frame(node),
                "AlternateContent" => {
                    let chosen = child(node, "Choice").or_else(|| child(node, "Fallback"));
                    self.shapes(chosen.unwrap_or(node), depth + 1)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn shape(&mut self, node: Node<'_, '_>) {
        let role = role(node);
        if matches!(role, "sldNum" | "dt" | "ftr" | "hdr" | "sldImg") {
            return;
        }
        let Some(body) = child(node, "txBody") else { return self.fill(node) };
        let is_title = matches!(role, "title" | "ctrTitle");
        let is_list = matches!(role, "body" | "obj");
        for paragraph in elements(body, "p") {
            let runs = runs(paragraph, self.relations);
            let text = tidy(&text_of_runs(&runs));
            if text.is_empty() {
                continue;
            }
            if is_title && self.slide.title.is_empty() {
                self.slide.title = text;
            } else if is_title {
                self.slide.title = format!("{} {text}", self.slide.title);
            } else {
                self.slide.blocks.push(block(paragraph, runs, is_list));
            }
        }
        self.fill(node);
    }

    /// A picture with which a shape is filled.
    fn fill(&mut self, node: Node<'_, '_>) {
        if child(node, "spPr").is_some_and(|node| child(node, "blipFill").is_some()) {
            self.picture(node);
        }
    }

    fn picture(&mut self, node: Node<'_, '_>) {
        for blip in elements(node, "blip") {
            let relation = self.relations.iter().find(|relation| relation.id == value(blip, "embed"));
            if let Some(relation) = relation.filter(|relation| !relation.is_outside) {
                self.slide.pictures.push(relation.target.clone());
            }
        }
    }

    fn frame(&mut self, node: Node<'_, '_>) {
        for table in elements(node, "tbl") {
            let cell = |cell: Node<'_, '_>| {
                let lines = elements(cell, "p").map(|paragraph| runs(paragraph, self.relations));
                lines.filter(|runs| !runs.is_empty()).map(Block::Paragraph).collect()
            };
            let row = |row: Node<'_, '_>| elements(row, "tc").map(cell).collect();
            self.slide.blocks.push(Block::Table(elements(table, "tr").map(row).collect()));
        }
        let ids = node.descendants().filter_map(|node| match node.tag_name().name() {
            "chart" => Some(value(node, "id")),
            "relIds" => Some(value(node, "dm")),
            _ => None,
        });
        self.graphics.extend(ids.filter(|id| !id.is_empty()).map(str::to_owned));
    }
}

/// What a placeholder is for; a text box has no role.
fn role<'a>(node: Node<'a, '_>) -> &'a str {
    let properties = node.children().find(|node| node.tag_name().name().starts_with("nvSpPr"));
    let placeholder = properties.and_then(|node| elements(node, "ph").next());
    placeholder.map_or("", |node| if value(node, "type").is_empty() { "obj" } else { value(node, "type") })
}

/// A paragraph, which is an item where its placeholder makes lists and it has a bullet.
fn block(paragraph: Node<'_, '_>, runs: Vec<Run>, is_list: bool) -> Block {
    let properties = child(paragraph, "pPr");
    let has = |name: &str| properties.is_some_and(|node| child(node, name).is_some());
    let level = properties.and_then(|node| value(node, "lvl").parse().ok()).unwrap_or(0);
    let is_item = !has("buNone") && (is_list || has("buChar") || has("buAutoNum"));
    if is_item { Block::Item { level, is_numbered: has("buAutoNum"), runs } } else { Block::Paragraph(runs) }
}

fn runs(paragraph: Node<'_, '_>, relations: &[Relation]) -> Vec<Run> {
    let mut found = Vec::new();
    for node in paragraph.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "br" => found.push(Run::Break),
            "r" | "fld" => {
                let properties = child(node, "rPr");
                let on = |name: &str| properties.is_some_and(|node| matches!(value(node, name), "1" | "true"));
                let struck = properties.is_some_and(|node| value(node, "strike").ends_with("Strike"));
                let link = properties.and_then(|node| child(node, "hlinkClick")).and_then(|node| {
                    let id = value(node, "id");
                    relations.iter().find(|relation| relation.id == id && relation.is_outside)
                });
                let text = child(node, "t").map(text_of).unwrap_or_default();
                found.push(Run::Text {
                    text,
                    is_bold: on("b"),
                    is_italic: on("i"),
                    is_struck: struck,
                    link: link.map(|relation| relation.target.clone()),
                });
            }
            "AlternateContent" | "m" => found.push(Run::plain(text_of(node))),
            _ => {}
        }
    }
    found
}

/// The words of a chart or of a drawn list.
fn graphic<R: Read + Seek>(archive: &mut Archive<R>, entry: &str) -> Result<Vec<Block>, Trouble> {
    let Some(text) = archive.text(entry)? else { return Ok(Vec::new()) };
    let tree = parse(&text)?;
    let mut found: Vec<String> = Vec::new();
    let mut add = |text: String| {
        let text = tidy(&text);
        if !text.is_empty() && !found.contains(&text) && found.len() < 500 {
            found.push(text);
        }
    };
    for paragraph in elements(tree.root_element(), "p") {
        add(elements(paragraph, "t").map(text_of).collect());
    }
    for names in elements(tree.root_element(), "strCache") {
        elements(names, "v").map(text_of).for_each(&mut add);
    }
    let item = |text: String| Block::Item { level: 0, is_numbered: false, runs: vec![Run::plain(text)] };
    Ok(found.into_iter().map(item).collect())
}

/// The notes below a slide, without its number and its picture.
fn notes_of(text: &str) -> Result<Vec<String>, Trouble> {
    let tree = parse(text)?;
    let shapes = elements(tree.root_element(), "sp").filter(|node| matches!(role(*node), "body" | ""));
    let paragraphs = shapes.flat_map(|node| elements(node, "p"));
    let texts = paragraphs.map(|paragraph| tidy(&text_of_runs(&runs(paragraph, &[]))));
    Ok(texts.filter(|text| !text.is_empty()).collect())
}
