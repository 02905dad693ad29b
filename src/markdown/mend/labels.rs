//! What the lines of a quiz may begin with, in all the ways people write it.

use super::QuizKind;

/// What a line of a quiz begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// `单选：` and the like.
    Question(Option<QuizKind>),
    /// `答案：`
    Answer,
    /// `解析：`
    Explanation,
    /// An option with a box, ticked or not.
    Box(bool),
    /// An option behind a bullet alone.
    Bullet,
    /// An option behind a letter, `B．`
    Letter,
}

const SINGLE: Label = Label::Question(Some(QuizKind::Single));
const MULTIPLE: Label = Label::Question(Some(QuizKind::Multiple));
const BOOLEAN: Label = Label::Question(Some(QuizKind::Boolean));
const SHORT: Label = Label::Question(Some(QuizKind::Short));

/// Longer words stand before those that they begin with.
const WORDS: [(&str, Label); 28] = [
    ("单项选择题", SINGLE),
    ("单选题", SINGLE),
    ("单选", SINGLE),
    ("single", SINGLE),
    ("多项选择题", MULTIPLE),
    ("多选题", MULTIPLE),
    ("多选", MULTIPLE),
    ("multiple", MULTIPLE),
    ("判断题", BOOLEAN),
    ("判断", BOOLEAN),
    ("true or false", BOOLEAN),
    ("简答题", SHORT),
    ("简答", SHORT),
    ("问答题", SHORT),
    ("问答", SHORT),
    ("填空题", SHORT),
    ("填空", SHORT),
    ("short", SHORT),
    ("选择题", Label::Question(None)),
    ("答案解析", Label::Explanation),
    ("解析", Label::Explanation),
    ("explanation", Label::Explanation),
    ("why", Label::Explanation),
    ("参考答案", Label::Answer),
    ("正确答案", Label::Answer),
    ("答案", Label::Answer),
    ("answer", Label::Answer),
    ("答", Label::Answer),
];

/// The label of a line and how many bytes it takes, up to the text after it.
pub(super) fn read(line: &str) -> Option<(Label, usize)> {
    let text = line.trim_start();
    let (label, rest) = word(text).or_else(|| option(text))?;
    Some((label, line.len() - rest.trim_start().len()))
}

/// How many bytes `1.` or `2、` and the spaces around it take at the start of a line.
pub(super) fn numbering(line: &str) -> usize {
    let text = line.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let after = rest.strip_prefix(['.', '、', '．', ')', '）']);
    match after {
        Some(after) if (1..=2).contains(&digits) && !after.starts_with(|c: char| c.is_ascii_digit()) => {
            line.len() - after.trim_start().len()
        }
        _ => 0,
    }
}

/// A word with its colon, perhaps bold, perhaps in brackets instead.
fn word(text: &str) -> Option<(Label, &str)> {
    let text = &text[numbering(text)..];
    let bare = text.trim_start_matches('*');
    let stars = text.len() - bare.len();
    let inner = bare.strip_prefix(['【', '［', '[', '（', '(']);
    let (label, rest) = WORDS.iter().find_map(|(word, label)| {
        let start = inner.unwrap_or(bare).get(..word.len())?;
        start.eq_ignore_ascii_case(word).then(|| (*label, &inner.unwrap_or(bare)[word.len()..]))
    })?;
    let closed = if inner.is_some() { rest.strip_prefix(['】', '］', ']', '）', ')'])? } else { rest };
    let after = if stars > 0 { closed.trim_start_matches('*') } else { closed };
    match after.trim_start().strip_prefix(['：', ':']) {
        Some(rest) => Some((label, if stars > 0 { rest.trim_start_matches('*') } else { rest })),
        None if inner.is_some() => Some((label, after)),
        None => None,
    }
}

fn option(text: &str) -> Option<(Label, &str)> {
    let after_bullet = text.strip_prefix(['-', '*', '+', '－', '•', '·']).map(str::trim_start);
    if let Some((ticked, rest)) = tick_box(after_bullet.unwrap_or(text)) {
        return Some((Label::Box(ticked), letter(rest.trim_start()).unwrap_or(rest)));
    }
    if let Some(rest) = letter(text) {
        return Some((Label::Letter, rest));
    }
    let rest = text.strip_prefix(['-', '*', '+', '－', '•', '·'])?;
    let spaced = rest.starts_with(char::is_whitespace) || text.starts_with(['－', '•', '·']);
    let rest = rest.trim_start();
    (spaced && !rest.is_empty()).then(|| (Label::Bullet, letter(rest).unwrap_or(rest)))
}

fn tick_box(text: &str) -> Option<(bool, &str)> {
    let inner = text.strip_prefix(['[', '［', '【'])?;
    let end = inner.find([']', '］', '】'])?;
    let ticked = match inner[..end].trim() {
        "" => false,
        "x" | "X" | "ｘ" | "√" | "✓" | "✔" | "v" | "V" => true,
        _ => return None,
    };
    let rest = inner[end..].trim_start_matches([']', '］', '】']);
    (!rest.starts_with(['(', '（', ':', '：'])).then_some((ticked, rest))
}

fn letter(text: &str) -> Option<&str> {
    let rest =
        text.strip_prefix(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'Ａ', 'Ｂ', 'Ｃ', 'Ｄ', 'Ｅ', 'Ｆ', 'Ｇ', 'Ｈ'])?;
    rest.strip_prefix(['.', '．', '、', '：', ')', '）']).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::{Label, SINGLE, numbering, read};

    #[test]
    fn labels_are_read_in_many_hands() {
        for line in
            ["单选：题", "单选: 题", "1. 单选题：题", "**单选：**题", "【单选】题", "（单选题）题", "**单选**：题"]
        {
            let (label, length) = read(line).unwrap();
            assert_eq!((label, &line[length..]), (SINGLE, "题"), "{line}");
        }
        assert_eq!(read("单选题目不难"), None);
        assert_eq!(read("  解析：因为").map(|(label, _)| label), Some(Label::Explanation));
    }

    #[test]
    fn options_are_read_in_many_hands() {
        for line in ["- [x] 七个", "-[X]七个", "- 【√】七个", "* [ x ] B. 七个", "- ［x］B、七个"] {
            let (label, length) = read(line).unwrap();
            assert_eq!((label, &line[length..]), (Label::Box(true), "七个"), "{line}");
        }
        assert_eq!(read("B．七个"), Some((Label::Letter, 4)));
        assert_eq!(read("- 七个"), Some((Label::Bullet, 2)));
        assert_eq!(read("**七个**都对"), None);
        assert_eq!(read("- [七个](a.md)"), Some((Label::Bullet, 2)));
    }

    #[test]
    fn numbers_of_questions_are_taken_off() {
        assert_eq!(numbering("1. 题"), 3);
        assert_eq!(numbering("12、题"), 5);
        assert_eq!(numbering("3.15晚会"), 0);
    }
}
