//! Anchors of headings and the table of contents.

use std::collections::HashMap;

use super::api::TocEntry;

/// The anchors that are taken, each with the last number that was put behind it.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, u32>);

impl Anchors {
    /// An anchor for a heading of that text: lower case, Han characters as they are,
    /// spaces as `-`, other signs left out; repeated ones are numbered from 2.
    pub(super) fn of(&mut self, text: &str) -> String {
        let base = slug(text);
        self.unique(if base.is_empty() { "section" } else { &base })
    }

    /// The anchor itself, or numbered when it is taken.
    pub(super) fn unique(&mut self, base: &str) -> String {
        let Some(number) = self.0.get(base).copied() else {
            self.0.insert(base.to_owned(), 1);
            return base.to_owned();
        };
        let mut number = number;
        let anchor = loop {
            number += 1;
            let anchor = format!("{base}-{number}");
            if !self.0.contains_key(&anchor) {
                break anchor;
            }
        };
        self.0.insert(base.to_owned(), number);
        self.0.insert(anchor.clone(), 1);
        anchor
    }
}

fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || c == '_' {
            slug.extend(c.to_lowercase());
        } else if (c.is_whitespace() || c == '-') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    // Footnotes have anchors that begin so.
    if slug.starts_with("fn-") || slug.starts_with("fnref-") { format!("h-{slug}") } else { slug.to_owned() }
}

/// Splits `标题 {#anchor}` into the title and the anchor.
pub(super) fn explicit(text: &str) -> Option<(&str, &str)> {
    let (title, anchor) = text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    let named = !anchor.is_empty() && anchor.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    named.then(|| (title.trim_end(), anchor))
}

/// Makes a tree of the headings in their order.
pub(super) fn tree(flat: Vec<TocEntry>) -> Vec<TocEntry> {
    let mut tree: Vec<TocEntry> = Vec::new();
    // The headings that are still open, the innermost last.
    let mut open: Vec<TocEntry> = Vec::new();
    for entry in flat {
        close(&mut open, &mut tree, entry.level);
        open.push(entry);
    }
    close(&mut open, &mut tree, 0);
    tree
}

fn close(open: &mut Vec<TocEntry>, tree: &mut Vec<TocEntry>, level: u8) {
    while let Some(last) = open.pop_if(|last| last.level >= level) {
        match open.last_mut() {
            Some(parent) => parent.children.push(last),
            None => tree.push(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchors, explicit};

    #[test]
    fn anchors_are_readable_and_distinct() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.of("步骤（一）：先 Check"), "步骤一先-check");
        assert_eq!(anchors.of("案例"), "案例");
        assert_eq!(anchors.of("案例"), "案例-2");
        assert_eq!(anchors.of("案例 2"), "案例-2-2");
        assert_eq!(anchors.of("？"), "section");
        assert_eq!(anchors.of("fn 1"), "h-fn-1");
        assert_eq!(explicit("用法 {#usage}"), Some(("用法", "usage")));
        assert_eq!(explicit("用法 {例}"), None);
    }
}
