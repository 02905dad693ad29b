//! Scripts without comments and needless blanks: what is written for those who keep
//! the theme need not travel to every reader. Names stay as they are.

/// A word of a script, or a sign, with what stood before it.
struct Token<'t> {
    text: &'t str,
    kind: Kind,
    /// Whether a line end stands between it and the one before.
    on_new_line: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// A string, a template or a regular expression.
    Literal,
    Sign,
}

/// Words behind which a slash begins a regular expression.
const BEFORE_PATTERN: [&str; 12] =
    ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await"];

/// The script in as few signs as it takes without renaming anything. What cannot be
/// read stays as it is.
pub(super) fn tight(script: &str) -> String {
    let Some(tokens) = tokens(script) else { return script.to_owned() };
    let mut out = String::with_capacity(script.len());
    let mut last: Option<&Token<'_>> = None;
    for token in &tokens {
        if let Some(last) = last {
            if token.on_new_line && keeps_line(last, token) {
                out.push('\n');
            } else if runs_together(last, token) {
                out.push(' ');
            }
        }
        out.push_str(token.text);
        last = Some(token);
    }
    out
}

/// Words that a line end ends, whatever follows.
const ENDED_BY_LINE: [&str; 5] = ["return", "break", "continue", "throw", "yield"];

/// Whether a line end between two tokens may end a statement.
fn keeps_line(last: &Token<'_>, next: &Token<'_>) -> bool {
    if ENDED_BY_LINE.contains(&last.text) {
        return next.text != "}";
    }
    let opens = last.kind == Kind::Sign && !matches!(last.text, ")" | "]" | "}" | "++" | "--");
    let closes = next.kind == Kind::Sign && !matches!(next.text, "(" | "[" | "{" | "++" | "--" | "!" | "~");
    !opens && !closes
}

/// Whether two tokens would be read as one, or as others, without a blank.
fn runs_together(last: &Token<'_>, next: &Token<'_>) -> bool {
    let (Some(end), Some(start)) = (last.text.chars().next_back(), next.text.chars().next()) else { return false };
    is_word(end) && (is_word(start) || next.kind == Kind::Word)
        || end == start && matches!(end, '+' | '-' | '/')
        || end.is_ascii_digit() && start == '.'
        || end == '/' && last.kind == Kind::Literal && is_word(start)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '\\' | '\u{200c}' | '\u{200d}')
}

/// The tokens of a script; `None` where one never ends.
fn tokens(script: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = script;
    let mut on_new_line = false;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_whitespace() || c == '\u{feff}' {
            on_new_line |= c == '\n';
            rest = &rest[c.len_utf8()..];
            continue;
        } else if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        } else if rest.starts_with("/*") {
            let end = rest.find("*/")? + 2;
            on_new_line |= rest[..end].contains('\n');
            rest = &rest[end..];
            continue;
        } else if c.is_ascii_digit() || c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            number(rest)
        } else if is_word(c) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if matches!(c, '"' | '\'') {
            quoted(rest, c)?
        } else if c == '`' {
            template(rest)?
        } else if c == '/' && begins_pattern(tokens.last()) {
            pattern(rest)?
        } else if rest.starts_with("++") || rest.starts_with("--") {
            2
        } else {
            c.len_utf8()
        };
        let kind = match c {
            _ if is_word(c) || length > 1 && c == '.' => Kind::Word,
            '"' | '\'' | '`' => Kind::Literal,
            '/' if length > 1 => Kind::Literal,
            _ => Kind::Sign,
        };
        tokens.push(Token { text: &rest[..length], kind, on_new_line });
        rest = &rest[length..];
        on_new_line = false;
    }
    Some(tokens)
}

fn begins_pattern(last: Option<&Token<'_>>) -> bool {
    last.is_none_or(|last| match last.kind {
        Kind::Word => BEFORE_PATTERN.contains(&last.text),
        Kind::Literal => false,
        Kind::Sign => !matches!(last.text, ")" | "]" | "}"),
    })
}

/// How long a number is, with its point and the sign of its exponent.
fn number(text: &str) -> usize {
    let word = |from: usize| text[from..].find(|c| !is_word(c)).map_or(text.len(), |end| from + end);
    let mut end = word(0);
    if text[..end].bytes().all(|byte| byte.is_ascii_digit()) && text[end..].starts_with('.') {
        end = word(end + 1);
    }
    let has_exponent = !text.starts_with("0x") && text[..end].ends_with(['e', 'E']);
    if has_exponent && text[end..].starts_with(['+', '-']) { word(end + 1) } else { end }
}

/// How long a string in quotes is.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// How long a template is, with the expressions in it.
fn template(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let c = text[at..].chars().next()?;
        match c {
            '`' => return Some(at + 1),
            '\\' => at += 1 + text[at + 1..].chars().next()?.len_utf8(),
            '$' if text[at + 1..].starts_with('{') => at = hole(text, at + 2)?,
            _ => at += c.len_utf8(),
        }
    }
}

/// Where an expression in a template ends, behind its brace.
fn hole(text: &str, start: usize) -> Option<usize> {
    let mut depth = 1;
    let mut at = start;
    loop {
        let c = text[at..].chars().next()?;
        at += match c {
            '"' | '\'' => quoted(&text[at..], c)?,
            '`' => template(&text[at..])?,
            _ => c.len_utf8(),
        };
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
}

/// How long a regular expression is, its flags not counted: they are a word.
fn pattern(text: &str) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = text[at + 1..].find(|c| !is_word(c)).unwrap_or(text.len() - at - 1);
                return Some(at + 1 + flags);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        let script = "/* a */\n(function () {\n  \"use strict\"; // b\n  var a = 1,\n    b = /[/\"]\\/x/g;\n\n  return a + +b\n})();\n";
        assert_eq!(tight(script), "(function(){\"use strict\";var a=1,b=/[/\"]\\/x/g;return a+ +b})();");
        assert_eq!(tight("a = 1\nb = 2\n(c)\n"), "a=1\nb=2\n(c)");
        assert_eq!(tight("if (a) b()\nelse c()\n"), "if(a)b()\nelse c()");
        assert_eq!(tight("x = `a  ${ b(`  }`, \"}\") }  // c`;"), "x=`a  ${ b(`  }`, \"}\") }  // c`;");
        assert_eq!(tight("a = b\n  .c(1)\n  || 2 / 3 / d;"), "a=b.c(1)||2/3/d;");
        assert_eq!(tight("if (a) { return\n}\nreturn\n+ 1"), "if(a){return}\nreturn\n+1");
        assert_eq!(tight("let a = 1\n++b\nlet c = 1 .d"), "let a=1\n++b\nlet c=1 .d");
        assert_eq!(tight("a = 0.3 * 1e-3 + .5; return .5 - b.c"), "a=0.3*1e-3+.5;return .5-b.c");
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for broken in ["a = 'b\n", "/* a", "x = `a ${ b", "f(/a"] {
            assert_eq!(tight(broken), broken);
        }
    }
}
