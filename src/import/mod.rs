//! Makes lessons of what colleagues send in: a document or a presentation becomes
//! Markdown, its pictures files beside it, the usual table-form 教案 front matter.
//!
//! Nothing is written here; what would be written is a value ([`Draft`]), so that it can
//! be shown before it is done. What could not be carried over is told: the original is
//! kept, and has it.

mod front;
mod head;
mod inline;
mod slides;
mod text;
mod writing;

use std::io::Cursor;

use crate::courseware::limits::Trouble;
use crate::courseware::paper::{Block, Paper};
use crate::courseware::{Taken, safely, take};
use crate::records::LESSON;
use crate::source::{Nature, decode};
use front::Front;
use writing::{Writing, Written};

/// A lesson that was made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The title.
    pub title: String,
    /// The whole file, front matter first.
    pub text: String,
    /// The names and values of the front matter, for people to look at.
    pub fields: Vec<(String, Vec<String>)>,
    /// Pictures by their names beside the text.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What it has.
    pub counts: Counts,
    /// What could not be carried over, or should be looked at.
    pub notes: Vec<String>,
}

/// What a lesson has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Headings.
    pub headings: usize,
    /// Items of lists.
    pub items: usize,
    /// Tables.
    pub tables: usize,
    /// Footnotes.
    pub notes: usize,
    /// Characters of the body, as a word processor counts them.
    pub characters: usize,
}

/// Why no lesson can be made of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It asks for a password.
    Locked,
    /// It is broken.
    Damaged,
    /// It unfolds to more than is healthy.
    Beyond,
    /// Its text could not be decoded.
    Undecodable,
    /// It is of a kind that lessons are not made of.
    Kind(Nature),
}

impl Refusal {
    /// The reason and the way out, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Refusal::Locked => "设了打开密码，请去掉密码后另存，再导入",
            Refusal::Damaged => "打不开，多半是没有传完整或存坏了，请用原来的程序另存一份",
            Refusal::Beyond => "太大，或者解开以后大得不正常，没有导入",
            Refusal::Undecodable => "不是 UTF-8 或 GBK 文字，请用记事本另存为 UTF-8",
            Refusal::Kind(Nature::Pdf) => "PDF 不能改成教案；直接放进 lessons 文件夹，会自动成为一页课件",
            Refusal::Kind(Nature::Xlsx | Nature::Xls) => {
                "表格不能改成教案；与教案同名放进 lessons 文件夹，会自动成为附件"
            }
            Refusal::Kind(Nature::Ppt) => "是旧版 ppt，请另存为 pptx 再导入",
            Refusal::Kind(_) => "不是 docx、pptx、md、txt，没有导入",
        }
    }
}

/// Makes a lesson of a file of this name.
///
/// # Errors
/// When the file is locked, broken, or of another kind.
pub fn lesson(name: &str, bytes: Vec<u8>) -> Result<Draft, Refusal> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_lowercase();
    if matches!(extension.as_str(), "md" | "markdown" | "txt") {
        let decoded = decode(&bytes).ok_or(Refusal::Undecodable)?;
        return Ok(text::lesson(stem, &decoded.text, extension == "txt"));
    }
    let taken = safely(|| take(&mut Cursor::new(bytes), &extension)).ok_or(Refusal::Damaged)?;
    match taken.map_err(refusal)? {
        Taken::Paper(paper, properties, media) => {
            let title = properties.title.filter(|title| !is_stock(title));
            Ok(of_paper(stem, title, paper, Writing::new(media)))
        }
        Taken::Slides(slides, _, media) => Ok(slides::lesson(stem, slides, Writing::new(media))),
        Taken::Other(nature) => Err(Refusal::Kind(nature)),
    }
}

fn refusal(trouble: Trouble) -> Refusal {
    match trouble {
        Trouble::Locked => Refusal::Locked,
        Trouble::Beyond => Refusal::Beyond,
        Trouble::Damaged => Refusal::Damaged,
        Trouble::Unsupported => Refusal::Kind(Nature::Other),
    }
}

/// Titles that office programs put in by themselves.
fn is_stock(title: &str) -> bool {
    let lower = title.to_lowercase();
    let stock = ["powerpoint", "幻灯片", "演示文稿", "文档", "word", "untitled", "无标题"];
    title.trim().is_empty() || stock.iter().any(|word| lower.starts_with(word))
}

/// A document: its head gives the front matter, what follows the body.
fn of_paper(stem: &str, stated: Option<String>, paper: Paper, mut writing: Writing) -> Draft {
    let Paper { blocks, notes, hidden, .. } = paper;
    let (mut front, blocks) = head::read(blocks);
    let first = blocks.iter().find_map(|block| match block {
        Block::Heading(0, _) => Some(block.text()),
        _ => None,
    });
    let opening = || match blocks.first() {
        Some(block @ Block::Heading(..)) => Some(block.text()),
        // Papers without styles begin with their title, a line in the middle.
        Some(block @ Block::Paragraph(_)) => Some(block.text()).filter(|line| is_title(line)),
        _ => None,
    };
    let title = front.take_title().or(first).or_else(opening).or(stated).unwrap_or_else(|| stem.to_owned());
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !hidden.is_empty() {
        writing.note("批注和修订中删去的文字没有带过来，原件里还有");
    }
    writing.set_notes(notes);
    writing.blocks(&without_title(blocks, &title), true);
    finish(title, front, writing)
}

/// Whether a line reads like a title: short, and no sentence.
fn is_title(line: &str) -> bool {
    let length = line.trim().chars().count();
    let ends = ['。', '；', '，', '：', '！', '？', '、', '.', ',', ';', ':'];
    (2..=30).contains(&length) && !line.trim().ends_with(ends)
}

/// The blocks without the one that says the title again.
fn without_title(blocks: Vec<Block>, title: &str) -> Vec<Block> {
    let mut is_told = false;
    let says = |block: &Block| matches!(block, Block::Heading(..) | Block::Paragraph(_)) && same(&block.text(), title);
    let keep = |block: &Block| {
        let is_first = !is_told && says(block);
        is_told |= is_first;
        !is_first
    };
    blocks.into_iter().filter(keep).collect()
}

/// Whether two texts say the same, whatever their spaces.
fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(one) == bare(other)
}

/// Puts front matter and body together.
fn finish(title: String, mut front: Front, writing: Writing) -> Draft {
    front.set("title", vec![title.clone()]);
    let Written { body, pictures, counts, mut notes } = writing.done();
    notes.splice(0..0, front.notes.drain(..));
    let text = format!("---\n{}---\n\n{body}", front.yaml());
    let fields = LESSON.fields.iter().filter_map(|field| Some((field.name.to_owned(), front.get(field.key)?.to_vec())));
    Draft { title, text, fields: fields.collect(), pictures, counts, notes }
}
