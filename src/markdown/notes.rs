//! The kinds of note that `> [!提示]` and `:::提示` name.

use crate::base::text::fold;

use super::words::Lang;

/// A kind of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// The second half of its class, `note-…`.
    pub class: &'static str,
    zh: &'static str,
    en: &'static str,
    /// Other names, folded; the three above are names too.
    others: &'static [&'static str],
}

const KINDS: [Kind; 10] = [
    Kind { class: "note", zh: "说明", en: "Note", others: &["备注", "info"] },
    Kind { class: "tip", zh: "提示", en: "Tip", others: &["小贴士", "技巧", "hint"] },
    Kind { class: "important", zh: "重要", en: "Important", others: &[] },
    Kind { class: "caution", zh: "注意", en: "Caution", others: &["attention"] },
    Kind { class: "warning", zh: "警告", en: "Warning", others: &["危险", "danger"] },
    Kind { class: "example", zh: "案例", en: "Example", others: &["示例", "例子", "case"] },
    Kind { class: "law", zh: "依据", en: "Legal basis", others: &["法条", "法律依据", "basis"] },
    Kind { class: "key", zh: "要点", en: "Key point", others: &["重点"] },
    Kind { class: "pitfall", zh: "误区", en: "Common mistake", others: &["易错"] },
    Kind { class: "discuss", zh: "讨论", en: "Discussion", others: &["思考"] },
];

impl Kind {
    /// The kind of that name, in any width and case.
    pub(super) fn named(name: &str) -> Option<Kind> {
        let name = fold(name);
        KINDS.into_iter().find(|kind| {
            kind.class == name || kind.zh == name || fold(kind.en) == name || kind.others.contains(&name.as_str())
        })
    }

    /// The title of a note that has none of its own.
    pub(super) fn title(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}
