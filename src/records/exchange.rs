//! Files that the pages of the site save and that `collect` reads back: 选学单,
//! 申报表 and 测评票 (DOMAIN.md 4.7). Both sides take names and columns from here.

use super::fields::FieldKind::{Boolean, Choice, Date, Integer, List, Text};
use super::fields::{APPLICATION, Entity, field, required};

/// A kind of file that people send in.
#[derive(Debug, Clone, Copy)]
pub struct Exchange {
    /// How names of such files begin; behind it stand `_` and the values of `parts`.
    pub prefix: &'static str,
    /// The columns whose values make up the rest of the name.
    pub parts: &'static [&'static str],
    /// The extension.
    pub extension: &'static str,
    /// The columns, in the order in which pages write them.
    pub columns: &'static [&'static str],
    /// What the columns are.
    pub entity: Entity,
}

/// 选学单: one row for each topic that somebody chose.
pub const SELECTION: Exchange = Exchange {
    prefix: "选学",
    parts: &["单位", "姓名", "年度"],
    extension: "csv",
    columns: &["单位", "年度", "姓名", "课题", "排序", "其他想学", "填写时间"],
    entity: Entity {
        key: "selection",
        name: "选学单",
        file: "units/单位/年份/inbox/*.csv",
        fields: &[
            field("order", "序号", &[], Text, ""),
            field("unit", "单位", &["所在单位"], Text, ""),
            field("year", "年度", &["年份"], Integer, ""),
            field("name", "姓名", &["选学人", "填写人"], Text, ""),
            required(field("topic", "课题", &["标题", "题目"], Text, "")),
            field("picked", "选", &["选择", "选学", "勾选"], Boolean, ""),
            field("rank", "排序", &["志愿"], Integer, "1 到 3"),
            field("other", "其他想学", &["其他"], Text, ""),
            field("filled", "填写时间", &["填写日期"], Text, ""),
        ],
    },
};

/// 课程申报表, of the year.
pub const COURSE_APPLICATION: Exchange = Exchange {
    prefix: "课程申报",
    parts: &["单位", "申报人", "年度"],
    extension: "md",
    columns: &[
        "类型",
        "单位",
        "年度",
        "申报人",
        "课题",
        "内容简介",
        "申报理由",
        "来源",
        "拟授课月份",
        "形式",
        "申报日期",
        "填写时间",
    ],
    entity: APPLICATION,
};

/// 课题（机动）申报表, at any time.
pub const TOPIC_APPLICATION: Exchange = Exchange { prefix: "课题申报", ..COURSE_APPLICATION };

/// 测评票: anonymous, told apart by a random code only.
pub const BALLOT: Exchange = Exchange {
    prefix: "测评",
    parts: &["课题", "随机码"],
    extension: "csv",
    columns: &["单位", "年度", "完成日期", "课题", "评价", "意见", "随机码"],
    entity: Entity {
        key: "ballot",
        name: "测评票",
        file: "units/单位/年份/inbox/*.csv",
        fields: &[
            field("unit", "单位", &[], Text, ""),
            field("year", "年度", &["年份"], Integer, ""),
            field("held", "完成日期", &["授课日期", "日期"], Date, ""),
            required(field("topic", "课题", &["标题", "题目"], Text, "")),
            field("instructor", "小教员", &["教员"], List, ""),
            required(field("rating", "评价", &["总体评价", "满意度"], Choice("rating"), "")),
            field("comment", "意见", &["意见和建议", "意见建议", "意见摘要"], Text, ""),
            required(field("code", "随机码", &["票号"], Text, "")),
        ],
    },
};

impl Exchange {
    /// The name under which a page saves the file, with `{…}` for the values.
    pub fn file_pattern(&self) -> String {
        let parts: String = self.parts.iter().map(|part| format!("_{{{part}}}")).collect();
        format!("{}{parts}.{}", self.prefix, self.extension)
    }

    /// The values in a file's name, where it keeps to the pattern; a copy's `(1)` and
    /// ` - 副本` are no part of it.
    pub fn values_in<'n>(&self, stem: &'n str) -> Vec<(&'static str, &'n str)> {
        let Some(rest) = stem.strip_prefix(self.prefix).and_then(|rest| rest.strip_prefix('_')) else {
            return Vec::new();
        };
        let cut = rest.find(" - 副本").or_else(|| rest.rfind(" (")).or_else(|| rest.rfind('(')).unwrap_or(rest.len());
        let values: Vec<&str> = rest[..cut].trim().split('_').collect();
        if values.len() != self.parts.len() {
            return Vec::new();
        }
        self.parts.iter().copied().zip(values).filter(|(_, value)| !value.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_known_to_the_reader() {
        for exchange in [SELECTION, COURSE_APPLICATION, TOPIC_APPLICATION, BALLOT] {
            for column in exchange.columns.iter().chain(exchange.parts) {
                assert!(exchange.entity.find(column).is_some(), "{}: {column}", exchange.prefix);
            }
        }
    }

    #[test]
    fn the_name_of_a_file_says_who_sent_it() {
        assert_eq!(SELECTION.file_pattern(), "选学_{单位}_{姓名}_{年度}.csv");
        for stem in ["选学_城东分局_卫白露_2026", "选学_城东分局_卫白露_2026 (1)", "选学_城东分局_卫白露_2026 - 副本"]
        {
            let values = SELECTION.values_in(stem);
            assert_eq!(values, [("单位", "城东分局"), ("姓名", "卫白露"), ("年度", "2026")], "{stem}");
        }
        assert!(SELECTION.values_in("选学单").is_empty());
    }
}
