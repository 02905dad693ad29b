//! Text as Markdown writes it: signs that would mean something are escaped.

use crate::courseware::paper::Run;

/// Text in which no sign means anything.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let doubles = rest.peek() == Some(&c) || before == c;
        let means = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' => true,
            // Within a word an underscore is one.
            '_' => !(before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric())),
            '~' => doubles,
            '&' => rest.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#'),
            '!' => rest.peek() == Some(&'['),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A line whose beginning would make it something else than a paragraph.
pub fn opened(line: &str) -> String {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_rule = line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | ' '));
    let marks = line.starts_with(['#', '＃', '>', '|', '｜'])
        || line.starts_with("- ")
        || line.starts_with("+ ")
        || line.starts_with(":::")
        || line.starts_with("：：：")
        || is_rule;
    match rest {
        _ if marks => format!("\\{line}"),
        rest if rest.len() < line.len()
            && rest.starts_with(['.', ')'])
            && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            format!("{}\\{rest}", &line[..line.len() - rest.len()])
        }
        _ => line.to_owned(),
    }
}

/// Runs as one line; `picture` and `note` say how these are written.
pub fn line(
    runs: &[Run],
    in_table: bool,
    mut picture: impl FnMut(&str, &str) -> String,
    mut note: impl FnMut(&str) -> String,
) -> String {
    let mut out = String::new();
    for run in runs {
        match run {
            Run::Text { text, is_bold, is_italic, is_struck, link } => {
                let text = if in_table { escaped(text).replace('|', "\\|") } else { escaped(text) };
                out.push_str(&styled(&text, *is_bold, *is_italic, *is_struck, link.as_deref()));
            }
            Run::Break if in_table => out.push_str("<br>"),
            Run::Break => out.push_str("\\\n"),
            Run::Picture(entry, shows) => out.push_str(&picture(entry, shows)),
            Run::Note(name) => out.push_str(&note(name)),
        }
    }
    out
}

/// Marks around the text itself: blanks at its ends stay outside of them.
fn styled(text: &str, is_bold: bool, is_italic: bool, is_struck: bool, link: Option<&str>) -> String {
    let core = text.trim();
    if core.is_empty() {
        return text.to_owned();
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    let mark = match (is_bold, is_italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let strike = if is_struck { "~~" } else { "" };
    let inner = format!("{strike}{mark}{core}{mark}{strike}");
    match link.filter(|link| ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))) {
        Some(link) => format!("{start}[{inner}](<{}>){end}", link.replace(['<', '>'], "")),
        None => format!("{start}{inner}{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_lose_their_meaning() {
        assert_eq!(escaped("a*b [c] snake_case _x_ ~~ & &lt;"), "a\\*b \\[c\\] snake_case \\_x\\_ \\~\\~ & \\&lt;");
        assert_eq!(opened("# 标题"), "\\# 标题");
        assert_eq!(opened("2025. 年"), "2025\\. 年");
        assert_eq!(opened("3.5 米"), "3.5 米");
        assert_eq!(opened("12315 热线"), "12315 热线");
    }

    #[test]
    fn marks_stand_close_to_the_text() {
        assert_eq!(styled(" 重点 ", true, false, false, None), " **重点** ");
        assert_eq!(styled("站点", false, false, false, Some("http://a.invalid/x")), "[站点](<http://a.invalid/x>)");
        assert_eq!(styled("危险", false, false, false, Some("javascript:1")), "危险");
    }
}
