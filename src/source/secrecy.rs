//! Marks of secrecy: a file that carries one is kept apart from everything that is
//! published (DOMAIN.md 3.5, E601).

use crate::base::SourcePath;

/// A stretch of a line, in characters counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first character.
    pub start: usize,
    /// How many characters it has.
    pub length: usize,
}

/// Whether a file carries a mark in its name or in a folder's name.
pub(super) fn is_named(path: &SourcePath) -> bool {
    path.as_str().split('/').any(|part| secrecy_in_name(part).is_some())
}

/// Whether a text carries a mark.
pub(super) fn is_marked(text: &str) -> bool {
    may_be_secret(text) && text.lines().any(has_mark)
}

/// Whether a text has a star at all, which is looked at first because it costs little.
pub fn may_be_secret(text: &str) -> bool {
    text.contains('★') || text.contains('☆')
}

fn has_mark(line: &str) -> bool {
    may_be_secret(line) && !secrecy_marks(&line.chars().collect::<Vec<_>>()).is_empty()
}

fn before(chars: &[char], at: usize) -> Option<&char> {
    at.checked_sub(1).and_then(|at| chars.get(at))
}

/// Marks of secrecy: 绝密, 机密 or 秘密 with a star behind it, as official papers
/// carry them. 商业秘密 and 国家秘密 are words, not marks.
pub fn secrecy_marks(chars: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    for (at, first) in chars.iter().enumerate().filter(|(_, c)| matches!(c, '绝' | '机' | '秘')) {
        let is_word = *first == '秘' && before(chars, at).is_some_and(|c| matches!(c, '业' | '家'));
        let second = at + 1 + blanks(chars, at + 1);
        let star = second + 1 + blanks(chars, second + 1);
        if !is_word && chars.get(second) == Some(&'密') && chars.get(star).is_some_and(|c| matches!(c, '★' | '☆'))
        {
            found.push(Stretch { start: at, length: star + 1 - at });
        }
    }
    found
}

fn blanks(chars: &[char], from: usize) -> usize {
    chars.get(from..).unwrap_or_default().iter().take_while(|c| c.is_whitespace()).count()
}

/// The mark of secrecy in the name of a file: with a star, in brackets, or at the
/// beginning.
pub fn secrecy_in_name(name: &str) -> Option<String> {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(mark) = secrecy_marks(&chars).first() {
        return Some(chars[mark.start..mark.start + 2].iter().collect());
    }
    let word = |at: usize| {
        chars
            .get(at..at + 2)
            .map(|word| word.iter().collect::<String>())
            .filter(|word| matches!(word.as_str(), "绝密" | "机密" | "秘密"))
    };
    let bracketed = (1..chars.len())
        .filter(|at| matches!(chars[at - 1], '【' | '（' | '(' | '[' | '［' | '〔' | '〖'))
        .find_map(|at| {
            let inside =
                chars[at..].iter().take_while(|c| !matches!(c, '】' | '）' | ')' | ']' | '］' | '〕' | '〗')).count();
            word(at).filter(|_| inside == 2 || matches!(chars.get(at + 2), Some('级' | '件')))
        });
    let ends_there =
        |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric() || c.is_ascii_digit() || matches!(c, '级' | '件'));
    bracketed.or_else(|| word(0).filter(|_| ends_there(chars.get(2))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marks(text: &str) -> usize {
        secrecy_marks(&text.chars().collect::<Vec<_>>()).len()
    }

    #[test]
    fn only_a_mark_is_secret() {
        for text in ["秘密★1年", "机密 ★", "绝 密☆长期"] {
            assert_eq!(marks(text), 1, "{text}");
        }
        for text in ["商业秘密★", "保守国家秘密", "侵犯商业秘密案", "机密文件的管理", "★秘密"]
        {
            assert_eq!(marks(text), 0, "{text}");
        }
    }

    #[test]
    fn names_of_files_carry_marks_in_front_or_in_brackets() {
        for name in [
            "【机密】通报.docx",
            "通报(秘密).pdf",
            "机密-通报.docx",
            "秘密★一年.docx",
            "绝密.pdf",
            "机密件.pdf",
            "通报（秘密级）.pdf",
        ] {
            assert!(secrecy_in_name(name).is_some(), "{name}");
        }
        for name in ["商业秘密保护.pptx", "秘密武器是什么.md", "机密性评估.docx", "怎样查处（秘密窃取）.md"]
        {
            assert!(secrecy_in_name(name).is_none(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn looking_takes_any_text(text in "[a绝机秘密★☆业【】 （）级]{0,40}") {
            let chars: Vec<char> = text.chars().collect();
            for stretch in secrecy_marks(&chars) {
                prop_assert!(stretch.length > 2 && stretch.start + stretch.length <= chars.len());
            }
            secrecy_in_name(&text);
        }
    }
}
