//! Markdown and plain text, which are lessons already but for their front matter.

use super::front::Front;
use super::{Counts, Draft, is_title};
use crate::base::text::count_characters;
use crate::records::LESSON;

/// Makes a lesson of a text. One that has front matter is taken as it is; a first line
/// that is short and stands alone is the title.
pub fn lesson(stem: &str, text: &str, is_plain: bool) -> Draft {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with("---\n") {
        return draft(stem.to_owned(), format!("{}\n", text.trim()), Front::default());
    }
    let (title, body) = titled(text);
    let title = title.unwrap_or_else(|| stem.to_owned());
    let mut front = Front::default();
    front.set("title", vec![title.clone()]);
    // Lines of a plain text end where people saw them end.
    let body = if is_plain { paragraphs(body) } else { body.trim().to_owned() };
    let text = format!("---\n{}---\n\n{body}\n", front.yaml());
    draft(title, text, front)
}

fn draft(title: String, text: String, front: Front) -> Draft {
    let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
    let starts = |mark: &str| body.lines().filter(|line| line.starts_with(mark)).count();
    let counts = Counts {
        headings: starts("#"),
        items: starts("- ") + starts("1. "),
        tables: starts("| --- |"),
        notes: starts("[^"),
        characters: count_characters(body),
    };
    let fields = LESSON.fields.iter().filter_map(|field| Some((field.name.to_owned(), front.get(field.key)?.to_vec())));
    Draft { title, fields: fields.collect(), text, pictures: Vec::new(), counts, notes: Vec::new() }
}

/// The title that a text begins with, and the rest.
fn titled(text: &str) -> (Option<String>, &str) {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let heading = first.strip_prefix("# ").map(str::trim);
    let alone = rest.is_empty() || rest.starts_with('\n');
    match heading.or(Some(first.trim()).filter(|line| alone && is_title(line))) {
        Some(title) if !title.is_empty() && !title.starts_with(['#', '-', '>', '|']) => (Some(title.to_owned()), rest),
        _ => (None, text),
    }
}

/// Every line a paragraph.
fn paragraphs(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}
