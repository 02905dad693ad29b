//! Just enough reading of Rust to see what a file names: comments, strings and test
//! code are blanked out, the rest falls into words.

/// The code of a file with comments, strings and `#[cfg(test)]` items made blank. Lines
/// keep their numbers.
pub fn code_of(source: &str) -> String {
    without_tests(&blanked(source))
}

fn blanked(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => find(&chars, at, |rest| rest[0] == '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_comment(&chars, at),
            'r' if !follows_word(&chars, at) && raw_hashes(&chars, at).is_some() => end_of_raw(&chars, at),
            '"' => end_of_quote(&chars, at, '"'),
            '\'' if is_character(&chars, at) => end_of_quote(&chars, at, '\''),
            c => {
                out.push(c);
                at += 1;
                continue;
            }
        };
        out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

fn find(chars: &[char], from: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|at| found(&chars[*at..])).unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') && chars[at - 1] != 'b'
}

/// How many `#` a raw string opens with.
fn raw_hashes(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw(chars: &[char], at: usize) -> usize {
    let hashes = raw_hashes(chars, at).unwrap_or(0);
    let closes =
        |rest: &[char]| rest[0] == '"' && rest.iter().skip(1).take(hashes).filter(|c| **c == '#').count() == hashes;
    (find(chars, at + hashes + 2, closes) + hashes + 1).min(chars.len())
}

fn end_of_quote(chars: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Whether a quote opens a character and not a lifetime.
fn is_character(chars: &[char], at: usize) -> bool {
    chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'')
}

/// Blanks every item behind `#[cfg(test)]`, up to its closing brace or semicolon.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let mut depth = 0;
        let mut end = out.len();
        for (at, c) in out[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if matches!(c, ';' | '}') && depth == 0 {
                end = start + at + 1;
                break;
            }
        }
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The words and signs of a code, each with its line; `::` is one sign.
pub fn words(code: &str) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let number = number as u32 + 1;
        let mut rest = line.trim_start();
        while let Some(c) = rest.chars().next() {
            let length = match c {
                c if c.is_alphanumeric() || c == '_' => {
                    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
                }
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            found.push((number, rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// The names right behind a place in the words: one, or each of a group in braces.
pub fn names_behind(words: &[(u32, String)], at: usize) -> Vec<String> {
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    if word(at) != "{" {
        return vec![word(at).to_owned()];
    }
    let (mut depth, mut at, mut names) = (0, at, Vec::new());
    loop {
        match word(at) {
            "{" => depth += 1,
            "}" => depth -= 1,
            "" => return names,
            _ => {}
        }
        if depth == 0 {
            return names;
        }
        if depth == 1 && matches!(word(at), "{" | ",") && !matches!(word(at + 1), "}" | "") {
            names.push(word(at + 1).to_owned());
        }
        at += 1;
    }
}
