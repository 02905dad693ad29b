//! The list of what the last finished build wrote.

use std::fs;
use std::io;
use std::path::Path;

use super::aside;
use super::names::{self, MANIFEST};

/// The first line. The number rises when the lines below it change their meaning; a
/// list of another number is not understood and therefore claims nothing.
const HEADER: &str = "jiangtai-manifest 1";

/// Reads the list; one that is missing or not understood is empty, so that nothing is
/// taken for ours that might not be.
pub fn read(root: &Path) -> io::Result<Vec<String>> {
    let bytes = match fs::read(root.join(MANIFEST)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(parse(&String::from_utf8_lossy(&bytes)))
}

/// Writes the list, which is sorted, in one step, unless it says the same already.
pub fn write(root: &Path, paths: &[&str]) -> io::Result<()> {
    let text = format(paths);
    let target = root.join(MANIFEST);
    if fs::read(&target).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    aside::write(&target, text.as_bytes()).map(drop)
}

fn parse(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Vec::new();
    }
    lines.filter(|path| names::check(path).is_ok()).map(str::to_owned).collect()
}

fn format(paths: &[&str]) -> String {
    let mut text = String::from(HEADER);
    text.push('\n');
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_back_without_what_leads_out() {
        let paths = ["a.html", "a/x y.pdf", "b.html"];
        let text = format(&paths);
        assert_eq!(text, "jiangtai-manifest 1\na.html\na/x y.pdf\nb.html\n");
        assert_eq!(parse(&text), paths);
        assert_eq!(parse("jiangtai-manifest 1\n../../etc/passwd\n/etc/passwd\n").len(), 0);
    }

    #[test]
    fn a_list_of_another_form_claims_nothing() {
        assert!(parse("jiangtai-manifest 2\na.html\n").is_empty());
        assert!(parse("<html>").is_empty());
        assert!(parse("").is_empty());
    }
}
