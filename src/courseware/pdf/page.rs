//! The strings of a page and where they stand.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, Fonts};
use crate::courseware::limits::{self, Trouble};

/// A string on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where it begins, from the left.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// The line on which it stands, from the bottom.
    pub base: f32,
    /// The height of its letters.
    pub size: f32,
    /// What it says.
    pub text: String,
}

/// Forms within forms within a page.
const NESTED: usize = 8;

/// Reads pages.
pub struct Reader<'d, 'f> {
    document: &'d Document,
    fonts: &'f mut Fonts<'d>,
    left: &'f mut usize,
    /// How many pictures the page shows.
    pub pictures: usize,
    /// How many strings there are that nothing tells the meaning of.
    pub unreadable: usize,
}

/// A matrix of six numbers, as PDF has it.
type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// One matrix after another.
fn after(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What holds while strings are shown.
#[derive(Clone)]
struct State<'d> {
    matrix: Matrix,
    font: Option<Rc<Font<'d>>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
}

/// Where the next string goes.
struct Pen {
    text: Matrix,
    line: Matrix,
}

impl Pen {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = after(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }
}

impl<'d, 'f> Reader<'d, 'f> {
    /// Prepares to read pages.
    pub fn new(document: &'d Document, fonts: &'f mut Fonts<'d>, left: &'f mut usize) -> Self {
        Self { document, fonts, left, pictures: 0, unreadable: 0 }
    }

    /// The strings of a page, in the order in which they are drawn.
    pub fn page(&mut self, id: ObjectId) -> Result<Vec<Piece>, Trouble> {
        let content = self.document.get_page_content_with_limit(id, limits::STREAM).map_err(|_| Trouble::Beyond)?;
        let (own, inherited) = self.document.get_page_resources(id).unwrap_or_default();
        let inherited = inherited.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<&'d Dictionary> = own.into_iter().chain(inherited).collect();
        let mut pieces = Vec::new();
        self.content(&content, &resources, UNIT, 0, &mut pieces)?;
        Ok(pieces)
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: &[&'d Dictionary],
        matrix: Matrix,
        depth: usize,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Trouble> {
        // A page whose drawing is broken has no text; the other pages still have theirs.
        let Ok(content) = Content::decode(content) else { return Ok(()) };
        *self.left = self.left.checked_sub(content.operations.len()).ok_or(Trouble::Beyond)?;
        let fonts = self.fonts_in(resources);
        let mut state =
            State { matrix, font: None, size: 1.0, letter_space: 0.0, word_space: 0.0, stretch: 1.0, leading: 0.0 };
        let mut kept = Vec::new();
        let mut pen = Pen { text: UNIT, line: UNIT };
        for operation in &content.operations {
            let number = |at: usize| operation.operands.get(at).map_or(0.0, |object| object.as_float().unwrap_or(0.0));
            match operation.operator.as_str() {
                "q" if kept.len() < 500 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.matrix = after(&std::array::from_fn(number), &state.matrix),
                "BT" => pen = Pen { text: UNIT, line: UNIT },
                "Tf" => {
                    let name = operation.operands.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| fonts.get(name).cloned());
                    state.size = number(1);
                }
                "Tc" => state.letter_space = number(0),
                "Tw" => state.word_space = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Td" => pen.next_line(number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    pen.next_line(number(0), number(1));
                }
                "Tm" => {
                    pen.line = std::array::from_fn(number);
                    pen.text = pen.line;
                }
                "T*" => pen.next_line(0.0, -state.leading),
                "Tj" | "TJ" => self.show(operation.operands.first(), &state, &mut pen, pieces),
                "'" => {
                    pen.next_line(0.0, -state.leading);
                    self.show(operation.operands.first(), &state, &mut pen, pieces);
                }
                "\"" => {
                    (state.word_space, state.letter_space) = (number(0), number(1));
                    pen.next_line(0.0, -state.leading);
                    self.show(operation.operands.get(2), &state, &mut pen, pieces);
                }
                "Do" => self.draw(operation, resources, &state.matrix, depth, pieces)?,
                "BI" => self.pictures += 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn fonts_in(&mut self, resources: &[&'d Dictionary]) -> HashMap<&'d [u8], Rc<Font<'d>>> {
        let mut found = HashMap::new();
        for resources in resources {
            let Ok(fonts) = resources.get_deref(b"Font", self.document).and_then(Object::as_dict) else { continue };
            for (name, font) in fonts.iter().take(1_000) {
                let font = self.document.dereference(font).ok().and_then(|(_, font)| font.as_dict().ok());
                if let Some(font) = font {
                    found.entry(name.as_slice()).or_insert_with(|| self.fonts.of(self.document, font));
                }
            }
        }
        found
    }

    /// Shows a string, or strings with gaps between them.
    fn show(&mut self, shown: Option<&Object>, state: &State<'d>, pen: &mut Pen, pieces: &mut Vec<Piece>) {
        match shown {
            Some(Object::String(bytes, _)) => self.string(bytes, state, pen, pieces),
            Some(Object::Array(parts)) => {
                for part in parts {
                    match part {
                        Object::String(bytes, _) => self.string(bytes, state, pen, pieces),
                        gap => {
                            let gap = -gap.as_float().unwrap_or(0.0) / 1000.0 * state.size * state.stretch;
                            pen.text = after(&[1.0, 0.0, 0.0, 1.0, gap, 0.0], &pen.text);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, bytes: &[u8], state: &State<'d>, pen: &mut Pen, pieces: &mut Vec<Piece>) {
        let Some(font) = &state.font else { return };
        let spaces = if font.is_simple() { bytes.iter().filter(|byte| **byte == b' ').count() } else { 0 };
        let codes = font.codes(bytes);
        let letters: f32 = codes.iter().sum::<f32>() / 1000.0 * state.size;
        let spaced = letters + codes.len() as f32 * state.letter_space + spaces as f32 * state.word_space;
        let from = after(&pen.text, &state.matrix);
        pen.text = after(&[1.0, 0.0, 0.0, 1.0, spaced * state.stretch, 0.0], &pen.text);
        let to = after(&pen.text, &state.matrix);
        match font.text(bytes) {
            Some(text) if !text.is_empty() => {
                let size = state.size.abs() * (from[2] * from[2] + from[3] * from[3]).sqrt();
                pieces.push(Piece { left: from[4], right: to[4], base: from[5], size, text });
            }
            Some(_) => {}
            None => self.unreadable += 1,
        }
    }

    /// Draws a picture, or what a form says.
    fn draw(
        &mut self,
        operation: &Operation,
        resources: &[&'d Dictionary],
        matrix: &Matrix,
        depth: usize,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Trouble> {
        let Some(name) = operation.operands.first().and_then(|name| name.as_name().ok()) else { return Ok(()) };
        let found = resources.iter().find_map(|resources| {
            let objects = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict).ok()?;
            objects.get_deref(name, self.document).and_then(Object::as_stream).ok()
        });
        let Some(stream) = found else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.pictures += 1;
            return Ok(());
        }
        if depth >= NESTED {
            return Ok(());
        }
        let Ok(content) = stream.get_plain_content_with_limit(limits::STREAM) else { return Ok(()) };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let inner: Vec<&'d Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let placed = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let placed = placed.map_or(UNIT, |numbers| {
            std::array::from_fn(|at| numbers.get(at).map_or(UNIT[at], |number| number.as_float().unwrap_or(0.0)))
        });
        self.content(&content, &inner, after(&placed, matrix), depth + 1, pieces)
    }
}
