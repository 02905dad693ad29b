//! Files of office programs, made of a few lines of text.

#![allow(dead_code)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of entries.
pub fn archive(entries: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(text.as_bytes()).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn entry(name: &str, text: impl Into<String>) -> (String, String) {
    (name.to_owned(), text.into())
}

fn package(main: &str) -> Vec<(String, String)> {
    let root =
        format!(r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="{main}"/></Relationships>"#);
    vec![entry("[Content_Types].xml", "<Types/>"), entry("_rels/.rels", root)]
}

fn paragraph(text: &str) -> String {
    format!("<p><r><t>{text}</t></r></p>")
}

/// A document with a paragraph for each line, and a table for lines such as `| a | b |`.
/// `标题：…` is its title, `批注：…` a comment.
pub fn docx(text: &str) -> Vec<u8> {
    let (mut body, mut rows) = (String::new(), String::new());
    let (mut title, mut comments) = (String::new(), String::new());
    for line in text.lines() {
        if let Some(cells) = line.strip_prefix('|') {
            let cells = cells.trim_end_matches('|').split('|');
            let cells: String = cells.map(|cell| format!("<tc>{}</tc>", paragraph(cell.trim()))).collect();
            rows += &format!("<tr>{cells}</tr>");
        } else if let Some(text) = line.strip_prefix("标题：") {
            title = format!("<title>{text}</title>");
        } else if let Some(text) = line.strip_prefix("批注：") {
            comments += &format!("<comment>{}</comment>", paragraph(text));
        } else {
            body += &paragraph(line);
        }
    }
    let mut entries = package("word/document.xml");
    entries.push(entry("word/document.xml", format!("<document><body>{body}<tbl>{rows}</tbl></body></document>")));
    entries.push(entry("word/comments.xml", format!("<comments>{comments}</comments>")));
    let relation = r#"<Relationships><Relationship Id="c" Type="x/comments" Target="comments.xml"/></Relationships>"#;
    entries.push(entry("word/_rels/document.xml.rels", relation));
    entries.push(entry("docProps/core.xml", format!("<coreProperties>{title}</coreProperties>")));
    archive(&entries)
}

/// A presentation; a line `---` begins a new slide.
pub fn pptx(text: &str) -> Vec<u8> {
    let mut entries = package("ppt/presentation.xml");
    let (mut ids, mut relations) = (String::new(), String::new());
    for (slide, number) in text.split("---\n").zip(1..) {
        let shapes: String =
            slide.lines().map(|line| format!("<sp><txBody>{}</txBody></sp>", paragraph(line))).collect();
        entries.push(entry(
            &format!("ppt/slides/s{number}.xml"),
            format!("<sld><cSld><spTree>{shapes}</spTree></cSld></sld>"),
        ));
        ids += &format!(r#"<sldId r:id="r{number}"/>"#);
        relations += &format!(r#"<Relationship Id="r{number}" Type="x/slide" Target="slides/s{number}.xml"/>"#);
    }
    let main = format!(r#"<presentation xmlns:r="r"><sldIdLst>{ids}</sldIdLst></presentation>"#);
    entries.push(entry("ppt/presentation.xml", main));
    entries.push(entry("ppt/_rels/presentation.xml.rels", format!("<Relationships>{relations}</Relationships>")));
    archive(&entries)
}

/// The first half of a document.
pub fn cut() -> Vec<u8> {
    let whole = docx("先看灯。");
    whole[..whole.len() / 2].to_vec()
}

/// A document that unfolds to many times its size.
pub fn bomb() -> Vec<u8> {
    let mut entries = package("word/document.xml");
    entries.push(entry("word/document.xml", " ".repeat(30 << 20)));
    archive(&entries)
}

/// A file that an office program wrote (`tests/courseware/files`).
pub fn written(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courseware/files").join(name)).expect("a file")
}
