//! Tables, which may be scrolled sideways on their own.

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::Writer;
use crate::markdown::parse::Piece;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, columns: &[Alignment]) {
        self.table = Table { columns: columns.to_vec(), ..Table::default() };
        self.fresh_line();
        self.open_block("<div class=\"table-wrap\" tabindex=\"0\"><table>\n", "</table></div>\n", true);
    }

    pub(super) fn end_table(&mut self) {
        if self.table.has_body {
            self.html.push_str("</tbody>\n");
        }
        self.close_block();
        self.end_line();
    }

    pub(super) fn start_head(&mut self) {
        self.table.in_head = true;
        self.html.push_str("<thead>\n");
        self.start_row();
    }

    pub(super) fn end_head(&mut self) {
        self.end_row();
        self.table.in_head = false;
        self.html.push_str("</thead>\n");
    }

    pub(super) fn start_row(&mut self) {
        if !self.table.in_head && !self.table.has_body {
            self.table.has_body = true;
            self.html.push_str("<tbody>\n");
        }
        self.table.column = 0;
        self.open_block("<tr>", "</tr>\n", true);
    }

    pub(super) fn end_row(&mut self) {
        self.close_block();
        self.end_line();
    }

    /// Opens a cell; an empty corner of the head is no heading.
    pub(super) fn start_cell(&mut self, next: Option<&Piece<'_>>) {
        let is_empty = matches!(next.map(|piece| &piece.event), Some(Event::End(TagEnd::TableCell)));
        let is_heading = self.table.in_head && !is_empty;
        let open = match (self.table.columns.get(self.table.column), is_heading) {
            (Some(Alignment::Center), true) => "<th scope=\"col\" class=\"align-center\">",
            (Some(Alignment::Center), false) => "<td class=\"align-center\">",
            (Some(Alignment::Right), true) => "<th scope=\"col\" class=\"align-right\">",
            (Some(Alignment::Right), false) => "<td class=\"align-right\">",
            (_, true) => "<th scope=\"col\">",
            (_, false) => "<td>",
        };
        self.open_block(open, if is_heading { "</th>" } else { "</td>" }, true);
    }

    pub(super) fn end_cell(&mut self) {
        self.close_block();
        self.plain.push(' ');
        self.table.column += 1;
    }
}
