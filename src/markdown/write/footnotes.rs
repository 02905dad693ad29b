//! Footnotes, gathered at the end in the order in which they are referred to.

use std::collections::HashMap;

use pulldown_cmark::{Event, TagEnd};

use super::{Writer, by_label};
use crate::markdown::escape;
use crate::markdown::parse::{Footnote, Piece};

/// The footnotes of a body and what refers to them.
pub(super) struct Footnotes<'a> {
    labels: HashMap<String, usize>,
    bodies: Vec<Vec<Piece<'a>>>,
    /// The footnotes by their number, each with the count of its references.
    order: Vec<(usize, usize)>,
    /// The number of each footnote, from 1.
    numbers: HashMap<usize, usize>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn new(footnotes: Vec<Footnote<'a>>) -> Self {
        let (labels, bodies) = by_label(footnotes);
        Self { labels, bodies, order: Vec::new(), numbers: HashMap::new() }
    }

    /// Counts a reference: the number of the footnote and of the reference to it.
    fn refer(&mut self, footnote: usize) -> (usize, usize) {
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(footnote).or_insert(next);
        if number == next {
            self.order.push((footnote, 0));
        }
        let count = self.order.get_mut(number - 1).map_or(1, |(_, count)| {
            *count += 1;
            *count
        });
        (number, count)
    }

    /// Gives those that nothing refers to a number too, so that no text is lost.
    fn number_the_rest(&mut self) {
        for footnote in 0..self.bodies.len() {
            if !self.numbers.contains_key(&footnote) {
                self.order.push((footnote, 0));
                self.numbers.insert(footnote, self.order.len());
            }
        }
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}

impl<'a> Writer<'a, '_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let Some(footnote) = self.footnotes.labels.get(&label.to_lowercase()).copied() else {
            self.shown(&format!("[^{label}]"));
            return;
        };
        let (number, count) = self.footnotes.refer(footnote);
        let id = reference_id(number, count);
        self.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\">[{number}]</a></sup>"
        ));
    }

    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.bodies.is_empty() {
            return;
        }
        self.html.push_str("<section class=\"footnotes\" aria-label=\"");
        escape::attribute(&mut self.html, self.words.footnotes);
        self.html.push_str("\">\n");
        self.open_block("<ol>\n", "</ol>\n</section>\n", true);
        let mut index = 0;
        loop {
            if index == self.footnotes.order.len() {
                self.footnotes.number_the_rest();
            }
            let Some((footnote, _)) = self.footnotes.order.get(index).copied() else { break };
            let body = self.footnotes.bodies.get_mut(footnote).map(std::mem::take).unwrap_or_default();
            self.write_footnote(index + 1, &body);
            index += 1;
        }
        self.close_block();
    }

    fn write_footnote(&mut self, number: usize, body: &[Piece<'a>]) {
        self.open_block(&format!("<li id=\"fn-{number}\">"), "</li>\n", true);
        let is_text = matches!(body.last().map(|piece| &piece.event), Some(Event::End(TagEnd::Paragraph)));
        let paragraph = body.iter().rposition(|piece| matches!(piece.event, Event::Start(_))).filter(|_| is_text);
        // The way back stands at the end of the last paragraph.
        let last_paragraph = paragraph.and_then(|_| last_block(body));
        self.pieces(body.get(..last_paragraph.unwrap_or(body.len())).unwrap_or_default());
        self.open_block("<p>", "</p>\n", true);
        if let Some(start) = last_paragraph {
            self.inline(body.get(start + 1..body.len() - 1).unwrap_or_default());
        }
        self.way_back(number);
        self.close_block();
        self.end_line();
        self.close_block();
    }

    fn way_back(&mut self, number: usize) {
        let count = self.footnotes.order.get(number - 1).map_or(0, |(_, count)| *count);
        for reference in 1..=count {
            let id = reference_id(number, reference);
            self.html.push_str(&format!(" <a class=\"footnote-back\" href=\"#{id}\" aria-label=\""));
            escape::attribute(&mut self.html, self.words.back);
            self.html.push_str("\">↩</a>");
        }
    }
}

/// Where the last block of the list begins, when it is a paragraph at the top.
fn last_block(body: &[Piece<'_>]) -> Option<usize> {
    let mut depth = 0usize;
    for (index, piece) in body.iter().enumerate().rev() {
        match piece.event {
            Event::End(_) => depth += 1,
            Event::Start(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}
