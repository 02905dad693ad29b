//! Why a file cannot be collected, in words for the clerk.

use std::fmt;

/// Why a file stays in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It is larger than any form.
    TooLarge,
    /// It is no text at all.
    Unreadable,
    /// It is in a spreadsheet's own format.
    Workbook,
    /// It is a document or a picture, such as a form that was filled on paper.
    Paper,
    /// It is empty, or has a header alone.
    Empty,
    /// A row lacks its topic or has more cells than the header: its line.
    Cut(u32),
    /// It is no form that we know.
    Unknown,
    /// It is of another unit.
    OtherUnit(String),
    /// It is of another year.
    OtherYear(String),
    /// A column is missing or blank.
    Missing(&'static str),
    /// A value is not one of those that may stand there: column, value, what may.
    NotAllowed(&'static str, String, String),
    /// Two topics have the same rank: the person's name.
    RankTwice(String),
    /// An ad-hoc application without its origin (E302).
    NoOrigin,
    /// The plan has no such session.
    NoSession(String),
    /// The plan has several sessions of the topic and the ballot has no date.
    ManySessions(String),
    /// The session has no date in the plan yet.
    NotHeld(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::TooLarge => write!(out, "文件太大，不像是申报表、选学单或测评票"),
            Trouble::Unreadable => {
                write!(out, "不是文字文件，读不出来；表格请另存为 CSV，申报表请用网页保存的 .md 文件")
            }
            Trouble::Workbook => write!(out, "是 Excel 或 WPS 表格的格式，请打开后另存为 CSV，再放进来"),
            Trouble::Paper => {
                write!(out, "是文档或图片，程序收不了；请照着录进汇总表，或请本人在网页上填好保存，录完把它移走")
            }
            Trouble::Empty => write!(out, "文件是空的，或者只有表头"),
            Trouble::Cut(line) => write!(out, "第 {line} 行不完整，请核对课题和格数，或请本人重新保存一份"),
            Trouble::Unknown => write!(out, "认不出是哪种表；第一行应是栏目名，例如“姓名,课题,排序”"),
            Trouble::OtherUnit(unit) => write!(out, "这是“{unit}”的，请转给该单位内勤"),
            Trouble::OtherYear(year) => write!(out, "这是 {year} 年度的，请放到那一年的 inbox 里"),
            Trouble::Missing(name) => write!(out, "“{name}”没有填"),
            Trouble::NotAllowed(name, value, list) => write!(out, "“{name}”写的是“{value}”，只能写：{list}"),
            Trouble::RankTwice(name) => write!(out, "{name} 有两个课题排在同一位，请核对“排序”"),
            Trouble::NoOrigin => write!(out, "机动课题没写来源，请写“上级新政”或“履职实践”"),
            Trouble::NoSession(topic) => write!(out, "教学计划里没有“{topic}”这一课，请核对课题和日期"),
            Trouble::ManySessions(topic) => write!(out, "“{topic}”讲过不止一次，请在“完成日期”里写明是哪一次"),
            Trouble::NotHeld(topic) => write!(out, "“{topic}”在教学计划里还没有完成日期，补上日期后再收"),
        }
    }
}

impl std::error::Error for Trouble {}
