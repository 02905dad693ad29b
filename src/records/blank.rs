//! Blank tables for a year: a header and one example row, which the reader passes
//! over because it begins with 示例.

use super::fields::{APPLICATION, CHOICE, EVALUATION, EXAM, Entity, MENU, PLAN, TRAINEE};

/// A table to be filled in.
#[derive(Debug, Clone, Copy)]
pub struct Blank {
    /// The name under which clerks save it.
    pub file: &'static str,
    /// What its rows are.
    pub entity: Entity,
    /// Values of the example by field; `{年}` stands for the year.
    example: &'static [(&'static str, &'static str)],
    /// Fields that a clerk rarely needs and that would widen the table.
    left_out: &'static [&'static str],
}

const TOPIC: &str = "退一赔三与退一赔十怎么分";

/// The tables of a year.
pub const BLANKS: &[Blank] = &[
    Blank {
        file: "选学菜单.csv",
        entity: MENU,
        example: &[
            ("order", "示例"),
            ("topic", TOPIC),
            ("domain", "消费维权"),
            ("skill", "会维权"),
            ("reason", "岗位需求"),
        ],
        left_out: &[],
    },
    Blank {
        file: "选学汇总.csv",
        entity: CHOICE,
        example: &[("topic", "示例：退一赔三与退一赔十怎么分"), ("name", "张三"), ("rank", "1")],
        left_out: &[],
    },
    Blank {
        file: "申报汇总.csv",
        entity: APPLICATION,
        example: &[
            ("kind", "示例"),
            ("applicant", "张三"),
            ("topic", TOPIC),
            ("month", "3"),
            ("form", "案例讲解"),
            ("decision", "采纳"),
            ("decided", "{年}-01-20"),
        ],
        left_out: &["unit", "year", "filled"],
    },
    Blank {
        file: "教学计划.csv",
        entity: PLAN,
        example: &[
            ("order", "示例"),
            ("month", "3"),
            ("topic", TOPIC),
            ("instructor", "张三"),
            ("kind", "基础"),
            ("occasion", "周五学习日"),
            ("form", "案例讲解"),
            ("venue", "会议室"),
            ("held", "{年}-03-14"),
            ("expected", "20"),
            ("attended", "18"),
        ],
        left_out: &["id", "audience", "training", "draft_note"],
    },
    Blank {
        file: "满意度测评.csv",
        entity: EVALUATION,
        example: &[
            ("held", "示例 {年}-03-14"),
            ("topic", TOPIC),
            ("valid", "17"),
            ("very", "10"),
            ("satisfied", "5"),
            ("fair", "2"),
            ("dissatisfied", "0"),
        ],
        left_out: &["session"],
    },
    Blank {
        file: "学员情况.csv",
        entity: TRAINEE,
        example: &[
            ("order", "示例"),
            ("name", "张三"),
            ("expected", "12"),
            ("attended", "12"),
            ("duty_score", "93"),
            ("conduct", "合格"),
            ("reason", "办案能手"),
        ],
        left_out: &["taught"],
    },
];

/// The table of the bureau's year: marks of all units.
pub const EXAM_BLANK: Blank = Blank {
    file: "exams/{年}.csv",
    entity: EXAM,
    example: &[("order", "示例"), ("name", "张三"), ("unit", "城东分局"), ("m1", "92"), ("m2", "免"), ("m3", "88.5")],
    left_out: &[],
};

impl Blank {
    /// The file: UTF-8 with the mark that spreadsheets need, lines as they write them.
    pub fn bytes(&self, year: i32) -> Vec<u8> {
        let fields = || self.entity.fields.iter().filter(|field| !self.left_out.contains(&field.key));
        let header: Vec<&str> = fields().map(|field| field.name).collect();
        let cell = |key: &str| self.example.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| *value);
        let row: Vec<String> = fields().map(|field| cell(field.key).replace("{年}", &year.to_string())).collect();
        format!("\u{feff}{}\r\n{}\r\n", header.join(","), row.join(",")).into_bytes()
    }
}
