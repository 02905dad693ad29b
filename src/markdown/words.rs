//! The few fixed words that a rendered body shows.

/// The language of the fixed words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The fixed words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    /// The summary of the instructor's notes.
    pub teacher: &'static str,
    /// The title of a quiz.
    pub quiz: &'static str,
    /// What opens the answer of a question.
    pub show_answer: &'static str,
    /// Stands before the answer, with its colon.
    pub answer: &'static str,
    /// Stands before the explanation, with its colon.
    pub explanation: &'static str,
    /// A statement is right.
    pub right: &'static str,
    /// A statement is wrong.
    pub wrong: &'static str,
    /// Names the footnotes for those who do not see them.
    pub footnotes: &'static str,
    /// Leads from a footnote back to the text.
    pub back: &'static str,
    /// Names a ticked box.
    pub done: &'static str,
    /// Names an empty box.
    pub open: &'static str,
    /// Stands between the teacher's summary and its own title.
    pub colon: &'static str,
}

const ZH: Words = Words {
    teacher: "教师备课",
    quiz: "自测",
    show_answer: "看答案",
    answer: "答案：",
    explanation: "解析：",
    right: "对",
    wrong: "错",
    footnotes: "脚注",
    back: "返回正文",
    done: "已完成",
    open: "未完成",
    colon: "：",
};

const EN: Words = Words {
    teacher: "Instructor's notes",
    quiz: "Self-check",
    show_answer: "Show the answer",
    answer: "Answer: ",
    explanation: "Why: ",
    right: "True",
    wrong: "False",
    footnotes: "Footnotes",
    back: "Back to the text",
    done: "Done",
    open: "To do",
    colon: ": ",
};

impl Lang {
    /// The fixed words of this language.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}
